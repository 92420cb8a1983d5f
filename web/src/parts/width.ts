// How wide a place is, for drawings whose words keep their size whatever the window.

import { useCallback, useState } from "react";

/** Hands a ref for the place, and its width in pixels; `first` until it is measured. */
export function useWidth(first: number): [(place: Element | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(first);
  const place = useCallback((box: Element | null) => {
    if (!box) return;
    const watch = new ResizeObserver(([entry]) => {
      const measured = Math.round(entry?.contentRect.width ?? 0);
      // What is hidden has no width, and is drawn when it is shown.
      if (measured > 0) setWidth(measured);
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return [place, width];
}
