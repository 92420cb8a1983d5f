// Data for a bureau that does not keep it: who does, what its screenings brought to this region, and one's own proofs.

import { Alert, Button, Card } from "antd";
import { asApiError } from "../api/client";
import { useNames } from "../api/matters";
import { useMe } from "../api/session";
import { Part } from "../overview/part";
import { useTitles } from "../overview/titles";
import { Jobs } from "./jobs";

/** Roles that count, and those that prove clues; the server has the last word. */
const COUNTS = ["statistics", "team_lead", "head"];
const PROVES = ["team_lead", "head"];

export function Elsewhere({ error }: { error: unknown }) {
  const me = useMe();
  const names = useNames();
  const titles = useTitles();
  const { body } = asApiError(error);
  const brought = { machine: "clue", source: "screening" };
  const path = (query: Record<string, string>) =>
    `/clues?${new URLSearchParams({ source: "screening", ...query })}`;
  const empty = "统一筛查的线索移交到本地区后，在这里按规则和地区汇总";
  return (
    <div className="screen">
      <div className="title">
        <h1>数据</h1>
        <span className="hint">{names.region(me.region)}的筛查结果</span>
        <span className="grow" />
        <Button className="noprint" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <div className="stack">
        <Alert type="info" showIcon title={body.message} description={body.next} />
        {COUNTS.includes(me.role) && (
          <div className="two">
            <Part
              title="筛查线索：按规则"
              query={{ ...brought, by: "rule" }}
              name={titles.rule}
              measure="count"
              to={(rule) => path({ rule })}
              empty={empty}
            />
            <Part
              title="筛查线索：按地区"
              query={{ ...brought, by: "region" }}
              name={names.region}
              measure="count"
              to={(region) => path({ region })}
              empty={empty}
            />
          </div>
        )}
        {PROVES.includes(me.role) && (
          <Card size="small" title="我发起的复核">
            <Jobs manages={false} empty="在线索页点“重新算一遍”，您发起的复核和结果列在这里。" />
          </Card>
        )}
      </div>
    </div>
  );
}
