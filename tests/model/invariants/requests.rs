//! How requests begin and end, and who is asked about them.

use std::collections::BTreeSet;

use access_engine::model::*;

use super::history::{Asked, Model, step_of};
use super::runner::{Next, always, always_and_before, ensure};

#[test]
fn every_request_ends_once_and_every_end_of_access_is_an_event() {
    always_and_before(check_not_ended, |moment| {
        let (model, at) = (moment.model, moment.at());
        for request in &model.requests {
            ensure(request.endings.len() <= 1, || format!("ended more than once: {request:?}"))?;
            let is_overdue = request.is_pending() && (request.expires_at <= at || request.has_lapsed);
            ensure(!is_overdue, || format!("overdue at {at:?}: {request:?}"))?;
            let gave = model.grants.iter().filter(|given| given.grant.request_id == request.id).count();
            let is_approved = request.endings.iter().any(|(status, ..)| *status == RequestStatus::Approved);
            ensure(gave == usize::from(is_approved), || format!("{gave} grants of {request:?}"))?;
        }
        for given in &model.grants {
            let is_due = given.grant.ends_at.is_some_and(|end| end <= at) || given.has_lapsed;
            ensure(given.ends.len() == 1 || (given.ends.is_empty() && !is_due), || {
                format!("at {at:?}: {given:?}")
            })?;
        }
        for deputed in &model.delegations {
            let delegation = &deputed.delegation;
            let is_right = delegation.end.is_some()
                || (delegation.begun == (delegation.starts_at <= at)
                    && !deputed.has_lapsed
                    && (model.is_live(deputed) || at < delegation.starts_at));
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
    let Some(id) = next.event.request_id().filter(|_| !is_after) else { return Ok(()) };
    let request = next.model.request(id);
    ensure(request.is_pending(), || format!("{request:?} has ended, and yet: {:?}", next.event))
}

#[test]
fn revoking_a_grant_leaves_no_renewal_of_it_to_come() {
    always(|moment| {
        for event in moment.events() {
            let AccessEvent::GrantEnded(GrantEnded { grant_id, end }) = event else { continue };
            let renews = |renewed: &Option<GrantId>| renewed.as_ref() == Some(grant_id);
            let is_waiting = |request: &&Asked| request.is_pending() && renews(&request.renews);
            let waiting = moment.model.requests.iter().find(is_waiting);
            let mut given = moment.model.grants.iter().filter(|given| renews(&given.grant.renews));
            let scheduled = given.find(|given| given.is_to_come(moment.at()) && !given.is_live(moment.at()));
            let is_right = end.reason != EndReason::Revoked || (waiting.is_none() && scheduled.is_none());
            ensure(is_right, || format!("{event:?} left {waiting:?} {scheduled:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn requests_are_made_by_who_may_ask_and_bundles_whole() {
    always_and_before(check_requester, |moment| {
        let Command::RequestBundle(bundle) = &moment.sent.command else { return Ok(()) };
        let made: Vec<_> =
            moment.model.requests.iter().rev().take_while(|asked| asked.bundle_id.is_some()).collect();
        let Ok(receipt) = moment.answer else { return Ok(()) };
        let id = receipt.bundle_id.as_ref().unwrap();
        let of_it = made.iter().filter(|asked| asked.bundle_id.as_ref() == Some(id)).count();
        ensure(of_it == bundle.items.len(), || format!("{of_it} requests of {bundle:?}"))
    });
}

fn check_requester(next: &Next<'_>) -> Result<(), String> {
    let content = match next.event {
        AccessEvent::RequestMade(event) => &event.content,
        AccessEvent::RequestAmended(event) => &event.content,
        _ => return Ok(()),
    };
    let terms = next.model.terms(&content.policy_id, content.policy_version);
    let may = next.model.is_active(&content.requester) && next.model.may_ask(&content.requester, terms);
    ensure(may, || format!("{content:?} is asked under {terms:?}"))
}

#[test]
fn further_approvers_are_called_when_a_step_has_been_open_for_as_long_as_it_says() {
    always_and_before(check_escalation, |moment| {
        for request in moment.model.requests.iter().filter(|request| request.is_pending()) {
            let is_late = escalates_at(moment.model, request).is_some_and(|due| due <= moment.at());
            ensure(!is_late, || format!("nobody was called to {request:?}"))?;
        }
        Ok(())
    });
}

fn check_escalation(next: &Next<'_>) -> Result<(), String> {
    let AccessEvent::StepEscalated(event) = next.event else { return Ok(()) };
    let request = next.model.request(&event.request_id);
    let is_due = escalates_at(next.model, request) == Some(next.model.at) && event.step == request.step;
    ensure(is_due, || format!("{event:?} is not due: {request:?}"))
}

/// When further approvers are called to the open step, unless they have been.
fn escalates_at(model: &Model, request: &Asked) -> Option<Timestamp> {
    let escalate = step_of(model.terms_of(request), request.step).escalate.as_ref();
    let escalate = escalate.filter(|_| !request.escalated.contains(&request.step))?;
    Some(request.opened_at.plus(escalate.after))
}

#[test]
fn approvers_are_asked_when_a_step_opens_and_never_the_requester() {
    always_and_before(check_asked, |moment| {
        // What a tick tells goes before what the command changes.
        for notice in moment.commits.last().into_iter().flat_map(|commit| &commit.notices) {
            let is_active = moment.model.is_active(&notice.recipient.id);
            ensure(is_active, || format!("somebody disabled is told: {notice:?}"))?;
        }
        Ok(())
    });
}

fn check_asked(next: &Next<'_>) -> Result<(), String> {
    let AccessEvent::StepOpened(event) = next.event else { return Ok(()) };
    let request = next.model.request(&event.request_id);
    let eligible = next.model.eligible(request, event.step);
    let delegates = next.model.deputies(request, event.step).into_iter().map(|(delegate, _)| delegate);
    let expected: BTreeSet<_> =
        eligible.into_iter().chain(delegates).filter(|id| **id != request.content.requester).collect();
    let told = next.commit.notices.iter().filter(|notice| {
        let is_about = notice.request.as_ref().is_some_and(|about| about.id == event.request_id);
        is_about && notice.kind == NoticeKind::ReviewAsked { step: event.step }
    });
    let told: BTreeSet<_> = told.map(|notice| &notice.recipient.id).collect();
    ensure(told == expected, || format!("{told:?} were asked, not {expected:?}: {event:?}"))
}
