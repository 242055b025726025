use access_engine::commands::Command;
use access_engine::events::AccessEvent;
use access_engine::requests::Verdict;

use super::super::clockwork::Millis;
use super::super::known::{Known, Question, Seen};
use super::ensure;

/// Everybody who has access was let in by people who may, or broke the glass; for no longer than they said.
pub(super) fn was_let_in(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    match seen {
        Seen::Committed { commit, sent, before, after } => {
            let command = sent.filter(|sent| sent.actor == commit.actor).map(|sent| &sent.command);
            let is_sent = command.is_some() || commit.actor.subject().is_none();
            ensure(is_sent, || format!("nobody sent what {:?} did: {:?}", commit.actor, commit.events))?;
            for event in &commit.events {
                let AccessEvent::GrantCreated(event) = event else { continue };
                let id = &event.grant.id;
                let given = &after.grants[id];
                let asked = &after.requests[&given.request];
                let is_by_its_holder = commit.actor.subject() == Some(&given.holder.0);
                let is_by_a_command = match command {
                    Some(Command::BreakGlass(_)) => given.is_broken && is_by_its_holder,
                    Some(Command::ReviewRequest(said)) => {
                        !given.is_broken
                            && said.verdict == Verdict::Approve
                            && said.request_id == given.request
                    }
                    _ => false,
                };
                ensure(is_by_a_command && asked.requester == given.holder, || {
                    format!("{id} comes of {command:?}")
                })?;
                let may = if given.is_broken { after.unbroken(given) } else { after.missing(&given.request) };
                may.map_err(|why| format!("{id} for {}: {why}", given.holder.0))?;
                ensure(after.ends_in_time(given), || {
                    format!("{id} lasts longer than was approved: {given:?} {asked:?}")
                })?;
                let is_second = before.grants.values().any(|other| other.request == given.request);
                ensure(!is_second, || format!("{} was granted twice", given.request))?;
            }
            Ok(())
        }
        Seen::Asked(question) => {
            let Some(by) = &question.open_by else { return Ok(()) };
            let opening = opening(known, question);
            let is_so = by.as_ref().is_some_and(|by| opening.iter().any(|id| *id == by.to_string()));
            ensure(is_so, || {
                format!("{} may open {} by {by:?}, not by {opening:?}", question.subject, question.path)
            })
        }
        _ => Ok(()),
    }
}

/// Nobody is shut out while a grant of his is live.
pub(super) fn is_not_shut_out(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Asked(question) = seen else { return Ok(()) };
    let opening = opening(known, question);
    ensure(question.open_by.is_some() || opening.is_empty(), || {
        format!("{} may not open {}, though there is {opening:?}", question.subject, question.path)
    })
}

fn opening(known: &Known, question: &Question) -> Vec<String> {
    let view = known.views.get(&question.head.hash);
    let opening = view.map(|view| view.opening(&question.subject, &question.path, question.clock));
    opening.unwrap_or_default().into_iter().map(ToString::to_string).collect()
}

/// Beside the time between two looks at the store.
const SLACK: Millis = 3_000;

/// What is over opens nothing any more as soon as a server has had the time to look at its store.
pub(super) fn is_closed_in_time(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Asked(question) = seen else { return Ok(()) };
    let Some(Some(by)) = &question.open_by else { return Ok(()) };
    let Some(closed) = known.closed_since(by) else { return Ok(()) };
    let bound = closed.max(question.trouble) + known.pace.beat + SLACK;
    ensure(question.at <= bound, || {
        let late = question.at - closed;
        format!("{} may open {} by {by}, {late} ms after it was over", question.subject, question.path)
    })
}
