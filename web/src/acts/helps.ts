// What a form adds to a field of the server: how its text is chosen, a hint, and what is filled in without asking.

/** How a text is chosen where it names something that the server knows. */
export type Picker =
  | "region"
  | "region_below"
  | "organisation"
  | "account"
  | "institution"
  | "measure"
  | "event"
  | "repair"
  | "limit"
  | "extension"
  | "stage"
  | "crime"
  | "link_kind"
  | "trace_kind"
  | "check_item"
  | "guide"
  | "file"
  | "finding";

export interface Help {
  hint?: string;
  picker?: Picker;
  /** Filled in from what one came from, or by the server; not asked. */
  given?: boolean;
  /** Asked only where this other field was answered with yes, or with one of `is`. */
  when?: string;
  is?: string[];
  /** Must be told where it is asked, although the server asks for it in some cases only. */
  must?: boolean;
  /** May stay empty although the server asks for a list: it means none. */
  empty?: boolean;
}

const region: Help = { picker: "region" };
const goods: Help = { hint: "每输入一件按回车" };
const items: Help = { hint: "每输入一项按回车" };
const file: Help = { hint: "选择文件，登记其 SM3 摘要" };
/** Of decisions that may bring money. */
const counted = { when: "kind", is: ["penalty", "no_penalty"] };
const officers: Help = { picker: "account", hint: "两名以上，执法证在有效期内；从执法证登记中核对" };

/** Of a field wherever it stands. */
const ANYWHERE: Record<string, Help> = {
  institution: { picker: "institution" },
  crime: { picker: "crime" },
  receipt: { hint: "没有送达回证的，不算已送达" },
  to_region: region,
  region,
  attachments: { hint: "选择文件后只登记其摘要；文件本身在“文件”中上传" },
  draw: { hint: "先在“举报与检查”的“抽签”中抽取，结果可由任何人重算" },
};

/** Of a field of one input. */
const OF: Record<string, Record<string, Help>> = {
  approve: { paper: { hint: "没有编号的批准无效" } },
  officers: { accounts: officers },
  recuse: { account: { picker: "account" } },
  extend: { limit: { picker: "limit" }, extension: { picker: "extension" } },
  open_case: {
    clue: { given: true },
    violation_facts: { hint: "写已经看到的，不写个人信息" },
    violation_ended: { hint: "以证据能证明的最后一日为准，追诉时效由此起算" },
    grave: { hint: "是的，追诉时效为五年" },
  },
  evidence: {
    origin: { hint: "文件先在“文件”中收存；文件和发现的摘要由系统计算，可以随时核验" },
    file: { picker: "file", when: "origin", is: ["file"], must: true },
    finding: { picker: "finding", when: "origin", is: ["finding"], must: true },
    source: { when: "origin", is: ["file", "outside"], must: true, hint: "谁提供的，怎么取得的" },
    sm3: { when: "origin", is: ["outside"], hint: "有扫描件的选择扫描件，摘要在本机计算；没有的留空" },
    sha256: { when: "origin", is: ["outside"] },
  },
  custody: { to: { picker: "account" } },
  register_goods: { items: goods },
  seal_goods: { items: goods },
  notify_hearing: { chair: { picker: "account", hint: "不得是本案调查人员" } },
  conclude: {
    review_required: { hint: "填“否”的，处罚达到本地标准时仍须审核" },
    discussion_required: { hint: "填“否”的，处罚达到本地标准时仍须讨论" },
  },
  decide: {
    kind: { hint: "不予处罚的只能写明退回；不能成立、移送其他机关的没有措施" },
    items: counted,
    lines: {
      ...counted,
      empty: true,
      hint: "每输入一个明细编号按回车；线索有明细的必须写明，同一明细在各案中只计一次",
    },
  },
  open_transfer: { case: { given: true } },
  team: { accounts: { picker: "account", hint: "两名以上" } },
  enclose: {
    enclosures: {
      hint: "移送书照此列明附件，所以先列明、后制作移送书；本案没有的选“本案没有”，调查报告必须有",
    },
  },
  send: {
    to: { picker: "organisation" },
    letter: { hint: "先在“文书”中出具调查报告和移送书，填写移送书的文号" },
  },
  ask_supplement: { items },
  supplement: { items },
  reroute: { to: { picker: "organisation" } },
  hand_over: { goods },
  stage: { stage: { picker: "stage" } },
  open_clue: { key: { hint: "同一事由与对象用同一个，便于并案" } },
  link: { kind: { picker: "link_kind" } },
  dispatch: { to: { picker: "region_below", hint: "逐级分办，只能到下一级" } },
  answer: { facts: { hint: "不写姓名和证件号码" } },
  complaint: {
    named: { hint: "实名的，举报人信息另行密封，只有受理人凭事由打开，每次打开都留痕" },
    token: { given: true },
    content: { hint: "不写举报人的任何信息" },
  },
  tell_reward: { code_sm3: { hint: "密码只告知举报人本人" } },
  referral: { linked: { given: true } },
  listed: {
    matters: { hint: "每输入一个按回车" },
    duty_region: region,
    authorities: { hint: "一个或者两个" },
  },
  draw: { accounts: { picker: "account" } },
  site_record: { sm3: file },
  finding: {
    item: { picker: "guide", hint: "输入领域、问题或者编号从检查指引中选择；指引没有的，写明问题" },
  },
  self_check: {
    field: { hint: "如：血液透析、骨科、心血管内科" },
    items: { hint: "每输入一条按回车" },
    due: { hint: "下发后由此倒数；专项期限已过又没有另定的，不起算" },
  },
  report: { period: { hint: "如：2026年第1季度" } },
  report_sent: { sm3: file },
  trace_plan: { kind: { picker: "trace_kind" } },
  keep: { sm3: file },
  points: { event: { picker: "event" } },
  check_answer: {
    item: { picker: "check_item" },
    lines: { when: "found" },
    amount: { when: "found" },
    facts: { when: "found", hint: "写怎么发生的；没有发现问题的不填" },
  },
  correct: { item: { picker: "check_item" } },
  repair: { kind: { picker: "repair" } },
  person: { person: { hint: "只填系统编号，不填姓名和证件号码" }, measure: { picker: "measure" } },
  sanction: { measure: { picker: "measure" }, case: { given: true } },
  add_person: { instead_of: { hint: "更正已登记的人时填写，其他留空" } },
};

/** What a form adds to a field. */
export function helpOf(input: string, field: string): Help {
  return OF[input]?.[field] ?? ANYWHERE[field] ?? {};
}
