// A long table: rows are asked for in pages as they come into sight, so that a hundred thousand scroll like fifty.
// Sorting and filtering are the server's. Arrow keys move between rows, Enter opens one, Space chooses it.

import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Checkbox, Spin } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { Heading } from "../api/client";
import { useExact } from "../api/counting";
import { type MatterQuery, mattersPage } from "../api/matters";
import { Failure } from "./failure";
import { fitting, leastOf } from "./fitting";
import { Empty } from "./states";
import { useWidth } from "./width";

const PAGE = 200;
const ROW = 38;
/** What the bar at the side takes of the width. */
const SCROLLBAR = 16;
/** How far beyond what was counted one may scroll at a time. */
const STEP = 2_000;

export type Sort = NonNullable<MatterQuery["sort"]>;

export interface Column {
  key: string;
  title: string;
  width: string;
  /** In which order columns are given up where there is no room: 1 goes first; one without never goes. */
  spare?: number;
  /** The server's name of the order, where it can be sorted by. */
  sort?: Sort;
  number?: boolean;
  /** National field name or other hint. */
  hint?: string;
  show: (one: Heading) => ReactNode;
}

interface Props {
  /** What the table is called, for those who do not see it. */
  label: string;
  query: MatterQuery;
  columns: Column[];
  onOpen: (one: Heading) => void;
  onSort: (sort: Sort, descending: boolean) => void;
  chosen?: ReadonlyMap<string, Heading>;
  onChoose?: (one: Heading, chosen: boolean) => void;
  empty: ReactNode;
}

export function Grid({ label, query, columns: all, onOpen, onSort, chosen, onChoose, empty }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const [place, width] = useWidth(0);
  const [pages, setPages] = useState<number[]>([1]);
  const answers = useQueries({ queries: pages.map((page) => mattersPage({ ...query, page, size: PAGE })) });
  const [active, setActive] = useState(0);
  const [beyond, setBeyond] = useState(0);

  const found = useMemo(() => {
    const rows = new Map<number, Heading>();
    let total = 0;
    let more = false;
    let last = 0;
    answers.forEach((answer, at) => {
      const page = pages[at];
      if (!answer.data || page === undefined) return;
      total = Math.max(total, answer.data.total);
      more = more || answer.data.more;
      answer.data.items.forEach((one, place) => {
        rows.set((page - 1) * PAGE + place, one);
      });
      if (answer.data.items.length > 0) last = Math.max(last, (page - 1) * PAGE + answer.data.items.length);
      if (answer.data.items.length < PAGE) more = false;
    });
    return { rows, total: Math.max(total, last), more };
  }, [answers, pages]);

  const exact = useExact(query, found.more);
  const count = found.more ? Math.max(found.total, beyond) : found.total;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;

  const asked = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the top
  useEffect(() => {
    setPages([1]);
    setActive(0);
    setBeyond(0);
    scroll.current?.scrollTo({ top: 0 });
  }, [asked]);

  useEffect(() => {
    const wanted: number[] = [];
    for (let page = Math.floor(from / PAGE) + 1; page <= Math.floor(to / PAGE) + 1; page += 1)
      wanted.push(page);
    setPages((have) => {
      const fresh = wanted.filter((page) => !have.includes(page));
      // Only what is near stays asked for; the rest waits in the cache.
      return fresh.length ? [...have, ...fresh].slice(-6) : have;
    });
    if (found.more && to > count - PAGE) setBeyond(count + STEP);
  }, [from, to, found.more, count]);

  const columns = fitting(all, width, (onChoose ? 40 : 0) + SCROLLBAR);
  const template = `${onChoose ? "40px " : ""}${columns.map((column) => column.width).join(" ")}`;
  // Columns keep their least width; what does not fit is scrolled to.
  const least = columns.reduce((sum, column) => sum + leastOf(column), onChoose ? 40 : 0);
  const failed = answers.find((answer) => answer.error)?.error;
  const waiting = answers.some((answer) => answer.isPending);

  const focusRow = (index: number) => {
    const next = Math.max(0, Math.min(count - 1, index));
    const row = () => scroll.current?.querySelector<HTMLElement>(`[data-row="${next}"]`);
    setActive(next);
    virtual.scrollToIndex(next);
    // A row that is not drawn yet is there with the next picture.
    if (row()) row()?.focus({ preventScroll: true });
    else window.requestAnimationFrame(() => row()?.focus({ preventScroll: true }));
  };

  const onKey = (event: KeyboardEvent, index: number, one: Heading | undefined) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 };
    const move = moves[event.key];
    if (move !== undefined) focusRow(index + move);
    else if (event.key === "Home") focusRow(0);
    else if (event.key === "End") focusRow(count - 1);
    else if (event.key === "Enter" && one) onOpen(one);
    else if (event.key === " " && one && onChoose) onChoose(one, !chosen?.has(one.id));
    else return;
    event.preventDefault();
  };

  if (failed && found.rows.size === 0) {
    return <Failure error={failed} onRetry={() => answers.forEach((answer) => void answer.refetch())} />;
  }
  return (
    <div className="grid" ref={place}>
      <div
        className="scroll"
        ref={scroll}
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-busy={waiting}
      >
        <div
          className="row head"
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, minWidth: least }}
        >
          {onChoose && (
            <div className="cell" role="columnheader" aria-label="选择">
              选
            </div>
          )}
          {columns.map((column) => {
            const sorted = column.sort && column.sort === (query.sort ?? "changed");
            const descending = query.descending ?? false;
            return (
              <div
                key={column.key}
                role="columnheader"
                aria-sort={sorted ? (descending ? "descending" : "ascending") : undefined}
                className={column.number ? "cell number" : "cell"}
                title={column.hint ? `国家字段：${column.hint}` : undefined}
              >
                {column.sort ? (
                  <button
                    type="button"
                    className="sort"
                    onClick={() => column.sort && onSort(column.sort, sorted ? !descending : true)}
                  >
                    {column.title} {sorted ? (descending ? "↓" : "↑") : "⇅"}
                  </button>
                ) : (
                  column.title
                )}
              </div>
            );
          })}
        </div>
        <div
          role="rowgroup"
          style={{ height: virtual.getTotalSize(), position: "relative", minWidth: least }}
        >
          {items.map((item) => {
            const one = found.rows.get(item.index);
            return (
              <div
                key={item.key}
                data-row={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={onChoose && one ? Boolean(chosen?.has(one.id)) : undefined}
                tabIndex={item.index === active ? 0 : -1}
                className="row body"
                style={{ gridTemplateColumns: template, top: item.start }}
                onClick={() => one && onOpen(one)}
                onFocus={() => setActive(item.index)}
                onKeyDown={(event) => onKey(event, item.index, one)}
              >
                {onChoose && (
                  <div className="cell" role="gridcell">
                    {one && (
                      <Checkbox
                        checked={Boolean(chosen?.has(one.id))}
                        onClick={(event) => event.stopPropagation()}
                        onChange={(event) => onChoose(one, event.target.checked)}
                        aria-label={`选择 ${one.title}`}
                        tabIndex={-1}
                      />
                    )}
                  </div>
                )}
                {columns.map((column) => (
                  <div key={column.key} role="gridcell" className={column.number ? "cell number" : "cell"}>
                    {one ? column.show(one) : "…"}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
        {count === 0 && !waiting && empty && <Empty title="没有符合条件的事项">{empty}</Empty>}
        {count === 0 && waiting && (
          <div className="quietbox" role="status">
            <Spin /> 正在读取
          </div>
        )}
      </div>
      <div className="foot" aria-live="polite">
        <span>
          共{" "}
          {found.more && exact === undefined
            ? `${found.total.toLocaleString("zh-CN")} 条以上`
            : `${(exact ?? found.total).toLocaleString("zh-CN")} 条`}
        </span>
        {chosen && chosen.size > 0 && <span>已选 {chosen.size} 条</span>}
        <span className="noprint">方向键移动，回车打开{onChoose ? "，空格选择" : ""}</span>
      </div>
    </div>
  );
}
