// What may be done now, and why the rest may not.

import { Button, Collapse, Drawer } from "antd";
import { useState } from "react";
import { useClosedBy } from "../api/law";
import { type Matter, type MayAct, useMachine } from "../api/matters";
import { ActForm } from "./act-form";
import type { Values } from "./kinds";
import { useClosing } from "./unsaved";

interface Props {
  matter: Matter;
  /** Acts that another place of the screen offers. */
  without?: string[];
  /** What forms begin with, by act. */
  initial?: Record<string, Values>;
  onDone?: (act: string) => void;
}

export function ActsPanel({ matter, without = [], initial = {}, onDone }: Props) {
  const closedBy = useClosedBy();
  const [doing, setDoing] = useState<MayAct>();
  const [dirty, setDirty] = useState(false);
  const known = useMachine(matter.heading.machine);
  // What leads on comes first; the rest stays within reach.
  const leads = (act: MayAct) => {
    const to = known?.acts.find((one) => one.id === act.id)?.to;
    return to !== undefined && to !== null && to !== matter.heading.state;
  };
  const acts = matter.acts.filter(
    (act) => act.id !== "read" && act.id !== "refresh" && !without.includes(act.id),
  );
  const began = acts.filter((act) => act.closed_by !== "state" || !act.id.startsWith("open"));
  const open = began.filter((act) => act.open);
  const forward = open.filter(leads);
  const beside = open.filter((act) => !leads(act));
  const closed = began.filter((act) => !act.open);
  const now = closed.filter((act) => act.closed_by !== "state");
  const later = closed.filter((act) => act.closed_by === "state");
  const close = () => {
    setDoing(undefined);
    setDirty(false);
  };
  const ask = useClosing(dirty, close);
  return (
    <>
      {open.length > 0 ? (
        <div className="acts">
          {forward.map((act) => (
            <Button
              key={act.id}
              block
              type={forward.length === 1 ? "primary" : "default"}
              onClick={() => setDoing(act)}
            >
              {act.title}
            </Button>
          ))}
          {beside.map((act) => (
            <Button key={act.id} onClick={() => setDoing(act)}>
              {act.title}
            </Button>
          ))}
        </div>
      ) : (
        <p className="hint">现在没有您可以办理的操作。</p>
      )}
      <Collapse
        ghost
        size="small"
        items={[
          ...(now.length
            ? [
                {
                  key: "now",
                  label: `本环节、但不由您办理（${now.length}）`,
                  children: (
                    <ul className="plainlist">
                      {now.map((act) => (
                        <li key={act.id}>
                          {act.title}：<span className="hint">{closedBy(act.closed_by)}</span>
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
          ...(later.length
            ? [
                {
                  key: "later",
                  label: `其他环节的操作（${later.length}）`,
                  children: (
                    <p className="hint">
                      {later.map((act) => act.title).join("、")}：“{matter.state_title}”时不能办理。
                    </p>
                  ),
                },
              ]
            : []),
        ]}
      />
      {doing && (
        <Drawer open title={doing.title} size={560} destroyOnHidden mask={{ closable: false }} onClose={ask}>
          <ActForm
            matter={matter}
            act={doing}
            initial={initial[doing.id] ?? {}}
            onDirty={setDirty}
            onDone={() => {
              const act = doing.id;
              close();
              onDone?.(act);
            }}
          />
        </Drawer>
      )}
    </>
  );
}
