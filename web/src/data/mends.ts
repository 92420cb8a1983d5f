// Refused rows mended on the page: what was typed, what of it is sent, and where each row stands in the file that is made of it.

import type { Schemas } from "../api/client";

export type Row = Schemas["RefusedRow"];
export type Column = Schemas["RefusedColumn"];

/** What was typed by row and column; kept whole, so that a later one is another value. */
export type Edits = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Most rows of one mending; the server holds to it. */
export const MOST = 500;

/** What stands in the place of a masked value. */
const MASK = "***";

/** What names a refused row. */
export const rowId = (row: Row) => `${row.batch} ${row.place}`;

/** Where it stood. */
export const placeOf = (row: Row) => `${row.file}：第 ${row.line} 行`;

/** Whether a cell can only be replaced whole: what stood there is personal, or was taken for it. */
export function masked(row: Row, column: Column): boolean {
  return column.personal || row.row[column.column] === MASK;
}

/** What a cell shows before anybody types. */
export function shown(row: Row, column: Column): string {
  return masked(row, column) ? "" : (row.row[column.column] ?? "");
}

/** With a cell typed; what is typed back to what it was is no edit. */
export function typed(edits: Edits, row: Row, column: Column, value: string): Edits {
  const cells = { ...edits.get(rowId(row)) };
  if (value === shown(row, column)) delete cells[column.column];
  else cells[column.column] = value;
  const next = new Map(edits);
  if (Object.keys(cells).length > 0) next.set(rowId(row), cells);
  else next.delete(rowId(row));
  return next;
}

/** The columns to type into: those at fault, what names a row where a whole row is at fault, and those that were added. */
export function columnsOf(rows: Row[], columns: Column[], added: string[]): Column[] {
  const faulty = new Set(rows.map((row) => row.column));
  const wanted = ({ column, key }: Column) =>
    faulty.has(column) || added.includes(column) || (key && faulty.has(""));
  return columns.filter(wanted);
}

/** The rows as they are sent: those with something typed, in the order of the page. */
export function sent(rows: Row[], edits: Edits): Schemas["MendedRow"][] {
  return rows.flatMap((row) => {
    const cells = edits.get(rowId(row));
    return cells ? [{ batch: row.batch, place: row.place, cells: { ...cells } }] : [];
  });
}

/** The row that begins on each line of the file that the server makes of what is sent: below the header, a line for each line end. */
export function lines(rows: Row[], edits: Edits): Map<number, string> {
  const at = new Map<number, string>();
  let line = 2;
  for (const row of rows) {
    const cells = edits.get(rowId(row));
    if (!cells) continue;
    at.set(line, rowId(row));
    const written = [...Object.values({ ...row.row, ...cells }), row.value].join("");
    line += 1 + (written.match(/\n/g)?.length ?? 0);
  }
  return at;
}
