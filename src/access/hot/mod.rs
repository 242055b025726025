//! What each subject may do, on a sheet of its own: the answers of [`is_allowed`](crate::Engine::is_allowed) and
//! [`evaluate`](crate::Engine::evaluate), as flat as they can be.
//!
//! A sheet is made from the state when its subject is first asked about, and dropped when something changes that it may
//! stand on. So nothing here can disagree with the state for longer than a commit, an engine that is opened builds nothing
//! that nobody asks for, and the plain rule in `evaluate.rs` is what the sheets are tested against. Making one costs about
//! as much as asking the plain rule for each grant of the subject once; an answer costs a look at each of its rights.

mod sheet;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use access_rights::{Answer, Asked, Name, Names};

use self::sheet::{NOWHERE, Origin, Written};
use super::evaluate::{Ground, meets_condition};
use super::opens::opens;
use crate::conditions::Deed;
use crate::events::AccessEvent;
use crate::grants::Grant;
use crate::people::{KnownSubject, Principal};
use crate::policies::Exclusion;
use crate::resources::{EnvironmentPattern, PolicyTargets, segments_match};
use crate::state::State;
use crate::values::{Action, SubjectId, Timestamp};

/// The sheets of all subjects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hot {
    names: AllNames,
    subjects: Names,
    /// By the numbers of the subjects.
    slots: Vec<Slot>,
}

/// The numbers of what is named in policies, permissions and grants.
#[derive(Clone, Debug, Default)]
pub(super) struct AllNames {
    pub actions: Names,
    pub kinds: Names,
    /// The empty text is that of no environment.
    pub environments: Names,
}

/// A subject with its sheet, once that was asked for. One that would be too big is none.
#[derive(Clone, Debug)]
struct Slot {
    subject: SubjectId,
    sheet: OnceLock<Option<Box<Written>>>,
}

impl Hot {
    /// The sheets of a state. Numbers that were given before stay.
    pub(crate) fn restart(&mut self, state: &State) {
        self.slots.iter_mut().for_each(|slot| slot.sheet = OnceLock::new());
        self.names.environments.learn(NOWHERE);
        state.directory().subjects().for_each(|subject| self.learn_subject(&subject.id));
        let terms = state.policies().all_versions().map(|policy| &policy.terms.targets);
        terms.for_each(|targets| self.learn_targets(targets));
        for permission in state.permissions().all() {
            self.learn_targets(&permission.terms.targets);
            self.learn_actions(permission.terms.actions.listed().unwrap_or_default());
        }
        state.grants().open().for_each(|grant| self.learn_grant(grant));
    }

    /// Follows what has happened, after it was carried into the state.
    pub(crate) fn follow(&mut self, state: &State, events: &[AccessEvent]) {
        let mut touched = Touched::default();
        for event in events {
            match event {
                AccessEvent::ProjectCreated(made) => {
                    self.names.environments.learn(NOWHERE);
                    made.administrators.iter().for_each(|subject| self.learn_subject(&subject.id));
                }
                AccessEvent::SubjectUpserted(event) => {
                    self.learn_subject(&event.subject.id);
                    touched.one(&event.subject.id);
                }
                AccessEvent::SubjectRemoved(event) => touched.one(&event.subject_id),
                AccessEvent::MembersAdded(event) => touched.members(&event.members),
                AccessEvent::MembersRemoved(event) => touched.members(&event.members),
                AccessEvent::PolicyCreated(event) => {
                    self.learn_targets(&event.policy.terms.targets);
                    touched.all = true;
                }
                AccessEvent::PolicyUpdated(event) => {
                    self.learn_targets(&event.policy.terms.targets);
                    touched.all = true;
                }
                AccessEvent::PermissionCreated(event) => {
                    self.learn_targets(&event.permission.terms.targets);
                    self.learn_actions(event.permission.terms.actions.listed().unwrap_or_default());
                    touched.all = true;
                }
                AccessEvent::PermissionUpdated(event) => {
                    self.learn_targets(&event.permission.terms.targets);
                    self.learn_actions(event.permission.terms.actions.listed().unwrap_or_default());
                    touched.all = true;
                }
                AccessEvent::GroupUpserted(_)
                | AccessEvent::GroupRemoved(_)
                | AccessEvent::PolicyDeleted(_)
                | AccessEvent::PermissionDeleted(_)
                | AccessEvent::RequestsArchived(_) => touched.all = true,
                AccessEvent::GrantCreated(event) => {
                    self.learn_grant(&event.grant);
                    touched.one(&event.grant.holder);
                }
                AccessEvent::GrantEnded(event) => {
                    let ended = state.grants().get(&event.grant_id);
                    ended.iter().for_each(|grant| touched.one(&grant.holder));
                }
                AccessEvent::GroupRenamed(_)
                | AccessEvent::SubjectErased(_)
                | AccessEvent::AdministratorsSet(_)
                | AccessEvent::RequestMade(_)
                | AccessEvent::RequestAmended(_)
                | AccessEvent::StepOpened(_)
                | AccessEvent::RequestReviewed(_)
                | AccessEvent::ReviewVoided(_)
                | AccessEvent::StepCompleted(_)
                | AccessEvent::DurationEdited(_)
                | AccessEvent::RequestApproved(_)
                | AccessEvent::RequestRejected(_)
                | AccessEvent::RequestCancelled(_)
                | AccessEvent::RequestExpired(_)
                | AccessEvent::GrantEndingSoon(_)
                | AccessEvent::BreakGlassAcknowledged(_)
                | AccessEvent::StepEscalated(_)
                | AccessEvent::StepReminded(_)
                | AccessEvent::DelegationCreated(_)
                | AccessEvent::DelegationStarted(_)
                | AccessEvent::DelegationEnded(_) => {}
            }
        }
        self.drop_sheets(&touched);
    }

    /// The number of a subject, which never changes.
    #[cfg(feature = "wasm")]
    pub(crate) fn subject(&self, id: &str) -> Name {
        self.subjects.get(id)
    }

    /// The number of an action.
    #[cfg(feature = "wasm")]
    pub(crate) fn action(&self, name: &str) -> Name {
        self.names.actions.get(name)
    }

    /// The number of a type.
    #[cfg(feature = "wasm")]
    pub(crate) fn kind(&self, name: &str) -> Name {
        self.names.kinds.get(name)
    }

    /// The number of an environment; the empty text is none.
    #[cfg(feature = "wasm")]
    pub(crate) fn environment(&self, name: &str) -> Name {
        self.names.environments.get(name)
    }

    /// Whether a subject may do this, if that depends on nothing else; nothing of one that was never known.
    #[cfg(feature = "wasm")]
    pub(crate) fn is_allowed(&self, state: &State, subject: Name, asked: &Asked<'_>) -> Option<bool> {
        match self.sheet(state, subject)?.sheet.answer(asked, segments_match, &mut |_| None) {
            Answer::Open(_) => Some(true),
            Answer::Closed | Answer::Nothing => Some(false),
            Answer::Unsure => None,
        }
    }

    /// What stands behind the answer to a question about an active subject.
    pub(super) fn ground(
        &self,
        state: &State,
        subject: &KnownSubject,
        deed: Deed<'_>,
        now: Timestamp,
    ) -> Option<Ground> {
        let (action, resource) = (&deed.action.name, &deed.resource.resource);
        let environment = resource.environment.as_ref().map_or(NOWHERE, |it| it.as_str());
        let asked = Asked {
            action: self.names.actions.get(action.as_str()),
            kind: self.names.kinds.get(resource.kind.as_str()),
            environment: self.names.environments.get(environment),
            path: resource.path.as_str(),
            at: now.millis(),
        };
        let Written { sheet, origins } = self.sheet(state, self.subjects.get(subject.id.as_str()))?;
        let member = LazyCell::new(|| state.directory().member(&subject.id));
        let mut judge = |right: u32| match origins.get(right as usize)? {
            Origin::Permission(id) => {
                let permission = state.permissions().get(id)?;
                Some(meets_condition(permission, subject, &member, deed))
            }
            Origin::Grant(id) => Some(opens(state, state.grants().get(id)?, action, resource)),
        };
        Some(match sheet.answer(&asked, segments_match, &mut judge) {
            Answer::Open(right) => match origins.get(right as usize)? {
                Origin::Permission(id) => Ground::Permission(id.clone()),
                Origin::Grant(id) => Ground::Grant(id.clone(), state.grants().get(id)?.ends_at),
            },
            Answer::Closed => Ground::GovernedElsewhere,
            Answer::Nothing => Ground::Nothing,
            Answer::Unsure => return None,
        })
    }

    fn sheet(&self, state: &State, subject: Name) -> Option<&Written> {
        let Slot { subject, sheet } = self.slots.get(subject.number() as usize)?;
        sheet.get_or_init(|| Written::of(state, &self.names, subject).map(Box::new)).as_deref()
    }

    fn learn_subject(&mut self, id: &SubjectId) {
        if self.subjects.learn(id.as_str()).number() as usize == self.slots.len() {
            self.slots.push(Slot { subject: id.clone(), sheet: OnceLock::new() });
        }
    }

    fn learn_grant(&mut self, grant: &Grant) {
        self.learn_actions(grant.actions.as_slice());
        self.names.kinds.learn(grant.target.kind.as_str());
        let excluded = grant.exclusions.iter().filter_map(|it: &Exclusion| it.environment.as_ref());
        for environment in grant.target.environment.iter().chain(excluded) {
            self.learn_environment(environment);
        }
    }

    fn learn_targets(&mut self, targets: &PolicyTargets) {
        self.names.kinds.learn(targets.kind().as_str());
        targets.environments().iter().for_each(|environment| self.learn_environment(environment));
    }

    fn learn_environment(&mut self, environment: &EnvironmentPattern) {
        if let EnvironmentPattern::Named(name) = environment {
            self.names.environments.learn(name.as_str());
        }
    }

    fn learn_actions(&mut self, actions: &[Action]) {
        actions.iter().for_each(|action| {
            self.names.actions.learn(action.as_str());
        });
    }

    fn drop_sheets(&mut self, touched: &Touched<'_>) {
        if touched.all {
            self.slots.iter_mut().for_each(|slot| slot.sheet = OnceLock::new());
            return;
        }
        for subject in &touched.subjects {
            let place = self.subjects.get(subject.as_str()).number() as usize;
            self.slots.get_mut(place).into_iter().for_each(|slot| slot.sheet = OnceLock::new());
        }
    }
}

/// Whose sheets something has changed for.
#[derive(Default)]
struct Touched<'a> {
    all: bool,
    subjects: BTreeSet<&'a SubjectId>,
}

impl<'a> Touched<'a> {
    fn one(&mut self, id: &'a SubjectId) {
        self.subjects.insert(id);
    }

    fn members(&mut self, members: &'a BTreeSet<Principal>) {
        for member in members {
            match member {
                Principal::Subject(id) => self.one(id),
                Principal::Group(_) => self.all = true,
            }
        }
    }
}
