//! Why the engine would not carry something out.

mod fault;
mod value;

use serde::Serialize;

use crate::limits;
use crate::resources::{EnvironmentPattern, PathPattern};
use crate::values::{
    AccessDuration, DelegationId, GrantId, GroupId, Name, PermissionId, PolicyId, PolicyName, RequestId,
    RequestStatus, Seconds, SubjectId, Timestamp,
};

pub use self::fault::Fault;

/// Why the engine would not carry something out: a stable code, and the fields to show. Nothing has changed.
#[allow(missing_docs, reason = "each variant's sentence says what its fields hold")]
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, strum::IntoStaticStr, strum::VariantNames, thiserror::Error,
)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "snake_case")]
pub enum Refusal {
    // Input that is not acceptable, by kind of value
    /// The shape of the input: not JSON, an unknown or missing field, a wrong type.
    #[error("{0}")]
    InvalidInput(InvalidValue),
    /// A resource path.
    #[error("{0}")]
    InvalidPath(InvalidValue),
    /// A path pattern.
    #[error("{0}")]
    InvalidPattern(InvalidValue),
    /// A resource type, an environment or an action.
    #[error("{0}")]
    InvalidName(InvalidValue),
    /// An identifier.
    #[error("{0}")]
    InvalidId(InvalidValue),
    /// A text for people.
    #[error("{0}")]
    InvalidText(InvalidValue),
    /// A duration.
    #[error("{0}")]
    InvalidDuration(InvalidValue),
    /// A point in time.
    #[error("{0}")]
    InvalidTime(InvalidValue),
    /// An e-mail address.
    #[error("{0}")]
    InvalidEmail(InvalidValue),
    /// A link to a ticket.
    #[error("{0}")]
    InvalidUrl(InvalidValue),
    /// A condition.
    #[error("{0}")]
    InvalidCondition(InvalidValue),
    /// A cursor that is none of this list, in this order, with these filters.
    #[error("{0}")]
    InvalidCursor(InvalidValue),
    /// More than the limits allow.
    #[error("{0}")]
    LimitExceeded(InvalidValue),

    // The actor
    /// The command is one that only subjects send.
    #[error("only a subject sends this command: name one as the actor")]
    SubjectRequired,
    /// The command is one that only the host sends.
    #[error("only the host sends this command")]
    HostRequired,
    /// The directory does not know the actor.
    #[error("the directory does not know `{subject_id}`: sync it in first")]
    UnknownActor { subject_id: SubjectId },
    /// The actor is disabled.
    #[error("`{subject_id}` is disabled")]
    ActorDisabled { subject_id: SubjectId },

    // Authority
    /// There is no such thing, or the actor may not see it.
    #[error("there is no `{id}` that this actor may see")]
    NotFound { id: String },
    /// Only administrators may.
    #[error("only administrators may do this")]
    NotAdministrator,
    /// Only the requester may.
    #[error("only the requester may do this")]
    NotRequester,
    /// Only the requester or an administrator may.
    #[error("only the requester or an administrator may do this")]
    NotRequesterOrAdministrator,
    /// Only the holder of the grant may.
    #[error("only the holder of the grant may do this")]
    NotHolder,
    /// This subject has not let the actor review in their place, or not now.
    #[error("`{delegator}` has not let this person review in their place now")]
    NoDelegation { delegator: SubjectId },
    /// Only administrators may revoke, and approvers where the policy allows.
    #[error("only administrators may revoke this grant, and its approvers where the policy allows")]
    NotRevoker,
    /// No quorum of the current step names the actor.
    #[error("step {step} does not name this person as an approver")]
    NotAnApprover { step: u32 },
    /// The actor is the requester, and the policy does not allow self-approval.
    #[error("the policy does not let requesters review their own requests")]
    SelfApproval,
    /// The actor approved an earlier step, and the policy wants distinct people.
    #[error("this person already approved step {step}, and the policy wants distinct people")]
    ApprovedEarlierStep { step: u32 },
    /// The policy that governs now lets nobody break the glass.
    #[error("the policy lets nobody break the glass")]
    BreakGlassNotAllowed { policy_id: PolicyId },
    /// The policy that governs now does not list the actor as a bypasser.
    #[error("this person may not break the glass under this policy")]
    NotABypasser { policy_id: PolicyId },
    /// The policy that governs now has a condition that the actor does not meet.
    #[error("the policy lets only some people ask, and not this person")]
    ConditionNotMet { policy_id: PolicyId },

    // The directory and the administrators
    /// No active administrator would be left.
    #[error("no active administrator would be left")]
    LastAdministrator,
    /// A subject that the command names is not in the directory, or as a delegate is disabled.
    #[error("there is no subject `{subject_id}` that could be named here")]
    UnknownSubject { subject_id: SubjectId },
    /// Only of a subject that is disabled or removed can anything be erased.
    #[error("`{subject_id}` is active: disable or remove it first")]
    SubjectActive { subject_id: SubjectId },
    /// Nobody has looked at a break-glass access of the subject yet.
    #[error("nobody has acknowledged the break-glass access of `{request_id}` yet: do that first")]
    NotAcknowledged { request_id: RequestId },
    /// Several active subjects have the e-mail address by which somebody is named.
    #[error("`{email}` is the address of {}: give an id", ids(subject_ids))]
    AmbiguousSubject { email: String, subject_ids: Vec<SubjectId> },
    /// A group that the command names is not in the directory.
    #[error("the directory does not know the group `{group_id}`")]
    UnknownGroup { group_id: GroupId },
    /// A group would contain itself.
    #[error("the group `{group_id}` would contain itself")]
    GroupCycle { group_id: GroupId },
    /// The project exists.
    #[error("the project already exists")]
    ProjectExists,
    /// There is no project yet.
    #[error("there is no project yet: open it with administrators")]
    NoProject,

    // Policies
    /// The policy has no steps.
    #[error("the policy has no steps: give at least one")]
    NoSteps,
    /// A step has no quorum, or a quorum names nobody.
    #[error("step {step} names no approvers: name at least one")]
    NoApprovers { step: u32 },
    /// A quorum requires none, or more than the active people it names.
    #[error(
        "step {step},{} quorum {quorum} {}",
        list.map(|list| format!(" list {list},")).unwrap_or_default(),
        out_of_range(*required, "approval", *named)
    )]
    RequiredOutOfRange {
        step: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        list: Option<u32>,
        quorum: u32,
        required: u32,
        named: u32,
    },
    /// A step requires no rejection, or more than the active people it names.
    #[error("step {step} {}", out_of_range(*required, "rejection", *named))]
    RejectionsOutOfRange { step: u32, required: u32, named: u32 },
    /// Another live policy governs the very same.
    #[error("the policy `{policy_name}` already governs `{path}`: change that one instead")]
    PolicyConflict {
        policy_id: PolicyId,
        policy_name: Name,
        #[serde(skip_serializing_if = "Option::is_none")]
        environment: Option<EnvironmentPattern>,
        path: PathPattern,
    },
    /// A step would escalate only when the request has expired.
    #[error(
        "step {step} escalates after {after_seconds}, but requests expire after {request_ttl_seconds}: give less"
    )]
    EscalationOutOfRange { step: u32, after_seconds: Seconds, request_ttl_seconds: Seconds },
    /// Breaking the glass would give longer access than may be asked for.
    #[error(
        "breaking the glass gives {max_duration_seconds}, but at most {longest_seconds} may be asked for: give less"
    )]
    BreakGlassOutOfRange { max_duration_seconds: Seconds, longest_seconds: Seconds },
    /// A step would remind more often than once an hour.
    #[error("step {step} reminds every {remind_every_seconds}: give at least 1 hour")]
    ReminderOutOfRange { step: u32, remind_every_seconds: Seconds },

    /// The policy has a newer version than the one that was looked at.
    #[error("the policy is at version {version} by now: look at it again")]
    StalePolicy { policy_id: PolicyId, version: u32 },

    // Standing permissions
    /// The permission has a newer version than the one that was looked at.
    #[error("the permission is at version {version} by now: look at it again")]
    StalePermission { permission_id: PermissionId, version: u32 },
    /// The permission names nobody.
    #[error("the permission names nobody: name at least one subject or group")]
    NoHolders,

    // Import
    /// With distinct approvers, earlier steps use up the people of this one.
    #[error(
        "nobody is left for step {step} once the steps before it are approved by others: name more people"
    )]
    NoDistinctApprover { step: u32 },
    /// An outside system decides; nothing here corresponds to that.
    #[error("an outside system decides its requests: name approvers instead")]
    ExternalApproval,

    // Several at once
    /// One of several was refused, and so were all: `item` is its index, the first being 0.
    #[error("the one at index {item} is refused: {because}")]
    ItemRefused { item: u32, because: Box<Refusal> },
    /// It asks for the same as the one at the index `item`, or governs the very same.
    #[error("it is about the same as the one at index {item}: leave one of them out")]
    SameItem { item: u32 },

    // Requests
    /// No single policy covers all of the target.
    #[error("{}", no_policy(partly))]
    NoPolicy { partly: Vec<PolicyName> },
    /// Other policies govern every part of the target: ask for the parts one by one.
    #[error(
        "every part of this is governed by another policy ({}): ask for the parts one by one",
        names(policies)
    )]
    SplitRequest { policies: Vec<PolicyName> },
    /// The policy does not give access for that long.
    #[error("`{duration_seconds}` is longer than the policy allows: ask for at most {longest_seconds}")]
    DurationTooLong {
        #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
        duration_seconds: AccessDuration,
        longest_seconds: Seconds,
    },
    /// Access would start more than 90 days ahead.
    #[error("access cannot start more than 90 days ahead")]
    StartOutOfRange { starts_at: Timestamp },
    /// The policy wants a justification that is not blank.
    #[error("a reason is missing: the policy requires one")]
    JustificationRequired,
    /// Nobody but the requester can approve.
    #[error("nobody other than the requester can approve step {step}")]
    NoOtherApprover { step: u32 },
    /// A grant already opens all of it at the start asked for.
    #[error(
        "the grant `{grant_id}` already opens all of this when it would begin{}",
        if *renewable { ": renew it" } else { "" }
    )]
    AlreadyGranted {
        grant_id: GrantId,
        #[serde(skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
        renewable: bool,
    },
    /// The same request is already pending.
    #[error("`{request_id}` already asks for the same")]
    DuplicateRequest { request_id: RequestId },
    /// Too many requests are open, or were made within 24 hours.
    #[error("{}", too_many(*limit))]
    TooManyRequests { limit: u32 },
    /// The request has ended.
    #[error("the request is already {}", status.word())]
    RequestNotPending { status: RequestStatus },
    /// The grant has no end, or does not open what is asked for.
    #[error("the grant has no end, or does not open what is asked for: ask without `renews`")]
    NotRenewable { grant_id: GrantId },
    /// Another renewal of the grant is pending, or has been granted.
    #[error("`{request_id}` already renews the grant")]
    AlreadyRenewed { request_id: RequestId },

    // Delegations
    /// The delegate is the actor.
    #[error("nobody stands in for themselves: name another person")]
    SelfDelegation,
    /// Another delegation to the same person overlaps it.
    #[error("`{delegation_id}` names the same person for some of that time: end it first")]
    DuplicateDelegation { delegation_id: DelegationId },
    /// The delegation is over.
    #[error("the delegation is already over")]
    DelegationEnded { delegation_id: DelegationId },

    // Reviews
    /// The content hash is missing or not that of the request as it is now.
    #[error("the request has changed, or no content hash was given: look at it again")]
    StaleReview { content_hash: String },
    /// The actor's review of this step stands.
    #[error(
        "a review of step {step} by this person, or in this person's place, stands: whoever gave it may withdraw it"
    )]
    AlreadyReviewed { step: u32 },
    /// The actor has no standing review of the current step.
    #[error("this person has given no review of step {step} that stands")]
    NoStandingReview { step: u32 },
    /// The new duration is not shorter than the one in force.
    #[error("the new duration is not shorter than the one in force, {duration_seconds}")]
    DurationNotShorter {
        #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
        duration_seconds: AccessDuration,
    },
    /// A note or reason is missing or blank.
    #[error("`{field}`: a reason is missing or blank: say why")]
    ReasonRequired { field: String },
    /// A break-glass justification has fewer than 10 characters that are not blank.
    #[error(
        "the reason has {visible} characters that are not blank: give at least {}",
        limits::BREAK_GLASS_CHARS
    )]
    JustificationTooShort { visible: u32 },
    /// The request did not break the glass.
    #[error("this request did not break the glass")]
    NotBreakGlass,
    /// The actor broke the glass too often within 24 hours.
    #[error("the glass was broken {limit} times within 24 hours: ask for access instead")]
    TooManyBreakGlass { limit: u32 },
    /// Somebody has looked at this break-glass access already.
    #[error("`{by}` has already acknowledged it")]
    AlreadyAcknowledged { by: SubjectId },

    // Grants
    /// The grant is over.
    #[error("the grant is already over")]
    GrantEnded { grant_id: GrantId },

    // Conflicts
    /// The idempotency key was used for another command.
    #[error("the idempotency key was used for another command")]
    IdempotencyMismatch,
    /// Others were faster, ten times in a row.
    #[error("others were faster {attempts} times in a row: try again")]
    Conflict { attempts: u32 },

    // The host and the engine
    /// A callback of the host failed.
    #[error("the host's `{callback}` failed: {problem}")]
    HostFailed { callback: String, problem: String },
    /// A callback of the host did not settle in time.
    #[error("the host's `{callback}` did not settle in time")]
    HostTimeout { callback: String },
    /// What the host loaded is not a record of this project.
    #[error("the record is corrupt at version {version}: {problem}")]
    CorruptRecord { version: u64, problem: String },
    /// The record has something that only a newer edition of the engine knows; what it passed over might narrow access.
    #[error("the record was written by a newer edition: at version {version} {problem}")]
    NewerRecord { version: u64, problem: String },
    /// The record has become shorter than the engine, or another one: the engine must be opened again.
    #[error("the record's commit {version} is gone or another than this engine has read: open it again")]
    RecordReplaced { version: u64 },
    /// A question is about a version that this engine has not read yet.
    #[error("the record was read up to version {version}, and not yet to {min_version}: `refresh` first")]
    VersionNotRead { version: u64, min_version: u64 },
    /// What was opened from a snapshot only answers.
    #[error("an engine that was opened from a snapshot only answers questions: send this to the server")]
    ReadOnly,
    /// A snapshot does not carry what a question is about: another subject, a list with a filter, a condition.
    #[error("the snapshot does not carry the answer to this: ask the server")]
    NotInSnapshot,
    /// Something that was due has changed what a snapshot carries.
    #[error("what the snapshot carries held until {}: get a newer one", valid_until.to_rfc3339())]
    SnapshotOutOfDate { valid_until: Timestamp },
    /// What should be opened is no snapshot for one subject, or was changed, or is of another edition, subject or project.
    #[error("the snapshot cannot be opened: {problem}")]
    InvalidSnapshot { problem: String },
    /// The host cannot erase texts from commits that it has stored.
    #[error("the host cannot erase: give it a store that has `erase`")]
    EraseUnsupported,
    /// The WebAssembly has not started, such as where a bundle has left it behind.
    #[error("the WebAssembly has not started: {problem}")]
    WasmNotLoaded { problem: String },
    /// The engine was freed.
    #[error("the engine was freed")]
    EngineClosed,
    /// The call was aborted before anything was written.
    #[error("the call was aborted; nothing was written")]
    Aborted,
    /// The engine failed and must be opened again; what was appended is safe.
    #[error("the engine failed and must be opened again: {problem}")]
    EnginePoisoned { problem: String },
}

/// A value that was not accepted, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct InvalidValue {
    /// What is wrong with it.
    pub problem: String,
    /// Where it stood in the input, such as `draft.target.path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Refusal {
    pub(crate) fn not_found(id: &impl ToString) -> Self {
        Self::NotFound { id: id.to_string() }
    }

    /// Whether another draft could be accepted, in the same state and by the same actor.
    pub(crate) fn is_about_draft(&self) -> bool {
        matches!(
            self,
            Self::NoPolicy { .. }
                | Self::SplitRequest { .. }
                | Self::ConditionNotMet { .. }
                | Self::DurationTooLong { .. }
                | Self::StartOutOfRange { .. }
                | Self::JustificationRequired
                | Self::NoOtherApprover { .. }
                | Self::AlreadyGranted { .. }
                | Self::NotRenewable { .. }
                | Self::AlreadyRenewed { .. }
                | Self::DuplicateRequest { .. }
        )
    }

    /// The stable code, as on the wire.
    pub fn code(&self) -> &'static str {
        self.into()
    }
}

fn out_of_range(required: u32, what: &str, named: u32) -> String {
    let s = if required == 1 { "" } else { "s" };
    let needs = format!("needs {required} {what}{s}");
    match named {
        0 => format!("{needs} but names nobody who is active: name others, or fill its groups first"),
        1 => format!("{needs} but names 1 active person: give 1"),
        _ => format!("{needs} but names {named} active people: give 1 to {named}"),
    }
}

fn names(policies: &[PolicyName]) -> String {
    policies.iter().map(|policy| format!("`{}`", policy.name)).collect::<Vec<_>>().join(", ")
}

/// A refusal as an answer: what a button shows beside itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Refused {
    /// The stable code.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// Who is at fault.
    pub fault: Fault,
    /// The code with the fields to show.
    pub details: Refusal,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { code: refusal.code(), message: refusal.to_string(), fault: refusal.fault(), details: refusal }
    }
}

fn ids(subjects: &[SubjectId]) -> String {
    subjects.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" and ")
}

fn no_policy(partly: &[PolicyName]) -> String {
    if partly.is_empty() {
        return "no access policy covers this: ask an administrator to make one".to_owned();
    }
    let policies = names(partly);
    format!(
        "no single access policy covers all of this; parts of it are governed by {policies}: ask for the parts"
    )
}

fn too_many(limit: u32) -> String {
    if usize::try_from(limit) == Ok(limits::OPEN_REQUESTS) {
        return format!("{limit} requests are already open: cancel one first");
    }
    format!("{limit} requests were made within 24 hours: wait")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_range_is_told_with_advice_that_can_be_followed() {
        for (required, named, message) in [
            (
                1,
                0,
                "step 1, quorum 2 needs 1 approval but names nobody who is active: name others, or fill its groups first",
            ),
            (2, 1, "step 1, quorum 2 needs 2 approvals but names 1 active person: give 1"),
            (0, 3, "step 1, quorum 2 needs 0 approvals but names 3 active people: give 1 to 3"),
        ] {
            let refusal = Refusal::RequiredOutOfRange { step: 1, list: None, quorum: 2, required, named };
            assert_eq!(refusal.to_string(), message);
        }
    }
}
