use access_engine::commands::{BreakGlassFor, Command};
use access_engine::events::AccessEvent;

use super::super::known::{Known, Seen};
use super::ensure;

/// Who acts has the office that it takes, and has it himself: not whoever had his id before him.
pub(super) fn holds_it(_: &Known, seen: &Seen<'_>) -> Result<(), String> {
    let Seen::Committed { commit, sent: Some(sent), before, after } = seen else { return Ok(()) };
    let Some(id) = commit.actor.subject() else { return Ok(()) };
    let who = before.directory.active(id).map(|account| &account.who);
    let has_asked = |request| before.requests.get(request).is_some_and(|asked| who == Some(&asked.requester));
    let holds = |grant| before.grants.get(grant).is_some_and(|given| who == Some(&given.holder));
    let administers = before.directory.administers(id);
    // By the time of the command: who stands in for another does so from then on.
    let approves =
        |request, step| after.requests.get(request).is_some_and(|asked| after.may_review(asked, step, id));
    let approves_some =
        |request| after.requests.get(request).is_some_and(|asked| after.is_approver(asked, id));
    let step = commit.events.iter().find_map(|event| match event {
        AccessEvent::RequestReviewed(event) => Some(event.review.step),
        _ => None,
    });
    let may = match &sent.command {
        Command::ReviewRequest(said) => approves(&said.request_id, step.unwrap_or(1)),
        Command::EditDuration(edit) => approves_some(&edit.request_id),
        Command::AcknowledgeBreakGlass(seen) => {
            let mut given = before.grants.values().filter(|given| given.request == seen.request_id);
            administers || given.any(|given| after.is_approver_of(given, id))
        }
        Command::RevokeGrant(revoke) => {
            let given = before.grants.get(&revoke.grant_id);
            administers || given.is_some_and(|given| after.is_approver_of(given, id))
        }
        Command::ReleaseGrant(release) => holds(&release.grant_id),
        Command::CancelRequest(cancel) => administers || has_asked(&cancel.request_id),
        Command::AmendRequest(amend) => has_asked(&amend.request_id),
        Command::BreakGlass(broken) => match &broken.subject_matter {
            BreakGlassFor::RequestId(request) => has_asked(request),
            BreakGlassFor::Draft(_) => who.is_some(),
        },
        Command::RequestAccess(draft) => who.is_some() && draft.renews.as_ref().is_none_or(holds),
        Command::WithdrawReview(_) | Command::CreateDelegation(_) | Command::EndDelegation(_) => {
            who.is_some()
        }
        _ => administers,
    };
    ensure(may, || format!("{id} has no right to {:?}", sent.command))
}
