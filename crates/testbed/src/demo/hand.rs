//! What is written by hand into papers, where the record does not hold it.

use serde_json::{Value, json};

/// Who fills a paper in: on which day, about how much money.
pub struct Hand {
    /// The day, as the server writes days.
    pub day: String,
    /// Money that was lost, and that is fined; fen.
    pub amount: i64,
}

impl Hand {
    /// The value of a field.
    pub fn writes(&self, label: &str) -> Value {
        let at = |time: &str| json!(format!("{} {time}", self.day));
        match label {
            "听证时间" | "讨论时间" => at("09:30:00"),
            "听证结束时间" => at("11:00:00"),
            "送审日期" | "听证要求日期" => json!(self.day),
            "损失金额" | "应缴罚款" | "催缴合计" => json!(self.amount),
            "陈述期限" => json!(3),
            "听证期限" => json!(5),
            "催告期限" => json!(10),
            "案卷册数" => json!(2),
            "案卷页数" => json!(128),
            "证据" | "讨论人员" | "听证参加人" | "送达文书" => list(label),
            _ => json!(words(label)),
        }
    }
}

/// The rows of a field that has several.
fn list(label: &str) -> Value {
    match label {
        // The two pieces of evidence of a case that was investigated.
        "证据" => json!([{ "页数": 120 }, { "页数": 8 }]),
        "讨论人员" => {
            json!([{ "职务": "局长" }, { "职务": "基金监管科科长" }, { "职务": "法制审核人员" }])
        }
        "听证参加人" => {
            json!([{ "姓名": "示例负责人", "身份": "当事人负责人" }, { "姓名": "示例办案人员", "身份": "办案人员" }])
        }
        _ => json!([{ "名称": "行政处罚决定书" }]),
    }
}

/// The words of a field.
fn words(label: &str) -> String {
    let said = match label {
        "承办单位" => "基金监管科",
        "联系人" => "承办人员",
        "联系电话" => "0000-0000000",
        "当事人名称" | "受送达人" => "示例县人民医院",
        "当事人住所" | "送达地点" => "示例县示例路1号",
        "涉嫌罪名" => "诈骗罪",
        "公安机关" => "示例市公安局",
        "移送依据" => "《行政执法机关移送涉嫌犯罪案件的规定》",
        "案由" => "重复收费",
        "案件来源" => "大数据筛查线索",
        "立案理由" => "有初步证据证明存在违法事实，属本机关管辖，且未超过追责时效。",
        "证据说明" => "结算明细与询问笔录相互印证。",
        "调查经过" => "立案后调取结算明细，询问机构负责人。",
        "违反条款" => "《医疗保障基金使用监督管理条例》第三十八条第（三）项",
        "处理依据" => "《医疗保障基金使用监督管理条例》第三十八条",
        "裁量理由" => "当事人配合调查，按一般情节裁量。",
        "当事人意见" => "当事人对认定的事实没有异议。",
        "处理建议" => "建议责令退回并处罚款；涉嫌犯罪的，移送公安机关。",
        "审核结论" => "同意承办单位的处理建议。",
        "拟处罚内容" | "处罚内容" | "处理结果" => {
            "责令退回造成损失的医疗保障基金，并处损失一倍的罚款。"
        }
        "听证地点" | "讨论地点" => "示例市医疗保障局三楼会议室",
        "听证方式" => "公开",
        "办案人员陈述" => "陈述了违法事实、证据和拟作出的行政处罚建议及依据。",
        "当事人陈述申辩" => "承认收费不规范，请求从轻处理。",
        "质证情况" => "双方逐项质证，当事人对证据的真实性没有异议。",
        "陈述申辩情况" => "当事人在规定期限内的意见已经复核。",
        "复议机关" => "示例市人民政府",
        "管辖法院" => "示例市示例区人民法院",
        "送达方式" => "直接送达",
        "收款银行" => "示例银行示例支行",
        "执行情况" => "退回的基金已进入原基金财政专户，罚款已缴入国库。",
        "结案理由" => "行政处罚决定已经全部执行完毕。",
        _ => return format!("示例{label}"),
    };
    said.to_owned()
}
