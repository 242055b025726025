use serde::{Deserialize, Serialize};

use super::{
    AccessDuration, AccessRequest, Acknowledgement, BundleId, CancelReason, Closing, Delegation,
    DelegationEnd, DelegationId, DurationEdit, Grant, GrantEnd, GrantId, Group, GroupId, Name, Permission,
    PermissionId, Policy, PolicyId, ProjectId, RequestContent, RequestId, Review, Standing, Subject,
    SubjectId, Text, Timestamp,
};

/// Something that happened, for ever. State is what the events say, folded in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum AccessEvent {
    /// The project was made.
    ProjectCreated(ProjectCreated),
    /// A subject was added or replaced.
    SubjectUpserted(SubjectUpserted),
    /// A subject was removed: it stays known as disabled and is in no group.
    SubjectRemoved(SubjectRemoved),
    /// A group was added or replaced.
    GroupUpserted(GroupUpserted),
    /// A group was removed.
    GroupRemoved(GroupRemoved),
    /// The administrators were named.
    AdministratorsSet(AdministratorsSet),
    /// A policy was made.
    PolicyCreated(PolicyCreated),
    /// A policy got its next version.
    PolicyUpdated(PolicyUpdated),
    /// A policy was deleted; its versions stay known.
    PolicyDeleted(PolicyDeleted),
    /// A standing permission was made.
    PermissionCreated(PermissionCreated),
    /// A standing permission got its next version.
    PermissionUpdated(PermissionUpdated),
    /// A standing permission was deleted.
    PermissionDeleted(PermissionDeleted),
    /// A request was made.
    RequestMade(RequestMade),
    /// A request was made anew under its id; its reviews became void.
    RequestAmended(RequestAmended),
    /// A step of a request opened, or opened again.
    StepOpened(StepOpened),
    /// A review was given.
    RequestReviewed(RequestReviewed),
    /// A review stopped counting.
    ReviewVoided(ReviewVoided),
    /// Every quorum of a step was met, by a review.
    StepCompleted(StepCompleted),
    /// The duration was shortened.
    DurationEdited(DurationEdited),
    /// A request was approved, by its approvers or by breaking the glass.
    RequestApproved(RequestApproved),
    /// A request was rejected.
    RequestRejected(RequestRejected),
    /// A request was cancelled.
    RequestCancelled(RequestCancelled),
    /// A request was not decided in time.
    RequestExpired(RequestExpired),
    /// Access was given.
    GrantCreated(GrantCreated),
    /// Access is about to end.
    GrantEndingSoon(GrantEndingSoon),
    /// Access ended.
    GrantEnded(GrantEnded),
    /// A break-glass access was looked at.
    BreakGlassAcknowledged(BreakGlassAcknowledged),
    /// Further approvers were called to an open step.
    StepEscalated(StepEscalated),
    /// Approvers were reminded of an open step.
    StepReminded(StepReminded),
    /// A delegation was made.
    DelegationCreated(DelegationCreated),
    /// A delegation that was to begin later began.
    DelegationStarted(DelegationStarted),
    /// A delegation ended.
    DelegationEnded(DelegationEnded),
}

/// The project was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProjectCreated {
    /// Its id.
    pub project: ProjectId,
    /// Its first administrators, who enter the directory.
    pub administrators: Vec<Subject>,
}

/// A subject was added or replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectUpserted {
    /// The whole subject.
    pub subject: Subject,
}

/// A subject was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubjectRemoved {
    /// Which subject.
    pub subject_id: SubjectId,
}

/// A group was added or replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupUpserted {
    /// The whole group.
    pub group: Group,
}

/// A group was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupRemoved {
    /// Which group.
    pub group_id: GroupId,
}

/// The administrators were named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdministratorsSet {
    /// All of them; sorted.
    pub administrators: Vec<SubjectId>,
}

/// A policy was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyCreated {
    /// Its first version.
    pub policy: Policy,
}

/// A policy got its next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyUpdated {
    /// The new version.
    pub policy: Policy,
}

/// A policy was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyDeleted {
    /// Which policy.
    pub policy_id: PolicyId,
}

/// A standing permission was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionCreated {
    /// Its first version.
    pub permission: Permission,
}

/// A standing permission got its next version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionUpdated {
    /// The new version.
    pub permission: Permission,
}

/// A standing permission was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PermissionDeleted {
    /// Which permission.
    pub permission_id: PermissionId,
    /// What people called it.
    pub name: Name,
}

/// A request was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestMade {
    /// Its id.
    pub request_id: RequestId,
    /// What was asked for.
    pub content: RequestContent,
    /// SHA-256 over the content.
    pub content_hash: String,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// The bundle that it was asked for in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// When.
    pub at: Timestamp,
    /// From when on it is expired.
    pub expires_at: Timestamp,
}

/// A request was made anew under its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestAmended {
    /// Its id.
    pub request_id: RequestId,
    /// What is asked for now.
    pub content: RequestContent,
    /// SHA-256 over the content.
    pub content_hash: String,
    /// The grant that it is to carry on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<GrantId>,
    /// When.
    pub at: Timestamp,
    /// From when on it is expired; never later than before.
    pub expires_at: Timestamp,
}

impl RequestMade {
    /// The request as it is once made.
    pub(crate) fn opened(&self) -> AccessRequest {
        let (id, content) = (self.request_id.clone(), self.content.clone());
        AccessRequest {
            renews: self.renews.clone(),
            bundle_id: self.bundle_id.clone(),
            ..AccessRequest::opened(id, content, self.content_hash.clone(), self.at, self.expires_at)
        }
    }
}

impl RequestAmended {
    /// The request as it is once amended, its history aside.
    pub(crate) fn opened(&self) -> AccessRequest {
        let (id, content) = (self.request_id.clone(), self.content.clone());
        AccessRequest {
            renews: self.renews.clone(),
            ..AccessRequest::opened(id, content, self.content_hash.clone(), self.at, self.expires_at)
        }
    }
}

/// A step of a request opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepOpened {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// Whose review is asked for; sorted.
    pub asked: Vec<SubjectId>,
    /// When further approvers will be called, if the step is still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalates_at: Option<Timestamp>,
    /// When approvers will first be reminded, if the step is still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminds_at: Option<Timestamp>,
}

/// A review was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestReviewed {
    /// Which request.
    pub request_id: RequestId,
    /// What was said.
    pub review: Review,
}

/// A review stopped counting, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewVoided {
    /// Which request.
    pub request_id: RequestId,
    /// The step it was about.
    pub step: u32,
    /// Whose it was.
    pub reviewer: SubjectId,
    /// Why; never `standing`.
    pub reason: Standing,
}

/// Every quorum of a step was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepCompleted {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
}

/// The duration was shortened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DurationEdited {
    /// Which request.
    pub request_id: RequestId,
    /// Before, after, who, when and why.
    pub edit: DurationEdit,
}

/// A request was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestApproved {
    /// Which request.
    pub request_id: RequestId,
    /// When, by whom, and whether by approval or break-glass.
    pub closing: Closing,
}

/// A request was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestRejected {
    /// Which request.
    pub request_id: RequestId,
    /// When, and by whose last rejection.
    pub closing: Closing,
}

/// A request was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestCancelled {
    /// Which request.
    pub request_id: RequestId,
    /// When, by whom and why.
    pub closing: Closing,
}

impl RequestCancelled {
    /// Why it was cancelled.
    pub fn reason(&self) -> Option<CancelReason> {
        self.closing.reason
    }
}

/// A request was not decided in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestExpired {
    /// Which request.
    pub request_id: RequestId,
    /// When it was due, however late the tick came.
    pub at: Timestamp,
}

/// Access was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantCreated {
    /// The grant.
    pub grant: Grant,
    /// When it was made; it may begin later.
    pub at: Timestamp,
    /// Of a break-glass: its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// Of a break-glass that lasts shorter than the duration in force: that duration.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub shortened_from: Option<AccessDuration>,
}

/// Access is about to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEndingSoon {
    /// Which grant.
    pub grant_id: GrantId,
    /// When the warning was due.
    pub at: Timestamp,
}

/// Access ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEnded {
    /// Which grant.
    pub grant_id: GrantId,
    /// When, by whom and why.
    pub end: GrantEnd,
}

/// A break-glass access was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassAcknowledged {
    /// Which request.
    pub request_id: RequestId,
    /// Who and when.
    pub acknowledgement: Acknowledgement,
}

/// Further approvers were called to a step that nobody had completed in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepEscalated {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// When it was due.
    pub at: Timestamp,
    /// Whose review is asked for now and was not before; sorted.
    pub asked: Vec<SubjectId>,
}

/// Approvers were reminded of an open step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepReminded {
    /// Which request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
    /// When it was due, the last time if several were missed.
    pub at: Timestamp,
    /// Who has not answered; sorted.
    pub asked: Vec<SubjectId>,
    /// When they will be reminded next; absent: the request expires before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminds_at: Option<Timestamp>,
}

/// A delegation was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationCreated {
    /// The delegation; begun, unless it is to begin later.
    pub delegation: Delegation,
}

/// A delegation that was to begin later began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationStarted {
    /// Which delegation.
    pub delegation_id: DelegationId,
    /// When it was due.
    pub at: Timestamp,
}

/// A delegation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationEnded {
    /// Which delegation.
    pub delegation_id: DelegationId,
    /// When, by whom and why.
    pub end: DelegationEnd,
}

impl AccessEvent {
    /// The request it is about, if it is about one.
    pub fn request_id(&self) -> Option<&RequestId> {
        match self {
            Self::RequestMade(event) => Some(&event.request_id),
            Self::RequestAmended(event) => Some(&event.request_id),
            Self::StepOpened(event) => Some(&event.request_id),
            Self::RequestReviewed(event) => Some(&event.request_id),
            Self::ReviewVoided(event) => Some(&event.request_id),
            Self::StepCompleted(event) => Some(&event.request_id),
            Self::DurationEdited(event) => Some(&event.request_id),
            Self::RequestApproved(event) => Some(&event.request_id),
            Self::RequestRejected(event) => Some(&event.request_id),
            Self::RequestCancelled(event) => Some(&event.request_id),
            Self::RequestExpired(event) => Some(&event.request_id),
            Self::GrantCreated(event) => Some(&event.grant.request_id),
            Self::BreakGlassAcknowledged(event) => Some(&event.request_id),
            Self::StepEscalated(event) => Some(&event.request_id),
            Self::StepReminded(event) => Some(&event.request_id),
            Self::ProjectCreated(_)
            | Self::SubjectUpserted(_)
            | Self::SubjectRemoved(_)
            | Self::GroupUpserted(_)
            | Self::GroupRemoved(_)
            | Self::AdministratorsSet(_)
            | Self::PolicyCreated(_)
            | Self::PolicyUpdated(_)
            | Self::PolicyDeleted(_)
            | Self::PermissionCreated(_)
            | Self::PermissionUpdated(_)
            | Self::PermissionDeleted(_)
            | Self::GrantEndingSoon(_)
            | Self::GrantEnded(_)
            | Self::DelegationCreated(_)
            | Self::DelegationStarted(_)
            | Self::DelegationEnded(_) => None,
        }
    }

    /// The grant it is about, if it is about one.
    pub fn grant_id(&self) -> Option<&GrantId> {
        match self {
            Self::GrantCreated(event) => Some(&event.grant.id),
            Self::GrantEndingSoon(event) => Some(&event.grant_id),
            Self::GrantEnded(event) => Some(&event.grant_id),
            _ => None,
        }
    }

    /// The bundle it is about, if it asks for one.
    pub fn bundle_id(&self) -> Option<&BundleId> {
        match self {
            Self::RequestMade(event) => event.bundle_id.as_ref(),
            _ => None,
        }
    }

    /// The delegation it is about, if it is about one.
    pub fn delegation_id(&self) -> Option<&DelegationId> {
        match self {
            Self::DelegationCreated(event) => Some(&event.delegation.id),
            Self::DelegationStarted(event) => Some(&event.delegation_id),
            Self::DelegationEnded(event) => Some(&event.delegation_id),
            _ => None,
        }
    }

    /// The policy it is about, if it is about one.
    pub fn policy_id(&self) -> Option<&PolicyId> {
        match self {
            Self::PolicyCreated(event) => Some(&event.policy.id),
            Self::PolicyUpdated(event) => Some(&event.policy.id),
            Self::PolicyDeleted(event) => Some(&event.policy_id),
            _ => None,
        }
    }

    /// The standing permission it is about, if it is about one.
    pub fn permission_id(&self) -> Option<&PermissionId> {
        match self {
            Self::PermissionCreated(event) => Some(&event.permission.id),
            Self::PermissionUpdated(event) => Some(&event.permission.id),
            Self::PermissionDeleted(event) => Some(&event.permission_id),
            _ => None,
        }
    }

    /// When it happened, where that may differ from the time of its commit: what a tick finds due.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self {
            Self::RequestExpired(event) => Some(event.at),
            Self::GrantEndingSoon(event) => Some(event.at),
            Self::GrantEnded(event) => Some(event.end.at),
            Self::StepEscalated(event) => Some(event.at),
            Self::StepReminded(event) => Some(event.at),
            Self::DelegationStarted(event) => Some(event.at),
            Self::DelegationEnded(event) => Some(event.end.at),
            _ => None,
        }
    }
}
