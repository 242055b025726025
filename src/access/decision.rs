use serde::{Deserialize, Serialize};

use crate::conditions::{Deed, DescribedAction, DescribedResource};
use crate::people::SubjectRef;
use crate::policies::Requirement;
use crate::values::{Attributes, GrantId, PermissionId, PolicyName, Seconds, Timestamp};

/// Whether a subject may do something now, and why (AuthZEN Access Evaluation API §6.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Allowed or denied.
    pub decision: bool,
    /// Why.
    pub reason: DecisionReason,
    /// The standing permission that allows; of several the oldest. It has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_id: Option<PermissionId>,
    /// The grant that allows; of several the one that ends last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// The first instant without that grant; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Of a denial: how access can be asked for (AuthZEN ARAP). Absent where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requestable: Option<Requestable>,
}

/// Why something is allowed or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum DecisionReason {
    /// A standing permission allows it.
    Permitted,
    /// A live grant allows it.
    Granted,
    /// No live grant is for this.
    NotGranted,
    /// A live grant is for this, but another policy governs here.
    GovernedElsewhere,
    /// The directory does not know the subject.
    UnknownSubject,
    /// The subject is disabled.
    SubjectDisabled,
}

/// How access can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Requestable {
    /// The policy that governs it.
    pub policy: PolicyName,
    /// The longest access it gives; absent: permanent access may be asked for.
    #[serde(rename = "maxDurationSeconds", skip_serializing_if = "Option::is_none")]
    pub max_duration: Option<Seconds>,
    /// Whether the requester must say why.
    pub justification: Requirement,
}

/// May this subject do this now? (AuthZEN Access Evaluation API §6)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccessQuery {
    /// Who would act.
    pub subject: SubjectRef,
    /// What would be done.
    pub action: DescribedAction,
    /// To what.
    pub resource: DescribedResource,
    /// What conditions may read beside.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub context: Attributes,
}

impl AccessQuery {
    /// What would be done.
    pub fn deed(&self) -> Deed<'_> {
        Deed { action: &self.action, resource: &self.resource, context: &self.context }
    }
}
