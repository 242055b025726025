//! The foreign shape. It is not ours, so a field that is not known is passed over and `null` counts as absent; a known
//! field of another type is a fault with its place.
//!
//! Read by hand: the list has three names, an environment two forms and a person two names, so that types for serde would
//! outweigh what they save.

use std::cell::RefCell;

use serde_json::Value;

use crate::limits;
use crate::refusal::Refusal;
use crate::values::{Invalid, InvalidKind};

/// A policy as it is there.
pub(crate) struct ForeignPolicy<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    /// Slugs.
    pub(crate) environments: Vec<&'a str>,
    pub(super) secret_path: &'a str,
    pub(super) approvers: Vec<ForeignPrincipal<'a>>,
    /// What its page shows; the steps decide.
    pub(super) approvals: Option<i32>,
    /// Numbers of steps with the approvals they require.
    pub(super) required: Vec<(i32, Option<i32>)>,
    pub(super) bypassers: Vec<ForeignPrincipal<'a>>,
    /// Whether the glass may be broken.
    pub(super) is_soft: bool,
    pub(super) self_approval: bool,
    pub(super) max_time_period: Option<&'a str>,
    pub(super) request_expiration_time: Option<&'a str>,
    pub(super) is_external: bool,
    pub(crate) is_deleted: bool,
}

/// An approver or a bypasser.
pub(super) struct ForeignPrincipal<'a> {
    pub(super) is_group: bool,
    pub(super) id: &'a str,
    pub(super) username: &'a str,
    /// Of an approver: the step, as it is numbered there.
    pub(super) sequence: i32,
    /// Of an approver: how many approvals its step requires.
    pub(super) required: Option<i32>,
}

impl ForeignPrincipal<'_> {
    /// What people would call it.
    pub(super) fn name(&self) -> &str {
        if self.username.is_empty() { self.id } else { self.username }
    }
}

/// The policies of an answer: a list, an object with `approvals`, `policies` or `approval`, or one policy.
///
/// # Errors
/// `limit_exceeded`, or `invalid_input` with the place.
pub(crate) fn read_policies(answer: &Value) -> Result<Vec<ForeignPolicy<'_>>, Refusal> {
    let fault = RefCell::new(None);
    let answer = Node { value: answer, place: String::new(), fault: &fault };
    let lists = ["approvals", "policies"].into_iter().filter_map(|name| answer.field(name));
    let policies = match lists.chain([answer.clone()]).find(|node| node.value.as_array().is_some()) {
        Some(list) => {
            let items = list.items();
            check_count(items.len())?;
            items.iter().map(policy).collect()
        }
        None => vec![policy(&answer.field("approval").unwrap_or(answer))],
    };
    fault.into_inner().map_or(Ok(policies), Err)
}

fn check_count(count: usize) -> Result<(), Invalid> {
    if count <= limits::IMPORTED_POLICIES {
        return Ok(());
    }
    let problem = format!("there are {count} policies; import at most {} at once", limits::IMPORTED_POLICIES);
    Err(Invalid::new(InvalidKind::LimitExceeded, problem))
}

fn policy<'a>(node: &Node<'a, '_>) -> ForeignPolicy<'a> {
    if node.value.as_object().is_none() {
        node.note_fault("a policy or a list of them");
    }
    let level = node.text("enforcementLevel");
    if !matches!(level, None | Some("hard" | "soft"))
        && let Some(field) = node.field("enforcementLevel")
    {
        field.note_fault("`hard` or `soft`");
    }
    let mut environments = Vec::new();
    for environment in node.list("environments").into_iter().chain(node.field("environment")) {
        match environment.value.as_str().or_else(|| environment.text("slug")) {
            // Beyond the limit the policy is refused anyway, and looking for each among many would take long.
            Some(slug) if environments.len() <= limits::TARGETS && environments.contains(&slug) => {}
            Some(slug) => environments.push(slug),
            None => environment.note_fault("a slug, or an object with a `slug`"),
        }
    }
    let step =
        |step: &Node<'_, '_>| (step.number("stepNumber").unwrap_or(1), step.number("numberOfApprovals"));
    ForeignPolicy {
        id: node.text("id"),
        name: node.text("name"),
        environments,
        secret_path: node.text("secretPath").unwrap_or("/"),
        approvers: node.list("approvers").iter().map(principal).collect(),
        approvals: node.number("approvals"),
        required: node.list("approvalsRequired").iter().map(step).collect(),
        bypassers: node.list("bypassers").iter().map(principal).collect(),
        is_soft: level == Some("soft"),
        self_approval: node.typed("allowedSelfApprovals", "true or false", Value::as_bool) != Some(false),
        max_time_period: node.text("maxTimePeriod"),
        request_expiration_time: node.text("requestExpirationTime"),
        is_external: node.typed("externalApproval", "an object", Value::as_object).is_some(),
        is_deleted: node.text("deletedAt").is_some(),
    }
}

fn principal<'a>(node: &Node<'a, '_>) -> ForeignPrincipal<'a> {
    let kind = node.text("type");
    if !matches!(kind, Some("user" | "group")) {
        node.note_fault("`type: \"user\"` or `type: \"group\"`");
    }
    let is_group = kind == Some("group");
    let id = node.text("id").unwrap_or_default();
    // The one answer calls it `username`, the other `name`.
    let username =
        node.text("username").or_else(|| node.text("name")).filter(|_| !is_group).unwrap_or_default();
    if id.is_empty() && username.is_empty() {
        node.note_fault("an `id`, or the `username` of a user");
    }
    let (sequence, required) = (node.number("sequence").unwrap_or(1), node.number("approvalsRequired"));
    ForeignPrincipal { is_group, id, username, sequence, required }
}

/// A value, and where it stands. The first fault is kept aside, so that what reads has one way through.
#[derive(Clone)]
struct Node<'a, 'f> {
    value: &'a Value,
    place: String,
    fault: &'f RefCell<Option<Refusal>>,
}

impl<'a> Node<'a, '_> {
    fn field(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| **value != Value::Null)?;
        let dot = if self.place.is_empty() { "" } else { "." };
        Some(Self { value, place: format!("{}{dot}{name}", self.place), ..*self })
    }

    fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, value)| Self { value, place: format!("{}[{index}]", self.place), ..*self })
            .collect()
    }

    fn list(&self, name: &str) -> Vec<Self> {
        self.typed(name, "a list", Value::as_array);
        self.field(name).map(|list| list.items()).unwrap_or_default()
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.typed(name, "text", Value::as_str)
    }

    fn number(&self, name: &str) -> Option<i32> {
        self.typed(name, "a whole number", |value| value.as_i64()?.try_into().ok())
    }

    /// A field, where it has the type expected.
    fn typed<T>(&self, name: &str, expected: &str, read: fn(&'a Value) -> Option<T>) -> Option<T> {
        let field = self.field(name)?;
        let typed = read(field.value);
        if typed.is_none() {
            field.note_fault(expected);
        }
        typed
    }

    fn note_fault(&self, expected: &str) {
        let invalid = Invalid::new(InvalidKind::InvalidInput, format!("give {expected}"));
        self.fault.borrow_mut().get_or_insert_with(|| invalid.inside(&self.place).into());
    }
}
