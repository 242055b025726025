//! What grants and standing permissions open, from when on and until when.

use std::collections::BTreeSet;

use access_engine::model::*;
use serde_json::{Map, Value, json};

use super::history::{Deed, Given, deeds, is_shorter};
use super::runner::{Moment, Next, always, always_and_before, ensure};
use super::stories::PEOPLE;

#[test]
fn no_change_of_policies_or_directory_approves_rejects_or_widens() {
    always(|moment| {
        let is_change = matches!(
            moment.sent.command,
            Command::SyncDirectory(_)
                | Command::SetAdministrators(_)
                | Command::CreatePolicy(_)
                | Command::UpdatePolicy(_)
                | Command::DeletePolicy(_)
                | Command::CreatePermission(_)
                | Command::UpdatePermission(_)
                | Command::DeletePermission(_)
                | Command::CreateDelegation(_)
                | Command::EndDelegation(_)
        );
        let decides = |event: &&AccessEvent| {
            matches!(
                event,
                AccessEvent::RequestApproved(_)
                    | AccessEvent::RequestRejected(_)
                    | AccessEvent::StepCompleted(_)
                    | AccessEvent::GrantCreated(_)
            )
        };
        if let Some(event) = moment.events().find(decides).filter(|_| is_change) {
            return Err(format!("{event:?} by {:?}", moment.sent.command));
        }
        // A grant never opens more than what its policy governed when it was asked for.
        let (model, nothing) = (moment.model, Map::new());
        let widest = |id: &SubjectId, deed| {
            let mut live = model.grants.iter().filter(|given| given.grant.holder == *id);
            live.any(|given| given.is_live(moment.at()) && given.most.contains(&deed))
        };
        for (id, deed) in all_deeds(moment) {
            let was_given = widest(&id, deed) || !model.permitting(&id, deed, &nothing).is_empty();
            ensure(!allows(moment, &id, deed) || was_given, || {
                format!("{id} may {deed:?}, more than was ever given")
            })?;
        }
        Ok(())
    });
}

#[test]
fn effective_access_is_the_union_of_live_grants_within_what_their_policies_govern_and_permissions() {
    always(|moment| {
        for (id, deed) in all_deeds(moment) {
            let (must, may) = opens(moment, &id, deed, &Map::new());
            let allows = allows(moment, &id, deed);
            ensure((!must || allows) && (may || !allows), || {
                let (grants, permissions) = (&moment.model.grants, &moment.model.permissions);
                format!("{id} {deed:?}: {allows}, must {must}, may {may}: {grants:?} {permissions:?}")
            })?;
        }
        Ok(())
    });
}

#[test]
fn a_decision_names_what_allows_it_and_conditions_read_its_context() {
    always(|moment| {
        let context = [json!("T-1"), json!("T-9"), json!(["T-2", "T-3"])][moment.number % 3].clone();
        let context = Map::from_iter([("ticket".to_owned(), context)]);
        // Every fifth deed is enough: there are thousands of moments.
        for (id, deed) in all_deeds(moment).skip(moment.number % 5).step_by(5) {
            let (environment, path, action) = deed;
            let query = json!({
                "subject": id, "action": action, "context": context,
                "resource": { "environment": environment, "path": path },
            });
            let decision = moment.engine.evaluate(&serde_json::from_value(query).unwrap(), moment.at());
            let (must, may) = opens(moment, &id, deed, &context);
            let permitting = moment.model.permitting(&id, deed, &context);
            let opening = moment.model.opening(&id, deed);
            let last = opening.iter().map(|given| end_of(given)).max();
            let is_right = match (&decision.permission_id, &decision.grant_id) {
                (Some(named), None) => permitting.contains(&named) && decision.decision,
                (None, Some(named)) => {
                    let named = opening.iter().find(|given| given.grant.id == *named);
                    permitting.is_empty() && named.map(|given| end_of(given)) == last && decision.decision
                }
                (None, None) => !decision.decision,
                (Some(_), Some(_)) => false,
            };
            ensure(is_right && (!must || decision.decision) && (may || !decision.decision), || {
                format!(
                    "{id} {deed:?} {context:?}: {decision:?}, must {must}, may {may}: {permitting:?} {opening:?}"
                )
            })?;
        }
        Ok(())
    });
}

/// Whether somebody must be allowed a deed, and whether they may be.
fn opens(moment: &Moment<'_>, id: &SubjectId, deed: Deed, context: &Map<String, Value>) -> (bool, bool) {
    let opening = moment.model.opening(id, deed);
    let is_permitted = !moment.model.permitting(id, deed, context).is_empty();
    (is_permitted || opening.iter().any(|given| given.is_exact), is_permitted || !opening.is_empty())
}

/// The end of a grant, so that no end is the latest.
fn end_of(given: &Given) -> (bool, Option<Timestamp>) {
    (given.grant.ends_at.is_none(), given.grant.ends_at)
}

/// Every deed by everybody who has ever been given anything, by two who need not, and by one whom nobody knows.
fn all_deeds(moment: &Moment<'_>) -> impl Iterator<Item = (SubjectId, Deed)> {
    let holders = moment.model.grants.iter().map(|given| given.grant.holder.clone());
    let others = [PEOPLE[moment.number % PEOPLE.len()], "otto", "zoe"];
    let people: BTreeSet<_> = holders.chain(others.map(|id| SubjectId::try_from(id).unwrap())).collect();
    people.into_iter().flat_map(|id| deeds().map(move |deed| (id.clone(), deed)))
}

fn allows(moment: &Moment<'_>, subject: &SubjectId, (environment, path, action): Deed) -> bool {
    let resource = Resource {
        kind: ResourceType::default(),
        environment: Some(Environment::try_from(environment).unwrap()),
        path: ResourcePath::try_from(path).unwrap(),
    };
    moment.engine.is_allowed(subject, &Action::try_from(action).unwrap(), &resource, moment.at())
}

#[test]
fn a_grant_ends_no_later_than_its_start_and_the_approved_duration() {
    always_and_before(check_edit, |moment| {
        for (given, request) in moment.new_grants() {
            let grant = &given.grant;
            let is_broken = grant.origin == Origin::BreakGlass;
            let content = &request.content;
            let is_for_the_same = grant.target == content.target
                && grant.actions == content.actions
                && grant.holder == content.requester
                && (is_broken || grant.renews == request.renews);
            // A renewal goes on where what it renews ends, if that is still to come; who breaks the glass cannot wait.
            let is_renewed = |old: &&Given| !is_broken && Some(&old.grant.id) == request.renews.as_ref();
            let renewed = moment.model.grants.iter().find(is_renewed).filter(|old| old.is_to_come(given.at));
            let start = renewed.map_or(content.starts_at, |old| old.grant.ends_at);
            let is_in_time = grant.starts_at == start.map_or(given.at, |start| start.max(given.at));
            let terms = moment.model.terms(&grant.policy_id, grant.policy_version);
            let cap = terms.break_glass.as_ref().filter(|_| is_broken).map(|terms| terms.max_duration);
            let length = match request.duration {
                AccessDuration::Permanent => cap,
                AccessDuration::Temporary(length) => Some(cap.map_or(length, |cap| cap.min(length))),
            };
            let fits = grant.ends_at == length.map(|length| grant.starts_at.plus(length));
            ensure(fits && is_for_the_same && is_in_time, || format!("{given:?} of {request:?}"))?;
        }
        for given in moment.model.grants.iter().filter(|given| !given.ends.is_empty()) {
            let end = given.ends[0].at;
            ensure(given.grant.ends_at.is_none_or(|due| end <= due), || format!("{given:?} ends late"))?;
        }
        Ok(())
    });
}

fn check_edit(next: &Next<'_>) -> Result<(), String> {
    let AccessEvent::DurationEdited(event) = next.event else { return Ok(()) };
    let request = next.model.request(&event.request_id);
    let is_less = event.edit.before == request.duration && is_shorter(event.edit.after, event.edit.before);
    ensure(is_less, || format!("{event:?} of {request:?}"))
}
