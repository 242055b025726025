use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::telling::Telling;
use super::{
    AdministratorsNotice, ApprovalNotice, BreakGlassNotice, CancellationNotice, DecidedNotice,
    DelegationNotice, DurationNotice, EndingSoonNotice, ErasureNotice, EscalationNotice, ExpiryNotice,
    GrantEndNotice, GroupNotice, PermissionNotice, PolicyNotice, RejectionNotice, ReminderNotice,
    ReviewNotice, StuckNotice, SubjectNotice,
};
use crate::json::tagged;
use crate::values::{NoticeId, RequestId, SubjectId};

/// What people should be told of one thing that happened, written once with the events. It has nothing that anybody is
/// called or wrote: that is found for each recipient's `Message`, when it is delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Notice {
    /// Made by the engine.
    pub id: NoticeId,
    /// What happened, and to what.
    pub kind: NoticeKind,
    /// Whom to tell, by id, each once.
    #[cfg_attr(feature = "wasm", tsify(type = "SubjectId[]"))]
    pub to: BTreeSet<SubjectId>,
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
        /// To administrators: managers were changed while a policy asks managers, or persons behind accounts.
        SubjectChanged(SubjectNotice),
        /// To administrators: what somebody was called and wrote was erased.
        SubjectErased(ErasureNotice),
    }
}

impl NoticeKind {
    /// The request it is about.
    pub fn request_id(&self) -> Option<&RequestId> {
        self.telling().request_id()
    }

    /// What all kinds can do.
    pub(super) fn telling(&self) -> &dyn Telling {
        self.payload()
    }
}
