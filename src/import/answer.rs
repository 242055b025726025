use serde_json::Value;

use crate::limits;
use crate::values::{Invalid, InvalidKind};

/// The policies of an answer.
pub(super) struct ForeignAnswer<'a> {
    /// One by one, not yet read.
    pub(super) policies: Vec<&'a Value>,
    /// What stands beside them.
    pub(super) unread: Vec<&'a str>,
}

impl<'a> ForeignAnswer<'a> {
    /// Finds the policies: a list, an object with `approvals`, `policies` or `approval`, or one policy.
    ///
    /// # Errors
    /// `limit_exceeded`, `invalid_input`.
    pub(super) fn of(answer: &'a Value) -> Result<Self, Invalid> {
        if !matches!(answer, Value::Array(_) | Value::Object(_)) {
            let problem = "give a policy, a list of them, or an object with `approvals`";
            return Err(Invalid::new(InvalidKind::InvalidInput, problem));
        }
        let fields = answer.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
        let (inside, beside): (Vec<_>, Vec<_>) = fields.partition(|(name, value)| match name.as_str() {
            // A policy has a number of this name.
            "approvals" => value.is_array(),
            "policies" | "approval" => true,
            _ => false,
        });
        let (given, beside) = match inside.as_slice() {
            [] => (answer, Vec::new()),
            [(_, given)] => (*given, beside),
            _ => {
                let problem = "give one of `approvals`, `policies` and `approval`";
                return Err(Invalid::new(InvalidKind::InvalidInput, problem));
            }
        };
        let policies = given.as_array().map_or_else(|| vec![given], |list| list.iter().collect());
        check_count(policies.len())?;
        Ok(Self { policies, unread: beside.into_iter().map(|(name, _)| name.as_str()).collect() })
    }
}

fn check_count(count: usize) -> Result<(), Invalid> {
    if count <= limits::IMPORTED_POLICIES {
        return Ok(());
    }
    let problem = format!("there are {count} policies; import at most {} at once", limits::IMPORTED_POLICIES);
    Err(Invalid::new(InvalidKind::LimitExceeded, problem))
}
