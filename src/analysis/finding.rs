use std::collections::BTreeSet;

use serde::Serialize;

use crate::approval::{Remedy, ShortQuorum};
use crate::policies::Approver;
use crate::values::{GrantId, GroupId, PermissionId, Person, PolicyName, RequestId};

/// Something that is wrong before anybody runs into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What is wrong.
    pub code: FindingCode,
    /// The policy it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyName>,
    /// The policies it is about, by id; at most 10.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub policies: Vec<PolicyName>,
    /// Set when there are more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "true"))]
    pub more: bool,
    /// The standing permission it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_id: Option<PermissionId>,
    /// In which part the reference stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<ReferencePart>,
    /// The step that falls short, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// Of a step with several lists of quorums the list, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<u32>,
    /// The quorum of it that does so by itself, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u32>,
    /// On whose requests; none: on everybody's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub requesters: Vec<Person>,
    /// The group it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<GroupId>,
    /// The person it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Person>,
    /// The accounts that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub accounts: Vec<Person>,
    /// The grant it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant_id: Option<GrantId>,
    /// The request it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// Of a request that is stuck the quorums of the step that are short; none where only the requester could approve.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub short: Vec<ShortQuorum>,
    /// Where only the requester could approve: by which of the approvers that the steps left name somebody else could come.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "Approver[]"))]
    pub through: BTreeSet<Approver>,
    /// What would unblock it. Another policy under which it is restarted always does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub remedies: Vec<Remedy>,
    /// What is missing and what would help, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Finding {
    pub(crate) fn new(code: FindingCode) -> Self {
        Self {
            code,
            policy: None,
            policies: Vec::new(),
            more: false,
            permission_id: None,
            part: None,
            step: None,
            list: None,
            quorum: None,
            requesters: Vec::new(),
            group_id: None,
            subject: None,
            accounts: Vec::new(),
            grant_id: None,
            request_id: None,
            short: Vec::new(),
            through: BTreeSet::new(),
            remedies: Vec::new(),
            message: None,
        }
    }
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// A quorum names too few people for it, the requester left out.
    QuorumUnmeetable,
    /// Whether the steps of this policy and those after it can be filled was not tried for each requester: too many people
    /// are named.
    RequestersNotTried,
    /// Every quorum has its people, but with those who must approve other quorums nobody is left.
    NobodyDistinctLeft,
    /// A group that a policy names has no active member.
    EmptyGroup,
    /// A policy lets people break the glass, and there are none.
    BypassersNobody,
    /// More specific policies govern all that a policy is about.
    NeverGoverns,
    /// An approver has no address to be told at.
    ApproverWithoutEmail,
    /// A policy or a permission names somebody who is gone, or whose id somebody else has since.
    StaleReference,
    /// A standing permission opens what policies govern: nobody need ask there.
    PermissionOpensGoverned,
    /// This standing permission and those after it were not compared with the policies: too many paths could overlap.
    PermissionsNotCompared,
    /// Accounts of different persons have one e-mail address.
    SharedEmail,
    /// The holder of a live grant does not meet its policy's condition any more.
    ConditionNotMet,
    /// A pending request cannot be approved any more by the people there are.
    RequestStuck,
}

/// Where a policy or a permission names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ReferencePart {
    /// The approvers of a step.
    Approvers,
    /// Whom a step calls by escalation.
    Escalation,
    /// Who may break the glass.
    Bypassers,
    /// The condition.
    Condition,
}
