//! State, version and record: the Rust front door.

mod ahead;
mod journal;
mod keys;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

#[cfg(feature = "wasm")]
use access_rights::{Asked, Name};

use self::ahead::LastAhead;
use self::journal::Journal;
use crate::access::{self, AccessQuery, Decision, Hot};
use crate::commands::{Command, decide, next_deadline};
use crate::events::{AccessEvent, SubjectErased as Erasure};
use crate::notices::{self, DropReason, Message, Notice, Scene, notices};
use crate::people::{Actor, Moment, Personal, Salts};
use crate::record::{
    self, CommandHash, Commit, Gaps, Head, Idempotency, NOT_ERASED, Receipt, Texts, apply_commit,
    commit_hash, first_hash, read_into, read_next, remember_commit,
};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{IdempotencyKey, ProjectId, Seconds, SubjectId, Timestamp};

use serde_json::value::RawValue;

/// A project with its record, in memory. It decides and answers; keeping the commits is its owner's part.
///
/// # Examples
/// ```
/// use access_engine::{Actor, Command, Engine, ProjectId, SubjectId, Timestamp};
///
/// let json = |text| Command::from_json(text);
/// let now = Timestamp::from_millis(0)?;
/// let mut engine = Engine::new(ProjectId::try_from("acme")?);
/// let make = json(r#"{"createProject":{"project":"acme","administrators":[
///     {"type":"user","id":"ada","name":"Ada"},{"type":"user","id":"dev","name":"Dev"}]}}"#)?;
/// engine.run(&Actor::Host, &make, now)?;
/// let ada = Actor::Subject(SubjectId::try_from("ada")?);
/// let policy = json(r#"{"createPolicy":{"name":"Payments","targets":{"environments":["production"],
///     "paths":["/payments/**"]},"actions":"all","steps":[{"quorums":[{"required":1,
///     "approvers":[{"subject": "ada"}]}]}]}}"#)?;
/// assert!(engine.run(&ada, &policy, now)?.policy_id.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    project: ProjectId,
    state: State,
    /// What each subject may do by that state, as it was asked about.
    hot: Hot,
    /// What the record tells of, once not all of it is in the working state: what was archived is here, too. Nothing is
    /// decided on it.
    whole: Option<State>,
    ahead: LastAhead,
    log: Vec<Arc<Commit>>,
    journal: Journal,
    keys: BTreeMap<(Actor, IdempotencyKey), u64>,
    gaps: Gaps,
    /// What was erased and stood in commits until then: it may still stand in their store.
    erased: Vec<Erasure>,
}

/// What became of a command that was not refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// To be appended to the record, then applied.
    Commit(Box<Commit>),
    /// Nothing has to change: it is so already, or the command was carried out before under its key.
    Already(Box<Receipt>),
}

impl Engine {
    /// An empty record.
    pub fn new(project: ProjectId) -> Self {
        Self {
            project,
            state: State::default(),
            hot: Hot::default(),
            whole: None,
            ahead: LastAhead::default(),
            log: Vec::new(),
            journal: Journal::default(),
            keys: BTreeMap::default(),
            gaps: Gaps::default(),
            erased: Vec::new(),
        }
    }

    /// The project.
    pub fn project(&self) -> &ProjectId {
        &self.project
    }

    /// The number of commits.
    pub fn version(&self) -> u64 {
        self.state.version()
    }

    /// The state, as the commits left it: what is due since has not happened. What was archived is not in it.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// All that the record tells of.
    fn whole(&self) -> &State {
        self.whole.as_ref().unwrap_or(&self.state)
    }

    /// The commits, in order.
    pub fn log(&self) -> &[Arc<Commit>] {
        &self.log
    }

    /// The commits as a store would have them, in order.
    pub fn stored(&self) -> impl Iterator<Item = String> {
        self.log.iter().map(|commit| {
            let mut commit = Commit::clone(commit);
            record::lay_beside(&mut commit, self.whole());
            commit.to_stored()
        })
    }

    /// The newest entry of the record, for anchoring it elsewhere.
    pub fn head(&self) -> Head {
        let hash = self.log.last().map_or_else(|| first_hash(&self.project), |commit| commit.hash.clone());
        Head { version: self.version(), hash }
    }

    /// When the next tick is worth calling, if anything is ever due.
    pub fn next_wake_at(&self) -> Option<Timestamp> {
        next_deadline(&self.state)
    }

    /// Everything that is due at `now`, as a commit of its own; nothing when nothing is.
    pub fn due(&self, now: Timestamp) -> Option<Commit> {
        let now = self.time(now);
        let events = self.ahead(now)?.events.clone();
        (!events.is_empty()).then(|| self.commit_of(&Actor::Clock, None, events, &now.into()))
    }

    /// Decides a command on the state as it is. What is due must have been ticked before.
    ///
    /// # Errors
    /// Whatever [`decide`] refuses, and `idempotency_mismatch`.
    pub fn decide(
        &self,
        actor: &Actor,
        command: &Command,
        key: Option<&IdempotencyKey>,
        moment: &Moment,
    ) -> Result<Decided, Refusal> {
        if let Some(receipt) = self.repeated(actor, command, key, moment.now)? {
            return Ok(Decided::Already(Box::new(receipt)));
        }
        let moment = Moment { now: self.time(moment.now), ..moment.clone() };
        let events = decide(&self.state, actor, command, &moment)?;
        if events.is_empty() {
            return Ok(Decided::Already(Box::new(self.unchanged(moment.now))));
        }
        let keyed = key.map(|key| (key, command));
        Ok(Decided::Commit(Box::new(self.commit_of(actor, keyed, events, &moment))))
    }

    /// Carries a commit into state and record.
    ///
    /// # Errors
    /// `corrupt_record` where it does not follow the last one, or an event of it does not fit; nothing has changed then.
    pub fn apply(&mut self, mut commit: Commit) -> Result<Receipt, Refusal> {
        let head = self.head();
        let follows = commit.project == self.project
            && Some(commit.version) == head.version.checked_add(1)
            && commit.previous_hash == head.hash;
        if !follows {
            let problem = "the commit does not follow the one before it".to_owned();
            return Err(Refusal::CorruptRecord { version: commit.version, problem });
        }
        self.ahead.forget();
        let (at, is_archiving) = (commit.at, commit.events.iter().any(AccessEvent::is_archiving));
        let whole = (is_archiving && self.whole.is_none()).then(|| self.state.clone());
        if let Err(refusal) = read_into(&mut self.state, &commit) {
            // The events before the one that does not fit are taken back.
            self.state = State::default();
            self.log.iter().for_each(|commit| apply_commit(&mut self.state, commit));
            self.hot.restart(&self.state);
            return Err(refusal);
        }
        self.hot.follow(&self.state, &commit.events);
        self.whole = whole.or_else(|| self.whole.take());
        if let Some(whole) = &mut self.whole {
            remember_commit(whole, &commit);
        }
        self.journal.add(&commit, self.whole.as_ref().unwrap_or(&self.state));
        commit.texts.clear();
        if let Some(idempotency) = &commit.idempotency {
            self.keys.insert((commit.actor.clone(), idempotency.key.clone()), commit.version);
        }
        let receipt = Self::receipt(&commit);
        let erasures: Vec<_> = commit.events.iter().filter_map(AccessEvent::erasure).cloned().collect();
        self.log.push(Arc::new(commit));
        erasures.into_iter().for_each(|erasure| self.erase(erasure));
        if is_archiving {
            self.forget_keys(at);
        }
        Ok(receipt)
    }

    /// Reads the commit that follows, as it was stored, and carries it into state and record.
    ///
    /// # Errors
    /// `corrupt_record`, `newer_record`.
    pub fn read(&mut self, stored: &RawValue) -> Result<(), Refusal> {
        let commit = read_next(&self.project, &self.state, &self.head(), &mut self.gaps, stored)?;
        self.apply(commit).map(drop)
    }

    /// Whether all that is missing in what was read has been erased.
    ///
    /// # Errors
    /// `corrupt_record`.
    pub fn check_whole(&self) -> Result<(), Refusal> {
        let missing = |version| Refusal::CorruptRecord { version, problem: NOT_ERASED.to_owned() };
        self.gaps.first().map_or(Ok(()), |version| Err(missing(version)))
    }

    /// What a store must still be told to erase; each once.
    pub(crate) fn take_erased(&mut self) -> Vec<Erasure> {
        mem::take(&mut self.erased)
    }

    /// Keeps what the store could not erase yet.
    pub(crate) fn put_back(&mut self, left: impl Iterator<Item = Erasure>) {
        self.erased.extend(left);
    }

    fn erase(&mut self, erasure: Erasure) {
        let Erasure { subject_id, up_to } = &erasure;
        self.keys.retain(|(actor, _), version| actor.subject() != Some(subject_id) || *version > *up_to);
        let mut stands = false;
        let state = self.whole.as_ref().unwrap_or(&self.state);
        for commit in &mut self.log {
            stands |= record::erase(Arc::make_mut(commit), state, subject_id, *up_to);
        }
        if stands {
            self.erased.push(erasure);
        }
    }

    /// Ticks, decides and applies in memory: for those who keep no record, or keep it by [`Engine::log`].
    ///
    /// # Errors
    /// Whatever [`Engine::decide`] refuses; the tick stays.
    pub fn run(
        &mut self,
        actor: &Actor,
        command: &Command,
        moment: impl Into<Moment>,
    ) -> Result<Receipt, Refusal> {
        self.run_once(actor, command, None, moment)
    }

    /// The same under an idempotency key.
    ///
    /// # Errors
    /// Whatever [`Engine::decide`] refuses; the tick stays.
    pub fn run_once(
        &mut self,
        actor: &Actor,
        command: &Command,
        key: Option<&IdempotencyKey>,
        moment: impl Into<Moment>,
    ) -> Result<Receipt, Refusal> {
        let moment = moment.into();
        if let Some(receipt) = self.repeated(actor, command, key, moment.now)? {
            return Ok(receipt);
        }
        if let Some(commit) = self.due(moment.now) {
            self.apply(commit)?;
        }
        match self.decide(actor, command, key, &moment)? {
            Decided::Commit(commit) => self.apply(*commit),
            Decided::Already(receipt) => Ok(*receipt),
        }
    }

    /// Whether a subject may do something at `at`, but never before the last commit, why, and if not, how to ask.
    pub fn evaluate(&self, query: &AccessQuery, at: Timestamp) -> Decision {
        access::evaluate_by(&self.hot, &self.state, query, self.time(at))
    }

    /// The same for many.
    pub fn evaluate_all(&self, queries: &[AccessQuery], at: Timestamp) -> Vec<Decision> {
        queries.iter().map(|query| self.evaluate(query, at)).collect()
    }

    /// Whether [`Engine::evaluate`] allows, and nothing else.
    pub fn is_allowed(&self, query: &AccessQuery, at: Timestamp) -> bool {
        access::is_allowed_by(&self.hot, &self.state, &query.subject, query.deed(), self.time(at))
    }

    /// The sheets behind [`Engine::is_allowed`], for the numbers of names.
    #[cfg(feature = "wasm")]
    pub(crate) fn hot(&self) -> &Hot {
        &self.hot
    }

    /// The same as [`Engine::is_allowed`] of a canonical path, where no condition has a say.
    #[cfg(feature = "wasm")]
    pub(crate) fn is_plainly_allowed(&self, subject: Name, asked: Asked<'_>, at: Timestamp) -> Option<bool> {
        let at = self.time(at).millis();
        self.hot.is_allowed(&self.state, subject, &Asked { at, ..asked })
    }

    /// What the commit of that version did.
    pub fn receipt_at(&self, version: u64) -> Option<Receipt> {
        self.commit(version).map(Self::receipt)
    }

    /// What a recipient of a notice is told at `now`, or why nothing; `None` where no commit has such a notice.
    pub fn message(
        &self,
        notice: &Notice,
        to: &SubjectId,
        now: Timestamp,
    ) -> Option<Result<Message, DropReason>> {
        let commit = self.commit(notice.id.made_in())?;
        let Commit { version, at, actor, events, .. } = commit;
        let (state, now) = (self.whole(), self.time(now));
        let scene = Scene { state, now, version: *version, at: *at, actor, events };
        Some(notices::message(scene, notice, to))
    }

    /// The later of `now` and the last commit's time.
    pub(crate) fn time(&self, now: Timestamp) -> Timestamp {
        self.state.last_at().map_or(now, |last| last.max(now))
    }

    /// Which commits tell of what.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The commit of that version.
    pub(crate) fn commit(&self, version: u64) -> Option<&Commit> {
        let index = usize::try_from(version.checked_sub(1)?).ok()?;
        self.log.get(index).map(AsRef::as_ref)
    }

    fn commit_of(
        &self,
        actor: &Actor,
        keyed: Option<(&IdempotencyKey, &Command)>,
        events: Vec<AccessEvent>,
        moment: &Moment,
    ) -> Commit {
        let (head, at) = (self.head(), moment.now);
        let version = head.version.saturating_add(1);
        let mut salts = Salts::new(&moment.chance);
        let idempotency = keyed.map(|(key, command)| {
            let salt = salts.next_salt();
            let command_hash = CommandHash::new(command.commitment(&salt), salt, version);
            Idempotency { key: key.clone(), of: command.texts_of(&self.state), command_hash }
        });
        let mut commit = Commit {
            project: self.project.clone(),
            version,
            at,
            actor: actor.clone(),
            client: moment.client.clone().map(Personal::from),
            idempotency,
            notices: notices(&self.state, actor, &events),
            events,
            previous_hash: head.hash,
            hash: String::new(),
            texts: Texts::default(),
        };
        record::seal(&mut commit, &self.state, &mut salts);
        commit.hash = commit_hash(&commit);
        commit
    }

    fn unchanged(&self, at: Timestamp) -> Receipt {
        Receipt {
            version: self.version(),
            at,
            policy_id: None,
            policy_ids: Vec::new(),
            permission_id: None,
            request_id: None,
            request_ids: Vec::new(),
            grant_id: None,
            bundle_id: None,
            delegation_id: None,
            shortened_to: None,
            events: Vec::new(),
        }
    }

    /// What a commit did, as its command was answered.
    fn receipt(commit: &Commit) -> Receipt {
        let events = &commit.events;
        let policy_ids = each(events.iter().filter_map(|event| event.about().policy_id));
        let request_ids = each(events.iter().filter_map(|event| event.about().request_id));
        Receipt {
            version: commit.version,
            at: commit.at,
            policy_id: policy_ids.first().cloned(),
            policy_ids,
            permission_id: events.iter().find_map(|event| event.about().permission_id).cloned(),
            request_id: request_ids.first().cloned(),
            request_ids,
            grant_id: events.iter().find_map(|event| event.about().grant_id).cloned(),
            bundle_id: events.iter().find_map(|event| event.about().bundle_id).cloned(),
            delegation_id: events.iter().find_map(|event| event.about().delegation_id).cloned(),
            shortened_to: events.iter().find_map(shortened),
            events: events.clone(),
        }
    }
}

/// Each id once, in the order in which they come first.
fn each<'e, I: Ord + Clone + 'e>(ids: impl Iterator<Item = &'e I>) -> Vec<I> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).cloned().collect()
}

/// The length of a break-glass access that is shorter than the duration that was in force.
fn shortened(event: &AccessEvent) -> Option<Seconds> {
    let AccessEvent::GrantCreated(created) = event else { return None };
    created.shortened_from.and(Some(Seconds::between(created.grant.starts_at, created.grant.ends_at?)))
}
