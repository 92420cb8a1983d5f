// Columns of figures: right-aligned, written alike, sorted where that helps.

import { count, yuan } from "../format/money";

/** A column of counts. */
export const counted = (title: string, dataIndex: string) =>
  ({ title, dataIndex, align: "right", render: count }) as const;

/** A column of money. */
export const paid = (title: string, dataIndex: string) =>
  ({ title, dataIndex, align: "right", render: yuan }) as const;

/** Sorts rows by a figure of theirs. */
export const by =
  <Key extends string>(key: Key) =>
  (a: Record<Key, number>, b: Record<Key, number>) =>
    a[key] - b[key];
