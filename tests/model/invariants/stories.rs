//! A small company and what may happen in it, drawn at random.

mod commands;
mod drafts;
mod people;
mod policies;

use std::collections::BTreeMap;

use access_engine::commands::Command;
use access_engine::people::Actor;
use access_engine::values::{SubjectId, Timestamp};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use people::{group, members, subject};
use policies::policies;

use crate::model::generator::{EPOCH, PROJECT};
use crate::model::state::Sent;

pub(crate) const PEOPLE: [&str; 9] = ["ada", "dev", "dana", "sam", "sid", "ora", "otto", "bea", "bot"];
const GROUPS: [&str; 2] = ["security", "ops"];

/// When every story begins.
pub(crate) fn start() -> Timestamp {
    Timestamp::from_millis(EPOCH).unwrap()
}

/// What happens next. Its numbers choose among what there is when it happens.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    kind: Kind,
    who: u8,
    pick: u8,
    choice: u16,
    minutes: u16,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Ask,
    Review,
    Withdraw,
    Edit,
    Amend,
    Cancel,
    BreakGlass,
    Acknowledge,
    Revoke,
    Release,
    Disable,
    Group,
    Manager,
    UpdatePolicy,
    DeletePolicy,
    CreatePolicy,
    Administrators,
    CreatePermission,
    ChangePermission,
    DeletePermission,
    Delegate,
    EndDelegation,
    ReviewForAnother,
    Renew,
    Bundle,
    CancelBundle,
    Members,
    Person,
}

/// A whole story: the policies at the beginning, then what happens.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    policies: Vec<Value>,
    pub(crate) happenings: Vec<Happening>,
}

pub(crate) fn stories() -> impl Strategy<Value = Story> {
    (vec(policies(), 3), vec(happenings(), 20..60)).prop_map(|(mut policies, happenings)| {
        for (policy, (environment, path)) in
            policies.iter_mut().zip([("production", "/**"), ("production", "/a/**"), ("*", "/*/b")])
        {
            policy["targets"] = json!({ "environments": [environment], "paths": [path] });
            policy["actions"] = json!("all");
        }
        Story { policies, happenings }
    })
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        7 => Just(Kind::Ask),
        20 => Just(Kind::Review),
        2 => Just(Kind::Withdraw),
        3 => Just(Kind::Edit),
        3 => Just(Kind::Amend),
        2 => Just(Kind::Cancel),
        3 => Just(Kind::BreakGlass),
        2 => Just(Kind::Acknowledge),
        2 => Just(Kind::Revoke),
        1 => Just(Kind::Release),
        3 => Just(Kind::Disable),
        3 => Just(Kind::Group),
        1 => Just(Kind::Manager),
        3 => Just(Kind::UpdatePolicy),
        1 => Just(Kind::DeletePolicy),
        2 => Just(Kind::CreatePolicy),
        1 => Just(Kind::Administrators),
        2 => Just(Kind::CreatePermission),
        1 => Just(Kind::ChangePermission),
        1 => Just(Kind::DeletePermission),
        5 => Just(Kind::Delegate),
        1 => Just(Kind::EndDelegation),
        12 => Just(Kind::ReviewForAnother),
        6 => Just(Kind::Renew),
        2 => Just(Kind::Bundle),
        1 => Just(Kind::CancelBundle),
        2 => Just(Kind::Members),
        2 => Just(Kind::Person),
    ]
}

fn happenings() -> impl Strategy<Value = Happening> {
    // Now and then until what is over is archived.
    let minutes = prop_oneof![48 => Just(0_u16), 24 => 1..20_u16, 4 => 20..400_u16, 1 => 50_400..60_000_u16];
    (kinds(), any::<u8>(), any::<u8>(), any::<u16>(), minutes)
        .prop_map(|(kind, who, pick, choice, minutes)| Happening { kind, who, pick, choice, minutes })
}

/// A command, as it is written, of an actor at an instant.
pub(crate) fn sent(actor: &str, command: &Value, now: Timestamp) -> Sent {
    let actor = match actor {
        "host" => Actor::Host,
        id => Actor::Subject(SubjectId::try_from(id).unwrap()),
    };
    let command =
        Command::from_json(&command.to_string()).unwrap_or_else(|refusal| panic!("{refusal}: {command}"));
    Sent { actor, command: Some(command), key: None, now, hashes: BTreeMap::new() }
}

/// Makes the company. A policy that is refused is not made.
pub(crate) fn beginning(story: &Story) -> Vec<Sent> {
    let manager = |id: &str| if id == "dev" { Some("sam") } else { Some("ada").filter(|_| id != "ada") };
    let administrators = json!([subject("ada", false, None), subject("bea", false, None)]);
    let people = PEOPLE[1..].iter().map(|id| json!({ "upsertSubject": subject(id, false, manager(id)) }));
    let groups = [
        json!({ "upsertGroup": group("security", &members(&["sam", "sid", "ada"])) }),
        json!({ "upsertGroup": group("ops", &members(&["ora", "otto", "bea", "bot"])) }),
    ];
    let changes: Vec<Value> = people.chain(groups).collect();
    let project = json!({ "project": PROJECT, "administrators": administrators });
    let begun = [
        sent("host", &json!({ "createProject": project }), start()),
        sent("ada", &json!({ "syncDirectory": { "changes": changes } }), start()),
    ];
    let policies = story.policies.iter().map(|terms| sent("ada", &json!({ "createPolicy": terms }), start()));
    begun.into_iter().chain(policies).collect()
}
