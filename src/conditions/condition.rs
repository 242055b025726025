use std::collections::BTreeSet;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::attribute::Scope;
use super::compiler::compiled;
use super::test::Test;
use crate::people::Principal;
use crate::values::{GroupId, Invalid};

/// What must be so: attributes compared, in the form that users of CASL and Infisical write (MongoDB's).
///
/// Each key is an attribute, with the value it equals or an object of operators (`{"subject.groups": "ops",
/// "resource.path": {"$glob": "/app/**"}}`), or `$and`, `$or` or `$not` with further conditions; all keys must hold. In place
/// of a value another attribute may stand: `{"$ref": "subject.id"}`.
/// Compiled when read: an attribute, operator or operand that is not known is refused with `invalid_condition`; more than
/// 8 levels, 64 comparisons or 64 values in a list with `limit_exceeded`. Written back as it was given.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(
    feature = "wasm",
    tsify(
        type = "{ $and?: Condition[]; $or?: Condition[]; $not?: Condition } & { [attribute in `${\"subject\" | \"resource\" | \"action\" | \"context\"}.${string}` | \"action\" | \"environment\" | \"secretPath\"]?: PropertyValue | AttributeReference | { $eq?: PropertyValue | AttributeReference; $ne?: PropertyValue | AttributeReference; $in?: (boolean | number | string)[] | AttributeReference; $nin?: (boolean | number | string)[] | AttributeReference; $all?: (boolean | number | string)[] | AttributeReference; $gt?: number | AttributeReference; $gte?: number | AttributeReference; $lt?: number | AttributeReference; $lte?: number | AttributeReference; $exists?: boolean; $glob?: string | AttributeReference } }"
    )
)]
#[serde(try_from = "Value")]
pub struct Condition {
    source: Value,
    test: Test,
}

impl Condition {
    fn compiled(source: Value, scope: Scope) -> Result<Self, Invalid> {
        let test = compiled(&source, scope)?;
        Ok(Self { source, test })
    }

    /// Whether it asks for a group: its id is compared with the groups of a subject.
    pub fn names_group(&self, id: &GroupId) -> bool {
        self.test.names_group(id)
    }

    /// The subjects and groups that it names by their ids.
    pub fn principals(&self) -> BTreeSet<Principal> {
        self.test.principals()
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
        Self::compiled(source, Scope::Everything)
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(serializer)
    }
}

/// Who may ask for access: a `Condition` that reads nothing but the subject; any other attribute is refused.
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
        Condition::compiled(source, Scope::Subject).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::limits;
    use crate::values::InvalidKind;

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
