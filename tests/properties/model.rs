//! A plain model of what the record says: folded from events, slow, and apart from the code that decides.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use access_engine::model::*;

/// Everything that may be asked about: resources of two environments, two actions.
pub(crate) const ENVIRONMENTS: [&str; 2] = ["production", "staging"];
pub(crate) const PATHS: [&str; 7] =
    ["/app", "/app/db", "/app/db/key", "/app/web", "/orders", "/orders/db", "/orders/db/x"];
pub(crate) const ACTIONS: [&str; 2] = ["read", "write"];

/// One thing to do to one resource.
pub(crate) type Deed = (&'static str, &'static str, &'static str);

pub(crate) fn deeds() -> impl Iterator<Item = Deed> {
    ENVIRONMENTS.into_iter().flat_map(|environment| {
        PATHS
            .into_iter()
            .flat_map(move |path| ACTIONS.into_iter().map(move |action| (environment, path, action)))
    })
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) subjects: BTreeMap<SubjectId, Subject>,
    pub(crate) groups: BTreeMap<GroupId, Vec<Principal>>,
    pub(crate) administrators: BTreeSet<SubjectId>,
    pub(crate) policies: BTreeMap<PolicyId, History>,
    pub(crate) requests: Vec<Asked>,
    pub(crate) grants: Vec<Given>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) versions: Vec<PolicyTerms>,
    pub(crate) is_live: bool,
}

/// A request, as its events tell it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) id: RequestId,
    pub(crate) content: RequestContent,
    pub(crate) hash: String,
    pub(crate) expires_at: Timestamp,
    pub(crate) duration: AccessDuration,
    pub(crate) step: u32,
    pub(crate) reviews: Vec<(Review, bool)>,
    /// The steps completed since they were last opened.
    pub(crate) completed: BTreeSet<u32>,
    /// What ended it, in order: there should be at most one.
    pub(crate) endings: Vec<(RequestStatus, Option<Closing>, Timestamp)>,
    /// What its policy governed when it was made.
    pub(crate) governed: BTreeSet<Deed>,
    pub(crate) is_acknowledged: bool,
}

/// A grant, as its events tell it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) grant: Grant,
    /// What it may open at most.
    pub(crate) most: BTreeSet<Deed>,
    /// Whether it opens all of that where no later policy governs.
    pub(crate) is_exact: bool,
    pub(crate) ends: Vec<GrantEnd>,
}

impl Asked {
    pub(crate) fn is_pending(&self) -> bool {
        self.endings.is_empty()
    }

    /// The authors of the approvals of a step that stand.
    pub(crate) fn approvers(&self, step: u32) -> BTreeSet<&SubjectId> {
        self.approvals().filter(|review| review.step == step).map(|review| &review.reviewer).collect()
    }

    pub(crate) fn approvals(&self) -> impl Iterator<Item = &Review> {
        let standing = self.reviews.iter().filter(|(_, stands)| *stands).map(|(review, _)| review);
        standing.filter(|review| review.verdict == Verdict::Approve)
    }
}

impl Given {
    pub(crate) fn is_live(&self, at: Timestamp) -> bool {
        self.ends.is_empty() && self.grant.starts_at <= at && self.grant.ends_at.is_none_or(|end| at < end)
    }
}

impl Model {
    /// Carries one event in. What no engine should do comes back as a complaint.
    pub(crate) fn fold(&mut self, event: &AccessEvent, at: Timestamp) -> Vec<String> {
        match event {
            AccessEvent::ProjectCreated(event) => {
                for subject in &event.administrators {
                    self.administrators.insert(subject.id.clone());
                    self.subjects.insert(subject.id.clone(), subject.clone());
                }
            }
            AccessEvent::SubjectUpserted(event) => {
                self.subjects.insert(event.subject.id.clone(), event.subject.clone());
            }
            AccessEvent::SubjectRemoved(event) => {
                let gone = Principal::Subject { id: event.subject_id.clone() };
                self.groups.values_mut().for_each(|members| members.retain(|member| *member != gone));
                self.administrators.remove(&event.subject_id);
                self.subjects.get_mut(&event.subject_id).unwrap().disabled = true;
            }
            AccessEvent::GroupUpserted(event) => {
                self.groups.insert(event.group.id.clone(), event.group.members.clone());
            }
            AccessEvent::GroupRemoved(event) => {
                let gone = Principal::Group { id: event.group_id.clone() };
                self.groups.values_mut().for_each(|members| members.retain(|member| *member != gone));
                self.groups.remove(&event.group_id);
            }
            AccessEvent::AdministratorsSet(event) => {
                self.administrators = event.administrators.iter().cloned().collect();
            }
            AccessEvent::PolicyCreated(event) => self.save(&event.policy),
            AccessEvent::PolicyUpdated(event) => self.save(&event.policy),
            AccessEvent::PolicyDeleted(event) => {
                self.policies.get_mut(&event.policy_id).unwrap().is_live = false;
            }
            AccessEvent::RequestMade(event) => {
                let governed = self.governed(&event.content);
                self.requests.push(Asked {
                    id: event.request_id.clone(),
                    duration: event.content.duration,
                    content: event.content.clone(),
                    hash: event.content_hash.clone(),
                    expires_at: event.expires_at,
                    step: 1,
                    reviews: Vec::new(),
                    completed: BTreeSet::new(),
                    endings: Vec::new(),
                    governed,
                    is_acknowledged: false,
                });
            }
            AccessEvent::GrantCreated(event) => self.give(event),
            AccessEvent::GrantEndingSoon(_)
            | AccessEvent::DelegationCreated(_)
            | AccessEvent::DelegationStarted(_)
            | AccessEvent::DelegationEnded(_)
            | AccessEvent::PermissionCreated(_)
            | AccessEvent::PermissionUpdated(_)
            | AccessEvent::PermissionDeleted(_) => {}
            AccessEvent::GrantEnded(event) => {
                let given = self.grants.iter_mut().find(|given| given.grant.id == event.grant_id).unwrap();
                given.ends.push(event.end.clone());
            }
            event => return self.fold_into_request(event, at),
        }
        Vec::new()
    }

    fn fold_into_request(&mut self, event: &AccessEvent, at: Timestamp) -> Vec<String> {
        let id = event.request_id().unwrap().clone();
        let governed = match event {
            AccessEvent::RequestAmended(event) => self.governed(&event.content),
            _ => BTreeSet::new(),
        };
        let request = self.requests.iter_mut().find(|request| request.id == id).unwrap();
        let is_after = matches!(event, AccessEvent::BreakGlassAcknowledged(_));
        let mut complaints = Vec::new();
        if !request.is_pending() && !is_after {
            complaints.push(format!("{id} has ended, and yet: {event:?}"));
        }
        let mut end =
            |status, closing: Option<&Closing>, at| request.endings.push((status, closing.cloned(), at));
        match event {
            AccessEvent::RequestApproved(event) => end(RequestStatus::Approved, Some(&event.closing), at),
            AccessEvent::RequestRejected(event) => end(RequestStatus::Rejected, Some(&event.closing), at),
            AccessEvent::RequestCancelled(event) => end(RequestStatus::Cancelled, Some(&event.closing), at),
            AccessEvent::RequestExpired(event) => end(RequestStatus::Expired, None, event.at),
            AccessEvent::RequestAmended(event) => {
                request.content = event.content.clone();
                request.duration = event.content.duration;
                request.hash.clone_from(&event.content_hash);
                request.expires_at = event.expires_at;
                request.completed.clear();
                request.reviews.iter_mut().for_each(|(_, stands)| *stands = false);
                request.governed = governed;
            }
            AccessEvent::StepOpened(event) => {
                if event.step > 1 && !request.completed.contains(&(event.step - 1)) {
                    complaints.push(format!(
                        "{id}: step {} opens before the one before it is complete",
                        event.step
                    ));
                }
                request.step = event.step;
                request.completed.retain(|step| *step < event.step);
            }
            AccessEvent::RequestReviewed(event) => {
                let new = &event.review;
                let is_same = |old: &Review| old.step == new.step && old.reviewer == new.reviewer;
                request
                    .reviews
                    .iter_mut()
                    .filter(|(old, _)| is_same(old))
                    .for_each(|(_, stands)| *stands = false);
                request.reviews.push((new.clone(), true));
            }
            AccessEvent::ReviewVoided(event) => {
                let is_meant = |old: &Review| old.step == event.step && old.reviewer == event.reviewer;
                let meant = request.reviews.iter_mut().filter(|(old, _)| is_meant(old));
                meant.for_each(|(_, stands)| *stands = false);
            }
            AccessEvent::StepCompleted(event) => drop(request.completed.insert(event.step)),
            AccessEvent::DurationEdited(event) => {
                if event.edit.before != request.duration || !is_shorter(event.edit.after, event.edit.before) {
                    complaints.push(format!("{id}: the edit does not shorten: {:?}", event.edit));
                }
                request.duration = event.edit.after;
            }
            AccessEvent::BreakGlassAcknowledged(_) => request.is_acknowledged = true,
            event => complaints.push(format!("nobody knows what to do with {event:?}")),
        }
        complaints
    }

    fn save(&mut self, policy: &Policy) {
        let history = self.policies.entry(policy.id.clone()).or_default();
        history.versions.push(policy.terms.clone());
        history.is_live = true;
    }

    fn give(&mut self, event: &GrantCreated) {
        let grant = &event.grant;
        let request = self.requests.iter().find(|request| request.id == grant.request_id).unwrap();
        let is_same_policy = (&grant.policy_id, grant.policy_version)
            == (&request.content.policy_id, request.content.policy_version);
        let mut most = request.governed.clone();
        if grant.origin == Origin::BreakGlass {
            let content = RequestContent { policy_id: grant.policy_id.clone(), ..request.content.clone() };
            let now = self.governed(&content);
            most = if is_same_policy { most.intersection(&now).copied().collect() } else { now };
        }
        self.grants.push(Given { grant: grant.clone(), most, is_exact: is_same_policy, ends: Vec::new() });
    }

    pub(crate) fn live_policies(&self) -> impl Iterator<Item = (&PolicyId, &PolicyTerms)> {
        let live = self.policies.iter().filter(|(_, history)| history.is_live);
        live.map(|(id, history)| (id, history.versions.last().unwrap()))
    }

    pub(crate) fn terms(&self, id: &PolicyId, version: u32) -> &PolicyTerms {
        &self.policies[id].versions[usize::try_from(version).unwrap() - 1]
    }

    /// What of a request's target its policy governs among the policies live now.
    fn governed(&self, content: &RequestContent) -> BTreeSet<Deed> {
        let asked = deeds().filter(|deed| is_for(&content.target, &content.actions, *deed));
        asked.filter(|deed| governing(self.live_policies(), *deed) == Some(&content.policy_id)).collect()
    }

    /// Whether a live grant of this holder must open this deed, may, or must not: at least, at most.
    pub(crate) fn opens(&self, holder: &SubjectId, deed: Deed, at: Timestamp) -> (bool, bool) {
        let is_active = self.is_active(holder);
        let live = self.grants.iter().filter(|given| given.grant.holder == *holder && given.is_live(at));
        let opening: Vec<&Given> = live.filter(|given| is_active && self.passes(given, deed)).collect();
        (opening.iter().any(|given| given.is_exact), !opening.is_empty())
    }

    fn passes(&self, given: &Given, deed: Deed) -> bool {
        let grant = &given.grant;
        let pinned = self.terms(&grant.policy_id, grant.policy_version);
        let others = self.live_policies().filter(|(id, _)| **id != grant.policy_id);
        // Below every id: a policy made since for the very same governs instead.
        let lowest = &PolicyId::try_from("!").unwrap();
        let candidates: Vec<_> = others.chain([(lowest, pinned)]).collect();
        given.most.contains(&deed) && governing(candidates.into_iter(), deed) == Some(lowest)
    }

    pub(crate) fn is_active(&self, id: &SubjectId) -> bool {
        self.subjects.get(id).is_some_and(|subject| !subject.disabled)
    }

    /// The active people that an approver stands for.
    fn people(&self, approver: &Approver, requester: &SubjectId) -> BTreeSet<&SubjectId> {
        match approver {
            Approver::Subject { id } => self.behind(&Principal::Subject { id: id.clone() }),
            Approver::Group { id } => self.behind(&Principal::Group { id: id.clone() }),
            Approver::Manager => {
                let manager = self.subjects[requester].manager.clone();
                manager.map_or_else(BTreeSet::new, |id| self.behind(&Principal::Subject { id }))
            }
        }
    }

    fn behind(&self, principal: &Principal) -> BTreeSet<&SubjectId> {
        match principal {
            Principal::Subject { id } => self
                .subjects
                .get_key_value(id)
                .filter(|_| self.is_active(id))
                .map(|(id, _)| id)
                .into_iter()
                .collect(),
            Principal::Group { id } => {
                self.groups.get(id).into_iter().flatten().flat_map(|member| self.behind(member)).collect()
            }
        }
    }

    /// Whose approval may count in a quorum of a step.
    fn counting(
        &self,
        request: &Asked,
        terms: &PolicyTerms,
        step: u32,
        quorum: &Quorum,
    ) -> BTreeSet<&SubjectId> {
        let requester = &request.content.requester;
        let mut people: BTreeSet<&SubjectId> =
            quorum.approvers.iter().flat_map(|approver| self.people(approver, requester)).collect();
        people.retain(|id| terms.self_approval || *id != requester);
        let earlier =
            |id: &SubjectId| request.approvals().any(|review| review.step < step && review.reviewer == *id);
        people.retain(|id| !terms.distinct_approvers || !earlier(id));
        people
    }

    /// Whose review of a step may count.
    pub(crate) fn eligible(&self, request: &Asked, terms: &PolicyTerms, step: u32) -> BTreeSet<&SubjectId> {
        let quorums = &terms.steps[usize::try_from(step).unwrap() - 1].quorums;
        quorums.iter().flat_map(|quorum| self.counting(request, terms, step, quorum)).collect()
    }

    /// Whether everybody whose approval of a step stands is eligible for it.
    pub(crate) fn are_eligible(&self, request: &Asked, terms: &PolicyTerms, step: u32) -> bool {
        request.approvers(step).is_subset(&self.eligible(request, terms, step))
    }

    /// Whether the standing approvals of a step meet its quorums.
    pub(crate) fn is_met(&self, request: &Asked, terms: &PolicyTerms, step: u32) -> bool {
        let quorums = &terms.steps[usize::try_from(step).unwrap() - 1].quorums;
        let approvers = request.approvers(step);
        let needs = quorums.iter().map(|quorum| {
            let counting = self.counting(request, terms, step, quorum);
            let slots = match quorum.required {
                Required::Count(count) => usize::try_from(count).unwrap(),
                Required::All => counting.len().max(1),
            };
            (slots, counting.intersection(&approvers).copied().collect::<BTreeSet<_>>())
        });
        let needs: Vec<_> = needs.collect();
        if terms.distinct_approvers {
            can_assign(&needs, &BTreeSet::new())
        } else {
            needs.iter().all(|(slots, people)| people.len() >= *slots)
        }
    }
}

/// Whether different people can be found for all slots, by trying.
fn can_assign(needs: &[(usize, BTreeSet<&SubjectId>)], taken: &BTreeSet<&SubjectId>) -> bool {
    let Some(((slots, people), rest)) = needs.split_first() else { return true };
    if *slots == 0 {
        return can_assign(rest, taken);
    }
    people.difference(taken).any(|person| {
        let mut taken = taken.clone();
        taken.insert(person);
        let mut left = vec![(slots - 1, people.clone())];
        left.extend_from_slice(rest);
        can_assign(&left, &taken)
    })
}

fn is_shorter(after: AccessDuration, before: AccessDuration) -> bool {
    match (after, before) {
        (AccessDuration::Temporary(_), AccessDuration::Permanent) => true,
        (AccessDuration::Temporary(after), AccessDuration::Temporary(before)) => after < before,
        (AccessDuration::Permanent, _) => false,
    }
}

/// Whether a target and actions are for a deed.
pub(crate) fn is_for(target: &Pattern, actions: &ActionList, (environment, path, action): Deed) -> bool {
    actions.as_slice().iter().any(|listed| listed.as_str() == action)
        && is_environment(target.environment.as_ref(), environment)
        && is_path(target.path.as_str(), path)
}

fn is_environment(pattern: Option<&EnvironmentPattern>, environment: &str) -> bool {
    pattern.is_some_and(|pattern| pattern.as_str() == "*" || pattern.as_str() == environment)
}

fn is_path(pattern: &str, path: &str) -> bool {
    fn segments(text: &str) -> Vec<&str> {
        text.split('/').filter(|segment| !segment.is_empty()).collect()
    }
    fn matches(pattern: &[&str], path: &[&str]) -> bool {
        match pattern.split_first() {
            None => path.is_empty(),
            Some((&"**", rest)) => (0..=path.len()).any(|skipped| matches(rest, &path[skipped..])),
            Some((segment, rest)) => {
                path.split_first().is_some_and(|(first, tail)| is_glob(segment, first) && matches(rest, tail))
            }
        }
    }
    matches(&segments(pattern), &segments(path))
}

fn is_glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|tail| {
            (0..=tail.len()).any(|at| tail.is_char_boundary(at) && is_glob(rest, &tail[at..]))
        }),
    }
}

/// Which policy governs a deed: the one with the most specific entry that matches.
fn governing<'a>(
    policies: impl Iterator<Item = (&'a PolicyId, &'a PolicyTerms)>,
    deed: Deed,
) -> Option<&'a PolicyId> {
    let (environment, path, action) = deed;
    let named = |terms: &PolicyTerms| match terms.actions.listed() {
        None => true,
        Some(listed) => listed.iter().any(|listed| listed.as_str() == action),
    };
    let ranked = policies.filter(|(_, terms)| named(terms)).flat_map(|(id, terms)| {
        let entries = terms.targets.entries().filter(move |entry| {
            is_environment(entry.environment, environment) && is_path(entry.path.as_str(), path)
        });
        let is_listed = terms.actions.listed().is_some();
        entries.map(move |entry| {
            let text = entry.path.as_str();
            let mut segments: Vec<u8> = text.split('/').skip(1).map(rank).collect();
            segments.resize(8, 2);
            let literal = text.chars().filter(|c| !"*/".contains(*c)).count();
            let is_named = entry.environment.is_none_or(|environment| environment.as_str() != "*");
            ((is_named, segments, is_listed, literal, Reverse(text)), id)
        })
    });
    ranked.max().map(|(_, id)| id)
}

fn rank(segment: &str) -> u8 {
    match segment {
        "**" => 0,
        segment if segment.contains('*') => 1,
        _ => 2,
    }
}
