// A place for tables that may be wider than the screen: it scrolls sideways, by keyboard too.

import type { ReactNode } from "react";

interface Props {
  label: string;
  children: ReactNode;
  /** Its words wrap before it scrolls. */
  fits?: boolean;
}

export function Wide({ label, children, fits = false }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={fits ? "wide fits" : "wide"} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
