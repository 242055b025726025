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
pub(crate) fn translate(
    policy: &ForeignPolicy<'_>,
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

    fn terms(&mut self, policy: &ForeignPolicy<'_>, name: &str) -> Result<PolicyTerms, Refusal> {
        if policy.is_external {
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
            self_approval: policy.self_approval,
            distinct_approvers: true,
            break_glass: self.break_glass(policy)?,
            max_duration: self.duration("maxTimePeriod", policy.max_time_period, limits::MAX_SECONDS)?,
            request_ttl: self.request_ttl(policy)?,
            justification: Requirement::Optional,
            approver_may_revoke: true,
        };
        if policy.self_approval {
            let message = "approvers may approve their own requests; \
                           alone it was enough there, here somebody else must approve, too";
            self.say(Code::SelfApprovalNotAlone, "allowedSelfApprovals", message);
        }
        if !self.matched.is_empty() {
            let message = format!("recognised by e-mail address: {}", self.matched.join(", "));
            self.say(Code::MatchedByEmail, "approvers", message);
        }
        Ok(terms)
    }

    /// Every environment with the one path.
    fn targets(&mut self, policy: &ForeignPolicy<'_>) -> Result<PolicyTargets, Refusal> {
        let path = match policy.secret_path.trim().trim_end_matches('/') {
            "" => "/",
            path => path,
        };
        if path != policy.secret_path {
            let message = format!("the path is `{path}`, without white space around it and `/` at its end");
            self.say(Code::PathTrimmed, "secretPath", message);
        }
        let pattern = valid("secretPath", PathPattern::try_from(path))?;
        if let Some(magic) = path.chars().find(|c| "?[]{}()!".contains(*c)) {
            let problem = format!("`{path}` has a `{magic}`: here only `*` and `**` are wildcards");
            return valid("secretPath", Err(Invalid::new(InvalidKind::InvalidPattern, problem)));
        }
        if pattern.is_literal() {
            let message = format!("`{path}` stands for itself, as there; nothing below it is governed");
            self.say(Code::PathIsExact, "secretPath", message);
        } else {
            let message =
                format!("`{path}` governed that very text there; here it governs all that it matches");
            self.say(Code::PathIsAPattern, "secretPath", message);
        }
        if policy.environments.is_empty() {
            let invalid = Invalid::new(InvalidKind::InvalidInput, "the policy names no environment");
            return valid("environments", Err(invalid));
        }
        let mut environments = Vec::new();
        for slug in &policy.environments {
            let environment = valid("environments", Environment::try_from(*slug))?;
            environments.push(EnvironmentPattern::Named(environment));
        }
        valid("environments", PolicyTargets::new(ResourceType::default(), environments, vec![pattern]))
    }

    /// A step for each `sequence`, in ascending order.
    fn steps(&mut self, policy: &ForeignPolicy<'_>) -> Result<AtMost<{ limits::STEPS }, Step>, Refusal> {
        let sequences: BTreeSet<i32> = policy.approvers.iter().map(|approver| approver.sequence).collect();
        if !sequences.iter().copied().eq((1..).take(sequences.len())) {
            let numbers: Vec<String> = sequences.iter().map(ToString::to_string).collect();
            let message = format!("the steps {} are counted from 1, in the same order", numbers.join(", "));
            self.say(Code::Renumbered, "approvers", message);
        }
        let mut steps = Vec::new();
        let mut ignored = None;
        for (number, sequence) in (1_u32..).zip(sequences) {
            let approvers = || policy.approvers.iter().filter(|approver| approver.sequence == sequence);
            let listed =
                policy.required.iter().filter(|(step, _)| *step == sequence).map(|(_, count)| *count);
            let stored = listed.chain(approvers().map(|approver| approver.required)).max().flatten();
            let required = stored.filter(|count| *count > 0);
            if required.is_none() {
                let message = format!(
                    "step {number} has no number of approvals: there it silently required 1, and does here"
                );
                self.say(Code::RequiredDefaulted, "approvalsRequired", message);
            }
            let required = required.unwrap_or(1);
            ignored = ignored.or(policy.approvals.filter(|approvals| *approvals != required));

            let mut named = Vec::new();
            for approver in approvers() {
                let approver = match self.principal(approver)? {
                    Principal::Subject { id } => Approver::Subject { id },
                    Principal::Group { id } => Approver::Group { id },
                };
                if !named.contains(&approver) {
                    named.push(approver);
                }
            }
            let approvers = valid("approvers", AtMost::try_from(named))?;
            let quorum = Quorum { approvers, required: Required::Count(required.unsigned_abs()) };
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

    fn break_glass(&mut self, policy: &ForeignPolicy<'_>) -> Result<Option<BreakGlassTerms>, Refusal> {
        if !policy.is_soft {
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
            let message = "an empty list let everybody break the glass there; here it means nobody";
            self.say(Code::BypassersNobody, "bypassers", message);
        } else {
            let message = "breaking the glass gave all that was asked for; here it gives at most 1 hour";
            self.say(Code::BreakGlassCapped, "bypassers", message);
        }
        let bypassers = valid("bypassers", AtMost::try_from(bypassers))?;
        Ok(Some(BreakGlassTerms { bypassers, max_duration: None }))
    }

    fn principal(&mut self, given: &ForeignPrincipal<'_>) -> Result<Principal, Refusal> {
        let found = self.people.find(given)?;
        if let Principal::Subject { id } = &found
            && id.as_str() != given.id
        {
            let matched = format!("`{}` is `{id}`", given.name());
            if !self.matched.contains(&matched) {
                self.matched.push(matched);
            }
        }
        Ok(found)
    }

    fn request_ttl(&mut self, policy: &ForeignPolicy<'_>) -> Result<RequestTtl, Refusal> {
        let field = "requestExpirationTime";
        if let Some(length) = self.duration(field, policy.request_expiration_time, limits::MAX_REQUEST_TTL)? {
            return valid(field, RequestTtl::try_from(length));
        }
        let ttl = RequestTtl::default();
        let message = format!("requests waited without an end there; here they expire after {}", ttl.get());
        self.say(Code::RequestTtlDefaulted, field, message);
        Ok(ttl)
    }

    /// A duration, unless there is no end to it.
    fn duration(
        &mut self,
        field: &'static str,
        given: Option<&str>,
        longest: u64,
    ) -> Result<Option<Seconds>, Refusal> {
        let given = given.unwrap_or_default().trim();
        if matches!(given, "" | "permanent" | "never") {
            return Ok(None);
        }
        let Some(millis) = parse_millis(given) else {
            let problem = format!("`{}` is not a duration such as `90m`, `12h` or `30d`", shown(given));
            return valid(field, Err(Invalid::new(InvalidKind::InvalidDuration, problem)));
        };
        let seconds = Seconds::new((millis / 1000).clamp(limits::MIN_SECONDS, longest));
        if seconds.get().saturating_mul(1000) != millis {
            let message =
                format!("`{given}` becomes {seconds}: here durations are whole seconds within bounds");
            self.say(Code::DurationRounded, field, message);
        }
        Ok(Some(seconds))
    }
}

/// Says in which field a value is not accepted.
fn valid<T>(field: &'static str, result: Result<T, Invalid>) -> Result<T, Refusal> {
    result.map_err(|invalid| invalid.inside(field).into())
}
