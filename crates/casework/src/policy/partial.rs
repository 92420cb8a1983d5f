//! A policy asked with everything known but the matter: what is left is a filter over matters.
//!
//! Everything is evaluated, nothing is cut short, so that what the filter cannot express is found when a policy is loaded.
//! Attributes are always there and there is no arithmetic, so no policy can fail on one record and hold on another.

use super::{
    attribute::{Column, Known},
    filter::Filter,
    words::regions_above,
};
use crate::{ask::region_covers, words::Word as _};
use cedar_policy::pst::{
    ActionConstraint, BinaryOp, Clause, EntityOrSlot, EntityUID, Expr, Literal, PrincipalConstraint,
    ResourceConstraint, Template, UnaryOp, Var,
};
use std::collections::BTreeSet;

/// What is known of a question about matters.
pub(super) struct Question<'a> {
    /// Id of the account.
    pub account: &'a str,
    /// Its attributes.
    pub attributes: &'a [(&'static str, Known)],
    /// The action and the groups that it is in.
    pub actions: &'a BTreeSet<String>,
    /// Id of the act, empty for all else.
    pub act: &'a str,
    /// The day.
    pub today: i64,
}

/// Why a policy has no filter.
pub(super) type Unfit = String;

/// The value of an expression.
enum Value {
    Known(Known),
    Set(Vec<Known>),
    Column(Column),
    Test(Filter),
}

impl Question<'_> {
    /// The matters on which a policy speaks.
    pub fn residual(&self, policy: &Template) -> Result<Filter, Unfit> {
        let principal = match &policy.principal {
            PrincipalConstraint::Any | PrincipalConstraint::Is(_) => true,
            PrincipalConstraint::Eq(EntityOrSlot::Entity(uid)) => uid.eid == self.account,
            _ => return Err("the account may be `principal`, `principal is Account` or one account".into()),
        };
        let action = match &policy.action {
            ActionConstraint::Any => true,
            ActionConstraint::Eq(uid) => self.actions.contains(uid.eid.as_str()),
            ActionConstraint::In(uids) => uids.iter().any(|uid| self.actions.contains(uid.eid.as_str())),
        };
        let mut filter = Filter::flag(principal && action).and(resource(&policy.resource)?);
        for clause in policy.clauses() {
            filter = filter.and(match clause {
                Clause::When(expr) => self.test(expr)?,
                Clause::Unless(expr) => self.test(expr)?.negated(),
            });
        }
        Ok(filter)
    }

    fn test(&self, expr: &Expr) -> Result<Filter, Unfit> {
        match self.value(expr)? {
            Value::Test(filter) => Ok(filter),
            Value::Known(Known::Flag(flag)) => Ok(Filter::flag(flag)),
            _ => Err("a condition must be a question".into()),
        }
    }

    fn value(&self, expr: &Expr) -> Result<Value, Unfit> {
        match expr {
            Expr::Literal(literal) => Ok(Value::Known(self::literal(literal)?)),
            Expr::GetAttr { expr, attr } => self.attribute(expr, attr),
            Expr::Set(items) => items.iter().map(|item| self.known(item)).collect::<Result<_, _>>().map(Value::Set),
            Expr::UnaryOp { op: UnaryOp::Not, expr } => Ok(Value::Test(self.test(expr)?.negated())),
            Expr::BinaryOp { op, left, right } => self.binary(*op, left, right).map(Value::Test),
            Expr::IfThenElse { cond, then_expr, else_expr } => {
                let cond = self.test(cond)?;
                let then = cond.clone().and(self.test(then_expr)?);
                Ok(Value::Test(then.or(cond.negated().and(self.test(else_expr)?))))
            }
            _ => Err("conditions know attributes, words, sets, `==`, `<=`, `in`, `contains`, `!`, `&&`, `||` and `if`".into()),
        }
    }

    fn known(&self, expr: &Expr) -> Result<Known, Unfit> {
        match self.value(expr)? {
            Value::Known(known) => Ok(known),
            _ => Err("a set may hold only what is known of the account".into()),
        }
    }

    fn attribute(&self, expr: &Expr, attr: &str) -> Result<Value, Unfit> {
        let missing = || format!("there is no attribute `{attr}` here");
        match expr {
            Expr::Var(Var::Resource) => Column::named(attr).map(Value::Column).ok_or_else(missing),
            Expr::Var(Var::Principal) => {
                let found = self.attributes.iter().find(|(name, _)| *name == attr);
                found.map(|(_, known)| Value::Known(known.clone())).ok_or_else(missing)
            }
            Expr::Var(Var::Context) => match attr {
                "act" => Ok(Value::Known(Known::Text(self.act.to_owned()))),
                "today" => Ok(Value::Known(Known::Long(self.today))),
                _ => Err(missing()),
            },
            _ => Err("an attribute is one of `principal`, `resource` or `context`".into()),
        }
    }

    fn binary(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Result<Filter, Unfit> {
        match op {
            BinaryOp::And => return Ok(self.test(left)?.and(self.test(right)?)),
            BinaryOp::Or => return Ok(self.test(left)?.or(self.test(right)?)),
            _ => {}
        }
        let (left, right) = (self.value(left)?, self.value(right)?);
        match op {
            BinaryOp::Eq => equal(left, right),
            BinaryOp::NotEq => equal(left, right).map(Filter::negated),
            BinaryOp::LessEq => at_most(&left, &right, 0),
            BinaryOp::Less => at_most(&left, &right, 1),
            BinaryOp::Greater => at_most(&left, &right, 0).map(Filter::negated),
            BinaryOp::GreaterEq => at_most(&left, &right, 1).map(Filter::negated),
            BinaryOp::In => inside(&left, &right),
            BinaryOp::Contains => contains(left, right),
            BinaryOp::ContainsAny => contains_any(left, right),
            _ => Err("this operator cannot be asked of a list of matters".into()),
        }
    }
}

fn resource(constraint: &ResourceConstraint) -> Result<Filter, Unfit> {
    match constraint {
        ResourceConstraint::Any => Ok(Filter::everything()),
        ResourceConstraint::Is(kind) => Ok(Filter::flag(kind.to_string() == "Matter")),
        ResourceConstraint::Eq(EntityOrSlot::Entity(uid)) if uid.ty.to_string() == "Matter" => {
            Ok(Filter::Is(Column::Id, BTreeSet::from([uid.eid.to_string()])))
        }
        ResourceConstraint::Eq(EntityOrSlot::Entity(_)) => Ok(Filter::nothing()),
        _ => Err("the resource may be `resource`, `resource is Matter` or one matter".into()),
    }
}

fn literal(literal: &Literal) -> Result<Known, Unfit> {
    Ok(match literal {
        Literal::Bool(flag) => Known::Flag(*flag),
        Literal::Long(number) => Known::Long(*number),
        Literal::String(text) => Known::Text(text.to_string()),
        Literal::EntityUID(uid) => word(uid)?,
        _ => return unfit(),
    })
}

fn word(uid: &EntityUID) -> Result<Known, Unfit> {
    let kind = uid.ty.to_string();
    let known = ["Region", "Department", "Role", "Level", "Kind"].into_iter().find(|known| *known == kind);
    known.map(|kind| Known::Word(kind, uid.eid.to_string())).ok_or(format!("`{kind}` is no word of matters"))
}

/// The text of a value that a column of one value can be compared with.
fn text(known: Known) -> Option<String> {
    match known {
        Known::Text(text) | Known::Word(_, text) => Some(text),
        _ => None,
    }
}

fn unfit<T>() -> Result<T, Unfit> {
    Err("one side of a comparison must be known of the account, the other an attribute of the matter that fits it".into())
}

fn equal(left: Value, right: Value) -> Result<Filter, Unfit> {
    match (left, right) {
        (Value::Known(left), Value::Known(right)) => Ok(Filter::flag(left == right)),
        (Value::Column(column), Value::Known(known)) | (Value::Known(known), Value::Column(column)) => {
            is(column, [known])
        }
        _ => unfit(),
    }
}

fn is(column: Column, values: impl IntoIterator<Item = Known>) -> Result<Filter, Unfit> {
    if column.is_set() {
        return unfit();
    }
    let mut any = Filter::nothing();
    let mut texts = BTreeSet::new();
    for known in values {
        match known {
            Known::Long(number) if column == Column::Secrecy => {
                let less = Filter::AtMost(column, number.saturating_sub(1));
                any = any.or(Filter::AtMost(column, number).and(less.negated()));
            }
            known if column != Column::Secrecy => match text(known) {
                Some(text) => drop(texts.insert(text)),
                None => return unfit(),
            },
            _ => return unfit(),
        }
    }
    Ok(if texts.is_empty() { any } else { any.or(Filter::Is(column, texts)) })
}

/// `left <= right`, or with `less` of 1 `left < right`.
fn at_most(left: &Value, right: &Value, less: i64) -> Result<Filter, Unfit> {
    match (left, right) {
        (Value::Known(Known::Long(left)), Value::Known(Known::Long(right))) => {
            Ok(Filter::flag(*left <= right.saturating_sub(less)))
        }
        (Value::Column(Column::Secrecy), Value::Known(Known::Long(most))) => {
            Ok(Filter::AtMost(Column::Secrecy, most.saturating_sub(less)))
        }
        (Value::Known(Known::Long(least)), Value::Column(Column::Secrecy)) => {
            let below = least.saturating_add(less).saturating_sub(1);
            Ok(Filter::AtMost(Column::Secrecy, below).negated())
        }
        _ => unfit(),
    }
}

fn inside(left: &Value, right: &Value) -> Result<Filter, Unfit> {
    match (left, right) {
        (Value::Known(Known::Word("Region", one)), Value::Known(Known::Word("Region", other))) => {
            Ok(Filter::flag(one == other || region_covers(other, one)))
        }
        (Value::Column(column), Value::Known(Known::Word("Region", region))) if column.is_region() => {
            Ok(Filter::Under(*column, region.clone()))
        }
        (Value::Known(Known::Word("Region", region)), Value::Column(column)) if column.is_region() => {
            Ok(Filter::Is(*column, regions_above(region).into_iter().collect()))
        }
        _ => Err("`in` is asked of regions: `resource.seat in principal.region`".into()),
    }
}

fn contains(left: Value, right: Value) -> Result<Filter, Unfit> {
    let set = match left {
        Value::Column(column) if column.is_set() => {
            return match right {
                Value::Known(Known::Text(text)) => Ok(Filter::Holds(column, text)),
                _ => unfit(),
            };
        }
        left => known_set(left)?,
    };
    match right {
        Value::Known(known) => Ok(Filter::flag(set.contains(&known))),
        Value::Column(column) => is(column, set),
        _ => unfit(),
    }
}

fn contains_any(left: Value, right: Value) -> Result<Filter, Unfit> {
    let (column, set) = match (left, right) {
        (Value::Column(column), known) | (known, Value::Column(column)) if column.is_set() => {
            (column, known_set(known)?)
        }
        (left, right) => {
            let (left, right) = (known_set(left)?, known_set(right)?);
            return Ok(Filter::flag(left.iter().any(|known| right.contains(known))));
        }
    };
    let mut any = Filter::nothing();
    for known in set {
        match known {
            Known::Text(text) => any = any.or(Filter::Holds(column, text)),
            _ => return unfit(),
        }
    }
    Ok(any)
}

fn known_set(value: Value) -> Result<Vec<Known>, Unfit> {
    match value {
        Value::Set(items) => Ok(items),
        Value::Known(Known::Texts(texts)) => Ok(texts.into_iter().map(Known::Text).collect()),
        _ => unfit(),
    }
}
