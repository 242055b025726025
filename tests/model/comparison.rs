//! The engine and the model side by side: the same commands to both, everything compared after each.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use access_engine::Project;
use access_engine::access;
use access_engine::events::AccessEvent;
use access_engine::notices::NoticeKind;
use access_engine::people::Actor;
use access_engine::record::Receipt;
use access_engine::requests::{AccessRequest, Verdict};
use access_engine::values::{
    Attributes, PolicyId, ProjectId, RequestId, ResourceType, Seconds, SubjectId, Timestamp,
};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::access::{Evaluated, allowed, evaluate, permitting};
use super::approval::{Reviewer, can_approve, can_stand_in, refused, standing};
use super::commands::Model;
use super::generator::PROJECT;
use super::generator::inputs::{STRANGER, SUBJECTS, kind, subject_id};
use super::grants::check_grants;
use super::permissions::held;
use super::record::replay;
use super::requests::sees;
use super::resources::{Area, Cell, UNIVERSE, query};
use super::state::{Code, Made, Sent, State, Told};
use super::tick::{next_wake_at, tick};

/// Both, at the same point of a sequence.
pub(crate) struct Pair {
    engine: Project,
    pub(crate) model: Model,
    /// What was compared last: version and time.
    compared: Option<(u64, i64)>,
    /// Which cell of the universe is asked about in full.
    probe: usize,
}

/// The answer of both, or in what they differ.
pub(crate) type Compared = Result<Result<Made, String>, String>;

macro_rules! same {
    ($what:expr, $engine:expr, $model:expr) => {{
        let (engine, model) = (&$engine, &$model);
        if engine != model {
            return Err(format!("{}\n{}", $what, differing(&format!("{engine:#?}"), &format!("{model:#?}"))));
        }
    }};
}

/// Who is told, a line each.
fn lines(told: &[Told]) -> Vec<String> {
    let about =
        |request: &Option<RequestId>| request.as_ref().map(|id| format!(" of {id}")).unwrap_or_default();
    told.iter().map(|(kind, to, request)| format!("{kind} {to}{}", about(request))).collect()
}

/// The lines that two texts do not have in common.
fn differing(engine: &str, model: &str) -> String {
    let (engine, model): (Vec<&str>, Vec<&str>) = (engine.lines().collect(), model.lines().collect());
    let count = |lines: &[&str], line: &str| lines.iter().filter(|other| **other == line).count();
    let only = |ours: &[&str], theirs: &[&str]| {
        let lines = ours.iter().filter(|line| count(ours, line) != count(theirs, line));
        lines.map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    };
    format!("engine: {}\n model: {}", only(&engine, &model), only(&model, &engine))
}

impl Pair {
    pub(crate) fn new() -> Self {
        let project = ProjectId::try_from(PROJECT).expect("an id");
        Self { engine: Project::new(project), model: Model::default(), compared: None, probe: 0 }
    }

    /// Sends a command to both and compares all there is.
    pub(crate) fn send(&mut self, sent: &Sent) -> Compared {
        let commits = self.engine.log().len();
        let answer: Result<Option<Receipt>, String> = match &sent.command {
            Some(command) => self
                .engine
                .run_once(&sent.actor, command, sent.key.as_ref(), sent.now)
                .map(Some)
                .map_err(|refusal| refusal.code().to_owned()),
            None => match self.engine.due(sent.now) {
                Some(commit) => {
                    self.engine.apply(commit).map(|_| None).map_err(|refusal| refusal.code().to_owned())
                }
                None => Ok(None),
            },
        };
        let mut sent = sent.clone();
        sent.hashes = self.hashes_since(commits)?;
        let step = self.model.send(&sent);
        compare_answers(&answer, &step.answer)?;
        let written = self.engine.log()[commits..].iter().flat_map(|commit| &commit.notices);
        let mut told: Vec<Told> = written
            .flat_map(|notice| {
                let request = notice.kind.request_id().cloned();
                notice.to.iter().map(move |to| (kind_of(&notice.kind), to.clone(), request.clone()))
            })
            .collect();
        told.sort();
        let mut expected = step.told;
        expected.sort();
        same!("who is told", lines(&told), lines(&expected));
        let state = &self.model.state;
        let now = state.last.map_or(sent.now, |last| last.max(sent.now));
        same!("version", self.engine.version(), state.version);
        if self.compared != Some((state.version, now.millis())) {
            self.probe = self.probe.wrapping_add(1);
            self.compare_record()?;
            self.compare_people(now)?;
            self.compare_access(now)?;
            self.compared = Some((state.version, now.millis()));
        }
        Ok(step.answer.map_err(str::to_owned))
    }

    /// What the requests that were stated since a commit hash to. Each is the hash of its content as it is stored.
    fn hashes_since(&self, commits: usize) -> Result<BTreeMap<RequestId, String>, String> {
        let mut hashes = BTreeMap::new();
        for commit in &self.engine.log()[commits..] {
            let stored: Value = serde_json::from_str(&commit.to_stored()).expect("it is JSON");
            for event in stored["events"]
                .as_array()
                .expect("a list")
                .iter()
                .filter(|event| event["contentHash"].is_string())
            {
                let json = serde_json_canonicalizer::to_vec(&event["content"]).expect("content is JSON");
                let hash: String = Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect();
                same!("content hash", event["contentHash"], hash);
                let id = event["requestId"].as_str().expect("it is about a request");
                hashes.insert(RequestId::try_from(id).expect("an id"), hash);
            }
        }
        Ok(hashes)
    }

    /// Requests, grants, policies, deadlines, who can approve.
    fn compare_record(&self) -> Result<(), String> {
        let (engine, state) = (self.engine.state(), &self.model.state);
        if self.compared.is_some_and(|(version, _)| version == state.version) {
            return Ok(());
        }
        let ours = state.requests.iter().rev().map(|asked| &asked.request);
        for (theirs, ours) in engine.requests().newest_first().zip(ours.clone()) {
            same!(format!("request {}", ours.id), *theirs, *ours);
        }
        same!("number of requests", engine.requests().newest_first().count(), ours.count());
        let ours = state.grants.iter().rev().map(|given| &given.grant);
        for (theirs, ours) in engine.grants().newest_first().zip(ours.clone()) {
            same!(format!("grant {}", ours.id), *theirs, *ours);
        }
        same!("number of grants", engine.grants().newest_first().count(), ours.count());
        let ours = state.delegations.iter();
        for (theirs, ours) in ours.clone().map(|ours| (engine.delegations().get(&ours.id), ours)) {
            same!(format!("delegation {}", ours.id), theirs, Some(ours));
        }
        same!("number of delegations", engine.delegations().all().count(), ours.count());
        let ours: Vec<_> = state.permissions.iter().map(|permitted| &permitted.permission).collect();
        same!("permissions", engine.permissions().all().iter().collect::<Vec<_>>(), ours);
        let mut ours: Vec<_> = state
            .live_policies()
            .map(|policy| (&policy.id, policy.version(), &policy.current().terms, policy.current().stated))
            .collect();
        ours.sort_by_key(|(id, ..)| *id);
        let mut theirs: Vec<_> = engine
            .policies()
            .all_live()
            .map(|policy| (&policy.id, policy.version, &policy.terms, policy.stated))
            .collect();
        theirs.sort_by_key(|(id, ..)| *id);
        same!("live policies", theirs, ours);
        for (policy, version) in self.versions_made() {
            let theirs = engine.policies().version(policy, version).is_some();
            let ours = state.policies.iter().find(|known| known.id == *policy);
            let ours = ours.is_some_and(|known| known.versions[version as usize - 1].is_some());
            same!(format!("version {version} of {policy}"), theirs, ours);
        }
        for id in SUBJECTS.map(subject_id) {
            let theirs = engine.directory().subject(&id);
            same!(format!("subject {id}"), theirs, state.people.subject(&id));
        }
        same!("next wake", self.engine.next_wake_at(), next_wake_at(state));
        Ok(())
    }

    /// Every version of a policy that there has been.
    fn versions_made(&self) -> impl Iterator<Item = (&PolicyId, u32)> {
        self.engine.log().iter().flat_map(|commit| &commit.events).filter_map(|event| match event {
            AccessEvent::PolicyCreated(event) => Some((&event.policy.id, event.policy.version)),
            AccessEvent::PolicyUpdated(event) => Some((&event.policy.id, event.policy.version)),
            _ => None,
        })
    }

    /// Who administers, who is active, who can approve what.
    fn compare_people(&self, now: Timestamp) -> Result<(), String> {
        let state = &self.model.state;
        let mut seen = Cow::Borrowed(state);
        if next_wake_at(state).is_some_and(|due| due <= now) {
            tick(seen.to_mut(), now);
        }
        let administrators: Vec<SubjectId> =
            self.engine.state().directory().administrators().iter().cloned().collect();
        same!("administrators", administrators, state.people.administrators);
        for request in seen.pending() {
            let explained =
                self.engine.explain(&Actor::Host, &request.id, now).map_err(|r| r.code().to_owned())?;
            let (can_approve_there, delegates): (Vec<_>, Vec<_>) =
                explained.steps.into_iter().map(|step| (step.can_approve, step.delegates)).unzip();
            let mut theirs: Vec<(SubjectId, SubjectId)> = delegates
                .into_iter()
                .flatten()
                .map(|stands_in| (stands_in.person.id, stands_in.on_behalf_of.id))
                .collect();
            theirs.sort();
            let stand_ins = can_stand_in(&seen, request, now);
            same!(format!("who can stand in on {}", request.id), theirs, stand_ins);
            let mut theirs: Vec<SubjectId> =
                can_approve_there.into_iter().flatten().map(|person| person.id).collect();
            theirs.sort();
            same!(format!("who can approve {}", request.id), theirs, can_approve(&seen, request));
            let viewer = subject_id(SUBJECTS[(self.probe + request.reviews.len()) % SUBJECTS.len()]);
            if state.people.is_active(&viewer) {
                self.compare_view(&seen, request, (&viewer, &stand_ins), now)?;
            }
        }
        Ok(())
    }

    /// Whether somebody sees a request, and what they are told that they can do.
    fn compare_view(
        &self,
        state: &State,
        request: &AccessRequest,
        (viewer, stand_ins): (&SubjectId, &[(SubjectId, SubjectId)]),
        now: Timestamp,
    ) -> Result<(), String> {
        let theirs = self.engine.explain(&Actor::Subject(viewer.clone()), &request.id, now);
        let theirs =
            theirs.map(|explained| explained.you.expect("a subject asks")).map_err(|r| r.code().to_owned());
        let theirs = theirs.map(|you| {
            let codes = [you.approve, you.reject, you.withdraw_review]
                .map(|it| it.refusal.map(|it| it.code.to_owned()));
            let voices = you.on_behalf_of.into_iter().filter(|it| it.approve.allowed);
            (codes, voices.map(|it| it.voice.id).collect::<BTreeSet<_>>())
        });
        let ours = sees(state, viewer, request, now).then(|| {
            let person = Reviewer::in_person(viewer);
            let reviews =
                [Verdict::Approve, Verdict::Reject].map(|verdict| refused(state, request, person, verdict));
            let has_own = standing(request, request.step).iter().any(|review| review.reviewer == *viewer);
            let codes = [reviews[0], reviews[1], (!has_own).then_some("no_standing_review")];
            let pairs = stand_ins.iter().filter(|(by, _)| by == viewer);
            (codes.map(|code| code.map(str::to_owned)), pairs.map(|(_, voice)| voice.clone()).collect())
        });
        same!(
            format!("what {viewer} can do with {}", request.id),
            theirs,
            ours.ok_or("not_found".to_owned())
        );
        Ok(())
    }

    /// What everybody may do, and of one cell each why.
    fn compare_access(&self, now: Timestamp) -> Result<(), String> {
        let state = &self.model.state;
        let kinds = [kind("secret"), kind("database")];
        for (number, id) in SUBJECTS.iter().chain([&STRANGER]).enumerate() {
            let subject = subject_id(id);
            let probe = self.probe.wrapping_mul(7).wrapping_add(number * 31);
            let cell = (probe % 3, probe / 3 % 4, probe / 12 % UNIVERSE.paths.len());
            let kind = &kinds[usize::from(probe.is_multiple_of(11))];
            let brought = |further: usize| &BROUGHT[(probe + further) % BROUGHT.len()];
            let mut query = query(&subject, kind, cell, brought(0));
            query.resource.properties = brought(1).clone();
            query.action.properties = brought(2).clone();
            // Every third by a clock that is an hour behind.
            let clock = if probe.is_multiple_of(3) { now.minus(Seconds::hours(1)) } else { now };
            let at = self.engine.log().last().map_or(clock, |last| clock.max(last.at));
            let theirs = self.engine.evaluate(&query, clock);
            same!(
                format!("by the plain rule {query:?}"),
                theirs,
                access::evaluate(self.engine.state(), &query, at)
            );
            let theirs = Evaluated {
                reason: theirs.reason,
                until: theirs.until,
                requestable: theirs.requestable.map(|requestable| requestable.policy.id),
                permission: theirs.permission_id,
            };
            same!(format!("evaluate {query:?}"), theirs, evaluate(state, &query, cell, at));
            for kind in &kinds {
                self.compare_cells(&subject, kind, now)?;
            }
        }
        Ok(())
    }

    /// What a subject may do with resources of a type: of who holds a grant everything, of the others a part.
    fn compare_cells(&self, subject: &SubjectId, kind: &ResourceType, now: Timestamp) -> Result<(), String> {
        let state = &self.model.state;
        let at = self.engine.log().last().map_or(now, |last| now.max(last.at));
        let mut grants = state.grants.iter().map(|given| &given.grant).filter(|grant| grant.end.is_none());
        let has_grant = grants.any(|grant| grant.holder == *subject && grant.target.kind == *kind);
        let mut permitted = held(state, subject);
        permitted.retain(|p| state.people.is_active(subject) && p.permission.terms.targets.kind() == kind);
        if !has_grant && permitted.is_empty() {
            return Ok(());
        }
        let mut area = allowed(state, subject, kind, now);
        for permitted in permitted.iter().filter(|permitted| permitted.permission.terms.condition.is_none()) {
            area = area.or(permitted.area);
        }
        for (number, cell) in CELLS.iter().enumerate() {
            let is_sampled = (number + self.probe).is_multiple_of(29);
            let has = |area: Area| area.has(*cell);
            let mut ours = has(area);
            if !is_sampled && (!has_grant || !ours && permitted.iter().any(|permitted| has(permitted.area))) {
                continue;
            }
            let query = query(subject, kind, *cell, &Attributes::default());
            ours = ours || !permitting(state, &query, *cell).is_empty();
            let theirs = self.engine.is_allowed(&query, now);
            let plainly = access::is_allowed(self.engine.state(), subject, query.deed(), at);
            if theirs != ours || plainly != ours {
                return Err(format!("is_allowed {query:?}\nengine: {theirs}, by the plain rule {plainly}"));
            }
        }
        Ok(())
    }

    /// What has happened, by name.
    pub(crate) fn events(&self) -> Vec<String> {
        let events = self.engine.log().iter().flat_map(|commit| &commit.events);
        let name =
            |event: &AccessEvent| serde_json::to_value(event).ok()?["type"].as_str().map(str::to_owned);
        events.filter_map(name).collect()
    }

    /// At the end of a sequence the record tells the same, and no invariant is broken.
    pub(crate) fn finish(&self) -> Result<(), String> {
        check_grants(&self.model.state);
        let told = replay(self.engine.log().iter().map(|commit| &**commit));
        same!("what the record tells", told, State { keys: Vec::new(), ..self.model.state.clone() });
        Ok(())
    }
}

/// Every cell.
static CELLS: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    let paths = UNIVERSE.paths.len();
    let of_action = |action| (0..4).flat_map(move |env| (0..paths).map(move |path| (action, env, path)));
    (0..3).flat_map(of_action).collect()
});

/// What questions bring along, as context or as properties.
static BROUGHT: LazyLock<[Attributes; 8]> = LazyLock::new(|| {
    [
        "{}",
        r#"{"country": "nl"}"#,
        r#"{"country": ["be", "nl"], "level": 2, "owner": "ada"}"#,
        r#"{"country": "", "home": "/a/b", "owner": ["cyd", "hal"]}"#,
        r#"{"level": 3, "home": "b"}"#,
        r#"{"country": null, "level": 1.5, "home": {"country": "nl"}, "owner": ["ada", null]}"#,
        r#"{"country": ["nl", 3], "level": [1, 2], "home": "/a/**", "owner": []}"#,
        r#"{"country": true, "level": 2.0, "home": ["a*"], "owner": "ops"}"#,
    ]
    .map(|json| serde_json::from_str(json).expect("attributes"))
});

fn compare_answers(
    engine: &Result<Option<Receipt>, String>,
    model: &Result<Made, Code>,
) -> Result<(), String> {
    match (engine, model) {
        (Ok(None), Ok(_)) => {}
        (Ok(Some(receipt)), Ok(made)) => {
            same!("receipt", (receipt.version, Some(receipt.at)), (made.version, made.at));
            same!("shortened to", receipt.shortened_to, made.shortened_to);
            // A receipt also names what a command touched on the way; the model says what it was about.
            let names = |theirs: bool, ours: bool| theirs || !ours;
            let is_named = names(receipt.policy_id == made.policy, made.policy.is_some())
                && names(receipt.request_id == made.request, made.request.is_some())
                && names(receipt.bundle_id == made.bundle, made.bundle.is_some())
                && names(receipt.grant_id == made.grant, made.grant.is_some())
                && names(receipt.delegation_id == made.delegation, made.delegation.is_some())
                && names(receipt.permission_id == made.permission, made.permission.is_some());
            same!(format!("ids of {receipt:?} and {made:?}"), is_named, true);
        }
        (Err(engine), Err(model)) => same!("refusal", engine.as_str(), *model),
        (engine, model) => {
            let engine = engine.as_ref().map(|receipt| receipt.as_ref().map(|receipt| &receipt.events));
            return Err(format!("answer\nengine: {engine:?}\n model: {model:?}"));
        }
    }
    Ok(())
}

fn kind_of(kind: &NoticeKind) -> &'static str {
    match kind {
        NoticeKind::ReviewAsked(_) => "review_asked",
        NoticeKind::AlreadyDecided(_) => "already_decided",
        NoticeKind::RequestApproved(_) => "request_approved",
        NoticeKind::RequestRejected(_) => "request_rejected",
        NoticeKind::RequestExpired(_) => "request_expired",
        NoticeKind::RequestCancelled(_) => "request_cancelled",
        NoticeKind::DurationEdited(_) => "duration_edited",
        NoticeKind::BreakGlass(_) => "break_glass",
        NoticeKind::GrantEndingSoon(_) => "grant_ending_soon",
        NoticeKind::GrantEnded(_) => "grant_ended",
        NoticeKind::PolicyChanged(_) => "policy_changed",
        NoticeKind::AdministratorsChanged(_) => "administrators_changed",
        NoticeKind::GroupChanged(_) => "group_changed",
        NoticeKind::RequestStuck(_) => "request_stuck",
        NoticeKind::SubjectChanged(_) => "subject_changed",
        NoticeKind::SubjectErased(_) => "subject_erased",
        NoticeKind::Reminder(_) => "reminder",
        NoticeKind::Escalation(_) => "escalation",
        NoticeKind::Delegated(_) => "delegated",
        NoticeKind::PermissionChanged(_) => "permission_changed",
    }
}
