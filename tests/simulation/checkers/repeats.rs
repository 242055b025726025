use access_engine::people::Actor;

use super::super::known::{Known, Seen};
use super::super::view::View;
use super::ensure;

/// A command that is sent again under its key acts once, and has one answer, whichever server gives it.
pub(super) fn acts_once(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    match seen {
        Seen::Committed { commit, before, .. } => {
            let key = commit.idempotency.as_ref().map(|it| &it.key);
            let same =
                known.record.iter().filter(|written| written.key.is_some() && written.key.as_ref() == key);
            let is_again = same
                .map(|written| written.view.version)
                .any(|version| is_remembered(before, version, &commit.actor));
            ensure(!is_again, || format!("{key:?} acts again, in version {}", commit.version))
        }
        Seen::Answered(answer) => {
            let Ok(receipt) = &answer.outcome else { return Ok(()) };
            let same =
                known.answers.iter().filter(|other| other.sent == answer.sent && !receipt.events.is_empty());
            let mut before =
                same.filter_map(|other| other.outcome.as_ref().ok()).filter(|it| !it.events.is_empty());
            let other = before.find(|other| *other != receipt);
            let sent = &known.sent[answer.sent];
            let is_gone = |version| {
                known.may_be_lost(version, sent.at) || !is_remembered(&known.now(), version, &sent.actor)
            };
            ensure(other.is_none_or(|other| is_gone(other.version)), || {
                format!("answered with {receipt:?}, before with {other:?}")
            })
        }
        _ => Ok(()),
    }
}

/// With what somebody wrote the keys of his commands are erased; and whoever has his id after him has none of them.
fn is_remembered(view: &View, version: u64, actor: &Actor) -> bool {
    let came = actor.subject().and_then(|id| view.directory.who(id)).map_or(u64::MAX, |who| who.1);
    version > view.erased_in && version >= came
}
