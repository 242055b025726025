use serde::Serialize;

use crate::policies::PolicyTerms;
use crate::refusal::Refused;

/// What would become of Infisical's access-approval policies here; nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// The policies, in the order given.
    pub policies: Vec<ImportedPolicy>,
    /// What stands beside the policies and was not read.
    pub changes: Vec<ImportChange>,
}

/// A policy that was read: its terms, or why it cannot be taken over. One that is deleted there has neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ImportedPolicy {
    /// Which policy it is there.
    pub source: ImportSource,
    /// Its terms here, which `createPolicies` would accept together with those before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<PolicyTerms>,
    /// What is otherwise here than there.
    pub changes: Vec<ImportChange>,
    /// Why it cannot be taken over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refused>,
}

/// A policy as it is called where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ImportSource {
    /// Its id there, if it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
}

/// Something that is otherwise here than there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ImportChange {
    /// The stable code.
    pub code: ImportChangeCode,
    /// A sentence for people: what and why.
    pub message: String,
    /// Which field it is about, by its name there and its place, such as `approvers[0].weight`.
    pub field: String,
}

impl ImportChange {
    pub(crate) fn new(code: ImportChangeCode, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: field.into() }
    }

    pub(super) fn unread(place: impl Into<String>) -> Self {
        Self::new(
            ImportChangeCode::FieldUnread,
            place,
            "a field of this name is not known here and was not read",
        )
    }
}

/// What an import changes and says aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ImportChangeCode {
    /// A field is not known here and was not read.
    FieldUnread,
    /// It is deleted there and left out.
    Deleted,
    /// It has no name, and got one.
    NameDefaulted,
    /// Its steps are not numbered 1, 2, 3.
    Renumbered,
    /// A step has no number of approvals, which counts as 1.
    RequiredDefaulted,
    /// A step has several numbers of approvals, of which the largest counts.
    RequiredDiffers,
    /// `approvals` differs from what the steps require, and never counted.
    ApprovalsIgnored,
    /// Somebody may approve several steps, and counts in one.
    SamePersonInSteps,
    /// People were recognised by their e-mail address.
    MatchedByEmail,
    /// Approvers may approve their own requests, but never alone.
    SelfApprovalNotAlone,
    /// Break-glass is open to a list that is empty: to everybody there, to nobody here.
    BypassersNobody,
    /// Bypassers are named, but break-glass is not allowed.
    BypassersDropped,
    /// Break-glass gives at most an hour.
    BreakGlassCapped,
    /// A duration is cut to whole seconds, or to the longest there is here.
    DurationRounded,
    /// Requests never ended, and end here.
    RequestTtlDefaulted,
    /// The path has white space around it or a `/` at its end, which are left out.
    PathTrimmed,
    /// The path was an exact text and is a pattern.
    PathIsAPattern,
    /// The path stands for itself alone, not for what is below it.
    PathIsExact,
    /// Other policies are about some of the same: here the more specific governs.
    Overlaps,
}

/// Live policies, ready to be made elsewhere by `createPolicies`, 100 at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyExport {
    /// Their terms, by id of the policy.
    pub policies: Vec<PolicyTerms>,
}
