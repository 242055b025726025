use super::super::known::{Known, Seen};
use super::ensure;

/// A command that is sent again under its key acts once, and has one answer, whichever server gives it.
pub(super) fn acts_once(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    match seen {
        Seen::Committed { commit, .. } => {
            let key = commit.idempotency.as_ref().map(|it| &it.key);
            let is_again = key.is_some() && known.record.iter().any(|written| written.key.as_ref() == key);
            ensure(!is_again, || format!("{key:?} acts again, in version {}", commit.version))
        }
        Seen::Answered(answer) => {
            let Ok(receipt) = &answer.outcome else { return Ok(()) };
            let same = known.answers.iter().filter(|other| other.sent == answer.sent && !receipt.events.is_empty());
            let mut before = same.filter_map(|other| other.outcome.as_ref().ok()).filter(|it| !it.events.is_empty());
            let other = before.find(|other| *other != receipt);
            let is_lost = other.is_some_and(|other| known.may_be_lost(other.version, known.sent[answer.sent].at));
            ensure(other.is_none() || is_lost, || format!("answered with {receipt:?}, before with {other:?}"))
        }
        _ => Ok(()),
    }
}
