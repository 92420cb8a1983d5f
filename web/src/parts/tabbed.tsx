// Several lists under one heading, the chosen one in the address.

import { Segmented } from "antd";
import { type ReactNode, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Values } from "../acts/kinds";
import { useMachine } from "../api/matters";
import { useMe } from "../api/session";
import { BeginMatter } from "./begin-matter";
import { Begin, ListScreen } from "./list-screen";

export interface Tab {
  machine: string;
  title: string;
  keys: string[];
  filters?: string[];
  empty: string;
  /** What its forms begin with. */
  initial?: Values;
  /** What stands beside the button that begins one. */
  beside?: ReactNode;
}

/** Roles that begin matters; the server has the last word. */
const BEGIN = ["handler", "team_lead", "head"];

export function Tabbed({ tabs, title }: { tabs: Tab[]; title: string }) {
  const me = useMe();
  const navigate = useNavigate();
  const [asked, setAsked] = useSearchParams();
  const chosen = tabs.find((tab) => tab.machine === asked.get("tab")) ?? tabs[0];
  const machine = useMachine(chosen?.machine ?? "");
  const [act, setAct] = useState<string>();
  if (!chosen) return null;
  const begins = BEGIN.includes(me.role)
    ? (machine?.acts ?? []).filter(
        (one) =>
          one.from.includes("new") &&
          one.departments.includes(me.department) &&
          (one.id !== "open_coordination" || me.department === "institution"),
      )
    : [];
  return (
    <>
      <ListScreen
        key={chosen.machine}
        machine={chosen.machine}
        title={tabs.length > 1 ? title : chosen.title}
        keys={chosen.keys}
        filters={chosen.filters ?? ["state", "region", "due", "mine", "ended"]}
        empty={chosen.empty}
        extra={
          <>
            {chosen.beside}
            <Begin items={begins.map((one) => ({ key: one.id, label: one.title }))} onBegin={setAct} />
          </>
        }
        above={
          tabs.length > 1 && (
            <div className="filters">
              <Segmented
                aria-label={title}
                value={chosen.machine}
                onChange={(tab) => setAsked({ tab })}
                options={tabs.map((tab) => ({ value: tab.machine, label: tab.title }))}
              />
            </div>
          )
        }
      />
      {act && (
        <BeginMatter
          machine={chosen.machine}
          act={act}
          initial={chosen.initial ?? {}}
          onClose={() => setAct(undefined)}
          onDone={(acted) => navigate(`/matters/${acted.id}`)}
        />
      )}
    </>
  );
}
