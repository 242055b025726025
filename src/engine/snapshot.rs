//! Snapshots: the working state at a version, from which an engine opens without reading what came before.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::journal::Journal;
use super::keys::KnownKey;
use super::{Engine, Erasure};
use crate::access::Hot;
use crate::json::{hex, sha256, to_canonical, unhex};
use crate::people::{Actor, Disclosure, Visit};
use crate::record::{Head, Standing};
use crate::state::State;
use crate::values::{IdempotencyKey, Map, ProjectId};

/// The form of what is written here. One in another form is not read: the record is there.
const FORMAT: u32 = 1;

/// The working state after a commit, to be kept beside the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// That commit.
    pub head: Head,
    /// SHA-256 over the state, with commitments in place of texts: two of one record at one version are the same.
    pub digest: String,
    /// The state as JSON. Like a commit it has texts that can be erased.
    pub data: String,
}

/// A snapshot as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    /// SHA-256 over the bytes of `kept`.
    digest: String,
    #[serde(borrow)]
    kept: &'a RawValue,
    beside: Beside,
}

/// What is not hashed: it goes with an erasure.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    /// In the order in which their commitments stand; none where one was erased.
    texts: Vec<Option<KeptText>>,
    standing: Standing,
    erased: Vec<Erasure>,
}

/// All that an engine knows, with commitments in place of texts, and without what is made of the rest.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Kept {
    format: u32,
    project: ProjectId,
    hash: String,
    state: State,
    journal: Journal,
    keys: Map<(Actor, IdempotencyKey), KnownKey>,
}

/// What stands behind a commitment.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeptText {
    salt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The commit that wrote it.
    version: u64,
}

impl Kept {
    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.state.personal(visit);
        self.keys.change_where(|_| true, |known| visit(&mut known.command_hash, None));
    }
}

impl Engine {
    /// The working state as it is. The same state is written the same, byte for byte.
    pub fn snapshot(&self) -> Snapshot {
        let mut kept = Kept {
            format: FORMAT,
            project: self.project.clone(),
            hash: self.hash.clone(),
            state: self.state.clone(),
            journal: self.journal.clone(),
            keys: self.keys.clone(),
        };
        let mut texts = Vec::new();
        kept.personal(&mut |text, _| {
            let disclosed = text.disclosure().zip(text.written_in());
            texts.push(disclosed.map(|(Disclosure { salt, text }, version)| KeptText {
                salt: hex(&salt),
                text,
                version,
            }));
        });
        let kept = to_canonical(&kept).unwrap_or_default();
        let beside = Beside { texts, standing: self.standing.clone(), erased: self.erased.clone() };
        let (digest, beside) = (sha256([kept.as_bytes()]), to_canonical(&beside).unwrap_or_default());
        let data = format!(r#"{{"beside":{beside},"digest":"{digest}","kept":{kept}}}"#);
        Snapshot { head: self.head(), digest, data }
    }

    /// Whether another engine has the same state, by the same record.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.state == other.state && self.snapshot().digest == other.snapshot().digest
    }

    /// The engine of which a snapshot was made. It is trusted as the record is; nothing where it is of another project, is not
    /// whole, or has a form that this edition does not read.
    pub fn open(project: &ProjectId, snapshot: &str) -> Option<Self> {
        let Written { digest, kept, beside: Beside { texts, standing, erased } } =
            serde_json::from_str(snapshot).ok()?;
        if sha256([kept.get().as_bytes()]) != digest {
            return None;
        }
        let mut kept: Kept = serde_json::from_str(kept.get()).ok()?;
        if kept.format != FORMAT || kept.project != *project {
            return None;
        }
        let (mut is_whole, mut texts) = (true, texts.into_iter());
        kept.personal(&mut |text, _| {
            let Some(kept) = texts.next() else {
                is_whole = false;
                return;
            };
            if let Some(KeptText { salt, text: written, version }) = kept {
                let salt = unhex(&salt).unwrap_or_default();
                is_whole &= text.disclose(&Disclosure { salt, text: written }, version);
            }
        });
        if !is_whole || texts.next().is_some() {
            return None;
        }
        let Kept { project, hash, mut state, journal, keys, .. } = kept;
        state.index();
        let engine = Self::of_state(project, hash, state, Hot::default());
        Some(Self { journal, keys, standing, erased, ..engine })
    }
}
