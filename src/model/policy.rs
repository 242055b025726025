use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::subject::is_false;
use super::{
    ActionSet, AtMost, GroupId, Invalid, InvalidKind, Name, PolicyId, PolicyName, PolicyTargets, Principal,
    RequesterCondition, Seconds, SubjectId, limits,
};

/// Who must approve access to what, in which order: everything an administrator says about an access policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyTerms {
    /// What people call it.
    pub name: Name,
    /// Which resources it governs where no more specific policy does.
    pub targets: PolicyTargets,
    /// Which actions it governs: a list, or `"all"`.
    pub actions: ActionSet,
    /// Who may ask; absent: everybody. Reads only the subject, is checked when somebody asks, and has no say in which
    /// policy governs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<RequesterCondition>,
    /// Who must approve, round after round; 1 to 20.
    #[cfg_attr(feature = "wasm", tsify(type = "Step[]"))]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub steps: AtMost<{ limits::STEPS }, Step>,
    /// Whether requesters may approve their own requests, beside at least one other person. Default no.
    #[serde(default, skip_serializing_if = "is_false")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub self_approval: bool,
    /// Whether somebody with a standing approval in one step is barred from later ones. Default yes.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub distinct_approvers: bool,
    /// Who may go ahead without approval; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<BreakGlassTerms>,
    /// The longest access that may be asked for; absent: permanent access may be.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub max_duration: Option<Seconds>,
    /// How long a request stays open; 1 minute to 1 year, default 7 days.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number | string"))]
    pub request_ttl: RequestTtl,
    /// Whether a requester must say why. Default optional.
    #[serde(default, skip_serializing_if = "Requirement::is_optional")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub justification: Requirement,
    /// Whether its approvers may revoke the grants it gave. Default yes.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub approver_may_revoke: bool,
}

fn yes() -> bool {
    true
}

fn is_true(value: &bool) -> bool {
    *value
}

/// One round of approval: every quorum of it must be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// 1 to 10 quorums; "two of security and one of ops" is one step with two.
    #[cfg_attr(feature = "wasm", tsify(type = "Quorum[]"))]
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub quorums: AtMost<{ limits::QUORUMS }, Quorum>,
    /// How many rejections reject the request; default 1.
    #[serde(default = "one")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub rejections_required: u32,
    /// How often approvers who have not answered are reminded while the step is open; at least 1 hour. Absent: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
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
    #[cfg_attr(feature = "wasm", tsify(type = "number | string"))]
    pub after: Seconds,
    /// Whose approval counts from then on; 1 to 100 entries.
    #[cfg_attr(feature = "wasm", tsify(type = "Approver[]"))]
    pub approvers: AtMost<{ limits::APPROVERS }, Approver>,
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
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Approver {
    /// One subject.
    Subject {
        /// Its id.
        id: SubjectId,
    },
    /// Every active member of a group, transitively.
    Group {
        /// Its id.
        id: GroupId,
    },
    /// The requester's manager as the directory has it today.
    Manager,
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
        let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
        match count {
            Some(count) => Ok(Self::Count(count)),
            None if value.as_str() == Some(ALL) => Ok(Self::All),
            None => Err(Invalid::new(InvalidKind::InvalidInput, "give a whole number or `all`")),
        }
    }
}

/// Who may break the glass, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassTerms {
    /// Who may; an empty list means nobody. At most 100 entries.
    #[cfg_attr(feature = "wasm", tsify(type = "Principal[]"))]
    pub bypassers: AtMost<{ limits::BYPASSERS }, Principal>,
    /// The longest access it gives; default 1 hour.
    #[serde(default = "one_hour")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "number | string"))]
    pub max_duration: Seconds,
}

fn one_hour() -> Seconds {
    Seconds::hours(1)
}

/// How long a request stays open: 1 minute to 1 year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Seconds")]
pub struct RequestTtl(Seconds);

impl RequestTtl {
    /// The length.
    pub const fn get(self) -> Seconds {
        self.0
    }
}

impl Default for RequestTtl {
    fn default() -> Self {
        Self(Seconds::days(7))
    }
}

impl TryFrom<Seconds> for RequestTtl {
    type Error = Invalid;

    fn try_from(length: Seconds) -> Result<Self, Invalid> {
        if length.get() <= limits::MAX_REQUEST_TTL {
            return Ok(Self(length));
        }
        Err(Invalid::new(InvalidKind::InvalidDuration, "a request may stay open for at most one year"))
    }
}

/// Whether something must be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Requirement {
    /// May be left out.
    #[default]
    Optional,
    /// Must be given, and not blank.
    Required,
}

impl Requirement {
    fn is_optional(&self) -> bool {
        *self == Self::Optional
    }
}

/// A policy in one of its versions. A request pins the version it was made under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// Made by the engine.
    pub id: PolicyId,
    /// 1 for the first; each update makes the next.
    pub version: u32,
    /// What the administrator said.
    pub terms: PolicyTerms,
}

impl Policy {
    /// Its id with its name.
    pub fn to_name(&self) -> PolicyName {
        PolicyName { id: self.id.clone(), name: self.terms.name.clone() }
    }
}
