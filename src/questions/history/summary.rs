use crate::delegations::Delegation;
use crate::events::AccessEvent;
use crate::grants::{EndReason, Grant};
use crate::people::Actor;
use crate::permissions::Permission;
use crate::requests::{CancelReason, Origin, Standing, Verdict};
use crate::state::State;
use crate::values::{GrantId, PolicyId, SubjectId};

/// An event in a sentence for people.
pub(super) fn summary(state: &State, actor: &Actor, event: &AccessEvent) -> String {
    let name = |id: &SubjectId| state.directory().person(id).name.to_string();
    let by = by(state, actor);
    match event {
        AccessEvent::ProjectCreated(event) => format!("The project {} was made.", event.project),
        AccessEvent::SubjectUpserted(event) if event.subject.disabled => {
            format!("{by} synced in {}, disabled.", event.subject.name)
        }
        AccessEvent::SubjectUpserted(event) => format!("{by} synced in {}.", event.subject.name),
        AccessEvent::SubjectRemoved(event) => format!("{by} removed {}.", name(&event.subject_id)),
        AccessEvent::GroupUpserted(event) => {
            format!(
                "{by} synced in the group {} with {} members.",
                event.group.name,
                event.group.members.len()
            )
        }
        AccessEvent::GroupRemoved(event) => format!("{by} removed the group {}.", event.group_id),
        AccessEvent::AdministratorsSet(event) => {
            let names: Vec<_> = event.administrators.iter().map(name).collect();
            format!("{by} made these the administrators: {}.", names.join(", "))
        }
        AccessEvent::PolicyCreated(event) => {
            format!("{by} made the access policy {}.", event.policy.terms.name)
        }
        AccessEvent::PolicyUpdated(event) => {
            format!(
                "{by} changed the access policy {} to version {}.",
                event.policy.terms.name, event.policy.version
            )
        }
        AccessEvent::PolicyDeleted(event) => {
            format!("{by} deleted the access policy {}.", policy(state, &event.policy_id))
        }
        AccessEvent::PermissionCreated(event) => {
            format!("{by} made the standing permission {}.", event.permission.terms.name)
        }
        AccessEvent::PermissionUpdated(event) => {
            let Permission { version, terms, .. } = &event.permission;
            format!("{by} changed the standing permission {} to version {version}.", terms.name)
        }
        AccessEvent::PermissionDeleted(event) => {
            format!("{by} deleted the standing permission {}.", event.name)
        }
        AccessEvent::RequestMade(event) => {
            let content = &event.content;
            format!(
                "{} asked for access to {}, {}.",
                name(&content.requester),
                content.target.path,
                content.duration
            )
        }
        AccessEvent::RequestAmended(event) => {
            let content = &event.content;
            format!(
                "{} amended the request: {}, {}.",
                name(&content.requester),
                content.target.path,
                content.duration
            )
        }
        AccessEvent::StepOpened(event) => {
            let names: Vec<_> = event.asked.iter().map(name).collect();
            let asked = if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
            format!("Step {} opened; asked: {asked}.", event.step)
        }
        AccessEvent::RequestReviewed(event) => {
            let review = &event.review;
            let said = match review.verdict {
                Verdict::Approve => "approved",
                Verdict::Reject => "rejected",
            };
            let place = review.on_behalf_of.as_ref().map(|id| format!(" in the place of {}", name(id)));
            format!("{} {said} step {}{}.", name(&review.reviewer), review.step, place.unwrap_or_default())
        }
        AccessEvent::ReviewVoided(event) => {
            let reviewer = name(&event.reviewer);
            match event.reason {
                Standing::Withdrawn => format!("{reviewer} took the review of step {} back.", event.step),
                Standing::StepReopened => {
                    format!(
                        "{reviewer}'s review of step {} is void: an earlier step opened again.",
                        event.step
                    )
                }
                Standing::DelegationEnded => {
                    format!("{reviewer}'s review of step {} is void: the delegation ended.", event.step)
                }
                Standing::Standing | Standing::Replaced | Standing::NotEligible | Standing::Amended => {
                    format!("{reviewer}'s review of step {} is void: no longer eligible.", event.step)
                }
            }
        }
        AccessEvent::StepCompleted(event) => format!("Step {} was completed.", event.step),
        AccessEvent::DurationEdited(event) => {
            let edit = &event.edit;
            format!("{} shortened the duration from {} to {}.", name(&edit.editor), edit.before, edit.after)
        }
        AccessEvent::RequestApproved(event) if event.closing.origin == Some(Origin::BreakGlass) => {
            format!("{by} broke the glass.")
        }
        AccessEvent::RequestApproved(_) => "The request was approved.".to_owned(),
        AccessEvent::RequestRejected(_) => "The request was rejected.".to_owned(),
        AccessEvent::RequestCancelled(event) => match event.reason() {
            Some(CancelReason::RequesterDisabled) => {
                "The request was cancelled: its requester was disabled.".to_owned()
            }
            Some(CancelReason::PolicyUpdated) => {
                "The request was cancelled: its policy was changed.".to_owned()
            }
            Some(CancelReason::PolicyDeleted) => {
                "The request was cancelled: its policy was deleted.".to_owned()
            }
            Some(CancelReason::GrantRevoked) => {
                "The request was cancelled: the grant that it would have renewed was revoked.".to_owned()
            }
            Some(CancelReason::Requester | CancelReason::Administrator) | None => {
                format!("{by} cancelled the request.")
            }
        },
        AccessEvent::RequestExpired(_) => "The request expired: nobody decided it in time.".to_owned(),
        AccessEvent::GrantCreated(event) => {
            let grant = &event.grant;
            let until = grant
                .ends_at
                .map_or_else(|| "for ever".to_owned(), |at| format!("until {}", at.to_rfc3339()));
            format!("{} has access to {} {until}.", name(&grant.holder), grant.target.path)
        }
        AccessEvent::GrantEndingSoon(event) => {
            format!("The access of {} is about to end.", holder(state, &event.grant_id))
        }
        AccessEvent::GrantEnded(event) => {
            let holder = holder(state, &event.grant_id);
            match event.end.reason {
                EndReason::Expired => format!("The access of {holder} ended: its time was up."),
                EndReason::Revoked => format!("{by} revoked the access of {holder}."),
                EndReason::Released => format!("{holder} released the access."),
                EndReason::PolicyDeleted => format!("The access of {holder} ended: its policy was deleted."),
                EndReason::SubjectDisabled => {
                    format!("The access of {holder} ended: the account was disabled.")
                }
            }
        }
        AccessEvent::StepEscalated(event) => {
            let names: Vec<_> = event.asked.iter().map(name).collect();
            format!("Step {} was not completed in time; also asked: {}.", event.step, names.join(", "))
        }
        AccessEvent::StepReminded(event) => {
            let names: Vec<_> = event.asked.iter().map(name).collect();
            format!("Reminded of step {}: {}.", event.step, names.join(", "))
        }
        AccessEvent::DelegationCreated(event) => {
            let Delegation { delegator, delegate, starts_at, ends_at, .. } = &event.delegation;
            format!(
                "{} may review in the place of {} from {} to {}.",
                name(delegate),
                name(delegator),
                starts_at.to_rfc3339(),
                ends_at.to_rfc3339()
            )
        }
        AccessEvent::DelegationStarted(event) => format!("The delegation {} began.", event.delegation_id),
        AccessEvent::DelegationEnded(event) => format!("The delegation {} ended.", event.delegation_id),
        AccessEvent::BreakGlassAcknowledged(event) => {
            format!("{} acknowledged the break-glass access.", name(&event.acknowledgement.by))
        }
    }
}

fn by(state: &State, actor: &Actor) -> String {
    match actor {
        Actor::Subject(id) => state.directory().person(id).name.to_string(),
        Actor::Host => "The host".to_owned(),
        Actor::Clock => "The clock".to_owned(),
    }
}

fn policy(state: &State, id: &PolicyId) -> String {
    state.policies().name(id).map_or_else(|| id.to_string(), |policy| policy.name.to_string())
}

fn holder(state: &State, id: &GrantId) -> String {
    let name = |grant: &Grant| state.directory().person(&grant.holder).name.to_string();
    state.grants().get(id).map_or_else(|| id.to_string(), name)
}
