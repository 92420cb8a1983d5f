// From the lines of a group's findings to a graph: people, institutions, terminals, and who was seen together how often and when.

import type { Evidence, Finding } from "../api/findings";

export interface Node {
  id: string;
  kind: "person" | "institution" | "practitioner" | "terminal";
  name: string;
  lines: number;
  amount: number;
}

export interface Meeting {
  at: string;
  other: string;
  place: string;
}

export interface Edge {
  id: string;
  source: string;
  target: string;
  kind: "together" | "visited";
  meetings: Meeting[];
  lines: number;
}

export interface Group {
  nodes: Node[];
  edges: Edge[];
}

/** Pairs of different people's lines at one institution on one day, each pair once a day, for findings that name none. */
function sameDay(evidence: Evidence[]): [number, number][] {
  const days = new Map<string, Map<string, number>>();
  evidence.forEach((line, at) => {
    if (!line.psn_no || !line.time) return;
    const key = `${line.fixmedins_code ?? ""} ${line.time.slice(0, 10)}`;
    const people = days.get(key) ?? new Map<string, number>();
    if (!people.has(line.psn_no)) people.set(line.psn_no, at);
    days.set(key, people);
  });
  return [...days.values()].flatMap((people) => {
    const places = [...people.values()].slice(0, 60);
    return places.flatMap((one, at) => places.slice(at + 1).map((other): [number, number] => [one, other]));
  });
}

/** The graph of findings; `from` and `to` keep only lines of those days, inclusive. Where `terminals` names the one of a line's settlement, it stands
 *  between the person and the institution. */
export function graphOf(
  findings: Finding[],
  from?: string,
  to?: string,
  terminals: Readonly<Record<string, string>> = {},
): Group {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const within = (time: string | null | undefined) =>
    !time || ((!from || time.slice(0, 10) >= from) && (!to || time.slice(0, 10) <= to));
  const node = (kind: Node["kind"], name: string, within = ""): Node => {
    const id = `${kind} ${within}${name}`;
    const known = nodes.get(id) ?? { id, kind, name, lines: 0, amount: 0 };
    nodes.set(id, known);
    return known;
  };
  const edge = (kind: Edge["kind"], one: string, other: string): Edge => {
    const [source, target] = one < other ? [one, other] : [other, one];
    const id = `${source}|${target}`;
    const known = edges.get(id) ?? { id, source, target, kind, meetings: [], lines: 0 };
    edges.set(id, known);
    return known;
  };
  for (const finding of findings) {
    for (const line of finding.evidence) {
      const who = line.psn_no ?? finding.psn_no;
      const where = line.fixmedins_code ?? finding.fixmedins_code;
      if (!within(line.time)) continue;
      const person = who ? node("person", who) : undefined;
      const place = where ? node("institution", where) : undefined;
      const number = line.setl_id ? terminals[line.setl_id] : undefined;
      // Institutions number their terminals each for itself.
      const terminal = number && place ? node("terminal", number, `${where} `) : undefined;
      for (const one of [person, place, terminal]) {
        if (!one) continue;
        one.lines += 1;
        one.amount += line.amount;
      }
      const way = [person, terminal, place].filter((one) => one !== undefined);
      way.slice(1).forEach((one, at) => {
        const before = way[at];
        if (before) edge("visited", before.id, one.id).lines += 1;
      });
      if (finding.prac_psn_code && place)
        edge("visited", node("practitioner", finding.prac_psn_code).id, place.id).lines += 1;
    }
    for (const [a, b] of finding.pairs?.length ? finding.pairs : sameDay(finding.evidence)) {
      const one = finding.evidence[a];
      const other = finding.evidence[b];
      if (!one?.psn_no || !other?.psn_no || one.psn_no === other.psn_no) continue;
      if (!within(one.time) || !within(other.time)) continue;
      const tie = edge("together", node("person", one.psn_no).id, node("person", other.psn_no).id);
      tie.lines += 1;
      tie.meetings.push({
        at: one.time ?? "",
        other: other.time ?? "",
        place: one.fixmedins_code ?? finding.fixmedins_code ?? "",
      });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** First and last day of the lines. */
export function span(findings: Finding[]): [string, string] | undefined {
  const days = findings
    .flatMap((one) => one.evidence.flatMap((line) => (line.time ? [line.time.slice(0, 10)] : [])))
    .sort();
  const first = days[0];
  const last = days.at(-1);
  return first && last ? [first, last] : undefined;
}

/** First and last day in words. */
export function spanWords(first: string | null | undefined, last: string | null | undefined): string {
  if (!first) return "—";
  return last && last !== first ? `${first} 至 ${last}` : first;
}

/** Nodes within one step of those, for expanding. */
export function near(group: Group, of: ReadonlySet<string>): Set<string> {
  const found = new Set(of);
  for (const edge of group.edges) {
    if (of.has(edge.source)) found.add(edge.target);
    if (of.has(edge.target)) found.add(edge.source);
  }
  return found;
}
