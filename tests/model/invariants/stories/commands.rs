//! What a happening comes to, in the company as it is.

use access_engine::delegations::Delegation;
use access_engine::values::{PermissionId, Seconds, SubjectId, Timestamp};
use serde_json::{Value, json};

use super::people::{group, members, subject};
use super::policies::ENTRIES;
use super::{GROUPS, Happening, Kind, PEOPLE, sent};
use crate::invariants::history::{Asked, Given, History, Said};
use crate::model::approval::{can_approve, can_stand_in};
use crate::model::state::{Ruled, Sent, State};
use crate::model::tick::tick;

impl Happening {
    /// The command that this is now, in the company as it is. Where there is nothing to do it to, somebody asks for
    /// access.
    pub(crate) fn sent(&self, history: &History, clock: &mut Timestamp) -> Sent {
        *clock = clock.plus(Seconds::minutes(self.minutes.into()));
        let ask = || (self.person().to_owned(), json!({ "requestAccess": self.draft(*clock) }));
        let (actor, command) = self.command(history, *clock).unwrap_or_else(ask);
        sent(&actor, &command, *clock)
    }

    fn chosen<'a, T>(&self, list: &'a [T]) -> Option<&'a T> {
        list.get(usize::from(self.pick) % list.len().max(1))
    }

    pub(super) fn person(&self) -> &'static str {
        PEOPLE[usize::from(self.who) % PEOPLE.len()]
    }

    /// An administrator who can act.
    fn administrator(&self, state: &State) -> String {
        let people = &state.people;
        let active: Vec<_> = people.administrators.iter().filter(|id| people.is_active(id)).collect();
        active[usize::from(self.who) % active.len()].to_string()
    }

    /// True once in so many.
    pub(super) fn once_in(&self, many: u16) -> bool {
        self.choice.is_multiple_of(many)
    }

    fn command(&self, history: &History, now: Timestamp) -> Option<(String, Value)> {
        let state = &history.state;
        let person = || self.person().to_owned();
        let pending: Vec<Asked<'_>> = history.pending().filter(|request| now < request.expires_at).collect();
        let open: Vec<Given<'_>> = history.grants().filter(|given| given.ends == 0).collect();
        // Of the last few, so that some of them come to an end.
        let request = self.chosen(&pending[pending.len().saturating_sub(4)..]).copied();
        let admin = self.administrator(state);
        Some(match self.kind {
            Kind::Ask => (person(), json!({ "requestAccess": self.draft(now) })),
            Kind::Review => {
                let request = request?;
                let verdict = if self.once_in(7) { "reject" } else { "approve" };
                let hash = if self.once_in(31) { "0" } else { request.content_hash.as_str() };
                let review = json!({ "requestId": request.id, "verdict": verdict, "contentHash": hash, "comment": self.said("reviews") });
                (self.approver(state, request, now), json!({ "reviewRequest": review }))
            }
            Kind::Withdraw => {
                let (request, said) = pending.iter().find_map(|request| {
                    let mut standing = request.standing();
                    let said = standing.find(|said| said.review.step == request.step);
                    said.map(|said| (request, said))
                })?;
                (said.review.reviewer.to_string(), json!({ "withdrawReview": { "requestId": request.id } }))
            }
            Kind::Edit => {
                let request = request?;
                let duration = ["PT10M", "PT30M", "PT90M"][usize::from(self.choice % 3)];
                let edit = json!({
                    "requestId": request.id, "duration": duration, "note": self.said("shortens"), "contentHash": request.content_hash,
                });
                (self.approver(state, request, now), json!({ "editDuration": edit }))
            }
            Kind::Amend => {
                let request = request?;
                let amendment = json!({ "requestId": request.id, "draft": self.draft(now) });
                (request.content.requester.to_string(), json!({ "amendRequest": amendment }))
            }
            Kind::Cancel => {
                let request = request?;
                let actor = if self.once_in(2) { admin } else { request.content.requester.to_string() };
                (
                    actor,
                    json!({ "cancelRequest": { "requestId": request.id, "reason": self.said("cancels") } }),
                )
            }
            Kind::BreakGlass => {
                let mut input = json!({ "justification": self.said("breaks the glass") });
                if let Some(request) = request.filter(|_| self.once_in(2)) {
                    input["requestId"] = json!(request.id);
                    let requester = &request.content.requester;
                    return Some((requester.to_string(), json!({ "breakGlass": input })));
                }
                let mut draft = self.draft(now);
                draft.as_object_mut()?.remove("startsAt");
                input["draft"] = draft;
                (person(), json!({ "breakGlass": input }))
            }
            Kind::Acknowledge => {
                let is_waiting = |given: &Given<'_>| {
                    let glass = history.request(&given.request_id).request.break_glass.as_ref();
                    glass.is_some_and(|glass| glass.acknowledgement.is_none())
                };
                let waiting: Vec<_> = history.grants().filter(is_waiting).collect();
                let given = self.chosen(&waiting)?;
                (person(), json!({ "acknowledgeBreakGlass": { "requestId": given.request_id } }))
            }
            Kind::Revoke => {
                // What ends with a grant is the renewal that carries it on: rather those that have one.
                let renewed = open.iter().find_map(|given| given.renews.as_ref());
                let grant = renewed.filter(|_| self.once_in(2)).unwrap_or(&self.chosen(&open)?.id);
                let revocation = json!({ "grantId": grant, "reason": self.said("revokes") });
                (if self.once_in(3) { person() } else { admin }, json!({ "revokeGrant": revocation }))
            }
            Kind::Release => {
                let grant = self.chosen(&open)?;
                (grant.holder.to_string(), json!({ "releaseGrant": { "grantId": grant.id } }))
            }
            Kind::Disable => {
                let mut reviews = pending.iter().flat_map(|request| request.standing());
                let voice = reviews.find(|said| said.review.on_behalf_of.is_some()).map(Said::voice);
                let id = voice.filter(|_| self.once_in(3)).map_or(self.person(), SubjectId::as_str);
                let is_disabled = state.people.is_active(&SubjectId::try_from(id).unwrap());
                let manager = PEOPLE[usize::from(self.pick) % PEOPLE.len()];
                let mut changes = vec![json!({ "upsertSubject": subject(id, is_disabled, Some(manager)) })];
                if self.once_in(4) {
                    changes.insert(0, json!({ "removeSubject": id }));
                }
                if self.once_in(3) {
                    // Enabling restores nothing, not even what ended a moment ago.
                    changes.push(json!({ "upsertSubject": subject(id, false, Some(manager)) }));
                }
                (admin, json!({ "syncDirectory": { "changes": changes } }))
            }
            Kind::Group => {
                let ids: Vec<&str> = (0_u32..)
                    .zip(PEOPLE)
                    .filter(|(bit, _)| (u32::from(self.choice) >> bit) & 1 == 1)
                    .map(|(_, id)| id)
                    .collect();
                let id = GROUPS[usize::from(self.pick) % 2];
                let mut members = members(&ids);
                if id == "ops" && self.once_in(5) {
                    members.push(json!({ "group": "security" }));
                }
                let mut changes = vec![json!({ "upsertGroup": group(id, &members) })];
                if self.once_in(6) {
                    changes.insert(0, json!({ "removeGroup": id }));
                }
                (admin, json!({ "syncDirectory": { "changes": changes } }))
            }
            Kind::Manager => {
                let id = self.person();
                let is_disabled = !state.people.is_active(&SubjectId::try_from(id).unwrap());
                let manager = PEOPLE[usize::from(self.pick) % PEOPLE.len()];
                let change = json!({ "upsertSubject": subject(id, is_disabled, Some(manager)) });
                (admin, json!({ "syncDirectory": { "changes": [change] } }))
            }
            Kind::Members => {
                let ids = [self.person(), PEOPLE[usize::from(self.pick) % PEOPLE.len()]];
                let change =
                    json!({ "groupId": GROUPS[usize::from(self.choice % 2)], "members": members(&ids) });
                let kind = if self.once_in(3) { "removeMembers" } else { "addMembers" };
                (admin, json!({ "syncDirectory": { "changes": [{ kind: change }] } }))
            }
            Kind::Person => {
                let id = self.person();
                let is_disabled = !state.people.is_active(&SubjectId::try_from(id).unwrap());
                let mut changed = subject(id, is_disabled, None);
                if !self.once_in(3) {
                    changed["person"] = json!(PEOPLE[usize::from(self.pick) % PEOPLE.len()]);
                }
                (admin, json!({ "syncDirectory": { "changes": [{ "upsertSubject": changed }] } }))
            }
            Kind::UpdatePolicy => (admin, json!({ "updatePolicy": self.update(&self.policy(state)?.id) })),
            Kind::DeletePolicy => {
                let grants = if self.once_in(2) { "keep" } else { "revoke" };
                (
                    admin,
                    json!({ "deletePolicy": { "policyId": self.policy(state)?.id, "liveGrants": grants } }),
                )
            }
            Kind::CreatePolicy => {
                let group = GROUPS[usize::from(self.who) % 2];
                let environment = ["production", "*", "staging"][usize::from(self.choice % 3)];
                let policy = json!({
                    "name": "A later policy",
                    "targets": { "environments": [environment], "paths": ENTRIES[usize::from(self.pick) % ENTRIES.len()] },
                    "actions": if self.once_in(2) { json!("all") } else { json!(["write"]) },
                    "steps": [{ "quorums": [{ "approvers": [{ "group": group }], "required": 1 }] }],
                });
                (admin, json!({ "createPolicy": policy }))
            }
            Kind::Administrators => (
                admin,
                json!({ "setAdministrators": { "administrators": [{ "subject": "ada" }, { "subject": self.person() }] } }),
            ),
            Kind::CreatePermission => (admin, json!({ "createPermission": self.permission() })),
            Kind::ChangePermission => {
                (admin, json!({ "updatePermission": self.change(self.standing(state)?) }))
            }
            Kind::DeletePermission => {
                (admin, json!({ "deletePermission": { "permissionId": self.standing(state)? } }))
            }
            Kind::Delegate => {
                let delegate = PEOPLE[usize::from(self.pick) % PEOPLE.len()];
                let starts_at = now.plus(Seconds::minutes((self.choice % 40).into()));
                let mut delegation = json!({ "delegate": { "subject": delegate }, "duration": if self.once_in(3) { "PT1H" } else { "PT6H" } });
                if self.once_in(3) {
                    delegation["startsAt"] = json!(starts_at);
                }
                let delegator = request.map(|request| self.approver(state, request, now));
                (delegator.unwrap_or_else(person), json!({ "createDelegation": delegation }))
            }
            Kind::EndDelegation => {
                let delegation = self.delegation(state)?;
                let end = json!({ "endDelegation": { "delegationId": delegation.id } });
                (delegation.delegator.to_string(), end)
            }
            Kind::ReviewForAnother => {
                let request = request?;
                let (delegate, delegator) = self.deputy(state, request, now)?;
                let mut command = json!({ "requestId": request.id, "onBehalfOf": { "subject": delegator } });
                if !self.once_in(17) {
                    command["contentHash"] = json!(request.content_hash);
                }
                if self.once_in(5) {
                    command["duration"] = json!("PT15M");
                    command["note"] = json!("less");
                    return Some((delegate, json!({ "editDuration": command })));
                }
                command["verdict"] = json!(if self.once_in(7) { "reject" } else { "approve" });
                (delegate, json!({ "reviewRequest": command }))
            }
            Kind::Renew => {
                let grant = self.chosen(&open)?;
                let mut draft = json!({
                    "target": grant.target, "actions": grant.actions, "duration": "PT45M", "renews": grant.id,
                });
                if let Some(ends_at) = grant.ends_at.filter(|_| self.once_in(3)) {
                    draft["until"] = json!(ends_at.plus(Seconds::minutes(30)));
                }
                (grant.holder.to_string(), json!({ "requestAccess": draft }))
            }
            Kind::CancelBundle => {
                let request = pending.iter().find(|request| request.bundle_id.is_some())?;
                let actor = if self.once_in(3) { admin } else { request.content.requester.to_string() };
                let cancel = json!({ "bundleId": request.bundle_id, "reason": "off" });
                (actor, json!({ "cancelBundle": cancel }))
            }
            Kind::Bundle => {
                let other = Self { pick: self.pick.wrapping_add(3), ..self.clone() };
                (person(), json!({ "requestBundle": { "items": [self.draft(now), other.draft(now)] } }))
            }
        })
    }

    fn policy<'a>(&self, state: &'a State) -> Option<&'a Ruled> {
        let mut live: Vec<_> = state.live_policies().collect();
        live.sort_by_key(|policy| &policy.id);
        self.chosen(&live).copied()
    }

    /// The id of a standing permission.
    fn standing<'a>(&self, state: &'a State) -> Option<&'a PermissionId> {
        let mut ids: Vec<_> = state.permissions.iter().map(|known| &known.permission.id).collect();
        ids.sort();
        self.chosen(&ids).copied()
    }

    /// A delegation that nobody has ended, begun or not.
    fn delegation<'a>(&self, state: &'a State) -> Option<&'a Delegation> {
        let open: Vec<_> = state.delegations.iter().filter(|delegation| delegation.end.is_none()).collect();
        self.chosen(&open).copied()
    }

    /// Mostly somebody who can review in another's place, sometimes any two that a delegation is between.
    fn deputy(&self, state: &State, request: Asked<'_>, at: Timestamp) -> Option<(String, String)> {
        let seen = ticked(state, at);
        let can = can_stand_in(&seen, seen.request(&request.id)?, at);
        if let Some((delegate, delegator)) = self.chosen(&can).filter(|_| !self.once_in(4)) {
            return Some((delegate.to_string(), delegator.to_string()));
        }
        let delegation = self.delegation(state)?;
        Some((delegation.delegate.to_string(), delegation.delegator.to_string()))
    }

    /// Mostly somebody who can approve, sometimes who has had a part in a review before, or anybody.
    fn approver(&self, state: &State, request: Asked<'_>, at: Timestamp) -> String {
        let seen = ticked(state, at);
        let can = seen.request(&request.id).map_or_else(Vec::new, |request| can_approve(&seen, request));
        let before: Vec<_> = request.standing().flat_map(Said::accounts).collect();
        let able = can.get(usize::from(self.who) % can.len().max(1));
        match (able, self.chosen(&before)) {
            (_, Some(person)) if self.once_in(4) => person.to_string(),
            (Some(person), _) if !self.once_in(5) => person.to_string(),
            _ => self.person().to_owned(),
        }
    }
}

/// What is due by then has been done.
fn ticked(state: &State, at: Timestamp) -> State {
    let mut state = state.clone();
    tick(&mut state, at);
    state
}
