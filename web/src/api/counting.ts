// How many matters there are where a list only says that there are more than it counts.

import type { CountQuery, MatterQuery } from "./matters";
import { useCounts } from "./matters";
import { useMe } from "./session";

/** What a list says of its order and page, which changes no count. */
const ORDER = ["sort", "descending", "page", "size"];
/** What can be counted by; a part of a title, a least amount, a subject and a parent can not. */
const COUNTED = [
  "machine",
  "state",
  "region",
  "organisation",
  "source",
  "grade",
  "institution",
  "subject_kind",
  "rule",
  "covers",
  "severity",
  "begun_from",
  "begun_to",
  "member",
  "ended",
  "due_by",
  "waiting_for",
  "handed_to_me",
];

/** The count that belongs to a list; nothing where its filters can not be counted by. */
export function countOf(query: MatterQuery): CountQuery | undefined {
  const filters = Object.entries(query).filter(
    ([key, value]) => value !== undefined && value !== "" && !ORDER.includes(key),
  );
  if (filters.some(([key]) => !COUNTED.includes(key))) return undefined;
  return { by: "machine", ...Object.fromEntries(filters) };
}

/** How many a list has in all, where `more` says that it did not count them; a third party may list and not count. */
export function useExact(query: MatterQuery, more: boolean): number | undefined {
  const third = useMe().department === "third_party";
  const asked = countOf(query);
  const counted = useCounts(asked ?? { by: "machine" }, more && !third && asked !== undefined);
  return more && asked ? counted.data?.reduce((all, row) => all + row.count, 0) : undefined;
}
