// One field of an act's form, by its kind and by what its text names.

import { AutoComplete, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { Schemas } from "../api/client";
import type { Facts } from "../api/facts";
import { useGuides, useLimits, useMeasures, usePoints } from "../api/law";
import type { Clock } from "../api/matters";
import { keyOf, useNames, useOrganisations } from "../api/matters";
import { InstitutionInput } from "../parts/institution-input";
import { DigestField, DigestsField } from "./digest-field";
import { helpOf, type Picker } from "./helps";
import { Person } from "./informant";
import type { Field as FieldOf } from "./kinds";
import { MoneyField } from "./money-field";
import { Officer, Officers } from "./officers-field";
import { Enclosures, FileOfMatter, FindingOfClue, type Of } from "./pieces";
import { Opinions, Proposals, yuanRule } from "./rows";

const STAGES = [
  "受理",
  "立案侦查",
  "侦查终结",
  "移送审查起诉",
  "提起公诉",
  "一审判决",
  "判决生效",
  "撤销案件",
  "不起诉",
];
const CRIMES = [
  "《刑法》第266条（诈骗罪）",
  "《刑法》第312条（掩饰、隐瞒犯罪所得罪）",
  "《刑法》第382条（贪污罪）",
];
const KINDS: Partial<Record<Picker, [string, string][]>> = {
  link_kind: [
    ["institution", "机构"],
    ["person", "参保人"],
    ["practitioner", "医药人员"],
    ["clue", "线索"],
    ["case", "案件"],
  ],
  trace_kind: [
    ["pharmacy", "零售药店"],
    ["level_1", "一级机构"],
    ["level_2", "二级及以上机构"],
  ],
};

/** Whether a region lies one level below another. */
export function isBelow(region: string, above: string): boolean {
  if (above.endsWith("0000") && above !== "000000")
    return region.startsWith(above.slice(0, 2)) && region.endsWith("00") && region !== above;
  if (above === "000000" || above === "100000") return region.endsWith("0000") && region !== above;
  if (above.endsWith("00")) return region.startsWith(above.slice(0, 4)) && region !== above;
  return false;
}

/** How many points an event brings, in words. */
const pointsOf = ({ least, most }: { least: number; most: number }) =>
  least === most ? `${least}分` : `${least}至${most}分`;

/** Whether what is shown of a choice holds what was typed. */
const holds = (text: string, choice?: { label: string }) =>
  (choice?.label ?? "").toLowerCase().includes(text.trim().toLowerCase());

/** Items of guides to choose from, each with its field and kind so that either finds it. */
export function guideOptions(guides: Schemas["GuideView"][]): { value: string; label: string }[] {
  return guides.flatMap((guide) =>
    guide.items.map((item) => ({
      value: item.id,
      label: `${item.id} ${item.words}（${guide.title}，${item.kind}）`,
    })),
  );
}

interface PickProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  picker: Picker;
  holder: string;
  region: string;
  clocks: Clock[];
  facts?: Facts | undefined;
}

/** A text that names something the server knows. */
function Pick({ picker, holder, region, clocks, facts, ...field }: PickProps) {
  const organisations = useOrganisations().data ?? [];
  const names = useNames();
  const measures = useMeasures();
  const form = Form.useFormInstance();
  const limit = Form.useWatch("limit", form) as string | undefined;
  const limits = useLimits(region, ["limit", "extension"].includes(picker)).data ?? [];
  const points = usePoints(["event", "repair"].includes(picker)).data;
  const guides = useGuides(picker === "guide").data ?? [];
  // Of a limit that runs for each of several things, one clock is chosen by the limit and the number of the thing.
  const extensions = (clock?: string) =>
    limits.find((one) => one.id === clock?.split("#")[0])?.extensions ?? [];
  const found = (): { closed: boolean; options: { value: string; label: string }[] } => {
    const closed = (pairs: [string, string][]) => ({
      closed: true,
      options: pairs.map(([value, label]) => ({ value, label })),
    });
    switch (picker) {
      case "region":
      case "region_below": {
        const seats = organisations.filter((one) => one.department === "insurance");
        const regions = [...new Set(seats.map((one) => one.region))].filter(
          (region) => picker === "region" || isBelow(region, holder),
        );
        return closed(regions.sort().map((code) => [code, `${names.region(code)}（${code}）`]));
      }
      case "organisation":
        return closed(organisations.map((one) => [one.id, one.title]));
      case "measure":
        return closed(measures);
      case "event":
        return closed((points?.events ?? []).map((one) => [one.id, `${one.title}（${pointsOf(one)}）`]));
      case "repair":
        return closed((points?.repairs ?? []).map((one) => [one.id, `${one.title}（减${one.points}分）`]));
      case "limit":
        return closed(
          clocks
            .filter(
              (clock) =>
                extensions(clock.limit).length > 0 &&
                ["running", "stopped", "breached"].includes(clock.state.status),
            )
            .map((clock) => [keyOf(clock.state), clock.title]),
        );
      case "extension":
        return closed(
          extensions(limit).map((one) => [one.id, `${one.title}，${one.span}（${one.granted_by}）`]),
        );
      case "check_item":
        return closed((facts?.self_check?.items ?? []).map(({ item = "" }) => [item, item]));
      case "guide":
        return { closed: false, options: guideOptions(guides) };
      case "stage":
        return { closed: false, options: STAGES.map((value) => ({ value, label: value })) };
      case "crime":
        return { closed: false, options: CRIMES.map((value) => ({ value, label: value })) };
      default:
        return closed(KINDS[picker] ?? []);
    }
  };
  if (picker === "institution") return <InstitutionInput {...field} />;
  const { closed, options } = found();
  if (!closed) {
    return (
      <AutoComplete
        {...field}
        options={options}
        maxLength={200}
        placeholder="选择或者输入"
        allowClear
        {...(picker === "guide" ? { showSearch: { filterOption: holds } } : {})}
      />
    );
  }
  return (
    <Select
      {...field}
      options={options}
      showSearch={{ optionFilterProp: "label" }}
      allowClear
      popupMatchSelectWidth={false}
      notFoundContent="没有可选的；需要的单位或者地区由安全保密管理员先登记"
    />
  );
}

/** Dates are kept as texts. */
function DateField({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}) {
  return (
    <DatePicker
      {...(id ? { id } : {})}
      value={value ? dayjs(value) : null}
      onChange={(day: Dayjs | null) => onChange?.(day ? day.format("YYYY-MM-DD") : "")}
      style={{ width: "100%" }}
      placeholder="年-月-日"
    />
  );
}

function Flag({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: boolean;
  onChange?: (value: boolean) => void;
}) {
  return (
    <Radio.Group
      {...(id ? { id } : {})}
      value={value}
      onChange={(event) => onChange?.(event.target.value)}
      options={[
        { value: true, label: "是" },
        { value: false, label: "否" },
      ]}
    />
  );
}

interface WordsProps {
  id?: string;
  value?: string[];
  onChange?: (value: string[]) => void;
  words: Record<string, string>;
}

/** Several words of a closed list. Of what the form hands over only these are taken: a group of boxes may not be "required" for axe. */
export function Words({ id, value, onChange, words }: WordsProps) {
  return (
    <Checkbox.Group<string>
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      onChange={(chosen) => onChange?.(chosen)}
      options={Object.entries(words).map(([value, label]) => ({ value, label }))}
    />
  );
}

interface Props {
  input: string;
  field: FieldOf;
  holder: string;
  /** Where the matter lies: its limits hold. */
  region: string;
  clocks: Clock[];
  /** The record of the matter, where there is one. */
  facts?: Facts;
  /** The matter, where there is one. */
  matter?: Of;
}

/** What may stand empty although the server asks for a text: it means none. */
const MAY_BE_EMPTY = ["token", "department", "linked", "statement", "draw"];

export function Field({ input, field, holder, region, clocks, facts, matter }: Props) {
  const form = Form.useFormInstance();
  const { hint, picker, when, is, empty, must } = helpOf(input, field.name);
  const asked = Form.useWatch(when ?? field.name, form) as unknown;
  const { kind, label } = field;
  const needed = must || (!field.optional && !empty && !MAY_BE_EMPTY.includes(field.name));
  const rules = [
    ...(needed && !["flag", "digests", "opinions", "proposals", "enclosures"].includes(kind.kind)
      ? [{ required: true, message: `请填写${label.replace(/（.*）$/, "")}` }]
      : []),
    ...(kind.kind === "flag" ? [{ required: true, message: "请选择是或否" }] : []),
    ...(kind.kind === "money" ? [yuanRule] : []),
    ...(kind.kind === "digest" && needed
      ? [{ pattern: /^[0-9a-f]{64}$/, message: "须为 64 位十六进制，可选择文件计算" }]
      : []),
  ];
  if (when && !(is ? is.includes(String(asked)) : asked === true)) return null;
  if (kind.kind === "person") return <Person name={field.name} label={label} parts={kind.parts} />;
  if (kind.kind === "opinions" || kind.kind === "proposals") {
    return (
      <Form.Item label={label}>
        {kind.kind === "opinions" ? <Opinions name={field.name} /> : <Proposals name={field.name} />}
      </Form.Item>
    );
  }
  if (kind.kind === "enclosures") {
    return (
      <Form.Item label={label} extra={hint}>
        {matter && <Enclosures name={field.name} of={matter} listed={facts?.transfer?.enclosures} />}
      </Form.Item>
    );
  }
  const control = () => {
    if (picker === "file" && matter) return <FileOfMatter of={matter} />;
    if (picker === "finding" && matter) return <FindingOfClue of={matter} />;
    if (picker && picker !== "account")
      return <Pick picker={picker} holder={holder} region={region} clocks={clocks} facts={facts} />;
    if (picker === "account" && kind.kind === "lines") return <Officers most={kind.most} />;
    if (picker === "account") return <Officer />;
    switch (kind.kind) {
      case "line":
        return <Input maxLength={200} />;
      case "prose":
        return <Input.TextArea maxLength={4000} rows={3} />;
      case "date":
        return <DateField />;
      case "flag":
        return <Flag />;
      case "number":
        return <InputNumber min={0} precision={0} style={{ width: "100%" }} />;
      case "money":
        return <MoneyField />;
      case "digest":
        return (
          <DigestField
            onFile={(file) => {
              // Evidence carries both digests of one file.
              if (input !== "evidence") return;
              form.setFieldsValue({ sm3: file.sm3, sha256: file.sha256 });
              if (!form.getFieldValue("title")) form.setFieldValue("title", file.name);
            }}
          />
        );
      case "lines":
        return (
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={["\n", "，", ",", "；"]}
            maxCount={kind.most}
          />
        );
      case "digests":
        return <DigestsField />;
      case "word":
        return (
          <Select
            options={Object.entries(kind.words).map(([value, label]) => ({ value, label }))}
            showSearch={{ optionFilterProp: "label" }}
          />
        );
      default:
        return <Words words={"words" in kind ? kind.words : {}} />;
    }
  };
  return (
    <Form.Item name={field.name} label={label} extra={hint} rules={rules}>
      {control()}
    </Form.Item>
  );
}
