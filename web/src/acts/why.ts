// Why acts may not be done now: to which step of the matter's way they belong, and whose they are.

import type { Machine, MayAct } from "../api/matters";
import { department } from "../words/domain";

/** Code of the condition that the head acts. */
const HEAD_DECIDES = "CW062";

/** A step of the way with the acts that wait for it. */
export interface Later {
  state: string;
  title: string;
  /** Whether the way comes to it from here; else it lies behind. */
  ahead: boolean;
  acts: MayAct[];
}

/** Acts that the state closes, under the next step that opens them, in the order of the way; what only earlier steps opened comes last. */
export function laterSteps(machine: Machine | undefined, state: string, acts: MayAct[]): Later[] {
  const order = machine?.states.map((one) => one.id) ?? [];
  const here = order.indexOf(state);
  const steps = new Map<string, Later>();
  for (const act of acts) {
    const from = machine?.acts.find((one) => one.id === act.id)?.from ?? [];
    const places = from.map((one) => order.indexOf(one)).filter((place) => place >= 0);
    const next = places.filter((place) => place > here);
    const place = next.length ? Math.min(...next) : Math.max(...places, -1);
    const step = machine?.states[place];
    if (!step) continue;
    const known = steps.get(step.id) ?? {
      state: step.id,
      title: step.title,
      ahead: place > here,
      acts: [] as MayAct[],
    };
    known.acts.push(act);
    steps.set(step.id, known);
  }
  const rank = (step: Later) => order.indexOf(step.state) + (step.ahead ? 0 : order.length);
  return [...steps.values()].sort((a, b) => rank(a) - rank(b));
}

/** Whose an act is that the one who looks may not do, as far as the machine says it. */
export function whose(machine: Machine | undefined, act: MayAct): string {
  const known = machine?.acts.find((one) => one.id === act.id);
  if (!known) return "";
  const who = known.departments.map(department).join("、");
  const head = known.guards.some((guard) => guard.code === HEAD_DECIDES);
  return who && `由${who}${head ? "的正职负责人" : ""}办理`;
}

/** Whether an act only begins matters, so that it is none of one that stands. */
export function begins(machine: Machine | undefined, act: MayAct): boolean {
  const from = machine?.acts.find((one) => one.id === act.id)?.from;
  return from?.length === 1 && from[0] === "new";
}
