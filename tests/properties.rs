//! What holds after every command, whatever happens: the invariants of the engine, checked by a model that shares no
//! deciding code with it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails panics"
)]

#[path = "properties/model.rs"]
mod model;
#[path = "properties/world.rs"]
mod world;

use std::cell::Cell;
use std::collections::BTreeSet;

use access_engine::Engine;
use access_engine::model::*;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, FileFailurePersistence, RngSeed, TestCaseError, TestRunner};
use serde_json::json;

use model::{Asked, Given, Model, deeds};
use world::{PEOPLE, START, Sent, Story, beginning, stories, wide_stories};

/// What one command did.
struct Moment<'a> {
    sent: &'a Sent,
    /// The key that went with it.
    key: &'a IdempotencyKey,
    answer: &'a Result<Receipt, Refusal>,
    engine: &'a Engine,
    model: &'a Model,
    /// How many grants there were before, and how many commits.
    grants_before: usize,
    commits_before: usize,
    events: Vec<&'a AccessEvent>,
    /// Counted from 1.
    number: usize,
    is_last: bool,
}

impl Moment<'_> {
    fn at(&self) -> Timestamp {
        let last = self.engine.state().last_at().unwrap();
        last.max(self.sent.at)
    }
}

type Check = fn(&Moment<'_>) -> Result<(), String>;

/// The same 256 stories in every run, so that whoever sees one fail can run it again. `STORIES` and `SEED` look further.
fn config() -> Config {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/properties/seeds.txt");
    let number = |name| std::env::var(name).ok().map(|text| text.parse::<u32>().expect(name));
    Config {
        cases: number("STORIES").unwrap_or(256),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(seeds))),
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(20_261_123).into()),
        ..Config::default()
    }
}

/// Runs the stories and checks every moment of them; many commands of them are accepted.
fn always(check: Check) {
    always_in(stories().boxed(), check);
}

fn always_in(stories: BoxedStrategy<Story>, check: Check) {
    let (accepted, all) = (Cell::new(0_u32), Cell::new(0_u32));
    let tell = |story: Story| {
        each_moment(&story, |moment| {
            all.set(all.get() + 1);
            accepted.set(accepted.get() + u32::from(moment.answer.is_ok()));
            check(moment)
        })
        .map_err(TestCaseError::fail)
    };
    TestRunner::new(config()).run(&stories, tell).unwrap_or_else(|failure| panic!("{failure}"));
    let share = accepted.get() * 100 / all.get().max(1);
    println!("{} of {} commands were accepted, {share} %", accepted.get(), all.get());
    assert!(share >= 40, "too few commands are accepted to say much: {share} %");
}

fn each_moment(
    story: &Story,
    mut check: impl FnMut(&Moment<'_>) -> Result<(), String>,
) -> Result<(), String> {
    let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
    let mut model = Model::default();
    let mut clock = START;
    for sent in beginning(story) {
        let _ = engine.run(&sent.actor, &sent.command, sent.at);
    }
    for commit in engine.log() {
        commit.events.iter().for_each(|event| drop(model.fold(event, commit.at)));
    }
    for (number, happening) in (1..).zip(&story.happenings) {
        let sent = happening.sent(&engine, &model, &mut clock);
        let key = IdempotencyKey::try_from(format!("key {number}")).unwrap();
        let (version, grants_before) = (engine.log().len(), model.grants.len());
        let answer = engine.run_once(&sent.actor, &sent.command, Some(&key), sent.at);
        for commit in &engine.log()[version..] {
            for event in &commit.events {
                let complaint = model.fold(event, commit.at).pop();
                if story.is_wide {
                    continue;
                }
                complaint.map_or(Ok(()), Err)?;
                check_step(&model, event)?;
            }
        }
        check(&Moment {
            sent: &sent,
            key: &key,
            answer: &answer,
            engine: &engine,
            model: &model,
            grants_before,
            commits_before: version,
            events: engine.log()[version..].iter().flat_map(|commit| commit.events.iter()).collect(),
            number,
            is_last: number == story.happenings.len(),
        })?;
    }
    Ok(())
}

/// A step is completed only by approvals that meet all its quorums at that very moment.
fn check_step(model: &Model, event: &AccessEvent) -> Result<(), String> {
    let AccessEvent::StepCompleted(event) = event else { return Ok(()) };
    let request = find(model, &event.request_id);
    let terms = terms(model, request);
    let is_met = model.is_met(request, terms, event.step) && model.are_eligible(request, terms, event.step);
    ensure(is_met, || format!("step {} is completed unmet: {request:?} under {terms:?}", event.step))
}

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}

fn find<'a>(model: &'a Model, id: &RequestId) -> &'a Asked {
    model.requests.iter().find(|request| request.id == *id).unwrap()
}

fn terms<'a>(model: &'a Model, request: &Asked) -> &'a PolicyTerms {
    model.terms(&request.content.policy_id, request.content.policy_version)
}

/// The grants that this command made, with their requests.
fn new_grants<'a>(moment: &'a Moment<'_>) -> impl Iterator<Item = (&'a Given, &'a Asked)> {
    let new = moment.model.grants.iter().skip(moment.grants_before);
    new.map(|given| (given, find(moment.model, &given.grant.request_id)))
}

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
fn no_change_of_policies_or_directory_approves_rejects_or_widens() {
    always(|moment| {
        let is_change = matches!(
            moment.sent.command,
            Command::SyncDirectory(_)
                | Command::SetAdministrators(_)
                | Command::CreatePolicy(_)
                | Command::UpdatePolicy(_)
                | Command::DeletePolicy(_)
        );
        let decides = |event: &&&AccessEvent| {
            matches!(
                event,
                AccessEvent::RequestApproved(_)
                    | AccessEvent::RequestRejected(_)
                    | AccessEvent::StepCompleted(_)
                    | AccessEvent::GrantCreated(_)
            )
        };
        if let Some(event) = moment.events.iter().find(decides).filter(|_| is_change) {
            return Err(format!("{event:?} by {:?}", moment.sent.command));
        }
        // A grant never opens more than what its policy governed when it was asked for.
        let widest = |holder: &SubjectId, deed| {
            let mut live = moment.model.grants.iter().filter(|given| given.grant.holder == *holder);
            live.any(|given| given.is_live(moment.at()) && given.most.contains(&deed))
        };
        for (holder, deed) in all_deeds(moment) {
            ensure(!allows(moment, &holder, deed) || widest(&holder, deed), || {
                format!("{holder} may {deed:?}, more than was ever given")
            })?;
        }
        Ok(())
    });
}

#[test]
fn effective_access_is_the_union_of_live_grants_within_what_their_policies_govern() {
    always(|moment| {
        for (holder, deed) in all_deeds(moment) {
            let (must, may) = moment.model.opens(&holder, deed, moment.at());
            let allows = allows(moment, &holder, deed);
            ensure((!must || allows) && (may || !allows), || {
                format!(
                    "{holder} {deed:?}: allowed {allows}, must {must}, may {may}: {:?}",
                    moment.model.grants
                )
            })?;
        }
        Ok(())
    });
}

/// Every deed by everybody who has ever been given anything, and by one who has not.
fn all_deeds(moment: &Moment<'_>) -> impl Iterator<Item = (SubjectId, model::Deed)> {
    let holders = moment.model.grants.iter().map(|given| given.grant.holder.clone());
    let nobody = SubjectId::try_from("zoe").unwrap();
    let people: BTreeSet<_> = holders.chain([nobody]).collect();
    people.into_iter().flat_map(|id| deeds().map(move |deed| (id.clone(), deed)))
}

fn allows(moment: &Moment<'_>, subject: &SubjectId, (environment, path, action): model::Deed) -> bool {
    let resource = Resource {
        kind: ResourceType::default(),
        environment: Some(Environment::try_from(environment).unwrap()),
        path: ResourcePath::try_from(path).unwrap(),
    };
    moment.engine.is_allowed(subject, &Action::try_from(action).unwrap(), &resource, moment.at())
}

#[test]
fn a_grant_ends_no_later_than_its_start_and_the_approved_duration() {
    always(|moment| {
        for (given, request) in new_grants(moment) {
            let grant = &given.grant;
            let fits = match (request.duration, grant.ends_at) {
                (AccessDuration::Permanent, _) => true,
                (AccessDuration::Temporary(_), None) => false,
                (AccessDuration::Temporary(length), Some(end)) => end <= grant.starts_at.plus(length),
            };
            let content = &request.content;
            let is_for_the_same = grant.target == content.target
                && grant.actions == content.actions
                && grant.holder == content.requester
                && grant.starts_at >= content.starts_at.map_or(moment.at(), |asked| asked.max(moment.at()));
            ensure(fits && is_for_the_same, || format!("{grant:?} of {request:?}"))?;
        }
        for given in moment.model.grants.iter().filter(|given| !given.ends.is_empty()) {
            let end = given.ends[0].at;
            ensure(given.grant.ends_at.is_none_or(|due| end <= due), || format!("{given:?} ends late"))?;
        }
        Ok(())
    });
}

#[test]
fn every_request_ends_once_and_every_end_of_access_is_an_event() {
    always(|moment| {
        let at = moment.at();
        for request in &moment.model.requests {
            ensure(request.endings.len() <= 1, || format!("ended more than once: {request:?}"))?;
            let is_overdue = request.is_pending() && request.expires_at <= at;
            ensure(!is_overdue, || format!("overdue at {at:?}: {request:?}"))?;
            let gave =
                moment.model.grants.iter().filter(|given| given.grant.request_id == request.id).count();
            let is_approved = request.endings.iter().any(|(status, ..)| *status == RequestStatus::Approved);
            ensure(gave == usize::from(is_approved), || format!("{gave} grants of {request:?}"))?;
        }
        for given in &moment.model.grants {
            let is_due = given.grant.ends_at.is_some_and(|end| end <= at)
                || !moment.model.is_active(&given.grant.holder);
            ensure(given.ends.len() == 1 || (given.ends.is_empty() && !is_due), || {
                format!("at {at:?}: {given:?}")
            })?;
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

#[test]
fn approvers_are_asked_when_a_step_opens_and_never_the_requester() {
    always(|moment| {
        let commits = || moment.engine.log().iter().skip(moment.commits_before);
        for event in &moment.events {
            let AccessEvent::StepOpened(event) = event else { continue };
            let request = find(moment.model, &event.request_id);
            let eligible = moment.model.eligible(request, terms(moment.model, request), event.step);
            let expected: BTreeSet<_> =
                eligible.into_iter().filter(|id| **id != request.content.requester).collect();
            let told = commits().flat_map(|commit| &commit.notices).filter(|notice| {
                let is_about = notice.request.as_ref().is_some_and(|about| about.id == event.request_id);
                is_about && notice.kind == NoticeKind::ReviewAsked { step: event.step }
            });
            let told: BTreeSet<_> = told.map(|notice| &notice.recipient.id).collect();
            ensure(told == expected, || format!("{told:?} were asked, not {expected:?}: {event:?}"))?;
        }
        // What a tick tells goes before what the command changes.
        for notice in commits().last().into_iter().flat_map(|commit| &commit.notices) {
            let is_active = moment.model.is_active(&notice.recipient.id);
            ensure(is_active, || format!("somebody disabled is told: {notice:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn replay_equals_state_and_the_same_key_acts_once() {
    always_in(wide_stories().boxed(), |moment| {
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

#[test]
fn preview_says_accepted_exactly_when_the_request_would_be() {
    always_in(wide_stories().boxed(), |moment| {
        let draft = match &moment.sent.command {
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
            let would = decided(moment, &actor, &Command::RequestAccess(draft.clone()));
            let said = moment.engine.preview(&actor, draft, moment.at());
            let is_same = match (&said, &would) {
                (Ok(said), Ok(())) => said.request.allowed,
                (Ok(said), Err(refusal)) => {
                    said.request.refusal.as_ref().map(|said| &said.details) == Some(refusal)
                }
                (Err(said), would) => would.as_ref().err() == Some(said),
            };
            ensure(is_same, || format!("{actor:?} {draft:?}: said {said:?}, was {would:?}"))?;
        }
        Ok(())
    });
}

#[test]
fn explain_says_can_exactly_when_the_command_would_be_accepted() {
    always_in(wide_stories().boxed(), |moment| {
        // Every third moment is enough: there are thousands.
        if moment.number % 3 != 0 {
            return Ok(());
        }
        let Some(request) = moment.model.requests.iter().rfind(|request| request.is_pending()) else {
            return Ok(());
        };
        let id = || request.id.clone();
        let content_hash = || Some(request.hash.clone());
        let reviewed = |verdict| {
            let review = ReviewRequest {
                request_id: id(),
                verdict,
                content_hash: content_hash(),
                on_behalf_of: None,
                comment: None,
            };
            Command::ReviewRequest(review)
        };
        let text = || serde_json::from_value::<Text>(json!("said at some length")).unwrap();
        let break_glass =
            BreakGlass { subject_matter: BreakGlassFor::RequestId(id()), justification: text() };
        let commands = [
            ("approve", reviewed(Verdict::Approve)),
            ("reject", reviewed(Verdict::Reject)),
            ("withdrawReview", Command::WithdrawReview(WithdrawReview { request_id: id() })),
            ("cancel", Command::CancelRequest(CancelRequest { request_id: id(), reason: Some(text()) })),
            ("breakGlass", Command::BreakGlass(break_glass)),
        ];
        let open = moment.engine.explain(&Actor::Host, &request.id, moment.at()).unwrap();
        let can_approve: Vec<_> =
            open.steps.iter().flat_map(|step| &step.can_approve).map(|person| person.id.clone()).collect();
        for actor in everybody() {
            let explained = moment.engine.explain(&actor, &request.id, moment.at());
            for (name, command) in &commands {
                let would = decided(moment, &actor, command);
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

/// What would become of a command now: what is due has been ticked.
fn decided(moment: &Moment<'_>, actor: &Actor, command: &Command) -> Result<(), Refusal> {
    moment.engine.decide(actor, command, None, moment.at()).map(drop)
}

fn everybody() -> impl Iterator<Item = Actor> {
    PEOPLE.into_iter().chain(["zoe"]).map(|id| Actor::Subject(SubjectId::try_from(id).unwrap()))
}

/// What is left of a story when versions and the ids made from them are left out.
fn outcome(engine: &Engine) -> String {
    let mut model = Model::default();
    for commit in engine.log() {
        commit.events.iter().for_each(|event| drop(model.fold(event, commit.at)));
    }
    let requests = model.requests.iter().map(|request| {
        let reviews: Vec<_> =
            request.reviews.iter().map(|(review, stands)| (&review.reviewer, review.step, stands)).collect();
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
    let strategy = (wide_stories(), proptest::collection::vec(0..90_i64, 60));
    let run = |(story, ticks): (Story, Vec<i64>)| {
        let mut often = Engine::new(ProjectId::try_from("acme").unwrap());
        for sent in beginning(&story) {
            let _ = often.run(&sent.actor, &sent.command, sent.at);
        }
        let mut ticks = ticks.into_iter();
        let mut clock = START;
        let mut last = None;
        each_moment(&story, |moment| {
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
        })
        .map_err(TestCaseError::fail)?;
        if let Some(seldom) = last {
            prop_assert_eq!(outcome(&seldom), outcome(&often));
        }
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}

/// A company with one policy of these steps, and a request by `dev`.
fn asked_under(steps: &serde_json::Value) -> Option<(Engine, RequestId, String)> {
    let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
    let person = |id: &str| json!({ "type": "user", "id": id, "name": id });
    let at = Timestamp::from_millis(START).unwrap();
    let mut run = |actor: Actor, command: serde_json::Value| {
        engine.run(&actor, &Command::from_json(&command.to_string()).unwrap(), at)
    };
    let people: Vec<_> = PEOPLE.iter().map(|id| person(id)).collect();
    run(Actor::Host, json!({ "createProject": { "project": "acme", "administrators": people } })).unwrap();
    let ada = || Actor::Subject(SubjectId::try_from("ada").unwrap());
    let terms = json!({ "name": "One", "targets": { "paths": ["/**"] }, "actions": "all", "steps": steps });
    run(ada(), json!({ "createPolicy": terms })).ok()?;
    let dev = Actor::Subject(SubjectId::try_from("dev").unwrap());
    let draft = json!({ "target": { "path": "/app" }, "actions": ["read"], "duration": 600 });
    let receipt = run(dev, json!({ "requestAccess": draft })).ok()?;
    let made = receipt.events.iter().find_map(|event| match event {
        AccessEvent::RequestMade(event) => Some(event.content_hash.clone()),
        _ => None,
    });
    Some((engine, receipt.request_id?, made?))
}

/// Whom a quorum names, and how many of them it needs.
type Named = (Vec<&'static str>, serde_json::Value);

#[test]
fn the_order_of_reviews_within_a_step_does_not_matter() {
    let approvers = proptest::sample::subsequence(PEOPLE.to_vec(), 1..=5);
    let quorum = (approvers, prop_oneof![4 => Just(json!(1)), 2 => Just(json!(2)), 1 => Just(json!("all"))]);
    let reviewers = proptest::sample::subsequence(PEOPLE.to_vec(), 0..=8).prop_shuffle();
    let strategy = (proptest::collection::vec(quorum, 1..=3), reviewers, any::<[Index; 8]>());
    let decided = Cell::new(0_u32);
    let run = |(quorums, reviewers, swaps): (Vec<Named>, Vec<&'static str>, [Index; 8])| {
        let quorums: Vec<_> = quorums
            .into_iter()
            .map(|(people, required)| {
                let approvers: Vec<_> =
                    people.iter().map(|id| json!({ "type": "subject", "id": id })).collect();
                json!({ "approvers": approvers, "required": required })
            })
            .collect();
        let Some((engine, id, hash)) = asked_under(&json!([{ "quorums": quorums }])) else { return Ok(()) };
        let is_approved = |order: &[&'static str]| {
            let mut engine = engine.clone();
            for reviewer in order {
                let actor = Actor::Subject(SubjectId::try_from(*reviewer).unwrap());
                let review = json!({ "requestId": id, "verdict": "approve", "contentHash": hash });
                let command = Command::from_json(&json!({ "reviewRequest": review }).to_string()).unwrap();
                let _ = engine.run(&actor, &command, Timestamp::from_millis(START).unwrap());
            }
            !engine.state().request(&id).unwrap().is_pending()
        };
        let mut swapped = reviewers.clone();
        for (at, swap) in swaps.iter().enumerate().take(reviewers.len()) {
            swapped.swap(at, swap.index(reviewers.len()));
        }
        decided.set(decided.get() + u32::from(is_approved(&reviewers)));
        prop_assert_eq!(is_approved(&reviewers), is_approved(&swapped), "{:?} or {:?}", reviewers, swapped);
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(decided.get() >= 50, "only {} requests were approved", decided.get());
}

#[test]
fn the_order_of_policies_groups_and_actions_does_not_matter() {
    let strategy = (stories(), any::<[Index; 3]>(), any::<bool>());
    let run = |(story, order, is_reversed): (Story, [Index; 3], bool)| {
        let made = |sent: Vec<Sent>| {
            let mut engine = Engine::new(ProjectId::try_from("acme").unwrap());
            for sent in sent {
                let _ = engine.run(&sent.actor, &sent.command, sent.at);
            }
            engine
        };
        let one = beginning(&story);
        let mut other = beginning(&story);
        for (at, swap) in order.iter().enumerate() {
            other.swap(2 + at, 2 + swap.index(3));
        }
        if let Command::SyncDirectory(sync) = &mut other[1].command
            && is_reversed
        {
            sync.changes[PEOPLE.len() - 1..].reverse();
        }
        let (one, other) = (made(one), made(other));
        for person in ["dev", "sam", "bea"] {
            for path in ["/app/db", "/app/**", "/orders", "/**", "/*/db"] {
                for actions in [["read", "write"], ["write", "read"]] {
                    let draft = json!({
                        "target": { "environment": "production", "path": path }, "actions": actions, "duration": 600,
                    });
                    let draft: RequestDraft = serde_json::from_value(draft).unwrap();
                    let actor = Actor::Subject(SubjectId::try_from(person).unwrap());
                    let at = Timestamp::from_millis(START).unwrap();
                    let said = |engine: &Engine| said(engine, &actor, &draft, at);
                    prop_assert_eq!(said(&one), said(&other), "{} {:?}", person, draft);
                }
            }
        }
        Ok(())
    };
    TestRunner::new(config()).run(&strategy, run).unwrap_or_else(|failure| panic!("{failure}"));
}

/// A preview without what the order gives names to: policies are told by their targets.
fn said(engine: &Engine, actor: &Actor, draft: &RequestDraft, at: Timestamp) -> String {
    let preview = engine.preview(actor, draft, at).unwrap();
    let targets = |id: &PolicyId| format!("{:?}", engine.state().live_policy(id).unwrap().terms.targets);
    let mut exclusions: Vec<_> = preview
        .exclusions
        .iter()
        .map(|part| (targets(&part.policy_id), part.path.clone(), part.actions.clone()))
        .collect();
    let mut rivals: Vec<_> =
        preview.rivals.iter().map(|rival| (targets(&rival.policy.id), rival.because)).collect();
    exclusions.sort();
    rivals.sort_by(|one, other| one.0.cmp(&other.0));
    let refusal = preview.request.refusal.map(|refused| refused.code);
    let policy = preview.policy.map(|policy| targets(&policy.id));
    format!("{refusal:?} {policy:?} {:?} {exclusions:?} {rivals:?}", preview.steps)
}
