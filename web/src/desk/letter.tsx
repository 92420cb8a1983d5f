// The form of a commission: which clues, inspections and institutions, from which day to which, by which letter.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Drawer, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useDeferredValue, useState } from "react";
import { useClosing, useUnsaved } from "../acts/unsaved";
import { api, asApiError, type Schemas, told } from "../api/client";
import { useKeyed } from "../api/keyed";
import { useMatters, useNames } from "../api/matters";
import { useMe } from "../api/session";
import { day } from "../format/time";
import { Failure } from "../parts/failure";
import { useInstitutionOptions } from "../parts/institution-input";
import { machineTitle } from "../parts/paths";
import { now } from "../parts/states";
import { type Commissionable, isCode } from "./letters";

interface Given {
  matters?: string[];
  institutions?: string[];
  from: Dayjs;
  to: Dayjs;
  why: string;
}

/** Most matters, and most institutions, that a commission names. */
const NAMED = 200;

export function Letter({ one, onClose }: { one: Commissionable; onClose: () => void }) {
  const me = useMe();
  const names = useNames();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const keyOf = useKeyed();
  const [form] = Form.useForm<Given>();
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const close = useClosing(dirty, onClose);
  const known = one.commission?.by === me.organisation ? one.commission : undefined;
  const title = known ? "变更委托" : "委托";
  const today = dayjs(day(now()));
  const give = useMutation({
    mutationFn: ({ matters = [], institutions = [], from, to, why }: Given) => {
      const body: Schemas["NewCommission"] = {
        version: one.version,
        matters,
        institutions,
        from: from.format("YYYY-MM-DD"),
        to: to.format("YYYY-MM-DD"),
        why: why.trim(),
      };
      const headers = { "Idempotency-Key": keyOf(body) };
      const params = { path: { id: one.account } };
      return told(api.PUT("/api/v1/accounts/{id}/commission", { params, headers, body }));
    },
    // What the list shows may be older than what refused.
    onError: () => queries.invalidateQueries({ queryKey: ["commissions"] }),
    onSuccess: async () => {
      message.success(`${one.account}：已委托并留痕`);
      await queries.invalidateQueries({ queryKey: ["commissions"] });
      onClose();
    },
  });
  const lost = give.error && asApiError(give.error).status === 0;
  return (
    <Drawer
      open
      title={`${title}：${names.organisation(one.organisation)}（${one.account}）`}
      size={620}
      onClose={close}
      mask={{ closable: false }}
    >
      <Form<Given>
        form={form}
        layout="vertical"
        scrollToFirstError
        aria-label={title}
        initialValues={{
          matters: known?.matters ?? [],
          institutions: known?.institutions ?? [],
          from: known ? dayjs(known.from) : today,
          ...(known ? { to: dayjs(known.to) } : {}),
        }}
        onValuesChange={() => setDirty(true)}
        onFinish={(given) => give.mutate(given)}
      >
        <Form.Item name="matters" label="线索和检查" extra="只能选本单位承办的；可以按标题中的字查找">
          <Matters />
        </Form.Item>
        <Form.Item
          name="institutions"
          label="机构"
          extra="选了机构的，可以查阅本单位关于这些机构的全部线索和检查"
          dependencies={["matters"]}
          rules={[
            ({ getFieldValue }) => ({
              validator: async (_, value: string[] = []) => {
                const matters: string[] = getFieldValue("matters") ?? [];
                if (value.length + matters.length === 0) throw new Error("请选择至少一个事项或者机构");
                if (!value.every(isCode)) throw new Error("机构代码由字母和数字组成，不超过40位");
              },
            }),
          ]}
        >
          <Institutions />
        </Form.Item>
        <Form.Item name="from" label="首日" rules={[{ required: true, message: "请选择首日" }]}>
          <DatePicker style={{ width: "100%" }} placeholder="年-月-日" />
        </Form.Item>
        <Form.Item
          name="to"
          label="末日"
          extra="过了这一天，委托自动终止"
          dependencies={["from"]}
          rules={[
            { required: true, message: "请选择末日" },
            ({ getFieldValue }) => ({
              validator: async (_, value?: Dayjs) => {
                const from: Dayjs | undefined = getFieldValue("from");
                if (value && from && value.isBefore(from, "day")) throw new Error("末日不得早于首日");
                if (value?.isBefore(today, "day")) throw new Error("末日不得早于今天");
              },
            }),
          ]}
        >
          <DatePicker style={{ width: "100%" }} placeholder="年-月-日" />
        </Form.Item>
        <Form.Item
          name="why"
          label="依据"
          extra="如委托书文号；不写姓名、证件号码和手机号码"
          rules={[{ required: true, whitespace: true, message: "请写明依据" }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Failure
          error={give.error}
          onRetry={lost ? () => give.mutate(form.getFieldsValue() as Given) : undefined}
        />
        <p className="hint">保存后，该账号退出登录，再登录时按新的委托查阅。</p>
        <Button type="primary" htmlType="submit" loading={give.isPending}>
          {title}
        </Button>
      </Form>
    </Drawer>
  );
}

interface Many {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
}

/** Clues and inspections of one's own bureau, looked for by title. */
function Matters(field: Many) {
  const me = useMe();
  const names = useNames();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const asked = { organisation: me.organisation, size: 20, ...(q ? { q } : {}) };
  const clues = useMatters({ ...asked, machine: "clue" });
  const inspections = useMatters({ ...asked, machine: "inspection" });
  const found = [...(clues.data?.items ?? []), ...(inspections.data?.items ?? [])];
  return (
    <Select
      {...field}
      mode="multiple"
      maxCount={NAMED}
      placeholder="选择线索、检查"
      showSearch={{ filterOption: false, onSearch: setText }}
      onChange={(chosen) => {
        setText("");
        field.onChange?.(chosen);
      }}
      popupMatchSelectWidth={false}
      notFoundContent={clues.isFetching || inspections.isFetching ? "正在查找" : "没有找到"}
      options={found.map((one) => ({
        value: one.id,
        // Many clues of one rule bear the same title.
        label: [machineTitle(one.machine), one.title, names.institution(one.institution)]
          .filter(Boolean)
          .join(" · "),
      }))}
    />
  );
}

/** Institutions that take part, or others by their code. */
function Institutions(field: Many) {
  const [text, setText] = useState("");
  return (
    <Select
      {...field}
      mode="tags"
      maxCount={NAMED}
      placeholder="选择机构，或者输入代码"
      tokenSeparators={["\n", "，", ",", "；", " "]}
      showSearch={{ filterOption: false, onSearch: setText }}
      options={useInstitutionOptions(text)}
    />
  );
}
