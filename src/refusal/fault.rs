use serde::Serialize;

use super::Refusal;

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

impl Refusal {
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
            | Self::InvalidCursor(_)
            | Self::LimitExceeded(_)
            | Self::InvalidSnapshot { .. }
            | Self::SameItem { .. }
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
            | Self::SubjectActive { .. }
            | Self::NotAcknowledged { .. }
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
            | Self::StalePolicy { .. }
            | Self::StalePermission { .. }
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
            | Self::AlreadyRenewed { .. }
            | Self::EscalationOutOfRange { .. }
            | Self::ReminderOutOfRange { .. }
            | Self::BreakGlassOutOfRange { .. }
            | Self::SelfDelegation
            | Self::DuplicateDelegation { .. }
            | Self::DelegationEnded { .. }
            | Self::StaleReview { .. }
            | Self::AlreadyReviewed { .. }
            | Self::NoStandingReview { .. }
            | Self::DurationNotShorter { .. }
            | Self::ReasonRequired { .. }
            | Self::JustificationTooShort { .. }
            | Self::NotBreakGlass
            | Self::TooManyBreakGlass { .. }
            | Self::AlreadyAcknowledged { .. }
            | Self::GrantEnded { .. }
            | Self::ReadOnly
            | Self::NotInSnapshot
            | Self::SnapshotOutOfDate { .. } => Fault::State,
            Self::ItemRefused { because, .. } => because.fault(),
            Self::IdempotencyMismatch | Self::Conflict { .. } => Fault::Conflict,
            Self::HostFailed { .. }
            | Self::HostTimeout { .. }
            | Self::CorruptRecord { .. }
            | Self::NewerRecord { .. }
            | Self::RecordReplaced { .. }
            | Self::EraseUnsupported
            | Self::VersionNotRead { .. }
            | Self::WasmNotLoaded { .. }
            | Self::Aborted => Fault::Host,
            Self::EngineClosed | Self::EnginePoisoned { .. } => Fault::Bug,
        }
    }
}
