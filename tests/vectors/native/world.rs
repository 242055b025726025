//! An engine with its record, driven by the steps of a vector.

use std::collections::BTreeMap;

use access_engine::commands::Command;
use access_engine::json::read_json;
use access_engine::notices::{DropReason, Message, render_notice};
use access_engine::people::{Actor, Moment};
use access_engine::record;
use access_engine::record::{Commit, Receipt};
use access_engine::refusal::Refusal;
use access_engine::values::{IdempotencyKey, ProjectId, SubjectId, Timestamp};
use access_engine::{Engine, Project};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::expand::{Names, number_all};

#[derive(Clone)]
pub(crate) struct World<'a> {
    pub(crate) engine: Project,
    pub(crate) names: Names<'a>,
    now: i64,
}

/// What a command did.
pub(crate) struct Outcome {
    pub(crate) result: Result<Option<Receipt>, Refusal>,
    /// The commits it added, ticks included.
    pub(crate) commits: Vec<Value>,
}

impl Outcome {
    /// The commit of the command itself, if it made one.
    pub(crate) fn own(&self) -> Option<&Value> {
        self.commits.iter().find(|commit| commit["actor"] != json!("clock"))
    }
}

impl<'a> World<'a> {
    pub(crate) fn new(names: Names<'a>) -> Self {
        let project = ProjectId::try_from("acme").unwrap();
        Self { engine: Project::new(project), now: names.epoch, names }
    }

    /// Carries out a step, as often as its `times` says, and captures the ids it made. It must succeed, or be refused
    /// with the code that it names.
    pub(crate) fn step(&mut self, step: &Value) -> Result<(), String> {
        let Some(times) = step.get("times").and_then(Value::as_u64) else { return self.step_once(step) };
        (1..=times).try_for_each(|number| self.step_once(&number_all(step, number)))
    }

    fn step_once(&mut self, step: &Value) -> Result<(), String> {
        if step.get("question").is_some() {
            let answer = self.ask(step);
            return answer.map(drop).map_err(|refusal| format!("the step {step} is refused: {refusal:?}"));
        }
        let outcome = self.execute(step);
        match outcome.result {
            Err(refusal) if step["refused"] == refusal.code() => Ok(()),
            Ok(_) if step.get("refused").is_some() => Err(format!("the step {step} is accepted")),
            Ok(receipt) => {
                self.remember(step, receipt.as_ref());
                Ok(())
            }
            Err(refusal) => Err(format!("the step {step} is refused: {refusal:?}")),
        }
    }

    /// Captures the ids that a step made.
    pub(crate) fn remember(&mut self, step: &Value, receipt: Option<&Receipt>) {
        let Some(receipt) = receipt else { return };
        let receipt = serde_json::to_value(receipt).unwrap();
        let hash =
            receipt["events"].as_array().into_iter().flatten().find_map(|event| event.get("contentHash"));
        let found = [
            ("$policy", receipt.get("policyId")),
            ("$permission", receipt.get("permissionId")),
            ("$request", receipt.get("requestId")),
            ("$grant", receipt.get("grantId")),
            ("$bundle", receipt.get("bundleId")),
            ("$delegation", receipt.get("delegationId")),
            ("$hash", hash),
            ("$version", receipt.get("version")),
        ];
        for (name, value) in found.into_iter().filter_map(|(name, value)| Some((name, value?.clone()))) {
            if let Some(suffix) = step.get("as").and_then(Value::as_str) {
                self.names.captured.insert(format!("{name}.{suffix}"), value.clone());
            }
            self.names.captured.insert(name.to_owned(), value);
        }
        if let Some(suffix) = step.get("as").and_then(Value::as_str) {
            let head = serde_json::to_value(self.engine.head()).unwrap();
            self.names.captured.insert(format!("$head.{suffix}"), head);
        }
    }

    /// Carries out a command, refused or not.
    pub(crate) fn execute(&mut self, step: &Value) -> Outcome {
        let at = self.at(step);
        let before = self.engine.log().len();
        let result = self.run(step, at);
        let commits =
            self.engine.log()[before..].iter().map(|commit| serde_json::to_value(&**commit).unwrap());
        Outcome { result, commits: commits.collect() }
    }

    fn run(&mut self, step: &Value, at: Timestamp) -> Result<Option<Receipt>, Refusal> {
        if step["command"].get("tick").is_some() {
            let commit = self.engine.due(at);
            return commit.map_or(Ok(None), |commit| self.engine.apply(commit).map(|_| None));
        }
        let actor = self.actor(step)?;
        let command = Command::from_json(&self.text(&step["command"]))?;
        let key: Option<IdempotencyKey> =
            step.get("key").map(|key| read(&self.names.expand(key))).transpose()?;
        let client = step.get("client").map(|client| read(&self.names.expand(client))).transpose()?;
        let moment = Moment { client, ..Moment::from(at) };
        self.engine.run_once(&actor, &command, key.as_ref(), moment).map(Some)
    }

    /// Asks a question, and captures where the next page of its answer begins.
    pub(crate) fn ask(&mut self, step: &Value) -> Result<Value, Refusal> {
        let answer = self.answer_to(step)?;
        if let Some(next) = answer.get("next") {
            self.names.captured.insert("$next".to_owned(), next.clone());
        }
        Ok(answer)
    }

    /// Answers a question: an object with one key, its name.
    fn answer_to(&mut self, step: &Value) -> Result<Value, Refusal> {
        let at = self.at(step);
        let question = self.names.expand(&step["question"]);
        let (name, matter) =
            question.as_object().and_then(|question| question.iter().next()).expect("a question");
        let engine = &self.engine;
        match name.as_str() {
            "evaluate" => answer(engine.evaluate(&read(matter)?, at)),
            "evaluateAll" => answer(engine.evaluate_all(&read::<Vec<_>>(matter)?, at)),
            "isAllowed" => answer(engine.is_allowed(&read(matter)?, at)),
            "nextWakeAt" => answer(engine.next_wake_at()),
            "version" => answer(engine.version()),
            "head" => answer(engine.head()),
            "log" => answer(engine.log().iter().map(|commit| &**commit).collect::<Vec<&Commit>>()),
            "verify" => Ok(self.verify(matter)),
            "renderNotice" => {
                let message = self.messages(matter, at).into_iter().rev().find_map(Result::ok);
                let message = message.expect("a message");
                let mut options = matter.clone();
                options.as_object_mut().expect("options").remove("to");
                answer(render_notice(&message, &read(&options)?))
            }
            "messages" => {
                let told = self.messages(matter, at).into_iter();
                answer(
                    told.map(|told| told.map_or_else(|why| json!({ "dropped": why }), |it| json!(it)))
                        .collect::<Vec<_>>(),
                )
            }
            _ => self.ask_as(name, matter, &self.actor(step)?, at),
        }
    }

    /// What somebody is told of the whole record, were it delivered now.
    fn messages(&self, matter: &Value, at: Timestamp) -> Vec<Result<Message, DropReason>> {
        let to: SubjectId = read(&matter["to"]).expect("to whom");
        let notices = self.engine.log().iter().flat_map(|commit| &commit.notices);
        let told = notices.filter(|notice| notice.to.contains(&to));
        told.map(|notice| self.engine.message(notice, &to, at).expect("it is in the record")).collect()
    }

    fn ask_as(&self, name: &str, matter: &Value, actor: &Actor, at: Timestamp) -> Result<Value, Refusal> {
        let engine = &self.engine;
        match name {
            "preview" => answer(engine.preview(actor, &read(matter)?, at)?),
            "previewAmendment" => answer(engine.preview_amendment(actor, &read(matter)?, at)?),
            "explain" => answer(engine.explain(actor, &read(matter)?, at)?),
            "inbox" => answer(engine.inbox(actor, &read(matter)?, at)?),
            "requests" => answer(engine.requests(actor, &read(matter)?, at)?),
            "grants" => answer(engine.grants(actor, &read(matter)?, at)?),
            "policies" => answer(engine.policies(actor, &read(matter)?, at)?),
            "permissions" => answer(engine.permissions(actor, &read(matter)?, at)?),
            "history" => answer(engine.history(actor, &read(matter)?, at)?),
            "archivedRequests" => answer(engine.archived_requests(actor, &read(matter)?, at)?),
            "archivedGrants" => answer(engine.archived_grants(actor, &read(matter)?, at)?),
            "simulate" => answer(engine.simulate(actor, &read(matter)?, at)?),
            "analyze" => answer(engine.analyze(actor, at)?),
            "bundle" => answer(engine.bundle(actor, &read(matter)?, at)?),
            "delegations" => answer(engine.delegations(actor, &read(matter)?, at)?),
            "searchSubjects" => answer(engine.search_subjects(actor, &read(matter)?, at)?),
            "searchResources" => answer(engine.search_resources(actor, &read(matter)?, at)?),
            "searchActions" => answer(engine.search_actions(actor, &read(matter)?, at)?),
            "importPolicies" => answer(engine.import_policies(actor, &self.text(matter), at)?),
            "exportPolicies" => answer(engine.export_policies(actor)?),
            _ => panic!("`{name}` is no question"),
        }
    }

    /// Verifies the record, tampered with as the question says.
    fn verify(&self, matter: &Value) -> Value {
        let mut stored: Vec<Value> =
            self.engine.stored().map(|commit| serde_json::from_str(&commit).unwrap()).collect();
        if let Some(fields) = matter.get("change").and_then(Value::as_object) {
            let version = fields["version"].as_u64().expect("a version");
            let commit = stored.iter_mut().find(|commit| commit["version"] == version).expect("that version");
            *commit = super::expand::patched(commit, &fields["patch"]);
        }
        if let Some(count) = matter.get("drop").and_then(Value::as_u64) {
            stored.truncate(stored.len() - usize::try_from(count).unwrap());
        }
        let head = matter.get("head").map(|head| serde_json::from_value(head.clone()).expect("a head"));
        let heads: Vec<_> = std::iter::once(self.engine.head()).chain(head).collect();
        let stored: Vec<_> = stored.iter().map(|commit| to_raw_value(commit).unwrap()).collect();
        serde_json::to_value(record::verify(self.engine.project(), &stored, &heads)).unwrap()
    }

    /// Whether the record, read back from its JSON, gives the same state, and so does a snapshot.
    pub(crate) fn replays(&self) -> bool {
        let mut replayed = Project::new(self.engine.project().clone());
        for commit in self.engine.stored() {
            replayed.read(&RawValue::from_string(commit).unwrap()).unwrap();
        }
        let snapshot = self.engine.snapshot();
        let opened = Engine::open(self.engine.project(), &snapshot.data);
        let is_same = |engine: &Engine| {
            engine.state() == self.engine.state() && engine.snapshot().digest == snapshot.digest
        };
        is_same(&replayed)
            && opened.is_some_and(|opened| is_same(&opened))
            && self.verify(&json!({}))["intact"] == json!(true)
    }

    fn at(&mut self, step: &Value) -> Timestamp {
        if let Some(at) = step.get("at") {
            self.now = self.names.millis(at);
        }
        Timestamp::from_millis(self.now).unwrap()
    }

    fn actor(&self, step: &Value) -> Result<Actor, Refusal> {
        match &step["actor"] {
            Value::String(word) if word == "host" || word == "clock" => read(&json!(word)),
            Value::Null => panic!("the step {step} names no actor"),
            subject => read(&json!({ "subject": self.names.expand(subject) })),
        }
    }

    /// The JSON text of a value. `{lone surrogate}` in it becomes half a character, which only JSON can write.
    fn text(&self, value: &Value) -> String {
        self.names.expand(value).to_string().replace("{lone surrogate}", r"\ud800")
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    read_json(&value.to_string())
}

#[expect(clippy::unnecessary_wraps, reason = "a question is answered or refused")]
fn answer(answer: impl Serialize) -> Result<Value, Refusal> {
    Ok(serde_json::to_value(answer).unwrap())
}

/// Who was told what: the recipients by kind of notice, sorted.
pub(crate) fn told(commits: &[Value]) -> BTreeMap<String, Vec<String>> {
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for notice in commits.iter().flat_map(|commit| commit["notices"].as_array().into_iter().flatten()) {
        let to = notice["to"].as_array().into_iter().flatten().map(text);
        told.entry(text(&notice["kind"]["type"])).or_default().extend(to);
    }
    told.values_mut().for_each(|recipients| recipients.sort());
    told
}
