//! The state ahead: with everything done that is due and that nobody has committed yet.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Engine, Told};
use crate::commands::{decide_tick, next_deadline};
use crate::events::AccessEvent;
use crate::record;
use crate::state::State;
use crate::values::Timestamp;

/// What is due, and the state once it has happened.
#[derive(Debug)]
pub(super) struct Ahead {
    /// When this was worked out, and from when on more is due: in between nothing happens.
    from: Timestamp,
    until: Option<Timestamp>,
    pub(super) events: Vec<AccessEvent>,
    state: State,
    /// The same with nothing archived, for those who read the record.
    unarchived: OnceLock<State>,
}

/// The last state ahead that was asked for: many questions are asked before somebody commits what is due.
#[derive(Debug, Default)]
pub(super) struct LastAhead(Mutex<Option<Arc<Ahead>>>);

impl Clone for LastAhead {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl LastAhead {
    /// Something else has happened.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

impl Ahead {
    fn of(state: &State, at: Timestamp) -> Self {
        let events = decide_tick(state, at);
        let mut ahead = state.clone();
        record::happen(&mut ahead, &events, at);
        Self { from: at, until: next_deadline(&ahead), events, state: ahead, unarchived: OnceLock::new() }
    }

    fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

impl Engine {
    /// The state with the clock at `at`, as if everything due had been ticked.
    pub(crate) fn state_at(&self, at: Timestamp) -> State {
        match self.ahead(self.time(at)) {
            Some(ahead) => ahead.state.clone(),
            None => self.state.clone(),
        }
    }

    /// What the record tells at an instant, for those who read it.
    pub fn told_at(&self, at: Timestamp) -> Told {
        let at = self.time(at);
        let state = || match self.ahead(at) {
            None => self.state.clone(),
            Some(ahead) => ahead
                .unarchived
                .get_or_init(|| {
                    let mut state = self.state.clone();
                    let events = ahead.events.iter().filter(|event| !event.is_archiving());
                    record::happen(&mut state, events, at);
                    state
                })
                .clone(),
        };
        Told {
            state: state(),
            open: self.state_at(at),
            due: self.due(at).map(|due| Arc::new(due.commit)),
            journal: self.journal.clone(),
            head: self.version(),
            now: at,
        }
    }

    /// What is due at a time, which is not before the last commit; nothing when nothing is.
    pub(super) fn ahead(&self, at: Timestamp) -> Option<Arc<Ahead>> {
        next_deadline(&self.state).filter(|deadline| *deadline <= at)?;
        let mut last = self.ahead.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ahead) = last.as_ref().filter(|ahead| ahead.holds(at)) {
            return Some(Arc::clone(ahead));
        }
        let ahead = Arc::new(Ahead::of(&self.state, at));
        *last = Some(Arc::clone(&ahead));
        Some(ahead)
    }
}
