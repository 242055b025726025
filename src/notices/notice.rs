use serde::{Deserialize, Serialize};

use crate::grants::EndReason;
use crate::requests::CancelReason;
use crate::resources::{ActionList, Pattern};
use crate::values::{
    AccessDuration, Email, GrantId, Name, NoticeId, PermissionId, PolicyId, RequestId, RequestStatus,
    SubjectId, Text, Timestamp,
};

/// What one person should be told about one event: data, never markup. Written with the events, delivered by the
/// host afterwards, at least once; `id` is the idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Notice {
    /// The same however often it is delivered.
    pub id: NoticeId,
    /// When it was written.
    pub at: Timestamp,
    /// Whom to tell, at the address of that moment.
    pub recipient: Recipient,
    /// What happened.
    pub kind: NoticeKind,
    /// The request it is about, as it was then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<NoticeRequest>,
    /// The policy, permission, group or administrators it is about, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// Whom to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recipient {
    /// Who.
    pub id: SubjectId,
    /// What people call them.
    pub name: Name,
    /// Where.
    pub email: Email,
}

/// What a notice says of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoticeRequest {
    /// Its id, for the link.
    pub id: RequestId,
    /// The name of the requester.
    pub requester: Name,
    /// What for.
    pub target: Pattern,
    /// To do what.
    pub actions: ActionList,
    /// The duration in force: seconds, or `"permanent"`.
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: AccessDuration,
    /// Why it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<Text>,
    /// The name of its policy.
    pub policy: Name,
}

/// What happened, as far as a notice tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum NoticeKind {
    /// To an eligible approver: please review this step.
    ReviewAsked {
        /// Which step, counted from 1.
        step: u32,
    },
    /// To an approver who was asked and has not answered: no need any more.
    AlreadyDecided {
        /// How it ended: `approved`, `rejected`, `cancelled` or `expired`.
        outcome: RequestStatus,
    },
    /// To the requester: approved, with this access.
    RequestApproved {
        /// The grant.
        grant_id: GrantId,
        /// Its first instant.
        starts_at: Timestamp,
        /// The first instant without; absent: permanent.
        #[serde(skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
    },
    /// To the requester: rejected.
    RequestRejected {
        /// By whom.
        by: Name,
        /// What that person said.
        #[serde(skip_serializing_if = "Option::is_none")]
        comment: Option<Text>,
    },
    /// To the requester: nobody decided in time.
    RequestExpired,
    /// To the requester: cancelled by somebody else, or by a change.
    RequestCancelled {
        /// Why.
        reason: CancelReason,
        /// What was said.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Text>,
    },
    /// To the requester: an approver shortened the duration.
    DurationEdited {
        /// By whom.
        by: Name,
        /// The duration until then.
        #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
        before: AccessDuration,
        /// Why.
        note: Text,
    },
    /// To all approvers of all steps and all administrators: somebody went ahead.
    BreakGlass {
        /// Why.
        justification: Text,
        /// The grant.
        grant_id: GrantId,
        /// The first instant without access; absent: permanent.
        #[serde(skip_serializing_if = "Option::is_none")]
        ends_at: Option<Timestamp>,
    },
    /// To the holder: access is about to end.
    GrantEndingSoon {
        /// The grant.
        grant_id: GrantId,
        /// The first instant without access.
        ends_at: Timestamp,
    },
    /// To the holder: access has ended.
    GrantEnded {
        /// The grant.
        grant_id: GrantId,
        /// Why.
        reason: EndReason,
        /// What was said.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Text>,
    },
    /// To an approver who has not answered: please do.
    Reminder {
        /// Which step, counted from 1.
        step: u32,
    },
    /// To an approver called because nobody completed a step in time: please review it.
    Escalation {
        /// Which step, counted from 1.
        step: u32,
    },
    /// To a delegate: you may review in somebody's place.
    Delegated {
        /// In whose place.
        delegator: Name,
        /// The first instant of it.
        starts_at: Timestamp,
        /// The first instant after it.
        ends_at: Timestamp,
    },
    /// To administrators: a policy was made, changed or deleted.
    PolicyChanged {
        /// The policy.
        policy_id: PolicyId,
        /// What was done.
        change: Change,
        /// By whom.
        by: Name,
    },
    /// To administrators: a standing permission was made, changed or deleted.
    PermissionChanged {
        /// The permission.
        permission_id: PermissionId,
        /// What was done.
        change: Change,
        /// By whom.
        by: Name,
    },
    /// To administrators: who administers was changed.
    AdministratorsChanged {
        /// By whom.
        by: Name,
    },
    /// To administrators: a group that a policy names was changed.
    GroupChanged {
        /// What was done.
        change: Change,
        /// By whom.
        by: Name,
    },
}

/// What was done to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is new.
    Created,
    /// It is different now.
    Updated,
    /// It is gone.
    Deleted,
}
