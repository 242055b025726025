use serde::{Deserialize, Serialize};

use super::words::{About, Telling, Wording};
use super::{
    AdministratorsNotice, ApprovalNotice, BreakGlassNotice, CancellationNotice, DecidedNotice,
    DelegationNotice, DurationNotice, EndingSoonNotice, EscalationNotice, ExpiryNotice, GrantEndNotice,
    GroupNotice, PermissionNotice, PolicyNotice, RejectionNotice, ReminderNotice, ReviewNotice, StuckNotice,
    SubjectNotice,
};
use crate::json::tagged;
use crate::resources::{ActionList, Pattern};
use crate::values::{AccessDuration, Email, Name, NoticeId, RequestId, SubjectId, Text, Timestamp};

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
    pub topic: Option<Name>,
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

tagged! {
    /// What happened, as far as a notice tells.
    #[serde(tag = "type", rename_all = "snake_case")]
    #[strum(serialize_all = "snake_case")]
    pub enum NoticeKind: Telling, "not a notice that this version knows" {
        /// To an eligible approver: please review this step.
        ReviewAsked(ReviewNotice),
        /// To an approver who was asked and has not answered: no need any more.
        AlreadyDecided(DecidedNotice),
        /// To the requester: approved, with this access.
        RequestApproved(ApprovalNotice),
        /// To the requester: rejected.
        RequestRejected(RejectionNotice),
        /// To the requester: nobody decided in time.
        RequestExpired(ExpiryNotice),
        /// To the requester: cancelled by somebody else, or by a change.
        RequestCancelled(CancellationNotice),
        /// To the requester: an approver shortened the duration.
        DurationEdited(DurationNotice),
        /// To all approvers of all steps and all administrators: somebody went ahead.
        BreakGlass(BreakGlassNotice),
        /// To the holder: access is about to end.
        GrantEndingSoon(EndingSoonNotice),
        /// To the holder: access has ended.
        GrantEnded(GrantEndNotice),
        /// To an approver who has not answered: please do.
        Reminder(ReminderNotice),
        /// To an approver called because nobody completed a step in time: please review it.
        Escalation(EscalationNotice),
        /// To a delegate: you may review in somebody's place.
        Delegated(DelegationNotice),
        /// To administrators: a policy was made, changed or deleted.
        PolicyChanged(PolicyNotice),
        /// To administrators: a standing permission was made, changed or deleted.
        PermissionChanged(PermissionNotice),
        /// To administrators: who administers was changed.
        AdministratorsChanged(AdministratorsNotice),
        /// To administrators: a group that a policy or a permission names was changed.
        GroupChanged(GroupNotice),
        /// To administrators: the people there are cannot approve a request any more.
        RequestStuck(StuckNotice),
        /// To administrators: a subject's manager was changed while a policy asks managers, or its person.
        SubjectChanged(SubjectNotice),
    }
}

impl NoticeKind {
    /// What it says.
    pub(super) fn words(&self, about: &About<'_>) -> Wording {
        self.payload().words(about)
    }
}
