//! The hash chain: SHA-256 over RFC 8785 JSON.

mod canonical;

use serde::Serialize;
use sha2::{Digest, Sha256};

use self::canonical::canonical;
use crate::model::{Command, Commit, Head, Json, ProjectId, RequestContent, Verification, write_json};

/// The hash of what was asked for, which reviewers approve, in lower-case hex.
pub fn content_hash(content: &RequestContent) -> String {
    hex(&Sha256::digest(canonical_form(content)))
}

/// What makes a repeated command recognisable, in lower-case hex.
pub fn command_hash(command: &Command) -> String {
    hex(&Sha256::digest(canonical_form(command)))
}

/// What stands before the first commit: SHA-256 of the project id.
pub fn first_hash(project: &ProjectId) -> String {
    hex(&Sha256::digest(project.as_str()))
}

/// The hash of a commit: SHA-256 over the 32 raw bytes of the previous hash, then the RFC 8785 form of the commit
/// without its own `hash`.
pub fn commit_hash(commit: &Commit) -> String {
    stored_hash(&as_value(commit)).unwrap_or_default()
}

/// The same for a commit as it was stored, never as it would be written today.
fn stored_hash(stored: &Json) -> Option<String> {
    let fields = stored.as_object()?.iter().filter(|(name, _)| name != "hash");
    let previous = unhex(stored.get("previousHash")?.as_str()?)?;
    Some(hex(&Sha256::new()
        .chain_update(previous)
        .chain_update(canonical(&Json::Object(fields.cloned().collect()))?)
        .finalize()))
}

/// Whether commits as stored are the whole record of a project, each fitting its predecessor and its own hash; with a
/// head, whether it is the one that was anchored elsewhere.
///
/// A head older than the record is looked for inside it: a record that has only grown since is intact.
pub fn verify(project: &ProjectId, stored: &[Json], head: Option<&Head>) -> Verification {
    let mut previous = first_hash(project);
    let count = u64::try_from(stored.len()).unwrap_or(u64::MAX);
    let bad = |version, problem: String| Verification {
        intact: false,
        commits: count,
        first_bad_version: Some(version),
        problem: Some(problem),
    };
    let fits_head =
        |version: u64, hash: &str| head.is_none_or(|head| head.version != version || head.hash == hash);
    let other_head = |version| bad(version, "the hash is not the one that was anchored".to_owned());
    if !fits_head(0, &previous) {
        return other_head(0);
    }
    for (version, commit) in (1_u64..).zip(stored) {
        match link(project, commit, version, &previous) {
            Ok(hash) if fits_head(version, &hash) => previous = hash,
            Ok(_) => return other_head(version),
            Err(problem) => return bad(version, problem),
        }
    }
    if let Some(head) = head.filter(|head| head.version > count) {
        let problem = format!("the record ends at version {count}, before the head at {}", head.version);
        return bad(count.saturating_add(1), problem);
    }
    Verification { intact: true, commits: count, first_bad_version: None, problem: None }
}

/// The commit's own hash, if it is the next link of the chain.
fn link(project: &ProjectId, commit: &Json, version: u64, previous: &str) -> Result<String, String> {
    let text = |field: &str| commit.get(field).and_then(Json::as_str).unwrap_or_default();
    let is_next = |stored: i64| u64::try_from(stored) == Ok(version);
    if !commit.get("version").and_then(Json::as_i64).is_some_and(is_next) {
        return Err(format!("version {version} is missing"));
    }
    if text("project") != project.as_str() {
        return Err("the commit belongs to another project".to_owned());
    }
    if text("previousHash") != previous {
        return Err("the commit does not follow the one before it".to_owned());
    }
    match stored_hash(commit) {
        Some(hash) if hash == text("hash") => Ok(hash),
        _ => Err("the commit is not what its hash was made of".to_owned()),
    }
}

/// The RFC 8785 form. By way of text, so that there is one serializer for each type, which is what WASM weighs.
fn canonical_form(value: &impl Serialize) -> String {
    canonical(&as_value(value)).unwrap_or_default()
}

fn as_value(value: &impl Serialize) -> Json {
    write_json(value).and_then(|text| Json::parse(&text).ok()).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let is_hash = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_hash {
        return None;
    }
    (0_usize..64)
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at.checked_add(2)?)?, 16).ok())
        .collect()
}
