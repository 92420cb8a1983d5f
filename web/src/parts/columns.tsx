// The columns that tables of matters share.

import { yuan } from "../format/money";
import { day } from "../format/time";
import { FIELD_HINTS, source } from "../words/domain";
import { ofPeople, subjectOf } from "../words/subject";
import type { Column } from "./grid";
import { endOf } from "./paths";
import { Sign } from "./sign";
import { Grade, Left } from "./states";

interface Names {
  organisation: (code: string) => string;
  region: (code: string) => string;
  institution: (code: string) => string;
}

/** The columns of those keys, in that order. */
export function columns(names: Names, states: Map<string, string>, keys: string[]): Column[] {
  const all: Record<string, Column> = {
    title: {
      key: "title",
      title: "事项",
      width: "minmax(210px, 2fr)",
      show: (one) => <span title={one.title}>{one.title}</span>,
    },
    state: {
      key: "state",
      title: "状态",
      width: "102px",
      show: (one) => <Sign>{states.get(`${one.machine}.${one.state}`) ?? one.state}</Sign>,
    },
    grade: { key: "grade", title: "风险", width: "82px", show: (one) => <Grade value={one.grade} /> },
    score: {
      key: "score",
      spare: 4,
      title: "评分",
      width: "80px",
      sort: "score",
      number: true,
      show: (one) => one.score,
    },
    amount: {
      key: "amount",
      title: "涉及金额（元）",
      width: "142px",
      sort: "amount",
      number: true,
      hint: FIELD_HINTS.amount ?? "",
      show: (one) => (one.amount > 0 ? yuan(one.amount) : "—"),
    },
    subject: {
      key: "subject",
      title: "对象",
      width: "minmax(110px, 0.8fr)",
      hint: FIELD_HINTS.subject ?? "",
      // What stands beside it is not said twice.
      show: (one) => (
        <span title={ofPeople(one) ? undefined : one.subject}>
          {keys.includes("institution") && one.subject && one.subject === one.institution
            ? "机构本身"
            : subjectOf(one, names.institution)}
        </span>
      ),
    },
    institution: {
      key: "institution",
      title: "机构",
      width: "minmax(170px, 1.6fr)",
      hint: FIELD_HINTS.institution ?? "",
      show: (one) => (
        <span title={one.institution && `${names.institution(one.institution)} ${one.institution}`}>
          {one.institution ? names.institution(one.institution) : "—"}
        </span>
      ),
    },
    region: {
      key: "region",
      title: "地区",
      width: "92px",
      hint: FIELD_HINTS.region ?? "",
      show: (one) => names.region(one.region),
    },
    organisation: {
      key: "organisation",
      spare: 2,
      title: "承办单位",
      width: "minmax(120px, 1fr)",
      show: (one) => (
        <span title={names.organisation(one.organisation)}>{names.organisation(one.organisation)}</span>
      ),
    },
    source: { key: "source", title: "来源", width: "96px", spare: 1, show: (one) => source(one.source) },
    due: {
      key: "due",
      title: "期限",
      width: "140px",
      sort: "due",
      show: (one) => <Left due={one.due} ended={endOf(one)} />,
    },
    begun: {
      key: "begun",
      title: "开始",
      width: "104px",
      spare: 3,
      sort: "begun",
      show: (one) => day(one.begun),
    },
    changed: {
      key: "changed",
      title: "最近变动",
      width: "106px",
      sort: "changed",
      show: (one) => day(one.changed),
    },
  };
  return keys.flatMap((key) => all[key] ?? []);
}
