// Today: what is due, overdue, mine, new and changed, each one click from being worked on.

import { Card } from "antd";
import { Link } from "react-router";
import type { Heading, Me } from "../api/client";
import { useExact } from "../api/counting";
import { type MatterQuery, useCounts, useMatters } from "../api/matters";
import { useMe } from "../api/session";
import { count, shortYuan } from "../format/money";
import { day, endOfToday, weekday } from "../format/time";
import { Failure } from "../parts/failure";
import { endOf, machineTitle, pathOf } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Empty, Grade, Left, Loading, now } from "../parts/states";
import { useStates } from "../parts/use-states";
import { waits } from "../words/domain";
import { WORDS } from "../words/generated";

const WEEK = 7 * 86_400;

interface ListProps {
  title: string;
  query: MatterQuery;
  empty: string;
  more?: string | undefined;
}

function Task({ one, states }: { one: Heading; states: Map<string, string> }) {
  return (
    <li className="task">
      <Link to={pathOf(one)}>{one.title}</Link>
      <div className="hint">
        {machineTitle(one.machine)} <Sign>{states.get(`${one.machine}.${one.state}`) ?? one.state}</Sign>
        {one.waiting_for && <span>等{waits(one.waiting_for)}　</span>}
        {one.grade && <Grade value={one.grade} />}
        {one.amount > 0 && <span>{shortYuan(one.amount)}　</span>}
        <Left due={one.due} ended={endOf(one)} />
      </div>
    </li>
  );
}

function List({ title, query, empty, more }: ListProps) {
  const found = useMatters(query);
  const states = useStates();
  const exact = useExact(query, found.data?.more ?? false);
  const total = exact ?? found.data?.total ?? 0;
  return (
    <Card
      size="small"
      title={`${title}（${found.data?.more && exact === undefined ? `${count(total)} 以上` : count(total)}）`}
      extra={more && total > (query.size ?? 0) ? <Link to={more}>全部</Link> : undefined}
    >
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <Loading what={title} rows={3} />}
      {found.data && total === 0 && <Empty title={empty} />}
      <ul className="tasks">
        {found.data?.items.map((one) => (
          <Task key={one.id} one={one} states={states} />
        ))}
      </ul>
    </Card>
  );
}

/** How many there are in all, once it is known: by state they are counted, all else is listed, and counted where there are more than a list
 *  counts. A third party may list what its commission names, which is little, and count nothing. */
function useTotal(query: MatterQuery): { total: number | undefined; more: boolean; failed: boolean } {
  const third = useMe().department === "third_party";
  const { machine, state, ...rest } = query;
  const counts = !third && Boolean(machine && state) && Object.keys(rest).length === 0;
  const asked = { by: "machine", machine: machine ?? "", state: state ?? "" };
  const counted = useCounts(asked, counts);
  const listed = useMatters({ ...query, size: 1 }, !counts);
  const exact = useExact(query, !counts && (listed.data?.more ?? false));
  if (counts) {
    const total = counted.data?.reduce((all, row) => all + row.count, 0);
    return { total, more: false, failed: counted.isError };
  }
  const more = exact === undefined && (listed.data?.more ?? false);
  return { total: exact ?? listed.data?.total, more, failed: listed.isError };
}

interface TileProps {
  title: string;
  query: MatterQuery;
  /** What is taken off: those are counted elsewhere. */
  without?: MatterQuery;
  to: string;
  late?: boolean;
}

function Tile({ title, query, without, to, late }: TileProps) {
  const found = useTotal(query);
  const others = useTotal(without ?? query);
  const total = Math.max(0, (found.total ?? 0) - (without ? (others.total ?? 0) : 0));
  return (
    <Link className="tile" to={to}>
      <span className="hint">{title}</span>
      <span className={late && total > 0 ? "figure late" : "figure"}>
        {late && total > 0 ? "⚠ " : ""}
        {found.failed
          ? "—"
          : found.total === undefined
            ? "…"
            : found.more
              ? `${count(found.total)}+`
              : count(total)}
      </span>
    </Link>
  );
}

/** What waits for one's own role or department, and where it is listed. */
function waitsForMe(me: Me): { title: string; query: MatterQuery; to: string } | undefined {
  const own = { organisation: me.organisation };
  if (me.role === "head")
    return { title: "等我审批", query: { ...own, waiting_for: "head" }, to: "/cases?waiting_for=head" };
  if (me.role === "legal_reviewer")
    return {
      title: "等我审核",
      query: { ...own, waiting_for: "reviewer" },
      to: "/cases?waiting_for=reviewer",
    };
  if (me.department === "police" || me.department === "procuratorate")
    return {
      title: "等本单位办理",
      query: { handed_to_me: true, waiting_for: me.department },
      to: `/transfers?waiting_for=${me.department}`,
    };
  if (me.department === "institution")
    return {
      title: "等本单位办理",
      query: { waiting_for: "institution" },
      to: "/self-checks?waiting_for=institution",
    };
  return undefined;
}

/** Instants are cut to the minute, so that a question asked twice is one question. */
const minute = (seconds: number) => Math.floor(seconds / 60) * 60;

export function Today() {
  const me = useMe();
  const at = minute(now());
  const today = endOfToday(at);
  const clues = ["insurance", "agency"].includes(me.department) && me.role !== "legal_reviewer";
  const home = clues
    ? "/clues"
    : me.department === "third_party"
      ? "/clues"
      : me.department === "institution"
        ? "/self-checks"
        : me.role === "legal_reviewer"
          ? "/cases"
          : "/joint";
  // Who leads looks at the whole house, everybody else at what he works on.
  const whose = ["head", "team_lead"].includes(me.role)
    ? { organisation: me.organisation }
    : { member: me.account };
  const mine = waitsForMe(me);
  const words = Object.keys(WORDS.Waits).filter((word) => word !== mine?.query.waiting_for);
  const others: MatterQuery = { ...whose, waiting_for: words.join(",") };
  return (
    <div className="screen">
      <div className="title">
        <h1>今日</h1>
        <span className="hint">
          {day(at)} {weekday(at)}
          {me.department === "third_party" && "；只显示委托书写明的线索和检查，委托期满自动终止"}
        </span>
      </div>
      <div className="stack">
        <div className="tiles">
          <Tile title="已逾期" query={{ due_by: at, ended: false }} to={`${home}?due=late&sort=due`} late />
          <Tile
            title="今日到期"
            query={{ due_by: today, ended: false }}
            without={{ due_by: at, ended: false }}
            to={`${home}?due=today&sort=due`}
          />
          <Tile
            title="我经办、未办结"
            query={{ member: me.account, ended: false }}
            to={`${home}?mine=true&ended=false`}
          />
          <Tile title="等待他人办理" query={others} to={`${home}?waiting_for=others`} />
          {mine && <Tile title={mine.title} query={mine.query} to={mine.to} />}
          {clues && (
            <Tile
              title="新线索，待登记"
              query={{ machine: "clue", state: "received" }}
              to="/clues?state=received"
            />
          )}
          {clues && (
            <Tile
              title="已反馈，待复核"
              query={{ machine: "clue", state: "answered" }}
              to="/clues?state=answered"
            />
          )}
        </div>
        <div className="lists">
          <List
            title="逾期和七日内到期"
            query={{ due_by: minute(at + WEEK), ended: false, sort: "due", size: 8 }}
            empty="七日内没有到期的事项"
            more={`${home}?due=week&sort=due`}
          />
          {mine && (
            <List
              title={mine.title}
              query={{ ...mine.query, sort: "due", size: 8 }}
              empty="现在没有等您办理的事项"
              more={mine.to}
            />
          )}
          <List
            title="我经办的"
            query={{ member: me.account, ended: false, sort: "due", size: 8 }}
            empty="现在没有您经办的事项"
            more={`${home}?mine=true&ended=false`}
          />
          {clues && (
            <List
              title="待登记的线索，分高的在前"
              query={{ machine: "clue", state: "received", sort: "score", descending: true, size: 8 }}
              empty="没有待登记的线索"
              more="/clues?state=received"
            />
          )}
          <List
            title="等待他人办理"
            query={{ ...others, sort: "due", size: 8 }}
            empty="没有等待他人的事项"
            more={`${home}?waiting_for=others`}
          />
          <List
            title="最近有变动"
            query={{ sort: "changed", descending: true, size: 8 }}
            empty="还没有事项"
          />
        </div>
      </div>
    </div>
  );
}
