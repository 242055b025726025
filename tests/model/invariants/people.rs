//! Who is whose: what nobody comes into by an id, and what one person may not be twice.

use access_engine::commands::Command;
use access_engine::events::AccessEvent;
use access_engine::people::Principal;
use access_engine::values::SubjectId;

use super::history::Said;
use super::runner::{Moment, always, ensure};

#[test]
fn whoever_takes_over_an_id_inherits_nothing() {
    always(|moment| {
        for id in newcomers(moment) {
            let (history, people) = (moment.history, &moment.history.state.people);
            let is_one = |said: Said<'_>| said.accounts().contains(&&id);
            let has_asked = history.pending().any(|request| request.content.requester == id);
            let has_reviewed = history.pending().any(|request| request.standing().any(is_one));
            let was_asked = history.pending().any(|request| request.asked.contains(&id));
            let holds = history.grants().any(|given| given.ends == 0 && given.holder == id);
            let mut delegations = history.state.delegations.iter().filter(|open| open.end.is_none());
            let stands_in = delegations.any(|open| open.delegator == id || open.delegate == id);
            let mut permissions = history.state.permissions.iter();
            let is_permitted =
                permissions.any(|known| known.permission.terms.holders.contains(&Principal::from(&id)));
            let parts = [
                has_asked,
                has_reviewed,
                was_asked && !asks_anew(moment),
                holds,
                stands_in,
                is_permitted,
                people.administrators.contains(&id),
            ];
            ensure(!parts.contains(&true), || format!("{id} comes into {parts:?} by {:?}", moment.command))?;
        }
        Ok(())
    });
}

/// Who took over an id by this command.
fn newcomers(moment: &Moment<'_>) -> Vec<SubjectId> {
    let state = &moment.history.state;
    let is_new = moment.answer.as_ref().is_ok_and(|receipt| !receipt.events.is_empty());
    let entered = state.people.newcomers.iter().filter(|(_, entered)| is_new && *entered == state.version);
    entered
        .filter_map(|(principal, _)| match principal {
            Principal::Subject(id) => Some(id.clone()),
            Principal::Group(_) => None,
        })
        .collect()
}

/// Whether a step was opened again.
fn asks_anew(moment: &Moment<'_>) -> bool {
    moment.events().any(|event| matches!(event, AccessEvent::StepOpened(_)))
}

#[test]
fn nobody_stands_in_for_an_account_of_his_own() {
    always(|moment| {
        let state = &moment.history.state;
        let mut open = state.delegations.iter().filter(|delegation| delegation.end.is_none());
        let own = open.find(|open| state.people.is_same_person(&open.delegator, &open.delegate));
        ensure(own.is_none(), || format!("{own:?} after {:?}", moment.command))
    });
}

#[test]
fn a_break_glass_is_acknowledged_by_another_person() {
    always(|moment| {
        let people = &moment.history.state.people;
        let Command::AcknowledgeBreakGlass(command) = moment.command else { return Ok(()) };
        let (Ok(_), Some(by)) = (moment.answer, moment.sent.actor.subject()) else { return Ok(()) };
        let request = moment.history.request(&command.request_id);
        let is_own = people.is_same_person(&request.content.requester, by);
        ensure(!is_own, || format!("{by} acknowledged {request:?}"))
    });
}

#[test]
fn what_is_said_of_an_older_version_is_not_carried_out() {
    always(|moment| {
        for event in moment.events() {
            let (version, looked_at) = match (event, moment.command) {
                (AccessEvent::PolicyUpdated(event), Command::UpdatePolicy(update)) => {
                    (event.policy.version, update.version)
                }
                (AccessEvent::PermissionUpdated(event), Command::UpdatePermission(update)) => {
                    (event.permission.version, update.version)
                }
                _ => continue,
            };
            let is_next = looked_at.is_none_or(|looked_at| looked_at + 1 == version);
            ensure(is_next, || format!("{event:?} by {:?}", moment.command))?;
        }
        Ok(())
    });
}
