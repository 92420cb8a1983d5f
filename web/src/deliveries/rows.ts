// Rows of a delivery as they are pasted or stand in a file: people by their certificates and the days that are told of.

/** Most rows of one delivery from the workbench: as many as a request carries. */
export const MOST = 10_000;

export interface Row {
  /** Its line in the text, from 1. */
  line: number;
  certno: string;
  from: string;
  to: string | null;
}

/** A line that cannot be sent; nothing of what it says. */
export interface Wrong {
  line: number;
  message: string;
}

const COLUMNS = {
  certno: /^(certno|证件号码?|身份证号码?|公民身份号码|居民身份证号码?)$/i,
  from: /^(from|日期|起始日期?|开始日期?|.*(死亡|出境|入所|收押|受伤|认定|入职|就业)(日期|时间|日))$/i,
  to: /^(to|终止日期?|结束日期?|.*(入境|出所|释放|离职)(日期|时间|日))$/i,
};
const GOES_ON = ["", "-", "—", "至今", "长期"];

function cells(line: string): string[] {
  const apart = line.includes("\t") ? /\t/ : /[,，;；]/;
  // Spreadsheets write ="…" or a leading ' to keep a number a text.
  return line.split(apart).map((cell) =>
    cell
      .trim()
      .replace(/^=?"(.*)"$/, "$1")
      .replace(/^'/, "")
      .trim(),
  );
}

/** A day as people and spreadsheets write it, as `2026-01-31`; nothing where it is none. */
export function dayOf(text: string): string | undefined {
  const found =
    text.match(/^(\d{4})(\d{2})(\d{2})$/) ??
    text.match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day that its month does not have falls into another month.
  if (date.getUTCMonth() !== month - 1) return undefined;
  return date.toISOString().slice(0, 10);
}

/** Where the columns stand by the words of a first line. */
function places(names: string[]): { certno: number; from: number; to: number } {
  const place = (column: RegExp) => names.findIndex((name) => column.test(name));
  return { certno: place(COLUMNS.certno), from: place(COLUMNS.from), to: place(COLUMNS.to) };
}

/** What can be sent of a text, and what is wrong with the rest. A first line without any digit names the columns. */
export function rowsOf(text: string): { rows: Row[]; wrong: Wrong[] } {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((text, at) => ({ text, line: at + 1 }))
    .filter(({ text }) => text.trim() !== "");
  let at = { certno: 0, from: 1, to: 2 };
  const first = lines[0];
  if (first && !/\d/.test(first.text)) {
    lines.shift();
    const named = places(cells(first.text));
    if (named.certno >= 0 && named.from < 0)
      return { rows: [], wrong: [{ line: first.line, message: "首行没有“起始日”一列" }] };
    if (named.certno >= 0) at = named;
  }
  const rows: Row[] = [];
  const wrong: Wrong[] = [];
  for (const { text, line } of lines) {
    const found = cells(text);
    const from = dayOf(found[at.from] ?? "");
    const end = found[at.to] ?? "";
    const to = GOES_ON.includes(end) ? null : dayOf(end);
    if (!from) wrong.push({ line, message: "起始日不是日期，写作 2026-01-31" });
    else if (to === undefined) wrong.push({ line, message: "终止日不是日期，写作 2026-01-31，没有的不填" });
    else rows.push({ line, certno: (found[at.certno] ?? "").toUpperCase(), from, to });
  }
  return { rows, wrong };
}

/** The text of a file: UTF-8, or else as Chinese spreadsheets write it. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Rows that the server refused, by the lines that they stood in. */
export function refusedLines(sent: Row[], refused: { row: number; message: string }[]): Wrong[] {
  return refused.map(({ row, message }) => ({ line: sent[row - 1]?.line ?? row, message }));
}
