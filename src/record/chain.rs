use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::commit::{Commit, Head, SealedCommit, read_into};
use super::idempotency::Idempotency;
use super::texts::{Gaps, Texts, disclose, erase, open};
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
    Pieces::of(commit).hash(&commit.previous_hash)
}

/// Hashes a commit that is else complete; with the text that is stored, of which what is hashed is a part.
pub(super) fn chain(mut commit: Commit) -> SealedCommit {
    let pieces = Pieces::of(&commit);
    commit.hash = pieces.hash(&commit.previous_hash);
    let stored = pieces.stored(&commit);
    debug_assert_eq!(stored, commit.to_stored(), "it is not stored as it is written");
    SealedCommit { commit, stored }
}

/// The RFC 8785 form of a commit, but for its hash, which stands behind the first piece, and its texts, behind the second.
struct Pieces([String; 3]);

impl Pieces {
    fn of(commit: &Commit) -> Self {
        let Commit {
            project, version, at, actor, client, idempotency, events, notices, previous_hash, ..
        } = commit;
        let first = fields(&Before { actor, at: *at, client, events });
        let second = fields(&Behind { idempotency, notices, previous_hash, project });
        Self([format!("{{{first},"), format!("{second},"), format!("\"version\":{version}}}")])
    }

    fn hash(&self, previous_hash: &str) -> String {
        let Self([first, second, third]) = self;
        let previous = unhex::<32>(previous_hash);
        let hash = previous.map(|it| sha256([&it, first.as_bytes(), second.as_bytes(), third.as_bytes()]));
        hash.unwrap_or_default()
    }

    fn stored(&self, Commit { hash, texts, .. }: &Commit) -> String {
        let Self([first, second, third]) = self;
        let texts = if texts.is_empty() { String::new() } else { fields(&Beside { texts }) + "," };
        format!(r#"{first}"hash":"{hash}",{second}{texts}{third}"#)
    }
}

/// The fields of an object as they are written, without what stands around them.
fn fields(object: &impl Serialize) -> String {
    let mut object = to_canonical(object).unwrap_or_default();
    object.pop();
    object.split_off(1.min(object.len()))
}

#[derive(Serialize)]
struct Before<'a> {
    actor: &'a Actor,
    at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: &'a Option<Personal<Client>>,
    events: &'a [AccessEvent],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Behind<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    idempotency: &'a Option<Idempotency>,
    notices: &'a [Notice],
    previous_hash: &'a str,
    project: &'a ProjectId,
}

#[derive(Serialize)]
struct Beside<'a> {
    texts: &'a Texts,
}

fn chained_hash(previous_hash: &str, hashed: &Value) -> Option<String> {
    Some(sha256([&unhex::<32>(previous_hash)?, to_canonical(hashed)?.as_bytes()]))
}

/// What is wrong with a text that is missing.
pub(crate) const NOT_ERASED: &str = "a text is missing, and no later commit erased it";

/// Whether commits as stored are the whole record of a project, each fitting its predecessor and its own hash, and
/// whether the record has all of these heads.
///
/// A head older than the record is looked for inside it: a record that has only grown since is intact.
pub fn verify(project: &ProjectId, stored: &[Box<RawValue>], heads: &[Head]) -> Verification {
    let mut verifier = Verifier::new(project.clone(), heads.to_vec());
    stored.iter().for_each(|commit| verifier.read(commit));
    verifier.end()
}

/// [`verify`], a commit at a time: what it holds is the state, and never the record.
pub(crate) struct Verifier {
    project: ProjectId,
    heads: Vec<Head>,
    before: Head,
    state: State,
    gaps: Gaps,
    commits: u64,
    /// What is wrong first, and where.
    found: Option<(u64, String)>,
}

impl Verifier {
    /// Before the first commit.
    pub(crate) fn new(project: ProjectId, heads: Vec<Head>) -> Self {
        let before = Head { version: 0, hash: first_hash(&project) };
        let mut verifier = Self {
            project,
            heads,
            before,
            state: State::default(),
            gaps: Gaps::default(),
            commits: 0,
            found: None,
        };
        verifier.look_at_heads();
        verifier
    }

    /// Reads the commit that follows.
    pub(crate) fn read(&mut self, stored: &RawValue) {
        self.commits = self.commits.saturating_add(1);
        if self.found.is_some() {
            return;
        }
        let version = self.commits;
        let read = read_next(&self.project, &self.state, &self.before, &mut self.gaps, stored);
        match read.and_then(|commit| read_into(&mut self.state, &commit).map(|()| commit.hash)) {
            Ok(hash) => {
                self.before = Head { version, hash };
                self.look_at_heads();
            }
            Err(Refusal::CorruptRecord { problem, .. }) => self.found = Some((version, problem)),
            Err(refusal) => self.found = Some((version, refusal.to_string())),
        }
    }

    fn look_at_heads(&mut self) {
        let Head { version, hash } = &self.before;
        if self.heads.iter().any(|head| head.version == *version && head.hash != *hash) {
            self.blame(*version, "the hash is not that of the head");
        }
    }

    /// Notes what is wrong, unless something was before.
    pub(crate) fn blame(&mut self, version: u64, problem: &str) {
        self.found.get_or_insert_with(|| (version, problem.to_owned()));
    }

    /// After the last commit.
    pub(crate) fn end(self) -> Verification {
        let Self { heads, gaps, commits, found, .. } = self;
        let missing = || gaps.first().map(|version| (version, NOT_ERASED.to_owned()));
        let short = || {
            let head = heads.iter().find(|head| head.version > commits)?;
            let problem =
                format!("the record ends at version {commits}, before the head at {}", head.version);
            Some((commits.saturating_add(1), problem))
        };
        let found = found.or_else(missing).or_else(short);
        let intact = found.is_none();
        let (first_bad_version, problem) = found.unzip();
        Verification { intact, commits, first_bad_version, problem }
    }
}

/// Where a stored commit says that it stands.
pub(crate) fn place(stored: &RawValue) -> Option<Head> {
    let fields = parse_json(stored.get()).ok()?;
    let version = fields.get("version")?.as_u64()?;
    Some(Head { version, hash: fields.get("hash")?.as_str()?.to_owned() })
}

/// The commit that follows on a head, if it does.
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
    let mut commit = read_commit(project, version, Some(&before.hash), stored)?;
    if state.last_at().is_some_and(|last_at| commit.at < last_at) {
        return Err(corrupt("the commit is earlier than the one before it".to_owned()));
    }
    gaps.add(version, open(&mut commit, state).map_err(corrupt)?);
    let erasures = commit.events.iter().filter_map(AccessEvent::erasure);
    erasures.for_each(|erasure| gaps.close(&erasure.subject_id, erasure.up_to));
    Ok(commit)
}

/// A commit that is read again, as it is told of by whoever knows the state; what was erased since is left out, also where
/// it still stands in its store.
///
/// # Errors
/// `corrupt_record`, `newer_record`.
pub(crate) fn read_again(
    project: &ProjectId,
    version: u64,
    state: &State,
    stored: &RawValue,
) -> Result<Commit, Refusal> {
    let mut commit = read_commit(project, version, None, stored)?;
    disclose(&mut commit).map_err(|problem| Refusal::CorruptRecord { version, problem })?;
    let owners: BTreeSet<_> = commit.texts.values().flat_map(|text| text.of.keys()).cloned().collect();
    owners.iter().for_each(|id| erase(&mut commit, id, state.erased_up_to(id)));
    Ok(commit)
}

/// A commit as it was stored, its texts still beside it. Its hash is made of that, never of what would be written today.
fn read_commit(
    project: &ProjectId,
    version: u64,
    previous_hash: Option<&str>,
    stored: &RawValue,
) -> Result<Commit, Refusal> {
    let corrupt = |problem: String| Refusal::CorruptRecord { version, problem };
    let mut fields = parse_json(stored.get()).map_err(|refusal| corrupt(refusal.to_string()))?;
    let text = |field: &str| fields.get(field).and_then(Value::as_str).unwrap_or_default();
    if fields.get("version").and_then(Value::as_u64) != Some(version) {
        return Err(corrupt(format!("version {version} is missing")));
    }
    if text("project") != project.as_str() {
        return Err(corrupt("the commit belongs to another project".to_owned()));
    }
    let before = text("previousHash").to_owned();
    if previous_hash.is_some_and(|hash| hash != before) {
        return Err(corrupt("the commit does not follow the one before it".to_owned()));
    }
    let mut take = |name: &str| fields.as_object_mut().and_then(|fields| fields.remove(name));
    let (hash, texts) = (take("hash").unwrap_or_default(), take("texts"));
    if chained_hash(&before, &fields).is_none_or(|made| hash != made) {
        return Err(corrupt("the commit is not what its hash was made of".to_owned()));
    }
    if let Some(fields) = fields.as_object_mut() {
        fields.insert("hash".to_owned(), hash);
        fields.extend(texts.map(|texts| ("texts".to_owned(), texts)));
    }
    read_part(&fields).map_err(|invalid| {
        let is_newer = invalid.kind == InvalidKind::UnknownName;
        let problem = Refusal::from(invalid).to_string();
        if is_newer { Refusal::NewerRecord { version, problem } } else { corrupt(problem) }
    })
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
