//! Whom an event concerns: data, computed with the decision; and what they are told, when it is delivered.

mod administration;
mod after;
mod announcer;
mod brand;
mod continuing;
mod delegations;
mod grants;
mod happened;
mod html;
mod message;
mod notice;
mod render;
mod requests;
mod scene;
mod supervision;
mod telling;
mod words;

use self::announcer::Announcer;
use crate::events::AccessEvent;
use crate::people::Actor;
use crate::state::State;

pub use self::administration::{
    AdministratorsNotice, Change, ErasureNotice, GroupNotice, PermissionNotice, PolicyNotice, SubjectNotice,
    SubjectPart,
};
pub use self::brand::{BaseUrl, Brand, BrandColor, LogoUrl, RenderOptions};
pub use self::delegations::DelegationNotice;
pub use self::grants::{BreakGlassNotice, Continuation, EndingSoonNotice, GrantEndNotice};
pub use self::message::{DropReason, Message, MessageRequest, Recipient, message};
pub use self::notice::{Notice, NoticeKind};
pub use self::render::{FactForm, NoticeFact, RenderedNotice, render_notice};
pub use self::requests::{
    ApprovalNotice, CancellationNotice, DecidedNotice, DurationNotice, EscalationNotice, ExpiryNotice,
    RejectionNotice, ReminderNotice, ReviewNotice, StuckNotice,
};
pub use self::scene::Scene;

/// The notices that go with the events of one commit, from the state before them. Nobody whom they leave disabled is a
/// recipient.
pub fn notices(before: &State, actor: &Actor, events: &[AccessEvent]) -> Vec<Notice> {
    let mut announcer = Announcer::new(before, actor, events);
    events.iter().for_each(|event| announcer.announce(event));
    announcer.supervise();
    announcer.notices
}
