use std::fmt;

use serde::Serialize;

use super::{
    AccessDuration, DelegationId, EnvironmentPattern, GrantId, GroupId, Invalid, InvalidKind, Name,
    PathPattern, PolicyId, RequestId, RequestStatus, Seconds, SubjectId, Timestamp, limits, write_json,
};

/// Who is at fault when something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The input is not acceptable, whatever the state.
    Input,
    /// The state does not allow it now.
    State,
    /// This actor may not.
    Authority,
    /// Somebody else was faster, or the key was used for something else.
    Conflict,
    /// The host failed to load, append or answer.
    Host,
    /// The engine itself is at fault.
    Bug,
}

/// Why the engine would not carry something out: a stable code, and the fields to show. Nothing has changed.
#[allow(missing_docs, reason = "each variant's sentence says what its fields hold")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, strum::VariantNames)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "snake_case", rename_all_fields = "camelCase")]
#[strum(serialize_all = "snake_case")]
pub enum Refusal {
    // Input that is not acceptable, by kind of value
    /// The shape of the input: not JSON, an unknown or missing field, a wrong type.
    InvalidInput(InvalidValue),
    /// A resource path.
    InvalidPath(InvalidValue),
    /// A path pattern.
    InvalidPattern(InvalidValue),
    /// A resource type, an environment or an action.
    InvalidName(InvalidValue),
    /// An identifier.
    InvalidId(InvalidValue),
    /// A text for people.
    InvalidText(InvalidValue),
    /// A duration.
    InvalidDuration(InvalidValue),
    /// A point in time.
    InvalidTime(InvalidValue),
    /// An e-mail address.
    InvalidEmail(InvalidValue),
    /// A link to a ticket.
    InvalidUrl(InvalidValue),
    /// A condition.
    InvalidCondition(InvalidValue),
    /// More than the limits allow.
    LimitExceeded(InvalidValue),

    // The actor
    /// The command is one that only subjects send.
    SubjectRequired,
    /// The command is one that only the host sends.
    HostRequired,
    /// The directory does not know the actor.
    UnknownActor { subject_id: SubjectId },
    /// The actor is disabled.
    ActorDisabled { subject_id: SubjectId },

    // Authority
    /// There is no such thing, or the actor may not see it.
    NotFound { id: String },
    /// Only administrators may.
    NotAdministrator,
    /// Only the requester may.
    NotRequester,
    /// Only the requester or an administrator may.
    NotRequesterOrAdministrator,
    /// Only the holder of the grant may.
    NotHolder,
    /// This subject has not let the actor review in their place, or not now.
    NoDelegation { delegator: SubjectId },
    /// Only administrators may revoke, and approvers where the policy allows.
    NotRevoker,
    /// No quorum of the current step names the actor.
    NotAnApprover { step: u32 },
    /// The actor is the requester, and the policy does not allow self-approval.
    SelfApproval,
    /// The actor approved an earlier step, and the policy wants distinct people.
    ApprovedEarlierStep { step: u32 },
    /// The policy that governs now lets nobody break the glass.
    BreakGlassNotAllowed { policy_id: PolicyId },
    /// The policy that governs now does not list the actor as a bypasser.
    NotABypasser { policy_id: PolicyId },

    /// The policy that governs now has a condition that the actor does not meet.
    ConditionNotMet { policy_id: PolicyId },

    // The directory and the administrators
    /// No active administrator would be left.
    LastAdministrator,
    /// A subject that the command names is not in the directory.
    UnknownSubject { subject_id: SubjectId },
    /// Several active subjects have the e-mail address by which somebody is named.
    AmbiguousSubject { email: String, subject_ids: Vec<SubjectId> },
    /// A group that the command names is not in the directory.
    UnknownGroup { group_id: GroupId },
    /// A group would contain itself.
    GroupCycle { group_id: GroupId },
    /// The project exists.
    ProjectExists,
    /// There is no project yet.
    NoProject,

    // Policies
    /// The policy has no steps.
    NoSteps,
    /// A step has no quorum, or a quorum names nobody.
    NoApprovers { step: u32 },
    /// A quorum requires none, or more than the active people it names.
    RequiredOutOfRange { step: u32, quorum: u32, required: u32, named: u32 },
    /// A step requires no rejection, or more than the active people it names.
    RejectionsOutOfRange { step: u32, required: u32, named: u32 },
    /// Another live policy governs the very same.
    PolicyConflict {
        policy_id: PolicyId,
        policy_name: Name,
        #[serde(skip_serializing_if = "Option::is_none")]
        environment: Option<EnvironmentPattern>,
        path: PathPattern,
    },

    /// A step would escalate only when the request has expired.
    EscalationOutOfRange { step: u32, after: Seconds, request_ttl: Seconds },
    /// A step would remind more often than once an hour.
    ReminderOutOfRange { step: u32, remind_every: Seconds },
    // Standing permissions
    /// The permission names nobody.
    NoHolders,
    /// With distinct approvers, earlier steps use up the people of this one.
    NoDistinctApprover { step: u32 },
    /// An outside system decides; nothing here corresponds to that.
    ExternalApproval,

    // Several at once
    /// One of several was refused, and so were all; counted from 0.
    ItemRefused { item: u32, because: Box<Refusal> },

    // Requests
    /// No single policy covers all of the target.
    NoPolicy { partly: Vec<PolicyName> },
    /// Other policies govern every part of the target: ask for the parts one by one.
    SplitRequest { policies: Vec<PolicyName> },
    /// The policy does not give access for that long.
    DurationTooLong {
        #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
        duration: AccessDuration,
        longest: Seconds,
    },
    /// Access would start more than 90 days ahead.
    StartOutOfRange { starts_at: Timestamp },
    /// The policy wants a justification that is not blank.
    JustificationRequired,
    /// Nobody but the requester can approve.
    NoOtherApprover { step: u32 },
    /// A live grant already opens all of it.
    AlreadyGranted { grant_id: GrantId },
    /// The same request is already pending.
    DuplicateRequest { request_id: RequestId },
    /// Too many requests are open, or were made within 24 hours.
    TooManyRequests { limit: u32 },
    /// The request has ended.
    RequestNotPending { status: RequestStatus },
    /// The grant has no end, or does not open what is asked for.
    NotRenewable { grant_id: GrantId },

    // Delegations
    /// The delegate is the actor.
    SelfDelegation,
    /// The delegate is disabled.
    DelegateDisabled { subject_id: SubjectId },
    /// Another delegation to the same person overlaps it.
    DuplicateDelegation { delegation_id: DelegationId },
    /// The delegation is over.
    DelegationEnded { delegation_id: DelegationId },

    // Reviews
    /// The content hash is missing or not that of the request as it is now.
    StaleReview { content_hash: String },
    /// The actor's review of this step stands.
    AlreadyReviewed { step: u32 },
    /// The actor has no standing review of the current step.
    NoStandingReview { step: u32 },
    /// The new duration is not shorter than the one in force.
    DurationNotShorter {
        #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
        duration: AccessDuration,
    },
    /// A note or reason is blank.
    ReasonRequired,
    /// A break-glass justification has fewer than 10 characters that are not blank.
    JustificationTooShort { visible: u32 },
    /// The request did not break the glass.
    NotBreakGlass,
    /// Somebody has looked at this break-glass access already.
    AlreadyAcknowledged { by: SubjectId },

    // Grants
    /// The grant is over.
    GrantEnded { grant_id: GrantId },

    // Conflicts
    /// The idempotency key was used for another command.
    IdempotencyMismatch,
    /// Others were faster, ten times in a row.
    Conflict { attempts: u32 },

    // The host and the engine
    /// A callback of the host failed.
    HostFailed { callback: String, problem: String },
    /// A callback of the host did not settle in time.
    HostTimeout { callback: String },
    /// What the host loaded is not a record of this project.
    CorruptRecord { version: u64, problem: String },
    /// The engine was freed.
    EngineClosed,
    /// The call was aborted before anything was written.
    Aborted,
    /// The engine failed and must be opened again; what was appended is safe.
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

/// A policy, as a refusal names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct PolicyName {
    /// Its id.
    pub id: PolicyId,
    /// What people call it.
    pub name: Name,
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        Self::invalid(invalid, None)
    }
}

impl Refusal {
    pub(crate) fn invalid(invalid: Invalid, field: Option<String>) -> Self {
        let value = InvalidValue { problem: invalid.problem, field };
        match invalid.kind {
            InvalidKind::InvalidInput => Self::InvalidInput(value),
            InvalidKind::InvalidPath => Self::InvalidPath(value),
            InvalidKind::InvalidPattern => Self::InvalidPattern(value),
            InvalidKind::InvalidName => Self::InvalidName(value),
            InvalidKind::InvalidId => Self::InvalidId(value),
            InvalidKind::InvalidText => Self::InvalidText(value),
            InvalidKind::InvalidDuration => Self::InvalidDuration(value),
            InvalidKind::InvalidTime => Self::InvalidTime(value),
            InvalidKind::InvalidEmail => Self::InvalidEmail(value),
            InvalidKind::InvalidUrl => Self::InvalidUrl(value),
            InvalidKind::InvalidCondition => Self::InvalidCondition(value),
            InvalidKind::LimitExceeded => Self::LimitExceeded(value),
        }
    }

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
                | Self::DuplicateRequest { .. }
        )
    }

    /// The stable code, as on the wire.
    pub fn code(&self) -> String {
        // The tag comes first.
        let wire = write_json(self).unwrap_or_default();
        wire.split('"').nth(3).unwrap_or_default().to_owned()
    }

    /// Who is at fault.
    pub fn fault(&self) -> Fault {
        match self {
            Self::InvalidInput(_)
            | Self::InvalidPath(_)
            | Self::InvalidPattern(_)
            | Self::InvalidName(_)
            | Self::InvalidId(_)
            | Self::InvalidText(_)
            | Self::InvalidDuration(_)
            | Self::InvalidTime(_)
            | Self::InvalidEmail(_)
            | Self::InvalidUrl(_)
            | Self::InvalidCondition(_)
            | Self::LimitExceeded(_)
            | Self::SubjectRequired
            | Self::HostRequired => Fault::Input,
            Self::UnknownActor { .. }
            | Self::ActorDisabled { .. }
            | Self::NotFound { .. }
            | Self::NotAdministrator
            | Self::NotRequester
            | Self::NotRequesterOrAdministrator
            | Self::NotHolder
            | Self::NoDelegation { .. }
            | Self::NotRevoker
            | Self::NotAnApprover { .. }
            | Self::SelfApproval
            | Self::ApprovedEarlierStep { .. }
            | Self::BreakGlassNotAllowed { .. }
            | Self::NotABypasser { .. }
            | Self::ConditionNotMet { .. } => Fault::Authority,
            Self::LastAdministrator
            | Self::UnknownSubject { .. }
            | Self::AmbiguousSubject { .. }
            | Self::UnknownGroup { .. }
            | Self::GroupCycle { .. }
            | Self::ProjectExists
            | Self::NoProject
            | Self::NoSteps
            | Self::NoApprovers { .. }
            | Self::RequiredOutOfRange { .. }
            | Self::RejectionsOutOfRange { .. }
            | Self::PolicyConflict { .. }
            | Self::NoHolders
            | Self::NoDistinctApprover { .. }
            | Self::ExternalApproval
            | Self::NoPolicy { .. }
            | Self::SplitRequest { .. }
            | Self::DurationTooLong { .. }
            | Self::StartOutOfRange { .. }
            | Self::JustificationRequired
            | Self::NoOtherApprover { .. }
            | Self::AlreadyGranted { .. }
            | Self::DuplicateRequest { .. }
            | Self::TooManyRequests { .. }
            | Self::RequestNotPending { .. }
            | Self::NotRenewable { .. }
            | Self::EscalationOutOfRange { .. }
            | Self::ReminderOutOfRange { .. }
            | Self::SelfDelegation
            | Self::DelegateDisabled { .. }
            | Self::DuplicateDelegation { .. }
            | Self::DelegationEnded { .. }
            | Self::StaleReview { .. }
            | Self::AlreadyReviewed { .. }
            | Self::NoStandingReview { .. }
            | Self::DurationNotShorter { .. }
            | Self::ReasonRequired
            | Self::JustificationTooShort { .. }
            | Self::NotBreakGlass
            | Self::AlreadyAcknowledged { .. }
            | Self::GrantEnded { .. } => Fault::State,
            Self::ItemRefused { because, .. } => because.fault(),
            Self::IdempotencyMismatch | Self::Conflict { .. } => Fault::Conflict,
            Self::HostFailed { .. }
            | Self::HostTimeout { .. }
            | Self::CorruptRecord { .. }
            | Self::Aborted => Fault::Host,
            Self::EngineClosed | Self::EnginePoisoned { .. } => Fault::Bug,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidInput(value)
            | Self::InvalidPath(value)
            | Self::InvalidPattern(value)
            | Self::InvalidName(value)
            | Self::InvalidId(value)
            | Self::InvalidText(value)
            | Self::InvalidDuration(value)
            | Self::InvalidTime(value)
            | Self::InvalidEmail(value)
            | Self::InvalidUrl(value)
            | Self::InvalidCondition(value)
            | Self::LimitExceeded(value) => match &value.field {
                Some(field) => write!(f, "`{field}`: {}", value.problem),
                None => f.write_str(&value.problem),
            },
            Self::SubjectRequired => f.write_str("only a subject sends this command: name one as the actor"),
            Self::HostRequired => f.write_str("only the host sends this command"),
            Self::UnknownActor { subject_id } => {
                write!(f, "the directory does not know `{subject_id}`: sync it in first")
            }
            Self::ActorDisabled { subject_id } => write!(f, "`{subject_id}` is disabled"),
            Self::NotFound { id } => write!(f, "there is no `{id}` that this actor may see"),
            Self::NotAdministrator => f.write_str("only administrators may do this"),
            Self::NotRequester => f.write_str("only the requester may do this"),
            Self::NotRequesterOrAdministrator => {
                f.write_str("only the requester or an administrator may do this")
            }
            Self::NotHolder => f.write_str("only the holder of the grant may do this"),
            Self::NoDelegation { delegator } => {
                write!(f, "`{delegator}` has not let this person review in their place now")
            }
            Self::NotRevoker => f.write_str(
                "only administrators may revoke this grant, and its approvers where the policy allows",
            ),
            Self::NotAnApprover { step } => write!(f, "step {step} does not name this person as an approver"),
            Self::SelfApproval => f.write_str("the policy does not let requesters review their own requests"),
            Self::ApprovedEarlierStep { step } => {
                write!(f, "this person approved step {step} already, and the policy wants distinct people")
            }
            Self::BreakGlassNotAllowed { .. } => f.write_str("the policy lets nobody break the glass"),
            Self::NotABypasser { .. } => f.write_str("the policy does not list this person as a bypasser"),
            Self::ConditionNotMet { .. } => {
                f.write_str("the policy lets only some people ask, and not this person")
            }
            Self::LastAdministrator => f.write_str("no active administrator would be left"),
            Self::UnknownSubject { subject_id } => {
                write!(f, "the directory does not know the subject `{subject_id}`")
            }
            Self::AmbiguousSubject { email, subject_ids } => {
                let ids: Vec<String> = subject_ids.iter().map(|id| format!("`{id}`")).collect();
                write!(f, "`{email}` is the address of {}: give an id", ids.join(" and "))
            }
            Self::UnknownGroup { group_id } => {
                write!(f, "the directory does not know the group `{group_id}`")
            }
            Self::GroupCycle { group_id } => write!(f, "the group `{group_id}` would contain itself"),
            Self::ProjectExists => f.write_str("the project exists already"),
            Self::NoProject => f.write_str("there is no project yet: open it with administrators"),
            Self::NoSteps => f.write_str("the policy has no steps: give at least one"),
            Self::NoApprovers { step } => write!(f, "step {step} names no approvers: name at least one"),
            Self::RequiredOutOfRange { step, quorum, required, named } => write!(
                f,
                "step {step}, quorum {quorum} needs {required} approvals but names {named} active people: \
                 give 1 to the number it names"
            ),
            Self::RejectionsOutOfRange { step, required, named } => write!(
                f,
                "step {step} needs {required} rejections but names {named} active people: \
                 give 1 to the number it names"
            ),
            Self::PolicyConflict { policy_name, path, .. } => {
                write!(f, "the policy `{policy_name}` already governs `{path}`: change that one instead")
            }
            Self::EscalationOutOfRange { step, after, request_ttl } => {
                write!(
                    f,
                    "step {step} escalates after {after}, but requests expire after {request_ttl}: give less"
                )
            }
            Self::ReminderOutOfRange { step, remind_every } => {
                write!(f, "step {step} reminds every {remind_every}: give at least 1 hour")
            }
            Self::NoHolders => f.write_str("the permission names nobody: name at least one subject or group"),
            Self::NoDistinctApprover { step } => write!(
                f,
                "nobody is left for step {step} once the steps before it are approved by others: name more people"
            ),
            Self::ExternalApproval => {
                f.write_str("an outside system decides its requests: name approvers instead")
            }
            Self::ItemRefused { item, because } => write!(f, "item {item}, counted from 0: {because}"),
            Self::NoPolicy { partly } if partly.is_empty() => {
                f.write_str("no access policy covers this: ask an administrator to make one")
            }
            Self::NoPolicy { partly } => write!(
                f,
                "no single access policy covers all of this; parts of it are governed by {}: ask for the parts",
                names(partly)
            ),
            Self::SplitRequest { policies } => write!(
                f,
                "every part of this is governed by another policy ({}): ask for the parts one by one",
                names(policies)
            ),
            Self::DurationTooLong { duration, longest } => {
                write!(f, "`{duration}` is longer than the policy allows: ask for at most {longest}")
            }
            Self::StartOutOfRange { .. } => f.write_str("access cannot start more than 90 days ahead"),
            Self::JustificationRequired => f.write_str("the policy wants a justification: say why"),
            Self::NoOtherApprover { step } => {
                write!(f, "nobody other than the requester can approve step {step}")
            }
            Self::AlreadyGranted { grant_id } => {
                write!(f, "the live grant `{grant_id}` opens all of this already")
            }
            Self::DuplicateRequest { request_id } => {
                write!(f, "the same is asked for by `{request_id}` already")
            }
            Self::TooManyRequests { limit } if usize::try_from(*limit) == Ok(limits::OPEN_REQUESTS) => {
                write!(f, "{limit} requests are open already: cancel one first")
            }
            Self::TooManyRequests { limit } => write!(f, "{limit} requests were made within 24 hours: wait"),
            Self::RequestNotPending { status } => {
                write!(f, "the request is {} already", status.word())
            }
            Self::NotRenewable { .. } => {
                f.write_str("the grant has no end, or does not open what is asked for: ask without `renews`")
            }
            Self::SelfDelegation => f.write_str("nobody stands in for themselves: name another person"),
            Self::DelegateDisabled { subject_id } => {
                write!(f, "`{subject_id}` is disabled: name another person")
            }
            Self::DuplicateDelegation { delegation_id } => {
                write!(f, "`{delegation_id}` names the same person for some of that time: end it first")
            }
            Self::DelegationEnded { .. } => f.write_str("the delegation is over already"),
            Self::StaleReview { .. } => {
                f.write_str("the request has changed, or no content hash was given: look at it again")
            }
            Self::AlreadyReviewed { step } => {
                write!(f, "this person's review of step {step} stands: withdraw it first")
            }
            Self::NoStandingReview { step } => write!(f, "this person has no standing review of step {step}"),
            Self::DurationNotShorter { duration } => {
                write!(f, "the new duration is not shorter than the one in force, {duration}")
            }
            Self::ReasonRequired => f.write_str("a reason is missing or blank: say why"),
            Self::JustificationTooShort { visible } => write!(
                f,
                "the justification has {visible} characters that are not blank: give at least {}",
                limits::BREAK_GLASS_CHARS
            ),
            Self::NotBreakGlass => f.write_str("this request did not break the glass"),
            Self::AlreadyAcknowledged { by } => write!(f, "`{by}` has acknowledged it already"),
            Self::GrantEnded { .. } => f.write_str("the grant is over already"),
            Self::IdempotencyMismatch => f.write_str("the idempotency key was used for another command"),
            Self::Conflict { attempts } => {
                write!(f, "others were faster {attempts} times in a row: try again")
            }
            Self::HostFailed { callback, problem } => write!(f, "the host's `{callback}` failed: {problem}"),
            Self::HostTimeout { callback } => write!(f, "the host's `{callback}` did not settle in time"),
            Self::CorruptRecord { version, problem } => {
                write!(f, "the record is corrupt at version {version}: {problem}")
            }
            Self::EngineClosed => f.write_str("the engine was freed"),
            Self::Aborted => f.write_str("the call was aborted; nothing was written"),
            Self::EnginePoisoned { problem } => {
                write!(f, "the engine failed and must be opened again: {problem}")
            }
        }
    }
}

fn names(policies: &[PolicyName]) -> String {
    policies.iter().map(|policy| format!("`{}`", policy.name)).collect::<Vec<_>>().join(", ")
}

impl std::error::Error for Refusal {}
