//! What grants and standing permissions open, from when on and until when.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use access_engine::access::AccessQuery;
use access_engine::commands::{BreakGlass, BreakGlassFor, Command};
use access_engine::events::AccessEvent;
use access_engine::requests::GrantOrigin;
use access_engine::values::{AccessDuration, Attributes, ResourceType, SubjectId, Timestamp};

use super::runner::{Moment, Next, always, always_and_before, ensure};
use super::stories::PEOPLE;
use crate::model::access::{area_of_grant, opening, permitting};
use crate::model::policies::cap;
use crate::model::resources::{ACTIONS, Cell, ENVIRONMENTS, UNIVERSE, query};
use crate::model::state::{Given, Permitted};

#[test]
fn no_change_of_policies_or_directory_approves_rejects_or_widens() {
    always(|moment| {
        let is_change = matches!(
            moment.command,
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
            return Err(format!("{event:?} by {:?}", moment.command));
        }
        // A grant never opens more than what its policy governed when it was asked for.
        let history = moment.history;
        let widest = |id: &SubjectId, cell| {
            let mut live = history.grants().filter(|given| given.holder == *id && given.is_live(moment.at()));
            live.any(|given| area_of_grant(given.given).without(given.given.left_out).has(cell))
        };
        for (query, cell) in questions(moment, "{}") {
            let id = &query.subject;
            let was_given = widest(id, cell) || !permitting(&history.state, &query, cell).is_empty();
            ensure(!allows(moment, &query) || was_given, || format!("{query:?}: more than was ever given"))?;
        }
        Ok(())
    });
}

#[test]
fn effective_access_is_the_union_of_live_grants_within_what_their_policies_govern_and_permissions() {
    always(|moment| {
        for (query, cell) in questions(moment, "{}") {
            let (permitting, opening) = allowing(moment, &query, cell);
            let is_open = !permitting.is_empty() || !opening.is_empty();
            ensure(allows(moment, &query) == is_open, || {
                format!("{query:?}: it should be {is_open}: {permitting:?} {opening:?}")
            })?;
        }
        Ok(())
    });
}

#[test]
fn a_decision_names_what_allows_it_and_conditions_read_its_context() {
    always(|moment| {
        let context = [r#"{"ticket": "T-1"}"#, r#"{"ticket": "T-9"}"#, r#"{"ticket": ["T-2", "T-3"]}"#];
        // Every fifth question is enough: there are thousands of moments.
        let questions = questions(moment, context[moment.number % 3]);
        for (query, cell) in questions.skip(moment.number % 5).step_by(5) {
            let decision = moment.engine.evaluate(&query, moment.at());
            let (permitting, opening) = allowing(moment, &query, cell);
            let last = opening.iter().map(|given| end_of(given)).max();
            let is_right = match (&decision.permission_id, &decision.grant_id) {
                (Some(named), None) => {
                    permitting.iter().any(|known| known.permission.id == *named) && decision.decision
                }
                (None, Some(named)) => {
                    let named = opening.iter().find(|given| given.grant.id == *named);
                    permitting.is_empty() && named.map(|given| end_of(given)) == last && decision.decision
                }
                (None, None) => !decision.decision,
                (Some(_), Some(_)) => false,
            };
            let is_open = !permitting.is_empty() || !opening.is_empty();
            ensure(is_right && decision.decision == is_open, || {
                format!("{query:?}: {decision:?}, not {is_open}: {permitting:?} {opening:?}")
            })?;
        }
        Ok(())
    });
}

/// The standing permissions and the grants that allow what is asked about.
fn allowing<'a>(
    moment: &Moment<'a>,
    query: &AccessQuery,
    cell: Cell,
) -> (Vec<&'a Permitted>, Vec<&'a Given>) {
    let (state, kind) = (&moment.history.state, &query.resource.resource.kind);
    (permitting(state, query, cell), opening(state, &query.subject, kind, cell, moment.at()))
}

/// The end of a grant, so that no end is the latest.
fn end_of(given: &Given) -> (bool, Option<Timestamp>) {
    (given.grant.ends_at.is_none(), given.grant.ends_at)
}

/// What the stories ask for: of each kind of path that they know one.
static CELLS: LazyLock<Vec<Cell>> = LazyLock::new(|| {
    const PATHS: [&str; 7] = ["/a", "/a/b", "/a/b/a", "/a/z", "/b", "/b/b", "/b/b/a"];
    let number =
        |path: &str| UNIVERSE.paths.iter().position(|known| known == path).expect("it is of its own kind");
    let action = |name| ACTIONS.iter().position(|known| *known == name).unwrap();
    let environment = |name| ENVIRONMENTS.iter().position(|known| *known == Some(name)).unwrap();
    let mut cells = Vec::new();
    for environment in ["production", "staging"].map(environment) {
        for path in PATHS.map(number) {
            cells.extend(["read", "write"].map(|name| (action(name), environment, path)));
        }
    }
    cells
});

/// About each cell, by everybody who has ever been given anything, by two who need not, and by one whom nobody knows.
pub(crate) fn questions(moment: &Moment<'_>, context: &str) -> impl Iterator<Item = (AccessQuery, Cell)> {
    let holders = moment.history.grants().map(|given| given.holder.clone());
    let others = [PEOPLE[moment.number % PEOPLE.len()], "otto", "zoe"];
    let people: BTreeSet<_> = holders.chain(others.map(|id| SubjectId::try_from(id).unwrap())).collect();
    let kind = ResourceType::default();
    let context: Attributes = serde_json::from_str(context).expect("a context");
    people.into_iter().flat_map(move |id| {
        let (kind, context) = (kind.clone(), context.clone());
        CELLS.iter().map(move |cell| (query(&id, &kind, *cell, &context), *cell))
    })
}

fn allows(moment: &Moment<'_>, query: &AccessQuery) -> bool {
    moment.engine.is_allowed(query, moment.at())
}

#[test]
fn a_grant_ends_no_later_than_its_start_and_the_approved_duration_nor_than_its_until() {
    always_and_before(check_edit, |moment| {
        for (given, request) in moment.new_grants() {
            let grant = &given.given.grant;
            let is_broken = grant.origin == GrantOrigin::BreakGlass;
            let content = &request.content;
            let is_for_the_same = grant.target == content.target
                && grant.actions == content.actions
                && grant.holder == content.requester
                && (is_broken || grant.renews == request.content.renews);
            // A renewal goes on where what it renews ends, if that is still to come; who breaks the glass cannot wait.
            let mut before = moment.history.grants().filter(|_| !is_broken);
            let renewed = before.find(|old| Some(&old.id) == request.content.renews.as_ref());
            let renewed = renewed.filter(|old| old.is_to_come(given.at));
            let start = renewed.map_or(content.starts_at, |old| old.ends_at);
            let start = start.filter(|_| !is_broken);
            let is_in_time = grant.starts_at == start.map_or(given.at, |start| start.max(given.at));
            let terms = moment.history.state.terms(&grant.policy_id, grant.policy_version);
            let cap = is_broken.then(|| cap(terms));
            let length = match request.duration {
                AccessDuration::Permanent => cap,
                AccessDuration::Temporary(length) => Some(cap.map_or(length, |cap| cap.min(length))),
            };
            let until = match moment.command {
                Command::BreakGlass(BreakGlass { subject_matter: BreakGlassFor::Draft(draft), .. }) => {
                    draft.until
                }
                _ => content.until,
            };
            let by_length = length.map(|length| grant.starts_at.plus(length));
            let fits = grant.ends_at == by_length.into_iter().chain(until).min();
            ensure(fits && is_for_the_same && is_in_time, || format!("{given:?} of {request:?}"))?;
        }
        for given in moment.history.grants() {
            let (end, due) = (given.end.as_ref().map(|end| end.at), given.ends_at);
            let is_late = end.zip(due).is_some_and(|(end, due)| end > due);
            ensure(!is_late, || format!("{given:?} ends late"))?;
        }
        for request in moment.history.requests() {
            let is_late = request.content.until.is_some_and(|until| request.expires_at > until);
            ensure(!is_late, || format!("{request:?} expires after access would end"))?;
        }
        Ok(())
    });
}

#[test]
fn what_is_revoked_or_released_is_over() {
    always(|moment| {
        let id = match moment.command {
            Command::RevokeGrant(command) if moment.answer.is_ok() => &command.grant_id,
            Command::ReleaseGrant(command) if moment.answer.is_ok() => &command.grant_id,
            _ => return Ok(()),
        };
        let given = moment.history.grants().find(|given| given.id == *id);
        let is_over = given.is_some_and(|given| given.end.as_ref().is_some_and(|end| end.at <= moment.at()));
        ensure(is_over, || format!("{:?} ended nothing", moment.command))
    });
}

fn check_edit(next: &Next<'_>) -> Result<(), String> {
    let AccessEvent::DurationEdited(event) = next.event else { return Ok(()) };
    let request = next.history.request(&event.request_id);
    let is_less = event.edit.before == request.duration && is_shorter(event.edit.after, event.edit.before);
    ensure(is_less, || format!("{event:?} of {request:?}"))
}

fn is_shorter(after: AccessDuration, before: AccessDuration) -> bool {
    match (after, before) {
        (AccessDuration::Temporary(_), AccessDuration::Permanent) => true,
        (AccessDuration::Temporary(after), AccessDuration::Temporary(before)) => after < before,
        (AccessDuration::Permanent, _) => false,
    }
}
