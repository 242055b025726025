//! What is replayed, repeated or late ends in the same state.

use access_engine::Engine;
use access_engine::model::*;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};

use super::history::Model;
use super::runner::{always, begun, config, each_moment, ensure};
use super::stories::{START, Sent, Story, stories};

#[test]
fn replay_equals_state_and_the_same_key_acts_once() {
    always(|moment| {
        let Sent { actor, command, at } = moment.sent;
        if let Ok(first) = moment.answer
            && !first.events.is_empty()
        {
            let later = at.plus(Seconds::days(1));
            let second = moment.engine.repeated(actor, command, Some(moment.key), later);
            ensure(second.as_ref() == Ok(&Some(first.clone())), || format!("{first:?} then {second:?}"))?;
            let other = Command::SetAdministrators(SetAdministrators { administrators: Vec::new() });
            let third = moment.engine.repeated(actor, &other, Some(moment.key), later);
            ensure(third == Err(Refusal::IdempotencyMismatch), || format!("another command: {third:?}"))?;
        }
        if !moment.is_last {
            return Ok(());
        }
        let mut replayed = Engine::new(moment.engine.project().clone());
        for commit in moment.engine.log() {
            let stored = serde_json::to_string(&**commit).unwrap();
            replayed.apply(serde_json::from_str(&stored).unwrap()).map_err(|refusal| refusal.to_string())?;
        }
        ensure(replayed.state() == moment.engine.state(), || "replay differs from state".to_owned())?;
        ensure(replayed.head() == moment.engine.head(), || "replay has another head".to_owned())?;
        let again = replayed.run_once(actor, command, Some(moment.key), *at);
        ensure(again == *moment.answer, || format!("after replay the same key answers {again:?}"))
    });
}

/// What is left of a story when versions and the ids made from them are left out.
fn outcome(engine: &Engine) -> String {
    let model = Model::of(engine.log().iter().map(|commit| &**commit));
    let requests = model.requests.iter().map(|request| {
        let said = request.reviews.iter();
        let reviews: Vec<_> = said.map(|said| (said.people(), said.review.step, said.stands)).collect();
        let endings: Vec<_> = request.endings.iter().map(|(status, _, at)| (status, at)).collect();
        let content = &request.content;
        format!(
            "{:?} {:?} {:?} {reviews:?} {endings:?}",
            content.requester, content.target, request.expires_at
        )
    });
    let grants = model.grants.iter().map(|given| {
        let ends: Vec<_> = given.ends.iter().map(|end| (end.at, end.reason)).collect();
        format!("{:?} {:?} {:?} {ends:?}", given.grant.holder, given.grant.starts_at, given.grant.ends_at)
    });
    requests.chain(grants).collect::<Vec<_>>().join("\n")
}

/// The same command in a project whose ids differ, because it was ticked more often.
fn translated(command: &Command, from: &Engine, to: &Engine) -> Command {
    let mut text = serde_json::to_string(command).unwrap();
    let ids = |engine: &Engine| {
        let events = engine.log().iter().flat_map(|commit| commit.events.clone());
        let made = events.filter_map(|event| match event {
            AccessEvent::PolicyCreated(event) => Some((event.policy.id.to_string(), None)),
            AccessEvent::RequestMade(event) => Some((event.request_id.to_string(), Some(event.content_hash))),
            AccessEvent::RequestAmended(event) => {
                Some((event.request_id.to_string(), Some(event.content_hash)))
            }
            AccessEvent::GrantCreated(event) => Some((event.grant.id.to_string(), None)),
            AccessEvent::DelegationCreated(event) => Some((event.delegation.id.to_string(), None)),
            AccessEvent::PermissionCreated(event) => Some((event.permission.id.to_string(), None)),
            _ => None,
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
    let strategy = (stories(), proptest::collection::vec(0..90_i64, 60));
    let run = |(story, ticks): (Story, Vec<i64>)| {
        let mut often = begun(&story);
        let mut ticks = ticks.into_iter();
        let mut clock = START;
        let mut last = None;
        each_moment(
            &story,
            |_| Ok(()),
            |moment| {
                let command = translated(&moment.sent.command, moment.engine, &often);
                // On the way there the other engine ticks as it pleases, twice at each stop.
                for minutes in ticks.by_ref().take(1) {
                    let stop = (clock + minutes * 60_000).min(moment.sent.at.millis());
                    for _ in 0..2 {
                        if let Some(commit) = often.tick(Timestamp::from_millis(stop).unwrap()) {
                            often.apply(commit).map_err(|refusal| refusal.to_string())?;
                        }
                    }
                }
                clock = moment.sent.at.millis();
                let answer = often.run(&moment.sent.actor, &command, moment.sent.at);
                ensure(answer.is_ok() == moment.answer.is_ok(), || format!("{command:?}: {answer:?}"))?;
                last = Some(moment.engine.clone());
                Ok(())
            },
        )
        .map_err(TestCaseError::fail)?;
        if let Some(seldom) = last {
            prop_assert_eq!(outcome(&seldom), outcome(&often));
        }
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}
