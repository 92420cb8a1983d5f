// Cases: as a list or as a board by state.

import { Segmented } from "antd";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useMe } from "../api/session";
import { BeginMatter } from "../parts/begin-matter";
import { Begin, ListScreen } from "../parts/list-screen";
import { Board } from "./board";

const KEYS = [
  "title",
  "state",
  "amount",
  "institution",
  "region",
  "organisation",
  "source",
  "due",
  "changed",
];

export function Cases() {
  const me = useMe();
  const navigate = useNavigate();
  const [asked, setAsked] = useSearchParams();
  const [beginning, setBeginning] = useState<string>();
  const board = asked.get("view") === "board";
  const begins = me.department === "insurance" && ["team_lead", "head", "handler"].includes(me.role);
  const turn = (
    <Segmented
      aria-label="显示方式"
      value={board ? "board" : "list"}
      onChange={(view) => setAsked(view === "board" ? { view } : {})}
      options={[
        { value: "list", label: "列表" },
        { value: "board", label: "看板" },
      ]}
    />
  );
  const extra = (
    <>
      {turn}
      {begins && (
        <Begin
          items={[
            { key: "case", label: "提出立案" },
            { key: "summary_penalty", label: "当场处罚" },
          ]}
          onBegin={setBeginning}
        />
      )}
    </>
  );
  return (
    <>
      {board ? (
        <Board machine="case" title="案件" extra={extra} />
      ) : (
        <ListScreen
          machine="case"
          title="案件"
          keys={KEYS}
          filters={["state", "region", "least", "due", "mine", "ended"]}
          empty="线索查实后“提出立案”，案件会显示在这里。"
          extra={extra}
        />
      )}
      {beginning && (
        <BeginMatter
          machine={beginning}
          act="open"
          onClose={() => setBeginning(undefined)}
          onDone={(acted) => navigate(beginning === "case" ? `/cases/${acted.id}` : `/matters/${acted.id}`)}
          initial={{ own_jurisdiction: true, grave: false }}
        />
      )}
    </>
  );
}
