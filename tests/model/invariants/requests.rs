//! How requests begin and end, and who is asked about them.

use std::collections::BTreeSet;

use access_engine::commands::{Command, PendingRequests};
use access_engine::events::{AccessEvent, GrantEnded};
use access_engine::grants::EndReason;
use access_engine::notices::{NoticeKind, ReviewNotice};
use access_engine::values::{GrantId, PolicyId, RequestStatus, SubjectId, Timestamp};

use super::history::{Asked, History};
use super::runner::{Next, always, always_and_before, ensure};
use crate::model::approval::eligible;
use crate::model::drafts::lets_ask;

#[test]
fn every_request_ends_once_and_every_end_of_access_is_an_event() {
    always_and_before(check_not_ended, |moment| {
        let (history, at) = (moment.history, moment.at());
        for request in history.requests() {
            let endings = &request.course.endings;
            ensure(endings.len() <= 1, || format!("ended more than once: {request:?}"))?;
            let is_overdue = request.is_pending() && (request.expires_at <= at || request.course.has_lapsed);
            ensure(!is_overdue, || format!("overdue at {at:?}: {request:?}"))?;
            let gave = history.grants().filter(|given| given.request_id == request.id).count();
            let is_approved = endings.iter().any(|(status, _)| *status == RequestStatus::Approved);
            ensure(gave == usize::from(is_approved), || format!("{gave} grants of {request:?}"))?;
        }
        for given in history.grants() {
            let is_due = given.ends_at.is_some_and(|end| end <= at) || given.has_lapsed;
            let is_right = given.ends == 1 || (given.ends == 0 && !is_due);
            ensure(is_right, || format!("at {at:?}: {given:?}"))?;
        }
        for delegation in &history.state.delegations {
            let is_right = delegation.end.is_some()
                || (delegation.begun == (delegation.starts_at <= at)
                    && !history.has_lapsed(delegation)
                    && (history.is_live(delegation) || at < delegation.starts_at));
            ensure(is_right, || format!("at {at:?}: {delegation:?}"))?;
        }
        Ok(())
    });
}

fn check_not_ended(next: &Next<'_>) -> Result<(), String> {
    let is_after = matches!(
        next.event,
        AccessEvent::RequestMade(_) | AccessEvent::BreakGlassAcknowledged(_) | AccessEvent::GrantCreated(_)
    );
    let Some(id) = next.event.about().request_id.filter(|_| !is_after) else { return Ok(()) };
    let request = next.history.request(id);
    ensure(request.is_pending(), || format!("{request:?} has ended, and yet: {:?}", next.event))
}

#[test]
fn revoking_a_grant_leaves_no_renewal_of_it_to_come() {
    always(|moment| {
        for event in moment.events() {
            let AccessEvent::GrantEnded(GrantEnded { grant_id, end }) = event else { continue };
            let renews = |renewed: &Option<GrantId>| renewed.as_ref() == Some(grant_id);
            let waiting = moment.history.pending().find(|request| renews(&request.content.renews));
            let mut given = moment.history.grants().filter(|given| renews(&given.renews));
            let scheduled = given.find(|given| given.is_to_come(moment.at()) && !given.is_live(moment.at()));
            let is_right = end.reason != EndReason::Revoked || (waiting.is_none() && scheduled.is_none());
            ensure(is_right, || format!("{event:?} left {waiting:?} {scheduled:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn of_one_grant_at_most_one_renewal_is_to_come() {
    always(|moment| {
        for given in moment.history.grants() {
            let renews = |renewed: &Option<GrantId>| renewed.as_ref() == Some(&given.id);
            let waiting = moment.history.pending().filter(|request| renews(&request.content.renews)).count();
            let to_come = moment.history.grants().filter(|other| other.ends == 0 && renews(&other.renews));
            let renewals = waiting + to_come.count();
            ensure(renewals <= 1, || format!("{renewals} renewals of {given:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn who_may_not_ask_any_more_neither_waits_nor_is_given_what_has_not_begun() {
    always(|moment| {
        let state = &moment.history.state;
        let may = |id: &SubjectId, policy: &PolicyId, version: u32| {
            let subject = state.people.subject(id).expect("somebody asked");
            lets_ask(&state.people, state.terms(policy, version), subject)
        };
        for request in moment.history.pending() {
            let content = &request.content;
            let may = may(&content.requester, &content.policy_id, content.policy_version);
            ensure(may, || format!("{request:?} waits"))?;
        }
        let unbegun = moment
            .history
            .grants()
            .filter(|given| given.is_to_come(moment.at()) && !given.is_live(moment.at()));
        for given in unbegun {
            let may = may(&given.holder, &given.policy_id, given.policy_version);
            ensure(may, || format!("{given:?} is to begin"))?;
        }
        Ok(())
    });
}

#[test]
fn a_policy_that_restarts_its_requests_leaves_none_under_an_older_version() {
    always(|moment| {
        let Command::UpdatePolicy(update) = moment.command else { return Ok(()) };
        if moment.answer.is_err() || update.pending_requests != PendingRequests::Restart {
            return Ok(());
        }
        let live = moment.history.state.live(&update.policy_id).expect("it was changed");
        let mut of_it = moment.history.pending().filter(|request| request.content.policy_id == live.id);
        let old = of_it.find(|request| request.content.policy_version != live.version());
        ensure(old.is_none(), || format!("{old:?} was not restarted by {update:?}"))
    });
}

#[test]
fn a_bundle_is_cancelled_whole() {
    always(|moment| {
        let Command::CancelBundle(cancel) = moment.command else { return Ok(()) };
        let mut pending = moment.history.pending();
        let left = pending.find(|request| request.bundle_id.as_ref() == Some(&cancel.bundle_id));
        ensure(moment.answer.is_err() || left.is_none(), || format!("{left:?} is left of {cancel:?}"))
    });
}

#[test]
fn requests_are_made_by_who_may_ask_and_bundles_whole() {
    always_and_before(check_requester, |moment| {
        let Command::RequestBundle(bundle) = moment.command else { return Ok(()) };
        let made = moment.history.requests().rev().take_while(|asked| asked.bundle_id.is_some());
        let Ok(receipt) = moment.answer else { return Ok(()) };
        let id = receipt.bundle_id.as_ref().unwrap();
        let of_it = made.filter(|asked| asked.bundle_id.as_ref() == Some(id)).count();
        ensure(of_it == bundle.items.len(), || format!("{of_it} requests of {bundle:?}"))
    });
}

fn check_requester(next: &Next<'_>) -> Result<(), String> {
    let content = match next.event {
        AccessEvent::RequestMade(event) => &event.content,
        AccessEvent::RequestAmended(event) => &event.content,
        _ => return Ok(()),
    };
    let state = &next.history.state;
    let terms = state.terms(&content.policy_id, content.policy_version);
    let requester = state.people.subject(&content.requester);
    let may = requester.is_some_and(|known| !known.disabled && lets_ask(&state.people, terms, known));
    ensure(may, || format!("{content:?} is asked under {terms:?}"))
}

#[test]
fn further_approvers_are_called_when_a_step_has_been_open_for_as_long_as_it_says() {
    always_and_before(check_escalation, |moment| {
        for request in moment.history.pending() {
            let is_late = escalates_at(moment.history, request).is_some_and(|due| due <= moment.at());
            ensure(!is_late, || format!("nobody was called to {request:?}"))?;
        }
        Ok(())
    });
}

fn check_escalation(next: &Next<'_>) -> Result<(), String> {
    let AccessEvent::StepEscalated(event) = next.event else { return Ok(()) };
    let request = next.history.request(&event.request_id);
    let is_due = escalates_at(next.history, request) == Some(next.history.at()) && event.step == request.step;
    ensure(is_due, || format!("{event:?} is not due: {request:?}"))
}

/// When further approvers are called to the open step, unless they have been.
fn escalates_at(history: &History, request: Asked<'_>) -> Option<Timestamp> {
    let escalate = history.step_of(request, request.step).escalate.as_ref();
    let escalate = escalate.filter(|_| !request.escalated.contains(&request.step))?;
    Some(request.course.opened_at.plus(escalate.after))
}

#[test]
fn approvers_are_asked_when_a_step_opens_and_never_the_requester() {
    always_and_before(check_asked, |moment| {
        // What a tick tells goes before what the command changes.
        for notice in moment.commits.last().into_iter().flat_map(|commit| &commit.notices) {
            let are_active = notice.to.iter().all(|id| moment.history.state.people.is_active(id));
            ensure(are_active, || format!("somebody disabled is told: {notice:?}"))?;
        }
        Ok(())
    });
}

fn check_asked(next: &Next<'_>) -> Result<(), String> {
    let AccessEvent::StepOpened(event) = next.event else { return Ok(()) };
    let opens =
        |it: &&AccessEvent| matches!(it, AccessEvent::StepOpened(it) if it.request_id == event.request_id);
    // Of two that a late tick opens only the last is told.
    if next.commit.events.iter().rfind(opens) != Some(next.event) {
        return Ok(());
    }
    let request = next.history.request(&event.request_id);
    let eligible = eligible(&next.history.state, request.request, event.step);
    let delegates = next.history.deputies(request, event.step).into_iter().map(|(delegate, _)| delegate);
    let is_asked = |id: &SubjectId| *id != request.content.requester;
    let expected: BTreeSet<_> = eligible.into_iter().chain(delegates).filter(is_asked).collect();
    let (request_id, step) = (event.request_id.clone(), event.step);
    let kind = NoticeKind::ReviewAsked(ReviewNotice { request_id, step });
    let told = next.commit.notices.iter().find(|notice| notice.kind == kind);
    let told = told.map(|notice| notice.to.clone()).unwrap_or_default();
    ensure(told == expected, || format!("{told:?} were asked, not {expected:?}: {event:?}"))
}
