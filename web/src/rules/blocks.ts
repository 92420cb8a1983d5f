// Fixtures of a rule read from their Markdown: cases, their tables of rows, what is to be found.

export type Block =
  | { kind: "case"; words: string }
  | { kind: "table"; words: string }
  | { kind: "text"; words: string }
  | { kind: "rows"; table: string; head: string[]; rows: string[][] };

const cells = (line: string) =>
  line
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());

/** The blocks of a text in their order, without the title. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let table = "";
  for (const line of text.split("\n").map((one) => one.trim())) {
    const last = blocks.at(-1);
    if (!line || /^# /.test(line) || /^\|[-:| ]+\|$/.test(line)) continue;
    if (line.startsWith("## ")) blocks.push({ kind: "case", words: line.slice(3) });
    else if (line.startsWith("### ")) {
      table = line.slice(4);
      blocks.push({ kind: "table", words: table });
    } else if (!line.startsWith("|")) blocks.push({ kind: "text", words: line });
    else if (last?.kind === "rows") last.rows.push(cells(line));
    else blocks.push({ kind: "rows", table, head: cells(line), rows: [] });
  }
  return blocks;
}
