// Registering or dispatching many clues at once: each is its own act with its own record, and what was refused says why.

import { useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Form, Modal, Progress, Select, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { isBelow } from "../acts/field";
import { api, asApiError, type Heading, newKey, told } from "../api/client";
import { useNames, useOrganisations } from "../api/matters";
import { useMe } from "../api/session";

interface Outcome {
  one: Heading;
  why?: string;
}

type Doing = "register" | "dispatch";

/** Matters of one request. */
const PART = 50;

/** Does the act on a part of the matters, and says of each what became of it. */
async function actOn(part: Heading[], doing: Doing, to: string, due: string): Promise<Outcome[]> {
  const input = doing === "register" ? { input: "nothing" } : { input: "dispatch", to, due };
  try {
    const handled = await told(
      api.POST("/api/v1/matters/acts", {
        headers: { "Idempotency-Key": newKey() },
        body: {
          act: doing,
          reason: "",
          input: input as never,
          items: part.map(({ id, version }) => ({ id, version })),
        },
      }),
    );
    return part.map((one, at) => {
      const refused = handled[at]?.refused;
      if (!refused) return { one };
      return { one, why: refused.guards?.map((guard) => guard.message).join("；") || refused.message };
    });
  } catch (error) {
    const { body } = asApiError(error);
    return part.map((one) => ({ one, why: body.message }));
  }
}

export function Batch({ chosen, onDone }: { chosen: ReadonlyMap<string, Heading>; onDone: () => void }) {
  const me = useMe();
  const names = useNames();
  const queries = useQueryClient();
  const organisations = useOrganisations().data ?? [];
  const [doing, setDoing] = useState<Doing>();
  const [to, setTo] = useState<string>();
  const [due, setDue] = useState<Dayjs>(() => dayjs().add(15, "day"));
  const [outcomes, setOutcomes] = useState<Outcome[]>();
  const [done, setDone] = useState(0);
  const [running, setRunning] = useState(false);
  const below = [
    ...new Set(
      organisations
        .filter((one) => one.department === "insurance" && isBelow(one.region, me.region))
        .map((one) => one.region),
    ),
  ];

  const run = async () => {
    if (!doing) return;
    setRunning(true);
    const all: Outcome[] = [];
    const matters = [...chosen.values()];
    for (let at = 0; at < matters.length; at += PART) {
      const part = matters.slice(at, at + PART);
      all.push(...(await actOn(part, doing, to ?? "", due.format("YYYY-MM-DD"))));
      setDone(all.length);
    }
    setOutcomes(all);
    setRunning(false);
    await queries.invalidateQueries({ queryKey: ["matters"] });
    await queries.invalidateQueries({ queryKey: ["counts"] });
  };
  const close = () => {
    if (outcomes) onDone();
    setDoing(undefined);
    setOutcomes(undefined);
    setDone(0);
  };
  const failed = outcomes?.filter((outcome) => outcome.why) ?? [];
  return (
    <>
      <Space>
        <Button disabled={chosen.size === 0} onClick={() => setDoing("register")}>
          批量登记
        </Button>
        <Button disabled={chosen.size === 0 || below.length === 0} onClick={() => setDoing("dispatch")}>
          批量分办
        </Button>
      </Space>
      <Modal
        open={doing !== undefined}
        title={`${doing === "register" ? "批量登记" : "批量分办"}：${chosen.size} 条线索`}
        onCancel={close}
        closable={!running}
        mask={{ closable: false }}
        footer={
          outcomes ? (
            <Button type="primary" onClick={close}>
              知道了
            </Button>
          ) : (
            <Button
              type="primary"
              loading={running}
              disabled={doing === "dispatch" && !to}
              onClick={() => void run()}
            >
              {doing === "register" ? "逐条登记" : "逐条分办"}
            </Button>
          )
        }
      >
        {doing === "dispatch" && !outcomes && (
          <Form layout="vertical">
            <Form.Item label="分办到" htmlFor="batch-to">
              <Select
                id="batch-to"
                value={to}
                onChange={setTo}
                options={below
                  .sort()
                  .map((code) => ({ value: code, label: `${names.region(code)}（${code}）` }))}
                style={{ width: "100%" }}
              />
            </Form.Item>
            <Form.Item label="反馈期限" htmlFor="batch-due">
              <DatePicker
                id="batch-due"
                value={due}
                onChange={(day: Dayjs | null) => day && setDue(day)}
                style={{ width: "100%" }}
              />
            </Form.Item>
          </Form>
        )}
        {doing === "register" && !outcomes && <p>每条线索各记一次登记；已经登记过的会说明不能再登记。</p>}
        {(running || outcomes) && <Progress percent={Math.round((done / Math.max(1, chosen.size)) * 100)} />}
        {outcomes && (
          <div role="status">
            <p>
              办成 {outcomes.length - failed.length} 条，未办成 {failed.length} 条。
            </p>
            <ul className="plainlist">
              {failed.slice(0, 50).map((outcome) => (
                <li key={outcome.one.id}>
                  {outcome.one.title}：{outcome.why}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Modal>
    </>
  );
}
