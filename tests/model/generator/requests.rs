//! The arms of requests, reviews and grants.

use access_engine::commands::{
    AcknowledgeBreakGlass, AmendRequest, BreakGlass, BreakGlassFor, CancelBundle, CancelRequest, Command,
    EditDuration, ReleaseGrant, RequestBundle, RequestDraft, ReviewRequest, RevokeGrant, WithdrawReview,
};
use access_engine::people::{Actor, Principal};
use access_engine::requests::{AccessRequest, Verdict};
use access_engine::values::{
    AccessDuration, AtMost, BundleId, GrantId, RequestId, RequestStatus, Seconds, SubjectId,
};

use super::Generator;
use super::inputs::{self, SUBJECTS, subject_id, text};
use crate::model::approval::{can_approve, can_stand_in, names_anywhere};
use crate::model::delegations::is_live;
use crate::model::people::members;
use crate::model::policies::governing;
use crate::model::state::State;

impl Generator {
    pub(super) fn ask(&mut self, state: &State) -> (Actor, Command) {
        let draft = inputs::draft(&mut self.chance, state, self.now);
        // Now and then the same again.
        let mine: Vec<AccessRequest> = state.requests.iter().map(|asked| asked.request.clone()).collect();
        if let Some(request) = self.chance.any(&mine).filter(|_| self.chance.percent(8)) {
            let content = request.content;
            let draft = RequestDraft {
                target: content.target,
                actions: content.actions,
                starts_at: content.starts_at,
                ..draft
            };
            return (Actor::Subject(content.requester), Command::RequestAccess(draft));
        }
        (Actor::Subject(self.anybody(state)), Command::RequestAccess(draft))
    }

    pub(super) fn bundle(&mut self, state: &State) -> (Actor, Command) {
        let count = 1 + self.chance.below(3);
        let items: Vec<_> = (0..count).map(|_| inputs::draft(&mut self.chance, state, self.now)).collect();
        let items = AtMost::try_from(items).expect("few");
        (Actor::Subject(self.anybody(state)), Command::RequestBundle(RequestBundle { items }))
    }

    /// Asks for the access of a grant again, mostly for all or a part of it.
    pub(super) fn renew(&mut self, state: &State) -> (Actor, Command) {
        let (id, holder) = self.grant(state);
        let mut draft = inputs::draft(&mut self.chance, state, self.now);
        draft.starts_at = None;
        if let Some(grant) = state.grant(&id).filter(|_| self.chance.percent(85)) {
            draft.target = grant.target.clone();
            draft.actions = grant.actions.clone();
            let start = grant.ends_at.filter(|_| self.chance.percent(80)).unwrap_or(self.now);
            (draft.duration, draft.until) = inputs::length(&mut self.chance, start.max(self.now));
        }
        draft.renews = Some(id);
        let holder = holder.filter(|_| self.chance.percent(92));
        let actor = Actor::Subject(holder.unwrap_or_else(|| self.anybody(state)));
        let (request_id, request) = self.request(state);
        let is_own = request.is_some_and(|request| Some(&request.content.requester) == actor.subject());
        if is_own && self.chance.percent(30) {
            return (actor, Command::AmendRequest(AmendRequest { request_id, draft }));
        }
        (actor, Command::RequestAccess(draft))
    }

    pub(super) fn burst_of_requests(&mut self, state: &State) -> (Actor, Command) {
        let draft = inputs::draft(&mut self.chance, state, self.now);
        let starts_at = Some(self.now.plus(Seconds::new(7200 + self.sent as u64)));
        let draft = RequestDraft { starts_at, ..draft };
        let who = subject_id("cyd");
        let own: Vec<RequestId> = state
            .pending()
            .filter(|request| request.content.requester == who)
            .map(|request| request.id.clone())
            .collect();
        if self.sent < 90 || own.is_empty() {
            (Actor::Subject(who), Command::RequestAccess(draft))
        } else {
            let request_id = self.chance.any(&own).expect("there is one");
            (Actor::Subject(who), Command::AmendRequest(AmendRequest { request_id, draft }))
        }
    }

    /// Somebody who may breaks the glass, and gives the access back, again and again.
    pub(super) fn burst_of_break_glass(&mut self, state: &State) -> (Actor, Command) {
        let live = state.grants.iter().map(|given| &given.grant).find(|grant| grant.end.is_none());
        if let Some(grant) = live {
            let release = ReleaseGrant { grant_id: grant.id.clone() };
            return (Actor::Subject(grant.holder.clone()), Command::ReleaseGrant(release));
        }
        let draft = RequestDraft {
            starts_at: None,
            renews: None,
            ..inputs::draft(&mut self.chance, state, self.now)
        };
        let actor = bypassers(state, &draft).into_iter().next().unwrap_or_else(|| subject_id("cyd"));
        let justification = text("Payments are down.");
        let subject_matter = BreakGlassFor::Draft(draft);
        (Actor::Subject(actor), Command::BreakGlass(BreakGlass { subject_matter, justification }))
    }

    pub(super) fn pending(&mut self, state: &State) -> Option<AccessRequest> {
        let pending: Vec<&AccessRequest> = state.pending().collect();
        self.chance.any(&pending).cloned()
    }

    /// A request, mostly a pending one; of none the id of one that is not there.
    pub(super) fn request(&mut self, state: &State) -> (RequestId, Option<AccessRequest>) {
        let ghost = RequestId::try_from("req_9999_0").expect("an id");
        if self.chance.percent(2) {
            return (ghost, None);
        }
        let all: Vec<&AccessRequest> = state.requests.iter().map(|asked| &asked.request).collect();
        let request = if self.chance.percent(94) { self.pending(state) } else { None };
        let request = request.or_else(|| self.chance.any(&all).cloned());
        (request.as_ref().map_or(ghost, |request| request.id.clone()), request)
    }

    /// Somebody who can approve it now, mostly.
    pub(super) fn approver(&mut self, state: &State, request: Option<&AccessRequest>) -> Actor {
        let able = request.filter(|r| r.status == RequestStatus::Pending).map(|r| can_approve(state, r));
        let sensible = self.chance.percent(86);
        let able = able.and_then(|able| self.chance.any(&able)).filter(|_| sensible);
        Actor::Subject(able.unwrap_or_else(|| self.anybody(state)))
    }

    pub(super) fn hash(&mut self, request: Option<&AccessRequest>) -> Option<String> {
        match self.chance.weighted(&[95, 3, 2]) {
            0 => request.map(|request| request.content_hash.clone()),
            1 => Some("0".repeat(64)),
            _ => None,
        }
    }

    /// Somebody who can approve it now, often in the place of another where there are delegations.
    fn reviewer(&mut self, state: &State, request: Option<&AccessRequest>) -> (Actor, Option<SubjectId>) {
        let live: Vec<(SubjectId, SubjectId)> = state
            .delegations
            .iter()
            .filter(|delegation| is_live(delegation, self.now) || self.chance.percent(3))
            .map(|delegation| (delegation.delegate.clone(), delegation.delegator.clone()))
            .collect();
        if !self.chance.percent(if live.is_empty() { 1 } else { 45 }) {
            return (self.approver(state, request), None);
        }
        let waiting = request.filter(|request| request.status == RequestStatus::Pending);
        let able = waiting.map_or(Vec::new(), |request| can_stand_in(state, request, self.now));
        let able = self.chance.any(&able).filter(|_| self.chance.percent(85));
        match able.or_else(|| self.chance.any(&live).filter(|_| self.chance.percent(90))) {
            Some((delegate, delegator)) => (Actor::Subject(delegate), Some(delegator)),
            None => (Actor::Subject(self.anybody(state)), Some(self.anybody(state))),
        }
    }

    pub(super) fn review(&mut self, state: &State) -> (Actor, Command) {
        let (request_id, request) = self.request(state);
        let (actor, on_behalf_of) = self.reviewer(state, request.as_ref());
        let verdict = if self.chance.percent(83) { Verdict::Approve } else { Verdict::Reject };
        let comment = self.chance.percent(20).then(|| text("Seen."));
        let content_hash = self.hash(request.as_ref());
        (
            actor,
            Command::ReviewRequest(ReviewRequest {
                request_id,
                verdict,
                content_hash,
                comment,
                on_behalf_of: on_behalf_of.as_ref().map(Into::into),
            }),
        )
    }

    pub(super) fn edit_duration(&mut self, state: &State) -> (Actor, Command) {
        let (request_id, request) = self.request(state);
        let (actor, on_behalf_of) = self.reviewer(state, request.as_ref());
        let most = match request.as_ref().map(|request| request.duration) {
            Some(AccessDuration::Temporary(length)) => length.get(),
            _ => 86_400,
        };
        let shorter = [60, most / 2, most - 1, most, most + 60];
        let duration = Seconds::new((self.chance.pick(&shorter)).max(60));
        let note = text(if self.chance.percent(94) { "Enough." } else { " " });
        let content_hash = self.hash(request.as_ref());
        (
            actor,
            Command::EditDuration(EditDuration {
                request_id,
                duration,
                note,
                content_hash,
                on_behalf_of: on_behalf_of.as_ref().map(Into::into),
            }),
        )
    }

    pub(super) fn withdraw(&mut self, state: &State) -> (Actor, Command) {
        let (request_id, request) = self.request(state);
        let authors: Vec<SubjectId> = request
            .iter()
            .flat_map(|request| request.reviews.iter().filter(|record| record.review.step == request.step))
            .map(|record| record.review.reviewer.clone())
            .collect();
        let author = self.chance.any(&authors).filter(|_| self.chance.percent(85));
        let actor = author.unwrap_or_else(|| self.anybody(state));
        (Actor::Subject(actor), Command::WithdrawReview(WithdrawReview { request_id }))
    }

    pub(super) fn requester(
        &mut self,
        state: &State,
        request: Option<&AccessRequest>,
        percent: usize,
    ) -> Actor {
        let requester = request.map(|request| request.content.requester.clone());
        let requester = requester.filter(|_| self.chance.percent(percent));
        Actor::Subject(requester.unwrap_or_else(|| self.anybody(state)))
    }

    pub(super) fn cancel(&mut self, state: &State) -> (Actor, Command) {
        let (request_id, request) = self.request(state);
        let is_administrator = self.chance.percent(30);
        let actor = if is_administrator {
            self.administrator(state)
        } else {
            self.requester(state, request.as_ref(), 85)
        };
        let reason = match self.chance.weighted(&[60, 25, 15]) {
            0 => Some(text("Not needed.")),
            1 => None,
            _ => Some(text("\u{200b}")),
        };
        (actor, Command::CancelRequest(CancelRequest { request_id, reason }))
    }

    pub(super) fn amend(&mut self, state: &State) -> (Actor, Command) {
        let (request_id, request) = self.request(state);
        let mut draft = inputs::draft(&mut self.chance, state, self.now);
        if let Some(request) = request.as_ref().filter(|_| self.chance.percent(50)) {
            draft.target = request.content.target.clone();
            draft.actions = request.content.actions.clone();
            if self.chance.percent(50) {
                draft = self.the_same(request);
            }
        }
        let actor = self.requester(state, request.as_ref(), 92);
        (actor, Command::AmendRequest(AmendRequest { request_id, draft }))
    }

    /// What a request says, mostly as it was asked.
    fn the_same(&mut self, request: &AccessRequest) -> RequestDraft {
        let content = request.content.clone();
        let is_by_end = content.until.is_some() && self.chance.percent(60);
        RequestDraft {
            target: content.target,
            actions: content.actions,
            duration: Some(content.duration).filter(|_| !is_by_end),
            until: content.until,
            starts_at: content.starts_at,
            justification: content.justification.as_deref().cloned().filter(|_| self.chance.percent(90)),
            ticket_url: content.ticket_url.as_deref().cloned(),
            renews: content.renews,
        }
    }

    pub(super) fn cancel_bundle(&mut self, state: &State) -> (Actor, Command) {
        let bundled: Vec<&AccessRequest> =
            state.requests.iter().map(|asked| &asked.request).filter(|r| r.bundle_id.is_some()).collect();
        let pending: Vec<&AccessRequest> =
            bundled.iter().filter(|r| r.status == RequestStatus::Pending).copied().collect();
        let some = if self.chance.percent(85) { pending } else { bundled };
        let request = self.chance.any(&some).filter(|_| self.chance.percent(95)).cloned();
        let ghost = BundleId::try_from("bdl_9999_0").expect("an id");
        let bundle_id = request.as_ref().and_then(|request| request.bundle_id.clone()).unwrap_or(ghost);
        let actor = match self.chance.weighted(&[60, 25, 15]) {
            0 => self.requester(state, request.as_ref(), 95),
            1 => self.administrator(state),
            _ => self.approver(state, request.as_ref()),
        };
        let reason = self.chance.percent(70).then(|| text("Not needed."));
        (actor, Command::CancelBundle(CancelBundle { bundle_id, reason }))
    }

    pub(super) fn break_glass(&mut self, state: &State) -> (Actor, Command) {
        let justification =
            text(if self.chance.percent(94) { "Payments are down." } else { "1 2 3 4 5 6 7 8 9" });
        let (request_id, request) = self.request(state);
        let (actor, subject_matter) = match request.filter(|_| self.chance.percent(45)) {
            Some(request) => {
                let actor = self.requester(state, Some(&request), 90);
                let content = request.content;
                let draft = RequestDraft {
                    target: content.target,
                    actions: content.actions,
                    starts_at: None,
                    renews: None,
                    ..inputs::draft(&mut self.chance, state, self.now)
                };
                let is_draft = self.chance.percent(30);
                (
                    actor,
                    if is_draft { BreakGlassFor::Draft(draft) } else { BreakGlassFor::RequestId(request_id) },
                )
            }
            None => {
                let draft = inputs::draft(&mut self.chance, state, self.now);
                let draft = RequestDraft { starts_at: None, renews: None, ..draft };
                let able = bypassers(state, &draft);
                let bypasser = self.chance.any(&able).filter(|_| self.chance.percent(75));
                let actor = bypasser.unwrap_or_else(|| self.anybody(state));
                (Actor::Subject(actor), BreakGlassFor::Draft(draft))
            }
        };
        (actor, Command::BreakGlass(BreakGlass { subject_matter, justification }))
    }

    pub(super) fn acknowledge(&mut self, state: &State) -> (Actor, Command) {
        let broken: Vec<RequestId> = state
            .requests
            .iter()
            .filter(|asked| asked.request.break_glass.is_some())
            .map(|asked| asked.request.id.clone())
            .collect();
        let broken = self.chance.any(&broken).filter(|_| self.chance.percent(92));
        let request_id = broken.unwrap_or_else(|| self.request(state).0);
        let comment = self.chance.percent(20).then(|| text("Fine."));
        let request = state.request(&request_id);
        let named: Vec<SubjectId> = SUBJECTS
            .iter()
            .map(|id| subject_id(id))
            .filter(|id| request.is_some_and(|request| names_anywhere(state, request, id)))
            .collect();
        let named = self.chance.any(&named).filter(|_| self.chance.percent(60));
        let actor = Actor::Subject(named.unwrap_or_else(|| self.anybody(state)));
        (actor, Command::AcknowledgeBreakGlass(AcknowledgeBreakGlass { request_id, comment }))
    }

    pub(super) fn grant(&mut self, state: &State) -> (GrantId, Option<SubjectId>) {
        let ended = self.chance.percent(8);
        let grants: Vec<(GrantId, Option<SubjectId>)> = state
            .grants
            .iter()
            .filter(|given| given.grant.end.is_none() || ended)
            .map(|given| (given.grant.id.clone(), Some(given.grant.holder.clone())))
            .collect();
        let ghost = GrantId::try_from("grt_9999_0").expect("an id");
        self.chance.any(&grants).unwrap_or((ghost, None))
    }

    pub(super) fn revoke(&mut self, state: &State) -> (Actor, Command) {
        let (grant_id, _) = self.grant(state);
        let is_administrator = self.chance.percent(50);
        let actor =
            if is_administrator { self.administrator(state) } else { Actor::Subject(self.anybody(state)) };
        let reason = text(if self.chance.percent(93) { "An incident." } else { " " });
        (actor, Command::RevokeGrant(RevokeGrant { grant_id, reason }))
    }

    pub(super) fn release(&mut self, state: &State) -> (Actor, Command) {
        let (grant_id, holder) = self.grant(state);
        let holder = holder.filter(|_| self.chance.percent(85));
        let actor = holder.unwrap_or_else(|| self.anybody(state));
        (Actor::Subject(actor), Command::ReleaseGrant(ReleaseGrant { grant_id }))
    }
}

/// Who may break the glass for a draft.
fn bypassers(state: &State, draft: &RequestDraft) -> Vec<SubjectId> {
    let Ok(governing) = governing(state, &draft.target, &draft.actions) else { return Vec::new() };
    let terms = &state.terms(&governing.policy_id, governing.version).terms;
    let listed = terms.break_glass.iter().flat_map(|glass| glass.bypassers.iter());
    let people = listed.flat_map(|bypasser| match bypasser {
        Principal::Subject(id) => vec![id.clone()],
        Principal::Group(id) => members(&state.people, id),
    });
    people.filter(|id| state.people.is_active(id)).collect()
}
