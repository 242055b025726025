//! A read-only engine of what a snapshot carries.

use serde_json::Value;

use super::carried::{
    Answers, Carried, CarriedPermission, CarriedPolicy, FORMAT, Form, InForce, Presence, ScopedSnapshot,
    Written,
};
use crate::access::{AccessQuery, Decision, Hot};
use crate::engine::Engine;
use crate::events::RequestMade;
use crate::people::{Actor, KnownSubject, Principal, SubjectType};
use crate::permissions::{Permission, PermissionTerms};
use crate::policies::{Policy, PolicyTerms, RequestTtl, Requirement, Stated};
use crate::questions::{GrantFilter, InboxFilter, PolicyFilter, RequestFilter};
use crate::record::Head;
use crate::refusal::Refusal;
use crate::requests::RequestContent;
use crate::resources::matches;
use crate::state::State;
use crate::values::{AtMost, Name, PolicyId, RequestId, SubjectId, Timestamp};
use crate::visibility::check_viewer;

#[cfg(feature = "wasm")]
use access_rights::{Asked, Name as NameNumber};

/// Answers for one subject as the server did at the snapshot's version, and nothing else.
///
/// Its clock is never before the instant that the snapshot shows.
#[derive(Debug)]
pub struct ScopedEngine {
    /// The subject alone, with what opens something for it whatever is asked: permissions with a condition are not in it.
    engine: Engine,
    subject: SubjectId,
    at: Timestamp,
    valid_until: Option<Timestamp>,
    permissions: Vec<CarriedPermission>,
    /// The policies in force whose conditions the subject does not meet.
    closed: Vec<PolicyId>,
    answers: Option<Answers>,
}

impl ScopedEngine {
    /// Opens a snapshot.
    ///
    /// # Errors
    /// `invalid_snapshot` where it is none, was changed, or has a form that this edition does not read.
    pub fn open(snapshot: &ScopedSnapshot) -> Result<Self, Refusal> {
        Self::opened(snapshot, Hot::default())
    }

    /// Takes a newer snapshot of the same; whether it is newer.
    ///
    /// # Errors
    /// `invalid_snapshot`, also where it is of another subject or project; `record_replaced` where it has another commit of
    /// this version.
    pub fn update(&mut self, snapshot: &ScopedSnapshot) -> Result<bool, Refusal> {
        let newer = Self::opened(snapshot, self.engine.hot().clone())?;
        if newer.subject != self.subject || newer.engine.project() != self.engine.project() {
            return Err(invalid("it is of another subject or project"));
        }
        let (own, other) = (self.engine.head(), newer.engine.head());
        if own.version == other.version && own.hash != other.hash {
            return Err(Refusal::RecordReplaced { version: own.version });
        }
        let is_newer = (own.version, self.at) < (other.version, newer.at);
        if is_newer {
            *self = newer;
        }
        Ok(is_newer)
    }

    fn opened(snapshot: &ScopedSnapshot, hot: Hot) -> Result<Self, Refusal> {
        if !snapshot.is_whole() {
            return Err(invalid("its data are not those of its digest"));
        }
        let form: Form = read(&snapshot.data)?;
        if form.format != FORMAT {
            return Err(invalid("it was made by another edition of the engine"));
        }
        let Written { carried, answers, .. } = read(&snapshot.data)?;
        let state = state_of(&carried);
        let Carried { project, head, at, valid_until, subject, permissions, policies, .. } = carried;
        let is_closed = |policy: &CarriedPolicy| policy.in_force.as_ref().is_some_and(|it| !it.may_ask);
        Ok(Self {
            engine: Engine::of_state(project, head.hash, state, hot),
            subject,
            at,
            valid_until,
            permissions,
            closed: policies.into_iter().filter(is_closed).map(|policy| policy.id).collect(),
            answers,
        })
    }

    /// The number of commits behind it, and the hash of the last.
    pub fn head(&self) -> Head {
        self.engine.head()
    }

    /// The first instant at which something may be answered otherwise: get a newer snapshot by then. Nothing where nothing
    /// will be due.
    pub fn next_wake_at(&self) -> Option<Timestamp> {
        self.valid_until
    }

    /// [`Engine::evaluate`] for its subject.
    ///
    /// # Errors
    /// `not_in_snapshot` for another subject, and where the condition of a standing permission has a say.
    pub fn evaluate(&self, query: &AccessQuery, at: Timestamp) -> Result<Decision, Refusal> {
        self.check_subject(query)?;
        if self.about(query).next().is_some_and(|oldest| oldest.has_condition) {
            return Err(Refusal::NotInSnapshot);
        }
        let mut decision = self.engine.evaluate(query, at);
        decision.requestable.take_if(|it| self.closed.contains(&it.policy.id));
        Ok(decision)
    }

    /// [`Engine::is_allowed`] for its subject.
    ///
    /// # Errors
    /// Those of [`ScopedEngine::evaluate`].
    pub fn is_allowed(&self, query: &AccessQuery, at: Timestamp) -> Result<bool, Refusal> {
        self.check_subject(query)?;
        let is_allowed = self.engine.is_allowed(query, at);
        if !is_allowed && self.about(query).any(|permission| permission.has_condition) {
            return Err(Refusal::NotInSnapshot);
        }
        Ok(is_allowed)
    }

    /// The same of a canonical path, where no condition has a say.
    #[cfg(feature = "wasm")]
    pub(crate) fn is_plainly_allowed(
        &self,
        subject: NameNumber,
        asked: Asked<'_>,
        at: Timestamp,
    ) -> Option<bool> {
        let is_allowed = self.engine.is_plainly_allowed(subject, asked, at);
        is_allowed.filter(|is_allowed| *is_allowed || !self.permissions.iter().any(|it| it.has_condition))
    }

    /// The sheets behind it, for the numbers of names.
    #[cfg(feature = "wasm")]
    pub(crate) fn hot(&self) -> &Hot {
        self.engine.hot()
    }

    /// [`Engine::inbox`] of its subject without a filter.
    ///
    /// # Errors
    /// `not_in_snapshot` for another actor or with a filter, `snapshot_out_of_date`, and the codes of a viewer that is not
    /// known and active.
    pub fn inbox(&self, viewer: &Actor, filter: &InboxFilter, at: Timestamp) -> Result<Value, Refusal> {
        let is_carried = *filter == InboxFilter::default();
        self.answer(viewer, at, |answers| Some(&answers.inbox).filter(|_| is_carried))
    }

    /// [`Engine::requests`] of its subject without a filter.
    ///
    /// # Errors
    /// Those of [`ScopedEngine::inbox`].
    pub fn requests(&self, viewer: &Actor, filter: &RequestFilter, at: Timestamp) -> Result<Value, Refusal> {
        let is_carried = *filter == RequestFilter::default();
        self.answer(viewer, at, |answers| Some(&answers.requests).filter(|_| is_carried))
    }

    /// [`Engine::grants`] of its subject without a filter.
    ///
    /// # Errors
    /// Those of [`ScopedEngine::inbox`].
    pub fn grants(&self, viewer: &Actor, filter: &GrantFilter, at: Timestamp) -> Result<Value, Refusal> {
        let is_carried = *filter == GrantFilter::default();
        self.answer(viewer, at, |answers| Some(&answers.grants).filter(|_| is_carried))
    }

    /// [`Engine::policies`] of its subject without a filter.
    ///
    /// # Errors
    /// Those of [`ScopedEngine::inbox`].
    pub fn policies(&self, viewer: &Actor, filter: &PolicyFilter, at: Timestamp) -> Result<Value, Refusal> {
        let is_carried = *filter == PolicyFilter::default();
        self.answer(viewer, at, |answers| Some(&answers.policies).filter(|_| is_carried))
    }

    /// [`Engine::explain`] of a request in its lists.
    ///
    /// # Errors
    /// Those of [`ScopedEngine::inbox`].
    pub fn explain(&self, viewer: &Actor, id: &RequestId, at: Timestamp) -> Result<Value, Refusal> {
        self.answer(viewer, at, |answers| answers.explanations.get(id))
    }

    fn answer<'a>(
        &'a self,
        viewer: &Actor,
        at: Timestamp,
        find: impl FnOnce(&'a Answers) -> Option<&'a Value>,
    ) -> Result<Value, Refusal> {
        if viewer.subject() != Some(&self.subject) {
            return Err(Refusal::NotInSnapshot);
        }
        check_viewer(self.engine.state(), viewer)?;
        let answer = self.answers.as_ref().and_then(find).ok_or(Refusal::NotInSnapshot)?;
        match self.valid_until.filter(|valid_until| *valid_until <= at) {
            Some(valid_until) => Err(Refusal::SnapshotOutOfDate { valid_until }),
            None => Ok(answer.clone()),
        }
    }

    fn check_subject(&self, query: &AccessQuery) -> Result<(), Refusal> {
        if *query.subject == self.subject { Ok(()) } else { Err(Refusal::NotInSnapshot) }
    }

    /// The standing permissions of its subject that are about this, the oldest first.
    fn about(&self, query: &AccessQuery) -> impl Iterator<Item = &CarriedPermission> {
        let resource = &query.resource.resource;
        self.permissions.iter().filter(|permission| {
            permission.actions.contains(&query.action.name)
                && permission.targets.entries().any(|entry| matches(entry, resource))
        })
    }
}

fn read<T: serde::de::DeserializeOwned>(data: &str) -> Result<T, Refusal> {
    serde_json::from_str(data).map_err(|_| invalid("it does not have the form of one"))
}

fn invalid(problem: &str) -> Refusal {
    Refusal::InvalidSnapshot { problem: problem.to_owned() }
}

/// A project in which there is nothing but what is carried.
fn state_of(carried: &Carried) -> State {
    let Carried { project, head, at, subject, presence, permissions, grants, asked, policies, .. } = carried;
    let mut state = State::default();
    state.project = Some(project.clone());
    state.version = head.version;
    state.last_at = Some(*at);
    if *presence != Presence::Unknown {
        state.directory.upsert_subject(known(subject, *presence), 0);
    }
    for permission in permissions.iter().filter(|permission| !permission.has_condition) {
        state.permissions.save(permission_of(permission, subject));
    }
    let (live, superseded): (Vec<_>, Vec<_>) = policies.iter().partition(|it| it.in_force.is_some());
    live.into_iter().for_each(|policy| state.policies.save(policy_of(policy)));
    superseded.into_iter().for_each(|policy| state.policies.recall(policy_of(policy)));
    for (id, content) in asked {
        state.open_request(made(id, content, *at).request(), *at);
    }
    grants.iter().for_each(|grant| state.add_grant(grant.clone(), *at));
    state
}

fn known(subject: &SubjectId, presence: Presence) -> KnownSubject {
    KnownSubject {
        kind: SubjectType::User,
        id: subject.clone(),
        name: Name::from_id(subject).into(),
        email: None,
        manager: None,
        person: None,
        disabled: presence == Presence::Disabled,
        properties: None,
    }
}

fn permission_of(carried: &CarriedPermission, subject: &SubjectId) -> Permission {
    let CarriedPermission { id, targets, actions, .. } = carried;
    let terms = PermissionTerms {
        name: Name::of_engine(id.as_str()),
        holders: AtMost::try_from(vec![Principal::from(subject)]).unwrap_or_default(),
        targets: targets.clone(),
        actions: actions.clone(),
        condition: None,
    };
    Permission { id: id.clone(), version: 1, terms, condition_stated: 0 }
}

fn policy_of(carried: &CarriedPolicy) -> Policy {
    let CarriedPolicy { id, version, targets, actions, in_force } = carried;
    let (name, max_duration, justification) = match in_force {
        Some(InForce { name, max_duration, justification, .. }) => {
            (name.clone(), *max_duration, *justification)
        }
        None => (Name::of_engine(id.as_str()), None, Requirement::default()),
    };
    let terms = PolicyTerms {
        name,
        targets: targets.clone(),
        actions: actions.clone(),
        condition: None,
        steps: AtMost::default(),
        self_approval: false,
        distinct_approvers: true,
        break_glass: None,
        max_duration,
        request_ttl: RequestTtl::default(),
        justification,
        approver_may_revoke: false,
    };
    Policy { id: id.clone(), version: *version, terms, stated: Stated::in_commit(0) }
}

fn made(id: &RequestId, content: &RequestContent, at: Timestamp) -> RequestMade {
    RequestMade {
        request_id: id.clone(),
        content: content.clone(),
        content_hash: String::new(),
        bundle_id: None,
        at,
        expires_at: at,
    }
}
