//! Who may review, when a step is met, and what a review does (SEMANTICS §5).

use access_engine::model::{
    AccessDuration, AccessRequest, Approver, DurationEdit, EditDuration, Origin, PolicyTerms, Quorum,
    RequestId, RequestStatus, Required, Review, ReviewRecord, ReviewRequest, Standing, SubjectId, Verdict,
    WithdrawReview,
};

use super::directory::{active, members};
use super::grants::is_blank;
use super::requests::{self, visible_pending};
use super::state::{Code, Deed, State};

/// Who is active and named by a quorum, sorted.
fn named(state: &State, requester: &SubjectId, quorum: &Quorum) -> Vec<SubjectId> {
    let mut ids = Vec::new();
    for approver in quorum.approvers.iter() {
        match approver {
            Approver::Subject { id } => ids.push(id.clone()),
            Approver::Group { id } => ids.extend(members(&state.people, id)),
            Approver::Manager => {
                ids.extend(state.people.subject(requester).and_then(|subject| subject.manager.clone()));
            }
        }
    }
    active(&state.people, ids)
}

/// Who is active and named by a step, counted from 1.
fn named_by_step(state: &State, requester: &SubjectId, terms: &PolicyTerms, step: u32) -> Vec<SubjectId> {
    let step = &terms.steps[step as usize - 1];
    active(&state.people, step.quorums.iter().flat_map(|quorum| named(state, requester, quorum)).collect())
}

/// Who could review a step of a request that nobody has reviewed yet.
pub(crate) fn eligible_at_first(
    state: &State,
    requester: &SubjectId,
    terms: &PolicyTerms,
    step: u32,
) -> Vec<SubjectId> {
    let named = named_by_step(state, requester, terms, step).into_iter();
    named.filter(|id| terms.self_approval || id != requester).collect()
}

pub(crate) fn step_count(terms: &PolicyTerms) -> u32 {
    u32::try_from(terms.steps.len()).expect("at most 20")
}

/// Whether any step names the person today.
pub(crate) fn names_anywhere(state: &State, request: &AccessRequest, id: &SubjectId) -> bool {
    let terms = state.pinned(request);
    let requester = &request.content.requester;
    (1..=step_count(terms)).any(|step| named_by_step(state, requester, terms, step).contains(id))
}

/// The reviews of a step that stand.
fn standing(request: &AccessRequest, step: u32) -> Vec<&Review> {
    let all = request.reviews.iter().filter(|record| record.standing == Standing::Standing);
    all.map(|record| &record.review).filter(|review| review.step == step).collect()
}

fn approvals(request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    let reviews = standing(request, step).into_iter();
    reviews
        .filter(|review| review.verdict == Verdict::Approve)
        .map(|review| review.reviewer.clone())
        .collect()
}

/// The earlier step that a person approved, where the policy wants distinct people.
fn approved_earlier(terms: &PolicyTerms, request: &AccessRequest, step: u32, id: &SubjectId) -> bool {
    terms.distinct_approvers && (1..step).any(|earlier| approvals(request, earlier).contains(id))
}

/// Why a person may not review or edit at a step; `None`: may.
fn ineligible(state: &State, request: &AccessRequest, step: u32, id: &SubjectId) -> Option<Code> {
    let terms = state.pinned(request);
    let requester = &request.content.requester;
    if !named_by_step(state, requester, terms, step).contains(id) {
        Some("not_an_approver")
    } else if id == requester && !terms.self_approval {
        Some("self_approval")
    } else if approved_earlier(terms, request, step, id) {
        Some("approved_earlier_step")
    } else {
        None
    }
}

pub(crate) fn eligible(state: &State, request: &AccessRequest, step: u32) -> Vec<SubjectId> {
    let all = state.people.subjects.iter().map(|subject| subject.id.clone());
    active(&state.people, all.filter(|id| ineligible(state, request, step, id).is_none()).collect())
}

/// Whether the approvals that stand fill every slot of a step.
fn is_met(state: &State, request: &AccessRequest, step: u32) -> bool {
    let terms = state.pinned(request);
    let people = approvals(request, step);
    // One list of possible people for each slot.
    let mut slots: Vec<Vec<SubjectId>> = Vec::new();
    for quorum in terms.steps[step as usize - 1].quorums.iter() {
        let named = named(state, &request.content.requester, quorum);
        let countable = |id: &&SubjectId| ineligible(state, request, step, id).is_none();
        let may: Vec<SubjectId> = named.iter().filter(countable).cloned().collect();
        let count = match quorum.required {
            Required::Count(count) => count as usize,
            Required::All => may.len().max(1),
        };
        let able: Vec<SubjectId> = people.iter().filter(|id| may.contains(id)).cloned().collect();
        if !terms.distinct_approvers && able.len() < count {
            return false;
        }
        slots.extend(std::iter::repeat_n(able, count));
    }
    !terms.distinct_approvers || can_fill(&slots, &mut Vec::new())
}

/// Whether different people can be found for all slots, by trying.
fn can_fill(slots: &[Vec<SubjectId>], taken: &mut Vec<SubjectId>) -> bool {
    let Some((first, rest)) = slots.split_first() else { return true };
    for person in first {
        if !taken.contains(person) {
            taken.push(person.clone());
            if can_fill(rest, taken) {
                return true;
            }
            taken.pop();
        }
    }
    false
}

/// Whether the current step would be completed by an approval: its quorums are met, and of the last step somebody
/// other than the requester has approved some step.
fn is_complete(state: &State, request: &AccessRequest) -> bool {
    let terms = state.pinned(request);
    let is_last = request.step == step_count(terms);
    let requester = &request.content.requester;
    let has_other =
        || (1..=request.step).any(|step| approvals(request, step).iter().any(|id| id != requester));
    is_met(state, request, request.step) && (!is_last || has_other())
}

/// Whether a review by this person now would be refused, the content hash aside.
fn refused(state: &State, request: &AccessRequest, id: &SubjectId, verdict: Verdict) -> Option<Code> {
    let step = request.step;
    if let Some(code) = ineligible(state, request, step, id) {
        return Some(code);
    }
    let own = standing(request, step).into_iter().find(|review| review.reviewer == *id);
    let repeats = own.is_some_and(|own| {
        let is_again = own.verdict == Verdict::Approve && verdict == Verdict::Approve;
        !(is_again && is_complete(state, request))
    });
    repeats.then_some("already_reviewed")
}

/// Who can approve a request now.
pub(crate) fn can_approve(state: &State, request: &AccessRequest) -> Vec<SubjectId> {
    let all = eligible(state, request, request.step).into_iter();
    all.filter(|id| refused(state, request, id, Verdict::Approve).is_none()).collect()
}

pub(crate) fn review(state: &mut State, review: &ReviewRequest, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &review.request_id, deed)?.clone();
    let by = deed.by().clone();
    if let Some(code) = ineligible(state, &request, request.step, &by) {
        return Err(code);
    }
    if review.content_hash.as_ref() != Some(&request.content_hash) {
        return Err("stale_review");
    }
    if let Some(code) = refused(state, &request, &by, review.verdict) {
        return Err(code);
    }
    let mine = state.request_mut(&request.id);
    for record in &mut mine.reviews {
        let is_own = record.review.reviewer == by && record.review.step == request.step;
        if is_own && record.standing == Standing::Standing {
            record.standing = Standing::Replaced;
        }
    }
    mine.reviews.push(ReviewRecord {
        review: Review {
            step: request.step,
            reviewer: by,
            on_behalf_of: None,
            verdict: review.verdict,
            comment: review.comment.clone(),
            content_hash: request.content_hash.clone(),
            duration: request.duration,
            at: deed.at,
        },
        standing: Standing::Standing,
    });
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
                Some(Origin::Approval),
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

/// Opens a step and asks its approvers, never the requester.
pub(crate) fn open_step(state: &mut State, id: &RequestId, step: u32, deed: &mut Deed) {
    state.request_mut(id).step = step;
    let request = state.request(id).expect("it is there");
    let mut asked = eligible(state, request, step);
    asked.retain(|person| *person != request.content.requester);
    asked.iter().for_each(|person| deed.tell("review_asked", person, Some(id)));
    state.request_mut(id).asked = asked;
}

pub(crate) fn withdraw(state: &mut State, withdraw: &WithdrawReview, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &withdraw.request_id, deed)?.clone();
    let by = deed.by().clone();
    let records = &mut state.request_mut(&request.id).reviews;
    let own = records.iter_mut().find(|record| {
        let review = &record.review;
        record.standing == Standing::Standing && review.step == request.step && review.reviewer == by
    });
    own.ok_or("no_standing_review")?.standing = Standing::Withdrawn;
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}

pub(crate) fn edit_duration(state: &mut State, edit: &EditDuration, deed: &mut Deed) -> Result<(), Code> {
    let request = visible_pending(state, &edit.request_id, deed)?.clone();
    let by = deed.by().clone();
    if let Some(code) = ineligible(state, &request, request.step, &by) {
        return Err(code);
    }
    if edit.content_hash.as_ref() != Some(&request.content_hash) {
        return Err("stale_review");
    }
    if matches!(request.duration, AccessDuration::Temporary(before) if edit.duration >= before) {
        return Err("duration_not_shorter");
    }
    if is_blank(edit.note.as_str()) {
        return Err("reason_required");
    }
    let after = AccessDuration::Temporary(edit.duration);
    let mine = state.request_mut(&request.id);
    mine.duration = after;
    let before = request.duration;
    mine.edits.push(DurationEdit {
        editor: by,
        on_behalf_of: None,
        before,
        after,
        note: edit.note.clone(),
        at: deed.at,
    });
    deed.tell("duration_edited", &request.content.requester, Some(&request.id));
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}

/// After a change of the directory: makes void what those said who are not eligible any more, and goes back to the
/// earliest completed step that is no longer filled.
pub(crate) fn void(state: &mut State, id: &RequestId, gone: &[SubjectId], deed: &mut Deed) {
    let request = state.request(id).expect("it is there").clone();
    let terms = state.pinned(&request).clone();
    let requester = &request.content.requester;
    let mut records = request.reviews.clone();
    for record in records.iter_mut().filter(|record| record.standing == Standing::Standing) {
        let review = &record.review;
        let is_named = named_by_step(state, requester, &terms, review.step).contains(&review.reviewer);
        if gone.contains(&review.reviewer) || !is_named {
            record.standing = Standing::NotEligible;
        }
    }
    state.request_mut(id).reviews = records;
    let request = state.request(id).expect("it is there").clone();
    if let Some(step) = (1..request.step).find(|step| !is_met(state, &request, *step)) {
        for record in &mut state.request_mut(id).reviews {
            if record.standing == Standing::Standing && record.review.step > step {
                record.standing = Standing::StepReopened;
            }
        }
        open_step(state, id, step, deed);
    }
}
