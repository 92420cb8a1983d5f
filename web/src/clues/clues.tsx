// The clues: a table that scrolls and filters at once, saved views, export, and dispatching many at a time.

import { Button } from "antd";
import { useCallback, useState } from "react";
import { useNavigate } from "react-router";
import type { Heading } from "../api/client";
import { useMe } from "../api/session";
import { BeginMatter } from "../parts/begin-matter";
import { ListScreen } from "../parts/list-screen";
import { Batch } from "./batch";
import { Clearing } from "./clearing";

const KEYS = [
  "title",
  "state",
  "grade",
  "score",
  "amount",
  "due",
  "institution",
  "subject",
  "region",
  "organisation",
  "source",
];
const ORDER = { sort: "score", descending: true } as const;

export function Clues() {
  const me = useMe();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<ReadonlyMap<string, Heading>>(new Map());
  const [beginning, setBeginning] = useState(false);
  const [clearing, setClearing] = useState(false);
  const leads = ["team_lead", "head"].includes(me.role) && ["insurance", "agency"].includes(me.department);
  const choose = useCallback((one: Heading, yes: boolean) => {
    setChosen((before) => {
      const next = new Map(before);
      if (yes) next.set(one.id, one);
      else next.delete(one.id);
      return next;
    });
  }, []);
  if (clearing) return <Clearing onBack={() => setClearing(false)} />;
  return (
    <>
      <ListScreen
        machine="clue"
        title="线索"
        keys={KEYS}
        order={ORDER}
        filters={["state", "grade", "source", "region", "least", "due", "mine", "ended"]}
        empty={
          me.department === "third_party"
            ? "委托书写明的线索会显示在这里；委托还没有开始或者已经期满的，不显示。"
            : "筛查产生的线索交来后，或者登记举报、交办的线索后，会显示在这里。"
        }
        extra={
          <>
            {leads && <Button onClick={() => setClearing(true)}>清仓进度</Button>}
            {me.department !== "third_party" && (
              <Button type="primary" onClick={() => setBeginning(true)}>
                登记线索
              </Button>
            )}
          </>
        }
        below={leads && <Batch chosen={chosen} onDone={() => setChosen(new Map())} />}
        {...(leads ? { chosen, onChoose: choose } : {})}
      />
      {beginning && (
        <BeginMatter
          machine="clue"
          act="open"
          onClose={() => setBeginning(false)}
          onDone={(acted) => navigate(`/clues/${acted.id}`)}
          initial={{ severity: 2, grade: 2, amount: "0" }}
        />
      )}
    </>
  );
}
