//! What the engine says could be done can be done.

use access_engine::commands::{
    BreakGlass, BreakGlassFor, CancelRequest, Command, ReviewRequest, WithdrawReview,
};
use access_engine::delegations::Delegation;
use access_engine::people::Actor;
use access_engine::requests::Verdict;
use access_engine::values::{SubjectId, Text};
use serde_json::json;

use super::runner::{always, ensure};
use super::stories::PEOPLE;

#[test]
fn preview_says_accepted_exactly_when_the_request_would_be() {
    always(|moment| {
        let draft = match moment.command {
            Command::RequestAccess(draft) => draft,
            Command::AmendRequest(command) => &command.draft,
            Command::BreakGlass(BreakGlass { subject_matter: BreakGlassFor::Draft(draft), .. }) => draft,
            _ => return Ok(()),
        };
        // Every other moment is enough: there are thousands.
        if moment.number % 2 == 0 {
            return Ok(());
        }
        for actor in everybody() {
            let (command, said) = match moment.command {
                Command::AmendRequest(amendment) if moment.number % 4 == 1 => {
                    let said = moment.engine.preview_amendment(&actor, amendment, moment.at());
                    (moment.command.clone(), said)
                }
                _ => {
                    let said = moment.engine.preview(&actor, draft, moment.at());
                    (Command::RequestAccess(draft.clone()), said)
                }
            };
            let would = moment.decided(&actor, &command);
            let is_same = match (&said, &would) {
                (Ok(said), Ok(())) => said.request.allowed,
                (Ok(said), Err(refusal)) => {
                    said.request.refusal.as_ref().map(|said| &said.details) == Some(refusal)
                }
                (Err(said), would) => would.as_ref().err() == Some(said),
            };
            ensure(is_same, || format!("{actor:?} {command:?}: said {said:?}, was {would:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn explain_says_can_exactly_when_the_command_would_be_accepted() {
    always(|moment| {
        // Every third moment is enough: there are thousands.
        if moment.number % 3 != 0 {
            return Ok(());
        }
        let Some(request) = moment.history.pending().next_back() else { return Ok(()) };
        let id = || request.id.clone();
        let reviewed = |verdict, on_behalf_of| {
            let (request_id, content_hash) = (id(), Some(request.content_hash.clone()));
            let comment = None;
            Command::ReviewRequest(ReviewRequest { request_id, verdict, content_hash, on_behalf_of, comment })
        };
        let text = || serde_json::from_value::<Text>(json!("said at some length")).unwrap();
        let break_glass =
            BreakGlass { subject_matter: BreakGlassFor::RequestId(id()), justification: text() };
        let commands = [
            ("approve", reviewed(Verdict::Approve, None)),
            ("reject", reviewed(Verdict::Reject, None)),
            ("withdrawReview", Command::WithdrawReview(WithdrawReview { request_id: id() })),
            ("cancel", Command::CancelRequest(CancelRequest { request_id: id(), reason: Some(text()) })),
            ("breakGlass", Command::BreakGlass(break_glass)),
        ];
        let open = moment.engine.explain(&Actor::Host, &request.id, moment.at()).unwrap();
        let can_approve: Vec<_> =
            open.steps.iter().flat_map(|step| &step.can_approve).map(|person| person.id.clone()).collect();
        let listed = open.steps.iter().flat_map(|step| &step.delegates);
        let can_for: Vec<_> = listed.map(|pair| (&pair.person.id, &pair.on_behalf_of.id)).collect();
        for Delegation { delegate, delegator, .. } in &moment.history.state.delegations {
            let approval = reviewed(Verdict::Approve, Some(delegator.into()));
            let would = moment.decided(&Actor::Subject(delegate.clone()), &approval);
            ensure(can_for.contains(&(delegate, delegator)) == would.is_ok(), || {
                format!("{delegate} for {delegator}: listed {can_for:?}, was {would:?} of {request:?}")
            })?;
        }
        for actor in everybody() {
            let explained = moment.engine.explain(&actor, &request.id, moment.at());
            for (name, command) in &commands {
                let would = moment.decided(&actor, command);
                let said = explained.as_ref().map(|explained| {
                    let you = serde_json::to_value(explained.you.as_ref().unwrap()).unwrap();
                    you[name]["allowed"].as_bool().unwrap()
                });
                let is_same = match (&said, &would) {
                    (Ok(said), would) => *said == would.is_ok(),
                    (Err(said), would) => would.as_ref().err() == Some(*said),
                };
                ensure(is_same, || format!("{actor:?} {name}: said {said:?}, was {would:?} of {request:?}"))?;
                if *name == "approve" {
                    let is_listed = can_approve.iter().any(|id| actor.subject() == Some(id));
                    ensure(is_listed == would.is_ok(), || {
                        format!("{actor:?} is listed: {is_listed}, was {would:?}")
                    })?;
                }
            }
        }
        Ok(())
    });
}

fn everybody() -> impl Iterator<Item = Actor> {
    PEOPLE.into_iter().chain(["zoe"]).map(|id| Actor::Subject(SubjectId::try_from(id).unwrap()))
}
