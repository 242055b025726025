//! What is replayed, repeated or late ends in the same state.

use std::sync::Arc;

use access_engine::Engine;
use access_engine::Project;
use access_engine::commands::{Command, SetAdministrators};
use access_engine::events::AccessEvent;
use access_engine::record::Commit;
use access_engine::refusal::Refusal;
use access_engine::requests::ReviewRecord;
use access_engine::values::Seconds;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use serde_json::value::RawValue;

use super::history::History;
use super::runner::{always, config, each_moment, ensure, history_of, replayed, told, whole_history_of};
use super::stories::{Story, beginning, start, stories};
use crate::model::state::Sent;

#[test]
fn replay_equals_state_and_the_same_key_acts_once() {
    always(|moment| {
        let Sent { actor, key, now, .. } = moment.sent;
        let (command, key) = (moment.command, key.as_ref());
        let committed = moment.answer.as_ref().ok().filter(|first| !first.events.is_empty());
        // Whoever has entered in this commit under the id of the actor, himself perhaps, did not send the command.
        let is_his = committed.is_none_or(|first| {
            let people = &moment.history.state.people;
            actor.subject().is_none_or(|id| people.is_since(&id.into(), first.version - 1))
        });
        if let Some(first) = committed {
            let later = now.plus(Seconds::days(1));
            let second = moment.engine.repeated(actor, command, key, later);
            let expected = is_his.then_some(first.version);
            ensure(second == Ok(expected), || format!("{first:?} then {second:?}"))?;
            let other = Command::SetAdministrators(SetAdministrators { administrators: Vec::new() });
            let third = moment.engine.repeated(actor, &other, key, later);
            let expected = if is_his { Err(Refusal::IdempotencyMismatch) } else { Ok(None) };
            ensure(third == expected, || format!("another command: {third:?}"))?;
        }
        if !moment.is_last {
            return Ok(());
        }
        let mut replayed = replayed(moment.engine)?;
        ensure(replayed.state() == moment.engine.state(), || "replay differs from state".to_owned())?;
        ensure(replayed.head() == moment.engine.head(), || "replay has another head".to_owned())?;
        snapshot_and_tail(moment.engine)?;
        let again = replayed.run_once(actor, command, key, *now);
        let is_same = again == *moment.answer || !is_his;
        ensure(is_same, || format!("after replay the same key answers {again:?}"))
    });
}

/// A snapshot at any version, with the commits behind it, is the state, byte for byte.
fn snapshot_and_tail(engine: &Project) -> Result<(), String> {
    let stored: Vec<_> = engine.stored().map(|commit| RawValue::from_string(commit).unwrap()).collect();
    let mut behind = Engine::new(engine.project().clone());
    let mut opened: Vec<Engine> = Vec::new();
    for (number, commit) in stored.iter().enumerate() {
        behind.read(commit).map_err(|refusal| refusal.to_string())?;
        for one in &mut opened {
            one.read(commit).map_err(|refusal| format!("behind a snapshot: {refusal}"))?;
        }
        if number % 16 == 5 {
            let again = Engine::open(engine.project(), &behind.snapshot().data);
            opened.push(again.ok_or("a snapshot is not read")?);
        }
    }
    for one in opened.into_iter().chain([behind]) {
        ensure(one.state() == engine.state(), || "a snapshot and its tail are another state".to_owned())?;
        let is_same = one.snapshot().digest == engine.snapshot().digest;
        ensure(is_same, || "a snapshot and its tail make another snapshot".to_owned())?;
    }
    Ok(())
}

/// What is left of a story when versions and the ids made from them are left out, and what of it is archived.
fn outcome(whole: &History, working: &History) -> String {
    let requests = whole.requests().map(|asked| {
        let said = asked.reviews.iter().map(|ReviewRecord { review, standing }| {
            (&review.reviewer, &review.on_behalf_of, review.step, standing)
        });
        let (reviews, content) = (said.collect::<Vec<_>>(), &asked.content);
        let is_left = working.requests().any(|left| left.id == asked.id);
        format!(
            "{:?} {:?} {:?} {reviews:?} {:?} {is_left}",
            content.requester, content.target, asked.expires_at, asked.course.endings
        )
    });
    let grants = whole.grants().map(|given| {
        let end = given.end.as_ref().map(|end| (end.at, end.reason));
        format!("{:?} {:?} {:?} {end:?} {}", given.holder, given.starts_at, given.ends_at, given.ends)
    });
    requests.chain(grants).collect::<Vec<_>>().join("\n")
}

/// The same command in a project whose ids differ, because it was ticked more often.
fn translated(command: &Command, from: &[Arc<Commit>], to: &[Arc<Commit>]) -> Command {
    let mut text = serde_json::to_string(command).unwrap();
    let ids = |log: &[Arc<Commit>]| {
        let events = log.iter().flat_map(|commit| commit.events.clone());
        let made = events.flat_map(|event| match event {
            AccessEvent::PolicyCreated(event) => vec![(event.policy.id.to_string(), None)],
            AccessEvent::RequestMade(event) => {
                let bundle = event.bundle_id.iter().map(|id| (id.to_string(), None));
                bundle.chain([(event.request_id.to_string(), Some(event.content_hash))]).collect()
            }
            AccessEvent::RequestAmended(event) => {
                vec![(event.request_id.to_string(), Some(event.content_hash))]
            }
            AccessEvent::GrantCreated(event) => vec![(event.grant.id.to_string(), None)],
            AccessEvent::DelegationCreated(event) => vec![(event.delegation.id.to_string(), None)],
            AccessEvent::PermissionCreated(event) => vec![(event.permission.id.to_string(), None)],
            _ => Vec::new(),
        });
        made.collect::<Vec<_>>()
    };
    for ((old, old_hash), (new, new_hash)) in ids(from).into_iter().zip(ids(to)) {
        text = text.replace(&format!("\"{old}\""), &format!("\"<{new}>\""));
        if let (Some(old_hash), Some(new_hash)) = (old_hash, new_hash) {
            text = text.replace(&old_hash, &new_hash);
        }
    }
    Command::from_json(&text.replace("\"<", "\"").replace(">\"", "\"")).unwrap()
}

#[test]
fn late_missed_and_repeated_ticks_change_nothing_in_the_end() {
    let strategy = (stories(), proptest::collection::vec(0..90_u64, 60));
    let run = |(story, ticks): (Story, Vec<u64>)| {
        let mut often = told(&beginning(&story));
        let mut ticks = ticks.into_iter();
        let mut clock = start();
        let mut last = None;
        each_moment(
            &story,
            |_| Ok(()),
            |moment| {
                let Sent { actor, now, .. } = moment.sent;
                let command = translated(moment.command, moment.engine.log(), often.log());
                // On the way there the other engine ticks as it pleases, twice at each stop.
                for minutes in ticks.by_ref().take(1) {
                    let stop = clock.plus(Seconds::minutes(minutes)).min(*now);
                    for _ in 0..2 {
                        if let Some(commit) = often.due(stop) {
                            often.apply(commit).map_err(|refusal| refusal.to_string())?;
                        }
                    }
                }
                clock = *now;
                let answer = often.run(actor, &command, *now);
                ensure(answer.is_ok() == moment.answer.is_ok(), || format!("{command:?}: {answer:?}"))?;
                last = moment.is_last.then(|| outcome(&whole_history_of(moment.engine), moment.history));
                Ok(())
            },
        )
        .map_err(TestCaseError::fail)?;
        if let Some(seldom) = last {
            prop_assert_eq!(seldom, outcome(&whole_history_of(&often), &history_of(&often)));
        }
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}
