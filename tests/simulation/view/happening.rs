//! What a commit makes of how things stand.

use std::collections::BTreeSet;

use access_engine::commands::{BreakGlass, BreakGlassFor, Command, ReviewRequest};
use access_engine::events::AccessEvent;
use access_engine::grants::Grant;
use access_engine::people::Actor;
use access_engine::policies::Policy;
use access_engine::record::Commit;
use access_engine::requests::{GrantOrigin, RequestContent, Verdict};
use access_engine::values::{AccessDuration, PolicyId, RequestId, RequestStatus, Timestamp};

use super::{Asked, Deputed, Given, Said, Stated, View, depth, is_under, root};

impl View {
    /// Takes in the next commit, with the command behind it, if it was one.
    pub(crate) fn tell(&mut self, commit: &Commit, command: Option<&Command>) {
        (self.version, self.at) = (commit.version, Some(commit.at));
        self.hash.clone_from(&commit.hash);
        if let Some(command) = command {
            self.directory.tell(command, commit.version);
        }
        for event in &commit.events {
            self.happen(event, commit, command);
        }
        if let (Some(Command::WithdrawReview(taken)), Some(id)) = (command, commit.actor.subject())
            && let Some(asked) = self.requests.get_mut(&taken.request_id)
        {
            let last = asked.said.iter().map(|said| said.step).max();
            asked.said.retain(|said| said.by.0 != *id || Some(said.step) != last);
        }
        self.forget_void();
    }

    /// An approval counts only while its author may give it, and those of a step while those before are enough.
    fn forget_void(&mut self) {
        let pending = self.requests.iter().filter(|(_, asked)| asked.status == RequestStatus::Pending);
        let standing = pending.map(|(id, asked)| (id.clone(), self.standing(asked))).collect::<Vec<_>>();
        for (id, said) in standing {
            self.requests.get_mut(&id).into_iter().for_each(|asked| asked.said.clone_from(&said));
        }
    }

    fn standing(&self, asked: &Asked) -> Vec<Said> {
        let mut said = asked.said.clone();
        said.retain(|it| self.may(asked, it.step, &it.by, &it.voice));
        let left = Asked { said, ..asked.clone() };
        let steps = self.terms(asked).terms.steps.len();
        let open = (1..=steps).find(|step| !self.is_met(&left, *step)).unwrap_or(steps);
        left.said.into_iter().filter(|it| it.step <= open).collect()
    }

    fn happen(&mut self, event: &AccessEvent, commit: &Commit, command: Option<&Command>) {
        match event {
            AccessEvent::PolicyCreated(event) => self.state(&event.policy, commit.version, command),
            AccessEvent::PolicyUpdated(event) => self.state(&event.policy, commit.version, command),
            AccessEvent::PolicyDeleted(event) => drop(self.live.remove(&event.policy_id)),
            AccessEvent::RequestMade(event) => {
                let asked = self.ask(&event.content, &event.content_hash, (event.at, event.expires_at), None);
                self.requests.insert(event.request_id.clone(), asked);
            }
            AccessEvent::RequestAmended(event) => {
                let times = (event.at, event.expires_at);
                let asked = self.ask(&event.content, &event.content_hash, times, event.duration);
                self.requests.insert(event.request_id.clone(), asked);
            }
            AccessEvent::RequestReviewed(event) => {
                // Only what its author was shown, and said himself, counts.
                if let Some(Command::ReviewRequest(said)) = command {
                    self.approve(said, event.review.step as usize, &commit.actor);
                }
            }
            AccessEvent::DurationEdited(event) => {
                if let (Some(Command::EditDuration(edit)), Some(asked)) =
                    (command, self.requests.get_mut(&event.request_id))
                {
                    asked.duration = AccessDuration::Temporary(edit.duration);
                }
            }
            AccessEvent::RequestApproved(event) => self.close(&event.request_id, RequestStatus::Approved),
            AccessEvent::RequestRejected(event) => self.close(&event.request_id, RequestStatus::Rejected),
            AccessEvent::RequestCancelled(event) => self.close(&event.request_id, RequestStatus::Cancelled),
            AccessEvent::RequestExpired(event) => self.close(&event.request_id, RequestStatus::Expired),
            AccessEvent::GrantCreated(event) => {
                if let Some(Command::BreakGlass(BreakGlass {
                    subject_matter: BreakGlassFor::Draft(draft),
                    ..
                })) = command
                {
                    // A draft takes the place of what its pending twin asked for.
                    let asked = self.requests.get_mut(&event.grant.request_id);
                    asked.into_iter().for_each(|asked| {
                        asked.duration = draft.duration.unwrap_or(AccessDuration::Permanent);
                        asked.until = draft.until;
                    });
                }
                self.give(&event.grant);
            }
            AccessEvent::SubjectErased(_) => self.erased_in = commit.version,
            AccessEvent::GrantEndingSoon(event) => drop(self.warned.insert(event.grant_id.clone())),
            AccessEvent::GrantEnded(event) => {
                if let Some(given) = self.grants.get_mut(&event.grant_id) {
                    given.ended_at = Some(event.end.at);
                }
            }
            AccessEvent::BreakGlassAcknowledged(event) => {
                let mut of = self.grants.values_mut().filter(|it| it.request == event.request_id);
                of.by_ref().for_each(|given| given.is_acknowledged = true);
            }
            AccessEvent::DelegationCreated(event) => {
                let it = &event.delegation;
                let both = self.directory.who(&it.delegator).zip(self.directory.who(&it.delegate));
                if let Some((from, to)) = both {
                    let (from, to) = (from.clone(), to.clone());
                    let deputed = Deputed { from, to, starts_at: it.starts_at, ends_at: it.ends_at };
                    self.deputies.insert(it.id.clone(), deputed);
                }
            }
            AccessEvent::DelegationEnded(event) => drop(self.deputies.remove(&event.delegation_id)),
            _ => {}
        }
    }

    fn state(&mut self, policy: &Policy, version: u64, command: Option<&Command>) {
        let before = self.live.get(&policy.id).and_then(|it| self.policies.get(&(policy.id.clone(), *it)));
        let said =
            command.map(|command| serde_json::json!(command)["updatePolicy"].clone()).unwrap_or_default();
        // What an update does not name anew stays as it was said.
        let said_in = |part: &str, before: Option<u64>| match before {
            Some(before) if said.get(part).is_none() => before,
            _ => version,
        };
        let stated = Stated {
            terms: policy.terms.clone(),
            steps_in: said_in("steps", before.map(|it| it.steps_in)),
            glass_in: said_in("breakGlass", before.map(|it| it.glass_in)),
        };
        self.policies.insert((policy.id.clone(), policy.version), stated);
        self.live.insert(policy.id.clone(), policy.version);
    }

    fn ask(
        &self,
        content: &RequestContent,
        hash: &str,
        (stated_at, expires_at): (Timestamp, Timestamp),
        duration: Option<AccessDuration>,
    ) -> Asked {
        let policy = (content.policy_id.clone(), content.policy_version);
        let path = content.target.path.as_str().to_owned();
        let nobody = (content.requester.clone(), u64::MAX);
        Asked {
            requester: self.directory.who(&content.requester).cloned().unwrap_or(nobody),
            left_out: self.governed_by_others(&policy.0, &path),
            policy,
            hash: hash.to_owned(),
            duration: duration.unwrap_or(content.duration),
            until: content.until,
            stated_at,
            expires_at,
            status: RequestStatus::Pending,
            said: Vec::new(),
        }
    }

    /// What lies deeper inside than the policy asked, and belongs to another.
    fn governed_by_others(&self, own: &PolicyId, path: &str) -> BTreeSet<String> {
        let roots =
            self.live.iter().map(|(id, version)| (id, root(&self.policies[&(id.clone(), *version)].terms)));
        let own_root = roots.clone().find(|(id, _)| *id == own).map(|(_, root)| root).unwrap_or_default();
        let others = roots.filter(|(id, other)| *id != own && depth(other) > depth(&own_root));
        others.map(|(_, other)| other).filter(|other| is_under(other.trim_end_matches("/**"), path)).collect()
    }

    fn approve(&mut self, said: &ReviewRequest, step: usize, actor: &Actor) {
        let by = actor.subject().and_then(|id| self.directory.who(id)).cloned();
        let voice = said.on_behalf_of.as_ref().map_or(by.clone(), |id| self.directory.who(id).cloned());
        let (Some(by), Some(voice), Some(asked)) = (by, voice, self.requests.get_mut(&said.request_id))
        else {
            return;
        };
        if said.verdict == Verdict::Approve && said.content_hash.as_deref() == Some(&asked.hash) {
            asked.said.push(Said { step, by, voice });
        }
    }

    fn close(&mut self, id: &RequestId, status: RequestStatus) {
        if let Some(asked) = self.requests.get_mut(id) {
            asked.status = status;
        }
    }

    fn give(&mut self, grant: &Grant) {
        let policy = (grant.policy_id.clone(), grant.policy_version);
        let is_broken = grant.origin == GrantOrigin::BreakGlass;
        let path = grant.target.path.as_str().to_owned();
        let asked = self.requests.get(&grant.request_id);
        let mut left_out = asked.map(|asked| asked.left_out.clone()).unwrap_or_default();
        if is_broken {
            left_out.extend(self.governed_by_others(&policy.0, &path));
        }
        let given = Given {
            request: grant.request_id.clone(),
            holder: self.directory.who(&grant.holder).cloned().unwrap_or((grant.holder.clone(), u64::MAX)),
            path,
            policy,
            left_out,
            is_broken,
            is_acknowledged: false,
            starts_at: grant.starts_at,
            ends_at: grant.ends_at,
            ended_at: None,
        };
        self.grants.insert(grant.id.clone(), given);
    }
}
