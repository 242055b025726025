//! What is sent next, looking at how things stand: one arm a command.

mod chance;
mod clauses;
mod delegations;
pub(crate) mod inputs;
pub(crate) mod people;
mod policies;
mod requests;

use std::collections::BTreeMap;

use access_engine::commands::{Command, CreateProject, Erase, SetAdministrators, SyncDirectory};
use access_engine::people::{Actor, Subject, SubjectRef};
use access_engine::values::{IdempotencyKey, ProjectId, SubjectId, Timestamp};

use chance::Chance;
use inputs::{FOUNDERS, STRANGER, SUBJECTS, subject_id};

use super::commands::Model;
use super::state::{Sent, State};
use super::tick::next_wake_at;

pub(crate) const PROJECT: &str = "acme";
pub(crate) const EPOCH: i64 = 1_767_603_600_000;

/// Makes one sequence, command by command.
pub(crate) struct Generator {
    pub(super) chance: Chance,
    pub(super) now: Timestamp,
    /// How many commands it makes.
    pub(crate) length: usize,
    pub(super) sent: usize,
    /// Does the same over and over, until it is too often.
    burst: Option<Burst>,
}

/// What is done over and over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Burst {
    Asks,
    BreaksGlass,
}

/// One sequence in so many does that.
const BURSTS: u64 = 250;

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let burst = match seed % BURSTS {
            7 => Some(Burst::Asks),
            8 => Some(Burst::BreaksGlass),
            _ => None,
        };
        // Mostly short ones: 30 and the larger of what chance leaves of 170.
        let length = if burst.is_some() {
            180
        } else {
            30 + chance.below(171).min(chance.below(171)).min(chance.below(171))
        };
        let now = Timestamp::from_millis(EPOCH).expect("a time");
        Self { chance, now, length, sent: 0, burst }
    }

    /// The next command to be sent, if the sequence has not ended.
    pub(crate) fn next(&mut self, model: &Model) -> Option<Sent> {
        if self.sent == self.length {
            return None;
        }
        self.sent += 1;
        let state = &model.state;
        self.pass_time(state);
        if let Some(again) = self.again(model) {
            return Some(again);
        }
        let (actor, command) = match (self.sent, state.is_made) {
            (1, _) if self.chance.percent(4) => self.ask(state),
            (_, false) => self.create_project(),
            (2, _) if state.people.subjects.len() < 3 => {
                let changes = people::first_changes(&mut self.chance);
                (Actor::Subject(subject_id("ada")), Command::SyncDirectory(SyncDirectory { changes }))
            }
            (..=5, _) => self.create_policy(state),
            _ if self.burst == Some(Burst::Asks) => self.burst_of_requests(state),
            _ if self.burst == Some(Burst::BreaksGlass) => self.burst_of_break_glass(state),
            _ => self.anything(state),
        };
        let actor = self.perhaps_another(state, actor);
        let key = self.chance.percent(8).then(|| self.key());
        let (now, hashes) = (self.now, BTreeMap::new());
        Some(Sent { actor, command: Some(command), key, now, hashes }).map(|sent| self.perhaps_tick(sent))
    }

    fn perhaps_tick(&mut self, sent: Sent) -> Sent {
        let is_tick = self.sent > 5 && self.chance.percent(4);
        if is_tick { Sent { actor: Actor::Clock, command: None, key: None, ..sent } } else { sent }
    }

    fn key(&mut self) -> IdempotencyKey {
        let key = self.chance.pick(&["k1", "k2", "k3", "k4", "k5", "k6"]);
        IdempotencyKey::try_from(key.to_owned()).expect("a key")
    }

    /// A command that was sent before, mostly under a key, or another one under that key.
    fn again(&mut self, model: &Model) -> Option<Sent> {
        if !self.chance.percent(3) {
            return None;
        }
        // One without a key may be about what has been archived since.
        let is_any = self.chance.percent(30);
        let is_meant = |sent: &&Sent| sent.key.is_some() || is_any && sent.command.is_some();
        let keyed: Vec<Sent> = model.past().iter().filter(is_meant).cloned().collect();
        let mut sent = self.chance.any(&keyed)?;
        sent.now = self.now;
        sent.hashes.clear();
        if self.chance.percent(30) {
            sent.command = Some(self.anything(&model.state).1);
        }
        Some(sent)
    }

    fn pass_time(&mut self, state: &State) {
        let chance = &mut self.chance;
        let passed = match chance.weighted(&[560, 150, 150, 90, 20, 6, 10, 6]) {
            0 => 0,
            1 => chance.between(1, 300_000),
            2 => chance.between(600_000, 3_600_000),
            3 => chance.between(3_600_000, 43_200_000),
            4 => chance.between(86_400_000, 259_200_000),
            5 => chance.between(604_800_000, 2_678_400_000),
            6 => -chance.between(1, 3_600_000),
            // Until what is over is archived.
            _ => chance.between(3_024_000_000, 3_888_000_000),
        };
        let mut millis = self.now.millis() + if self.burst.is_some() { passed / 1000 } else { passed };
        if let Some(due) = next_wake_at(state).filter(|_| self.burst.is_none() && chance.percent(5)) {
            millis = millis.max(due.millis() - i64::from(chance.percent(40)));
        }
        self.now = Timestamp::from_millis(millis.max(0)).expect("a time");
    }

    /// Now and then a command comes from somebody else.
    fn perhaps_another(&mut self, state: &State, actor: Actor) -> Actor {
        if !self.chance.percent(6) || !state.is_made {
            return actor;
        }
        match self.chance.weighted(&[70, 8, 6, 6]) {
            0 => Actor::Subject(subject_id(self.chance.pick(&SUBJECTS))),
            1 => Actor::Subject(subject_id(STRANGER)),
            2 => Actor::Host,
            _ => Actor::Clock,
        }
    }

    pub(super) fn anybody(&mut self, state: &State) -> SubjectId {
        let active: Vec<SubjectId> =
            state.people.subjects.iter().filter(|s| !s.disabled).map(|s| s.id.clone()).collect();
        self.chance.any(&active).unwrap_or_else(|| subject_id("ada"))
    }

    pub(super) fn administrator(&mut self, state: &State) -> Actor {
        let active: Vec<SubjectId> =
            state.people.administrators.iter().filter(|id| state.people.is_active(id)).cloned().collect();
        Actor::Subject(self.chance.any(&active).unwrap_or_else(|| subject_id("ada")))
    }

    fn anything(&mut self, state: &State) -> (Actor, Command) {
        // What needs something to be there is mostly left alone where nothing is.
        let rarely = self.chance.percent(4);
        let is_ruled = rarely || state.live_policies().next().is_some();
        let pending = rarely || self.pending(state).is_some();
        let granted = rarely || state.grants.iter().any(|given| given.grant.end.is_none());
        let delegated = rarely || state.delegations.iter().any(|delegation| delegation.end.is_none());
        let permitted = rarely || !state.permissions.is_empty();
        let bundled = rarely || state.requests.iter().any(|asked| asked.request.bundle_id.is_some());
        let broken = rarely || state.requests.iter().any(|asked| asked.request.break_glass.is_some());
        if !is_ruled {
            return self.create_policy(state);
        }
        match self
            .chance
            .weighted(&[20, 34, 5, 4, 4, 5, 8, 4, 5, 4, 5, 5, 2, 10, 2, 1, 2, 5, 4, 6, 3, 5, 4, 2, 2, 3])
        {
            0 => self.ask(state),
            1 if pending => self.review(state),
            2 if pending => self.edit_duration(state),
            3 if pending => self.withdraw(state),
            4 if pending => self.cancel(state),
            5 if pending => self.amend(state),
            6 => self.break_glass(state),
            7 if broken => self.acknowledge(state),
            8 if granted => self.revoke(state),
            9 if granted => self.release(state),
            10 => self.create_policy(state),
            11 => self.update_policy(state),
            12 => self.delete_policy(state),
            13 => self.sync(state),
            14 => self.set_administrators(state),
            15 => self.create_project(),
            16 => self.create_policies(state),
            17 => self.bundle(state),
            18 if granted => self.renew(state),
            19 => self.create_delegation(state),
            20 if delegated => self.end_delegation(state),
            21 => self.create_permission(state),
            22 if permitted => self.update_permission(state),
            23 if permitted => self.delete_permission(state),
            24 if bundled => self.cancel_bundle(state),
            25 => self.erase(state),
            _ => self.ask(state),
        }
    }

    fn create_project(&mut self) -> (Actor, Command) {
        let mut administrators: Vec<Subject> =
            FOUNDERS.iter().map(|id| people::subject(&mut self.chance, id)).collect();
        if self.chance.percent(3) {
            administrators.iter_mut().for_each(|subject| subject.disabled = true);
        }
        let project = ProjectId::try_from(PROJECT).expect("an id");
        (Actor::Host, Command::CreateProject(CreateProject { project, administrators }))
    }

    fn sync(&mut self, state: &State) -> (Actor, Command) {
        let count = 1 + self.chance.weighted(&[60, 28, 12]);
        let changes = (0..count).flat_map(|_| people::change(&mut self.chance, state)).collect();
        (self.administrator(state), Command::SyncDirectory(SyncDirectory { changes }))
    }

    fn erase(&mut self, state: &State) -> (Actor, Command) {
        let gone: Vec<SubjectId> =
            state.people.subjects.iter().filter(|s| s.disabled).map(|s| s.id.clone()).collect();
        let anybody = subject_id(self.chance.pick(&[&SUBJECTS[..], &[STRANGER]].concat()));
        let subject = self.chance.any(&gone).filter(|_| self.chance.percent(75)).unwrap_or(anybody);
        let actor = if self.chance.percent(30) { Actor::Host } else { self.administrator(state) };
        (actor, Command::Erase(Erase { subject }))
    }

    fn set_administrators(&mut self, state: &State) -> (Actor, Command) {
        let mut ids: Vec<&str> = SUBJECTS.into_iter().filter(|_| self.chance.percent(25)).collect();
        if self.chance.percent(60) {
            ids.push("ada");
        }
        if self.chance.percent(6) {
            ids.push(STRANGER);
        }
        let administrators = ids.into_iter().map(|id| SubjectRef::from(&subject_id(id))).collect();
        (self.administrator(state), Command::SetAdministrators(SetAdministrators { administrators }))
    }
}
