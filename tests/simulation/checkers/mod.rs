//! What users would say, each in a few lines, told from outside: from what was sent and answered, the mails, the time.

mod access;
mod agreement;
mod due;
mod loss;
mod mail;
mod offices;
mod promises;
mod repeats;

use super::known::{Known, Seen};

/// What is wrong with what was just seen, by all that was seen before.
type Check = fn(&Known, &Seen<'_>) -> Result<(), String>;

/// Every checker, by what it holds to be so.
pub(crate) const CHECKERS: [(&str, Check); 14] = [
    ("everybody_who_has_access_was_let_in", access::was_let_in),
    ("whoever_was_let_in_has_access", access::is_not_shut_out),
    ("a_revocation_is_everywhere_within_its_bound", access::is_closed_in_time),
    ("nobody_inherits_an_office", offices::holds_it),
    ("no_mail_says_what_is_not_so", mail::is_true),
    ("no_mail_reaches_a_newcomer", mail::is_for_whom_it_was),
    ("no_message_goes_out_twice", mail::is_sent_once),
    ("servers_that_have_heard_everything_agree", agreement::agree),
    ("a_record_that_was_replaced_is_noticed", agreement::is_noticed),
    ("nothing_acknowledged_is_lost", loss::is_kept),
    ("a_repeated_command_acts_once", repeats::acts_once),
    ("what_is_promised_is_kept", promises::is_kept),
    ("what_is_due_happens", due::has_happened),
    ("each_due_event_happens_once", due::happens_once),
];

fn ensure(is_so: bool, problem: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(problem()) }
}
