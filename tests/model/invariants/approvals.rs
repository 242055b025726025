//! Nothing is given without the approvals that it takes, by those who may give them.

use std::collections::BTreeSet;

use access_engine::commands::Command;
use access_engine::events::{AccessEvent, DurationEdited, RequestReviewed};
use access_engine::requests::{GrantOrigin, Verdict};
use access_engine::values::{AccessDuration, SubjectId};

use super::history::{Asked, Given, History, Said};
use super::runner::{Next, always, always_and_before, ensure};
use crate::model::approval::step_count;

#[test]
fn no_grant_is_made_without_every_quorum_met_by_eligible_people_or_an_explicit_break_glass() {
    always_and_before(check_step, |moment| {
        for (given, request) in moment.new_grants() {
            if given.origin == GrantOrigin::BreakGlass {
                let is_asked_for = matches!(moment.command, Command::BreakGlass(_))
                    && moment.sent.actor.subject() == Some(&given.holder);
                ensure(is_asked_for, || format!("nobody broke this glass: {given:?}"))?;
                continue;
            }
            let terms = moment.history.terms_of(request);
            for step in 1..=step_count(terms) {
                let is_met = request.course.completed.contains(&step)
                    && moment.history.is_met(request, step)
                    && moment.history.are_eligible(request, step);
                ensure(is_met, || format!("step {step} is not met: {request:?} under {terms:?}"))?;
            }
            let is_distinct =
                !terms.distinct_approvers || uses_nobody_up_twice(moment.history, request, None);
            ensure(is_distinct, || format!("somebody counts twice: {request:?}"))?;
        }
        Ok(())
    });
}

fn check_step(next: &Next<'_>) -> Result<(), String> {
    let history = next.history;
    match next.event {
        AccessEvent::StepOpened(event) => {
            let request = history.request(&event.request_id);
            let is_next = event.step == 1 || request.course.completed.contains(&(event.step - 1));
            ensure(is_next, || format!("{event:?} comes before its time: {request:?}"))
        }
        AccessEvent::StepCompleted(event) => {
            let request = history.request(&event.request_id);
            let is_met = event.step == request.step
                && history.is_met(request, event.step)
                && history.are_eligible(request, event.step)
                && !is_rejected(history, request);
            ensure(is_met, || format!("{event:?} unmet: {request:?} under {:?}", history.terms_of(request)))
        }
        AccessEvent::RequestRejected(event) => {
            let request = history.request(&event.request_id);
            let is_due = is_rejected(history, request) && history.are_eligible(request, request.step);
            ensure(is_due, || format!("{event:?}, and too few rejections: {request:?}"))
        }
        _ => Ok(()),
    }
}

fn is_rejected(history: &History, request: Asked<'_>) -> bool {
    let required = history.step_of(request, request.step).rejections_required;
    request.rejections(request.step) >= usize::try_from(required).unwrap()
}

#[test]
fn a_review_that_fills_what_was_missing_is_not_lost() {
    always(|moment| {
        for event in moment.events() {
            let AccessEvent::RequestReviewed(event) = event else { continue };
            let (history, step) = (moment.history, event.review.step);
            let request = history.request(&event.request_id);
            let is_completed = request.course.completed.contains(&step);
            let is_open = request.is_pending() && request.step == step && !is_completed;
            let is_last = step_count(history.terms_of(request)) == step;
            // Where only the requester has approved, the last step waits for another.
            let is_alone = is_last && request.approvals().all(|said| is_own(history, request, said.voice()));
            let is_lost = is_rejected(history, request) || (history.is_met(request, step) && !is_alone);
            let is_approval = event.review.verdict == Verdict::Approve;
            ensure(!(is_open && is_approval && is_lost), || format!("{event:?} is lost: {request:?}"))?;
        }
        Ok(())
    });
}

fn is_own(history: &History, request: Asked<'_>, id: &SubjectId) -> bool {
    history.state.people.is_same_person(&request.content.requester, id)
}

#[test]
fn the_requester_is_never_the_only_person_who_approved() {
    always(|moment| {
        for (given, request) in moment.new_grants() {
            let people = &moment.history.state.people;
            let holder = people.person(&given.holder);
            let by_another = request.approvals().any(|said| !said.persons(people).contains(holder));
            let is_broken = given.origin == GrantOrigin::BreakGlass;
            ensure(by_another || is_broken, || format!("{given:?} of {request:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn a_review_or_edit_is_taken_only_from_who_may_give_it_in_whose_place() {
    always_and_before(check_author, |_| Ok(()));
}

fn check_author(next: &Next<'_>) -> Result<(), String> {
    let history = next.history;
    match next.event {
        AccessEvent::RequestReviewed(RequestReviewed { request_id, review }) => {
            let request = history.request(request_id);
            let deputed = review.on_behalf_of.as_ref();
            let may = history.may_review(request, request.step, &review.reviewer, deputed);
            let is_due = may && review.step == request.step && request.is_pending();
            ensure(is_due, || format!("{review:?} is taken, of {request:?}"))?;
            let people = &history.state.people;
            let accounts = [&review.reviewer, deputed.unwrap_or(&review.reviewer)];
            let persons: BTreeSet<String> = people.persons(accounts).into_iter().collect();
            let has_said = |said: Said<'_>| {
                said.review.step == review.step && !said.persons(people).is_disjoint(&persons)
            };
            // Only a step that a change left met takes another approval of the same people.
            let is_again = request.standing().any(has_said);
            let may_again = review.verdict == Verdict::Approve && history.is_met(request, review.step);
            ensure(!is_again || may_again, || format!("{review:?} is given again, of {request:?}"))
        }
        AccessEvent::DurationEdited(DurationEdited { request_id, edit }) => {
            let request = history.request(request_id);
            let may = history.may_review(request, request.step, &edit.editor, edit.on_behalf_of.as_ref());
            ensure(may && request.is_pending(), || format!("{edit:?} is taken, of {request:?}"))
        }
        _ => Ok(()),
    }
}

#[test]
fn a_review_counts_only_for_the_content_and_the_duration_it_was_given_on() {
    always(|moment| {
        let by_approval = |(given, _): &(Given<'_>, _)| given.origin == GrantOrigin::Approval;
        for (given, request) in moment.new_grants().filter(by_approval) {
            for said in request.approvals() {
                let covers = match (said.review.duration, request.duration) {
                    (AccessDuration::Permanent, _) => true,
                    (AccessDuration::Temporary(_), AccessDuration::Permanent) => false,
                    (AccessDuration::Temporary(approved), AccessDuration::Temporary(given)) => {
                        given <= approved
                    }
                };
                let is_shown = said.review.content_hash == request.content_hash;
                ensure(covers && is_shown, || format!("{said:?} does not cover {given:?}"))?;
            }
        }
        let (request_id, shown) = match moment.command {
            Command::ReviewRequest(command) => (&command.request_id, &command.content_hash),
            Command::EditDuration(command) => (&command.request_id, &command.content_hash),
            _ => return Ok(()),
        };
        let is_shown = || shown.as_ref() == Some(&moment.history.request(request_id).content_hash);
        ensure(moment.answer.is_err() || is_shown(), || format!("accepted: {:?}", moment.sent))
    });
}

#[test]
fn a_review_stands_only_while_its_author_is_eligible() {
    always(|moment| {
        for request in moment.history.pending() {
            for said in request.standing() {
                let is_due = said.review.step <= request.step && moment.history.may_stand(request, said);
                ensure(is_due, || format!("{said:?} stands in {request:?}"))?;
            }
            for step in 1..=request.step {
                let is_once = uses_nobody_up_twice(moment.history, request, Some(step));
                ensure(is_once, || format!("somebody has two reviews in step {step}: {request:?}"))?;
            }
        }
        Ok(())
    });
}

/// Whether nobody has a part in two standing reviews of a step, or in two approvals of all steps.
fn uses_nobody_up_twice(history: &History, request: Asked<'_>, step: Option<u32>) -> bool {
    let meant = request.standing().filter(|said| match step {
        Some(step) => said.review.step == step,
        None => said.review.verdict == Verdict::Approve,
    });
    let mut seen = BTreeSet::new();
    meant.flat_map(|said| said.persons(&history.state.people)).all(|person| seen.insert(person))
}
