//! The page `docs/procedures.md`: limits, calendars, measures, states and guards as they stand in `procedures/`.
//! The same procedures give the same bytes.

use crate::{
    Procedures,
    limit::{Limit, Mode},
    machine::{Act, Machine, NEW},
    measure::{Measure, Money, When},
    scheme::{Ground, HeavyScheme, Schemes},
};
use std::fmt::Write as _;

/// What the page begins with.
const MARK: &str = "<!-- 从 `procedures/` 生成，请勿手工修改。 -->\n";

/// The page.
pub fn procedures_md(procedures: &Procedures) -> String {
    let mut page = format!("{MARK}\n# 办案程序\n\n期限、措施、状态与守卫都是数据，省市文件可以逐字段覆盖。");
    page.push_str("标为二手材料、记忆录入的为参数，以条文原文为准。\n");
    limits(&mut page, procedures);
    calendars(&mut page, procedures);
    measures(&mut page, procedures);
    thresholds(&mut page, procedures);
    if let Some(known) = &procedures.schemes {
        schemes(&mut page, known);
        heavy(&mut page, procedures, &known.heavy);
    }
    for machine in procedures.machines.values() {
        states(&mut page, machine);
    }
    if let Some(machine) = procedures.machines.values().next() {
        guards(&mut page, machine);
    }
    page
}

/// A text inside a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}

/// A row of a table.
fn row<const N: usize>(page: &mut String, cells: [String; N]) {
    let cells = cells.map(|text| cell(&text));
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

/// A heading with the head of a table.
fn table<const N: usize>(page: &mut String, title: &str, heads: [&str; N]) {
    let _ = write!(page, "\n## {title}\n\n");
    row(page, heads.map(str::to_owned));
    let _ = writeln!(page, "|{}", "---|".repeat(N));
}

fn limits(page: &mut String, procedures: &Procedures) {
    let title = format!("期限（{}项）", procedures.limits.len());
    table(
        page,
        &title,
        ["编号", "期限", "起算", "谁", "做什么", "多久", "延长", "不计入", "逾期", "依据", "把握"],
    );
    for limit in procedures.limits.values() {
        let stops: Vec<&str> = limit.stops.iter().map(|stop| stop.title()).collect();
        row(
            page,
            [
                limit.id.clone(),
                limit.title.clone(),
                limit.start.clone(),
                limit.actor.clone(),
                limit.act.clone(),
                time(limit),
                extensions(limit),
                stops.join("、"),
                limit.missed_words(),
                limit.basis.join("；"),
                sure(limit),
            ],
        );
    }
    for region in procedures.regions.values() {
        let own = |limit: &&Limit| limit.files.len() > 1;
        let ids: Vec<&str> = region.limits.values().filter(own).map(|limit| limit.id.as_str()).collect();
        let _ = writeln!(page, "\n{}另有规定：{}。", region.title, ids.join("、"));
    }
}

fn time(limit: &Limit) -> String {
    let variants = limit
        .variants
        .iter()
        .map(|variant| format!("{}：{}", variant.title, crate::limit::words_of(variant.term)));
    let roll = limit.rolls.then(|| "末日为休息日的顺延".to_owned());
    let per = limit.per.map(|per| format!("每{}分别计算", per.title()));
    let beyond = limit.outlives.then(|| "事项办结后继续".to_owned());
    let again = limit.again.then(|| "办结后再次起算的重新计算".to_owned());
    let words =
        std::iter::once(limit.term_words()).chain(variants).chain(roll).chain(again).chain(per).chain(beyond);
    words.collect::<Vec<_>>().join("；")
}

fn extensions(limit: &Limit) -> String {
    let words = limit.extensions.iter().map(|extension| {
        let mode = if extension.mode == Mode::Add { "再加" } else { "改为" };
        let times =
            if extension.times > 1 { format!("，至多{}次", extension.times) } else { String::new() };
        format!("{}{mode}{}（{}{times}）", extension.title, extension.span, extension.granted_by)
    });
    words.collect::<Vec<_>>().join("；")
}

fn sure(limit: &Limit) -> String {
    let note = limit.note.as_ref().map_or_else(String::new, |note| format!("：{note}"));
    format!("{}{note}", limit.certainty.title())
}

fn calendars(page: &mut String, procedures: &Procedures) {
    table(page, "放假调休", ["年份", "放假（日）", "调休上班（日）", "完整", "通知"]);
    for year in procedures.calendar.years() {
        let complete = if year.complete { "是" } else { "否" };
        row(
            page,
            [
                year.year.to_string(),
                year.days_off().to_string(),
                year.days_made_up().to_string(),
                complete.to_owned(),
                year.notices.join("、"),
            ],
        );
    }
    page.push_str("\n没有列出的年份只按周末推算，并在计算结果中注明。\n");
}

fn measures(page: &mut String, procedures: &Procedures) {
    let title = format!("责任与措施（{}项）", procedures.measures.len());
    table(page, &title, ["编号", "主体", "条款", "行为", "责令", "款项", "暂停", "其他", "条件"]);
    for measure in procedures.measures.values() {
        let suspension = measure.suspension.map_or_else(String::new, |suspension| {
            let must = if suspension.must { "应当" } else { "可以" };
            let (least, most) = (suspension.least, suspension.most);
            format!("{must}暂停{}{least}至{most}个月{}", suspension.of.title(), when(suspension.when))
        });
        row(
            page,
            [
                measure.id.clone(),
                measure.subject.clone(),
                measure.article.clone(),
                measure.act.clone(),
                measure.corrective.clone().unwrap_or_default(),
                money(measure),
                suspension,
                measure.other.clone().unwrap_or_default(),
                measure.condition.clone().unwrap_or_default(),
            ],
        );
    }
    for surcharge in procedures.surcharges.values() {
        let (day, most) = (percent(surcharge.day_bp), percent(surcharge.most_bp));
        let _ = writeln!(
            page,
            "\n逾期不缴罚款的，每日按罚款数额的{day}加处，合计不超过{most}（{}）。",
            surcharge.basis
        );
    }
}

fn money(measure: &Measure) -> String {
    let words = |money: &Money| {
        let bounds = match (money.multiple, money.range) {
            (Some((least, most)), _) => {
                format!("{}的{}至{}倍", money.base.title(), times(least), times(most))
            }
            (_, Some((least, most))) => format!("{least}元至{most}元"),
            _ => money.base.title().to_owned(),
        };
        format!("{}：{bounds}{}", money.kind.title(), when(money.when))
    };
    let confiscated = measure.confiscates.then(|| "没收违法所得".to_owned());
    measure.money.iter().map(words).chain(confiscated).collect::<Vec<_>>().join("；")
}

fn when(when: When) -> String {
    if when == When::Always { String::new() } else { format!("（{}）", when.title()) }
}

/// Basis points as a multiple.
fn times(bp: u32) -> String {
    mingcha_model::money::format_fixed(i64::from(bp), 4, 0)
}

/// Basis points as a percentage.
fn percent(bp: u32) -> String {
    format!("{}%", mingcha_model::money::format_fixed(i64::from(bp), 2, 0))
}

fn thresholds(page: &mut String, procedures: &Procedures) {
    table(page, "移送提示的门槛", ["编号", "名称", "下限（元）", "上限（元）", "采用（元）", "依据", "说明"]);
    for one in &procedures.thresholds {
        let amounts = [one.least, one.most, one.amount].map(mingcha_model::Fen::yuan);
        let [least, most, amount] = amounts;
        let (basis, note) = (one.basis.clone(), one.note.clone());
        row(page, [one.id.clone(), one.title.clone(), least, most, amount, basis, note]);
    }
    page.push_str("\n达到门槛且涉嫌以骗取为目的的只作提示，是否移送由人决定。\n");
    let signs = procedures.fraud_signs.iter().map(|sign| format!("{}（{}）", sign.title, sign.item));
    let signs = signs.collect::<Vec<_>>().join("、");
    let _ = writeln!(
        page,
        "\n已登记涉嫌犯罪、拟按骗取处理，或者线索规则对应下列情形的，视为涉嫌以骗取为目的：{signs}。"
    );
}

/// What localities set, with its ground.
fn schemes(page: &mut String, schemes: &Schemes) {
    let points = &schemes.points;
    table(page, "支付资格记分的情形", ["编号", "情形", "最低分", "最高分"]);
    for event in &points.events {
        row(page, [event.id.clone(), event.title.clone(), event.least.to_string(), event.most.to_string()]);
    }
    let months = points.months.iter().map(|one| format!("{}分{}至{}个月", one.points, one.least, one.most));
    let months = months.collect::<Vec<_>>().join("、");
    let _ = writeln!(
        page,
        "\n一年累计暂停支付资格：{months}；满{}分终止。{}",
        points.end_at,
        words(&points.ground)
    );
    table(page, "记分修复", ["编号", "方式", "每次减分", "每年至多（次）"]);
    for repair in &points.repairs {
        let (each, most) = (repair.points.to_string(), repair.most.to_string());
        row(page, [repair.id.clone(), repair.title.clone(), each, most]);
    }
    table(page, "机构分级", ["等级", "名称", "得分不低于", "每年检查（次）"]);
    for grade in &schemes.grading.grades {
        row(page, [grade.id.clone(), grade.title.clone(), grade.least.to_string(), grade.most.to_string()]);
    }
    let weights = schemes.grading.weights.iter().map(|one| format!("{}每件扣{}分", one.title, one.least));
    let weights = weights.collect::<Vec<_>>().join("、");
    let _ = writeln!(
        page,
        "\n起始{}分，看最近{}个月的记录，{weights}。数据上传质量看入库时被拒收的行，一个月里达到{}行的，算不合格的月份。{}",
        schemes.grading.start,
        schemes.grading.months,
        schemes.grading.data_rows,
        words(&schemes.grading.ground)
    );
    table(page, "裁量档次", ["条款", "档次", "倍数不低于", "倍数不高于"]);
    for tier in &schemes.tiers {
        let bounds = [tier.band.least, tier.band.most].map(times);
        let [least, most] = bounds;
        row(page, [tier.measures.join("、"), tier.band.title.clone(), least, most]);
    }
    let _ = writeln!(page, "\n{}", words(&schemes.tiers_ground));
    let (reward, summary, cross) = (&schemes.reward, &schemes.summary, &schemes.cross_check);
    let _ = writeln!(
        page,
        "\n举报奖励为案值的{}，最低{}元，最高{}元，{}个月内领取。{}",
        percent(reward.share_bp),
        reward.least,
        reward.most,
        reward.claim_months,
        words(&reward.ground)
    );
    let _ = writeln!(
        page,
        "\n当场处罚：个人不超过{}元，单位不超过{}元。{}",
        summary.person,
        summary.organisation,
        words(&summary.ground)
    );
    let _ = writeln!(
        page,
        "\n风险等级不低于{}级、分办后超过{}日没有反馈的线索转交叉检查。{}",
        cross.grade,
        cross.days,
        words(&cross.ground)
    );
}

/// From what on a penalty needs more than the handler says, for the nation and the regions that set it otherwise.
fn heavy(page: &mut String, procedures: &Procedures, national: &HeavyScheme) {
    let heads = ["地区", "步骤", "个人罚款（元）", "单位罚款（元）", "责令暂停", "举行过听证"];
    table(page, "重大处罚的标准", heads);
    let regions = procedures.regions.values();
    let own = regions.filter_map(|region| Some((region.title.as_str(), region.heavy.as_ref()?)));
    let own = own.filter(|(_, scheme)| *scheme != national);
    for (title, scheme) in std::iter::once(("国家", national)).chain(own) {
        for (step, heavy) in [("法制审核", &scheme.review), ("集体讨论", &scheme.discussion)] {
            let [person, organisation] = [heavy.person, heavy.organisation].map(mingcha_model::Fen::yuan);
            let [suspension, hearing] =
                [heavy.suspension, heavy.hearing].map(|counts| if counts { "算" } else { "不算" }.to_owned());
            row(page, [title.to_owned(), step.to_owned(), person, organisation, suspension, hearing]);
        }
    }
    let _ = writeln!(page, "\n达到标准的，办案人员填“否”也须办理。{}", words(&national.ground));
}

fn words(ground: &Ground) -> String {
    format!("（{}；{}：{}）", ground.basis, ground.certainty.title(), ground.note)
}

fn states(page: &mut String, machine: &Machine) {
    let title = |id: &str| machine.state(id).map_or_else(|| id.to_owned(), |state| state.title.clone());
    table(page, &format!("{}的操作", machine.title), ["操作", "名称", "从", "到", "由", "守卫", "事件"]);
    for act in machine.in_order() {
        let all = act.from.len() == machine.states.len();
        let from: Vec<String> = act.from.iter().map(|id| title(id)).collect();
        let from = match (all, act.from == [NEW]) {
            (true, _) => "任何状态".to_owned(),
            (_, true) => "（新建）".to_owned(),
            _ => from.join("、"),
        };
        let to = act.to.as_deref().map_or_else(|| "不变".to_owned(), title);
        let departments: Vec<&str> = act.departments.iter().map(|department| department.title()).collect();
        row(
            page,
            [
                act.id.clone(),
                act.title.clone(),
                from,
                to,
                departments.join("、"),
                codes(machine, act),
                act.emits.join("、"),
            ],
        );
    }
    let waiting: Vec<String> = machine
        .states
        .iter()
        .filter_map(|state| Some(format!("{}（等{}）", state.title, state.waits?.title())))
        .collect();
    if !waiting.is_empty() {
        let _ = writeln!(page, "\n等待他人：{}。", waiting.join("、"));
    }
}

fn codes(machine: &Machine, act: &Act) -> String {
    let code = |name: &String| machine.texts.get(name).map(|text| text.code.clone());
    act.guards.iter().filter_map(code).collect::<Vec<_>>().join("、")
}

fn guards(page: &mut String, machine: &Machine) {
    let title = format!("守卫（{}项）", machine.texts.len());
    table(page, &title, ["代码", "名称", "不通过时", "怎么办", "依据"]);
    let mut texts: Vec<_> = machine.texts.values().collect();
    texts.sort_by_key(|text| &text.code);
    for text in texts {
        let (message, next) = (text.message.clone(), text.next.clone());
        row(page, [text.code.clone(), text.id.clone(), message, next, text.basis.clone()]);
    }
    let names: Vec<String> = machine
        .every
        .iter()
        .filter_map(|name| machine.texts.get(name))
        .map(|text| text.code.clone())
        .collect();
    let _ = writeln!(page, "\n每项操作（含查阅）都要通过：{}。", names.join("、"));
}
