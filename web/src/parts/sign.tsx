// A short word in a coloured frame; the word says it all, the colour only helps.

import type { ReactNode } from "react";

export type Tone = "red" | "orange" | "gold" | "green" | "blue" | "plain";

export function Sign({ tone = "plain", children }: { tone?: Tone | undefined; children: ReactNode }) {
  return <span className={`sign ${tone}`}>{children}</span>;
}
