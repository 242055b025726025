use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::limits;
use crate::resources::{PathPattern, segment_matches};
use crate::values::{GroupId, Invalid, InvalidKind, PropertyValue, SafeInteger, shown};

/// What must be so: attributes compared, in the form that users of CASL and Infisical write (MongoDB's).
///
/// Each key is an attribute, with the value it equals or an object of operators (`{"subject.groups": "ops",
/// "resource.path": {"$glob": "/app/**"}}`), or `$and`, `$or` or `$not` with further conditions; all keys must hold.
/// Compiled when read: an attribute, operator or operand that is not known is refused with `invalid_condition`; more than
/// 8 levels, 64 comparisons or 64 values in a list with `limit_exceeded`. Written back as it was given.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(
    feature = "wasm",
    tsify(
        type = "{ $and?: Condition[]; $or?: Condition[]; $not?: Condition } & { [attribute in `${\"subject\" | \"resource\" | \"context\"}.${string}` | \"action\" | \"environment\" | \"secretPath\"]?: PropertyValue | { $eq?: PropertyValue; $ne?: PropertyValue; $in?: (boolean | number | string)[]; $nin?: (boolean | number | string)[]; $all?: (boolean | number | string)[]; $gt?: number; $gte?: number; $lt?: number; $lte?: number; $exists?: boolean; $glob?: string } }"
    )
)]
#[serde(try_from = "Value")]
pub struct Condition {
    source: Value,
    test: Test,
}

impl Condition {
    /// Whether it asks for a group: its id is compared with the groups of a subject.
    pub fn names_group(&self, id: &GroupId) -> bool {
        self.test.names_group(id)
    }

    /// What it says, compiled.
    pub fn test(&self) -> &Test {
        &self.test
    }
}

// By hand: what was given says what it compiles to.
impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Condition {}

impl TryFrom<Value> for Condition {
    type Error = Invalid;

    fn try_from(source: Value) -> Result<Self, Invalid> {
        compiled(source, Scope::Everything)
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(serializer)
    }
}

/// Who may ask for access: a [`Condition`] that reads nothing but the subject; any other attribute is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "Value")]
pub struct RequesterCondition(#[cfg_attr(feature = "wasm", tsify(type = "Condition"))] Condition);

impl RequesterCondition {
    /// The condition itself.
    pub fn get(&self) -> &Condition {
        &self.0
    }
}

impl TryFrom<Value> for RequesterCondition {
    type Error = Invalid;

    fn try_from(source: Value) -> Result<Self, Invalid> {
        compiled(source, Scope::Subject).map(Self)
    }
}

/// A condition, compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// All of these hold.
    All(Vec<Test>),
    /// One of these holds.
    Any(Vec<Test>),
    /// This does not hold; what cannot be compared inside it is false all the same.
    Not(Box<Test>),
    /// An attribute compares so.
    Compare(Attribute, Comparison),
}

impl Test {
    fn names_group(&self, id: &GroupId) -> bool {
        match self {
            Self::All(tests) | Self::Any(tests) => tests.iter().any(|test| test.names_group(id)),
            Self::Not(test) => test.names_group(id),
            Self::Compare(Attribute::SubjectGroups, comparison) => comparison.names(id.as_str()),
            Self::Compare(..) => false,
        }
    }
}

impl Comparison {
    fn names(&self, id: &str) -> bool {
        match self {
            Self::OneOf(values) | Self::AllOf(values) => values.iter().any(|value| match value {
                PropertyValue::Text(text) => text.as_str() == id,
                PropertyValue::List(texts) => texts.iter().any(|text| text.as_str() == id),
                PropertyValue::Flag(_) | PropertyValue::Number(_) => false,
            }),
            Self::Segment(glob) => segment_matches(glob, id),
            Self::Path(_) | Self::Exists | Self::Within(_) => false,
        }
    }
}

/// What a condition can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `subject.id`.
    SubjectId,
    /// `subject.type`: `user` or `service`.
    SubjectType,
    /// `subject.name`.
    SubjectName,
    /// `subject.email`; missing where the subject has none.
    SubjectEmail,
    /// `subject.groups`: the ids of all groups that the subject is in, directly or not, sorted; never missing.
    SubjectGroups,
    /// `subject.properties.NAME`.
    SubjectProperty(String),
    /// `resource.type`.
    ResourceType,
    /// `resource.environment`, or `environment` as Infisical has it; missing where the resource is in none.
    ResourceEnvironment,
    /// `resource.path`, or `secretPath` as Infisical has it.
    ResourcePath,
    /// `action`.
    Action,
    /// `context.NAME`: what the question brings along.
    Context(String),
}

/// How an attribute is compared. Its value is read as a list; a single one is a list of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It is there (`$exists`).
    Exists,
    /// It has one of these, or is one of these that are lists (`$eq`, `$in`).
    OneOf(Vec<PropertyValue>),
    /// It has each of these (`$all`).
    AllOf(Vec<PropertyValue>),
    /// It has a whole number between these, both included (`$gt`, `$gte`, `$lt`, `$lte`).
    Within(RangeInclusive<i64>),
    /// It has a text without `/` that fits, where `*` stands for any characters (`$glob`).
    Segment(String),
    /// It has a path that matches (`$glob` with a pattern that starts with `/`).
    Path(PathPattern),
}

/// What a condition is allowed to read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Subject,
    Everything,
}

const OF_SUBJECT: &str = "`subject.id`, `subject.type`, `subject.name`, `subject.email`, `subject.groups` or \
                          `subject.properties.NAME`";
const OF_DEED: &str = "`resource.type`, `resource.environment`, `resource.path`, `action` or `context.NAME`";

fn compiled(source: Value, scope: Scope) -> Result<Condition, Invalid> {
    let test = Compiler { scope, comparisons: 0 }.condition(&source, 1)?;
    Ok(Condition { source, test })
}

struct Compiler {
    scope: Scope,
    comparisons: usize,
}

impl Compiler {
    fn condition(&mut self, value: &Value, level: usize) -> Result<Test, Invalid> {
        check_limit(level, limits::CONDITION_LEVELS, "levels")?;
        let Some(fields) = value.as_object().filter(|fields| !fields.is_empty()) else {
            return Err(invalid(
                "a condition is an object with at least one attribute, `$and`, `$or` or `$not`",
            ));
        };
        let below = level.saturating_add(1);
        let mut tests = Vec::new();
        for (name, value) in fields {
            tests.push(match name.as_str() {
                "$and" => Test::All(self.conditions(name, value, below)?),
                "$or" => Test::Any(self.conditions(name, value, below)?),
                "$not" => Test::Not(Box::new(self.condition(value, below)?)),
                _ => self.comparisons(&self.attribute(name)?, value)?,
            });
        }
        Ok(Test::All(tests))
    }

    fn conditions(&mut self, name: &str, value: &Value, level: usize) -> Result<Vec<Test>, Invalid> {
        let Some(list) = value.as_array().filter(|list| !list.is_empty()) else {
            return Err(invalid(format!("`{name}` takes a list of at least one condition")));
        };
        list.iter().map(|value| self.condition(value, level)).collect()
    }

    fn attribute(&self, name: &str) -> Result<Attribute, Invalid> {
        let unknown = || shown(name);
        if name.starts_with('$') {
            let problem = format!("`{}` combines no conditions: use `$and`, `$or` or `$not`", unknown());
            return Err(invalid(problem));
        }
        if self.scope == Scope::Subject && !name.starts_with("subject.") {
            let problem =
                format!("`{}` is not of the subject, and who may ask is: use {OF_SUBJECT}", unknown());
            return Err(invalid(problem));
        }
        Ok(match name {
            "subject.id" => Attribute::SubjectId,
            "subject.type" => Attribute::SubjectType,
            "subject.name" => Attribute::SubjectName,
            "subject.email" => Attribute::SubjectEmail,
            "subject.groups" => Attribute::SubjectGroups,
            "resource.type" => Attribute::ResourceType,
            "resource.environment" | "environment" => Attribute::ResourceEnvironment,
            "resource.path" | "secretPath" => Attribute::ResourcePath,
            "action" => Attribute::Action,
            "secretName" | "secretTags" => {
                let problem =
                    format!("a resource has no `{name}`: its name ends its path, compare `resource.path`");
                return Err(invalid(problem));
            }
            _ => {
                let part = |prefix| name.strip_prefix(prefix).filter(|part: &&str| !part.is_empty());
                let property =
                    part("subject.properties.").map(|name| Attribute::SubjectProperty(name.into()));
                let context = part("context.").map(|name| Attribute::Context(name.into()));
                let problem = || format!("`{}` is not an attribute: use {OF_SUBJECT}, {OF_DEED}", unknown());
                property.or(context).ok_or_else(|| invalid(problem()))?
            }
        })
    }

    fn comparisons(&mut self, attribute: &Attribute, value: &Value) -> Result<Test, Invalid> {
        let Some(operators) = value.as_object() else { return self.comparison(attribute, "$eq", value) };
        if operators.is_empty() {
            return Err(invalid("an attribute is compared with `{}`: give at least one operator"));
        }
        let mut tests = Vec::new();
        for (name, operand) in operators {
            tests.push(self.comparison(attribute, name, operand)?);
        }
        Ok(Test::All(tests))
    }

    fn comparison(&mut self, attribute: &Attribute, name: &str, operand: &Value) -> Result<Test, Invalid> {
        self.comparisons = self.comparisons.saturating_add(1);
        check_limit(self.comparisons, limits::COMPARISONS, "comparisons")?;
        let mut is_negated = matches!(name, "$ne" | "$nin");
        let comparison = match name {
            "$eq" | "$ne" => Comparison::OneOf(vec![value(name, operand)?]),
            "$in" | "$nin" => Comparison::OneOf(values(name, operand)?),
            "$all" => Comparison::AllOf(values(name, operand)?),
            "$gt" | "$gte" | "$lt" | "$lte" => Comparison::Within(range(name, number(name, operand)?)),
            "$exists" => {
                let is_there = operand.as_bool().ok_or_else(|| invalid("`$exists` takes true or false"))?;
                is_negated = !is_there;
                Comparison::Exists
            }
            "$glob" => glob(name, operand)?,
            _ => {
                let problem = format!(
                    "`{}` is not an operator: use `$eq`, `$ne`, `$in`, `$nin`, `$all`, `$gt`, `$gte`, `$lt`, `$lte`, \
                     `$exists` or `$glob`",
                    shown(name)
                );
                return Err(invalid(problem));
            }
        };
        let test = Test::Compare(attribute.clone(), comparison);
        Ok(if is_negated { Test::Not(Box::new(test)) } else { test })
    }
}

fn range(name: &str, number: i64) -> RangeInclusive<i64> {
    match name {
        "$gt" => number.saturating_add(1)..=i64::MAX,
        "$gte" => number..=i64::MAX,
        "$lt" => i64::MIN..=number.saturating_sub(1),
        _ => i64::MIN..=number,
    }
}

fn value(name: &str, operand: &Value) -> Result<PropertyValue, Invalid> {
    check_limit(operand.as_array().map_or(0, Vec::len), limits::OPERANDS, "values in a list")?;
    let problem = || format!("`{name}` takes true, false, a whole number, a text or a list of texts");
    PropertyValue::try_from(operand.clone()).map_err(|_| invalid(problem()))
}

fn values(name: &str, operand: &Value) -> Result<Vec<PropertyValue>, Invalid> {
    let Some(list) = operand
        .as_array()
        .filter(|list| !list.is_empty() && !list.iter().any(|item| item.as_array().is_some()))
    else {
        return Err(invalid(format!("`{name}` takes a list of at least one value, none of them a list")));
    };
    check_limit(list.len(), limits::OPERANDS, "values in a list")?;
    list.iter().map(|operand| value(name, operand)).collect()
}

fn number(name: &str, operand: &Value) -> Result<i64, Invalid> {
    let number = operand.as_i64().and_then(|number| SafeInteger::try_from(number).ok());
    let problem = || invalid(format!("`{name}` takes a whole number within ±(2⁵³−1)"));
    number.map(SafeInteger::get).ok_or_else(problem)
}

/// What picomatch takes for more than text, and is not known here: refused, never taken literally. (`@` and `+` are
/// magic only before a parenthesis.)
const MAGIC: &str = r"?[]{}()!\";

fn glob(name: &str, operand: &Value) -> Result<Comparison, Invalid> {
    let PropertyValue::Text(text) = value(name, operand)? else {
        return Err(invalid("`$glob` takes a text"));
    };
    let text = text.as_str();
    if let Some(magic) = text.chars().find(|character| MAGIC.contains(*character)) {
        let problem = format!("`$glob` knows no `{magic}`: only `*`, and in a path `**`, stand for anything");
        return Err(invalid(problem));
    }
    if text.starts_with('/') {
        return PathPattern::try_from(text).map(Comparison::Path).map_err(|fault| match fault.kind {
            InvalidKind::LimitExceeded => fault,
            _ => invalid(fault.problem),
        });
    }
    if text.is_empty() || text.contains('/') || text.contains("**") {
        let problem =
            format!("`{}` is not a pattern: begin a path with `/`, else give a text with `*`", shown(text));
        return Err(invalid(problem));
    }
    Ok(Comparison::Segment(text.to_owned()))
}

fn invalid(problem: impl Into<String>) -> Invalid {
    Invalid::new(InvalidKind::InvalidCondition, problem)
}

fn check_limit(count: usize, most: usize, what: &str) -> Result<(), Invalid> {
    if count <= most {
        return Ok(());
    }
    let problem = format!("a condition has more than {most} {what}: make it smaller");
    Err(Invalid::new(InvalidKind::LimitExceeded, problem))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn fault(source: &Value) -> Option<InvalidKind> {
        Condition::try_from(source.clone()).err().map(|invalid| invalid.kind)
    }

    #[test]
    fn what_is_no_condition_is_refused_and_its_neighbour_accepted() {
        for (refused, accepted) in [
            (json!(null), json!({"action": "read"})),
            (json!("action"), json!({"action": true})),
            (json!({"": 1}), json!({"context. ": 1})),
            (json!({"context.": 1}), json!({"context..": 1})),
            (json!({"Subject.id": "a"}), json!({"subject.id": "a"})),
            (json!({"$AND": [{"action": "a"}]}), json!({"$and": [{"action": "a"}]})),
            (json!({"action": {"$eq": {}}}), json!({"action": {"$eq": []}})),
            (json!({"action": {"$in": [null]}}), json!({"action": {"$in": [""]}})),
            (json!({"action": {"$gt": u64::MAX}}), json!({"action": {"$gt": 0}})),
            (json!({"action": {"$gt": 1.0}}), json!({"action": {"$gt": 1}})),
            (json!({"action": "\u{7}"}), json!({"action": "\n"})),
        ] {
            assert_eq!(fault(&refused), Some(InvalidKind::InvalidCondition), "{refused}");
            assert_eq!(fault(&accepted), None, "{accepted}");
        }
    }

    #[test]
    fn levels_beyond_the_limit_are_refused_before_they_are_read() {
        let nested = |levels| (1..levels).fold(json!({"action": "a"}), |inner, _| json!({"$not": inner}));
        assert_eq!(fault(&nested(limits::CONDITION_LEVELS)), None);
        assert_eq!(fault(&nested(100)), Some(InvalidKind::LimitExceeded));
    }

    #[test]
    fn a_condition_is_written_as_it_was_given() {
        let source = json!({"secretPath": {"$glob": "/a/*"}, "$not": {"environment": {"$in": ["dev", 1]}}});
        let condition = Condition::try_from(source.clone()).unwrap();
        assert_eq!(serde_json::to_value(&condition).unwrap(), source);
        let same = json!({"resource.path": {"$glob": "/a/*"}, "$not": {"environment": {"$in": ["dev", 1]}}});
        assert_eq!(Condition::try_from(same.clone()).unwrap().test(), condition.test());
    }

    #[test]
    fn who_may_ask_is_told_by_the_subject_alone() {
        let is_refused = |source: Value| RequesterCondition::try_from(source.clone()).is_err();
        assert!(is_refused(json!({"subject.id": "a", "$not": {"$or": [{"action": "a"}]}})));
        assert!(!is_refused(json!({"subject.id": "a", "$not": {"$or": [{"subject.type": "user"}]}})));
    }
}
