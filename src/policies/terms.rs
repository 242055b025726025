use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::stated::Stated;
use super::step::Step;
use super::store::PolicyVersion;
use crate::conditions::RequesterCondition;
use crate::limits;
use crate::people::Principal;
use crate::resources::{ActionSet, PolicyTargets};
use crate::values::{AtMost, Invalid, InvalidKind, Name, PolicyId, PolicyName, Seconds, duration};

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
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub self_approval: bool,
    /// Whether somebody with a standing approval in one step is barred from later ones. Default yes.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub distinct_approvers: bool,
    /// Who may go ahead without approval; absent: nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_glass: Option<BreakGlassTerms>,
    /// The longest access that may be asked for; absent: permanent access may be.
    #[serde(default, with = "duration::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Seconds>"))]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Duration"))]
    pub max_duration: Option<Seconds>,
    /// How long a request stays open; 1 minute to 1 year, default 7 days.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Duration"))]
    pub request_ttl: RequestTtl,
    /// Whether a requester must say why. Default optional.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub justification: Requirement,
    /// Whether its approvers may revoke the grants it gave. Default yes.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub approver_may_revoke: bool,
}

fn yes() -> bool {
    true
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
    /// The longest access it gives, at most the policy's own; default 1 hour, or the policy's own where that is shorter.
    #[serde(default, with = "duration::optional", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Seconds>"))]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Duration"))]
    pub max_duration: Option<Seconds>,
}

impl PolicyTerms {
    /// The longest access that breaking the glass gives.
    pub fn break_glass_cap(&self) -> Seconds {
        let own = self.break_glass.as_ref().and_then(|terms| terms.max_duration);
        let default =
            || self.max_duration.map_or(Seconds::hours(1), |longest| longest.min(Seconds::hours(1)));
        own.unwrap_or_else(default)
    }
}

/// How long a request stays open: 1 minute to 1 year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Value")]
pub struct RequestTtl(#[serde(with = "duration")] Seconds);

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

impl TryFrom<Value> for RequestTtl {
    type Error = Invalid;

    fn try_from(stated: Value) -> Result<Self, Invalid> {
        duration::parse(&stated, limits::MAX_REQUEST_TTL).map(Self)
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
    /// When the parts that name people were stated.
    pub stated: Stated,
}

impl Policy {
    /// Which version of which policy it is.
    pub(crate) fn key(&self) -> PolicyVersion {
        (self.id.clone(), self.version)
    }

    /// Its id with its name.
    pub fn to_name(&self) -> PolicyName {
        PolicyName { id: self.id.clone(), name: self.terms.name.clone() }
    }
}
