//! Break-glass and the review after use (`glass.*`).

use access_engine::commands::{AcknowledgeBreakGlass, BreakGlass, BreakGlassFor, RequestDraft};
use access_engine::people::{Personal, Principal};
use access_engine::requests::{Acknowledgement, BreakGlassRecord, GrantOrigin};
use access_engine::values::{AccessDuration, RequestId, RequestStatus, Seconds, SubjectId};

use super::approval::names_under;
use super::drafts::{asked_duration, check_condition, check_granted, is_longer, twin};
use super::grants::{is_blank, visible as visible_chars};
use super::people::members;
use super::policies::{Governing, cap, governing};
use super::requests::{self, visible, visible_pending};
use super::resources::Area;
use super::state::{Code, Deed, State, count_since};

/// What is broken into: a pending request, or a draft that becomes one.
enum Matter<'a> {
    Pending(RequestId),
    New(&'a RequestDraft),
}

pub(crate) fn break_glass(state: &mut State, glass: &BreakGlass, deed: &mut Deed) -> Result<(), Code> {
    let (matter, target, actions) = match &glass.subject_matter {
        BreakGlassFor::RequestId(id) => {
            let request = visible_pending(state, id, deed)?;
            if request.content.requester != *deed.by() {
                return Err("not_requester");
            }
            let content = &request.content;
            (Matter::Pending(id.clone()), content.target.clone(), content.actions.clone())
        }
        BreakGlassFor::Draft(draft) => {
            let matter = twin(state, draft, None, deed)
                .map_or(Matter::New(draft), |twin| Matter::Pending(twin.id.clone()));
            (matter, draft.target.clone(), draft.actions.clone())
        }
    };
    let governing = governing(state, &target, &actions)?;
    check_bypasser(state, &governing, deed)?;
    let terms = state.terms(&governing.policy_id, governing.version).clone();
    let cap = cap(&terms);
    if let Matter::New(_) = &matter {
        check_condition(state, &terms, deed)?;
    }
    if visible_chars(glass.justification.as_str()) < 10 {
        return Err("justification_too_short");
    }
    // Of a draft its own length counts, also where its twin is pending.
    let (asked, until) = match &glass.subject_matter {
        BreakGlassFor::RequestId(id) => {
            let request = state.request(id).expect("it is pending");
            (request.duration, request.content.until)
        }
        BreakGlassFor::Draft(draft) => (asked_duration(state, draft, deed.at)?, draft.until),
    };
    if is_longer(asked, terms.max_duration) {
        return Err("duration_too_long");
    }
    // Of a pending request, what was left out when it was asked stays left out.
    let left_out = match &matter {
        Matter::Pending(id) => state.asked(id).left_out,
        Matter::New(_) => Area::default(),
    };
    check_granted(state, &governing, left_out, &target.kind, deed.at, deed)?;
    if count_since(&state.broke_at, deed.by(), deed.at.minus(Seconds::days(1))) >= 20 {
        return Err("too_many_break_glass");
    }

    let id = match matter {
        Matter::Pending(id) => id,
        Matter::New(draft) => {
            let mut draft = draft.clone();
            // A blank one is as none.
            draft.justification = draft.justification.filter(|said| !is_blank(said.as_str()));
            draft.justification.get_or_insert_with(|| glass.justification.clone());
            requests::make(state, &draft, &governing, deed)
        }
    };
    let after = match asked {
        AccessDuration::Temporary(length) => length.min(cap),
        AccessDuration::Permanent => cap,
    };
    // What was to end before that anyhow is not shortened by the policy.
    let is_cut = until.is_none_or(|until| deed.at.plus(after) < until);
    if is_cut && asked != AccessDuration::Temporary(after) {
        deed.made.shortened_to = Some(after);
    }
    tell(state, &id, &governing, deed);
    requests::close(state, &id, RequestStatus::Approved, Some(GrantOrigin::BreakGlass), None, None, deed);
    // Who hears of the break-glass need not hear that it is decided.
    deed.told.retain(|(kind, _, _)| *kind != "already_decided");
    let justification = glass.justification.clone().into();
    state.request_mut(&id).break_glass =
        Some(BreakGlassRecord { justification, acknowledgement: None }.into());
    requests::grant(state, &id, Some((&governing, after, until)), deed);
    deed.has_changed = true;
    deed.made.request = Some(id);
    Ok(())
}

/// Whether the policy that governs now lists the actor.
fn check_bypasser(state: &State, governing: &Governing, deed: &Deed) -> Result<(), Code> {
    let terms = state.terms(&governing.policy_id, governing.version);
    let glass = terms.break_glass.as_ref().filter(|glass| !glass.bypassers.is_empty());
    let glass = glass.ok_or("break_glass_not_allowed")?;
    let is_meant = |principal: &&Principal| state.people.is_since(principal, terms.stated.bypassers);
    let is_listed = glass.bypassers.iter().filter(is_meant).any(|bypasser| match bypasser {
        Principal::Subject(id) => id == deed.by(),
        Principal::Group(id) => members(&state.people, id).contains(deed.by()),
    });
    if is_listed { Ok(()) } else { Err("not_a_bypasser") }
}

/// All eligible approvers of all steps of what the grant is under, whoever was asked to review the request, and all
/// administrators, but the requester.
fn tell(state: &State, id: &RequestId, governing: &Governing, deed: &mut Deed) {
    let request = state.request(id).expect("it is there");
    let under = (&governing.policy_id, governing.version);
    // Without self-approval the requester approves with no account.
    let is_free = |person: &SubjectId| {
        let is_own = state.people.is_same_person(person, &request.content.requester);
        state.terms(under.0, under.1).self_approval || !is_own
    };
    let all = state.people.subjects.iter().map(|subject| &subject.id);
    let told: Vec<SubjectId> = all
        .filter(|person| **person != request.content.requester)
        .filter(|person| {
            state.people.administrators.contains(person)
                || request.asked.contains(person)
                || is_free(person) && names_under(state, request, under, person)
        })
        .cloned()
        .collect();
    told.iter().for_each(|person| deed.tell("break_glass", person, Some(id)));
}

pub(crate) fn acknowledge(
    state: &mut State,
    command: &AcknowledgeBreakGlass,
    deed: &mut Deed,
) -> Result<(), Code> {
    let request = visible(state, &command.request_id, deed)?.clone();
    let record = request.break_glass.as_ref().ok_or("not_break_glass")?;
    if record.acknowledgement.is_some() {
        return Err("already_acknowledged");
    }
    if state.people.is_same_person(&request.content.requester, deed.by()) {
        return Err("self_approval");
    }
    let grant = state.grant(request.grant_id.as_ref().expect("the glass gave one")).expect("it is there");
    let under = (&grant.policy_id, grant.policy_version);
    if !names_under(state, &request, under, deed.by()) && !state.people.is_administrator(deed.by()) {
        return Err("not_an_approver");
    }
    let acknowledgement = Acknowledgement {
        by: deed.by().clone(),
        at: deed.at,
        comment: command.comment.clone().map(Personal::from),
    };
    let record = state.request_mut(&request.id).break_glass.as_mut().expect("it is there");
    record.acknowledgement = Some(acknowledgement);
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}
