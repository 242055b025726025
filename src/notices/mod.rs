//! Whom an event concerns and what to tell them: data, computed with the decision.

mod administration;
mod announcer;
mod delegations;
mod grants;
mod notice;
mod render;
mod requests;
mod supervision;
mod words;

use std::collections::BTreeSet;

use self::announcer::Announcer;
use self::supervision::directory_after;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::state::State;
use crate::values::Timestamp;

pub use self::administration::{
    AdministratorsNotice, Change, GroupNotice, PermissionNotice, PolicyNotice, SubjectNotice, SubjectPart,
};
pub use self::delegations::DelegationNotice;
pub use self::grants::{BreakGlassNotice, Continuation, EndingSoonNotice, GrantEndNotice};
pub use self::notice::{Notice, NoticeKind, NoticeRequest, Recipient};
pub use self::render::{RenderedNotice, render_notice};
pub use self::requests::{
    ApprovalNotice, CancellationNotice, DecidedNotice, DurationNotice, EscalationNotice, ExpiryNotice,
    RejectionNotice, ReminderNotice, ReviewNotice, StuckNotice,
};

/// The notices that go with the events of one commit, from the state before them. One has one recipient, at the address
/// of this moment; to a subject that is disabled or has no address there is none.
pub fn notices(before: &State, actor: &Actor, events: &[AccessEvent], now: Timestamp) -> Vec<Notice> {
    let after = directory_after(before, events);
    let mut announcer = Announcer {
        before,
        after,
        actor,
        events,
        now,
        notices: Vec::new(),
        groups_told: BTreeSet::default(),
    };
    for event in events {
        announcer.announce(event);
    }
    announcer.supervise();
    announcer.notices
}
