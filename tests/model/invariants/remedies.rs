//! What `analyze` says would unblock a request does.

use std::sync::atomic::{AtomicU32, Ordering};

use access_engine::analysis::{Finding, FindingCode};
use access_engine::approval::{Remedy, ShortQuorum};
use access_engine::commands::Command;
use access_engine::people::Actor;
use access_engine::policies::Approver;
use access_engine::requests::{AccessRequest, RequestContent};
use access_engine::values::{RequestId, SubjectId};
use serde_json::{Value, json};

use super::runner::{Moment, always, ensure};

/// How often each was tried: withdrawals, people, restarts, amendments.
static TRIED: [AtomicU32; 4] = [const { AtomicU32::new(0) }; 4];

#[test]
fn what_is_said_to_unblock_a_request_does() {
    always(|moment| {
        // Every third moment is enough: there are thousands.
        if moment.number % 3 != 0 {
            return Ok(());
        }
        for finding in moment.engine.analyze(&Actor::Host, moment.at()).unwrap() {
            let Some(id) = finding.request_id.as_ref().filter(|_| finding.code == FindingCode::RequestStuck)
            else {
                continue;
            };
            for remedy in &finding.remedies {
                ensure(helps(moment, &finding, id, *remedy), || {
                    format!("{remedy:?} does not help: {finding:?}")
                })?;
            }
        }
        Ok(())
    });
    let tried = TRIED.each_ref().map(|count| count.load(Ordering::Relaxed));
    println!("withdrawals, people, restarts, amendments: {tried:?}");
    assert!(tried.iter().all(|count| *count > 0), "too few requests are stuck to say much: {tried:?}");
}

fn helps(moment: &Moment<'_>, finding: &Finding, id: &RequestId, remedy: Remedy) -> bool {
    let request = moment.engine.state().requests().get(id).unwrap();
    let is_refused = |(actor, command): (Actor, Value)| {
        moment.engine.clone().run(&actor, &read(&command), moment.at()).is_err()
    };
    let ways = match remedy {
        Remedy::WithdrawReviews => vec![withdrawals(request)],
        Remedy::AddPeople if finding.short.is_empty() => {
            let anybody = ShortQuorum { list: None, quorum: 1, missing: 1, through: finding.through.clone() };
            additions(moment, request, &[anybody])
        }
        Remedy::AddPeople => additions(moment, request, &finding.short),
        Remedy::Restart => vec![vec![administered(
            moment,
            json!({ "updatePolicy": {
            "policyId": request.content.policy_id, "pendingRequests": "restart" } }),
        )]],
        // Other rules than those about people may refuse it.
        Remedy::Amend if is_refused(amended(request)) => return true,
        Remedy::Amend => vec![vec![amended(request)]],
    };
    TRIED[remedy as usize].fetch_add(1, Ordering::Relaxed);
    ways.iter().any(|commands| unblocks(moment, commands, (id, finding.step.unwrap())))
}

fn unblocks(moment: &Moment<'_>, commands: &[(Actor, Value)], (id, step): (&RequestId, u32)) -> bool {
    let (mut copy, at) = (moment.engine.clone(), moment.at());
    for (actor, command) in commands {
        copy.run(actor, &read(command), at).unwrap();
    }
    let found = copy.analyze(&Actor::Host, at).unwrap();
    !found.iter().any(|finding| finding.request_id.as_ref() == Some(id) && finding.step == Some(step))
}

fn read(command: &Value) -> Command {
    Command::from_json(&command.to_string()).unwrap()
}

fn amended(request: &AccessRequest) -> (Actor, Value) {
    let RequestContent { requester, target, actions, .. } = &request.content;
    let draft = json!({
        "target": target, "actions": actions, "duration": "PT10M", "justification": "it begins anew",
    });
    (
        Actor::Subject(requester.clone()),
        json!({ "amendRequest": { "requestId": request.id, "draft": draft } }),
    )
}

fn withdrawals(request: &AccessRequest) -> Vec<(Actor, Value)> {
    let reviews = request.standing(request.step);
    let withdrawal = json!({ "withdrawReview": { "requestId": request.id } });
    reviews.map(|review| (Actor::Subject(review.reviewer.clone()), withdrawal.clone())).collect()
}

/// For each list of the step the changes by which people come to the quorums that are short.
fn additions(
    moment: &Moment<'_>,
    request: &AccessRequest,
    short: &[ShortQuorum],
) -> Vec<Vec<(Actor, Value)>> {
    let lists = short.chunk_by(|one, other| one.list == other.list);
    let ways = lists.map(|list| {
        let changes: Vec<Value> =
            list.iter().flat_map(|quorum| coming(moment, &request.content.requester, quorum)).collect();
        vec![administered(moment, json!({ "syncDirectory": { "changes": changes } }))]
    });
    ways.collect()
}

fn coming(moment: &Moment<'_>, requester: &SubjectId, short: &ShortQuorum) -> Vec<Value> {
    let fresh = |number| format!("fresh-{}-{number}", short.quorum);
    let upsert = |id: &str| json!({ "upsertSubject": { "type": "user", "id": id, "name": "F" } });
    let group = short.through.iter().find_map(|approver| match approver {
        Approver::Group(id) => Some(id),
        Approver::Subject(_) | Approver::Manager => None,
    });
    if let Some(id) = group {
        let fresh: Vec<String> = (0..short.missing).map(fresh).collect();
        let members: Vec<Value> = fresh.iter().map(|id| json!({ "subject": id })).collect();
        let joins = json!({ "addMembers": { "groupId": id, "members": members } });
        return fresh.iter().map(|id| upsert(id)).chain([joins]).collect();
    }
    let changed = |id: &SubjectId, field: &str, value: Value| {
        let subject = moment.engine.state().directory().subject(id).unwrap();
        let mut changed =
            json!({ "type": subject.kind, "id": id, "name": "F", "disabled": subject.disabled });
        for (field, value) in [("manager", json!(subject.manager)), ("person", json!(subject.person))] {
            if !value.is_null() {
                changed[field] = value;
            }
        }
        if let Some(properties) = &subject.properties {
            changed["properties"] = json!(**properties);
        }
        changed[field] = value;
        json!({ "upsertSubject": changed })
    };
    let changes = short.through.iter().flat_map(|approver| match approver {
        Approver::Subject(id) => vec![changed(id, "disabled", json!(false))],
        Approver::Manager => vec![upsert(&fresh(0)), changed(requester, "manager", json!(fresh(0)))],
        Approver::Group(_) => vec![],
    });
    changes.collect()
}

fn administered(moment: &Moment<'_>, command: Value) -> (Actor, Value) {
    let id = moment.engine.state().directory().active_administrators().next().unwrap().clone();
    (Actor::Subject(id), command)
}
