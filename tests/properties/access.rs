//! What a grant opens, from when on and until when.

use std::collections::BTreeSet;

use access_engine::model::*;

use super::model::{Deed, deeds};
use super::runner::{Moment, always, ensure, new_grants};

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
        );
        let decides = |event: &&&AccessEvent| {
            matches!(
                event,
                AccessEvent::RequestApproved(_)
                    | AccessEvent::RequestRejected(_)
                    | AccessEvent::StepCompleted(_)
                    | AccessEvent::GrantCreated(_)
            )
        };
        if let Some(event) = moment.events.iter().find(decides).filter(|_| is_change) {
            return Err(format!("{event:?} by {:?}", moment.sent.command));
        }
        // A grant never opens more than what its policy governed when it was asked for.
        let widest = |holder: &SubjectId, deed| {
            let mut live = moment.model.grants.iter().filter(|given| given.grant.holder == *holder);
            live.any(|given| given.is_live(moment.at()) && given.most.contains(&deed))
        };
        for (holder, deed) in all_deeds(moment) {
            ensure(!allows(moment, &holder, deed) || widest(&holder, deed), || {
                format!("{holder} may {deed:?}, more than was ever given")
            })?;
        }
        Ok(())
    });
}

#[test]
fn effective_access_is_the_union_of_live_grants_within_what_their_policies_govern() {
    always(|moment| {
        for (holder, deed) in all_deeds(moment) {
            let (must, may) = moment.model.opens(&holder, deed, moment.at());
            let allows = allows(moment, &holder, deed);
            ensure((!must || allows) && (may || !allows), || {
                format!(
                    "{holder} {deed:?}: allowed {allows}, must {must}, may {may}: {:?}",
                    moment.model.grants
                )
            })?;
        }
        Ok(())
    });
}

/// Every deed by everybody who has ever been given anything, and by one who has not.
fn all_deeds(moment: &Moment<'_>) -> impl Iterator<Item = (SubjectId, Deed)> {
    let holders = moment.model.grants.iter().map(|given| given.grant.holder.clone());
    let nobody = SubjectId::try_from("zoe").unwrap();
    let people: BTreeSet<_> = holders.chain([nobody]).collect();
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
    always(|moment| {
        for (given, request) in new_grants(moment) {
            let grant = &given.grant;
            let fits = match (request.duration, grant.ends_at) {
                (AccessDuration::Permanent, _) => true,
                (AccessDuration::Temporary(_), None) => false,
                (AccessDuration::Temporary(length), Some(end)) => end <= grant.starts_at.plus(length),
            };
            let content = &request.content;
            let is_for_the_same = grant.target == content.target
                && grant.actions == content.actions
                && grant.holder == content.requester
                && grant.starts_at >= content.starts_at.map_or(moment.at(), |asked| asked.max(moment.at()));
            ensure(fits && is_for_the_same, || format!("{grant:?} of {request:?}"))?;
        }
        for given in moment.model.grants.iter().filter(|given| !given.ends.is_empty()) {
            let end = given.ends[0].at;
            ensure(given.grant.ends_at.is_none_or(|due| end <= due), || format!("{given:?} ends late"))?;
        }
        Ok(())
    });
}
