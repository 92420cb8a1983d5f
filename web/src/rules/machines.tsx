// The law's procedure as the server holds it: every kind of matter with its states, acts, and what each act asks.

import { Card, Collapse, Select } from "antd";
import { useState } from "react";
import { useMachines } from "../api/matters";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Loading } from "../parts/states";

export function Machines() {
  const machines = useMachines();
  const [id, setId] = useState("case");
  const machine = machines.data?.find((one) => one.id === id);
  const title = (state: string) =>
    machine?.states.find((one) => one.id === state)?.title ??
    (state === "new" ? "新建" : state === "*" ? "任何环节" : state);
  return (
    <>
      <div className="filters">
        <span className="hint">每类事项的环节、操作和办理条件；条件由系统逐项核对，不满足的不能办理</span>
        <Select
          aria-label="事项类别"
          style={{ width: 200 }}
          value={id}
          onChange={setId}
          options={(machines.data ?? []).map((one) => ({ value: one.id, label: one.title }))}
        />
      </div>
      <Failure error={machines.error} onRetry={() => void machines.refetch()} />
      {!machine ? (
        <Loading what="程序" />
      ) : (
        <div className="stack">
          <Card size="small" title={`${machine.title}：环节`}>
            {machine.states.map((state) => (
              <Sign key={state.id}>{state.title}</Sign>
            ))}
          </Card>
          <Card size="small" title={`操作（${machine.acts.length}）`}>
            <Collapse
              size="small"
              items={machine.acts.map((act) => ({
                key: act.id,
                label: (
                  <>
                    <strong>{act.title}</strong>{" "}
                    <span className="hint">
                      {act.from.map(title).join("、")}
                      {act.to ? ` → ${title(act.to)}` : ""}
                    </span>
                  </>
                ),
                children: (
                  <>
                    <p className="hint">有下列情形之一的，不予办理：</p>
                    <ul className="plainlist">
                      {act.guards.map((guard) => (
                        <li key={guard.code}>
                          {guard.message}{" "}
                          <span className="hint">
                            {guard.basis}（{guard.code}）
                          </span>
                        </li>
                      ))}
                    </ul>
                  </>
                ),
              }))}
            />
          </Card>
        </div>
      )}
    </>
  );
}
