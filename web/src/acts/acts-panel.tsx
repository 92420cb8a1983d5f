// What may be done now, and why the rest may not.

import { Button, Collapse, Drawer } from "antd";
import { useState } from "react";
import { useClosedBy } from "../api/law";
import { type Matter, type MayAct, useMachine } from "../api/matters";
import { ActForm } from "./act-form";
import type { Values } from "./kinds";
import { useClosing } from "./unsaved";
import { begins, laterSteps, whose } from "./why";

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
  const standing = acts.filter((act) => !begins(known, act));
  const ready = standing.filter((act) => act.open && act.against.length === 0);
  const forward = ready.filter(leads);
  const beside = ready.filter((act) => !leads(act));
  const hindered = standing.filter((act) => act.open && act.against.length > 0);
  const closed = standing.filter((act) => !act.open);
  const others = closed.filter((act) => act.closed_by !== "state");
  const elsewhere = closed.filter((act) => act.closed_by === "state");
  const close = () => {
    setDoing(undefined);
    setDirty(false);
  };
  const ask = useClosing(dirty, close);
  const notMine = (act: MayAct) =>
    [closedBy(act.closed_by), whose(known, act)].filter((words) => words).join("；");
  return (
    <>
      {ready.length > 0 ? (
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
          ...(hindered.length
            ? [
                {
                  key: "hindered",
                  label: `本环节、条件还不具备（${hindered.length}）`,
                  children: <Hindered acts={hindered} onAct={setDoing} />,
                },
              ]
            : []),
          ...(others.length
            ? [
                {
                  key: "others",
                  label: `本环节、但不由您办理（${others.length}）`,
                  children: (
                    <ul className="plainlist">
                      {others.map((act) => (
                        <li key={act.id}>
                          {act.title}：<span className="hint">{notMine(act)}</span>
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
          ...(elsewhere.length
            ? [
                {
                  key: "elsewhere",
                  label: `其他环节的操作（${elsewhere.length}）`,
                  children: (
                    <>
                      <p className="hint">“{matter.state_title}”时不能办理，到下列环节才能办理：</p>
                      <ul className="plainlist">
                        {laterSteps(known, matter.heading.state, elsewhere).map((step) => (
                          <li key={step.state}>
                            {step.title}
                            {step.ahead ? "" : "（已过）"}：
                            <span className="hint">{step.acts.map((act) => act.title).join("、")}</span>
                          </li>
                        ))}
                      </ul>
                    </>
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

/** Acts of this step that the law does not allow yet, each with what stands against it. The form may be read, or opened again once that has changed. */
function Hindered({ acts, onAct }: { acts: MayAct[]; onAct: (act: MayAct) => void }) {
  return (
    <ul className="plainlist">
      {acts.map((act) => (
        <li key={act.id}>
          <Button type="link" size="small" onClick={() => onAct(act)}>
            {act.title}
          </Button>
          <ul className="plainlist">
            {act.against.map((one) => (
              <li key={one.code}>
                {one.message}。{one.next}。<span className="hint">{one.basis}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
