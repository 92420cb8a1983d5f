// The evidence of a case: eight kinds, where each piece is and comes from, both digests, whose hands it went through.

import { Button, Table, Typography } from "antd";
import { Link } from "react-router";
import type { Evidence } from "../api/facts";
import { useNames } from "../api/matters";
import { useMasking } from "../matter/masked";
import { useProveFile } from "../matter/prove";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { type EvidenceKind, type EvidenceOrigin, WORDS } from "../words/generated";

/** Where a piece is; what was entered by hand before lies outside the system. */
export function originOf({ file, finding }: Evidence): EvidenceOrigin {
  if (finding) return "finding";
  return file ? "file" : "outside";
}

/** A digest by its first digits, to be copied whole. */
function Digest({ name, digest }: { name: string; digest?: string | null | undefined }) {
  if (!digest) return null;
  return (
    <div>
      <Typography.Text
        className="code"
        title={digest}
        copyable={{ text: digest, tooltips: [`复制完整的 ${name}`, "已复制"] }}
      >
        {name} {digest.slice(0, 12)}…
      </Typography.Text>
    </div>
  );
}

interface Props {
  matter: string;
  evidence: Evidence[];
}

export function EvidenceList({ matter, evidence }: Props) {
  const names = useNames();
  const masked = useMasking();
  const prove = useProveFile(matter);
  const place = (one: Evidence) => {
    const origin = WORDS.EvidenceOrigin[originOf(one)];
    if (one.finding?.clue) return <Link to={`/matters/${one.finding.clue}`}>{origin}</Link>;
    if (!one.file) return origin;
    return (
      <a href={`/api/v1/matters/${matter}/files/${one.file}`} download>
        {origin}
      </a>
    );
  };
  const proof = (one: Evidence) => {
    const { file, finding } = one;
    if (finding?.clue) return <Link to={`/matters/${finding.clue}`}>在线索中复核</Link>;
    if (!file) return null;
    return (
      <Button
        size="small"
        loading={prove.isPending && prove.variables === file}
        onClick={() => prove.mutate(file)}
      >
        核验
      </Button>
    );
  };
  return (
    <>
      <Failure error={prove.error} />
      <Wide label="证据">
        <Table<Evidence & { at: number }>
          size="small"
          rowKey="at"
          pagination={false}
          dataSource={evidence.map((one, at) => ({ ...one, at: at + 1 }))}
          locale={{ emptyText: <Empty title="还没有证据">调查中“收集证据”后，显示在这里。</Empty> }}
          columns={[
            { title: "第几份", dataIndex: "at", width: 70 },
            { title: "种类", dataIndex: "kind", render: (kind: EvidenceKind) => WORDS.EvidenceKind[kind] },
            { title: "名称", dataIndex: "title", render: masked },
            {
              title: "来源",
              render: (_, one) => (
                <>
                  <div>{place(one)}</div>
                  <div className="hint">{masked(one.source)}</div>
                </>
              ),
            },
            {
              title: "摘要",
              render: (_, one) => (
                <>
                  <Digest name="SM3" digest={one.sm3} />
                  <Digest name="SHA-256" digest={one.sha256} />
                </>
              ),
            },
            {
              title: "保管经过",
              dataIndex: "custody",
              render: (hands: string[]) => hands.map(names.officer).join(" → "),
            },
            { title: "", render: (_, one) => proof(one) },
          ]}
        />
      </Wide>
    </>
  );
}
