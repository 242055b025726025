use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::commit::{Commit, Head, read_into};
use super::idempotency::Idempotency;
use super::texts::{Gaps, open};
use crate::events::AccessEvent;
use crate::json::{parse_json, read_part, sha256, to_canonical, unhex};
use crate::notices::Notice;
use crate::people::{Actor, Client, Personal};
use crate::refusal::Refusal;
use crate::state::State;
use crate::values::{InvalidKind, ProjectId, Timestamp};

/// What stands before the first commit: SHA-256 of the project id.
pub fn first_hash(project: &ProjectId) -> String {
    sha256([project.as_str().as_bytes()])
}

/// The hash of a commit: SHA-256 over the 32 raw bytes of the previous hash, then the RFC 8785 form of the commit
/// without its own `hash` and the texts beside.
pub fn commit_hash(commit: &Commit) -> String {
    let Commit { project, version, at, actor, client, idempotency, events, notices, previous_hash, .. } =
        commit;
    let (version, at) = (*version, *at);
    let hashed = Hashed { project, version, at, actor, client, idempotency, events, notices, previous_hash };
    chained_hash(previous_hash, &hashed).unwrap_or_default()
}

/// What the hash of a commit is made of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Hashed<'a> {
    project: &'a ProjectId,
    version: u64,
    at: Timestamp,
    actor: &'a Actor,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: &'a Option<Personal<Client>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idempotency: &'a Option<Idempotency>,
    events: &'a [AccessEvent],
    notices: &'a [Notice],
    previous_hash: &'a str,
}

fn chained_hash(previous_hash: &str, hashed: &impl Serialize) -> Option<String> {
    Some(sha256([&unhex::<32>(previous_hash)?, to_canonical(hashed)?.as_bytes()]))
}

/// What is wrong with a text that is missing.
pub(crate) const NOT_ERASED: &str = "a text is missing, and no later commit erased it";

/// Whether commits as stored are the whole record of a project, each fitting its predecessor and its own hash, and
/// whether the record has all of these heads.
///
/// A head older than the record is looked for inside it: a record that has only grown since is intact.
pub fn verify(project: &ProjectId, stored: &[Box<RawValue>], heads: &[Head]) -> Verification {
    let mut before = Head { version: 0, hash: first_hash(project) };
    let (mut state, mut gaps) = (State::default(), Gaps::default());
    let count = u64::try_from(stored.len()).unwrap_or(u64::MAX);
    let bad = |version, problem: String| Verification {
        intact: false,
        commits: count,
        first_bad_version: Some(version),
        problem: Some(problem),
    };
    let is_other =
        |read: &Head| heads.iter().any(|head| head.version == read.version && head.hash != read.hash);
    for (version, commit) in (1_u64..).zip(stored) {
        if is_other(&before) {
            break;
        }
        let read = read_next(project, &state, &before, &mut gaps, commit);
        match read.and_then(|commit| read_into(&mut state, &commit).map(|()| commit.hash)) {
            Ok(hash) => before = Head { version, hash },
            Err(Refusal::CorruptRecord { problem, .. }) => return bad(version, problem),
            Err(refusal) => return bad(version, refusal.to_string()),
        }
    }
    if is_other(&before) {
        return bad(before.version, "the hash is not that of the head".to_owned());
    }
    if let Some(version) = gaps.first() {
        return bad(version, NOT_ERASED.to_owned());
    }
    if let Some(head) = heads.iter().find(|head| head.version > count) {
        let problem = format!("the record ends at version {count}, before the head at {}", head.version);
        return bad(count.saturating_add(1), problem);
    }
    Verification { intact: true, commits: count, first_bad_version: None, problem: None }
}

/// Where a stored commit says that it stands.
pub(crate) fn place(stored: &RawValue) -> Option<Head> {
    let fields = parse_json(stored.get()).ok()?;
    let version = fields.get("version")?.as_u64()?;
    Some(Head { version, hash: fields.get("hash")?.as_str()?.to_owned() })
}

/// The commit that follows on a head, if it does. Its hash is made of the commit as it was stored, never as it would be
/// written today.
///
/// # Errors
/// `corrupt_record`; `newer_record` where it is what was written, and has a name that this edition does not know.
pub(crate) fn read_next(
    project: &ProjectId,
    state: &State,
    before: &Head,
    gaps: &mut Gaps,
    stored: &RawValue,
) -> Result<Commit, Refusal> {
    let version = before.version.saturating_add(1);
    let corrupt = |problem: String| Refusal::CorruptRecord { version, problem };
    let mut fields = parse_json(stored.get()).map_err(|refusal| corrupt(refusal.to_string()))?;
    let text = |field: &str| fields.get(field).and_then(Value::as_str).unwrap_or_default();
    if fields.get("version").and_then(Value::as_u64) != Some(version) {
        return Err(corrupt(format!("version {version} is missing")));
    }
    if text("project") != project.as_str() {
        return Err(corrupt("the commit belongs to another project".to_owned()));
    }
    if text("previousHash") != before.hash {
        return Err(corrupt("the commit does not follow the one before it".to_owned()));
    }
    let mut take = |name: &str| fields.as_object_mut().and_then(|fields| fields.remove(name));
    let (hash, texts) = (take("hash").unwrap_or_default(), take("texts"));
    if chained_hash(&before.hash, &fields).is_none_or(|made| hash != made) {
        return Err(corrupt("the commit is not what its hash was made of".to_owned()));
    }
    if let Some(fields) = fields.as_object_mut() {
        fields.insert("hash".to_owned(), hash);
        fields.extend(texts.map(|texts| ("texts".to_owned(), texts)));
    }
    let mut commit: Commit = read_part(&fields).map_err(|invalid| {
        let is_newer = invalid.kind == InvalidKind::UnknownName;
        let problem = Refusal::from(invalid).to_string();
        if is_newer { Refusal::NewerRecord { version, problem } } else { corrupt(problem) }
    })?;
    if state.last_at().is_some_and(|last_at| commit.at < last_at) {
        return Err(corrupt("the commit is earlier than the one before it".to_owned()));
    }
    gaps.add(version, open(&mut commit, state).map_err(corrupt)?);
    let erasures = commit.events.iter().filter_map(AccessEvent::erasure);
    erasures.for_each(|erasure| gaps.close(&erasure.subject_id, erasure.up_to));
    Ok(commit)
}

/// Whether a record is what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// Every commit fits its predecessor and its own hash, and the record has what the engine has read and the head.
    pub intact: bool,
    /// How many commits were read.
    pub commits: u64,
    /// The first version that does not fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_bad_version: Option<u64>,
    /// What is wrong there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}
