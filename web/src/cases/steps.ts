// The way of a case through its states, for the stepper.

/** The usual way, in order. */
export const WAY = [
  "proposed",
  "investigating",
  "concluded",
  "reviewed",
  "notified",
  "decided",
  "served",
  "performing",
  "closed",
  "archived",
];

/** States beside the way, with the step that they belong to. */
const BESIDE: Record<string, string> = { dropped: "proposed", stopped: "investigating" };

/** Which step a state is at, and whether it left the way there. */
export function stepOf(state: string): { at: number; left: boolean } {
  const beside = BESIDE[state];
  return { at: WAY.indexOf(beside ?? state), left: beside !== undefined };
}
