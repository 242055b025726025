//! What can happen, a file for each subject: what an event says, and what it makes of the state.
//!
//! Applying cannot fail and decides nothing: what an event says, holds.

mod archive;
mod delegations;
mod directory;
mod fits;
mod grants;
mod permissions;
mod policies;
mod requests;
mod reviews;
mod steps;
mod teller;

use self::fits::Before;
use self::teller::Teller;
use crate::json::tagged;
use crate::people::{Actor, Visit};
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::{BundleId, DelegationId, GrantId, PermissionId, PolicyId, RequestId, Timestamp};

pub use self::archive::RequestsArchived;
pub use self::delegations::{DelegationCreated, DelegationEnded, DelegationStarted};
pub(crate) use self::directory::changed_principals;
pub use self::directory::{
    AdministratorsSet, Format, GroupRemoved, GroupRenamed, GroupUpserted, MembersAdded, MembersRemoved,
    ProjectCreated, SubjectErased, SubjectRemoved, SubjectUpserted,
};
pub use self::fits::Misfit;
pub use self::grants::{BreakGlassAcknowledged, GrantCreated, GrantEnded, GrantEndingSoon};
pub use self::permissions::{PermissionCreated, PermissionDeleted, PermissionUpdated};
pub use self::policies::{PolicyCreated, PolicyDeleted, PolicyUpdated};
pub use self::requests::{
    DurationEdited, RequestAmended, RequestApproved, RequestCancelled, RequestExpired, RequestMade,
    RequestRejected,
};
pub use self::reviews::{RequestReviewed, ReviewVoided};
pub use self::steps::{StepCompleted, StepEscalated, StepOpened, StepReminded};

tagged! {
    /// Something that happened, for ever. State is what the events say, folded in order.
    #[serde(tag = "type", rename_all = "camelCase")]
    #[strum(serialize_all = "camelCase")]
    pub enum AccessEvent: Happening, "not an event that this version knows" {
        /// The project was made.
        ProjectCreated(ProjectCreated),
        /// A subject was added or replaced.
        SubjectUpserted(SubjectUpserted),
        /// A subject was removed: it stays known as disabled and is in no group.
        SubjectRemoved(SubjectRemoved),
        /// A group was added.
        GroupUpserted(GroupUpserted),
        /// A group got another name.
        GroupRenamed(GroupRenamed),
        /// Members were added to a group.
        MembersAdded(MembersAdded),
        /// Members were taken out of a group.
        MembersRemoved(MembersRemoved),
        /// A group was removed.
        GroupRemoved(GroupRemoved),
        /// What a subject was called and wrote was erased.
        SubjectErased(SubjectErased),
        /// The administrators were named.
        AdministratorsSet(AdministratorsSet),
        /// A policy was made.
        PolicyCreated(PolicyCreated),
        /// A policy got its next version.
        PolicyUpdated(PolicyUpdated),
        /// A policy was deleted; its versions stay known while something rests on them.
        PolicyDeleted(PolicyDeleted),
        /// A standing permission was made.
        PermissionCreated(PermissionCreated),
        /// A standing permission got its next version.
        PermissionUpdated(PermissionUpdated),
        /// A standing permission was deleted.
        PermissionDeleted(PermissionDeleted),
        /// A request was made.
        RequestMade(RequestMade),
        /// A request was made anew under its id; its reviews became void.
        RequestAmended(RequestAmended),
        /// A step of a request opened, or opened again.
        StepOpened(StepOpened),
        /// A review was given.
        RequestReviewed(RequestReviewed),
        /// A review stopped counting.
        ReviewVoided(ReviewVoided),
        /// Every quorum of a step was met, by a review.
        StepCompleted(StepCompleted),
        /// The duration was shortened.
        DurationEdited(DurationEdited),
        /// A request was approved, by its approvers or by breaking the glass.
        RequestApproved(RequestApproved),
        /// A request was rejected.
        RequestRejected(RequestRejected),
        /// A request was cancelled.
        RequestCancelled(RequestCancelled),
        /// A request was not decided in time.
        RequestExpired(RequestExpired),
        /// Access was given.
        GrantCreated(GrantCreated),
        /// Access is about to end.
        GrantEndingSoon(GrantEndingSoon),
        /// Access ended.
        GrantEnded(GrantEnded),
        /// A break-glass access was looked at.
        BreakGlassAcknowledged(BreakGlassAcknowledged),
        /// Further approvers were called to an open step.
        StepEscalated(StepEscalated),
        /// Approvers were reminded of an open step.
        StepReminded(StepReminded),
        /// A delegation was made.
        DelegationCreated(DelegationCreated),
        /// A delegation that was to begin later began.
        DelegationStarted(DelegationStarted),
        /// A delegation ended.
        DelegationEnded(DelegationEnded),
        /// Requests that were over left the working state.
        RequestsArchived(RequestsArchived),
    }
}

/// What every event says of itself.
trait Happening {
    /// What it is about.
    fn about(&self) -> About<'_>;

    /// When it happened, where that may differ from the time of its commit: what a tick finds due.
    fn due_at(&self) -> Option<Timestamp> {
        None
    }

    /// Whether it fits the state it meets: what it names is there, and nothing is made or ended twice. Whether it was
    /// right to happen is not asked again.
    fn fits(&self, before: Before<'_>) -> Result<(), Misfit>;

    /// Carries it into the state. About what the state does not know, it changes nothing.
    fn apply(&self, state: &mut State);

    /// What it makes of the pending request that it is about.
    fn change(&self, _request: &mut AccessRequest) {}

    /// Shows what can be erased of it, with who wrote it or is called so.
    fn personal(&mut self, _visit: &mut Visit<'_>) {}

    /// Names its content by a hash, once it is sealed.
    fn seal(&mut self) {}

    /// From when and until when holds what it gives, where it says so.
    fn period(&self) -> Period {
        Period::default()
    }

    /// A sentence about it, for people. Instants are left to who shows it.
    fn sentence(&self, teller: &Teller<'_>) -> String;
}

/// What an event is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct About<'a> {
    /// The request.
    pub request_id: Option<&'a RequestId>,
    /// The grant.
    pub grant_id: Option<&'a GrantId>,
    /// The bundle that it asks for.
    pub bundle_id: Option<&'a BundleId>,
    /// The delegation.
    pub delegation_id: Option<&'a DelegationId>,
    /// The policy.
    pub policy_id: Option<&'a PolicyId>,
    /// The standing permission.
    pub permission_id: Option<&'a PermissionId>,
}

/// From when and until when something holds, as `[starts_at, ends_at)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first instant of it.
    pub starts_at: Option<Timestamp>,
    /// The first instant after it.
    pub ends_at: Option<Timestamp>,
}

impl AccessEvent {
    /// What it is about.
    pub fn about(&self) -> About<'_> {
        self.payload().about()
    }

    /// When it happened, where that may differ from the time of its commit: what a tick finds due.
    pub fn due_at(&self) -> Option<Timestamp> {
        self.payload().due_at()
    }

    /// From when and until when holds what it gives, where it says so.
    pub fn period(&self) -> Period {
        self.payload().period()
    }

    /// Shows what can be erased of it, with who wrote it or is called so.
    pub(crate) fn personal(&mut self, visit: &mut Visit<'_>) {
        self.payload_mut().personal(visit);
    }

    /// Names its content by a hash, once it is sealed.
    pub(crate) fn seal(&mut self) {
        self.payload_mut().seal();
    }

    /// Whether texts are to be taken out of commits.
    pub(crate) fn is_erasure(&self) -> bool {
        self.erasure().is_some()
    }

    /// Whether requests leave the working state.
    pub(crate) fn is_archiving(&self) -> bool {
        matches!(self, Self::RequestsArchived(_))
    }

    /// What it erases, if that is what happened.
    pub(crate) fn erasure(&self) -> Option<&SubjectErased> {
        if let Self::SubjectErased(event) = self { Some(event) } else { None }
    }

    /// What it makes of a pending request.
    pub(crate) fn change(&self, request: &mut AccessRequest) {
        if self.about().request_id == Some(&request.id) {
            self.payload().change(request);
        }
    }

    /// A sentence about it for people; actor and version are its commit's.
    pub fn sentence(&self, state: &State, actor: &Actor, version: u64) -> String {
        self.payload().sentence(&Teller { state, actor, version })
    }
}

/// Whether an event fits the state it meets, in a commit of that time.
///
/// # Errors
/// How it does not.
pub fn fits(state: &State, event: &AccessEvent, at: Timestamp) -> Result<(), Misfit> {
    let makes_project = matches!(event, AccessEvent::ProjectCreated(_));
    if makes_project != state.project().is_none() {
        return Err(Misfit::Project);
    }
    event.payload().fits(Before { state, at })
}

/// Carries one event into the state. Events about what the state does not know change nothing.
pub fn apply(state: &mut State, event: &AccessEvent) {
    event.payload().apply(state);
}
