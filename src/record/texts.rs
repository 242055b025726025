//! What people are called and wrote stands beside what is hashed, so that it can be erased: there is a commitment in its
//! place.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use serde::{Deserialize, Serialize};

use super::chain::chain;
use super::commit::{Commit, SealedCommit};
use crate::events::{About, AccessEvent};
use crate::json::{hex, unhex};
use crate::people::{Disclosure, Erasable, Owners, Salts};
use crate::state::State;
use crate::values::{Map, SubjectId};

/// What stands beside a commit, by its commitment in lower-case hex.
pub type Texts = BTreeMap<String, StoredText>;

/// A text with its salt, and whose it is: whoever is erased takes it along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoredText {
    /// Who wrote it or is called so, and whose request or grant it is about, each with the version up to which an erasure of
    /// theirs must reach to take it along.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<SubjectId, number>"))]
    pub of: Owners,
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
    mut visit: impl FnMut(&mut dyn Erasable, Owners),
) {
    let version = commit.version;
    let actor: Owners = commit.actor.subject().map(|actor| (actor.clone(), version)).into_iter().collect();
    commit.client.iter_mut().for_each(|client| visit(client, actor.clone()));
    commit.idempotency.iter_mut().for_each(|it| visit(&mut it.command_hash, both(&actor, &it.of)));
    for event in &mut commit.events {
        let concerned = concerned(state, event.about(), version);
        event.personal(&mut |text, author| {
            let author = author.map(|author| (author.clone(), version)).into_iter().collect();
            visit(text, both(&author, &concerned));
        });
    }
}

/// Who is erased by either takes it along.
fn both(one: &Owners, other: &Owners) -> Owners {
    let mut both = one.clone();
    for (id, up_to) in other {
        both.entry(id.clone()).and_modify(|own| *own = (*own).min(*up_to)).or_insert(*up_to);
    }
    both
}

/// Whose request or grant it is about.
fn concerned(state: &State, about: About<'_>, version: u64) -> Owners {
    let owner = |id: &SubjectId, made_in| (id.clone(), state.directory().had_until(id, made_in, version));
    let request = about.request_id.and_then(|id| state.requests().get(id));
    let grant = || about.grant_id.and_then(|id| state.grants().get(id));
    let concerned = request.map(|request| owner(&request.content.requester, request.id.made_in()));
    concerned.or_else(|| grant().map(|grant| owner(&grant.holder, grant.id.made_in()))).into_iter().collect()
}

/// Salts all that can be erased of a commit that is about to be written, lays it beside, and hashes the rest.
pub(crate) fn seal(mut commit: Commit, state: &State, salts: &mut Salts<'_>) -> SealedCommit {
    let version = commit.version;
    each_text(&mut commit, state, |text, _| text.seal(salts.next_salt(), version));
    commit.events.iter_mut().for_each(AccessEvent::seal);
    lay_beside(&mut commit, state);
    chain(commit)
}

/// Lays beside a commit what its events say.
fn lay_beside(commit: &mut Commit, state: &State) {
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
pub(super) fn open(commit: &mut Commit, state: &State) -> Result<Vec<Owners>, String> {
    let (version, texts) = (commit.version, mem::take(&mut commit.texts));
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
    if let Some(commitment) = misfit.as_ref().or_else(|| texts.keys().find(|it| !met.contains(*it))) {
        return Err(not_what_was_hashed(commitment));
    }
    commit.texts = texts;
    Ok(missing)
}

impl StoredText {
    fn disclosure(&self) -> Option<Disclosure> {
        Some(Disclosure { salt: unhex(&self.salt)?, text: self.text.clone() })
    }
}

/// Takes up what stands beside a commit that is read again. What is missing was looked at when it was read first.
pub(super) fn disclose(commit: &mut Commit) -> Result<(), String> {
    let (version, texts) = (commit.version, mem::take(&mut commit.texts));
    let mut misfit = None;
    each_text(commit, &State::default(), |text, _| {
        let commitment = hex(&text.commitment());
        let Some(stored) = texts.get(&commitment) else { return };
        if !stored.disclosure().is_some_and(|disclosure| text.disclose(&disclosure, version)) {
            misfit = Some(commitment);
        }
    });
    commit.texts = texts;
    misfit.map_or(Ok(()), |commitment| Err(not_what_was_hashed(&commitment)))
}

fn not_what_was_hashed(commitment: &str) -> String {
    format!("the text `{commitment}` is not what was hashed")
}

/// Forgets what a subject is called and wrote, and what others wrote on its requests and grants, in a commit.
pub(crate) fn erase(commit: &mut Commit, subject: &SubjectId, up_to: u64) {
    let (gone, left): (Texts, Texts) =
        mem::take(&mut commit.texts).into_iter().partition(|(_, text)| goes_with(&text.of, subject, up_to));
    each_text(commit, &State::default(), |text, _| {
        if gone.contains_key(&hex(&text.commitment())) {
            text.erase();
        }
    });
    commit.texts = left;
}

/// Whether an erasure of a subject up to that version takes along what is theirs.
pub(crate) fn goes_with(of: &Owners, subject: &SubjectId, up_to: u64) -> bool {
    of.get(subject).is_some_and(|own| *own <= up_to)
}

/// The texts that are missing so far, each with the version of its commit and whose it was: a commit that erases them
/// must be to come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gaps(Vec<(u64, Owners)>);

impl Gaps {
    pub(super) fn add(&mut self, version: u64, missing: Vec<Owners>) {
        self.0.extend(missing.into_iter().map(|of| (version, of)));
    }

    /// A subject was erased up to that version.
    pub(crate) fn close(&mut self, subject: &SubjectId, up_to: u64) {
        self.0.retain(|(_, of)| !goes_with(of, subject, up_to));
    }

    /// The first version of which something is missing that nobody has erased.
    pub(crate) fn first(&self) -> Option<u64> {
        self.0.iter().map(|(version, _)| *version).min()
    }
}

/// Of whom texts stand beside the commits of a store, as far as the record says: each with the first commit, or one before
/// it, that such a text goes with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Standing(Map<SubjectId, u64>);

impl Standing {
    /// Texts were written, or read.
    pub(crate) fn add(&mut self, texts: &Texts) {
        for (id, version) in texts.values().flat_map(|text| &text.of) {
            if self.0.get(id).is_none_or(|first| version < first) {
                self.0.insert(id.clone(), *version);
            }
        }
    }

    /// A subject was erased by the commit `erased_in`; whether a text of theirs may still stand that goes with it.
    pub(crate) fn erase(&mut self, subject: &SubjectId, up_to: u64, erased_in: u64) -> bool {
        if self.0.get(subject).is_none_or(|first| *first > up_to) {
            return false;
        }
        let left = up_to.saturating_add(1);
        if left < erased_in {
            self.0.insert(subject.clone(), left);
        } else {
            self.0.remove(subject);
        }
        true
    }
}
