// Small signs that every screen uses: a grade, a clock's end, a waiting line, an empty place.

import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { serverAhead } from "../api/client";
import { civilNow, ends, left } from "../format/time";
import { grade } from "../words/domain";
import { Sign, type Tone } from "./sign";

const GRADE_COLORS: Record<string, Tone> = { high: "red", middle: "orange", low: "blue" };

/** Grade of risk, in a word. */
export function Grade({ value }: { value: string }) {
  if (!value) return <span className="hint">—</span>;
  return <Sign tone={GRADE_COLORS[value]}>{grade(value)}风险</Sign>;
}

/** Seconds of civil time by the server's clock. */
export function now(): number {
  return civilNow() + serverAhead();
}

/** How long is left until an end; the end itself as a hint. */
export function Left({ due, ended }: { due: number | null | undefined; ended?: number | null | undefined }) {
  if (ended) return <span className="hint">已办结</span>;
  if (due === null || due === undefined) return <span className="hint">无期限</span>;
  const { text, late, near } = left(due, now());
  return (
    <span className={late ? "late" : near ? "near" : ""} title={`期限至 ${ends(due)}`}>
      {late ? "⚠ " : near ? "◷ " : ""}
      {text}
    </span>
  );
}

/** What is being read. */
export function Loading({ what, rows = 6 }: { what: string; rows?: number }) {
  return (
    <div role="status" aria-label={`正在读取${what}`}>
      <Skeleton active paragraph={{ rows }} />
    </div>
  );
}

/** What will be here once there is something. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="quietbox">
      <strong>{title}</strong>
      {children && <div className="hint">{children}</div>}
    </div>
  );
}
