// Fixtures of a rule as tables: which data is given, and what is to be found in it.

import { useMemo } from "react";
import { Wide } from "../parts/wide";
import { TABLES } from "../words/domain";
import { type Block, blocksOf } from "./blocks";
import { columnWords } from "./words";

/** Columns of what is to be found. */
const EXPECTED: Record<string, string> = {
  kind: "性质",
  subject: "对象",
  evidence: "疑点明细",
  related: "相关明细",
  amount: "金额（元）",
  message: "说明中有",
};

export function Fixtures({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <Wide label="验证用例">
      <div className="fixtures">
        {blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name of their own and never move
          <Shown key={at} block={block} />
        ))}
      </div>
    </Wide>
  );
}

function Shown({ block }: { block: Block }) {
  if (block.kind === "case") return <h3>{block.words}</h3>;
  if (block.kind === "table") return <h4 title={block.words}>{TABLES[block.words] ?? block.words}</h4>;
  if (block.kind === "text") return <p className="hint">{block.words}</p>;
  return (
    <table className="figures">
      <thead>
        <tr>
          {block.head.map((name) => (
            <th key={name} scope="col" title={name}>
              {EXPECTED[name] ?? columnWords(block.table, name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row) => (
          <tr key={row.join("|")}>
            {block.head.map((name, at) => (
              <td key={name}>{row[at]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
