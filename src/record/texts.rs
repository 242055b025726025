//! What people are called and wrote stands beside what is hashed, so that it can be erased: there is a commitment in its
//! place.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::commit::Commit;
use crate::events::{About, AccessEvent};
use crate::json::{hex, unhex};
use crate::people::{Disclosure, Erasable, Salts};
use crate::state::State;
use crate::values::SubjectId;

/// What stands beside a commit, by its commitment in lower-case hex.
pub type Texts = BTreeMap<String, StoredText>;

/// A text with its salt, and whose it is: whoever is erased takes it along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoredText {
    /// Who wrote it or is called so, and whose request or grant it is about; sorted.
    #[cfg_attr(feature = "wasm", tsify(type = "SubjectId[]"))]
    pub of: BTreeSet<SubjectId>,
    /// 16 bytes in lower-case hex.
    pub salt: String,
    /// The text, or JSON where it is none; absent of a command, which is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Calls for all that can be erased of a commit, with whose it is.
pub(super) fn each_text(
    commit: &mut Commit,
    state: &State,
    mut visit: impl FnMut(&mut dyn Erasable, BTreeSet<SubjectId>),
) {
    let actor: BTreeSet<SubjectId> = commit.actor.subject().cloned().into_iter().collect();
    commit.client.iter_mut().for_each(|client| visit(client, actor.clone()));
    commit.idempotency.iter_mut().for_each(|it| visit(&mut it.command_hash, &actor | &it.of));
    for event in &mut commit.events {
        let concerned = concerned(state, event.about()).cloned();
        event.personal(&mut |text, author| {
            visit(text, author.into_iter().chain(&concerned).cloned().collect())
        });
    }
}

/// Whose request or grant it is about.
fn concerned<'a>(state: &'a State, about: About<'_>) -> Option<&'a SubjectId> {
    let request = about.request_id.and_then(|id| state.requests().get(id));
    let grant = || about.grant_id.and_then(|id| state.grants().get(id));
    request.map(|request| &request.content.requester).or_else(|| grant().map(|grant| &grant.holder))
}

/// Salts all that can be erased of a commit that is about to be written, and lays it beside.
pub(crate) fn seal(commit: &mut Commit, state: &State, salts: &mut Salts<'_>) {
    let version = commit.version;
    each_text(commit, state, |text, _| text.seal(salts.next_salt(), version));
    commit.events.iter_mut().for_each(AccessEvent::seal);
    lay_beside(commit, state);
}

/// Lays beside a commit what its events say and was not erased.
pub(crate) fn lay_beside(commit: &mut Commit, state: &State) {
    let mut texts = Texts::default();
    each_text(commit, state, |text, of| {
        if let Some(Disclosure { salt, text: written }) = text.disclosure() {
            let stored = StoredText { of, salt: hex(&salt), text: written };
            texts.insert(hex(&text.commitment()), stored);
        }
    });
    commit.texts = texts;
}

/// Takes up what stands beside a commit that was read. What is missing was erased: of whom, for each.
pub(super) fn open(commit: &mut Commit, state: &State) -> Result<Vec<BTreeSet<SubjectId>>, String> {
    let (version, texts) = (commit.version, std::mem::take(&mut commit.texts));
    let (mut missing, mut misfit) = (Vec::new(), None);
    let mut met = BTreeSet::new();
    each_text(commit, state, |text, of| {
        let commitment = hex(&text.commitment());
        match texts.get(&commitment) {
            None => missing.push(of),
            Some(stored) => {
                let fits = stored.of == of
                    && stored.disclosure().is_some_and(|disclosure| text.disclose(&disclosure, version));
                if !fits {
                    misfit = Some(commitment.clone());
                }
            }
        }
        met.insert(commitment);
    });
    match misfit.or_else(|| texts.into_keys().find(|commitment| !met.contains(commitment))) {
        Some(commitment) => Err(format!("the text `{commitment}` is not what was hashed")),
        None => Ok(missing),
    }
}

impl StoredText {
    fn disclosure(&self) -> Option<Disclosure> {
        Some(Disclosure { salt: unhex(&self.salt)?, text: self.text.clone() })
    }
}

/// Forgets what a subject is called and wrote, and what others wrote on its requests and grants, in a commit that was
/// written no later; whether there was anything.
pub(crate) fn erase(commit: &mut Commit, state: &State, subject: &SubjectId, up_to: u64) -> bool {
    let mut found = false;
    each_text(commit, state, |text, of| {
        if of.contains(subject) && text.written_in().is_some_and(|version| version <= up_to) {
            text.erase();
            found = true;
        }
    });
    found
}

/// The texts that are missing so far, each with the version of its commit and whose it was: a commit that erases them
/// must be to come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps(Vec<(u64, BTreeSet<SubjectId>)>);

impl Gaps {
    pub(super) fn add(&mut self, version: u64, missing: Vec<BTreeSet<SubjectId>>) {
        self.0.extend(missing.into_iter().map(|of| (version, of)));
    }

    /// A subject was erased up to that version.
    pub(crate) fn close(&mut self, subject: &SubjectId, up_to: u64) {
        self.0.retain(|(version, of)| *version > up_to || !of.contains(subject));
    }

    /// The first version of which something is missing that nobody has erased.
    pub(crate) fn first(&self) -> Option<u64> {
        self.0.iter().map(|(version, _)| *version).min()
    }
}
