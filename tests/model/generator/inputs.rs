//! What commands carry: terms of policies, drafts; mostly sensible, now and then at fault.

use access_engine::commands::RequestDraft;
use access_engine::people::Principal;
use access_engine::policies::{
    Approver, BreakGlassTerms, Escalation, PolicyTerms, Quorum, RequestTtl, Required, Requirement, Step,
};
use access_engine::resources::{
    ActionList, ActionSet, EnvironmentPattern, PathPattern, Pattern, PolicyTargets,
};
use access_engine::values::{
    AccessDuration, Action, AtMost, GroupId, Name, ResourceType, Seconds, SubjectId, Text, Timestamp,
};

use super::chance::Chance;
use super::clauses::requester_condition;
use crate::model::resources::{Entry, PATTERNS, paths_of};
use crate::model::state::State;

/// Those who administer at first.
pub(crate) const FOUNDERS: [&str; 2] = ["ada", "bob"];
pub(crate) const SUBJECTS: [&str; 8] = ["ada", "bob", "cyd", "dan", "eve", "fay", "gus", "hal"];
/// Nobody has this id.
pub(crate) const STRANGER: &str = "zoe";
pub(crate) const GROUPS: [&str; 4] = ["all", "oncall", "ops", "sec"];

pub(crate) fn subject_id(id: &str) -> SubjectId {
    SubjectId::try_from(id).expect("an id")
}

pub(crate) fn group_id(id: &str) -> GroupId {
    GroupId::try_from(id).expect("an id")
}

pub(crate) fn text(text: &str) -> Text {
    Text::try_from(text.to_owned()).expect("a text")
}

pub(crate) fn name(text: &str) -> Name {
    Name::try_from(text.to_owned()).expect("a name")
}

pub(crate) fn kind(text: &str) -> ResourceType {
    ResourceType::try_from(text).expect("a type")
}

fn approver(chance: &mut Chance) -> Approver {
    if chance.permille(6) {
        return Approver::Subject(subject_id(STRANGER));
    }
    if chance.permille(6) {
        return Approver::Group(group_id("nil"));
    }
    match chance.weighted(&[55, 33, 12]) {
        0 => Approver::Group(group_id(chance.pick(&GROUPS))),
        1 => Approver::Subject(subject_id(chance.pick(&SUBJECTS))),
        _ => Approver::Manager,
    }
}

pub(crate) fn distinct<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

fn quorum(chance: &mut Chance) -> Quorum {
    let count = if chance.permille(8) { 0 } else { 1 + chance.weighted(&[60, 40]) };
    let approvers = distinct((0..count).map(|_| approver(chance)).collect());
    let required = match chance.weighted(&[62, 20, 16, 1, 1]) {
        0 => Required::Count(1),
        1 => Required::Count(2),
        2 => Required::All,
        3 => Required::Count(0),
        _ => Required::Count(9),
    };
    Quorum { approvers: AtMost::try_from(approvers).expect("few"), required }
}

fn remind_every(chance: &mut Chance) -> Option<Seconds> {
    let shortest = if chance.percent(4) { 3599 } else { 3600 };
    chance.percent(20).then(|| Seconds::new(chance.pick(&[shortest, 7200, 21_600, 86_400, 259_200])))
}

fn escalation(chance: &mut Chance) -> Option<Escalation> {
    if chance.percent(78) {
        return None;
    }
    let count = if chance.percent(2) { 0 } else { 1 + chance.below(2) };
    let approvers = distinct((0..count).map(|_| approver(chance)).collect());
    let after = Seconds::new(chance.pick(&[60, 1800, 3599, 3600, 14_400, 43_200]));
    Some(Escalation { after, approvers: AtMost::try_from(approvers).expect("few") })
}

pub(crate) fn steps(chance: &mut Chance) -> AtMost<20, Step> {
    // Now and then there are too many ways.
    if chance.permille(8) {
        return AtMost::try_from((0..3).map(|_| step(chance, 5)).collect::<Vec<_>>()).expect("few");
    }
    let count = if chance.permille(12) { 0 } else { 1 + chance.weighted(&[45, 38, 17]) };
    let step = |chance: &mut Chance| {
        let lists = chance.weighted(&[840, 6, 110, 44]);
        step(chance, lists)
    };
    AtMost::try_from((0..count).map(|_| step(chance)).collect::<Vec<_>>()).expect("few")
}

/// A step with so many lists, or with quorums.
fn step(chance: &mut Chance, lists: usize) -> Step {
    let any_of: Vec<_> = (0..lists).map(|_| quorums(chance)).collect();
    let has_quorums = any_of.is_empty() || chance.permille(10);
    let quorums = if has_quorums { quorums(chance) } else { AtMost::default() };
    let most = if chance.percent(20) { 9 } else { 1 };
    let rejections_required = chance.pick(&[1, 1, 1, 1, 1, 1, 2, 2, most]);
    let rejections_required = if chance.permille(8) { 0 } else { rejections_required };
    Step {
        name: chance.percent(10).then(|| name("Team")),
        quorums,
        any_of: AtMost::try_from(any_of).expect("few"),
        rejections_required,
        remind_every: remind_every(chance),
        escalate: escalation(chance),
    }
}

fn quorums(chance: &mut Chance) -> AtMost<10, Quorum> {
    let count = if chance.permille(8) { 0 } else { 1 + chance.weighted(&[68, 32]) };
    AtMost::try_from((0..count).map(|_| quorum(chance)).collect::<Vec<_>>()).expect("few")
}

fn path(chance: &mut Chance) -> PathPattern {
    PathPattern::try_from(chance.pick(&PATTERNS)).expect("a pattern")
}

pub(crate) fn targets(chance: &mut Chance) -> PolicyTargets {
    let environments = match chance.weighted(&[40, 12, 22, 8, 18]) {
        0 => vec!["production"],
        1 => vec!["staging"],
        2 => vec!["*"],
        3 => vec!["production", "staging"],
        _ => vec![],
    };
    let environments =
        environments.into_iter().map(|e| EnvironmentPattern::try_from(e).expect("an environment")).collect();
    let count = 1 + chance.weighted(&[65, 35]);
    let paths = distinct((0..count).map(|_| path(chance)).collect());
    let kind = kind(if chance.percent(92) { "secret" } else { "database" });
    PolicyTargets::new(kind, environments, paths).expect("targets")
}

fn list(names: &[&str]) -> ActionList {
    let actions: Vec<Action> = names.iter().map(|name| Action::try_from(*name).expect("an action")).collect();
    ActionList::try_from(actions).expect("a list")
}

pub(crate) fn action_set(chance: &mut Chance) -> ActionSet {
    match chance.weighted(&[60, 18, 12, 10]) {
        0 => ActionSet::All,
        1 => ActionSet::Listed(list(&["read"])),
        2 => ActionSet::Listed(list(&["write"])),
        _ => ActionSet::Listed(list(&["write", "read"])),
    }
}

pub(crate) fn glass(chance: &mut Chance) -> Option<BreakGlassTerms> {
    if chance.percent(45) {
        return None;
    }
    let mut bypassers = match chance.weighted(&[40, 40, 10]) {
        0 => vec![Principal::Group(group_id(chance.pick(&GROUPS)))],
        1 => (0..3).map(|_| Principal::Subject(subject_id(chance.pick(&SUBJECTS)))).collect(),
        _ => vec![],
    };
    if chance.permille(10) {
        bypassers.push(Principal::Subject(subject_id(STRANGER)));
    }
    let max_duration = chance.pick(&[None, Some(600), Some(600), Some(3600), Some(86_400)]).map(Seconds::new);
    Some(BreakGlassTerms { bypassers: AtMost::try_from(distinct(bypassers)).expect("few"), max_duration })
}

pub(crate) fn ttl(chance: &mut Chance) -> RequestTtl {
    let length = chance.pick(&[60, 3600, 86_400, 604_800, 604_800, 604_800]);
    RequestTtl::try_from(Seconds::new(length)).expect("a time to live")
}

pub(crate) fn longest(chance: &mut Chance) -> Option<Seconds> {
    chance.percent(55).then(|| Seconds::new(chance.pick(&[3600, 14_400, 86_400, 86_400])))
}

/// Targets that, beside a live policy for a folder, leave nothing of the folder to it: the folder and all below.
pub(crate) fn splitting(chance: &mut Chance, state: &State) -> Option<PolicyTargets> {
    let is_folder = |entry: &&Entry| ["/**", "/a/**"].contains(&entry.path.as_str());
    let folders: Vec<&Entry> = state.live_entries().map(|(_, entry)| entry).filter(is_folder).collect();
    let folder = chance.any(&folders)?;
    let paths = if folder.path.as_str() == "/**" { ["/", "/*/**"] } else { ["/a", "/a/*/**"] };
    let paths = paths.map(|path| PathPattern::try_from(path).expect("a pattern")).to_vec();
    PolicyTargets::new(folder.kind.clone(), folder.environment.clone().into_iter().collect(), paths).ok()
}

pub(crate) fn terms(chance: &mut Chance) -> PolicyTerms {
    PolicyTerms {
        name: name(chance.pick(&["One", "Two", "Three"])),
        targets: targets(chance),
        actions: action_set(chance),
        steps: steps(chance),
        self_approval: chance.percent(35),
        distinct_approvers: chance.percent(65),
        break_glass: glass(chance),
        max_duration: longest(chance),
        request_ttl: ttl(chance),
        justification: if chance.percent(15) { Requirement::Required } else { Requirement::Optional },
        approver_may_revoke: chance.percent(75),
        condition: chance.percent(14).then(|| requester_condition(chance)),
    }
}

/// Something to ask for, mostly what some live policy covers.
pub(crate) fn draft(chance: &mut Chance, state: &State, now: Timestamp) -> RequestDraft {
    let entries: Vec<&Entry> = state.live_entries().map(|(_, entry)| entry).collect();
    let (target, actions) = match chance.any(&entries).filter(|_| chance.percent(88)) {
        Some(entry) => covered(chance, entry),
        None => {
            let environment = chance.pick(&["production", "qa", "*"]);
            let environment =
                chance.percent(70).then(|| EnvironmentPattern::try_from(environment).expect("one"));
            let actions = vec![chance.pick(&["read", "write", "list"])];
            (Pattern { kind: kind("secret"), environment, path: path(chance) }, actions)
        }
    };
    let starts_at = match chance.weighted(&[76, 8, 6, 5, 3, 2]) {
        0 => None,
        1 => Some(now.plus(Seconds::hours(1))),
        2 => Some(now.plus(Seconds::days(1))),
        3 => Some(now.minus(Seconds::hours(1))),
        4 => Some(now.plus(Seconds::days(90))),
        _ => Some(now.plus(Seconds::days(91))),
    };
    let (duration, until) = length(chance, starts_at.map_or(now, |starts_at| starts_at.max(now)));
    let justification = match chance.weighted(&[50, 45, 5]) {
        0 => None,
        1 => Some(text("The disk is full.")),
        _ => Some(text(" \u{200b}\n")),
    };
    RequestDraft {
        target,
        actions: list(&actions),
        duration,
        until,
        starts_at,
        justification,
        ticket_url: None,
        renews: None,
    }
}

/// For how long, up to when, or both.
pub(crate) fn length(chance: &mut Chance, start: Timestamp) -> (Option<AccessDuration>, Option<Timestamp>) {
    let lengths = [60, 900, 901, 3600, 3600, 14_400, 90_000];
    let duration = AccessDuration::Temporary(Seconds::new(chance.pick(&lengths)));
    let day = 86_400_000;
    let millis = chance.pick(&[
        59_999,
        60_000,
        899_001,
        900_000,
        900_001,
        3_600_000,
        3_600_000,
        7_200_500,
        day,
        day,
        10 * day,
        315_360_000_001,
    ]);
    let until = Timestamp::from_millis(start.millis() + millis).expect("a time");
    match chance.weighted(&[66, 10, 12, 12]) {
        0 => (Some(duration), None),
        1 => (Some(AccessDuration::Permanent), None),
        2 => (None, Some(until)),
        _ => (Some(duration), Some(until)),
    }
}

/// A target inside an entry of a policy, and actions of it.
fn covered(chance: &mut Chance, entry: &Entry) -> (Pattern, Vec<&'static str>) {
    let is_inside = |pattern: &&&str| {
        let pattern = PathPattern::try_from(**pattern).expect("a pattern");
        paths_of(&pattern) & !entry.paths == 0
    };
    let inside: Vec<&&str> = PATTERNS.iter().filter(is_inside).collect();
    let path = if chance.percent(35) { entry.path.as_str() } else { chance.pick(&inside) };
    let environment = match &entry.environment {
        Some(EnvironmentPattern::Any) if chance.percent(60) => {
            Some(EnvironmentPattern::try_from(chance.pick(&["production", "staging", "qa"])).expect("one"))
        }
        environment => environment.clone(),
    };
    let able: Vec<&str> = ["read", "write"]
        .into_iter()
        .enumerate()
        .filter(|(at, _)| entry.actions[*at])
        .map(|(_, a)| a)
        .collect();
    let mut actions = if chance.percent(40) { able } else { vec![chance.pick(&able)] };
    if chance.percent(if entry.actions[2] { 15 } else { 2 }) {
        actions.push("list");
    }
    let path = PathPattern::try_from(path).expect("a pattern");
    (Pattern { kind: entry.kind.clone(), environment, path }, actions)
}
