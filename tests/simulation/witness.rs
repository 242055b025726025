//! Hears everything, and has the checkers look at each thing as it happens.

use std::collections::BTreeMap;
use std::rc::Rc;

use access_engine::people::Actor;
use access_engine::record::Commit;

use super::checkers::CHECKERS;
use super::clockwork::Millis;
use super::company::founding;
use super::known::{Answer, Known, Mail, Seen, Sent, Written};
use super::plan::Pace;

/// What a checker found wrong.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    /// Which checker.
    pub(crate) checker: &'static str,
    /// In words.
    pub(crate) text: String,
}

pub(crate) struct Witness {
    pub(crate) known: Known,
    /// The first of each checker.
    pub(crate) problems: BTreeMap<&'static str, Problem>,
    /// How many things were looked at.
    pub(crate) looks: u64,
    /// When, for the trace.
    pub(crate) found: Vec<(&'static str, String)>,
}

impl Witness {
    pub(crate) fn new(pace: Pace) -> Self {
        Self { known: Known::new(pace), problems: BTreeMap::new(), looks: 0, found: Vec::new() }
    }

    pub(crate) fn see(&mut self, seen: &Seen<'_>) {
        self.looks += 1;
        for (checker, check) in CHECKERS {
            let Err(text) = check(&self.known, seen) else { continue };
            if !self.problems.contains_key(checker) {
                self.found.push((checker, text.clone()));
                self.problems.insert(checker, Problem { checker, text });
            }
        }
    }

    pub(crate) fn send(&mut self, sent: Sent) -> usize {
        self.known.sent.push(sent);
        self.known.sent.len() - 1
    }

    /// A commit was written.
    pub(crate) fn commit(&mut self, commit: &Commit, at: Millis) {
        let before = self.known.now();
        let key = commit.idempotency.as_ref().map(|it| it.key.clone());
        let sent = key.as_ref().and_then(|key| self.known.sent_under(key)).cloned();
        let mut after = (*before).clone();
        let own = sent.as_ref().filter(|sent| sent.actor == commit.actor).map(|sent| sent.command.clone());
        let own = own.or_else(|| (commit.actor == Actor::Host).then(founding));
        after.tell(commit, own.as_ref());
        let after = Rc::new(after);
        self.see(&Seen::Committed { commit, sent: sent.as_ref(), before: &before, after: &after });
        self.known.views.insert(commit.hash.clone(), Rc::clone(&after));
        self.known.record.push(Written { view: after, at, key });
    }

    pub(crate) fn answer(&mut self, answer: Answer) {
        self.see(&Seen::Answered(&answer));
        self.known.answers.push(answer);
    }

    pub(crate) fn mail(&mut self, mail: Mail) {
        self.see(&Seen::Mailed(&mail));
        self.known.mails.push(mail);
    }
}
