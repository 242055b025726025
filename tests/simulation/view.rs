//! How things stand after a commit, as somebody would see it who hears of every command, knows who sent it, and can count.
//! What may be, it tells from the commands; of the record's events it takes what only they can say: the ids, what a policy
//! says after a change, and how something ended.

use std::collections::{BTreeMap, BTreeSet};

use access_engine::commands::{Command, ReviewRequest};
use access_engine::events::AccessEvent;
use access_engine::grants::Grant;
use access_engine::people::{Actor, Principal};
use access_engine::policies::{Approver, Policy, PolicyTerms, Quorum, Required, Step};
use access_engine::record::Commit;
use access_engine::requests::{GrantOrigin, RequestContent, Verdict};
use access_engine::values::{
    AccessDuration, DelegationId, GrantId, PolicyId, RequestId, RequestStatus, SubjectId, Timestamp,
};

use super::directory::{Directory, Who};

/// A policy as it was stated.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    pub(crate) terms: PolicyTerms,
    /// The commits that named its approvers, and those who may break the glass.
    steps_in: u64,
    glass_in: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) requester: Who,
    policy: (PolicyId, u32),
    pub(crate) hash: String,
    /// For how long at the most, by now.
    duration: AccessDuration,
    until: Option<Timestamp>,
    pub(crate) stated_at: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) status: RequestStatus,
    said: Vec<Said>,
    /// What was governed by others when it was asked for.
    left_out: BTreeSet<String>,
}

/// An approval.
#[derive(Clone, Debug)]
struct Said {
    step: usize,
    by: Who,
    /// In whose place.
    voice: Who,
}

#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) request: RequestId,
    pub(crate) holder: Who,
    pub(crate) path: String,
    policy: (PolicyId, u32),
    left_out: BTreeSet<String>,
    pub(crate) is_broken: bool,
    pub(crate) is_acknowledged: bool,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Option<Timestamp>,
    pub(crate) ended_at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
struct Deputed {
    from: Who,
    to: Who,
    starts_at: Timestamp,
    ends_at: Timestamp,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) version: u64,
    pub(crate) hash: String,
    pub(crate) at: Option<Timestamp>,
    pub(crate) directory: Directory,
    policies: BTreeMap<(PolicyId, u32), Stated>,
    live: BTreeMap<PolicyId, u32>,
    pub(crate) requests: BTreeMap<RequestId, Asked>,
    pub(crate) grants: BTreeMap<GrantId, Given>,
    deputies: BTreeMap<DelegationId, Deputed>,
    /// The last commit that erased something, keys with it.
    pub(crate) erased_in: u64,
    /// Of which grants it was said that they are about to end.
    pub(crate) warned: BTreeSet<GrantId>,
}

impl Given {
    pub(crate) fn is_live(&self, at: Timestamp) -> bool {
        self.starts_at <= at && self.is_to_come(at)
    }

    pub(crate) fn is_to_come(&self, at: Timestamp) -> bool {
        self.ended_at.is_none() && self.ends_at.is_none_or(|end| at < end)
    }
}

/// What is asked of it.
impl View {
    /// The grants by which somebody may go there.
    pub(crate) fn opening(&self, id: &SubjectId, path: &str, at: Timestamp) -> Vec<&GrantId> {
        let at = self.at.map_or(at, |last| last.max(at));
        let Some(account) = self.directory.active(id) else { return Vec::new() };
        let opens = |given: &Given| {
            given.holder == account.who
                && given.is_live(at)
                && is_under(path, &given.path)
                && self.governs(given, path)
        };
        self.grants.iter().filter(|(_, given)| opens(given)).map(|(id, _)| id).collect()
    }

    /// Whether somebody has a grant for that which a later policy keeps closed.
    pub(crate) fn is_narrowed(&self, id: &SubjectId, path: &str, at: Timestamp) -> bool {
        let is_kept = |given: &Given| {
            given.holder.0 == *id
                && given.is_live(at)
                && is_under(path, &given.path)
                && !given.left_out.iter().any(|other| is_under(path, other))
                && !self.governs(given, path)
        };
        self.grants.values().any(is_kept)
    }

    /// Whether nothing there is another policy's affair, now or when the grant was asked for.
    fn governs(&self, given: &Given, path: &str) -> bool {
        let own = self.policies.get(&given.policy).map_or(0, |stated| depth(&root(&stated.terms)));
        let mut others = self.live.iter().filter(|(id, _)| **id != given.policy.0);
        let is_elsewhere = others.any(|(id, version)| {
            let other = root(&self.policies[&(id.clone(), *version)].terms);
            is_under(path, &other) && depth(&other) > own
        });
        !is_elsewhere && !given.left_out.iter().any(|other| is_under(path, other))
    }

    fn terms(&self, asked: &Asked) -> &Stated {
        &self.policies[&asked.policy]
    }

    /// Whether somebody may approve a step in the place of `voice`, who may be himself.
    fn may(&self, asked: &Asked, step: usize, by: &Who, voice: &Who) -> bool {
        let Some(at) = self.at else { return false };
        let stated = self.terms(asked);
        let is_own = |who: &Who| self.directory.person(who) == self.directory.person(&asked.requester);
        let is_deputed =
            |it: &Deputed| it.from == *voice && it.to == *by && it.starts_at <= at && at < it.ends_at;
        let is_honest = if by == voice {
            stated.terms.self_approval || !is_own(by)
        } else {
            self.deputies.values().any(is_deputed) && !is_own(by) && !is_own(voice)
        };
        is_honest
            && self.directory.is_active(by)
            && self.directory.is_active(voice)
            && self.is_named(asked, step, voice)
    }

    fn is_named(&self, asked: &Asked, step: usize, who: &Who) -> bool {
        let step = &self.terms(asked).terms.steps[step - 1];
        step.all_quorums().any(|quorum| self.is_meant(asked, step, quorum, who))
    }

    fn is_meant(&self, asked: &Asked, step: &Step, quorum: &Quorum, who: &Who) -> bool {
        let called = step.escalate.iter().filter(|it| self.at >= Some(asked.stated_at.plus(it.after)));
        let mut entries = quorum.approvers.iter().chain(called.flat_map(|it| it.approvers.iter()));
        let stated = self.terms(asked).steps_in;
        entries.any(|entry| self.directory.means(entry, stated, who, &asked.requester))
    }

    /// Whether somebody may say something of a request now, for himself or for another.
    pub(crate) fn may_review(&self, asked: &Asked, step: u32, id: &SubjectId) -> bool {
        let Some(account) = self.directory.active(id) else { return false };
        let may = |voice: &Who| self.may(asked, step as usize, &account.who, voice);
        may(&account.who) || self.deputies.values().any(|deputed| may(&deputed.from))
    }

    fn is_met(&self, asked: &Asked, number: usize) -> bool {
        let step = &self.terms(asked).terms.steps[number - 1];
        step.all_quorums().all(|quorum| {
            let meant = asked.said.iter().filter(|said| said.step == number);
            let meant = meant.filter(|said| self.is_meant(asked, step, quorum, &said.voice));
            let persons: BTreeSet<_> = meant.map(|said| self.directory.person(&said.voice)).collect();
            match quorum.required {
                Required::Count(count) => persons.len() >= count as usize,
                Required::All => !persons.is_empty(),
            }
        })
    }

    /// Why the approvals that a request has do not let its requester in.
    pub(crate) fn missing(&self, id: &RequestId) -> Result<(), String> {
        let asked = self.requests.get(id).ok_or("nobody asked for it")?;
        let steps = 1..=self.terms(asked).terms.steps.len();
        if let Some(step) = steps.clone().find(|step| !self.is_met(asked, *step)) {
            return Err(format!("step {step} has too few approvals by those who may: {:?}", asked.said));
        }
        let persons = |step| {
            let said = asked.said.iter().filter(move |said| said.step == step);
            said.flat_map(|said| [&said.by, &said.voice])
                .map(|who| self.directory.person(who))
                .collect::<BTreeSet<_>>()
        };
        let own = self.directory.person(&asked.requester);
        if steps.clone().all(|step| persons(step).iter().all(|person| *person == own)) {
            return Err("nobody but the requester has approved".to_owned());
        }
        let is_twice = |step| (1..step).any(|before| !persons(before).is_disjoint(&persons(step)));
        if self.terms(asked).terms.distinct_approvers && steps.into_iter().any(is_twice) {
            return Err(format!("somebody approved two steps: {:?}", asked.said));
        }
        Ok(())
    }

    /// Why somebody may not break the glass for so long.
    pub(crate) fn unbroken(&self, given: &Given) -> Result<(), String> {
        let stated = &self.policies[&given.policy];
        let glass = stated.terms.break_glass.as_ref().ok_or("it has no glass to break")?;
        let is_one = |it: &Principal| {
            let entry = match it {
                Principal::Subject(id) => Approver::Subject(id.clone()),
                Principal::Group(id) => Approver::Group(id.clone()),
            };
            self.directory.means(&entry, stated.glass_in, &given.holder, &given.holder)
        };
        if !glass.bypassers.iter().any(is_one) {
            return Err("its holder may not".to_owned());
        }
        let is_too_long =
            given.ends_at.is_none_or(|end| end > given.starts_at.plus(stated.terms.break_glass_cap()));
        if is_too_long { Err("it lasts too long".to_owned()) } else { Ok(()) }
    }

    /// Whether a grant ends when what was asked for, and shortened since, does.
    pub(crate) fn ends_in_time(&self, given: &Given) -> bool {
        let asked = &self.requests[&given.request];
        let by_length = match asked.duration {
            AccessDuration::Temporary(length) => Some(given.starts_at.plus(length)),
            AccessDuration::Permanent => None,
        };
        let last = by_length.into_iter().chain(asked.until).min();
        last.is_none_or(|last| given.ends_at.is_some_and(|end| end <= last))
    }

    /// Whether somebody may review some step, or another whom he stands in for.
    pub(crate) fn is_approver(&self, asked: &Asked, id: &SubjectId) -> bool {
        let Some(account) = self.directory.active(id) else { return false };
        let steps = 1..=self.terms(asked).terms.steps.len();
        let is_named = |who: &Who| steps.clone().any(|step| self.is_named(asked, step, who));
        let mut deputed = self.deputies.values().filter(|deputed| deputed.to == account.who);
        is_named(&account.who) || deputed.any(|deputed| is_named(&deputed.from))
    }

    /// The same, of the policy that a grant is under.
    pub(crate) fn is_approver_of(&self, given: &Given, id: &SubjectId) -> bool {
        let asked = self.requests[&given.request].clone();
        self.is_approver(&Asked { policy: given.policy.clone(), ..asked }, id)
    }

    pub(crate) fn is_deputy(&self, id: &SubjectId) -> bool {
        self.deputies.values().any(|it| it.to.0 == *id)
    }
}

/// What goes on.
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
        if let (Some(Command::WithdrawReview(taken)), Some(id)) = (command, commit.actor.subject()) {
            if let Some(asked) = self.requests.get_mut(&taken.request_id) {
                let last = asked.said.iter().map(|said| said.step).max();
                asked.said.retain(|said| said.by.0 != *id || Some(said.step) != last);
            }
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
            AccessEvent::GrantCreated(event) => self.give(&event.grant),
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

/// What a policy of this world is for: one folder with all below.
fn root(terms: &PolicyTerms) -> String {
    terms.targets.entries().next().map(|entry| entry.path.as_str().to_owned()).unwrap_or_default()
}

fn depth(path: &str) -> usize {
    path.matches('/').count()
}

/// Whether a path is that of a pattern, or below it.
pub(crate) fn is_under(path: &str, pattern: &str) -> bool {
    match pattern.strip_suffix("/**") {
        Some(folder) => {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        None => path == pattern,
    }
}
