//! Policies at the beginning, drawn at random.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) fn policies() -> impl Strategy<Value = Value> {
    let steps = prop_oneof![2 => vec(steps(), 1), 2 => vec(steps(), 2), 1 => vec(steps(), 3)];
    let bypassers = prop_oneof![
        Just(Value::Null),
        Just(json!({ "bypassers": [{ "subject": "bea" }, { "subject": "dev" }] })),
        Just(json!({ "bypassers": [{ "group": "ops" }], "maxDuration": "PT20M" })),
    ];
    let longest = prop_oneof![Just(Value::Null), Just(json!("P1D")), Just(json!("PT2H"))];
    let live = prop_oneof![2 => Just("P7D"), 2 => Just("PT2H"), 1 => Just("PT30M")];
    let target = (0..ENTRIES.len(), 0..3_usize, 0..3_usize);
    let condition = prop_oneof![
        6 => Just(Value::Null),
        1 => Just(json!({ "subject.properties.level": { "$gte": 2 } })),
        1 => Just(json!({ "$not": { "subject.groups": "ops" }, "subject.type": "user" })),
    ];
    (steps, bypassers, longest, live, (target, condition), any::<[bool; 3]>()).prop_map(
        |(
            steps,
            bypassers,
            longest,
            live,
            ((paths, environments, actions), condition),
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
            for (field, value) in
                [("breakGlass", bypassers), ("maxDuration", longest), ("condition", condition)]
            {
                if !value.is_null() {
                    policy[field] = value;
                }
            }
            policy
        },
    )
}

pub(super) const ENTRIES: [&[&str]; 7] =
    [&["/**"], &["/a/**"], &["/a/*"], &["/a/b/**"], &["/*/b"], &["/b/**", "/a/b"], &["/b/b*"]];

fn steps() -> impl Strategy<Value = Value> {
    let approvers = prop_oneof![
        3 => Just(json!([{ "group": "security" }])),
        3 => Just(json!([{ "group": "ops" }])),
        2 => Just(json!([{ "group": "security" }, { "group": "ops" }])),
        1 => Just(json!([{ "subject": "ada" }, { "subject": "dev" }])),
        1 => Just(json!(["manager", { "subject": "sid" }])),
    ];
    let required = prop_oneof![5 => Just(json!(1)), 2 => Just(json!(2)), 1 => Just(json!("all"))];
    let quorum = (approvers, required)
        .prop_map(|(approvers, required)| json!({ "approvers": approvers, "required": required }));
    let called = prop_oneof![
        Just(json!([{ "group": "ops" }])),
        Just(json!([{ "group": "security" }, "manager"])),
        Just(json!([{ "subject": "bot" }, { "subject": "dana" }])),
    ];
    let escalate = called.prop_map(|called| json!({ "after": "PT20M", "approvers": called }));
    let lists = prop_oneof![4 => Just(false), 1 => Just(true)];
    (vec(quorum, 1..=2), 1..=2_u32, of(escalate), any::<bool>(), lists).prop_map(
        |(quorums, rejections, escalate, reminds, has_lists)| {
            let mut step = json!({ "rejectionsRequired": rejections });
            if has_lists && quorums.len() == 2 {
                step["anyOf"] = json!([[quorums[0]], [quorums[1]]]);
            } else {
                step["quorums"] = json!(quorums);
            }
            escalate.into_iter().for_each(|escalate| step["escalate"] = escalate);
            if reminds {
                step["remindEvery"] = json!("PT1H");
            }
            step
        },
    )
}
