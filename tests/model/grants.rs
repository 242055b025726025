//! Grants: what they open, how they end, and what a subject may do (SEMANTICS §3, §7, §8).

use access_engine::model::{
    AccessQuery, CancelReason, DecisionReason, EndReason, Grant, GrantEnd, GrantId, PermissionId, PolicyId,
    ReleaseGrant, RequestStatus, ResourceType, RevokeGrant, SubjectId, Text, Timestamp,
};

use super::approval::names_anywhere;
use super::drafts::lets_ask;
use super::permissions;
use super::requests::{self, sees};
use super::resources::{Area, Entry, environments_of, governed, paths_of};
use super::state::{Code, Deed, Given, State};

pub(crate) fn is_live(grant: &Grant, at: Timestamp) -> bool {
    grant.end.is_none() && grant.starts_at <= at && grant.ends_at.is_none_or(|ends_at| at < ends_at)
}

/// All that a target and actions are about.
pub(crate) fn area_of(grant: &Grant) -> Area {
    let has = |name: &str| grant.actions.as_slice().iter().any(|action| action.as_str() == name);
    Area::of(environments_of(grant.target.environment.as_ref()), paths_of(&grant.target.path), has)
}

/// What a grant opens: neither what was left out of its request, nor what other live policies govern today, its own
/// policy taking part in its pinned version.
pub(crate) fn opened(state: &State, given: &Given) -> Area {
    let grant = &given.grant;
    let pinned = &state.terms(&grant.policy_id, grant.policy_version).entries;
    let others = state.policies.iter().filter(|policy| policy.is_live && policy.id != grant.policy_id);
    let others: Vec<&Entry> =
        others.flat_map(|policy| &policy.versions.last().expect("one").entries).collect();
    governed(area_of(grant), &grant.target.kind, pinned, &others).without(given.left_out)
}

/// What a subject may do at an instant with resources of a type.
pub(crate) fn allowed(state: &State, subject: &SubjectId, kind: &ResourceType, at: Timestamp) -> Area {
    if !state.people.is_active(subject) {
        return Area::default();
    }
    let held =
        state.grants.iter().filter(|given| given.grant.holder == *subject && is_live(&given.grant, at));
    held.filter(|given| given.grant.target.kind == *kind)
        .fold(Area::default(), |area, given| area.or(opened(state, given)))
}

/// What a question about one cell of the universe is answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Evaluated {
    pub(crate) reason: DecisionReason,
    /// The end of the grant that ends last; absent: there is none or it is permanent.
    pub(crate) until: Option<Timestamp>,
    /// The policy under which access can be asked for.
    pub(crate) requestable: Option<PolicyId>,
    /// The oldest permission that allows.
    pub(crate) permission: Option<PermissionId>,
}

pub(crate) fn evaluate(
    state: &State,
    query: &AccessQuery,
    (action, environment, path): (usize, usize, usize),
    at: Timestamp,
) -> Evaluated {
    let (subject, kind) = (&query.subject, &query.resource.kind);
    let nothing = |reason| Evaluated { reason, until: None, requestable: None, permission: None };
    let known = match state.people.subject(subject) {
        None => return nothing(DecisionReason::UnknownSubject),
        Some(subject) if subject.disabled => return nothing(DecisionReason::SubjectDisabled),
        Some(subject) => subject,
    };
    let permitting = permissions::held(state, subject).into_iter().find(|permitted| {
        let is_about = permitted.permission.terms.targets.kind() == kind;
        is_about
            && permitted.area.has(action, environment, path)
            && permissions::is_so(state, permitted, query)
    });
    if let Some(permitted) = permitting {
        let permission = Some(permitted.permission.id.clone());
        return Evaluated { permission, ..nothing(DecisionReason::Permitted) };
    }
    let held = state.grants.iter().filter(|given| {
        let grant = &given.grant;
        grant.holder == *subject && grant.target.kind == *kind && is_live(grant, at)
    });
    let about: Vec<&Given> =
        held.filter(|given| area_of(&given.grant).has(action, environment, path)).collect();
    let opening = about.iter().filter(|given| opened(state, given).has(action, environment, path));
    let ends: Vec<Option<Timestamp>> = opening.map(|given| given.grant.ends_at).collect();
    if !ends.is_empty() {
        let until = if ends.contains(&None) { None } else { ends.into_iter().flatten().max() };
        return Evaluated { until, ..nothing(DecisionReason::Granted) };
    }
    let reason =
        if about.is_empty() { DecisionReason::NotGranted } else { DecisionReason::GovernedElsewhere };
    let live = state.policies.iter().filter(|policy| policy.is_live);
    let entries =
        live.flat_map(|policy| policy.versions.last().expect("one").entries.iter().map(|e| (&policy.id, e)));
    let covering = entries
        .filter(|(_, entry)| entry.kind == *kind && entry.area().has(action, environment, path))
        .max_by(|(_, one), (_, other)| one.rank(other));
    let may_ask = |id: &PolicyId| {
        let policy = state.live(id).expect("it is live");
        lets_ask(&state.people, &policy.versions.last().expect("one").terms, known)
    };
    let requestable = covering.map(|(id, _)| id.clone()).filter(may_ask);
    Evaluated { requestable, ..nothing(reason) }
}

pub(crate) fn end_where(
    state: &mut State,
    which: impl Fn(&Grant) -> bool,
    reason: EndReason,
    deed: &mut Deed,
) {
    for given in &mut state.grants {
        let grant = &mut given.grant;
        if grant.end.is_none() && which(grant) {
            grant.end = Some(GrantEnd { at: deed.at, reason, by: deed.actor.clone(), note: None });
            deed.tell("grant_ended", &grant.holder, Some(&grant.request_id));
            deed.has_changed = true;
        }
    }
}

pub(crate) fn open_grant(
    state: &State,
    id: &access_engine::model::GrantId,
    deed: &Deed,
) -> Result<Grant, Code> {
    let grant = state.grant(id).ok_or("not_found")?;
    let request = state.request(&grant.request_id).expect("a grant has a request");
    if !sees(state, deed.by(), request, deed.at) {
        return Err("not_found");
    }
    if grant.end.is_some() { Err("grant_ended") } else { Ok(grant.clone()) }
}

pub(crate) fn revoke(state: &mut State, revoke: &RevokeGrant, deed: &mut Deed) -> Result<(), Code> {
    let grant = open_grant(state, &revoke.grant_id, deed)?;
    let by = deed.by().clone();
    let request = state.request(&grant.request_id).expect("a grant has a request");
    let is_approver = names_anywhere(state, request, &by);
    let may = state.terms(&grant.policy_id, grant.policy_version).terms.approver_may_revoke;
    if !(state.people.is_administrator(&by) || is_approver && may) {
        return Err("not_revoker");
    }
    if is_blank(revoke.reason.as_str()) {
        return Err("reason_required");
    }
    revoke_with_renewals(state, |other| other.id == grant.id, EndReason::Revoked, Some(&revoke.reason), deed);
    deed.made.grant = Some(grant.id);
    Ok(())
}

/// Ends grants, then their renewals that have not begun, and cancels their pending ones.
pub(crate) fn revoke_with_renewals(
    state: &mut State,
    which: impl Fn(&Grant) -> bool,
    reason: EndReason,
    note: Option<&Text>,
    deed: &mut Deed,
) {
    let open = |grant: &&Grant| grant.end.is_none();
    let mut ids: Vec<GrantId> = Vec::new();
    ids.extend(
        state.grants.iter().map(|given| &given.grant).filter(open).filter(|g| which(g)).map(|g| g.id.clone()),
    );
    let mut at = 0;
    while at < ids.len() {
        let renewed = Some(ids[at].clone());
        let renewals = state.grants.iter().map(|given| &given.grant).filter(open);
        let unbegun = renewals.filter(|grant| grant.renews == renewed && grant.starts_at > deed.at);
        let more: Vec<GrantId> =
            unbegun.map(|grant| grant.id.clone()).filter(|id| !ids.contains(id)).collect();
        ids.extend(more);
        at += 1;
    }
    end_where(state, |grant| ids.contains(&grant.id), reason, deed);
    for given in state.grants.iter_mut().filter(|given| ids.contains(&given.grant.id)) {
        given.grant.end.as_mut().expect("it was ended").note = note.cloned();
    }
    let requests = state.requests.iter().map(|asked| &asked.request);
    let pending = requests.filter(|request| request.status == RequestStatus::Pending);
    let waiting = pending.filter(|request| request.renews.as_ref().is_some_and(|id| ids.contains(id)));
    for id in waiting.map(|request| request.id.clone()).collect::<Vec<_>>() {
        requests::close_as_cancelled(state, &id, CancelReason::GrantRevoked, None, deed);
        deed.has_changed = true;
    }
}

pub(crate) fn release(state: &mut State, release: &ReleaseGrant, deed: &mut Deed) -> Result<(), Code> {
    let grant = open_grant(state, &release.grant_id, deed)?;
    if grant.holder != *deed.by() {
        return Err("not_holder");
    }
    end_where(state, |other| other.id == grant.id, EndReason::Released, deed);
    deed.made.grant = Some(grant.id);
    Ok(())
}

/// Nothing but white space and format characters; of these the generator knows one.
pub(crate) fn is_blank(text: &str) -> bool {
    visible(text) == 0
}

pub(crate) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').count()
}
