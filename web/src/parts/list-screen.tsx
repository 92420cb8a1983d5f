// A list of matters with filters in the address, so that a view can be kept, shared in the house and gone back to.

import { Button, Dropdown, Input, InputNumber, Select, Space } from "antd";
import { type ReactNode, useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Heading } from "../api/client";
import { type MatterQuery, useMachine, useNames, useOrganisations } from "../api/matters";
import { useMe } from "../api/session";
import { endOfToday } from "../format/time";
import { DEPARTMENTS, GRADES } from "../words/domain";
import { WORDS } from "../words/generated";
import { columns } from "./columns";
import { Grid, type Sort } from "./grid";
import { pathOf } from "./paths";
import { now } from "./states";
import { useStates } from "./use-states";
import { Views } from "./views";

const FILTERS = [
  "state",
  "region",
  "source",
  "grade",
  "institution",
  "organisation",
  "rule",
  "covers",
  "waiting_for",
  "q",
  "sort",
] as const;

/** What the address asks for. */
export function queryOf(machine: string, asked: URLSearchParams, account: string): MatterQuery {
  const query: MatterQuery = { machine };
  for (const key of FILTERS) {
    const value = asked.get(key);
    if (value) Object.assign(query, { [key]: value });
  }
  if (asked.get("descending") === "true") query.descending = true;
  for (const key of ["begun_from", "begun_to"] as const) {
    const instant = Number(asked.get(key));
    if (instant > 0) query[key] = instant;
  }
  const least = Number(asked.get("least"));
  if (least > 0) query.least = least * 100;
  if (asked.get("ended") === "true") query.ended = true;
  if (asked.get("ended") === "false") query.ended = false;
  if (asked.get("mine") === "true") query.member = account;
  const due = asked.get("due");
  if (due === "late") query.due_by = now();
  if (due === "today") query.due_by = endOfToday(now());
  if (due === "week") query.due_by = now() + 7 * 86_400;
  if (due) query.ended = false;
  return query;
}

/** The address without its filters: the tab that is looked at is none. */
function cleared(asked: URLSearchParams): URLSearchParams {
  const tab = asked.get("tab");
  return new URLSearchParams(tab ? { tab } : {});
}

interface Props {
  machine: string;
  title: string;
  keys: string[];
  order?: { sort: Sort; descending: boolean };
  filters?: string[];
  empty: ReactNode;
  extra?: ReactNode;
  above?: ReactNode;
  below?: ReactNode;
  chosen?: ReadonlyMap<string, Heading>;
  onChoose?: (one: Heading, chosen: boolean) => void;
  exports?: boolean;
}

export function ListScreen(props: Props) {
  const { machine, title, keys, order, filters = ["state", "due", "mine"], empty } = props;
  const me = useMe();
  const [asked, setAsked] = useSearchParams();
  const navigate = useNavigate();
  const names = useNames();
  const states = useStates();
  const known = useMachine(machine);
  const organisations = useOrganisations().data ?? [];
  const query = useMemo(() => {
    const query = queryOf(machine, asked, me.account);
    if (!query.sort) Object.assign(query, order ?? { sort: "changed", descending: true });
    return query;
  }, [machine, asked, me.account, order]);

  const set = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(asked);
    for (const [key, value] of Object.entries(changes)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    setAsked(next, { replace: true });
  };
  // A commission lets nobody search or export.
  const commissioned = me.department === "third_party";
  const shown = (name: string) => filters.includes(name);
  const regions = [...new Set(organisations.map((one) => one.region))].sort();
  const exported = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );

  return (
    <div className="screen whole">
      <div className="title">
        <h1>{title}</h1>
        <span className="grow" />
        {props.extra}
        <Views place={machine} asked={asked} onChoose={(next) => setAsked(next)} />
        {props.exports !== false && !commissioned && (
          <Button href={`/api/v1/matters/export?${exported}`} download>
            导出
          </Button>
        )}
      </div>
      {props.above}
      <search className="filters" aria-label="筛选">
        {!commissioned && (
          <Input.Search
            allowClear
            placeholder="标题或编号"
            aria-label="标题或编号"
            defaultValue={asked.get("q") ?? ""}
            onSearch={(q) => set({ q: q.trim() || undefined })}
            style={{ width: 210 }}
          />
        )}
        {shown("state") && (
          <Select
            mode="multiple"
            allowClear
            maxTagCount={1}
            placeholder="状态"
            aria-label="状态"
            style={{ width: 150 }}
            value={asked.get("state")?.split(",") ?? []}
            onChange={(value: string[]) => set({ state: value.join(",") || undefined })}
            options={(known?.states ?? []).map((state) => ({ value: state.id, label: state.title }))}
          />
        )}
        {shown("grade") && (
          <Choice name="grade" title="风险等级" asked={asked} set={set} options={Object.entries(GRADES)} />
        )}
        {shown("source") && (
          <Choice name="source" title="来源" asked={asked} set={set} options={Object.entries(WORDS.Source)} />
        )}
        {shown("region") && (
          <Choice
            name="region"
            title="地区"
            asked={asked}
            set={set}
            options={regions.map((code) => [
              code,
              names.region(code) === code ? code : `${names.region(code)}（${code}）`,
            ])}
          />
        )}
        {shown("organisation") && (
          <Choice
            name="organisation"
            title="承办单位"
            asked={asked}
            set={set}
            options={organisations
              .filter((one) => DEPARTMENTS.some(([name]) => name === one.department))
              .map((one) => [one.id, one.title])}
          />
        )}
        {shown("least") && (
          <InputNumber<number>
            placeholder="金额至少（元）"
            aria-label="金额至少（元）"
            min={0}
            precision={0}
            style={{ width: 140 }}
            value={asked.get("least") ? Number(asked.get("least")) : null}
            onChange={(value) => set({ least: value ? String(value) : undefined })}
          />
        )}
        {shown("due") && (
          <Choice
            name="due"
            title="期限"
            asked={asked}
            set={set}
            options={[
              ["late", "已逾期"],
              ["today", "今日及以前到期"],
              ["week", "七日内到期"],
            ]}
          />
        )}
        {shown("mine") && (
          <Choice name="mine" title="经办" asked={asked} set={set} options={[["true", "我经办的"]]} />
        )}
        <Choice
          name="waiting_for"
          title="等待"
          asked={asked}
          set={set}
          options={[["others", "等待他人"], ...Object.entries(WORDS.Waits)]}
        />
        {shown("ended") && (
          <Choice
            name="ended"
            title="办结"
            asked={asked}
            set={set}
            options={[
              ["false", "未办结"],
              ["true", "已办结"],
            ]}
          />
        )}
        {[...asked.keys()].some((key) => key !== "tab") && (
          <Button type="link" onClick={() => setAsked(cleared(asked), { replace: true })}>
            清除条件
          </Button>
        )}
        {props.below}
      </search>
      <Grid
        label={title}
        query={query}
        columns={columns(names, states, keys)}
        onOpen={(one) => navigate(pathOf(one))}
        onSort={(sort, descending) => set({ sort, descending: descending ? "true" : undefined })}
        empty={empty}
        {...(props.chosen ? { chosen: props.chosen } : {})}
        {...(props.onChoose ? { onChoose: props.onChoose } : {})}
      />
    </div>
  );
}

interface ChoiceProps {
  name: string;
  title: string;
  asked: URLSearchParams;
  set: (changes: Record<string, string | undefined>) => void;
  options: [string, string][];
}

function Choice({ name, title, asked, set, options }: ChoiceProps) {
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      placeholder={title}
      aria-label={title}
      style={{ minWidth: 116 }}
      popupMatchSelectWidth={false}
      value={asked.get(name)}
      onChange={(value: string | undefined) => set({ [name]: value })}
      options={options.map(([value, label]) => ({ value, label }))}
    />
  );
}

/** Buttons that begin matters; more than one become a menu. */
export function Begin({
  items,
  onBegin,
}: {
  items: { key: string; label: string }[];
  onBegin: (key: string) => void;
}) {
  const [only] = items;
  if (!only) return null;
  if (items.length === 1) {
    return (
      <Button type="primary" onClick={() => onBegin(only.key)}>
        {only.label}
      </Button>
    );
  }
  return (
    <Space>
      <Dropdown menu={{ items, onClick: ({ key }) => onBegin(key) }} trigger={["click"]}>
        <Button type="primary">新建 ▾</Button>
      </Dropdown>
    </Space>
  );
}
