//! The shape of what comes from outside, as JSON Schema: lengths and choices as the types themselves hold them, so that a form can be drawn from it.

use super::{
    personal::{Informant, Key, Personal},
    text::{Line, List, MOST_FEN, Sum, Text},
    transfer::Enclosing,
};
use crate::{
    facts::{EnclosedAs, Enclosure},
    measure::Proposal,
    trail::Digest,
    words::Word,
};
use mingcha_model::{Date, Time};
use serde_json::{Map, Value, json};

/// A value that may come from outside.
pub(crate) trait Shape {
    /// Its JSON Schema.
    fn shape() -> Value;

    /// Whether an act may go without it.
    fn optional() -> bool {
        false
    }
}

impl<const MOST: usize> Shape for Text<MOST> {
    fn shape() -> Value {
        json!({ "type": "string", "maxLength": MOST })
    }
}

impl<T: Shape, const MOST: usize> Shape for List<T, MOST> {
    fn shape() -> Value {
        json!({ "type": "array", "items": T::shape(), "maxItems": MOST })
    }
}

impl<T: Shape> Shape for Option<T> {
    fn shape() -> Value {
        T::shape()
    }

    fn optional() -> bool {
        true
    }
}

impl<A: Shape, B: Shape> Shape for (A, B) {
    fn shape() -> Value {
        json!({ "type": "array", "prefixItems": [A::shape(), B::shape()], "minItems": 2, "maxItems": 2 })
    }
}

impl Shape for bool {
    fn shape() -> Value {
        json!({ "type": "boolean" })
    }
}

impl Shape for u32 {
    fn shape() -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
    }
}

impl Shape for Sum {
    fn shape() -> Value {
        json!({ "type": "integer", "format": "fen", "minimum": 0, "maximum": MOST_FEN })
    }
}

impl Shape for Date {
    fn shape() -> Value {
        json!({ "type": "string", "format": "date" })
    }
}

impl Shape for Time {
    fn shape() -> Value {
        json!({ "type": "string", "format": "civil-time" })
    }
}

impl Shape for Digest {
    fn shape() -> Value {
        json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}

impl<T: Word> Shape for T {
    fn shape() -> Value {
        let choice = |(_, name, title): &(T, &str, &str)| json!({ "const": name, "title": title });
        json!({ "type": "string", "oneOf": T::ALL.iter().map(choice).collect::<Vec<_>>() })
    }
}

impl Shape for Personal {
    fn shape() -> Value {
        json!({ "type": "string", "format": "personal", "maxLength": 200 })
    }
}

impl Shape for Key {
    fn shape() -> Value {
        Line::shape()
    }
}

impl Shape for Informant {
    fn shape() -> Value {
        let titles = [
            ("name", "姓名"),
            ("certificate", "证件号码"),
            ("phone", "联系电话"),
            ("address", "地址"),
            ("account", "收款账户"),
        ];
        let property = |(name, title): (&str, &str)| {
            let mut schema = Personal::shape();
            schema["title"] = json!(title);
            (name.to_owned(), schema)
        };
        let properties: Map<String, Value> = titles.into_iter().map(property).collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

/// A shape with its Chinese name.
fn titled(mut schema: Value, title: &str) -> Value {
    schema["title"] = json!(title);
    schema
}

impl Shape for Enclosing {
    fn shape() -> Value {
        let properties = json!({
            "enclosure": titled(Enclosure::shape(), "附件"),
            "form": titled(EnclosedAs::shape(), "形式"),
            "piece": titled(Line::shape(), "文书或者文件"),
            "title": titled(Line::shape(), "原件名称"),
            "number": titled(Line::shape(), "原件编号"),
            "amount": titled(Line::shape(), "数量"),
        });
        json!({ "type": "object", "properties": properties, "required": ["enclosure", "form"], "additionalProperties": false })
    }
}

impl Shape for Proposal {
    fn shape() -> Value {
        let properties = json!({
            "loss": titled(Sum::shape(), "造成的损失"),
            "defrauded": titled(Sum::shape(), "骗取的金额"),
            "refused_to_correct": titled(bool::shape(), "拒不改正"),
            "serious": titled(bool::shape(), "后果严重"),
            "mitigated": titled(bool::shape(), "有从轻减轻情节记录"),
            "returned": titled(Sum::shape(), "退回"),
            "fined": titled(Sum::shape(), "罚款"),
            "damages": titled(Sum::shape(), "违约金"),
            "refused": titled(Sum::shape(), "拒付"),
            "suspension": titled(u32::shape(), "暂停月数"),
        });
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}
