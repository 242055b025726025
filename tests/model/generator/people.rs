//! People and groups, and what changes of them; mostly sensible, now and then at fault.

use std::collections::{BTreeMap, BTreeSet};

use access_engine::commands::{DirectoryChange, GroupMembers};
use access_engine::people::{Group, KnownSubject, Principal, Subject, SubjectType};
use access_engine::values::{Email, PersonId, Properties, SubjectId};
use serde_json::{Value, json};

use super::chance::Chance;
use super::inputs::{GROUPS, STRANGER, SUBJECTS, group_id, name, subject_id};
use crate::model::state::State;

/// Whose accounts some are; the first two are also ids.
const PERSONS: [&str; 4] = ["cyd", "eve", "one", "two"];

/// A subject as it may be said to be; `bob` never has an address.
pub(crate) fn subject(chance: &mut Chance, id: &str) -> Subject {
    let has_address = id != "bob" && chance.percent(85);
    let manager = chance.percent(50).then(|| chance.pick(&["fay", "gus", "hal", "eve", STRANGER]));
    let person = chance.percent(16).then(|| chance.pick(&PERSONS));
    Subject {
        kind: if id == "gus" { SubjectType::Service } else { SubjectType::User },
        id: subject_id(id),
        name: name(if chance.percent(90) { id } else { "Another" }),
        email: has_address.then(|| Email::try_from(format!("{id}@example.com")).expect("an address")),
        manager: manager.filter(|manager| *manager != id).map(subject_id),
        person: person.map(|person| PersonId::try_from(person).expect("a person")),
        disabled: false,
        properties: properties(chance),
    }
}

/// One of these values; mostly none.
fn properties(chance: &mut Chance) -> Properties {
    let mut properties = BTreeMap::new();
    let mut put = |name: &str, values: &[Value]| {
        let value = chance.any(values).expect("there is one");
        properties.insert(name.to_owned(), serde_json::from_value(value).expect("a value"));
    };
    put("level", &[json!(1), json!(2), json!(3), json!("2")]);
    put("team", &[json!("red"), json!("blue"), json!(["red", "blue"]), json!([])]);
    put("home", &[json!("/a/b"), json!("/b"), json!("b"), json!(true)]);
    properties.retain(|_, _| chance.percent(40));
    Properties::try_from(properties.into_iter().collect::<BTreeMap<_, _>>()).expect("few")
}

fn group(chance: &mut Chance, id: &str) -> Group {
    let name = name(if chance.percent(92) { id } else { "Another" });
    Group { id: group_id(id), name, members: members(chance, id, 38) }
}

/// So many percent of the people, and mostly another group.
fn members(chance: &mut Chance, id: &str, percent: usize) -> BTreeSet<Principal> {
    let some = SUBJECTS.into_iter().filter(|_| chance.percent(percent));
    let mut members: BTreeSet<Principal> = some.map(|id| Principal::from(&subject_id(id))).collect();
    // Mostly downwards, so that circles are rare.
    if chance.percent(30) {
        let other = if chance.percent(94) { chance.pick(&["ops", "sec"]) } else { chance.pick(&GROUPS) };
        if other != id || chance.percent(5) {
            members.insert(Principal::from(&group_id(other)));
        }
    }
    if chance.permille(12) {
        members.insert(Principal::from(&subject_id(STRANGER)));
    }
    if chance.permille(8) {
        members.insert(Principal::from(&group_id("nil")));
    }
    members
}

/// The whole directory, as it is synced in at first.
pub(crate) fn first_changes(chance: &mut Chance) -> Vec<DirectoryChange> {
    let mut changes: Vec<DirectoryChange> =
        SUBJECTS.iter().map(|id| DirectoryChange::UpsertSubject(subject(chance, id))).collect();
    for (id, members) in [
        ("sec", vec!["cyd", "dan", "eve"]),
        ("ops", vec!["dan", "fay", "gus"]),
        ("oncall", vec!["eve", "hal"]),
        ("all", vec!["ada"]),
    ] {
        let mut members: BTreeSet<Principal> =
            members.into_iter().map(|id| Principal::from(&subject_id(id))).collect();
        if id == "all" {
            members.extend(["ops", "sec"].map(|id| Principal::from(&group_id(id))));
        }
        changes.push(DirectoryChange::UpsertGroup(Group { id: group_id(id), name: name(id), members }));
    }
    changes
}

/// A later change of the directory, with what goes with it.
pub(crate) fn change(chance: &mut Chance, state: &State) -> Vec<DirectoryChange> {
    let id = chance.pick(&SUBJECTS);
    let change = match chance.weighted(&[30, 12, 7, 22, 10, 10, 4, 5]) {
        0 => {
            // Disabled and removed people come back, so that the company does not die out.
            let disabled: Vec<SubjectId> =
                state.people.subjects.iter().filter(|s| s.disabled).map(|s| s.id.clone()).collect();
            let id = chance.any(&disabled).map_or(id.to_owned(), |id| id.to_string());
            DirectoryChange::UpsertSubject(subject(chance, &id))
        }
        1 => DirectoryChange::UpsertSubject(Subject { disabled: true, ..subject(chance, id) }),
        2 => {
            let id = if chance.percent(12) { STRANGER } else { id };
            let removal = DirectoryChange::RemoveSubject(subject_id(id));
            if id != STRANGER && chance.percent(30) {
                return vec![removal, DirectoryChange::UpsertSubject(subject(chance, id))];
            }
            removal
        }
        3 => {
            let id = chance.pick(&GROUPS);
            DirectoryChange::UpsertGroup(group(chance, id))
        }
        4 => DirectoryChange::AddMembers(some_members(chance)),
        5 => DirectoryChange::RemoveMembers(some_members(chance)),
        6 => {
            let id = if chance.percent(15) { "nil" } else { chance.pick(&GROUPS) };
            let removal = DirectoryChange::RemoveGroup(group_id(id));
            if id != "nil" && chance.percent(50) {
                return vec![removal, DirectoryChange::UpsertGroup(group(chance, id))];
            }
            removal
        }
        _ => {
            // The same again changes nothing.
            let known = chance.any(&state.people.subjects).expect("somebody is known");
            DirectoryChange::UpsertSubject(as_synced_in(known))
        }
    };
    vec![change]
}

fn as_synced_in(known: KnownSubject) -> Subject {
    Subject {
        kind: known.kind,
        id: known.id,
        name: (*known.name).clone(),
        // An address that was erased is none.
        email: known.email.filter(|email| !email.is_erased()).as_deref().cloned(),
        manager: known.manager,
        person: known.person,
        disabled: known.disabled,
        properties: known.properties.as_deref().cloned().unwrap_or_default(),
    }
}

fn some_members(chance: &mut Chance) -> GroupMembers {
    let id = if chance.percent(4) { "nil" } else { chance.pick(&GROUPS) };
    GroupMembers { group_id: group_id(id), members: members(chance, id, 16) }
}
