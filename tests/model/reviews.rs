//! What a review, its withdrawal and a shortening do, and what makes reviews void (`review.*`, `step.*`, `edit.*`).

use access_engine::commands::{EditDuration, ReviewRequest, WithdrawReview};
use access_engine::people::Personal;
use access_engine::requests::{
    AccessRequest, DurationEdit, GrantOrigin, Review, ReviewRecord, ReviewStatus, Verdict,
};
use access_engine::values::{AccessDuration, RequestId, RequestStatus, SubjectId, Timestamp};

use super::approval::{
    Reviewer, eligible, eligible_delegates, ineligible, is_complete, is_met, is_same, refused, standing,
    step_count,
};
use super::delegations::{delegators, is_under_live};
use super::grants::is_blank;
use super::requests::{self, visible_pending};
use super::state::{Code, Deed, State};

pub(crate) fn review(state: &mut State, review: &ReviewRequest, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &review.request_id, deed)?.clone();
    let by = deed.by().clone();
    let reviewer = Reviewer { by: &by, on_behalf_of: review.on_behalf_of.as_deref() };
    check_may(state, &request, reviewer, review.content_hash.as_ref(), deed)?;
    if let Some(code) = refused(state, &request, reviewer, review.verdict) {
        return Err(code);
    }
    let given = Review {
        step: request.step,
        reviewer: by.clone(),
        on_behalf_of: review.on_behalf_of.as_deref().cloned(),
        verdict: review.verdict,
        comment: review.comment.clone().map(Personal::from),
        content_hash: request.content_hash.clone(),
        duration: request.duration,
        at: deed.at,
    };
    put(state, &request.id, &given);
    deed.has_changed = true;
    deed.made.request = Some(request.id.clone());
    let request = state.request(&request.id).expect("it is there").clone();
    let terms = state.pinned(&request);
    let rejections = standing(&request, request.step).iter().filter(|r| r.verdict == Verdict::Reject).count();
    if rejections >= terms.steps[request.step as usize - 1].rejections_required as usize {
        requests::close(
            state,
            &request.id,
            RequestStatus::Rejected,
            None,
            None,
            review.comment.clone(),
            deed,
        );
    } else if review.verdict == Verdict::Approve && is_complete(state, &request) {
        if request.step == step_count(terms) {
            requests::close(
                state,
                &request.id,
                RequestStatus::Approved,
                Some(GrantOrigin::Approval),
                None,
                None,
                deed,
            );
            requests::grant(state, &request.id, None, deed);
        } else {
            open_step(state, &request.id, request.step + 1, deed);
        }
    }
    Ok(())
}

/// Adds a review, in the place of those of the same people in the same step.
pub(crate) fn put(state: &mut State, id: &RequestId, review: &Review) {
    let (people, commit) = (state.people.clone(), state.version + 1);
    let request = state.request_mut(id);
    for record in &mut request.reviews {
        let is_own =
            record.review.step == review.step && is_same(&people, Reviewer::of(review), &record.review);
        if is_own && record.standing == ReviewStatus::Standing {
            record.standing = ReviewStatus::Replaced;
        }
    }
    request.reviews.push(ReviewRecord { review: review.clone(), standing: ReviewStatus::Standing });
    request.reviewed_in.insert(review.reviewer.clone(), commit);
}

/// Whether somebody may review or edit what was shown to them.
fn check_may(
    state: &State,
    request: &AccessRequest,
    reviewer: Reviewer<'_>,
    shown: Option<&String>,
    deed: &Deed,
) -> Result<(), Code> {
    let is_let = |delegator| delegators(state, reviewer.by, deed.at).contains(delegator);
    if !reviewer.on_behalf_of.is_none_or(is_let) {
        return Err("no_delegation");
    }
    if let Some(code) = ineligible(state, request, request.step, reviewer) {
        return Err(code);
    }
    if shown == Some(&request.content_hash) { Ok(()) } else { Err("stale_review") }
}

/// Whose review a step asks for: its approvers and their delegates, never the requester.
pub(crate) fn askable(state: &State, request: &AccessRequest, step: u32, at: Timestamp) -> Vec<SubjectId> {
    let mut asked = eligible(state, request, step);
    asked.extend(eligible_delegates(state, request, step, at).into_iter().map(|(delegate, _)| delegate));
    asked.sort();
    asked.dedup();
    asked.retain(|person| *person != request.content.requester);
    asked
}

/// Who has not answered the current step, in person or in the place of somebody for whom nobody has.
pub(crate) fn unanswering(state: &State, request: &AccessRequest, at: Timestamp) -> Vec<SubjectId> {
    let is_left = |id: &SubjectId| !requests::has_answered(&state.people, request, id);
    let own = eligible(state, request, request.step).into_iter().filter(is_left);
    let pairs = eligible_delegates(state, request, request.step, at).into_iter();
    let others = pairs.filter(|(delegate, delegator)| is_left(delegate) && is_left(delegator));
    let mut left: Vec<SubjectId> = own.chain(others.map(|(delegate, _)| delegate)).collect();
    left.sort();
    left.dedup();
    left.retain(|person| *person != request.content.requester);
    left
}

/// Opens a step and asks for reviews.
pub(crate) fn open_step(state: &mut State, id: &RequestId, step: u32, deed: &mut Deed) {
    state.request_mut(id).step = step;
    let request = state.request(id).expect("it is there");
    let asked = askable(state, request, step, deed.at);
    asked.iter().for_each(|person| deed.tell("review_asked", person, Some(id)));
    let terms = &state.pinned(request).steps[step as usize - 1];
    let (remind_every, escalate) = (terms.remind_every, terms.escalate.clone());
    let request = state.request_mut(id);
    request.asked = asked;
    // What would come when it has expired does not come.
    let in_time = |at: &Timestamp| *at < request.expires_at;
    request.reminds_at = remind_every.map(|every| deed.at.plus(every)).filter(in_time);
    // A later step begins anew when the request has come back to it.
    request.escalated.retain(|escalated| *escalated <= step);
    let escalation = escalate.filter(|_| !request.escalated.contains(&step));
    request.escalates_at = escalation.map(|escalation| deed.at.plus(escalation.after)).filter(in_time);
}

pub(crate) fn withdraw(state: &mut State, withdraw: &WithdrawReview, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &withdraw.request_id, deed)?.clone();
    let by = deed.by().clone();
    let records = &mut state.request_mut(&request.id).reviews;
    let own = records.iter_mut().find(|record| {
        let review = &record.review;
        record.standing == ReviewStatus::Standing && review.step == request.step && review.reviewer == by
    });
    own.ok_or("no_standing_review")?.standing = ReviewStatus::Withdrawn;
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}

pub(crate) fn edit_duration(state: &mut State, edit: &EditDuration, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &edit.request_id, deed)?.clone();
    let by = deed.by().clone();
    let reviewer = Reviewer { by: &by, on_behalf_of: edit.on_behalf_of.as_deref() };
    check_may(state, &request, reviewer, edit.content_hash.as_ref(), deed)?;
    if matches!(request.duration, AccessDuration::Temporary(before) if edit.duration >= before) {
        return Err("duration_not_shorter");
    }
    if is_blank(edit.note.as_str()) {
        return Err("reason_required");
    }
    if request.edits.len() == 20 {
        return Err("limit_exceeded");
    }
    let after = AccessDuration::Temporary(edit.duration);
    let mine = state.request_mut(&request.id);
    mine.duration = after;
    let before = request.duration;
    mine.edits.push(DurationEdit {
        editor: by,
        on_behalf_of: edit.on_behalf_of.as_deref().cloned(),
        before,
        after,
        note: edit.note.clone().into(),
        at: deed.at,
    });
    deed.tell("duration_edited", &request.content.requester, Some(&request.id));
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}

/// After a change of the directory or the end of a delegation: makes void what those said who are not eligible any
/// more, or whose delegation is over, and goes back to the earliest completed step that is no longer filled.
pub(crate) fn void(state: &mut State, id: &RequestId, gone: &[SubjectId], deed: &mut Deed) {
    let mut request = state.request(id).expect("it is there").clone();
    let mut places: Vec<usize> = (0..request.reviews.len()).collect();
    places.sort_by_key(|place| request.reviews[*place].review.step);
    for place in places {
        if request.reviews[place].standing == ReviewStatus::Standing
            && let Some(reason) = lost(state, &request, place, gone, deed.at)
        {
            request.reviews[place].standing = reason;
        }
    }
    *state.request_mut(id) = request.clone();
    if let Some(step) = (1..request.step).find(|step| !is_met(state, &request, *step)) {
        for record in &mut state.request_mut(id).reviews {
            if record.standing == ReviewStatus::Standing && record.review.step > step {
                record.standing = ReviewStatus::StepReopened;
            }
        }
        open_step(state, id, step, deed);
    }
}

/// Why a review that stands does so no longer; `None`: it does.
fn lost(
    state: &State,
    request: &AccessRequest,
    place: usize,
    gone: &[SubjectId],
    at: Timestamp,
) -> Option<ReviewStatus> {
    let review = &request.reviews[place].review;
    let reviewer = Reviewer::of(review);
    // Who is disabled is not eligible, delegate or not (`review.active`).
    let is_gone = gone.contains(reviewer.by) || gone.contains(reviewer.voice());
    if is_gone || ineligible(state, request, review.step, reviewer).is_some() {
        return Some(ReviewStatus::NotEligible);
    }
    if reviewer.on_behalf_of.is_some() && !is_under_live(state, review, at) {
        return Some(ReviewStatus::DelegationEnded);
    }
    let is_before = |record: &&ReviewRecord| {
        record.standing == ReviewStatus::Standing && record.review.step == review.step
    };
    let mut before = request.reviews[..place].iter().filter(is_before);
    let is_again = before.any(|record| is_same(&state.people, reviewer, &record.review));
    is_again.then_some(ReviewStatus::SamePerson)
}
