use super::terms::Policy;
use crate::conditions::{Facts, holds};
use crate::people::Directory;
use crate::values::SubjectId;

/// Whether a policy lets somebody ask: whoever meets its condition.
pub fn may_ask(directory: &Directory, policy: &Policy, requester: &SubjectId) -> bool {
    let Some(condition) = &policy.terms.condition else { return true };
    let subject = directory.subject(requester);
    let stated = policy.stated.condition;
    subject.is_some_and(|subject| holds(condition.get(), &Facts { directory, subject, stated, deed: None }))
}
