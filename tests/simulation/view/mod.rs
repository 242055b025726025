//! How things stand after a commit, as somebody would see it who hears of every command, knows who sent it, and can count.
//! What may be, it tells from the commands; of the record's events it takes what only they can say: the ids, what a policy
//! says after a change, and how something ended.

mod approval;
mod happening;

use std::collections::{BTreeMap, BTreeSet};

use access_engine::policies::PolicyTerms;
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
            is_under(path, &other) && depth(&other) >= own
        });
        !is_elsewhere && !given.left_out.iter().any(|other| is_under(path, other))
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
