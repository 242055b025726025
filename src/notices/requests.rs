use serde::{Deserialize, Serialize};

use super::message::DropReason;
use super::scene::Scene;
use super::telling::{Found, Telling};
use super::words::{About, Wording, fact, until, when};
use crate::approval;
use crate::grants;
use crate::requests::{AccessRequest, CancelReason};
use crate::values::{AccessDuration, GrantId, GrantStatus, RequestId, RequestStatus, SubjectId, Timestamp};

/// To an eligible approver: please review this step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewNotice {
    /// The request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
}

impl Telling for ReviewNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn check(&self, scene: Scene<'_>, to: &SubjectId) -> Result<(), DropReason> {
        scene.check_asked(&self.request_id, self.step, to)
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { step, .. } = self;
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
    /// The request.
    pub request_id: RequestId,
    /// How it ended: `approved`, `rejected`, `cancelled` or `expired`.
    pub outcome: RequestStatus,
}

impl Telling for DecidedNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { outcome, .. } = self;
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
    /// The request.
    pub request_id: RequestId,
    /// The grant.
    pub grant_id: GrantId,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant without; absent: permanent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
}

impl Telling for ApprovalNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        let grant = scene.state.grants().get(&self.grant_id);
        let over = grant.is_none_or(|grant| grants::status(grant, scene.now) == GrantStatus::Ended);
        Found { over, ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { starts_at, ends_at, .. } = self;
        let About { target, at, over, .. } = about;
        let lead = if *over {
            format!("You had access to {target}; it is over.")
        } else if starts_at > at {
            format!("You will have access to {target} from {}.", when(*starts_at))
        } else {
            format!("You have access to {target}.")
        };
        Wording::new(
            format!("Granted: your access to {target}"),
            lead,
            vec![fact("From", &when(*starts_at)), fact("Until", &until(*ends_at))],
        )
    }
}

/// To administrators: the people there are cannot approve the request any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StuckNotice {
    /// The request.
    pub request_id: RequestId,
    /// The open step, which falls short.
    pub step: u32,
}

impl Telling for StuckNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn check(&self, scene: Scene<'_>, to: &SubjectId) -> Result<(), DropReason> {
        scene.check_administers(to)?;
        let (request, approval) = scene.open(&self.request_id, self.step, to)?;
        let is_stuck = approval.is_stuck(self.step, request.escalates_at.is_some());
        if is_stuck { Ok(()) } else { Err(DropReason::Over) }
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        let state = scene.state;
        let request = state.requests().get(&self.request_id);
        let blockage = request
            .and_then(|it| approval::blockage(state.directory(), state.delegations(), state.policies(), it));
        Found { blockage, ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let About { requester, target, blockage, .. } = about;
        let missing = blockage.iter().map(|blockage| fact("What is missing", &blockage.message));
        Wording::new(
            format!("Nobody can approve {requester}'s request for {target}"),
            format!("Too few people are left to approve {requester}'s request for {target}."),
            missing.collect(),
        )
    }
}

/// To the requester: rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RejectionNotice {
    /// The request.
    pub request_id: RequestId,
}

impl Telling for RejectionNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        Found { by: scene.actor_name(), said: scene.said_of_request(&self.request_id), ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let About { by, target, .. } = about;
        Wording::new(
            format!("Rejected: your access to {target}"),
            format!("{by} rejected your request for access to {target}."),
            about.quoted("Comment"),
        )
    }
}

/// To the requester: nobody decided in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpiryNotice {
    /// The request.
    pub request_id: RequestId,
}

impl Telling for ExpiryNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

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
    /// The request.
    pub request_id: RequestId,
    /// Why.
    pub reason: CancelReason,
}

impl Telling for CancellationNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        Found { said: scene.said_of_request(&self.request_id), ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { reason, .. } = self;
        let About { target, .. } = about;
        Wording::new(
            format!("Cancelled: your request for {target}"),
            format!("Your request was cancelled: {}.", reason.in_words()),
            about.quoted("Reason"),
        )
    }
}

/// To the requester: an approver shortened the duration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DurationNotice {
    /// The request.
    pub request_id: RequestId,
    /// The duration until then.
    #[serde(rename = "beforeSeconds")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub before: AccessDuration,
}

impl Telling for DurationNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn find(&self, scene: Scene<'_>) -> Found {
        let said = scene.said_of_request(&self.request_id);
        let request = scene.state.requests().get(&self.request_id);
        let over = !request.is_some_and(AccessRequest::is_pending);
        Found { by: scene.actor_name(), said, over, ..Found::default() }
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { before, .. } = self;
        let About { by, target, over, .. } = about;
        let waits = if *over { "" } else { " It still waits for approval." };
        let mut facts = vec![fact("Duration before", before)];
        facts.extend(about.quoted("Note"));
        Wording::new(
            format!("Shortened: your request for {target}"),
            format!("{by} shortened what you asked for.{waits}"),
            facts,
        )
    }
}

/// To an approver who has not answered: please do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReminderNotice {
    /// The request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
}

impl Telling for ReminderNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn check(&self, scene: Scene<'_>, to: &SubjectId) -> Result<(), DropReason> {
        scene.check_asked(&self.request_id, self.step, to)
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { step, .. } = self;
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
    /// The request.
    pub request_id: RequestId,
    /// Which step, counted from 1.
    pub step: u32,
}

impl Telling for EscalationNotice {
    fn request_id(&self) -> Option<&RequestId> {
        Some(&self.request_id)
    }

    fn check(&self, scene: Scene<'_>, to: &SubjectId) -> Result<(), DropReason> {
        scene.check_asked(&self.request_id, self.step, to)
    }

    fn words(&self, about: &About<'_>) -> Wording {
        let Self { step, .. } = self;
        let About { requester, target, .. } = about;
        Wording::new(
            format!("Review asked: {requester} wants access to {target}"),
            format!("Nobody has completed step {step} in time. You can now approve or reject it, too."),
            vec![],
        )
    }
}
