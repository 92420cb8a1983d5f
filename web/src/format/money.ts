// Money: whole fen inside, yuan on the screen.

const WHOLE = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 0 });

/** Fen as yuan with two places and thousands parted: `12,345.60`. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = Math.abs(fen) % 100;
  return `${sign}${WHOLE.format(whole)}.${String(rest).padStart(2, "0")}`;
}

/** The same as one reads it in a heading: `1.23 亿元`, `45.6 万元`, `789.00 元`. */
export function shortYuan(fen: number): string {
  const value = Math.abs(fen) / 100;
  const sign = fen < 0 ? "-" : "";
  if (value >= 1e8) return `${sign}${trimmed(value / 1e8)} 亿元`;
  if (value >= 1e4) return `${sign}${trimmed(value / 1e4)} 万元`;
  return `${yuan(fen)} 元`;
}

/** Fen as a mark of a scale: whole yuan, from ten thousand on as in a heading. */
export function scaleYuan(fen: number): string {
  return Math.abs(fen) >= 1e6 ? shortYuan(fen) : `${WHOLE.format(fen / 100)} 元`;
}

function trimmed(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, "");
}

/** Reads what a person typed as yuan; `undefined` where it is no amount of whole fen. */
export function fenOf(text: string): number | undefined {
  const plain = text.replaceAll(/[,，\s]/g, "");
  const parts = plain.match(/^(\d{1,11})(?:\.(\d{1,2}))?$/);
  if (!parts) return undefined;
  return Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0") || "0");
}

/** A count with thousands parted. */
export function count(value: number): string {
  return WHOLE.format(value);
}
