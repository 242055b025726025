//! The foreign shape, as the API answers it. It is not ours: what is not known is kept by name, to be reported, and `null`
//! counts as absent.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::json::read_part;
use crate::limits;
use crate::values::{Invalid, InvalidKind, SubjectId, Timestamp, shown};

/// A policy as it is there.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ForeignPolicy {
    pub(super) name: Option<String>,
    environment: Option<ForeignEnvironment>,
    #[serde(default, deserialize_with = "list")]
    environments: Vec<ForeignEnvironment>,
    pub(super) secret_path: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub(super) approvers: Vec<ForeignPrincipal>,
    /// What its page shows; the steps decide.
    pub(super) approvals: Option<i64>,
    #[serde(default, deserialize_with = "list")]
    pub(super) approvals_required: Vec<RequiredOfStep>,
    #[serde(default, deserialize_with = "list")]
    pub(super) bypassers: Vec<ForeignPrincipal>,
    enforcement_level: Option<EnforcementLevel>,
    allowed_self_approvals: Option<bool>,
    pub(super) max_time_period: Option<String>,
    pub(super) request_expiration_time: Option<String>,
    external_approval: Option<BTreeMap<String, IgnoredAny>>,
    deleted_at: Option<Timestamp>,
    #[serde(flatten, deserialize_with = "strangers")]
    unread: Vec<String>,
}

#[derive(Deserialize)]
#[serde(try_from = "Value")]
struct ForeignEnvironment {
    slug: String,
    unread: Vec<String>,
}

#[derive(Deserialize)]
struct EnvironmentObject {
    slug: String,
    #[serde(flatten, deserialize_with = "strangers")]
    unread: Vec<String>,
}

/// An approver or a bypasser.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ForeignPrincipal {
    #[serde(rename = "type")]
    kind: PrincipalKind,
    id: Option<String>,
    /// The one answer calls it `username`, the other `name`.
    username: Option<String>,
    name: Option<String>,
    /// Of an approver: the step, as it is numbered there.
    sequence: Option<i64>,
    /// Of an approver: how many approvals its step requires.
    pub(super) approvals_required: Option<i64>,
    #[serde(flatten, deserialize_with = "strangers")]
    unread: Vec<String>,
}

/// How many approvals a step requires.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequiredOfStep {
    pub(super) step_number: i64,
    pub(super) number_of_approvals: i64,
    #[serde(flatten, deserialize_with = "strangers")]
    unread: Vec<String>,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum PrincipalKind {
    User,
    Group,
}

#[derive(PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum EnforcementLevel {
    Hard,
    Soft,
}

impl ForeignPolicy {
    /// Reads one policy.
    ///
    /// # Errors
    /// What is not understood exactly, with its place.
    pub(super) fn read(value: &Value) -> Result<Self, Invalid> {
        let mut policy: Self = read_part(value)?;
        policy.bypassers.iter_mut().for_each(ForeignPrincipal::leave_step);
        policy.approvers.iter_mut().chain(&mut policy.bypassers).for_each(ForeignPrincipal::leave_address);
        for (list, principals) in [("approvers", &policy.approvers), ("bypassers", &policy.bypassers)] {
            for (index, principal) in principals.iter().enumerate() {
                principal.check_named().map_err(|invalid| invalid.inside(&format!("{list}[{index}]")))?;
            }
        }
        Ok(policy)
    }

    /// Slugs.
    pub(super) fn environments(&self) -> Vec<&str> {
        let mut slugs = Vec::new();
        for ForeignEnvironment { slug, .. } in self.environments.iter().chain(&self.environment) {
            // Beyond the limit the policy is refused anyway, and looking for each among many would take long.
            if slugs.len() > limits::TARGETS || !slugs.contains(&slug.as_str()) {
                slugs.push(slug);
            }
        }
        slugs
    }

    /// Whether the glass may be broken.
    pub(super) fn is_soft(&self) -> bool {
        self.enforcement_level == Some(EnforcementLevel::Soft)
    }

    pub(super) fn self_approval(&self) -> bool {
        self.allowed_self_approvals != Some(false)
    }

    pub(super) fn is_external(&self) -> bool {
        self.external_approval.is_some()
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }

    /// The places of all that is not known.
    pub(super) fn unread(&self) -> Vec<String> {
        let own = self.unread.iter().cloned();
        let environment = self.environment.iter().flat_map(|environment| &environment.unread);
        own.chain(environment.map(|name| format!("environment.{name}")))
            .chain(inside("environments", &self.environments, |environment| &environment.unread))
            .chain(inside("approvers", &self.approvers, |approver| &approver.unread))
            .chain(inside("approvalsRequired", &self.approvals_required, |required| &required.unread))
            .chain(inside("bypassers", &self.bypassers, |bypasser| &bypasser.unread))
            .collect()
    }

    /// Refuses to guess: what is absent has the default that it has there, unless the default gives more access than
    /// another value would and a field that is not known may be meant to say it.
    pub(super) fn check_defaults(&self, value: &Value) -> Result<(), Invalid> {
        check_said(value, self.unread.first(), &["maxTimePeriod", "allowedSelfApprovals"])?;
        let of_step: &[&str] = match value.get("approvalsRequired") {
            None => &["sequence", "approvalsRequired"],
            Some(_) => &["sequence"],
        };
        let given = value.get("approvers").and_then(Value::as_array).into_iter().flatten();
        for (index, (approver, given)) in self.approvers.iter().zip(given).enumerate() {
            let said = check_said(given, approver.unread.first().or(self.unread.first()), of_step);
            said.map_err(|invalid| invalid.inside(&format!("approvers[{index}]")))?;
        }
        Ok(())
    }
}

impl ForeignPrincipal {
    pub(super) fn is_group(&self) -> bool {
        self.kind == PrincipalKind::Group
    }

    pub(super) fn id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    /// What people would call it: a user by address, a group by id.
    pub(super) fn name(&self) -> &str {
        let address = self.username.as_deref().or(self.name.as_deref());
        address.filter(|address| !self.is_group() && !address.is_empty()).unwrap_or_else(|| self.id())
    }

    /// The step as it is numbered there.
    pub(super) fn sequence(&self) -> i64 {
        self.sequence.unwrap_or(1)
    }

    fn check_named(&self) -> Result<(), Invalid> {
        if self.name().is_empty() {
            let problem = "give an `id`, or the `username` of a user";
            return Err(Invalid::new(InvalidKind::InvalidInput, problem));
        }
        SubjectId::try_from(self.name()).map(drop)
    }

    /// A group is known by its id: an address that it is given is not read.
    fn leave_address(&mut self) {
        if self.is_group() && self.username.take().is_some() {
            self.unread.push("username".to_owned());
        }
    }

    /// Whoever breaks the glass is in no step: what is said of one is not read.
    fn leave_step(&mut self) {
        let said =
            [("sequence", self.sequence.take()), ("approvalsRequired", self.approvals_required.take())];
        self.unread.extend(said.into_iter().filter_map(|(name, value)| value.map(|_| name.to_owned())));
    }
}

impl TryFrom<Value> for ForeignEnvironment {
    type Error = Invalid;

    fn try_from(value: Value) -> Result<Self, Invalid> {
        match value {
            Value::String(slug) => Ok(Self { slug, unread: Vec::new() }),
            Value::Object(_) => {
                let EnvironmentObject { slug, unread } = read_part(&value)?;
                Ok(Self { slug, unread })
            }
            _ => Err(Invalid::new(InvalidKind::InvalidInput, "give a slug, or an object with a `slug`")),
        }
    }
}

/// A list, empty where it is `null`.
fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// What says where something is from, or how it is shown, and decides nothing there.
const LABELS: [&str; 7] = ["createdAt", "envId", "id", "name", "projectId", "projectSlug", "updatedAt"];

/// The names of the fields that are left over.
fn strangers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let fields = BTreeMap::<String, Option<IgnoredAny>>::deserialize(deserializer)?;
    let strangers = fields.into_iter().filter(|(name, value)| value.is_some() && !LABELS.contains(&&**name));
    Ok(strangers.map(|(name, _)| name).collect())
}

fn inside<T>(list: &str, items: &[T], unread: fn(&T) -> &Vec<String>) -> impl Iterator<Item = String> {
    let places = items
        .iter()
        .enumerate()
        .flat_map(move |(index, item)| unread(item).iter().map(move |name| (index, name)));
    places.map(move |(index, name)| format!("{list}[{index}].{name}"))
}

/// Refuses what is not said, where a field that is not known may be meant to say it.
fn check_said(object: &Value, stranger: Option<&String>, names: &[&str]) -> Result<(), Invalid> {
    let unsaid = names.iter().find(|name| object.get(**name).is_none());
    let (Some(stranger), Some(unsaid)) = (stranger, unsaid) else { return Ok(()) };
    let problem = format!(
        "it is missing, and `{}`, which is not known here, may be meant to say it: give `{unsaid}`, or leave that out",
        shown(stranger)
    );
    Err(Invalid::new(InvalidKind::InvalidInput, problem).inside(unsaid))
}
