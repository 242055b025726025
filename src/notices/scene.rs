use super::message::DropReason;
use crate::approval::Approval;
use crate::events::AccessEvent;
use crate::people::{Actor, Personal};
use crate::requests::AccessRequest;
use crate::state::State;
use crate::values::{GrantId, GroupId, Name, ProjectId, RequestId, SubjectId, Text, Timestamp};
use crate::visibility;

/// What a message is made of: the state of this moment, and the commit that its notice was written with.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The state as it is now.
    pub state: &'a State,
    /// The time now.
    pub now: Timestamp,
    /// The project.
    pub project: &'a ProjectId,
    /// Which commit it was.
    pub version: u64,
    /// Its time.
    pub at: Timestamp,
    /// Whose command it was.
    pub actor: &'a Actor,
    /// What happened.
    pub events: &'a [AccessEvent],
}

impl<'a> Scene<'a> {
    /// The request, where somebody may see it.
    pub(super) fn visible(self, id: &RequestId, to: &SubjectId) -> Result<&'a AccessRequest, DropReason> {
        let viewer = Actor::Subject(to.clone());
        visibility::visible_request(self.state, &viewer, id).map_err(|_| DropReason::NotVisible)
    }

    /// Nothing where somebody administers.
    pub(super) fn check_administers(self, to: &SubjectId) -> Result<(), DropReason> {
        if self.state.directory().is_administrator(to) { Ok(()) } else { Err(DropReason::NotVisible) }
    }

    /// The request and how it is approved, where somebody may see it and this step is still open.
    pub(super) fn open(
        self,
        id: &RequestId,
        step: u32,
        to: &SubjectId,
    ) -> Result<(&'a AccessRequest, Approval<'a>), DropReason> {
        let request = self.visible(id, to)?;
        let policy = self.state.policy_of(request).map_err(|_| DropReason::NotVisible)?;
        let is_open = request.is_pending() && self.now < request.expires_at && request.step == step;
        let approval = Approval::of(self.state.directory(), self.state.delegations(), policy, request);
        if is_open { Ok((request, approval)) } else { Err(DropReason::Over) }
    }

    /// Nothing where somebody's review of a step is still asked for: he may give it, in his own place or another's, and
    /// nobody has since the notice was written.
    pub(super) fn check_asked(self, id: &RequestId, step: u32, to: &SubjectId) -> Result<(), DropReason> {
        let (request, approval) = self.open(id, step, to)?;
        let has_answered = |voice: &SubjectId| {
            let is_since = |reviewer| request.reviewed_in.get(reviewer).is_some_and(|it| *it > self.version);
            let mut standing = request.standing(step);
            standing.any(|review| is_since(&review.reviewer) && approval.involves(review, voice))
        };
        let may_for = |delegator: &SubjectId| {
            !has_answered(delegator) && approval.check_may_review(step, to, Some(delegator)).is_ok()
        };
        let is_asked = !has_answered(to)
            && (approval.check_may_review(step, to, None).is_ok()
                || self.state.delegations().delegators(to).any(may_for));
        if is_asked { Ok(()) } else { Err(DropReason::Over) }
    }

    /// What was written when a request was rejected, cancelled or shortened.
    pub(super) fn said_of_request(self, id: &RequestId) -> Option<Personal<Text>> {
        self.events.iter().find_map(|event| match event {
            AccessEvent::RequestRejected(event) if event.request_id == *id => event.closing.note.clone(),
            AccessEvent::RequestCancelled(event) if event.request_id == *id => event.closing.note.clone(),
            AccessEvent::DurationEdited(event) if event.request_id == *id => Some(event.edit.note.clone()),
            _ => None,
        })
    }

    /// What was written when the glass was broken, or a grant ended.
    pub(super) fn said_of_grant(self, id: &GrantId) -> Option<Personal<Text>> {
        self.events.iter().find_map(|event| match event {
            AccessEvent::GrantCreated(event) if event.grant.id == *id => event.justification.clone(),
            AccessEvent::GrantEnded(event) if event.grant_id == *id => event.end.note.clone(),
            _ => None,
        })
    }

    /// What somebody is called who had the id after that commit; who has it since is somebody else.
    pub(super) fn name(self, id: &SubjectId, version: u64) -> Name {
        self.state.directory().person_since(id, version).name
    }

    /// What a group is called; one that is gone is called by its id.
    pub(super) fn group(self, id: &GroupId) -> Name {
        let directory = self.state.directory();
        let is_same = directory.is_same_since(&id.into(), self.version);
        let group = directory.group(id).filter(|_| is_same);
        group.map_or_else(|| Name::of_engine(id.as_str()), |group| group.name.clone())
    }

    /// What whoever sent the command is called.
    pub(super) fn actor_name(self) -> Option<Name> {
        Some(match self.actor {
            Actor::Subject(id) => self.name(id, self.version),
            Actor::Host => Name::of_engine("the host"),
            Actor::Clock => Name::of_engine("the clock"),
        })
    }
}
