//! A small company and what may happen in it, drawn at random.

use access_engine::Engine;
use access_engine::model::*;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::Model;

pub(crate) const PEOPLE: [&str; 8] = ["ada", "dev", "dana", "sam", "sid", "ora", "otto", "bea"];
const GROUPS: [&str; 2] = ["security", "ops"];
pub(crate) const START: i64 = 1_767_603_600_000;
const MINUTE: i64 = 60_000;

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
    Delegate,
    EndDelegation,
    ReviewForAnother,
    Renew,
    Permit,
}

/// A whole story: the policies at the beginning, then what happens.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    policies: Vec<Value>,
    pub(crate) happenings: Vec<Happening>,
    /// Whether what comes to pass is more than the model knows: delegations, renewals, permissions, reminders and
    /// escalation.
    pub(crate) is_wide: bool,
}

/// A command with its actor and time.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) actor: Actor,
    pub(crate) command: Command,
    pub(crate) at: Timestamp,
}

pub(crate) fn stories() -> impl Strategy<Value = Story> {
    of_happenings(kinds().boxed(), false)
}

/// Stories in which everything may happen.
pub(crate) fn wide_stories() -> impl Strategy<Value = Story> {
    let more = prop_oneof![
        3 => Just(Kind::Delegate),
        1 => Just(Kind::EndDelegation),
        4 => Just(Kind::ReviewForAnother),
        2 => Just(Kind::Renew),
        1 => Just(Kind::Permit),
    ];
    of_happenings(prop_oneof![4 => kinds(), 1 => more].boxed(), true)
}

fn of_happenings(kinds: BoxedStrategy<Kind>, is_wide: bool) -> impl Strategy<Value = Story> {
    (vec(policies(), 3), vec(happenings(kinds), 20..60)).prop_map(move |(mut policies, happenings)| {
        for (policy, (environment, path)) in
            policies.iter_mut().zip([("production", "/**"), ("production", "/app/**"), ("*", "/*/db")])
        {
            policy["targets"] = json!({ "environments": [environment], "paths": [path] });
            policy["actions"] = json!("all");
            if is_wide {
                policy["steps"][0]["remindEvery"] = json!("PT1H");
                policy["steps"][0]["escalate"] =
                    json!({ "after": "PT2H", "approvers": [{ "type": "group", "id": "ops" }] });
            }
        }
        Story { policies, happenings, is_wide }
    })
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        10 => Just(Kind::Ask),
        18 => Just(Kind::Review),
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
    ]
}

fn happenings(kinds: BoxedStrategy<Kind>) -> impl Strategy<Value = Happening> {
    let minutes = prop_oneof![6 => Just(0_u16), 4 => 1..30_u16, 1 => 30..2_000_u16];
    (kinds, any::<u8>(), any::<u8>(), any::<u16>(), minutes)
        .prop_map(|(kind, who, pick, choice, minutes)| Happening { kind, who, pick, choice, minutes })
}

fn policies() -> impl Strategy<Value = Value> {
    let steps = vec(steps(), 1..=3);
    let bypassers = prop_oneof![
        Just(Value::Null),
        Just(
            json!({ "bypassers": [{ "type": "subject", "id": "bea" }, { "type": "subject", "id": "dev" }] })
        ),
        Just(json!({ "bypassers": [{ "type": "group", "id": "ops" }], "maxDuration": "PT20M" })),
    ];
    let longest = prop_oneof![Just(Value::Null), Just(json!("P1D")), Just(json!("PT2H"))];
    let live = prop_oneof![Just("P7D"), Just("PT2H"), Just("PT30M")];
    let target = (0..ENTRIES.len(), 0..3_usize, 0..3_usize);
    (steps, bypassers, longest, live, target, any::<[bool; 3]>()).prop_map(
        |(
            steps,
            bypassers,
            longest,
            live,
            (paths, environments, actions),
            [self_approval, is_distinct, may_revoke],
        )| {
            let environment = ["production", "staging", "*"][environments];
            let actions = [json!("all"), json!(["read"]), json!(["read", "write"])][actions].clone();
            let mut policy = json!({
                "name": "A policy",
                "targets": { "environments": [environment], "paths": ENTRIES[paths] },
                "actions": actions,
                "steps": steps,
                "selfApproval": self_approval,
                "distinctApprovers": is_distinct,
                "requestTtl": live,
                "approverMayRevoke": may_revoke,
            });
            for (field, value) in [("breakGlass", bypassers), ("maxDuration", longest)] {
                if !value.is_null() {
                    policy[field] = value;
                }
            }
            policy
        },
    )
}

const ENTRIES: [&[&str]; 7] = [
    &["/**"],
    &["/app/**"],
    &["/app/*"],
    &["/app/db/**"],
    &["/*/db"],
    &["/orders/**", "/app/db"],
    &["/orders/db*"],
];

fn steps() -> impl Strategy<Value = Value> {
    let approvers = prop_oneof![
        3 => Just(json!([{ "type": "group", "id": "security" }])),
        3 => Just(json!([{ "type": "group", "id": "ops" }])),
        2 => Just(json!([{ "type": "group", "id": "security" }, { "type": "group", "id": "ops" }])),
        1 => Just(json!([{ "type": "subject", "id": "ada" }, { "type": "subject", "id": "dev" }])),
        1 => Just(json!([{ "type": "manager" }, { "type": "subject", "id": "sid" }])),
    ];
    let required = prop_oneof![5 => Just(json!(1)), 2 => Just(json!(2)), 1 => Just(json!("all"))];
    let quorum = (approvers, required)
        .prop_map(|(approvers, required)| json!({ "approvers": approvers, "required": required }));
    (vec(quorum, 1..=2), 1..=2_u32)
        .prop_map(|(quorums, rejections)| json!({ "quorums": quorums, "rejectionsRequired": rejections }))
}

fn subject(id: &str, is_disabled: bool, manager: Option<&str>) -> Value {
    let email = format!("{id}@example.com");
    let mut subject =
        json!({ "type": "user", "id": id, "name": id, "email": email, "disabled": is_disabled });
    if let Some(manager) = manager {
        subject["manager"] = json!(manager);
    }
    subject
}

fn group(id: &str, members: &[&str]) -> Value {
    let members: Vec<Value> = members.iter().map(|id| json!({ "type": "subject", "id": id })).collect();
    json!({ "id": id, "name": id, "members": members })
}

impl Sent {
    fn new(actor: &str, command: &Value, at: i64) -> Self {
        let actor = match actor {
            "host" => Actor::Host,
            id => Actor::Subject(SubjectId::try_from(id).unwrap()),
        };
        let command =
            Command::from_json(&command.to_string()).unwrap_or_else(|refusal| panic!("{refusal}: {command}"));
        Self { actor, command, at: Timestamp::from_millis(at).unwrap() }
    }
}

/// Makes the company. A policy that is refused is not made.
pub(crate) fn beginning(story: &Story) -> Vec<Sent> {
    let manager = |id: &str| if id == "dev" { Some("sam") } else { Some("ada").filter(|_| id != "ada") };
    let administrators = json!([subject("ada", false, None), subject("bea", false, None)]);
    let people = PEOPLE[1..].iter().map(|id| json!({ "upsertSubject": subject(id, false, manager(id)) }));
    let groups = [
        json!({ "upsertGroup": group("security", &["sam", "sid", "ada"]) }),
        json!({ "upsertGroup": group("ops", &["ora", "otto", "bea"]) }),
    ];
    let changes: Vec<Value> = people.chain(groups).collect();
    let mut sent = vec![
        Sent::new(
            "host",
            &json!({ "createProject": { "project": "acme", "administrators": administrators } }),
            START,
        ),
        Sent::new("ada", &json!({ "syncDirectory": { "changes": changes } }), START),
    ];
    sent.extend(
        story.policies.iter().map(|terms| Sent::new("ada", &json!({ "createPolicy": terms }), START)),
    );
    sent
}

impl Happening {
    /// The command that this is now, in the company as it is. Where there is nothing to do it to, somebody asks for
    /// access.
    pub(crate) fn sent(&self, engine: &Engine, model: &Model, clock: &mut i64) -> Sent {
        *clock += i64::from(self.minutes) * MINUTE;
        let ask = || (self.person().to_owned(), json!({ "requestAccess": self.draft(*clock) }));
        let (actor, command) = self.command(engine, model, *clock).unwrap_or_else(ask);
        Sent::new(&actor, &command, *clock)
    }

    fn chosen<'a, T>(&self, list: &'a [T]) -> Option<&'a T> {
        list.get(usize::from(self.pick) % list.len().max(1))
    }

    fn person(&self) -> &'static str {
        PEOPLE[usize::from(self.who) % PEOPLE.len()]
    }

    /// An administrator who can act.
    fn administrator(&self, model: &Model) -> String {
        let active: Vec<_> = model.administrators.iter().filter(|id| model.is_active(id)).collect();
        active[usize::from(self.who) % active.len()].to_string()
    }

    /// True once in so many.
    fn once_in(&self, many: u16) -> bool {
        self.choice.is_multiple_of(many)
    }

    fn command(&self, engine: &Engine, model: &Model, now: i64) -> Option<(String, Value)> {
        let at = Timestamp::from_millis(now).unwrap();
        let person = || self.person().to_owned();
        let pending: Vec<_> =
            model.requests.iter().filter(|request| request.is_pending() && at < request.expires_at).collect();
        let open: Vec<_> = model.grants.iter().filter(|given| given.ends.is_empty()).collect();
        let request = self.chosen(&pending);
        let admin = self.administrator(model);
        Some(match self.kind {
            Kind::Ask => (person(), json!({ "requestAccess": self.draft(now) })),
            Kind::Review => {
                let request = request?;
                let verdict = if self.once_in(7) { "reject" } else { "approve" };
                let hash = if self.once_in(31) { "0" } else { request.hash.as_str() };
                let review = json!({ "requestId": request.id, "verdict": verdict, "contentHash": hash });
                (self.approver(engine, &request.id, at), json!({ "reviewRequest": review }))
            }
            Kind::Withdraw => {
                let (request, review) = pending.iter().find_map(|request| {
                    let standing = request
                        .reviews
                        .iter()
                        .find(|(review, stands)| *stands && review.step == request.step);
                    standing.map(|(review, _)| (request, review))
                })?;
                (review.reviewer.to_string(), json!({ "withdrawReview": { "requestId": request.id } }))
            }
            Kind::Edit => {
                let request = request?;
                let duration = [600, 1_800, 5_400][usize::from(self.choice % 3)];
                let edit = json!({
                    "requestId": request.id, "duration": duration, "note": "less", "contentHash": request.hash,
                });
                (self.approver(engine, &request.id, at), json!({ "editDuration": edit }))
            }
            Kind::Amend => {
                let request = request?;
                let amendment = json!({ "requestId": request.id, "draft": self.draft(now) });
                (request.content.requester.to_string(), json!({ "amendRequest": amendment }))
            }
            Kind::Cancel => {
                let request = request?;
                let actor = if self.once_in(2) { admin } else { request.content.requester.to_string() };
                (actor, json!({ "cancelRequest": { "requestId": request.id, "reason": "off" } }))
            }
            Kind::BreakGlass => {
                let own = pending.iter().find(|request| request.content.requester.as_str() == self.person());
                let mut input = json!({ "justification": "everything is on fire" });
                match own {
                    Some(request) if self.once_in(2) => input["requestId"] = json!(request.id),
                    _ => input["draft"] = self.draft(now),
                }
                (person(), json!({ "breakGlass": input }))
            }
            Kind::Acknowledge => {
                let is_waiting = |given: &&super::model::Given| {
                    let is_done = |request: &super::model::Asked| {
                        request.id == given.grant.request_id && request.is_acknowledged
                    };
                    given.grant.origin == Origin::BreakGlass && !model.requests.iter().any(is_done)
                };
                let waiting: Vec<_> = model.grants.iter().filter(is_waiting).collect();
                let given = self.chosen(&waiting)?;
                (person(), json!({ "acknowledgeBreakGlass": { "requestId": given.grant.request_id } }))
            }
            Kind::Revoke => {
                let revocation = json!({ "grantId": self.chosen(&open)?.grant.id, "reason": "over" });
                (if self.once_in(3) { person() } else { admin }, json!({ "revokeGrant": revocation }))
            }
            Kind::Release => {
                let grant = &self.chosen(&open)?.grant;
                (grant.holder.to_string(), json!({ "releaseGrant": { "grantId": grant.id } }))
            }
            Kind::Disable => {
                let id = self.person();
                let is_disabled = model.is_active(&SubjectId::try_from(id).unwrap());
                let manager = PEOPLE[usize::from(self.pick) % PEOPLE.len()];
                let mut changes = vec![json!({ "upsertSubject": subject(id, is_disabled, Some(manager)) })];
                if self.once_in(4) {
                    changes.insert(0, json!({ "removeSubject": id }));
                }
                (admin, json!({ "syncDirectory": { "changes": changes } }))
            }
            Kind::Group => {
                let members: Vec<&str> = (0_u32..)
                    .zip(PEOPLE)
                    .filter(|(bit, _)| (u32::from(self.choice) >> bit) & 1 == 1)
                    .map(|(_, id)| id)
                    .collect();
                let id = GROUPS[usize::from(self.pick) % 2];
                (admin, json!({ "syncDirectory": { "changes": [{ "upsertGroup": group(id, &members) }] } }))
            }
            Kind::Manager => {
                let id = self.person();
                let is_disabled = !model.is_active(&SubjectId::try_from(id).unwrap());
                let manager = PEOPLE[usize::from(self.pick) % PEOPLE.len()];
                let change = json!({ "upsertSubject": subject(id, is_disabled, Some(manager)) });
                (admin, json!({ "syncDirectory": { "changes": [change] } }))
            }
            Kind::UpdatePolicy => {
                let live: Vec<_> = model.live_policies().map(|(id, _)| id).collect();
                (admin, json!({ "updatePolicy": self.update(self.chosen(&live)?) }))
            }
            Kind::DeletePolicy => {
                let live: Vec<_> = model.live_policies().map(|(id, _)| id).collect();
                let grants = if self.once_in(2) { "keep" } else { "revoke" };
                (admin, json!({ "deletePolicy": { "policyId": self.chosen(&live)?, "liveGrants": grants } }))
            }
            Kind::CreatePolicy => {
                let group = GROUPS[usize::from(self.who) % 2];
                let environment = ["production", "*", "staging"][usize::from(self.choice % 3)];
                let policy = json!({
                    "name": "A later policy",
                    "targets": { "environments": [environment], "paths": ENTRIES[usize::from(self.pick) % ENTRIES.len()] },
                    "actions": if self.once_in(2) { json!("all") } else { json!(["write"]) },
                    "steps": [{ "quorums": [{ "approvers": [{ "type": "group", "id": group }], "required": 1 }] }],
                });
                (admin, json!({ "createPolicy": policy }))
            }
            Kind::Administrators => {
                (admin, json!({ "setAdministrators": { "administrators": ["ada", self.person()] } }))
            }
            Kind::Delegate => {
                let delegate = PEOPLE[usize::from(self.pick) % PEOPLE.len()];
                let starts_at = now + i64::from(self.choice % 40) * MINUTE;
                let mut delegation = json!({ "delegate": delegate, "duration": "PT1H" });
                if self.once_in(3) {
                    delegation["startsAt"] = json!(starts_at);
                }
                (person(), json!({ "createDelegation": delegation }))
            }
            Kind::EndDelegation => {
                let open: Vec<_> = engine.state().open_delegations().collect();
                let delegation = self.chosen(&open)?;
                let end = json!({ "endDelegation": { "delegationId": delegation.id } });
                (delegation.delegator.to_string(), end)
            }
            Kind::ReviewForAnother => {
                let request = request?;
                let open: Vec<_> = engine.state().open_delegations().collect();
                let delegation = self.chosen(&open)?;
                let review = json!({
                    "requestId": request.id, "verdict": "approve", "contentHash": request.hash,
                    "onBehalfOf": delegation.delegator,
                });
                (delegation.delegate.to_string(), json!({ "reviewRequest": review }))
            }
            Kind::Renew => {
                let grant = &self.chosen(&open)?.grant;
                let draft = json!({
                    "target": grant.target, "actions": grant.actions, "duration": "PT45M", "renews": grant.id,
                });
                (grant.holder.to_string(), json!({ "requestAccess": draft }))
            }
            Kind::Permit => {
                let group = GROUPS[usize::from(self.who) % 2];
                let permission = json!({
                    "name": "Standing", "holders": [{ "type": "group", "id": group }],
                    "targets": { "environments": ["*"], "paths": ENTRIES[usize::from(self.pick) % ENTRIES.len()] },
                    "actions": ["read"], "condition": { "context.ticket": { "$exists": self.once_in(2) } },
                });
                (admin, json!({ "createPermission": permission }))
            }
        })
    }

    /// Mostly somebody who can approve, sometimes anybody.
    fn approver(&self, engine: &Engine, id: &RequestId, at: Timestamp) -> String {
        let explained = engine.explain(&Actor::Host, id, at).unwrap();
        let can: Vec<_> = explained.steps.iter().flat_map(|step| &step.can_approve).collect();
        if can.is_empty() || self.once_in(5) {
            return self.person().to_owned();
        }
        can[usize::from(self.who) % can.len()].id.to_string()
    }

    fn draft(&self, now: i64) -> Value {
        const TARGETS: [&str; 8] =
            ["/app/db", "/app/**", "/app/*", "/orders", "/**", "/*/db", "/app/db/key", "/orders/db/x"];
        let environment = if self.once_in(11) { "*" } else { "production" };
        let actions = [json!(["read"]), json!(["write"]), json!(["write", "read"])]
            [usize::from(self.choice % 3)]
        .clone();
        let mut draft = json!({
            "target": { "environment": environment, "path": TARGETS[usize::from(self.pick) % TARGETS.len()] },
            "actions": actions,
        });
        match self.choice % 6 {
            0 => draft["permanent"] = json!(true),
            1 => draft["duration"] = json!("PT90M"),
            2 => draft["duration"] = json!("PT5M"),
            _ => draft["duration"] = json!("PT45M"),
        }
        if self.once_in(13) {
            draft["startsAt"] = json!(now + 20 * MINUTE);
        }
        draft
    }

    fn update(&self, id: &PolicyId) -> Value {
        let mut update = json!({ "policyId": id });
        let by = |group: &str| json!([{ "quorums": [{ "approvers": [{ "type": "group", "id": group }], "required": 1 }] }]);
        match self.choice % 8 {
            0 => update["steps"] = by("security"),
            1 => update["steps"] = by("ops"),
            2 => {
                update["targets"] =
                    json!({ "environments": ["*"], "paths": ENTRIES[usize::from(self.who) % 7] })
            }
            3 => {
                update["targets"] =
                    json!({ "environments": ["production"], "paths": ENTRIES[usize::from(self.who) % 7] })
            }
            4 => update["breakGlass"] = json!({ "bypassers": [{ "type": "subject", "id": self.person() }] }),
            5 => update["maxDuration"] = json!("PT1H"),
            6 => update["actions"] = json!(["read"]),
            _ => update["selfApproval"] = json!(self.once_in(2)),
        }
        if self.pick.is_multiple_of(5) {
            update["pendingRequests"] = json!("cancel");
        }
        if self.pick.is_multiple_of(7) {
            update["liveGrants"] = json!("revoke");
        }
        update
    }
}
