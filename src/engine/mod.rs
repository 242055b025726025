//! State, version and record: the Rust front door.

mod ahead;
mod journal;
mod keys;
mod project;
mod snapshot;

use std::mem;
use std::sync::Arc;

#[cfg(feature = "wasm")]
use access_rights::{Asked, Name};

use self::ahead::LastAhead;
use self::journal::Journal;
use self::keys::KnownKey;
use crate::access::{self, AccessQuery, Decision, Hot};
use crate::commands::{Command, decide, next_deadline};
use crate::events::{AccessEvent, SubjectErased as Erasure};
use crate::notices::notices;
use crate::people::{Actor, Moment, Personal, Salts};
use crate::record::{
    self, CommandHash, Commit, Gaps, Head, Idempotency, NOT_ERASED, Receipt, SealedCommit, Standing, Texts,
    first_hash, read_again, read_into, read_next,
};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{IdempotencyKey, Map, ProjectId, Timestamp};

use serde_json::value::RawValue;

pub use self::project::Project;
pub use self::snapshot::Snapshot;

/// The working state of a project, with the head of its record. It decides and answers; the commits are kept by its owner,
/// and only what is open in memory. [`Project`] keeps them beside it.
#[derive(Clone, Debug)]
pub struct Engine {
    project: ProjectId,
    state: State,
    /// What each subject may do by that state, as it was asked about.
    hot: Hot,
    ahead: LastAhead,
    /// The hash of the last commit.
    hash: String,
    journal: Journal,
    keys: Map<(Actor, IdempotencyKey), KnownKey>,
    gaps: Gaps,
    standing: Standing,
    /// What was erased and may still stand in the store.
    erased: Vec<Erasure>,
}

/// What the record tells at an instant: the state with everything done that is due, nothing archived by that; what is due,
/// as a commit; which commits tell of what. What was archived is read again from the commits.
#[derive(Clone, Debug)]
pub struct Told {
    pub(crate) state: State,
    /// The state with that archived, too.
    pub(crate) open: State,
    pub(crate) due: Option<Arc<Commit>>,
    pub(crate) journal: Journal,
    /// The number of commits.
    pub(crate) head: u64,
    pub(crate) now: Timestamp,
}

/// What became of a command that was not refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// To be appended to the record, then applied.
    Commit(Box<SealedCommit>),
    /// Nothing has to change: it is so already.
    Already(Box<Receipt>),
    /// It was carried out before under its key, by the commit of that version.
    Repeated(u64),
}

impl Engine {
    /// An empty record.
    pub fn new(project: ProjectId) -> Self {
        Self {
            hash: first_hash(&project),
            project,
            state: State::default(),
            hot: Hot::default(),
            ahead: LastAhead::default(),
            journal: Journal::default(),
            keys: Map::default(),
            gaps: Gaps::default(),
            standing: Standing::default(),
            erased: Vec::new(),
        }
    }

    /// An engine of a state whose record is elsewhere. The numbers that sheets have given stay.
    pub(crate) fn of_state(project: ProjectId, hash: String, state: State, mut hot: Hot) -> Self {
        hot.restart(&state);
        Self { hash, state, hot, ..Self::new(project) }
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

    /// The newest entry of the record, for anchoring it elsewhere.
    pub fn head(&self) -> Head {
        Head { version: self.version(), hash: self.hash.clone() }
    }

    /// When the next tick is worth calling, if anything is ever due.
    pub fn next_wake_at(&self) -> Option<Timestamp> {
        next_deadline(&self.state)
    }

    /// Everything that is due at `now`, as a commit of its own; nothing when nothing is.
    pub fn due(&self, now: Timestamp) -> Option<SealedCommit> {
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
        if let Some(version) = self.repeated(actor, command, key, moment.now)? {
            return Ok(Decided::Repeated(version));
        }
        let moment = Moment { now: self.time(moment.now), ..moment.clone() };
        let events = decide(&self.state, actor, command, &moment)?;
        if events.is_empty() {
            return Ok(Decided::Already(Box::new(Receipt::unchanged(self.version(), moment.now))));
        }
        let keyed = key.map(|key| (key, command));
        Ok(Decided::Commit(Box::new(self.commit_of(actor, keyed, events, &moment))))
    }

    /// Carries a commit into the state.
    ///
    /// # Errors
    /// `corrupt_record` where it does not follow the last one, or an event of it does not fit; nothing has changed then.
    pub fn apply(&mut self, commit: &Commit) -> Result<(), Refusal> {
        let head = self.head();
        let follows = commit.project == self.project
            && Some(commit.version) == head.version.checked_add(1)
            && commit.previous_hash == head.hash;
        if !follows {
            let problem = "the commit does not follow the one before it".to_owned();
            return Err(Refusal::CorruptRecord { version: commit.version, problem });
        }
        let mut state = self.state.clone();
        read_into(&mut state, commit)?;
        self.journal.add(commit, &self.state, &state);
        self.state = state;
        self.hash.clone_from(&commit.hash);
        self.ahead.forget();
        self.hot.follow(&self.state, &commit.events);
        self.standing.add(&commit.texts);
        self.remember_key(commit);
        for erasure in commit.events.iter().filter_map(AccessEvent::erasure) {
            let Erasure { subject_id, up_to } = erasure;
            self.forget_keys_of(subject_id, *up_to);
            if self.standing.erase(subject_id, *up_to, commit.version) {
                self.erased.push(erasure.clone());
            }
        }
        if commit.events.iter().any(AccessEvent::is_archiving) {
            self.forget_keys(commit.at);
        }
        Ok(())
    }

    /// Reads the commit that follows, as it was stored, and carries it into the state.
    ///
    /// # Errors
    /// `corrupt_record`, `newer_record`.
    pub fn read(&mut self, stored: &RawValue) -> Result<Commit, Refusal> {
        let commit = read_next(&self.project, &self.state, &self.head(), &mut self.gaps, stored)?;
        self.apply(&commit).map(|()| commit)
    }

    /// Reads a commit that was read before, as it was stored; what was erased since is left out.
    ///
    /// # Errors
    /// `corrupt_record`, `newer_record`.
    pub fn read_again(&self, version: u64, stored: &RawValue) -> Result<Commit, Refusal> {
        read_again(&self.project, version, &self.state, stored)
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
    pub(crate) fn hot(&self) -> &Hot {
        &self.hot
    }

    /// The same as [`Engine::is_allowed`] of a canonical path, where no condition has a say.
    #[cfg(feature = "wasm")]
    pub(crate) fn is_plainly_allowed(&self, subject: Name, asked: Asked<'_>, at: Timestamp) -> Option<bool> {
        let at = self.time(at).millis();
        self.hot.is_allowed(&self.state, subject, &Asked { at, ..asked })
    }

    /// The later of `now` and the last commit's time.
    pub(crate) fn time(&self, now: Timestamp) -> Timestamp {
        self.state.last_at().map_or(now, |last| last.max(now))
    }

    fn commit_of(
        &self,
        actor: &Actor,
        keyed: Option<(&IdempotencyKey, &Command)>,
        events: Vec<AccessEvent>,
        moment: &Moment,
    ) -> SealedCommit {
        let (head, at) = (self.head(), moment.now);
        let version = head.version.saturating_add(1);
        let mut salts = Salts::new(&moment.chance);
        let idempotency = keyed.map(|(key, command)| {
            let salt = salts.next_salt();
            let command_hash = CommandHash::new(command.commitment(&salt), salt, version);
            Idempotency { key: key.clone(), of: command.texts_of(&self.state), command_hash }
        });
        let commit = Commit {
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
        record::seal(commit, &self.state, &mut salts)
    }
}
