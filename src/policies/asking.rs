use super::terms::Policy;
use crate::conditions::{Facts, holds};
use crate::people::Directory;
use crate::values::SubjectId;

/// Whether a policy lets somebody ask: whoever meets its condition.
pub fn may_ask(directory: &Directory, policy: &Policy, requester: &SubjectId) -> bool {
    let Some(condition) = &policy.terms.condition else { return true };
    let (member, stated) = (directory.member(requester), policy.stated.condition);
    let subject = directory.subject(requester);
    subject.is_some_and(|subject| holds(condition.get(), &Facts::new(subject, &member, stated, None)))
}
