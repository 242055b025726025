//! Nothing is given without the approvals that it takes.

use access_engine::model::*;

use super::runner::{always, ensure, new_grants, terms};

#[test]
fn no_grant_is_made_without_every_quorum_met_by_eligible_people_or_an_explicit_break_glass() {
    always(|moment| {
        for (given, request) in new_grants(moment) {
            if given.grant.origin == Origin::BreakGlass {
                let is_asked_for = matches!(moment.sent.command, Command::BreakGlass(_))
                    && moment.sent.actor.subject() == Some(&given.grant.holder);
                ensure(is_asked_for, || format!("nobody broke this glass: {given:?}"))?;
                continue;
            }
            let terms = terms(moment.model, request);
            let steps = 1..=u32::try_from(terms.steps.len()).unwrap();
            for step in steps {
                let is_met = request.completed.contains(&step)
                    && moment.model.is_met(request, terms, step)
                    && moment.model.are_eligible(request, terms, step);
                ensure(is_met, || format!("step {step} is not met: {request:?} under {terms:?}"))?;
            }
            let mut people: Vec<_> = request.approvals().map(|review| &review.reviewer).collect();
            let count = people.len();
            people.sort();
            people.dedup();
            let is_distinct = !terms.distinct_approvers || people.len() == count;
            ensure(is_distinct, || format!("somebody counts twice: {request:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn the_requester_is_never_the_only_person_who_approved() {
    always(|moment| {
        for (given, request) in new_grants(moment) {
            let by_another = request.approvals().any(|review| review.reviewer != given.grant.holder);
            let is_broken = given.grant.origin == Origin::BreakGlass;
            ensure(by_another || is_broken, || format!("{given:?} of {request:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn a_review_counts_only_for_the_content_and_the_duration_it_was_given_on() {
    always(|moment| {
        for (given, request) in new_grants(moment).filter(|(given, _)| given.grant.origin == Origin::Approval)
        {
            for review in request.approvals() {
                let covers = match (review.duration, request.duration) {
                    (AccessDuration::Permanent, _) => true,
                    (AccessDuration::Temporary(_), AccessDuration::Permanent) => false,
                    (AccessDuration::Temporary(approved), AccessDuration::Temporary(given)) => {
                        given <= approved
                    }
                };
                let is_shown = review.content_hash == request.hash;
                ensure(covers && is_shown, || format!("{review:?} does not cover {given:?}"))?;
            }
        }
        Ok(())
    });
}

#[test]
fn a_review_stands_only_while_its_author_is_eligible() {
    always(|moment| {
        for request in moment.model.requests.iter().filter(|request| request.is_pending()) {
            let terms = terms(moment.model, request);
            for (review, _) in request.reviews.iter().filter(|(_, stands)| *stands) {
                let eligible = moment.model.eligible(request, terms, review.step);
                let is_due = review.step <= request.step && eligible.contains(&review.reviewer);
                ensure(is_due, || format!("{review:?} stands in {request:?}"))?;
            }
        }
        Ok(())
    });
}
