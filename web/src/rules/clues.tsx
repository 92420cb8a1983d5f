// How many clues stand behind a rule or an item of a list, opening to them.

import { Link } from "react-router";
import { useCounts } from "../api/matters";
import { useMe } from "../api/session";
import { count } from "../format/money";

type By = "rule" | "covers";

/** Clues by rule or by item; nothing until they are counted, or where one may not count them. */
export function useClues(by: By): Map<string, number> | undefined {
  const counts = useCounts({ machine: "clue", by }).data;
  return counts && new Map(counts.map((row) => [row.value, row.count]));
}

/** The number of one, which leads to the clues of whoever may open them. */
export function CluesOf({ by, value, all }: { by: By; value: string; all: Map<string, number> | undefined }) {
  const opens = useMe().role !== "statistics";
  if (!all) return <>—</>;
  const many = all.get(value) ?? 0;
  if (many === 0 || !opens) return <>{count(many)}</>;
  return <Link to={`/clues?${by}=${encodeURIComponent(value)}`}>{count(many)}</Link>;
}
