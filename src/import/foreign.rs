//! The foreign shape. It is not ours, so a field that is not known is passed over and `null` counts as absent; a known
//! field of another type is a fault with its place.

use serde_json::Value;

use crate::model::{Invalid, InvalidKind, Refusal};

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
    pub(super) required: Vec<(i32, i32)>,
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

/// The policies of an answer: a list, an object with `approvals`, `policies` or `approval`, or one policy.
///
/// # Errors
/// `invalid_input`, with the place.
pub(crate) fn read_policies(answer: &Value) -> Result<Vec<ForeignPolicy<'_>>, Refusal> {
    let answer = Node { value: answer, place: String::new() };
    let lists = ["approvals", "policies"].into_iter().filter_map(|name| answer.field(name));
    let list = lists.chain([answer.clone()]).find(|node| node.value.is_array());
    match list {
        Some(list) => list.items()?.iter().map(policy).collect(),
        None => policy(&answer.field("approval").unwrap_or(answer)).map(|policy| vec![policy]),
    }
}

fn policy<'a>(node: &Node<'a>) -> Result<ForeignPolicy<'a>, Refusal> {
    if !node.value.is_object() {
        return Err(node.unexpected("a policy or a list of them"));
    }
    let level = node.text("enforcementLevel")?.unwrap_or("hard");
    if !matches!(level, "hard" | "soft") {
        return Err(node.field("enforcementLevel").unwrap_or(node.clone()).unexpected("`hard` or `soft`"));
    }
    let environments = node.list("environments")?.into_iter().chain(node.field("environment"));
    let mut slugs = Vec::new();
    for environment in environments {
        let slug = if environment.value.is_string() { Some(environment) } else { environment.field("slug") };
        let slug = slug.and_then(|slug| slug.value.as_str());
        let slug = slug.ok_or_else(|| node.unexpected("environments by slug, or objects with a `slug`"))?;
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    let mut required = Vec::new();
    for step in node.list("approvalsRequired")? {
        let count = step.number("numberOfApprovals")?.unwrap_or_default();
        required.push((step.number("stepNumber")?.unwrap_or(1), count));
    }
    Ok(ForeignPolicy {
        id: node.text("id")?,
        name: node.text("name")?,
        environments: slugs,
        secret_path: node.text("secretPath")?.unwrap_or("/"),
        approvers: node.list("approvers")?.iter().map(principal).collect::<Result<_, _>>()?,
        approvals: node.number("approvals")?,
        required,
        bypassers: node.list("bypassers")?.iter().map(principal).collect::<Result<_, _>>()?,
        is_soft: level == "soft",
        self_approval: node.read("allowedSelfApprovals", "true or false", Value::as_bool)?.unwrap_or(true),
        max_time_period: node.text("maxTimePeriod")?,
        request_expiration_time: node.text("requestExpirationTime")?,
        is_external: node.read("externalApproval", "an object", Value::as_object)?.is_some(),
        is_deleted: node.text("deletedAt")?.is_some(),
    })
}

fn principal<'a>(node: &Node<'a>) -> Result<ForeignPrincipal<'a>, Refusal> {
    let is_group = match node.text("type")? {
        Some("user") => false,
        Some("group") => true,
        _ => return Err(node.unexpected("`type: \"user\"` or `type: \"group\"`")),
    };
    let id = node.text("id")?.unwrap_or_default();
    // The one answer calls it `username`, the other `name`.
    let username = node.text("username")?.or(node.text("name")?.filter(|_| !is_group)).unwrap_or_default();
    if id.is_empty() && (is_group || username.is_empty()) {
        return Err(node.unexpected("an `id`, or the `username` of a user"));
    }
    let (sequence, required) = (node.number("sequence")?.unwrap_or(1), node.number("approvalsRequired")?);
    Ok(ForeignPrincipal { is_group, id, username, sequence, required })
}

/// A value, and where it stands.
#[derive(Clone)]
struct Node<'a> {
    value: &'a Value,
    place: String,
}

impl<'a> Node<'a> {
    fn field(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        let dot = if self.place.is_empty() { "" } else { "." };
        Some(Self { value, place: format!("{}{dot}{name}", self.place) })
    }

    fn items(&self) -> Result<Vec<Self>, Refusal> {
        let items = self.value.as_array().ok_or_else(|| self.unexpected("a list"))?.iter().enumerate();
        Ok(items.map(|(index, value)| Self { value, place: format!("{}[{index}]", self.place) }).collect())
    }

    fn list(&self, name: &str) -> Result<Vec<Self>, Refusal> {
        self.field(name).map_or(Ok(Vec::new()), |field| field.items())
    }

    fn text(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        self.read(name, "text", Value::as_str)
    }

    fn number(&self, name: &str) -> Result<Option<i32>, Refusal> {
        self.read(name, "a whole number", |value| value.as_i64()?.try_into().ok())
    }

    fn read<T>(
        &self,
        name: &str,
        expected: &str,
        as_expected: fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        let read = |field: Self| as_expected(field.value).ok_or_else(|| field.unexpected(expected));
        self.field(name).map(read).transpose()
    }

    fn unexpected(&self, expected: &str) -> Refusal {
        let place = Some(self.place.clone()).filter(|place| !place.is_empty());
        Refusal::invalid(Invalid::new(InvalidKind::InvalidInput, format!("give {expected}")), place)
    }
}
