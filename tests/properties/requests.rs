//! How requests end, and who is asked about them.

use std::collections::BTreeSet;

use access_engine::model::*;

use super::runner::{always, ensure, find, terms};

#[test]
fn every_request_ends_once_and_every_end_of_access_is_an_event() {
    always(|moment| {
        let at = moment.at();
        for request in &moment.model.requests {
            ensure(request.endings.len() <= 1, || format!("ended more than once: {request:?}"))?;
            let is_overdue = request.is_pending() && request.expires_at <= at;
            ensure(!is_overdue, || format!("overdue at {at:?}: {request:?}"))?;
            let gave =
                moment.model.grants.iter().filter(|given| given.grant.request_id == request.id).count();
            let is_approved = request.endings.iter().any(|(status, ..)| *status == RequestStatus::Approved);
            ensure(gave == usize::from(is_approved), || format!("{gave} grants of {request:?}"))?;
        }
        for given in &moment.model.grants {
            let is_due = given.grant.ends_at.is_some_and(|end| end <= at)
                || !moment.model.is_active(&given.grant.holder);
            ensure(given.ends.len() == 1 || (given.ends.is_empty() && !is_due), || {
                format!("at {at:?}: {given:?}")
            })?;
        }
        Ok(())
    });
}

#[test]
fn approvers_are_asked_when_a_step_opens_and_never_the_requester() {
    always(|moment| {
        let commits = || moment.engine.log().iter().skip(moment.commits_before);
        for event in &moment.events {
            let AccessEvent::StepOpened(event) = event else { continue };
            let request = find(moment.model, &event.request_id);
            let eligible = moment.model.eligible(request, terms(moment.model, request), event.step);
            let expected: BTreeSet<_> =
                eligible.into_iter().filter(|id| **id != request.content.requester).collect();
            let told = commits().flat_map(|commit| &commit.notices).filter(|notice| {
                let is_about = notice.request.as_ref().is_some_and(|about| about.id == event.request_id);
                is_about && notice.kind == NoticeKind::ReviewAsked { step: event.step }
            });
            let told: BTreeSet<_> = told.map(|notice| &notice.recipient.id).collect();
            ensure(told == expected, || format!("{told:?} were asked, not {expected:?}: {event:?}"))?;
        }
        // What a tick tells goes before what the command changes.
        for notice in commits().last().into_iter().flat_map(|commit| &commit.notices) {
            let is_active = moment.model.is_active(&notice.recipient.id);
            ensure(is_active, || format!("somebody disabled is told: {notice:?}"))?;
        }
        Ok(())
    });
}
