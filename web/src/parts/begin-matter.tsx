// Beginning a matter: what it is about, where it lies, and what its first act brings.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Input, Select } from "antd";
import { useRef, useState } from "react";
import { Field } from "../acts/field";
import { useFields } from "../acts/forms";
import { helpOf } from "../acts/helps";
import { toInput, type Values } from "../acts/kinds";
import { useClosing, useUnsaved } from "../acts/unsaved";
import { api, type Heading, newKey, type Schemas, told } from "../api/client";
import { useMachine, useNames, useOrganisations } from "../api/matters";
import { institutions } from "../api/names";
import { useMe } from "../api/session";
import { SUBJECTS } from "../words/domain";
import { type Source, WORDS } from "../words/generated";
import { Failure } from "./failure";
import { Loading } from "./states";

interface Props {
  machine: string;
  act: string;
  /** The matter that it grows out of. */
  from?: Heading;
  initial?: Values;
  onClose: () => void;
  onDone: (acted: Schemas["Acted"]) => void;
}

/** Fields of an input that say at once whom the matter is about. */
const ABOUT: Record<string, string> = {
  subject: "subject",
  person: "subject",
  practitioner: "subject",
  target: "subject",
  institution: "institution",
};

/** Where matters mostly come from, by machine. */
const SOURCES: Record<string, Source> = {
  complaint: "complaint",
  inspection: "inspection",
  self_check: "self_check",
  referral: "referral",
  agreement: "agency",
};

export function BeginMatter({ machine, act, from, initial = {}, onClose, onDone }: Props) {
  const me = useMe();
  const { message } = App.useApp();
  const known = useMachine(machine);
  const first = known?.acts.find((one) => one.id === act);
  const organisations = useOrganisations().data ?? [];
  const names = useNames();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const [dirty, setDirty] = useState(false);
  const key = useRef(newKey());
  const letGo = useUnsaved(dirty);
  const input = first?.input ?? "nothing";
  const asked = useFields(first?.input);
  const fields = (asked.fields ?? []).filter((field) => !helpOf(input, field.name).given);
  const begin = useMutation({
    mutationFn: (values: Values) => {
      const all = { ...initial, ...values };
      const about: Record<string, string> = {};
      for (const [field, target] of Object.entries(ABOUT)) {
        if (typeof all[field] === "string" && fields.some((one) => one.name === field))
          about[target] = String(all[field]);
      }
      return told(
        api.POST("/api/v1/matters", {
          headers: { "Idempotency-Key": key.current },
          body: {
            machine,
            act,
            title: String(values.matter_title ?? "").trim(),
            region: String(values.matter_region ?? ""),
            source: String(values.matter_source ?? all.source ?? from?.source ?? "superior"),
            subject_kind: String(values.matter_subject_kind ?? from?.subject_kind ?? ""),
            subject: about.subject ?? from?.subject ?? "",
            institution: about.institution ?? from?.institution ?? "",
            parent: from?.id ?? null,
            reason: String(values.reason ?? "").trim(),
            input: toInput(input, asked.fields ?? [], all) as Record<string, never>,
          },
        }),
      );
    },
    onError: () => {
      key.current = newKey();
    },
    onSuccess: (acted) => {
      setDirty(false);
      message.success("已建立并留痕");
      void queries.invalidateQueries({ queryKey: ["matters"] });
      void queries.invalidateQueries({ queryKey: ["counts"] });
      letGo();
      onDone(acted);
    },
  });
  const close = useClosing(dirty, onClose);
  const regions = [...new Set([me.region, ...organisations.map((one) => one.region)])].sort();
  return (
    <Drawer
      open
      title={`${known?.title ?? ""}：${first?.title ?? ""}`}
      size={600}
      onClose={close}
      mask={{ closable: false }}
    >
      {!first || !asked.fields ? (
        <Loading what="办理事项" />
      ) : (
        <Form<Values>
          form={form}
          layout="vertical"
          scrollToFirstError
          aria-label={first.title}
          initialValues={{
            matter_title: from?.title,
            matter_region: from?.region ?? me.region,
            matter_source: from?.source,
            ...initial,
          }}
          onValuesChange={(changed: Values) => {
            setDirty(true);
            // What concerns an institution lies where the institution does.
            const chosen = organisations.find(
              (one) => one.fixmedins_code && one.fixmedins_code === changed.institution,
            );
            const region = chosen?.region ?? institutions.known(String(changed.institution ?? ""))?.region;
            if (region && regions.includes(region)) form.setFieldValue("matter_region", region);
          }}
          onFinish={(values) => begin.mutate(values)}
        >
          <Form.Item
            name="matter_title"
            label="标题"
            extra="一句话说明是什么事；不写姓名、证件号码等个人信息"
            rules={[{ required: true, whitespace: true, message: "请填写标题" }]}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item
            name="matter_region"
            label="所在地区"
            rules={[{ required: true, message: "请选择地区" }]}
          >
            <Select
              showSearch={{ optionFilterProp: "label" }}
              options={regions.map((code) => ({ value: code, label: `${names.region(code)}（${code}）` }))}
            />
          </Form.Item>
          {!fields.some((field) => field.name === "source") && !from && (
            <Form.Item
              name="matter_source"
              label="来源"
              initialValue={SOURCES[machine] ?? "superior"}
              rules={[{ required: true, message: "请选择来源" }]}
            >
              <Select options={Object.entries(WORDS.Source).map(([value, label]) => ({ value, label }))} />
            </Form.Item>
          )}
          {fields.some((field) => ["subject", "target"].includes(field.name)) && !from && (
            <Form.Item name="matter_subject_kind" label="对象类别" initialValue="institution">
              <Select options={Object.entries(SUBJECTS).map(([value, label]) => ({ value, label }))} />
            </Form.Item>
          )}
          {fields.map((field) => (
            <Field
              key={field.name}
              input={input}
              field={field}
              holder={me.region}
              region={me.region}
              clocks={[]}
            />
          ))}
          <Form.Item name="reason" label="说明" extra="可以不填；填写的随本次操作留痕">
            <Input.TextArea maxLength={2000} rows={2} />
          </Form.Item>
          <Failure error={begin.error} />
          <Button type="primary" htmlType="submit" loading={begin.isPending}>
            {first.title}
          </Button>
        </Form>
      )}
    </Drawer>
  );
}
