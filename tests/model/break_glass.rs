//! Break-glass and the review after use (`glass.*`).

use access_engine::commands::{AcknowledgeBreakGlass, BreakGlass, BreakGlassFor, RequestDraft};
use access_engine::people::Principal;
use access_engine::requests::{Acknowledgement, BreakGlassRecord, GrantOrigin};
use access_engine::values::{AccessDuration, RequestId, RequestStatus, Seconds, SubjectId};

use super::approval::names_anywhere;
use super::drafts::{check_condition, check_granted, check_terms, twin};
use super::grants::{is_blank, visible as visible_chars};
use super::people::members;
use super::policies::{Governing, governing};
use super::requests::{self, visible, visible_pending};
use super::resources::Area;
use super::state::{Code, Deed, State};

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
    let cap = check_bypasser(state, &governing, deed)?;
    if let Matter::New(_) = &matter {
        check_condition(state, &state.terms(&governing.policy_id, governing.version).terms, deed)?;
    }
    if visible_chars(glass.justification.as_str()) < 10 {
        return Err("justification_too_short");
    }
    if let Matter::New(draft) = &matter {
        let terms = &state.terms(&governing.policy_id, governing.version).terms;
        check_terms(state, draft, terms, Some(&glass.justification), deed)?;
    }
    // Of a pending request, what was left out when it was asked stays left out.
    let left_out = match &matter {
        Matter::Pending(id) => state.asked(id).left_out,
        Matter::New(_) => Area::default(),
    };
    check_granted(state, &governing, left_out, &target.kind, deed)?;

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
    let before = state.request(&id).expect("it is there").duration;
    let after = match before {
        AccessDuration::Temporary(length) => length.min(cap),
        AccessDuration::Permanent => cap,
    };
    if before != AccessDuration::Temporary(after) {
        deed.made.shortened_to = Some(after);
    }
    state.request_mut(&id).duration = AccessDuration::Temporary(after);
    tell(state, &id, deed);
    requests::close(state, &id, RequestStatus::Approved, Some(GrantOrigin::BreakGlass), None, None, deed);
    // Who hears of the break-glass need not hear that it is decided.
    deed.told.retain(|(kind, _, _)| *kind != "already_decided");
    let justification = glass.justification.clone();
    state.request_mut(&id).break_glass = Some(BreakGlassRecord { justification, acknowledgement: None });
    requests::grant(state, &id, Some((&governing, AccessDuration::Temporary(after))), deed);
    deed.has_changed = true;
    deed.made.request = Some(id);
    Ok(())
}

/// The cap, where the policy that governs now lists the actor.
fn check_bypasser(state: &State, governing: &Governing, deed: &Deed) -> Result<Seconds, Code> {
    let terms = &state.terms(&governing.policy_id, governing.version).terms;
    let glass = terms.break_glass.as_ref().filter(|glass| !glass.bypassers.is_empty());
    let glass = glass.ok_or("break_glass_not_allowed")?;
    let is_listed = glass.bypassers.iter().any(|bypasser| match bypasser {
        Principal::Subject { id } => id == deed.by(),
        Principal::Group { id } => members(&state.people, id).contains(deed.by()),
    });
    if is_listed { Ok(glass.max_duration) } else { Err("not_a_bypasser") }
}

/// All eligible approvers of all steps, whoever else was asked, and all administrators, but the requester.
fn tell(state: &State, id: &RequestId, deed: &mut Deed) {
    let request = state.request(id).expect("it is there");
    let all = state.people.subjects.iter().map(|subject| &subject.id);
    let told: Vec<SubjectId> = all
        .filter(|person| **person != request.content.requester)
        .filter(|person| {
            state.people.administrators.contains(person)
                || request.asked.contains(person)
                || names_anywhere(state, request, person)
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
    if request.content.requester == *deed.by() {
        return Err("self_approval");
    }
    if !names_anywhere(state, &request, deed.by()) {
        return Err("not_an_approver");
    }
    let acknowledgement =
        Acknowledgement { by: deed.by().clone(), at: deed.at, comment: command.comment.clone() };
    let record = state.request_mut(&request.id).break_glass.as_mut().expect("it is there");
    record.acknowledgement = Some(acknowledgement);
    deed.has_changed = true;
    deed.made.request = Some(request.id);
    Ok(())
}
