use std::collections::{BTreeMap, BTreeSet};

use super::happened::Happened;
use super::supervision::directory_after;
use super::{
    ApprovalNotice, BreakGlassNotice, CancellationNotice, Change, DecidedNotice, DelegationNotice,
    DurationNotice, EndingSoonNotice, ErasureNotice, EscalationNotice, ExpiryNotice, GrantEndNotice, Notice,
    NoticeKind, RejectionNotice, ReminderNotice, ReviewNotice,
};
use crate::approval::Approval;
use crate::events::{AccessEvent, RequestCancelled};
use crate::grants::Grant;
use crate::people::{Actor, Directory, Principal};
use crate::requests::GrantOrigin;
use crate::state::State;
use crate::values::{GroupId, NoticeId, RequestId, RequestStatus, SubjectId};

/// Tells people of the events of one commit.
pub(super) struct Announcer<'a> {
    pub(super) before: &'a State,
    /// The directory as these events leave it, where they change it.
    pub(super) after: Option<Directory>,
    pub(super) actor: &'a Actor,
    pub(super) events: &'a [AccessEvent],
    pub(super) happened: Happened<'a>,
    /// The open grants that these events do not end, of each holder of whom one ends.
    pub(super) staying: BTreeMap<&'a SubjectId, Vec<&'a Grant>>,
    pub(super) notices: Vec<Notice>,
    /// Of which administrators have been told.
    pub(super) groups_told: BTreeSet<GroupId>,
    administrators_told: bool,
    /// Whether these events leave those active whom they change.
    active: BTreeMap<&'a SubjectId, bool>,
    /// Whom these events remove, whoever has the id afterwards.
    removed: BTreeSet<&'a SubjectId>,
}

impl<'a> Announcer<'a> {
    pub(super) fn new(before: &'a State, actor: &'a Actor, events: &'a [AccessEvent]) -> Self {
        let mut announcer = Self {
            before,
            after: directory_after(before, events),
            actor,
            events,
            happened: Happened::of(events),
            staying: BTreeMap::default(),
            notices: Vec::new(),
            groups_told: BTreeSet::default(),
            administrators_told: false,
            active: BTreeMap::default(),
            removed: BTreeSet::default(),
        };
        for event in events {
            match event {
                AccessEvent::SubjectUpserted(event) => {
                    announcer.active.insert(&event.subject.id, !event.subject.disabled);
                }
                AccessEvent::SubjectRemoved(event) => {
                    announcer.active.insert(&event.subject_id, false);
                    announcer.removed.insert(&event.subject_id);
                }
                _ => {}
            }
        }
        announcer
    }

    pub(super) fn announce(&mut self, event: &AccessEvent) {
        match event {
            AccessEvent::StepOpened(opened) => {
                if self.last_opening(&opened.request_id) == Some(event) {
                    let (request_id, step) = (opened.request_id.clone(), opened.step);
                    let kind = NoticeKind::ReviewAsked(ReviewNotice { request_id, step });
                    self.tell(kind, &opened.asked);
                }
            }
            AccessEvent::StepEscalated(event) => {
                let (request_id, step) = (event.request_id.clone(), event.step);
                let kind = NoticeKind::Escalation(EscalationNotice { request_id, step });
                self.tell(kind, &event.asked);
            }
            AccessEvent::StepReminded(reminded) => {
                if self.last_asking(&reminded.request_id) == Some(event) {
                    let (request_id, step) = (reminded.request_id.clone(), reminded.step);
                    let called = self.called_here(&request_id);
                    let kind = NoticeKind::Reminder(ReminderNotice { request_id, step });
                    self.tell(kind, reminded.asked.iter().filter(|id| !called.contains(id)));
                }
            }
            AccessEvent::DelegationCreated(event) => {
                let delegation = &event.delegation;
                let kind = NoticeKind::Delegated(DelegationNotice {
                    delegation_id: delegation.id.clone(),
                    starts_at: delegation.starts_at,
                    ends_at: delegation.ends_at,
                });
                self.tell(kind, [&delegation.delegate]);
            }
            AccessEvent::DurationEdited(event) => {
                let (request_id, before) = (event.request_id.clone(), event.edit.before);
                let kind = NoticeKind::DurationEdited(DurationNotice { request_id, before });
                self.tell_requester(&event.request_id, kind);
            }
            AccessEvent::RequestApproved(event) => {
                self.already_decided(&event.request_id, RequestStatus::Approved, event.closing.origin);
            }
            AccessEvent::RequestRejected(event) => {
                let request_id = event.request_id.clone();
                let kind = NoticeKind::RequestRejected(RejectionNotice { request_id });
                self.tell_requester(&event.request_id, kind);
                self.already_decided(&event.request_id, RequestStatus::Rejected, None);
            }
            AccessEvent::RequestCancelled(event) => {
                self.cancelled(event);
                self.already_decided(&event.request_id, RequestStatus::Cancelled, None);
            }
            AccessEvent::RequestExpired(event) => {
                let request_id = event.request_id.clone();
                let kind = NoticeKind::RequestExpired(ExpiryNotice { request_id });
                self.tell_requester(&event.request_id, kind);
                self.already_decided(&event.request_id, RequestStatus::Expired, None);
            }
            AccessEvent::GrantCreated(event) => {
                let grant = &event.grant;
                let (request_id, grant_id) = (grant.request_id.clone(), grant.id.clone());
                let (starts_at, ends_at) = (grant.starts_at, grant.ends_at);
                if event.justification.is_some() {
                    let (request_id, grant_id) = (request_id.clone(), grant_id.clone());
                    let kind = NoticeKind::BreakGlass(BreakGlassNotice { request_id, grant_id, ends_at });
                    self.tell(kind, &self.everybody_concerned(grant));
                }
                let kind = ApprovalNotice { request_id, grant_id, starts_at, ends_at };
                self.tell_requester(&grant.request_id, NoticeKind::RequestApproved(kind));
            }
            AccessEvent::GrantEndingSoon(event) => {
                if let Some(grant) = self.before.grants().get(&event.grant_id)
                    && let Some(ends_at) = grant.ends_at
                    && self.happened.end(&grant.id).is_none()
                    && !self.is_carried_on(grant, ends_at)
                {
                    let (request_id, grant_id) = (grant.request_id.clone(), grant.id.clone());
                    let continues = self.continues(grant, ends_at);
                    let kind = EndingSoonNotice { request_id, grant_id, ends_at, continues };
                    self.tell(NoticeKind::GrantEndingSoon(kind), [&grant.holder]);
                }
            }
            AccessEvent::GrantEnded(event) => {
                let end = &event.end;
                if let Some(grant) = self.before.grants().get(&event.grant_id)
                    && !self.is_carried_on(grant, end.at)
                {
                    let (request_id, grant_id) = (grant.request_id.clone(), grant.id.clone());
                    let continues = self.continues(grant, end.at);
                    let kind = GrantEndNotice { request_id, grant_id, reason: end.reason, continues };
                    self.tell(NoticeKind::GrantEnded(kind), [&grant.holder]);
                }
            }
            AccessEvent::PolicyCreated(event) => self.policy_changed(&event.policy.id, Change::Created),
            AccessEvent::PolicyUpdated(event) => self.policy_changed(&event.policy.id, Change::Updated),
            AccessEvent::PolicyDeleted(event) => self.policy_changed(&event.policy_id, Change::Deleted),
            AccessEvent::PermissionCreated(event) => {
                self.permission_changed(&event.permission.id, Change::Created);
            }
            AccessEvent::PermissionUpdated(event) => {
                self.permission_changed(&event.permission.id, Change::Updated);
            }
            AccessEvent::PermissionDeleted(event) => {
                self.permission_changed(&event.permission_id, Change::Deleted);
            }
            AccessEvent::AdministratorsSet(event) => {
                let before = self.before;
                let told = before.directory().administrators().iter().chain(&event.administrators);
                self.administrators_changed(told);
            }
            AccessEvent::SubjectRemoved(event) => {
                let before = self.before.directory().administrators();
                if before.contains(&event.subject_id) && !self.administrators_told {
                    self.administrators_told = true;
                    self.administrators_changed(before);
                }
                self.groups_left(&Principal::from(&event.subject_id));
            }
            AccessEvent::GroupUpserted(event) => self.group_changed(&event.group.id),
            AccessEvent::GroupRenamed(event) => self.group_changed(&event.group_id),
            AccessEvent::MembersAdded(event) => self.group_changed(&event.group_id),
            AccessEvent::MembersRemoved(event) => self.group_changed(&event.group_id),
            AccessEvent::SubjectErased(event) => {
                let kind = ErasureNotice { subject_id: event.subject_id.clone() };
                self.tell_administrators(NoticeKind::SubjectErased(kind));
            }
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
            | AccessEvent::DelegationEnded(_)
            | AccessEvent::RequestsArchived(_) => {}
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
            let request_id = event.request_id.clone();
            let kind = NoticeKind::RequestCancelled(CancellationNotice { request_id, reason });
            self.tell_requester(&event.request_id, kind);
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
        let kind = NoticeKind::AlreadyDecided(DecidedNotice { request_id: id.clone(), outcome });
        self.tell(kind, request.asked.iter().filter(|person| !answered(person)));
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

    /// The last event here that opens a step of a request: of those before nothing is asked any more.
    fn last_opening(&self, id: &RequestId) -> Option<&AccessEvent> {
        self.happened.to_request(id).rev().find(|event| matches!(event, AccessEvent::StepOpened(_)))
    }

    /// The last event here that asks for reviews of a request, or says that it is too late. However late a tick comes,
    /// nobody is reminded of a request twice by it, nor of a step that has closed since.
    fn last_asking(&self, id: &RequestId) -> Option<&AccessEvent> {
        let asks = |event: &&AccessEvent| {
            matches!(
                event,
                AccessEvent::StepReminded(_) | AccessEvent::StepOpened(_) | AccessEvent::RequestExpired(_)
            )
        };
        self.happened.to_request(id).rev().find(asks)
    }

    /// Who was called by escalation in this commit, and needs no reminder beside that.
    fn called_here(&self, id: &RequestId) -> Vec<SubjectId> {
        let called = self.happened.to_request(id).filter_map(|event| match event {
            AccessEvent::StepEscalated(event) => Some(&event.asked),
            _ => None,
        });
        called.flatten().cloned().collect()
    }

    fn tell_requester(&mut self, id: &RequestId, kind: NoticeKind) {
        if let Some(request) = self.request(id) {
            self.tell(kind, [&request.content.requester]);
        }
    }

    pub(super) fn tell_administrators(&mut self, kind: NoticeKind) {
        self.tell(kind, self.before.directory().administrators());
    }

    pub(super) fn tell<'s>(&mut self, kind: NoticeKind, told: impl IntoIterator<Item = &'s SubjectId>) {
        // Whoever takes over an id in this commit is told of nothing but an office of his own.
        let is_of_newcomers = matches!(kind, NoticeKind::ReviewAsked(_));
        let is_told = |id: &&SubjectId| {
            let is_active = self.active.get(id).copied();
            is_active.unwrap_or_else(|| self.before.directory().is_active(id))
                && (is_of_newcomers || !self.removed.contains(id))
        };
        let to: BTreeSet<_> = told.into_iter().filter(is_told).cloned().collect();
        if !to.is_empty() {
            let version = self.before.next_version();
            let id = NoticeId::of_engine(&format!("ntc_{version}_{}", self.notices.len()));
            self.notices.push(Notice { id, kind, to });
        }
    }
}
