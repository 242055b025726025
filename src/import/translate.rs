use std::collections::BTreeSet;

use super::duration::parse_millis;
use super::foreign::{ForeignPolicy, ForeignPrincipal};
use super::people::People;
use super::report::{ImportChange, ImportChangeCode as Code};
use crate::limits;
use crate::people::Principal;
use crate::policies::{
    Approver, BreakGlassTerms, PolicyTerms, Quorum, RequestTtl, Required, Requirement, Step,
};
use crate::refusal::Refusal;
use crate::resources::{ActionSet, EnvironmentPattern, PathPattern, PolicyTargets};
use crate::values::{AtMost, Environment, Invalid, InvalidKind, Name, ResourceType, Seconds, shown};

/// Puts a policy into terms of ours, and adds what is otherwise here than there; `name` is what it is called.
pub(super) fn translate(
    policy: &ForeignPolicy,
    name: &str,
    people: &People<'_>,
    changes: &mut Vec<ImportChange>,
) -> Result<PolicyTerms, Refusal> {
    Translator { people, changes, matched: Vec::new() }.terms(policy, name)
}

struct Translator<'a> {
    people: &'a People<'a>,
    changes: &'a mut Vec<ImportChange>,
    /// Who was recognised by address.
    matched: Vec<String>,
}

impl Translator<'_> {
    fn say(&mut self, code: Code, field: &'static str, message: impl Into<String>) {
        self.changes.push(ImportChange::new(code, field, message));
    }

    fn terms(&mut self, policy: &ForeignPolicy, name: &str) -> Result<PolicyTerms, Refusal> {
        if policy.is_external() {
            return Err(Refusal::ExternalApproval);
        }
        if policy.name.is_none() {
            self.say(Code::NameDefaulted, "name", format!("it has no name and is called `{name}`"));
        }
        let terms = PolicyTerms {
            condition: None,
            name: valid("name", Name::try_from(name.to_owned()))?,
            targets: self.targets(policy)?,
            actions: ActionSet::All,
            steps: self.steps(policy)?,
            self_approval: policy.self_approval(),
            distinct_approvers: true,
            break_glass: self.break_glass(policy)?,
            max_duration: self.max_duration(policy)?,
            request_ttl: self.request_ttl(policy)?,
            justification: Requirement::Optional,
            approver_may_revoke: true,
        };
        if policy.self_approval() {
            let message = "approvers may approve their own requests: in Infisical \
                           that was enough, here somebody else must approve as well";
            self.say(Code::SelfApprovalNotAlone, "allowedSelfApprovals", message);
        }
        if !self.matched.is_empty() {
            let message = format!("recognised by e-mail address: {}", self.matched.join(", "));
            self.say(Code::MatchedByEmail, "approvers", message);
        }
        Ok(terms)
    }

    /// Every environment with the one path.
    fn targets(&mut self, policy: &ForeignPolicy) -> Result<PolicyTargets, Refusal> {
        let given = policy.secret_path.as_deref().unwrap_or_default();
        let path = match given.trim() {
            "" => {
                let problem = "the policy has no path: give one, `/` for the root";
                return refuse(InvalidKind::InvalidInput, "secretPath", problem);
            }
            "/" => "/",
            path => path.strip_suffix('/').unwrap_or(path),
        };
        if path != given {
            let message = format!("the path is `{path}`, without white space around it and `/` at its end");
            self.say(Code::PathTrimmed, "secretPath", message);
        }
        let pattern = valid("secretPath", PathPattern::try_from(path))?;
        if let Some(magic) = path.chars().find(|c| "?[]{}()!".contains(*c)) {
            let problem = format!("`{path}` has a `{magic}`: here only `*` and `**` are wildcards");
            return refuse(InvalidKind::InvalidPattern, "secretPath", problem);
        }
        if pattern.is_literal() {
            let message = format!("`{path}` governs itself only, as in Infisical, and nothing below it");
            self.say(Code::PathIsExact, "secretPath", message);
        } else {
            let message =
                format!("in Infisical `{path}` governed that very text; here it governs all that it matches");
            self.say(Code::PathIsAPattern, "secretPath", message);
        }
        let slugs = policy.environments();
        if slugs.is_empty() {
            let problem = "the policy names no environment: give at least one";
            return refuse(InvalidKind::InvalidInput, "environments", problem);
        }
        let mut environments = Vec::new();
        for slug in slugs {
            let environment = valid("environments", Environment::try_from(slug))?;
            environments.push(EnvironmentPattern::Named(environment));
        }
        valid("environments", PolicyTargets::new(ResourceType::default(), environments, vec![pattern]))
    }

    /// A step for each `sequence`, in ascending order.
    fn steps(&mut self, policy: &ForeignPolicy) -> Result<AtMost<{ limits::STEPS }, Step>, Refusal> {
        let sequences: BTreeSet<i64> = policy.approvers.iter().map(ForeignPrincipal::sequence).collect();
        if !sequences.iter().copied().eq((1..).take(sequences.len())) {
            let numbers: Vec<String> = sequences.iter().map(ToString::to_string).collect();
            let message = format!("the steps {} are counted from 1, in the same order", numbers.join(", "));
            self.say(Code::Renumbered, "approvers", message);
        }
        let mut numbered = policy.approvals_required.iter().map(|required| required.step_number);
        if let Some(nobodys) = numbered.find(|number| !sequences.contains(number)) {
            let problem = format!("it requires approvals of the step {nobodys}, which has no approvers");
            return refuse(InvalidKind::InvalidInput, "approvalsRequired", problem);
        }
        let mut steps = Vec::new();
        let mut ignored = None;
        for (number, sequence) in (1_u32..).zip(sequences) {
            let approvers = || policy.approvers.iter().filter(|approver| approver.sequence() == sequence);
            let required = self.required(policy, number, sequence)?;
            ignored = ignored.or(policy.approvals.filter(|approvals| *approvals != i64::from(required)));

            let mut named = Vec::new();
            for approver in approvers() {
                let approver = match self.principal(approver)? {
                    Principal::Subject(id) => Approver::Subject(id),
                    Principal::Group(id) => Approver::Group(id),
                };
                if !named.contains(&approver) {
                    named.push(approver);
                }
            }
            let approvers = valid("approvers", AtMost::try_from(named))?;
            let quorum = Quorum { approvers, required: Required::Count(required) };
            let quorums = valid("approvers", AtMost::try_from(vec![quorum]))?;
            steps.push(Step {
                name: None,
                quorums,
                any_of: AtMost::default(),
                rejections_required: 1,
                remind_every: None,
                escalate: None,
            });
        }
        if let Some(approvals) = ignored {
            let message =
                format!("`approvals` says {approvals}, which never counted: each step says what it requires");
            self.say(Code::ApprovalsIgnored, "approvals", message);
        }
        valid("approvers", AtMost::try_from(steps))
    }

    /// How many approvals the step requires: the largest number that is given for it.
    fn required(&mut self, policy: &ForeignPolicy, number: u32, sequence: i64) -> Result<u32, Refusal> {
        let field = "approvalsRequired";
        let of_step = policy.approvals_required.iter().filter(|required| required.step_number == sequence);
        let of_approvers = policy.approvers.iter().filter(|approver| approver.sequence() == sequence);
        let given = of_step.map(|required| required.number_of_approvals);
        let mut numbers = BTreeSet::new();
        for given in given.chain(of_approvers.filter_map(|approver| approver.approvals_required)) {
            let Some(required) = u32::try_from(given).ok().filter(|required| *required > 0) else {
                let problem = format!(
                    "step {number} requires `{given}` approvals: give 1 to the number of people it names"
                );
                return refuse(InvalidKind::InvalidInput, field, problem);
            };
            numbers.insert(required);
        }
        let Some(most) = numbers.last().copied() else {
            let message = format!(
                "step {number} has no number of approvals: Infisical silently required 1, and so does this"
            );
            self.say(Code::RequiredDefaulted, field, message);
            return Ok(1);
        };
        if numbers.len() > 1 {
            let message =
                format!("step {number} has several numbers of approvals: the largest, {most}, counts");
            self.say(Code::RequiredDiffers, field, message);
        }
        Ok(most)
    }

    fn break_glass(&mut self, policy: &ForeignPolicy) -> Result<Option<BreakGlassTerms>, Refusal> {
        if !policy.is_soft() {
            if !policy.bypassers.is_empty() {
                let message =
                    "the policy is `hard`: its bypassers could not break the glass and are left out";
                self.say(Code::BypassersDropped, "bypassers", message);
            }
            return Ok(None);
        }
        let mut bypassers = Vec::new();
        for bypasser in &policy.bypassers {
            let bypasser = self.principal(bypasser)?;
            if !bypassers.contains(&bypasser) {
                bypassers.push(bypasser);
            }
        }
        if bypassers.is_empty() {
            let message = "in Infisical an empty list let everybody break the glass; here it means nobody";
            self.say(Code::BypassersNobody, "bypassers", message);
        } else {
            let message =
                "in Infisical breaking the glass gave all that was asked for; here it gives at most 1 hour";
            self.say(Code::BreakGlassCapped, "bypassers", message);
        }
        let bypassers = valid("bypassers", AtMost::try_from(bypassers))?;
        Ok(Some(BreakGlassTerms { bypassers, max_duration: None }))
    }

    fn principal(&mut self, given: &ForeignPrincipal) -> Result<Principal, Refusal> {
        let found = self.people.find(given)?;
        if let Principal::Subject(id) = &found
            && id.as_str() != given.id()
        {
            let matched = format!("`{}` is `{id}`", given.name());
            if !self.matched.contains(&matched) {
                self.matched.push(matched);
            }
        }
        Ok(found)
    }

    fn max_duration(&mut self, policy: &ForeignPolicy) -> Result<Option<Seconds>, Refusal> {
        match policy.max_time_period.as_deref() {
            None | Some("" | "permanent") => Ok(None),
            Some(given) => self.duration("maxTimePeriod", given, limits::MAX_SECONDS).map(Some),
        }
    }

    fn request_ttl(&mut self, policy: &ForeignPolicy) -> Result<RequestTtl, Refusal> {
        let field = "requestExpirationTime";
        match policy.request_expiration_time.as_deref() {
            None | Some("" | "never") => {
                let ttl = RequestTtl::default();
                let message = format!(
                    "in Infisical requests waited without an end; here they expire after {}",
                    ttl.get()
                );
                self.say(Code::RequestTtlDefaulted, field, message);
                Ok(ttl)
            }
            Some(given) => {
                let length = self.duration(field, given, limits::MAX_REQUEST_TTL)?;
                valid(field, RequestTtl::try_from(length))
            }
        }
    }

    /// A duration, cut where ours are shorter and never made longer.
    fn duration(&mut self, field: &'static str, given: &str, longest: u64) -> Result<Seconds, Refusal> {
        let Some(millis) = parse_millis(given) else {
            let problem = format!("`{}` is not a duration such as `90m`, `12h` or `30d`", shown(given));
            return refuse(InvalidKind::InvalidDuration, field, problem);
        };
        let seconds = Seconds::new((millis / 1000).min(longest));
        if seconds.get() < limits::MIN_SECONDS {
            let problem = format!("`{}` is shorter than 1 minute, the shortest allowed", shown(given));
            return refuse(InvalidKind::InvalidDuration, field, problem);
        }
        if seconds.get().saturating_mul(1000) != millis {
            let message = format!(
                "`{}` becomes {seconds}: whole seconds, and no more than the longest allowed",
                shown(given)
            );
            self.say(Code::DurationRounded, field, message);
        }
        Ok(seconds)
    }
}

fn refuse<T>(kind: InvalidKind, field: &'static str, problem: impl Into<String>) -> Result<T, Refusal> {
    valid(field, Err(Invalid::new(kind, problem)))
}

/// Says in which field a value is not accepted.
fn valid<T>(field: &'static str, result: Result<T, Invalid>) -> Result<T, Refusal> {
    result.map_err(|invalid| invalid.inside(field).into())
}
