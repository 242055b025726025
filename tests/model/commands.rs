//! The raw list of commands, and what they lead to by the pages in `docs/`.

use access_engine::commands::Command;
use access_engine::people::{Actor, Principal};
use access_engine::values::{RequestId, Seconds, Timestamp};

use super::state::{Code, Deed, Keyed, Made, Sent, State, Step, Told, commit_of};
use super::{
    amending, approval, break_glass, delegations, directory, erasure, grants, people, permissions, policies,
    requests, reviews, tick,
};

/// Every command that was sent, and what they have led to.
#[derive(Clone, Default)]
pub(crate) struct Model {
    past: Vec<Sent>,
    pub(crate) state: State,
}

impl Model {
    pub(crate) fn send(&mut self, sent: &Sent) -> Step {
        self.past.push(sent.clone());
        take(&mut self.state, sent)
    }

    pub(crate) fn past(&self) -> &[Sent] {
        &self.past
    }
}

const KEY_MEMORY: Seconds = Seconds::days(30);

/// Carries a command into the state: the key, what is due, then the command itself (`key.before-state`,
/// `tick.before-commands`).
fn take(state: &mut State, sent: &Sent) -> Step {
    let at = state.last.map_or(sent.now, |last| last.max(sent.now));
    let (Some(command), key) = (&sent.command, &sent.key) else {
        let told = tick::tick(state, at);
        return Step { answer: Ok(Made { version: state.version, at: Some(at), ..Made::default() }), told };
    };
    if let Some(key) = key {
        let earlier = state
            .keys
            .iter()
            .rev()
            .find(|keyed| keyed.actor == sent.actor && keyed.key == *key && is_his(state, keyed));
        if let Some(keyed) = earlier.filter(|keyed| at < last_moment(state, keyed).plus(KEY_MEMORY)) {
            let is_same = keyed.command == *command;
            let answer = if is_same { Ok(keyed.made.clone()) } else { Err("idempotency_mismatch") };
            return Step { answer, told: Vec::new() };
        }
    }
    let mut told = tick::tick(state, at);
    let stuck_before = approval::stuck(state);
    let made = Made { version: state.version + 1, at: Some(at), ..Made::default() };
    let version = state.version + 1;
    let mut deed = Deed {
        actor: sent.actor.clone(),
        at,
        version,
        has_changed: false,
        counts: (0, 0),
        made,
        told: Vec::new(),
        hashes: sent.hashes.clone(),
    };
    if let Err(code) = decide(state, command, &mut deed) {
        return Step { answer: Err(code), told };
    }
    if !deed.has_changed {
        return Step { answer: Ok(Made { version: state.version, at: Some(at), ..Made::default() }), told };
    }
    erasure::date(state, version);
    state.version = version;
    state.last = Some(at);
    if let Some(key) = key {
        state.keys.push(Keyed {
            actor: sent.actor.clone(),
            key: key.clone(),
            command: command.clone(),
            of: erasure::told_of(state, command),
            made: deed.made.clone(),
        });
    }
    tell_of_stuck(state, &stuck_before, &mut deed.told);
    told.extend(reachable(state, deed.told));
    Step { answer: Ok(deed.made), told }
}

/// When what a key was given for is over: its commit is made, and its requests have closed (`key.days`, `key.request`).
fn last_moment(state: &State, keyed: &Keyed) -> Timestamp {
    let requests = state.requests.iter().map(|asked| &asked.request);
    let made = requests.filter(|request| commit_of(request.id.as_str()) == keyed.made.version);
    let closed =
        made.map(|request| request.closing.as_ref().map_or(request.expires_at, |closing| closing.at));
    closed.chain(keyed.made.at).max().expect("it was done")
}

/// Whether a key is of who has the id of its actor now: nobody takes a key over.
fn is_his(state: &State, keyed: &Keyed) -> bool {
    let is_of = |(newcomer, _): &&(Principal, u64)| {
        keyed.actor.subject().map(Principal::from).as_ref() == Some(newcomer)
    };
    let entered = state.people.newcomers.iter().find(is_of);
    entered.is_none_or(|(_, entered)| keyed.made.version > *entered)
}

/// Tells administrators of the requests that have got stuck.
pub(crate) fn tell_of_stuck(state: &State, before: &[RequestId], told: &mut Vec<Told>) {
    for id in approval::stuck(state).into_iter().filter(|id| !before.contains(id)) {
        let administrators = state.people.administrators.iter();
        told.extend(administrators.map(|to| ("request_stuck", to.clone(), Some(id.clone()))));
    }
}

/// Who is active; of the others nobody is a recipient (`notice.unreachable`).
pub(crate) fn reachable(state: &State, mut told: Vec<Told>) -> Vec<Told> {
    told.retain(|(_, to, _)| state.people.subject(to).is_some_and(|subject| !subject.disabled));
    told
}

fn decide(state: &mut State, command: &Command, deed: &mut Deed) -> Result<(), Code> {
    if let Command::CreateProject(project) = command {
        return people::create_project(state, project, deed);
    }
    if !state.is_made {
        return Err("no_project");
    }
    match (&deed.actor, command) {
        (Actor::Host, Command::Erase(_)) => {}
        (Actor::Subject(actor), _) => match state.people.subject(actor) {
            None if !state.people.has_known(actor) => return Err("unknown_actor"),
            None => return Err("actor_disabled"),
            Some(subject) if subject.disabled => return Err("actor_disabled"),
            Some(_) => {}
        },
        (Actor::Host | Actor::Clock, _) => return Err("subject_required"),
    }
    match command {
        Command::CreateProject(_) => Ok(()),
        Command::SyncDirectory(sync) => directory::sync(state, sync, deed),
        Command::SetAdministrators(set) => people::set_administrators(state, set, deed),
        Command::CreatePolicy(terms) => policies::create(state, terms, deed),
        Command::UpdatePolicy(update) => policies::update(state, update, deed),
        Command::DeletePolicy(delete) => policies::delete(state, delete, deed),
        Command::RequestAccess(draft) => requests::ask(state, draft, deed),
        Command::AmendRequest(amend) => amending::amend(state, amend, deed),
        Command::CancelRequest(cancel) => requests::cancel(state, cancel, deed),
        Command::CancelBundle(cancel) => requests::cancel_all(state, cancel, deed),
        Command::ReviewRequest(review) => reviews::review(state, review, deed),
        Command::WithdrawReview(withdraw) => reviews::withdraw(state, withdraw, deed),
        Command::EditDuration(edit) => reviews::edit_duration(state, edit, deed),
        Command::BreakGlass(glass) => break_glass::break_glass(state, glass, deed),
        Command::AcknowledgeBreakGlass(acknowledge) => break_glass::acknowledge(state, acknowledge, deed),
        Command::RevokeGrant(revoke) => grants::revoke(state, revoke, deed),
        Command::ReleaseGrant(release) => grants::release(state, release, deed),
        Command::CreateDelegation(create) => delegations::create(state, create, deed),
        Command::EndDelegation(end) => delegations::end(state, end, deed),
        Command::CreatePolicies(policies) => policies::create_all(state, policies, deed),
        Command::RequestBundle(bundle) => requests::ask_all(state, bundle, deed),
        Command::CreatePermission(terms) => permissions::create(state, terms, deed),
        Command::UpdatePermission(update) => permissions::update(state, update, deed),
        Command::DeletePermission(delete) => permissions::delete(state, delete, deed),
        Command::Erase(command) => erasure::erase(state, command, deed),
    }
}
