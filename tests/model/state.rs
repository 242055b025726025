//! What the commands so far have led to: plain lists, looked through from front to back.

use std::collections::BTreeMap;
use std::ops::Deref;

use access_engine::commands::Command;
use access_engine::delegations::Delegation;
use access_engine::grants::Grant;
use access_engine::people::{Actor, Principal};
use access_engine::permissions::Permission;
use access_engine::policies::{PolicyTerms, Stated};
use access_engine::requests::AccessRequest;
use access_engine::values::{
    BundleId, DelegationId, GrantId, IdempotencyKey, PermissionId, PolicyId, RequestId, RequestStatus,
    Seconds, SubjectId, Timestamp,
};

use super::erasure::Whose;
use super::people::People;
use super::resources::{Area, Entry, entries};

/// The code of a refusal.
pub(crate) type Code = &'static str;

/// A command as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) actor: Actor,
    /// Absent: time passes, and that is all.
    pub(crate) command: Option<Command>,
    pub(crate) key: Option<IdempotencyKey>,
    pub(crate) now: Timestamp,
    /// The content hashes that came of it. There are salts in them: they are taken as they are.
    pub(crate) hashes: BTreeMap<RequestId, String>,
}

/// What a command made.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Made {
    pub(crate) version: u64,
    pub(crate) at: Option<Timestamp>,
    pub(crate) policy: Option<PolicyId>,
    pub(crate) request: Option<RequestId>,
    pub(crate) bundle: Option<BundleId>,
    pub(crate) grant: Option<GrantId>,
    pub(crate) delegation: Option<DelegationId>,
    pub(crate) permission: Option<PermissionId>,
    pub(crate) shortened_to: Option<Seconds>,
}

/// Somebody who is told something: its kind, who, about which request.
pub(crate) type Told = (&'static str, SubjectId, Option<RequestId>);

/// What came of a command: its answer, and who is told of it and of what was due before it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) answer: Result<Made, Code>,
    pub(crate) told: Vec<Told>,
}

/// What a command is doing while it is carried out.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) actor: Actor,
    pub(crate) at: Timestamp,
    /// The version of its commit, of which ids are made.
    pub(crate) version: u64,
    pub(crate) has_changed: bool,
    /// How many policies, and how many requests it has made so far.
    pub(crate) counts: (usize, usize),
    pub(crate) made: Made,
    pub(crate) told: Vec<Told>,
    /// The hashes of what is asked for in it.
    pub(crate) hashes: BTreeMap<RequestId, String>,
}

impl Deed {
    /// The subject that sends it.
    pub(crate) fn by(&self) -> &SubjectId {
        self.actor.subject().expect("a subject sends it")
    }

    pub(crate) fn tell(&mut self, kind: &'static str, to: &SubjectId, request: Option<&RequestId>) {
        self.told.push((kind, to.clone(), request.cloned()));
    }
}

/// A policy in all its versions; the last is in force while it is live.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ruled {
    pub(crate) id: PolicyId,
    /// Those that something rests on, and the last.
    pub(crate) versions: Vec<Option<Terms>>,
    pub(crate) is_live: bool,
}

impl Ruled {
    /// The last version.
    pub(crate) fn current(&self) -> &Terms {
        self.versions.last().and_then(Option::as_ref).expect("there is one")
    }

    /// The number of the last version.
    pub(crate) fn version(&self) -> u32 {
        u32::try_from(self.versions.len()).expect("few")
    }
}

/// The terms of a policy with their entries, and in which commits their parts were stated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Terms {
    pub(crate) terms: PolicyTerms,
    pub(crate) stated: Stated,
    pub(crate) entries: Vec<Entry>,
}

impl Terms {
    pub(crate) fn new(terms: &PolicyTerms, stated: Stated) -> Self {
        Self { terms: terms.clone(), stated, entries: entries(&terms.targets, &terms.actions) }
    }
}

impl Deref for Terms {
    type Target = PolicyTerms;

    fn deref(&self) -> &PolicyTerms {
        &self.terms
    }
}

/// A request with what it leaves out: what others governed when it was asked, by the version that it pins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) request: AccessRequest,
    pub(crate) left_out: Area,
}

/// A grant with what it leaves out: what its request does, and of broken glass what others governed then as well.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Given {
    pub(crate) grant: Grant,
    pub(crate) left_out: Area,
}

/// A standing permission with all that it is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Permitted {
    pub(crate) permission: Permission,
    pub(crate) area: Area,
}

/// A command that was carried out under a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Keyed {
    pub(crate) actor: Actor,
    pub(crate) key: IdempotencyKey,
    pub(crate) command: Command,
    /// Of whom it says something.
    pub(crate) of: Vec<Whose>,
    pub(crate) made: Made,
}

/// A project.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State {
    pub(crate) is_made: bool,
    pub(crate) version: u64,
    pub(crate) last: Option<Timestamp>,
    pub(crate) people: People,
    pub(crate) policies: Vec<Ruled>,
    pub(crate) requests: Vec<Asked>,
    pub(crate) grants: Vec<Given>,
    pub(crate) delegations: Vec<Delegation>,
    /// The oldest first.
    pub(crate) permissions: Vec<Permitted>,
    /// Who asked or amended, when; of the removed nothing is left, here and in the next two.
    pub(crate) asked_at: Vec<(SubjectId, Timestamp)>,
    /// Who made a delegation, when.
    pub(crate) delegated_at: Vec<(SubjectId, Timestamp)>,
    /// Who broke the glass, when.
    pub(crate) broke_at: Vec<(SubjectId, Timestamp)>,
    pub(crate) keys: Vec<Keyed>,
    /// Who was erased, up to which commit.
    pub(crate) erased: Vec<(SubjectId, u64)>,
    /// Of whom something was archived since he was; sorted.
    pub(crate) archived_since: Vec<SubjectId>,
}

impl State {
    pub(crate) fn live_policies(&self) -> impl Iterator<Item = &Ruled> {
        self.policies.iter().filter(|policy| policy.is_live)
    }

    pub(crate) fn live(&self, id: &PolicyId) -> Option<&Ruled> {
        self.live_policies().find(|policy| policy.id == *id)
    }

    /// The entries of live policies, in the version in force.
    pub(crate) fn live_entries(&self) -> impl Iterator<Item = (&Ruled, &Entry)> {
        self.live_policies()
            .flat_map(|policy| policy.current().entries.iter().map(move |entry| (policy, entry)))
    }

    /// The policy in whatever version, live or not.
    pub(crate) fn policy_mut(&mut self, id: &PolicyId) -> &mut Ruled {
        self.policies.iter_mut().find(|policy| policy.id == *id).expect("it was found before")
    }

    pub(crate) fn terms(&self, id: &PolicyId, version: u32) -> &Terms {
        let policy = self.policies.iter().find(|policy| policy.id == *id);
        let version = policy.and_then(|policy| policy.versions[version as usize - 1].as_ref());
        version.expect("what something rests on is kept")
    }

    pub(crate) fn pending(&self) -> impl Iterator<Item = &AccessRequest> {
        let requests = self.requests.iter().map(|asked| &asked.request);
        requests.filter(|request| request.status == RequestStatus::Pending)
    }

    pub(crate) fn pending_ids(&self) -> Vec<RequestId> {
        self.pending().map(|request| request.id.clone()).collect()
    }

    pub(crate) fn asked(&self, id: &RequestId) -> &Asked {
        self.requests.iter().find(|asked| asked.request.id == *id).expect("it was found before")
    }

    pub(crate) fn request(&self, id: &RequestId) -> Option<&AccessRequest> {
        self.requests.iter().map(|asked| &asked.request).find(|request| request.id == *id)
    }

    pub(crate) fn asked_mut(&mut self, id: &RequestId) -> &mut Asked {
        self.requests.iter_mut().find(|asked| asked.request.id == *id).expect("it was found before")
    }

    pub(crate) fn request_mut(&mut self, id: &RequestId) -> &mut AccessRequest {
        &mut self.asked_mut(id).request
    }

    pub(crate) fn grant(&self, id: &GrantId) -> Option<&Grant> {
        self.grants.iter().map(|given| &given.grant).find(|grant| grant.id == *id)
    }

    pub(crate) fn grant_mut(&mut self, id: &GrantId) -> &mut Grant {
        let mut grants = self.grants.iter_mut().map(|given| &mut given.grant);
        grants.find(|grant| grant.id == *id).expect("it was found before")
    }

    pub(crate) fn delegation_mut(&mut self, id: &DelegationId) -> &mut Delegation {
        self.delegations.iter_mut().find(|delegation| delegation.id == *id).expect("it was found before")
    }

    /// The policy terms that a request was made under.
    pub(crate) fn pinned(&self, request: &AccessRequest) -> &Terms {
        self.terms(&request.content.policy_id, request.content.policy_version)
    }

    /// Counts nothing any more of what somebody did who is removed, and has asked him nothing.
    pub(crate) fn forget(&mut self, gone: &SubjectId) {
        for id in self.pending_ids() {
            self.request_mut(&id).asked.retain(|asked| asked != gone);
        }
        for done in [&mut self.asked_at, &mut self.delegated_at, &mut self.broke_at] {
            done.retain(|(by, _)| by != gone);
        }
    }
}

/// How often somebody did something since an instant, the instant not included.
pub(crate) fn count_since(done: &[(SubjectId, Timestamp)], by: &SubjectId, since: Timestamp) -> usize {
    done.iter().filter(|(who, at)| who == by && *at > since).count()
}

/// Whether somebody was there already when an id was made; whoever has taken over his own id since was not.
pub(crate) fn was_there(people: &People, subject: &SubjectId, made: &str) -> bool {
    people.is_since(&Principal::from(subject), commit_of(made))
}

/// The commit in which the engine made an id: `req_42_0` is of the 42nd.
pub(crate) fn commit_of(id: &str) -> u64 {
    let number = id.split('_').nth(1).and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("`{id}` names no commit"))
}
