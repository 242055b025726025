use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::limits;
use crate::people::Principal;
use crate::values::{AtMost, GroupId, Invalid, Name, Seconds, SubjectId, duration};

/// One round of approval: every quorum of it must be met, or every quorum of one of several lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("oneOf" = [{ "required": ["quorums"] }, { "required": ["anyOf"] }])))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// What people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// 1 to 10 quorums, all of which must be met: "two of security and one of ops" is one step with two. Give this or
    /// `anyOf`.
    #[serde(default, skip_serializing_if = "AtMost::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Quorum[]"))]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub quorums: AtMost<{ limits::QUORUMS }, Quorum>,
    /// 2 to 10 lists of quorums, of which one must be met: "two developers, or one administrator" is one step with two.
    #[serde(default, skip_serializing_if = "AtMost::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Quorum[][]"))]
    #[cfg_attr(feature = "schema", schemars(length(min = 2)))]
    pub any_of: AtMost<{ limits::LISTS }, AtMost<{ limits::QUORUMS }, Quorum>>,
    /// How many rejections reject the request; default 1.
    #[serde(default = "one", deserialize_with = "rejections")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub rejections_required: u32,
    /// How often approvers who have not answered are reminded while the step is open; at least 1 hour. Absent: never.
    #[serde(default, with = "duration::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Seconds>"))]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Duration"))]
    pub remind_every: Option<Seconds>,
    /// Who else may approve once the step has been open for some time; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalate: Option<Escalation>,
}

/// Who may fill a slot of any quorum of a step that nobody has completed in time. They do not enlarge an `"all"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Escalation {
    /// How long the step has been open by then; shorter than the policy's `requestTtl`.
    #[serde(with = "duration")]
    #[cfg_attr(feature = "schema", schemars(with = "Seconds"))]
    #[cfg_attr(feature = "wasm", tsify(type = "Duration"))]
    pub after: Seconds,
    /// Whose approval counts from then on; 1 to 100 entries.
    #[cfg_attr(feature = "wasm", tsify(type = "Approver[]"))]
    pub approvers: AtMost<{ limits::APPROVERS }, Approver>,
}

impl Step {
    /// Its lists of quorums, of which one must be met.
    pub fn lists(&self) -> impl Iterator<Item = &[Quorum]> {
        let only = self.any_of.is_empty().then_some(&*self.quorums);
        only.into_iter().chain(self.any_of.iter().map(|list| &**list))
    }

    /// What was made of its lists, in its own form: for `quorums`, or for `anyOf`.
    pub(crate) fn in_form<Q>(&self, mut lists: Vec<Vec<Q>>) -> (Vec<Q>, Option<Vec<Vec<Q>>>) {
        if self.any_of.is_empty() {
            (lists.pop().unwrap_or_default(), None)
        } else {
            (Vec::new(), Some(lists))
        }
    }

    /// The quorums of all of its lists.
    pub fn all_quorums(&self) -> impl Iterator<Item = &Quorum> {
        self.lists().flatten()
    }
}

fn one() -> u32 {
    1
}

/// How many of whom must approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quorum {
    /// Whose approval counts; 1 to 100 entries.
    #[cfg_attr(feature = "wasm", tsify(type = "Approver[]"))]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub approvers: AtMost<{ limits::APPROVERS }, Approver>,
    /// How many of them: a number, or `"all"`.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "all""#))]
    pub required: Required,
}

/// Who may fill a slot of a quorum.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", expecting = "`{ subject: … }` or `{ group: … }` with an id, or `manager`")]
pub enum Approver {
    /// One subject.
    Subject(SubjectId),
    /// Every active member of a group, transitively.
    Group(GroupId),
    /// The requester's manager as the directory has it today.
    Manager,
}

impl Approver {
    /// Whom it names; a manager is named by nobody's id.
    pub fn principal(&self) -> Option<Principal> {
        match self {
            Self::Subject(id) => Some(id.into()),
            Self::Group(id) => Some(id.into()),
            Self::Manager => None,
        }
    }
}

/// How many approvals a quorum takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub enum Required {
    /// That many.
    Count(u32),
    /// Every eligible person but the requester (with `selfApproval`, the requester too), and never none.
    All,
}

impl Required {
    /// How many approvals it takes, `own` being the people whom its quorum names itself and who may approve: of all as many as
    /// they are, but never none.
    pub(crate) fn slots(self, own: impl FnOnce() -> usize) -> usize {
        if self == Self::All { own().max(1) } else { self.at_least() }
    }

    /// How many approvals it takes at least: of all, one.
    pub(crate) fn at_least(self) -> usize {
        match self {
            Self::Count(count) => count.try_into().unwrap_or(usize::MAX),
            Self::All => 1,
        }
    }
}

const ALL: &str = "all";

impl Serialize for Required {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => count.serialize(serializer),
            Self::All => serializer.serialize_str(ALL),
        }
    }
}

impl TryFrom<Value> for Required {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        match count(&value) {
            Some(count) => Ok(Self::Count(count)),
            None if value.as_str() == Some(ALL) => Ok(Self::All),
            None => Err(Invalid::instead_of("a whole number of at least 1, or `all`", &value)),
        }
    }
}

/// What is 0, or more than there are people, is refused by those who know the people.
fn count(value: &Value) -> Option<u32> {
    value.as_u64()?.try_into().ok()
}

fn rejections<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let invalid = || Invalid::instead_of("a whole number of at least 1", &value);
    count(&value).ok_or_else(|| D::Error::custom(invalid()))
}
