// What stands above every matter: what it is about, where it stands, who has it, how long is left.

import { Button, Descriptions } from "antd";
import { Link } from "react-router";
import { type Matter, useMatters, useNames } from "../api/matters";
import { yuan } from "../format/money";
import { ends, moment } from "../format/time";
import { Codes } from "../parts/codes";
import { Id } from "../parts/id";
import { endOf, idWords } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Grade, Left } from "../parts/states";
import { FIELD_HINTS, SECRECY, source, subjectKind, waits } from "../words/domain";
import { isPlace, membersOf, ofPeople } from "../words/subject";
import { useMasking } from "./masked";

export function MatterTitle({ matter, back }: { matter: Matter; back: { path: string; title: string } }) {
  const { heading } = matter;
  const masked = useMasking();
  return (
    <div className="title">
      <Link to={back.path}>
        <Button size="small" tabIndex={-1}>
          ← {back.title}
        </Button>
      </Link>
      <h1>{masked(heading.title)}</h1>
      <Sign tone="blue">{matter.state_title}</Sign>
      {heading.grade && <Grade value={heading.grade} />}
      <span className="grow" />
      <span className="hint">
        编号 <Id id={heading.id} />
      </span>
      <Left due={heading.due} ended={endOf(heading)} />
    </div>
  );
}

/** What a matter grew out of, by its title where one may know it. */
function Parent({ id }: { id: string }) {
  const masked = useMasking();
  const found = useMatters({ q: id, size: 1 }).data?.items.find((one) => one.id === id);
  return (
    <>
      <Link to={`/matters/${id}`}>{found ? masked(found.title) : idWords(id)}</Link>{" "}
      {found && <span className="hint">{idWords(id)}</span>}
    </>
  );
}

export function MatterCard({ matter }: { matter: Matter }) {
  const { heading, team, handed_to } = matter;
  const masked = useMasking();
  const names = useNames();
  const hint = (text: string | undefined, label: string) => <span title={`国家字段：${text}`}>{label}</span>;
  // A group's people take a row of their own, and what stands before them the rest of its row.
  const members = heading.subject_kind === "group" ? membersOf(heading.subject) : [];
  const wide = heading.subject.length > 24 ? { span: "filled" as const } : {};
  const place = isPlace(heading.subject_kind);
  const institution = heading.institution || (place ? heading.subject : "");
  const told = heading.subject !== "" && heading.subject !== institution;
  const subject = place ? names.institution(heading.subject) : heading.subject;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2, xxl: 3 }}
      bordered
      items={[
        {
          key: "institution",
          label: hint(FIELD_HINTS.institution, "机构"),
          children: institution ? names.institution(institution) : "—",
        },
        {
          key: "amount",
          label: hint(FIELD_HINTS.amount, "涉及金额"),
          children: heading.amount > 0 ? `${yuan(heading.amount)} 元` : "—",
        },
        {
          key: "region",
          label: hint(FIELD_HINTS.region, "所在地区"),
          children: names.region(heading.region),
        },
        { key: "organisation", label: "承办单位", children: names.organisation(heading.organisation) },
        { key: "source", label: "来源", children: source(heading.source) },
        ...(heading.waiting_for
          ? [{ key: "waits", label: "下一步", children: `等${waits(heading.waiting_for)}` }]
          : []),
        { key: "begun", label: "开始", children: moment(heading.begun) },
        { key: "due", label: "最近期限", children: ends(heading.due) },
        {
          key: "team",
          label: "经办人员",
          children: team.length ? team.map(names.officer).join("、") : "尚未指定",
          ...(told ? wide : {}),
        },
        ...(told
          ? [
              {
                key: "subject",
                ...wide,
                label: hint(
                  FIELD_HINTS.subject,
                  heading.subject_kind ? subjectKind(heading.subject_kind) : "对象",
                ),
                children: (
                  <span className="members">
                    {members.length > 0 && `${members.length} 人：`}
                    {ofPeople(heading) ? (
                      <Codes codes={membersOf(heading.subject).map(masked)} />
                    ) : (
                      <span className="code">{masked(subject)}</span>
                    )}
                  </span>
                ),
              },
            ]
          : []),
        { key: "secrecy", label: "密级", children: SECRECY[String(heading.secrecy)] ?? heading.secrecy },
        ...(handed_to.length
          ? [{ key: "handed", label: "送达单位", children: handed_to.map(names.organisation).join("、") }]
          : []),
        ...(heading.parent
          ? [
              {
                key: "parent",
                label: "来自",
                children: <Parent id={heading.parent} />,
              },
            ]
          : []),
      ]}
    />
  );
}
