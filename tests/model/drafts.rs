//! What is checked of a draft, in the order of docs/requests.md (`order.own-rules`).

use access_engine::commands::RequestDraft;
use access_engine::people::KnownSubject;
use access_engine::policies::Requirement;
use access_engine::requests::AccessRequest;
use access_engine::values::{
    AccessDuration, GrantId, RequestId, ResourceType, Seconds, SubjectId, Text, Timestamp,
};

use super::access::opened;
use super::approval::{eligible_at_first, step_count};
use super::conditions;
use super::grants::{self, is_blank, is_live};
use super::people::People;
use super::policies::{Governing, governing};
use super::resources::{Area, area_of};
use super::state::{Code, Deed, Given, State, Terms, count_since};

const DAY: Seconds = Seconds::days(1);
const AHEAD: Seconds = Seconds::days(90);

/// The checks of a draft up to who can approve, in their order.
pub(crate) fn check_terms(
    state: &State,
    draft: &RequestDraft,
    terms: &Terms,
    justification: Option<&Text>,
    deed: &Deed,
) -> Result<(), Code> {
    if is_longer(asked_duration(state, draft, deed.at)?, terms.max_duration) {
        return Err("duration_too_long");
    }
    if draft.starts_at.is_some_and(|starts_at| starts_at > deed.at.plus(AHEAD)) {
        return Err("start_out_of_range");
    }
    let is_missing = justification.is_none_or(|text| is_blank(text.as_str()));
    if terms.justification == Requirement::Required && is_missing {
        return Err("justification_required");
    }
    let eligible = |step| eligible_at_first(state, deed.by(), terms, step);
    let steps: Vec<Vec<SubjectId>> = (1..=step_count(terms)).map(eligible).collect();
    let nobody_else = steps.concat().iter().all(|id| state.people.is_same_person(id, deed.by()));
    if nobody_else || steps.iter().any(Vec::is_empty) { Err("no_other_approver") } else { Ok(()) }
}

/// The duration that a draft asks for at an instant: where only the end is said, all of the time up to it.
pub(crate) fn asked_duration(
    state: &State,
    draft: &RequestDraft,
    at: Timestamp,
) -> Result<AccessDuration, Code> {
    let Some(until) = draft.until else { return Ok(draft.duration.expect("one of the two is said")) };
    let renewed = draft.renews.as_ref().and_then(|id| state.grant(id)).and_then(|grant| grant.ends_at);
    let starts = [Some(at), draft.starts_at, renewed];
    let start = starts.into_iter().flatten().max().expect("at least now");
    let millis = until.millis() - start.millis();
    if !(60_000..=315_360_000_000).contains(&millis) {
        return Err("invalid_duration");
    }
    // A second that has begun counts whole.
    let seconds = Seconds::new(u64::try_from((millis + 999) / 1000).expect("it is to come"));
    Ok(draft.duration.unwrap_or(AccessDuration::Temporary(seconds)))
}

pub(crate) fn is_longer(asked: AccessDuration, longest: Option<Seconds>) -> bool {
    match (asked, longest) {
        (_, None) => false,
        (AccessDuration::Permanent, Some(_)) => true,
        (AccessDuration::Temporary(asked), Some(longest)) => asked > longest,
    }
}

/// Whether the policy lets the actor ask.
pub(crate) fn check_condition(state: &State, terms: &Terms, deed: &Deed) -> Result<(), Code> {
    let subject = state.people.subject(deed.by()).expect("the actor is known");
    if lets_ask(&state.people, terms, subject) { Ok(()) } else { Err("condition_not_met") }
}

/// Whether a subject meets the condition of a policy.
pub(crate) fn lets_ask(people: &People, terms: &Terms, subject: &KnownSubject) -> bool {
    let attributes = conditions::of_subject(people, subject, terms.stated.condition);
    let holds = |condition| conditions::holds(condition, &attributes);
    terms.condition.as_ref().is_none_or(holds)
}

/// Refused where one grant, live at the start, opens all that would be opened: what is asked for without what is left
/// out of it.
pub(crate) fn check_granted(
    state: &State,
    governing: &Governing,
    left_out: Area,
    kind: &ResourceType,
    start: Timestamp,
    deed: &Deed,
) -> Result<(), Code> {
    let wanted = governing.area.without(governing.left_out).without(left_out);
    let opens_all = |given: &Given| {
        let grant = &given.grant;
        grant.holder == *deed.by()
            && grant.target.kind == *kind
            && is_live(grant, start)
            && wanted.without(opened(state, given)).is_empty()
    };
    if state.grants.iter().any(opens_all) { Err("already_granted") } else { Ok(()) }
}

/// A grant that is renewed has an end, and is for all that is asked for.
fn check_renewable(state: &State, draft: &RequestDraft, grant: &GrantId) -> Result<(), Code> {
    let grant = state.grant(grant).expect("it was found before");
    let left = area_of(&draft.target, &draft.actions).without(area_of(&grant.target, &grant.actions));
    let is_for = grant.target.kind == draft.target.kind && left.is_empty();
    if grant.ends_at.is_some() && is_for { Ok(()) } else { Err("not_renewable") }
}

/// Of one grant at most one renewal is pending, or given and not over.
fn check_renewed_once(
    state: &State,
    grant: &GrantId,
    own: Option<&RequestId>,
    deed: &Deed,
) -> Result<(), Code> {
    let mut others = state.pending().filter(|request| Some(&request.id) != own);
    let is_asked = others.any(|request| {
        request.content.requester == *deed.by() && request.content.renews.as_ref() == Some(grant)
    });
    let mut given = state.grants.iter().map(|given| &given.grant);
    let is_given = given.any(|other| other.renews.as_ref() == Some(grant) && other.end.is_none());
    if is_asked || is_given { Err("already_renewed") } else { Ok(()) }
}

/// The pending request for the same, other than `own`.
pub(crate) fn twin<'a>(
    state: &'a State,
    draft: &RequestDraft,
    own: Option<&RequestId>,
    deed: &Deed,
) -> Option<&'a AccessRequest> {
    let to_come = |starts_at: &Timestamp| *starts_at > deed.at;
    state.pending().filter(|request| Some(&request.id) != own).find(|request| {
        let content = &request.content;
        content.requester == *deed.by()
            && content.target == draft.target
            && content.actions == draft.actions
            && content.starts_at.filter(to_come) == draft.starts_at.filter(to_come)
    })
}

/// Every check of a request, in the order of docs/requests.md; `own` is the request that is amended.
pub(crate) fn judge(
    state: &State,
    draft: &RequestDraft,
    own: Option<&RequestId>,
    deed: &Deed,
) -> Result<Governing, Code> {
    let governing = judge_alone(state, draft, own, deed)?;
    let others = state.pending().filter(|request| Some(&request.id) != own);
    let open = others.filter(|request| request.content.requester == *deed.by()).count();
    let of_today = count_since(&state.asked_at, deed.by(), deed.at.minus(DAY));
    if open >= 50 || of_today >= 100 { Err("too_many_requests") } else { Ok(governing) }
}

/// The same, however many requests there are.
pub(crate) fn judge_alone(
    state: &State,
    draft: &RequestDraft,
    own: Option<&RequestId>,
    deed: &Deed,
) -> Result<Governing, Code> {
    if let Some(grant) = &draft.renews {
        let grant = grants::open_grant(state, grant, deed)?;
        if grant.holder != *deed.by() {
            return Err("not_holder");
        }
    }
    let governing = governing(state, &draft.target, &draft.actions)?;
    let terms = state.terms(&governing.policy_id, governing.version);
    check_condition(state, terms, deed)?;
    check_terms(state, draft, terms, draft.justification.as_ref(), deed)?;
    match &draft.renews {
        Some(grant) => {
            check_renewable(state, draft, grant)?;
            check_renewed_once(state, grant, own, deed)?;
        }
        None => {
            let start = draft.starts_at.map_or(deed.at, |starts_at| starts_at.max(deed.at));
            check_granted(state, &governing, Area::default(), &draft.target.kind, start, deed)?;
        }
    }
    let is_twin = twin(state, draft, own, deed).is_some();
    if is_twin { Err("duplicate_request") } else { Ok(governing) }
}
