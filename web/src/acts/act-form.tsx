// The form of an act, made from the type of its input, with what the law asks of it and the reason that is recorded.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Collapse, Form, Input } from "antd";
import { useRef, useState } from "react";
import { api, asApiError, newKey, type Schemas, told } from "../api/client";
import type { Matter } from "../api/matters";
import { useMachine } from "../api/matters";
import { Failure } from "../parts/failure";
import { Loading } from "../parts/states";
import { Field } from "./field";
import { useFields } from "./forms";
import { helpOf } from "./helps";
import { type Field as FieldOf, toInput, type Values } from "./kinds";
import { useUnsaved } from "./unsaved";

/** Code of the condition that a reason is given. */
const REASON_GIVEN = "CW064";

interface Props {
  matter: Matter;
  act: Pick<Schemas["MayAct"], "id" | "title" | "input">;
  /** Values to begin with. */
  initial?: Values;
  onDone?: (acted: Schemas["Acted"]) => void;
  onDirty?: (dirty: boolean) => void;
}

export function ActForm(props: Props) {
  const { fields, error } = useFields(props.act.input);
  if (error) return <Failure error={error} />;
  return fields ? <Filled {...props} all={fields} /> : <Loading what="表单" rows={3} />;
}

function Filled({ matter, act, all, initial = {}, onDone, onDirty }: Props & { all: FieldOf[] }) {
  const [form] = Form.useForm<Values>();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [dirty, setDirty] = useState(false);
  const key = useRef(newKey());
  const sent = useRef("");
  useUnsaved(dirty);
  const guards = useMachine(matter.heading.machine)?.acts.find((one) => one.id === act.id)?.guards ?? [];
  const wantsReason = guards.some((guard) => guard.code === REASON_GIVEN);
  const fields = all.filter(
    (field) => !(helpOf(act.input, field.name).given && initial[field.name] !== undefined),
  );

  const touch = (value: boolean) => {
    setDirty(value);
    onDirty?.(value);
  };
  const doAct = useMutation({
    mutationFn: (values: Values) => {
      const body = {
        version: matter.heading.version,
        reason: String(values.reason ?? "").trim(),
        input: toInput(act.input, all, { ...initial, ...values }) as never,
      };
      // A changed form is another act; the same one sent again after a lost connection is not.
      const text = JSON.stringify(body);
      if (sent.current && sent.current !== text) key.current = newKey();
      sent.current = text;
      return told(
        api.POST("/api/v1/matters/{id}/acts/{act}", {
          params: { path: { id: matter.heading.id, act: act.id.replaceAll("_", "-") } },
          headers: { "Idempotency-Key": key.current },
          body,
        }),
      );
    },
    onSuccess: async (acted) => {
      touch(false);
      message.success(`${act.title}：已办理并留痕`);
      form.resetFields();
      key.current = newKey();
      sent.current = "";
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["matter", matter.heading.id] }),
        queries.invalidateQueries({ queryKey: ["matters"] }),
        queries.invalidateQueries({ queryKey: ["counts"] }),
        queries.invalidateQueries({ queryKey: ["history", matter.heading.id] }),
        queries.invalidateQueries({ queryKey: ["papers", matter.heading.id] }),
      ]);
      onDone?.(acted);
    },
  });
  const conflict = doAct.error && asApiError(doAct.error).body.code === "conflict";

  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={initial}
      onValuesChange={() => touch(true)}
      onFinish={(values) => doAct.mutate(values)}
      scrollToFirstError
      aria-label={act.title}
    >
      {fields.map((field) => (
        <Field
          key={field.name}
          input={act.input}
          field={field}
          holder={matter.heading.seat}
          region={matter.heading.region}
          clocks={matter.clocks}
          facts={matter.facts}
          matter={matter.heading}
        />
      ))}
      <Form.Item
        name="reason"
        label={wantsReason ? "理由" : "说明"}
        extra={wantsReason ? "理由随本次操作留痕" : "可以不填；填写的随本次操作留痕"}
        rules={wantsReason ? [{ required: true, whitespace: true, message: "请写明理由" }] : []}
      >
        <Input.TextArea maxLength={2000} rows={2} />
      </Form.Item>
      {guards.length > 0 && (
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: "guards",
              label: `办理条件（${guards.length}项）`,
              children: (
                <>
                  <p className="hint">有下列情形之一的，系统不予办理：</p>
                  <ul className="plainlist">
                    {guards.map((guard) => (
                      <li key={guard.code}>
                        {guard.message} <span className="hint">{guard.basis}</span>
                      </li>
                    ))}
                  </ul>
                </>
              ),
            },
          ]}
        />
      )}
      <Failure
        error={doAct.error}
        onRetry={
          doAct.error && asApiError(doAct.error).status === 0
            ? () => doAct.mutate(form.getFieldsValue())
            : undefined
        }
      />
      {conflict && (
        <Button
          onClick={async () => {
            await queries.invalidateQueries({ queryKey: ["matter", matter.heading.id] });
            doAct.reset();
          }}
        >
          读取最新内容（已填写的保留）
        </Button>
      )}
      <Button type="primary" htmlType="submit" loading={doAct.isPending}>
        {act.title}
      </Button>
    </Form>
  );
}
