//! A snapshot for one subject answers as the engine does, and tells nothing that the engine would not.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use access_engine::access::AccessQuery;
use access_engine::people::Actor;
use access_engine::questions::{
    DelegationFilter, GrantFilter, InboxFilter, PageSize, PermissionFilter, PolicyFilter, RequestFilter,
};
use access_engine::refusal::Refusal;
use access_engine::resources::overlaps;
use access_engine::scoped::{ScopedEngine, ScopedSnapshot};
use access_engine::values::{RequestId, Seconds, SubjectId, Timestamp};
use serde::Serialize;
use serde_json::Value;

use super::access::questions;
use super::runner::{Moment, always, ensure};
use super::stories::PEOPLE;
use crate::model::permissions::held;
use crate::model::resources::Cell;

/// How often something came out.
#[derive(Default)]
struct Counts {
    allowed: AtomicU32,
    denied: AtomicU32,
    undecided: AtomicU32,
    lists: AtomicU32,
    later: AtomicU32,
    outdated: AtomicU32,
    tasks: AtomicU32,
}

static COUNTS: Counts = Counts {
    allowed: AtomicU32::new(0),
    denied: AtomicU32::new(0),
    undecided: AtomicU32::new(0),
    lists: AtomicU32::new(0),
    later: AtomicU32::new(0),
    outdated: AtomicU32::new(0),
    tasks: AtomicU32::new(0),
};

fn count(counter: &AtomicU32) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Somebody by turns; each tenth time somebody whom nobody knows.
fn somebody(moment: &Moment<'_>) -> SubjectId {
    let turn = moment.number / 3 + usize::try_from(moment.engine.version()).unwrap();
    let id = PEOPLE.get(turn % (PEOPLE.len() + 1)).copied().unwrap_or("zoe");
    SubjectId::try_from(id).unwrap()
}

/// A millisecond later.
fn next(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(at.millis() + 1).unwrap()
}

#[test]
fn what_is_opened_from_a_snapshot_answers_as_its_server() {
    always(|moment| {
        // Every third moment is enough: there are thousands.
        if moment.number % 3 != 0 {
            return Ok(());
        }
        let (id, made) = (somebody(moment), moment.at());
        let snapshot = moment.engine.snapshot_for(&id, made);
        let opened = ScopedEngine::open(&snapshot).map_err(|refusal| refusal.to_string())?;
        ensure(opened.head() == moment.engine.head(), || format!("{:?}", opened.head()))?;
        let minutes = [0, 7, 25, 50, 200, 1_500, 60_000];
        let later = minutes.map(|minutes| made.plus(Seconds::minutes(minutes)));
        let around = snapshot
            .valid_until
            .into_iter()
            .flat_map(|until| [Timestamp::from_millis(until.millis() - 1).unwrap(), until, next(until)]);
        for at in later.into_iter().chain(around) {
            check_decisions(moment, &opened, &id, at)?;
            check_lists(moment, &opened, &snapshot, at)?;
        }
        Ok(())
    });
    let all = [
        &COUNTS.allowed,
        &COUNTS.denied,
        &COUNTS.undecided,
        &COUNTS.lists,
        &COUNTS.later,
        &COUNTS.outdated,
        &COUNTS.tasks,
    ]
    .map(|counter| counter.load(Ordering::Relaxed));
    let [allowed, denied, undecided, lists, later, outdated, tasks] = all;
    println!(
        "{allowed} allowed, {denied} denied, {undecided} left to the server; {lists} lists, {later} of them later, {tasks} tasks, {outdated} outdated"
    );
    assert!(allowed > 1_000, "{allowed} allowed, {denied} denied: that says little");
    assert!(undecided * 5 < allowed + denied, "{undecided} of {} were left to the server", allowed + denied);
    assert!(later > 1_000 && tasks > 1_000 && outdated > 1_000, "{later} {tasks} {outdated}");
}

fn check_decisions(
    moment: &Moment<'_>,
    opened: &ScopedEngine,
    id: &SubjectId,
    at: Timestamp,
) -> Result<(), String> {
    let context = [r#"{"ticket": "T-1"}"#, "{}", r#"{"ticket": ["T-2", "T-3"]}"#];
    let cells = questions(moment, context[moment.number / 3 % 3]);
    for (query, cell) in cells.filter(|(query, _)| query.subject.as_str() == "otto") {
        if *id != *query.subject {
            let other = opened.evaluate(&query, at).err();
            ensure(other == Some(Refusal::NotInSnapshot), || format!("of another: {other:?}"))?;
        }
        let query = AccessQuery { subject: id.into(), ..query };
        let expected = moment.engine.evaluate(&query, at);
        match opened.evaluate(&query, at) {
            Ok(decision) => {
                count(if decision.decision { &COUNTS.allowed } else { &COUNTS.denied });
                ensure(decision == expected, || {
                    format!("{query:?} at {at:?}: {decision:?}, not {expected:?}")
                })?;
            }
            Err(refusal) => {
                count(&COUNTS.undecided);
                let has_reason = refusal == Refusal::NotInSnapshot && is_conditional(moment, id, cell);
                ensure(has_reason, || format!("{query:?} at {at:?}: {refusal:?}, not {expected:?}"))?;
            }
        }
        match opened.is_allowed(&query, at) {
            Ok(is_allowed) => ensure(is_allowed == expected.decision, || format!("{query:?}: {is_allowed}"))?,
            Err(refusal) => ensure(is_conditional(moment, id, cell), || format!("{query:?}: {refusal:?}"))?,
        }
    }
    Ok(())
}

/// Whether a standing permission with a condition is about something.
fn is_conditional(moment: &Moment<'_>, id: &SubjectId, cell: Cell) -> bool {
    let held = held(&moment.history.state, id);
    held.iter().any(|it| it.permission.terms.condition.is_some() && it.area.has(cell))
}

fn check_lists(
    moment: &Moment<'_>,
    opened: &ScopedEngine,
    snapshot: &ScopedSnapshot,
    at: Timestamp,
) -> Result<(), String> {
    let (engine, viewer) = (moment.engine, &Actor::Subject(snapshot.subject.clone()));
    let (inbox, requests) = (InboxFilter::default(), RequestFilter::default());
    let (grants, policies) = (GrantFilter::default(), PolicyFilter::default());
    let lists = [
        (opened.inbox(viewer, &inbox, at), json(engine.inbox(viewer, &inbox, at))),
        (opened.requests(viewer, &requests, at), json(engine.requests(viewer, &requests, at))),
        (opened.grants(viewer, &grants, at), json(engine.grants(viewer, &grants, at))),
        (opened.policies(viewer, &policies, at), json(engine.policies(viewer, &policies, at))),
    ];
    let is_outdated = snapshot.valid_until.is_some_and(|until| until <= at);
    // Those that the snapshot lists.
    let made = snapshot.at;
    let pages = [json(engine.inbox(viewer, &inbox, made)), json(engine.requests(viewer, &requests, made))];
    let listed: BTreeSet<String> = pages.iter().flatten().flat_map(ids).collect();
    let explained = listed.iter().map(|id| {
        let id = &RequestId::try_from(id.as_str()).unwrap();
        (opened.explain(viewer, id, at), json(engine.explain(viewer, id, at)))
    });
    for (carried, whole) in lists.iter().cloned().chain(explained) {
        if is_outdated {
            count(&COUNTS.outdated);
            let valid_until = snapshot.valid_until.unwrap();
            let expected = Err(Refusal::SnapshotOutOfDate { valid_until });
            ensure(carried == expected, || format!("{viewer:?} at {at:?}: {carried:?}"))?;
            continue;
        }
        count(&COUNTS.lists);
        if at > snapshot.at {
            count(&COUNTS.later);
        }
        if whole.as_ref().is_ok_and(|whole| whole["items"][0]["task"].is_string()) {
            count(&COUNTS.tasks);
        }
        ensure(carried == whole, || format!("{viewer:?} at {at:?}: {carried:?}, not {whole:?}"))?;
    }
    let nobody = Actor::Host;
    let refused = [
        opened.inbox(&nobody, &inbox, at),
        opened.explain(&nobody, &RequestId::try_from("req_1_0").unwrap(), at),
        opened.requests(viewer, &RequestFilter { limit: PageSize::try_from(7).unwrap(), ..requests }, at),
    ];
    let is_refused = |answer: &Result<Value, Refusal>| answer.is_err();
    ensure(refused.iter().all(is_refused), || format!("{refused:?}"))
}

fn json<T: Serialize>(answer: Result<T, Refusal>) -> Result<Value, Refusal> {
    answer.map(|answer| serde_json::to_value(answer).unwrap())
}

/// The requests on a page.
fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|item| item.get("request").unwrap_or(item)["id"].as_str().unwrap().to_owned()).collect()
}

/// What an engine tells somebody when he asks: every text in every answer to him.
fn told(moment: &Moment<'_>, id: &SubjectId) -> BTreeSet<String> {
    let (engine, at, viewer) = (moment.engine, moment.at(), &Actor::Subject(id.clone()));
    let all = PageSize::try_from(200).unwrap();
    let mut answers = vec![
        json(engine.inbox(viewer, &InboxFilter { limit: all, ..InboxFilter::default() }, at)),
        json(engine.requests(viewer, &RequestFilter { limit: all, ..RequestFilter::default() }, at)),
        json(engine.grants(viewer, &GrantFilter { limit: all, ..GrantFilter::default() }, at)),
        json(engine.policies(viewer, &PolicyFilter { limit: all, ..PolicyFilter::default() }, at)),
        json(engine.permissions(viewer, &PermissionFilter { limit: all, ..PermissionFilter::default() }, at)),
        json(engine.delegations(viewer, &DelegationFilter { limit: all, ..DelegationFilter::default() }, at)),
    ];
    let requests = moment.history.requests();
    answers.extend(requests.map(|request| json(engine.explain(viewer, &request.id, at))));
    // A page of another size has another place to go on from.
    answers.push(json(engine.requests(viewer, &RequestFilter::default(), at)));
    answers.push(json(engine.inbox(viewer, &InboxFilter::default(), at)));
    answers.push(json(engine.grants(viewer, &GrantFilter::default(), at)));
    let mut told = BTreeSet::from([id.to_string()]);
    answers.iter().flatten().for_each(|answer| texts(answer, &mut told));
    told
}

/// The texts in a value, the names of fields included.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            found.insert(name.clone());
            texts(value, found);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every text that the record has, those that can be erased and the names of properties included.
fn recorded(moment: &Moment<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for commit in moment.engine.stored() {
        let mut commit: Value = serde_json::from_str(&commit).unwrap();
        leaves(&commit, &mut all);
        for beside in commit["texts"].as_object_mut().into_iter().flat_map(|texts| texts.values_mut()) {
            let parsed = beside["text"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            parsed.iter().for_each(|parsed| texts(parsed, &mut all));
        }
    }
    all
}

fn leaves(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::Object(fields) => fields.values().for_each(|value| leaves(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The words of snapshots themselves.
const WORDS: &[&str] = &[
    "active",
    "answers",
    "asked",
    "at",
    "carried",
    "disabled",
    "durationSeconds",
    "exclusions",
    "explanations",
    "format",
    "grants",
    "hasCondition",
    "hash",
    "head",
    "holder",
    "inForce",
    "inbox",
    "justification",
    "maxDuration",
    "mayAsk",
    "permissions",
    "policies",
    "policyId",
    "policyVersion",
    "presence",
    "project",
    "requestId",
    "requests",
    "subject",
    "unknown",
    "validUntil",
    "version",
    "warned",
];

static CHECKED: AtomicU32 = AtomicU32::new(0);

#[test]
fn a_snapshot_tells_nothing_that_the_engine_would_not_tell_its_subject() {
    always(|moment| {
        if moment.number % 6 != 0 {
            return Ok(());
        }
        let id = somebody(moment);
        let snapshot = moment.engine.snapshot_for(&id, moment.at());
        let mut told = told(moment, &id);
        told.extend([moment.engine.project().to_string(), moment.engine.head().hash]);
        // It was shown to him when he asked.
        told.extend(under_which_he_has_grants(moment, &id));
        let mut carried = BTreeSet::new();
        texts(&serde_json::from_str(&snapshot.data).unwrap(), &mut carried);
        let more: Vec<_> =
            carried.iter().filter(|it| !told.contains(*it) && !WORDS.contains(&it.as_str())).collect();
        ensure(more.is_empty(), || format!("{id} is told {more:?}"))?;
        // The same seen from the other side, in the bytes as they are.
        let bytes = serde_json::to_string(&snapshot).unwrap();
        let is_known = |text: &String| told.iter().any(|known| known.contains(text.as_str()));
        let secrets: Vec<_> = recorded(moment).into_iter().filter(|text| !is_known(text)).collect();
        let is_there = |secret: &&String| {
            bytes.contains(&format!(r#"\"{secret}\""#))
                || (secret.len() > 5 && bytes.contains(secret.as_str()))
        };
        let there: Vec<_> =
            secrets.iter().filter(is_there).filter(|it| !WORDS.contains(&it.as_str())).collect();
        ensure(there.is_empty(), || format!("{id} is told {there:?}"))?;
        CHECKED.fetch_add(u32::try_from(secrets.len()).unwrap(), Ordering::Relaxed);
        Ok(())
    });
    let checked = CHECKED.load(Ordering::Relaxed);
    println!("{checked} times a text was not there");
    assert!(checked > 10_000, "there were only {checked} texts to keep");
}

/// Of the versions of policies that his grants and their requests are under, the entries that meet them.
fn under_which_he_has_grants(moment: &Moment<'_>, id: &SubjectId) -> BTreeSet<String> {
    let state = moment.engine.state();
    let mut found = BTreeSet::new();
    for grant in state.grants().open_of(id) {
        let content = &state.requests().get(&grant.request_id).unwrap().content;
        let under = [(&grant.policy_id, grant.policy_version), (&content.policy_id, content.policy_version)];
        for policy in under.iter().filter_map(|(id, version)| state.policies().version(id, *version)) {
            let met = policy.terms.targets.entries().filter(|entry| overlaps(*entry, &grant.target));
            met.for_each(|entry| texts(&serde_json::to_value(entry.to_pattern()).unwrap(), &mut found));
        }
    }
    found
}
