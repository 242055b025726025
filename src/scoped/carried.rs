use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::grants::Grant;
use crate::json::sha256;
use crate::policies::Requirement;
use crate::record::Head;
use crate::requests::RequestContent;
use crate::resources::{ActionSet, PolicyTargets};
use crate::values::{Name, PermissionId, PolicyId, ProjectId, RequestId, Seconds, SubjectId, Timestamp};

/// The form of what is written here. Every edition opens its own only.
pub(super) const FORMAT: u32 = 1;

/// What one subject may see of a project at an instant: plain data, for `AccessEngine.openSnapshot` in that subject's browser.
///
/// It says who it is for and is proof of nothing: whoever has it can make another. A server never believes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ScopedSnapshot {
    /// The version of the last commit behind it.
    pub version: u64,
    /// The hash of that commit.
    pub hash: String,
    /// Whose it is.
    pub subject: SubjectId,
    /// The instant that it shows.
    pub at: Timestamp,
    /// The first instant at which its lists may be otherwise, though nobody has done anything. Decisions about access go on
    /// being right. Absent: nothing will be due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// SHA-256 over `data`, in lower-case hex.
    pub digest: String,
    /// All of it as JSON: what is opened.
    pub data: String,
}

impl ScopedSnapshot {
    /// Whether its data are as they were made.
    pub(super) fn is_whole(&self) -> bool {
        sha256([self.data.as_bytes()]) == self.digest
    }
}

/// What stands in front of the data in every edition.
#[derive(Deserialize)]
pub(super) struct Form {
    pub(super) format: u32,
}

/// The data, as they are read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(rename = "format")]
    _format: u32,
    pub(super) carried: Carried,
    /// The lists; none of whom is not active.
    pub(super) answers: Option<Answers>,
}

/// The lists as the server answered them, by the names of the questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answers {
    pub(super) inbox: Value,
    pub(super) requests: Value,
    pub(super) grants: Value,
    pub(super) policies: Value,
    pub(super) explanations: BTreeMap<RequestId, Value>,
}

/// What decides about the subject's access.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Carried {
    pub(super) project: ProjectId,
    pub(super) head: Head,
    pub(super) at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) valid_until: Option<Timestamp>,
    pub(super) subject: SubjectId,
    pub(super) presence: Presence,
    /// Those that name it, by a group or not, in the order in which they were made.
    pub(super) permissions: Vec<CarriedPermission>,
    /// Its own that no event has ended.
    pub(super) grants: Vec<Grant>,
    /// What was asked for in the requests behind them, without what was written.
    pub(super) asked: BTreeMap<RequestId, RequestContent>,
    pub(super) policies: Vec<CarriedPolicy>,
}

/// How the directory knows the subject.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Presence {
    Active,
    Disabled,
    Unknown,
}

/// A standing permission without whom it names and what its condition says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CarriedPermission {
    pub(super) id: PermissionId,
    pub(super) targets: PolicyTargets,
    pub(super) actions: ActionSet,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) has_condition: bool,
}

/// A policy that is in force, as everybody may see it; or a superseded version, as far as a grant of the subject rests on it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CarriedPolicy {
    pub(super) id: PolicyId,
    pub(super) version: u32,
    pub(super) targets: PolicyTargets,
    pub(super) actions: ActionSet,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) in_force: Option<InForce>,
}

/// What a denial says of a policy.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct InForce {
    pub(super) name: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) max_duration: Option<Seconds>,
    pub(super) justification: Requirement,
    /// Whether the subject meets its condition.
    pub(super) may_ask: bool,
}
