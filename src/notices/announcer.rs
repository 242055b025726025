use std::collections::BTreeSet;

use super::{
    ApprovalNotice, BreakGlassNotice, CancellationNotice, Change, Continuation, DecidedNotice,
    DelegationNotice, DurationNotice, EndingSoonNotice, EscalationNotice, ExpiryNotice, GrantEndNotice,
    Notice, NoticeKind, NoticeRequest, Recipient, RejectionNotice, ReminderNotice, ReviewNotice,
};
use crate::approval::Approval;
use crate::delegations::Delegation;
use crate::events::{AccessEvent, RequestCancelled};
use crate::grants;
use crate::grants::Grant;
use crate::people::{Actor, Directory, KnownSubject, Principal};
use crate::policies::Policy;
use crate::requests::{AccessRequest, GrantOrigin, RequestContent};
use crate::resources::covers;
use crate::state::State;
use crate::values::{
    GrantId, GrantStatus, GroupId, Name, NoticeId, PolicyId, RequestId, RequestStatus, SubjectId, Timestamp,
};

/// Tells people of the events of one commit.
pub(super) struct Announcer<'a> {
    pub(super) before: &'a State,
    /// The directory as these events leave it, where they change it.
    pub(super) after: Option<Directory>,
    pub(super) actor: &'a Actor,
    pub(super) events: &'a [AccessEvent],
    pub(super) now: Timestamp,
    pub(super) notices: Vec<Notice>,
    /// Of which administrators have been told.
    pub(super) groups_told: BTreeSet<GroupId>,
}

impl Announcer<'_> {
    pub(super) fn announce(&mut self, event: &AccessEvent) {
        match event {
            AccessEvent::StepOpened(event) => {
                let kind = NoticeKind::ReviewAsked(ReviewNotice { step: event.step });
                self.about_request(&event.request_id, &event.asked, &kind);
            }
            AccessEvent::StepEscalated(event) => {
                let kind = NoticeKind::Escalation(EscalationNotice { step: event.step });
                self.about_request(&event.request_id, &event.asked, &kind);
            }
            AccessEvent::StepReminded(reminded) => {
                if self.last_asking(&reminded.request_id) == Some(event) {
                    let kind = NoticeKind::Reminder(ReminderNotice { step: reminded.step });
                    let called = self.called_here(&reminded.request_id);
                    let others = reminded.asked.iter().filter(|id| !called.contains(id));
                    self.about_request(&reminded.request_id, others, &kind);
                }
            }
            AccessEvent::DelegationCreated(event) => {
                let Delegation { delegator, delegate, starts_at, ends_at, .. } = event.delegation.clone();
                let kind = NoticeKind::Delegated(DelegationNotice {
                    delegator: self.name(&delegator),
                    starts_at,
                    ends_at,
                });
                self.tell(&delegate, &kind, None, None);
            }
            AccessEvent::DurationEdited(event) => {
                let edit = &event.edit;
                let by = self.name(&edit.editor);
                let kind = NoticeKind::DurationEdited(DurationNotice {
                    by,
                    before: edit.before,
                    note: (*edit.note).clone(),
                });
                self.tell_requester(&event.request_id, &kind);
            }
            AccessEvent::RequestApproved(event) => {
                self.already_decided(&event.request_id, RequestStatus::Approved, event.closing.origin);
            }
            AccessEvent::RequestRejected(event) => {
                let kind = NoticeKind::RequestRejected(RejectionNotice {
                    by: self.actor_name(),
                    comment: event.closing.note.as_deref().cloned(),
                });
                self.tell_requester(&event.request_id, &kind);
                self.already_decided(&event.request_id, RequestStatus::Rejected, None);
            }
            AccessEvent::RequestCancelled(event) => {
                self.cancelled(event);
                self.already_decided(&event.request_id, RequestStatus::Cancelled, None);
            }
            AccessEvent::RequestExpired(event) => {
                self.tell_requester(&event.request_id, &NoticeKind::RequestExpired(ExpiryNotice {}));
                self.already_decided(&event.request_id, RequestStatus::Expired, None);
            }
            AccessEvent::GrantCreated(event) => {
                let grant = &event.grant;
                let (grant_id, ends_at) = (grant.id.clone(), grant.ends_at);
                if let Some(justification) = event.justification.as_deref().cloned() {
                    let told = self.everybody_concerned(grant);
                    let kind = NoticeKind::BreakGlass(BreakGlassNotice {
                        justification,
                        grant_id: grant_id.clone(),
                        ends_at,
                    });
                    self.about_request(&grant.request_id, &told, &kind);
                }
                let kind = NoticeKind::RequestApproved(ApprovalNotice {
                    grant_id,
                    starts_at: grant.starts_at,
                    ends_at,
                });
                self.tell_requester(&grant.request_id, &kind);
            }
            AccessEvent::GrantEndingSoon(event) => {
                if let Some(grant) = self.before.grants().get(&event.grant_id).cloned()
                    && let Some(ends_at) = grant.ends_at
                    && self.end_here(&grant.id).is_none()
                    && !self.is_carried_on(&grant, ends_at)
                {
                    let continues = self.continues(&grant, ends_at);
                    let grant_id = grant.id.clone();
                    let kind = NoticeKind::GrantEndingSoon(EndingSoonNotice { grant_id, ends_at, continues });
                    self.about_request(&grant.request_id, [&grant.holder], &kind);
                }
            }
            AccessEvent::GrantEnded(event) => {
                if let Some(grant) = self.before.grants().get(&event.grant_id).cloned()
                    && !self.is_carried_on(&grant, event.end.at)
                {
                    let (reason, note) = (event.end.reason, event.end.note.as_deref().cloned());
                    let continues = self.continues(&grant, event.end.at);
                    let grant_id = grant.id.clone();
                    let kind = NoticeKind::GrantEnded(GrantEndNotice { grant_id, reason, note, continues });
                    self.about_request(&grant.request_id, [&grant.holder], &kind);
                }
            }
            AccessEvent::PolicyCreated(event) => self.policy_changed(&event.policy.id, Change::Created),
            AccessEvent::PolicyUpdated(event) => self.policy_changed(&event.policy.id, Change::Updated),
            AccessEvent::PolicyDeleted(event) => self.policy_changed(&event.policy_id, Change::Deleted),
            AccessEvent::PermissionCreated(event) => {
                let permission = &event.permission;
                self.permission_changed(&permission.id, &permission.terms.name, Change::Created);
            }
            AccessEvent::PermissionUpdated(event) => {
                let permission = &event.permission;
                self.permission_changed(&permission.id, &permission.terms.name, Change::Updated);
            }
            AccessEvent::PermissionDeleted(event) => {
                self.permission_changed(&event.permission_id, &event.name, Change::Deleted);
            }
            AccessEvent::AdministratorsSet(event) => {
                let told = self.before.directory().administrators().iter().chain(&event.administrators);
                self.administrators_changed(&told.cloned().collect());
            }
            AccessEvent::SubjectRemoved(event) => {
                let told = self.before.directory().administrators().clone();
                if told.contains(&event.subject_id) {
                    self.administrators_changed(&told);
                }
                self.groups_left(&Principal::from(&event.subject_id));
            }
            AccessEvent::GroupUpserted(event) => self.group_changed(&event.group.id),
            AccessEvent::GroupRenamed(event) => self.group_changed(&event.group_id),
            AccessEvent::MembersAdded(event) => self.group_changed(&event.group_id),
            AccessEvent::MembersRemoved(event) => self.group_changed(&event.group_id),
            AccessEvent::SubjectErased(_) => {}
            AccessEvent::GroupRemoved(event) => {
                self.group_changed(&event.group_id);
                self.groups_left(&Principal::from(&event.group_id));
            }
            AccessEvent::ProjectCreated(_)
            | AccessEvent::SubjectUpserted(_)
            | AccessEvent::RequestMade(_)
            | AccessEvent::RequestAmended(_)
            | AccessEvent::RequestReviewed(_)
            | AccessEvent::ReviewVoided(_)
            | AccessEvent::StepCompleted(_)
            | AccessEvent::BreakGlassAcknowledged(_)
            | AccessEvent::DelegationStarted(_)
            | AccessEvent::DelegationEnded(_) => {}
        }
    }

    fn groups_left(&mut self, member: &Principal) {
        let left = self.before.directory().groups_of(member).map(|group| group.id.clone());
        left.collect::<Vec<_>>().iter().for_each(|id| self.group_changed(id));
    }

    /// The requester is told when somebody else cancelled, or a change did.
    fn cancelled(&mut self, event: &RequestCancelled) {
        let is_own = self
            .request(&event.request_id)
            .is_some_and(|request| self.actor.subject() == Some(&request.content.requester));
        if let Some(reason) = event.reason().filter(|_| !is_own) {
            let kind = NoticeKind::RequestCancelled(CancellationNotice {
                reason,
                note: event.closing.note.as_deref().cloned(),
            });
            self.tell_requester(&event.request_id, &kind);
        }
    }

    /// Those who were asked and have not answered. Of a break-glass they hear in another notice.
    fn already_decided(&mut self, id: &RequestId, outcome: RequestStatus, origin: Option<GrantOrigin>) {
        if origin == Some(GrantOrigin::BreakGlass) {
            return;
        }
        let Some(request) = self.request(id) else { return };
        let directory = self.before.directory();
        let answered = |person: &SubjectId| {
            let mut standing = request.standing(request.step);
            let is_of = |id: &SubjectId| directory.is_same_person(id, person);
            standing.any(|review| is_of(&review.reviewer) || is_of(review.voice()))
                || self.actor.subject() == Some(person)
        };
        let waiting: Vec<_> = request.asked.iter().filter(|person| !answered(person)).cloned().collect();
        self.about_request(id, &waiting, &NoticeKind::AlreadyDecided(DecidedNotice { outcome }));
    }

    /// All approvers of all steps of what a grant is under, whoever was asked to review its request, and all
    /// administrators, except the holder.
    fn everybody_concerned(&self, grant: &Grant) -> BTreeSet<SubjectId> {
        let mut told: BTreeSet<_> = self.before.directory().administrators().clone();
        if let Some(request) = self.request(&grant.request_id)
            && let Some(policy) = self.before.policies().version(&grant.policy_id, grant.policy_version)
        {
            let approval =
                Approval::under(self.before.directory(), self.before.delegations(), policy, &request);
            told.extend(approval.approvers().into_iter().cloned());
            told.extend(request.asked.iter().cloned());
        }
        told.remove(&grant.holder);
        told
    }

    /// The last event here that asks for reviews of a request, or says that it is too late. However late a tick comes,
    /// nobody is reminded of a request twice by it, nor of a step that has closed since.
    fn last_asking(&self, id: &RequestId) -> Option<&AccessEvent> {
        self.events.iter().rev().find(|event| match event {
            AccessEvent::StepReminded(event) => event.request_id == *id,
            AccessEvent::StepOpened(event) => event.request_id == *id,
            AccessEvent::RequestExpired(event) => event.request_id == *id,
            _ => false,
        })
    }

    /// Who was called by escalation in this commit, and needs no reminder beside that.
    fn called_here(&self, id: &RequestId) -> Vec<SubjectId> {
        let called = self.events.iter().filter_map(|event| match event {
            AccessEvent::StepEscalated(event) if event.request_id == *id => Some(&event.asked),
            _ => None,
        });
        called.flatten().cloned().collect()
    }

    /// When these events end a grant.
    fn end_here(&self, id: &GrantId) -> Option<Timestamp> {
        self.events.iter().find_map(|event| match event {
            AccessEvent::GrantEnded(event) if event.grant_id == *id => Some(event.end.at),
            _ => None,
        })
    }

    /// The other grants of its holder that are open at this instant, or begin then or later.
    fn others_of<'g>(&'g self, grant: &'g Grant, at: Timestamp) -> impl Iterator<Item = &'g Grant> {
        let made = self.events.iter().filter_map(|event| match event {
            AccessEvent::GrantCreated(event) if event.grant.holder == grant.holder => Some(&event.grant),
            _ => None,
        });
        let open = self.before.grants().open_of(&grant.holder).chain(made);
        open.filter(move |other| other.id != grant.id && self.end_here(&other.id).is_none_or(|end| end > at))
    }

    /// Whether a renewal carries a grant on from its end without a gap.
    fn is_carried_on(&self, grant: &Grant, end: Timestamp) -> bool {
        let mut others = self.others_of(grant, end);
        others.any(|other| other.renews.as_ref() == Some(&grant.id) && other.starts_at <= end)
    }

    /// Until when another grant opens all that a grant opened, from its end on.
    fn continues(&self, grant: &Grant, end: Timestamp) -> Option<Continuation> {
        let goes_on = |other: &&Grant| {
            grants::status(other, end) == GrantStatus::Live
                && self.end_here(&other.id).is_none()
                && covers(&other.target, &grant.target)
                && grant.actions.as_slice().iter().all(|action| other.actions.contains(action))
                && other.exclusions.iter().all(|excluded| grant.exclusions.contains(excluded))
        };
        let last = self
            .others_of(grant, end)
            .filter(goes_on)
            .max_by_key(|other| (other.ends_at.is_none(), other.ends_at));
        last.map(|other| Continuation { until: other.ends_at })
    }

    fn tell_requester(&mut self, id: &RequestId, kind: &NoticeKind) {
        if let Some(request) = self.request(id) {
            self.about_request(id, [&request.content.requester], kind);
        }
    }

    pub(super) fn about_request<'s>(
        &mut self,
        id: &RequestId,
        told: impl IntoIterator<Item = &'s SubjectId>,
        kind: &NoticeKind,
    ) {
        let request = self.request(id).and_then(|request| self.facts(&request));
        told.into_iter().for_each(|person| self.tell(person, kind, request.as_ref(), None));
    }

    pub(super) fn tell_administrators(&mut self, kind: &NoticeKind, topic: Option<&Name>) {
        let told = self.before.directory().administrators().clone();
        told.iter().for_each(|person| self.tell(person, kind, None, topic));
    }

    pub(super) fn tell(
        &mut self,
        id: &SubjectId,
        kind: &NoticeKind,
        request: Option<&NoticeRequest>,
        topic: Option<&Name>,
    ) {
        // Whoever takes over an id in this commit is told of nothing but an office of his own.
        if self.is_removed(id) && !matches!(kind, NoticeKind::ReviewAsked(_)) {
            return;
        }
        let Some(subject) = self.subject(id).filter(|subject| !subject.disabled) else { return };
        let Some(email) = subject.email.clone() else { return };
        let recipient = Recipient { id: id.clone(), name: (*subject.name).clone(), email: (*email).clone() };
        let version = self.before.version().saturating_add(1);
        self.notices.push(Notice {
            id: NoticeId::of_engine(format!("ntc_{version}_{}", self.notices.len())),
            at: self.now,
            recipient,
            kind: kind.clone(),
            request: request.cloned(),
            topic: topic.cloned(),
        });
    }

    fn facts(&self, request: &AccessRequest) -> Option<NoticeRequest> {
        let content = &request.content;
        let policy = self.policy_of(request)?;
        Some(NoticeRequest {
            id: request.id.clone(),
            requester: self.name(&content.requester),
            target: content.target.clone(),
            actions: content.actions.clone(),
            duration: request.duration,
            justification: content.justification.as_deref().cloned(),
            policy: policy.terms.name.clone(),
        })
    }

    /// The version of a policy that decides a request, be it one that these events make.
    pub(super) fn policy_of(&self, request: &AccessRequest) -> Option<&Policy> {
        let RequestContent { policy_id, policy_version, .. } = &request.content;
        let made = self.policy(policy_id).filter(|policy| policy.version == *policy_version);
        made.or_else(|| self.before.policies().version(policy_id, *policy_version))
    }

    /// The request as these events leave it, its grant aside.
    pub(super) fn request(&self, id: &RequestId) -> Option<AccessRequest> {
        let made = self.events.iter().find_map(|event| match event {
            AccessEvent::RequestMade(event) if event.request_id == *id => Some(event.request()),
            _ => None,
        });
        let mut request = made.or_else(|| self.before.requests().get(id).cloned())?;
        self.events.iter().for_each(|event| event.change(&mut request));
        Some(request)
    }

    pub(super) fn policy(&self, id: &PolicyId) -> Option<&Policy> {
        let saved = self.events.iter().find_map(|event| match event {
            AccessEvent::PolicyCreated(event) if event.policy.id == *id => Some(&event.policy),
            AccessEvent::PolicyUpdated(event) if event.policy.id == *id => Some(&event.policy),
            _ => None,
        });
        saved.or_else(|| self.before.policies().live(id))
    }

    /// Whether these events remove the subject, whoever has its id since.
    pub(super) fn is_removed(&self, id: &SubjectId) -> bool {
        let mut events = self.events.iter();
        events.any(|event| matches!(event, AccessEvent::SubjectRemoved(event) if event.subject_id == *id))
    }

    /// The subject as these events leave it.
    pub(super) fn subject(&self, id: &SubjectId) -> Option<KnownSubject> {
        let mut subject = self.before.directory().subject(id).cloned();
        for event in self.events {
            match event {
                AccessEvent::SubjectUpserted(event) if event.subject.id == *id => {
                    subject = Some(event.subject.clone())
                }
                AccessEvent::SubjectRemoved(event) if event.subject_id == *id => subject = None,
                _ => {}
            }
        }
        subject
    }

    fn name(&self, id: &SubjectId) -> Name {
        self.subject(id)
            .map_or_else(|| self.before.directory().person(id).name, |subject| (*subject.name).clone())
    }

    pub(super) fn actor_name(&self) -> Name {
        match self.actor {
            Actor::Subject(id) => self.name(id),
            Actor::Host => Name::of_engine("the host"),
            Actor::Clock => Name::of_engine("the clock"),
        }
    }
}
