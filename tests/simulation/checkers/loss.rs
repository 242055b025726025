use super::super::known::{Answer, Known, Seen};
use super::ensure;

/// What was acknowledged stands in the record, then and at the end, unless the store was put back to before it.
pub(super) fn is_kept(known: &Known, seen: &Seen<'_>) -> Result<(), String> {
    match seen {
        Seen::Answered(answer) => stands(known, answer),
        Seen::Ended(_) => known.answers.iter().try_for_each(|answer| stands(known, answer)),
        _ => Ok(()),
    }
}

fn stands(known: &Known, answer: &Answer) -> Result<(), String> {
    let (Ok(receipt), sent) = (&answer.outcome, &known.sent[answer.sent]) else { return Ok(()) };
    if receipt.events.is_empty() || known.may_be_lost(receipt.version, sent.at) {
        return Ok(());
    }
    let written = usize::try_from(receipt.version).ok().and_then(|version| known.record.get(version - 1));
    let is_there = written.is_some_and(|written| written.key.as_ref() == Some(&sent.key));
    ensure(is_there, || {
        format!("version {} was acknowledged, and is not {:?}", receipt.version, sent.command)
    })
}
