use serde::{Deserialize, Serialize};

use super::words::{About, Telling, Wording, fact, quote, until};
use crate::requests::CancelReason;
use crate::values::{AccessDuration, GrantId, Name, RequestStatus, Text, Timestamp};

/// To an eligible approver: please review this step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewNotice {
    /// Which step, counted from 1.
    pub step: u32,
}

impl Telling for ReviewNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { step } = self;
        let About { requester, target, .. } = about;
        Wording::new(
            format!("Review asked: {requester} wants access to {target}"),
            format!("{requester} asks for access to {target}. You can approve or reject step {step}."),
            vec![],
        )
    }
}

/// To an approver who was asked and has not answered: no need any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecidedNotice {
    /// How it ended: `approved`, `rejected`, `cancelled` or `expired`.
    pub outcome: RequestStatus,
}

impl Telling for DecidedNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { outcome } = self;
        let About { requester, target, .. } = about;
        Wording::new(
            format!("Already decided: access of {requester} to {target}"),
            format!("The request is {}. There is nothing left for you to do.", outcome.word()),
            vec![],
        )
    }
}

/// To the requester: approved, with this access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApprovalNotice {
    /// The grant.
    pub grant_id: GrantId,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant without; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
}

impl Telling for ApprovalNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { starts_at, ends_at, .. } = self;
        let About { target, at, .. } = about;
        let lead = if starts_at > at {
            format!("You will have access to {target} from {}.", starts_at.to_rfc3339())
        } else {
            format!("You have access to {target}.")
        };
        Wording::new(
            format!("Approved: your access to {target}"),
            lead,
            vec![fact("From", &starts_at.to_rfc3339()), fact("Until", &until(*ends_at))],
        )
    }
}

/// To administrators: the people there are cannot approve the request any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StuckNotice {
    /// The open step, which falls short.
    pub step: u32,
}

impl Telling for StuckNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let About { requester, target, .. } = about;
        Wording::new(
            format!("Nobody can approve {requester}'s request for {target}"),
            format!(
                "Too few people are left for step {} of {requester}'s request for {target}. Add approvers, restart it \
                 under a policy that has them, or cancel it.",
                self.step
            ),
            vec![],
        )
    }
}

/// To the requester: rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RejectionNotice {
    /// By whom.
    pub by: Name,
    /// What that person said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

impl Telling for RejectionNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { by, comment } = self;
        let About { target, .. } = about;
        Wording::new(
            format!("Rejected: your access to {target}"),
            format!("{by} rejected your request for access to {target}."),
            comment.iter().map(|comment| quote("Comment", comment)).collect(),
        )
    }
}

/// To the requester: nobody decided in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpiryNotice {}

impl Telling for ExpiryNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let About { target, .. } = about;
        Wording::new(
            format!("Expired: your request for {target}"),
            "Nobody decided your request in time. You can ask again.".to_owned(),
            vec![],
        )
    }
}

/// To the requester: cancelled by somebody else, or by a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancellationNotice {
    /// Why.
    pub reason: CancelReason,
    /// What was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Telling for CancellationNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { reason, note } = self;
        let About { target, .. } = about;
        Wording::new(
            format!("Cancelled: your request for {target}"),
            format!("Your request was cancelled: {}.", reason.in_words()),
            note.iter().map(|note| quote("Reason", note)).collect(),
        )
    }
}

/// To the requester: an approver shortened the duration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DurationNotice {
    /// By whom.
    pub by: Name,
    /// The duration until then.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub before: AccessDuration,
    /// Why.
    pub note: Text,
}

impl Telling for DurationNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { by, before, note } = self;
        let About { target, .. } = about;
        Wording::new(
            format!("Shortened: your request for {target}"),
            format!("{by} shortened what you asked for. It still waits for approval."),
            vec![fact("Duration before", before), quote("Note", note)],
        )
    }
}

/// To an approver who has not answered: please do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReminderNotice {
    /// Which step, counted from 1.
    pub step: u32,
}

impl Telling for ReminderNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { step } = self;
        let About { requester, target, .. } = about;
        Wording::new(
            format!("Reminder: {requester} wants access to {target}"),
            format!("{requester} still waits for access to {target}. You can approve or reject step {step}."),
            vec![],
        )
    }
}

/// To an approver called because nobody completed a step in time: please review it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EscalationNotice {
    /// Which step, counted from 1.
    pub step: u32,
}

impl Telling for EscalationNotice {
    fn words(&self, about: &About<'_>) -> Wording {
        let Self { step } = self;
        let About { requester, target, .. } = about;
        Wording::new(
            format!("Review asked: {requester} wants access to {target}"),
            format!("Nobody has completed step {step} in time. You can now approve or reject it, too."),
            vec![],
        )
    }
}
