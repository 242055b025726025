//! Standing permissions: who may what without asking (`permission.*`).

use access_engine::access::AccessQuery;
use access_engine::commands::{DeletePermission, UpdatePermission};
use access_engine::people::Principal;
use access_engine::permissions::{Permission, PermissionTerms};
use access_engine::values::{PermissionId, SubjectId};

use super::conditions;
use super::patch::{changed, states};
use super::people::{People, check_administrator, check_known, members};
use super::resources::{area_of_entries, entries};
use super::saving::{Fault, first};
use super::state::{Code, Deed, Permitted, State};

fn names(people: &People, terms: &PermissionTerms, id: &SubjectId) -> bool {
    terms.holders.iter().any(|holder| match holder {
        Principal::Subject(named) => named == id,
        Principal::Group(group) => members(people, group).contains(id),
    })
}

/// The permissions that name an active subject, the oldest first.
pub(crate) fn held<'a>(state: &'a State, id: &SubjectId) -> Vec<&'a Permitted> {
    let permissions = state.permissions.iter();
    permissions.filter(|permitted| names(&state.people, &permitted.permission.terms, id)).collect()
}

/// Whether the condition of a permission holds, if it has one.
pub(crate) fn is_so(state: &State, permitted: &Permitted, query: &AccessQuery) -> bool {
    let Some(condition) = &permitted.permission.terms.condition else { return true };
    let subject = state.people.subject(&query.subject).expect("it is known");
    let mut attributes =
        conditions::of_subject(&state.people, subject, permitted.permission.condition_stated);
    conditions::of_query(query, &mut attributes);
    conditions::holds(condition, &attributes)
}

pub(crate) fn permitted(permission: Permission) -> Permitted {
    let terms = &permission.terms;
    let area = area_of_entries(&entries(&terms.targets, &terms.actions));
    Permitted { area, permission }
}

/// All that is wrong with terms, in the order of docs/permissions.md.
fn faults(state: &State, terms: &PermissionTerms) -> Vec<Fault> {
    let mut faults = Vec::new();
    if terms.holders.is_empty() {
        faults.push(("no_holders", String::new()));
    }
    for holder in terms.holders.iter() {
        faults.extend(check_known(&state.people, holder).err().map(|code| (code, format!("{holder:?}"))));
    }
    faults
}

fn tell_administrators(state: &State, deed: &mut Deed) {
    state.people.administrators.iter().for_each(|id| deed.tell("permission_changed", id, None));
}

pub(crate) fn create(state: &mut State, terms: &PermissionTerms, deed: &mut Deed) -> Result<(), Code> {
    check_administrator(state, deed)?;
    first(&faults(state, terms), &[])?;
    let id = PermissionId::try_from(format!("prm_{}_0", deed.version)).expect("an id");
    state.permissions.push(permitted(Permission {
        id: id.clone(),
        version: 1,
        terms: terms.clone(),
        condition_stated: deed.version,
    }));
    deed.has_changed = true;
    deed.made.permission = Some(id);
    tell_administrators(state, deed);
    Ok(())
}

/// The permission, where the actor sees it: as an administrator, or because it names them.
fn visible<'a>(state: &'a State, id: &PermissionId, deed: &Deed) -> Result<&'a Permission, Code> {
    let known = state.permissions.iter().map(|permitted| &permitted.permission).find(|known| known.id == *id);
    let by = deed.by();
    let sees =
        |known: &&Permission| state.people.is_administrator(by) || names(&state.people, &known.terms, by);
    known.filter(sees).ok_or("not_found")
}

pub(crate) fn update(state: &mut State, update: &UpdatePermission, deed: &mut Deed) -> Result<(), Code> {
    let before = visible(state, &update.permission_id, deed)?.clone();
    check_administrator(state, deed)?;
    check_newest(&before, update.version)?;
    let terms: PermissionTerms = changed(&before.terms, update, &["permissionId", "version"])?;
    first(&faults(state, &terms), &faults(state, &before.terms))?;
    let is_stated = states(update, &["condition"]);
    // The same condition, stated again, knows those who have taken over ids since.
    let knows_others =
        terms.condition.is_some() && is_stated && state.people.has_newcomers_since(before.condition_stated);
    if terms != before.terms || knows_others {
        let condition_stated = if is_stated { deed.version } else { before.condition_stated };
        let version = before.version + 1;
        replace(state, Permission { version, terms, condition_stated, ..before }, deed);
        deed.made.permission = Some(update.permission_id.clone());
    }
    Ok(())
}

fn check_newest(permission: &Permission, looked_at: Option<u32>) -> Result<(), Code> {
    let is_newest = looked_at.is_none_or(|version| version == permission.version);
    if is_newest { Ok(()) } else { Err("stale_permission") }
}

fn replace(state: &mut State, permission: Permission, deed: &mut Deed) {
    let known = state.permissions.iter_mut().find(|known| known.permission.id == permission.id);
    *known.expect("it is there") = permitted(permission);
    deed.has_changed = true;
    tell_administrators(state, deed);
}

pub(crate) fn delete(state: &mut State, delete: &DeletePermission, deed: &mut Deed) -> Result<(), Code> {
    let permission = visible(state, &delete.permission_id, deed)?;
    check_administrator(state, deed)?;
    check_newest(permission, delete.version)?;
    remove(state, &delete.permission_id, deed);
    deed.made.permission = Some(delete.permission_id.clone());
    Ok(())
}

fn remove(state: &mut State, id: &PermissionId, deed: &mut Deed) {
    state.permissions.retain(|known| known.permission.id != *id);
    deed.has_changed = true;
    tell_administrators(state, deed);
}

/// Names somebody no more who was removed.
pub(crate) fn unname(state: &mut State, gone: &Principal) {
    for known in &mut state.permissions {
        let terms = &mut known.permission.terms;
        let left: Vec<_> = terms.holders.iter().filter(|holder| *holder != gone).cloned().collect();
        terms.holders = left.try_into().expect("no more than before");
    }
}

/// Names those who were removed from the directory no more, and deletes what then names nobody.
pub(crate) fn forget(state: &mut State, removed: &[Principal], deed: &mut Deed) {
    for Permitted { permission, .. } in state.permissions.clone() {
        let mut left = permission.terms.holders.to_vec();
        left.retain(|holder| !removed.contains(holder));
        if left.is_empty() {
            remove(state, &permission.id, deed);
        } else if left.len() < permission.terms.holders.len() {
            let holders = left.try_into().expect("fewer than before");
            let terms = PermissionTerms { holders, ..permission.terms };
            replace(state, Permission { version: permission.version + 1, terms, ..permission }, deed);
        }
    }
}
