// Facts of matters, written by `npm run generate`; do not edit.

import type { Department, Role, EvidenceKind, PersonRole, Matter, DecisionKind, ClosingGround, Enclosure, EnclosedAs, NoticePart, Statement, Source, Outcome, Step, Channel, InspectionKind, Seen, Responsibility, CreditMeasure, AgreementMeasure, Refusal, MoneyKind, Account } from "../words/generated";

export interface Filing {
  subject?: string;
  clue?: string | null;
  violation_facts?: string;
  own_jurisdiction?: boolean;
  violation_ended?: string | null;
  grave?: boolean;
  disputed_with?: string;
}

export interface Holding {
  items?: Array<string>;
  sealed?: boolean;
  settled?: boolean;
}

export interface Help {
  of?: string;
  asked?: string;
  answer?: string;
}

export interface Opinion {
  reviewer?: string;
  passed?: boolean;
  opinion?: string;
}

export interface Review {
  required?: boolean;
  reviewer?: string;
  passed?: boolean;
  opinion?: string;
  earlier?: Array<Opinion>;
}

export interface Notice {
  parts?: Array<NoticePart>;
  served?: boolean;
  fine?: number;
  new_facts?: boolean;
}

export interface Hearing {
  statement?: Statement | null;
  asked?: boolean;
  chair?: string;
  place?: string;
  held?: boolean;
  finished?: boolean;
  opinion?: string;
}

export interface Discussion {
  required?: boolean;
  opinions?: Array<[string, string]>;
  conclusion?: string;
}

export interface DecisionItem {
  measure?: string;
  proposal?: Proposal;
}

export interface Decision {
  kind?: DecisionKind | null;
  items?: Array<DecisionItem>;
  lines?: Array<string>;
  written?: boolean;
  absent?: boolean;
  overturned?: string;
}

export interface Service {
  served?: string | null;
  receipt?: boolean;
  published?: string | null;
  anonymous?: boolean;
  withdrawn?: boolean;
  withheld?: boolean;
}

export interface FindingPointer {
  clue?: string;
  run?: string;
  rule?: string;
  version?: number;
  number?: number;
  amount?: number;
  lines?: Array<string>;
}

export interface Closing {
  ground?: ClosingGround | null;
}

export interface Evidence {
  kind: EvidenceKind;
  title: string;
  sm3?: string | null;
  sha256?: string | null;
  source: string;
  file?: string;
  finding?: FindingPointer | null;
  custody: Array<string>;
}

export interface Payment {
  kind: MoneyKind;
  account: Account;
  amount: number;
  voucher: string;
}

export interface Clue {
  source?: Source | null;
  subject?: string;
  key?: string;
  amount?: number;
  severity?: number;
  grade?: number;
  same_as?: string;
  passed_to?: string;
  links?: Array<Link>;
  dispatches?: Array<Dispatch>;
  answers?: Array<Answer>;
  reported?: string;
  returns?: Array<string>;
  draw?: string;
  cross_checker?: string;
}

export interface Link {
  kind?: string;
  id?: string;
}

export interface Dispatch {
  from?: string;
  to?: string;
  due?: string | null;
}

export interface Answer {
  outcome?: Outcome | null;
  facts?: string;
  found?: number;
  steps?: Array<Step>;
  attachments?: Array<string>;
  by?: string;
  region?: string;
  at?: string | null;
}

export interface Complaint {
  channel?: Channel | null;
  named?: boolean;
  token?: string;
  target?: string;
  content?: string;
  evidence?: boolean;
  known?: boolean;
  first?: boolean;
  staff?: boolean;
  clue?: string;
  passed_to?: string;
  proved?: boolean;
  value?: number;
  told?: string;
  proposed_by?: string;
  reward?: number;
  claim_code?: string | null;
  told_reward?: string | null;
  claimed?: string | null;
  voucher?: string;
}

export interface Due {
  day?: string | null;
  was?: Array<string>;
}

export interface Referral {
  from?: Department | null;
  from_region?: string;
  to?: Department | null;
  to_region?: string;
  content?: string;
  asked?: string;
  linked?: string;
  due?: Due;
  refusals?: Array<string>;
  result?: string;
  amount?: number;
}

export interface Listed {
  matters?: Array<string>;
  duty_region?: string;
  authorities?: Array<Department>;
  agreed?: Array<Department>;
  due?: Due;
  progress?: Array<string>;
  result?: string;
  lifted?: Array<Department>;
}

export interface Meeting {
  topic?: string;
  departments?: Array<Department>;
  minutes?: string;
  tasks?: Array<Task>;
}

export interface Task {
  what?: string;
  who?: Department | null;
  due?: Due;
  result?: string;
}

export interface Officer {
  account?: string;
  certificate?: string;
  valid?: boolean;
  recused?: boolean;
}

export interface Approval {
  matter: Matter;
  role: Role;
  account: string;
  paper: string;
  at: string;
}

export interface Facts {
  version: number;
  variants?: Record<string, string>;
  recused?: Array<string>;
  officers?: Array<Officer>;
  people?: Array<Person>;
  approvals?: Array<Approval>;
  filing?: Filing;
  evidence?: Array<Evidence>;
  holdings?: Array<Holding>;
  help?: Array<Help>;
  refusals?: Array<[Refusal, string]>;
  review?: Review;
  notices?: Array<Notice>;
  hearing?: Hearing;
  discussion?: Discussion;
  decision?: Decision;
  service?: Service;
  payments?: Array<Payment>;
  closing?: Closing;
  transfer?: Transfer;
  clue?: Clue;
  complaint?: Complaint;
  referral?: Referral;
  inspection?: Inspection;
  self_check?: SelfCheck;
  listed?: Listed;
  points?: PointsMatter;
  person?: PersonMeasure;
  agreement?: Agreement;
  summary?: Summary;
  sanction?: Sanction;
  report?: Report;
  trace?: Trace;
  retention?: Retention;
  meeting?: Meeting;
}

export interface Person {
  role?: PersonRole | null;
  name?: string;
  certificate?: string;
  phone?: string;
  address?: string;
  account?: string;
}

export interface PointsMatter {
  practitioner?: string;
  institution?: string;
  event?: string;
  responsibility?: Responsibility | null;
  points?: number;
  facts?: string;
  decided_by?: string;
  contest?: string;
  months?: number;
  repairs?: Array<string>;
  restored?: boolean;
}

export interface PersonMeasure {
  person?: string;
  measure?: string;
  facts?: string;
  talks?: Array<string>;
  education?: Array<string>;
  convenience?: Array<CreditMeasure>;
  notified?: Array<NoticePart>;
  statement?: Statement | null;
  months?: number;
  urgent?: boolean;
  contest?: string;
}

export interface Agreement {
  institution?: string;
  breach?: string;
  statement?: Statement | null;
  measures?: Array<AgreementMeasure>;
  contest?: string;
  suit?: boolean;
  coordination?: string;
  result?: string;
}

export interface Summary {
  subject?: string;
  person?: boolean;
  fine?: number;
  collected?: boolean;
  handed_in?: string;
  recorded?: string;
}

export interface Sanction {
  subject?: string;
  measure?: string;
  department?: string;
  months?: number;
  case?: string;
}

export interface Inspection {
  kind?: InspectionKind | null;
  institution?: string;
  plan?: string;
  draw?: string;
  notice?: string;
  records?: Array<string>;
  sheets?: Array<SiteSheet>;
  findings?: Array<Finding>;
  none_found?: string;
  statement?: string;
  handed_to?: string;
  answer?: string;
  follow_up?: string;
}

export interface Finding {
  item?: string;
  facts?: string;
  evidence?: Array<string>;
  amount?: number;
  result?: string;
}

export interface SiteSheet {
  record?: string | null;
  at?: string | null;
  place?: string;
  present?: Array<SitePerson>;
  officers?: Array<string>;
  items?: Array<SiteItem>;
  statement?: string;
}

export interface SitePerson {
  name?: string;
  post?: string;
}

export interface SiteItem {
  item?: string;
  seen?: Seen | null;
  facts?: string;
  amount?: number;
  files?: Array<string>;
}

export interface SelfCheck {
  institution?: string;
  field?: string;
  due?: string | null;
  items?: Array<CheckItem>;
  refunded?: number;
  returns?: Array<string>;
  reviewed_by?: string;
}

export interface CheckItem {
  item?: string;
  answered?: boolean;
  found?: boolean;
  lines?: number;
  amount?: number;
  facts?: string;
  correction?: string;
  corrected?: boolean;
}

export interface Report {
  duty?: string;
  period?: string;
  digest?: string | null;
  corrections?: Array<string>;
}

export interface Trace {
  institution?: string;
  kind?: string;
}

export interface Retention {
  what?: string;
  digest?: string | null;
}

export interface Transfer {
  suspected?: boolean;
  case?: string;
  crime?: string;
  team?: Array<Officer>;
  report?: string;
  enclosures?: Array<Enclosed>;
  enclosed?: string | null;
  to?: string;
  same_level?: boolean;
  letter?: string;
  receipt?: string | null;
  rounds?: number;
  supplements?: Array<string>;
  supplied?: Array<string>;
  rerouted_to?: string;
  answer?: string;
  earlier_answers?: Array<string>;
  file_returned?: boolean;
  goods?: Array<string>;
  stage?: string;
  suspects?: number;
  closed?: Array<string>;
}

export interface Enclosed {
  enclosure: Enclosure;
  form?: EnclosedAs | null;
  piece?: string;
  title?: string;
  number?: string;
  amount?: string;
}

export interface Proposal {
  loss: number;
  defrauded: number;
  refused_to_correct: boolean;
  serious: boolean;
  mitigated: boolean;
  returned: Returned | null;
  fined: Fined | null;
  damages: AgreementDamages | null;
  refused: Refused | null;
  suspension: number | null;
}

export interface Amounts {
  returned: Returned;
  fined: Fined;
  damages: AgreementDamages;
  refused: Refused;
}

export type Returned = number;
export type Fined = number;
export type AgreementDamages = number;
export type Refused = number;
