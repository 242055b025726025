//! What is archived is missed by nothing but what names it.

use std::mem::discriminant;

use access_engine::commands::Command;

use super::access::questions;
use super::runner::{always, decided_on, ensure, evaluated_on, unarchived};

#[test]
fn archiving_changes_no_answer_about_access_and_of_commands_only_that_what_is_archived_is_not_found() {
    always(|moment| {
        let state = moment.engine.state();
        let is_own = moment.answer.as_ref().is_ok_and(|receipt| !receipt.events.is_empty());
        let before = unarchived(moment.engine, state.version() - u64::from(is_own));
        let has_archived = before.requests().newest_first().count() > state.requests().newest_first().count();
        if !has_archived && !is_own {
            return Ok(());
        }
        let whole = unarchived(moment.engine, state.version());
        for (query, _) in questions(moment, "{}") {
            let (with, without) =
                (moment.engine.evaluate(&query, moment.at()), evaluated_on(&whole, &query, moment.at()));
            ensure(with == without, || format!("{query:?}: {with:?}, not {without:?}"))?;
        }
        // Whoever was erased is erased again where something of his was archived since, whatever it was.
        if matches!(moment.command, Command::Erase(_)) {
            return Ok(());
        }
        let without = decided_on(&before, moment.sent, moment.at());
        let is_same = match (moment.answer, &without) {
            (Ok(receipt), Ok(events)) => receipt.events.iter().map(discriminant).eq(events.iter().copied()),
            (Err(refusal), Err(other)) if refusal.code() == other.code() => true,
            (Err(refusal), _) => refusal.code() == "not_found",
            (Ok(_), Err(_)) => false,
        };
        ensure(is_same, || format!("{:?}: {:?}, not {without:?}", moment.command, moment.answer))
    });
}
