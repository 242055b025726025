use serde::{Deserialize, Serialize};

use super::grant::Grant;
use crate::limits;
use crate::requests::GrantOrigin;
use crate::values::{GrantId, GrantStatus, Index, Map, Seconds, Set, SubjectId, Timestamp};

/// The grants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants {
    by_id: Map<GrantId, Grant>,
    /// Those that no event has ended, by holder.
    #[serde(skip)]
    open: Index<SubjectId, GrantId>,
    #[serde(skip)]
    open_count: usize,
    /// Those that began later than they were given.
    begun_later: Set<GrantId>,
    broken_at: Map<SubjectId, Vec<Timestamp>>,
}

impl Grants {
    /// A grant.
    pub fn get(&self, id: &GrantId) -> Option<&Grant> {
        self.by_id.get(id)
    }

    /// All grants, the newest first.
    pub fn newest_first(&self) -> impl DoubleEndedIterator<Item = &Grant> {
        self.by_id.values().rev()
    }

    /// The grants that no event has ended, by holder and id.
    pub fn open(&self) -> impl Iterator<Item = &Grant> {
        self.open.values().flatten().filter_map(|id| self.by_id.get(id))
    }

    /// How many grants there are in each state at a time up to which all that was due has happened.
    pub(crate) fn counts(&self, at: Timestamp) -> [(GrantStatus, usize); 3] {
        let scheduled = self.begun_later().filter(|grant| at < grant.starts_at).count();
        [
            (GrantStatus::Scheduled, scheduled),
            (GrantStatus::Live, self.open_count.saturating_sub(scheduled)),
            (GrantStatus::Ended, self.by_id.len().saturating_sub(self.open_count)),
        ]
    }

    /// The grants of a holder that no event has ended, by id.
    pub fn open_of(&self, holder: &SubjectId) -> impl Iterator<Item = &Grant> {
        self.open.found(holder).filter_map(|id| self.by_id.get(id))
    }

    /// The grants that no event has ended and that began, or will begin, later than they were given, by id.
    pub(crate) fn begun_later(&self) -> impl Iterator<Item = &Grant> {
        self.begun_later.iter().filter_map(|id| self.by_id.get(id))
    }

    /// When the subject broke the glass, as far back as any limit looks.
    pub(crate) fn broken_at(&self, holder: &SubjectId) -> impl Iterator<Item = Timestamp> {
        self.broken_at.get(holder).into_iter().flatten().copied()
    }

    /// Adds a grant that was given then.
    pub(crate) fn add(&mut self, grant: Grant, at: Timestamp) {
        if grant.starts_at > at {
            self.begun_later.insert(grant.id.clone());
        }
        if grant.origin == GrantOrigin::BreakGlass {
            let since = grant.starts_at.minus(Seconds::new(limits::REQUEST_WINDOW));
            self.broken_at.change(&grant.holder, |broken_at| {
                broken_at.retain(|&earlier| earlier > since);
                broken_at.push(grant.starts_at);
            });
        }
        self.index_one(&grant);
        self.by_id.insert(grant.id.clone(), grant);
    }

    /// Makes what is found by something anew.
    pub(crate) fn index(&mut self) {
        let all = self.by_id.clone();
        all.values().filter(|grant| grant.end.is_none()).for_each(|grant| self.index_one(grant));
    }

    fn index_one(&mut self, open: &Grant) {
        self.open.add(&open.holder, open.id.clone());
        self.open_count = self.open_count.saturating_add(1);
    }

    /// Forgets whom an id was, for whoever has it next.
    pub(crate) fn forget(&mut self, id: &SubjectId) {
        self.broken_at.remove(id);
    }

    /// Changes what is written in the grants for which there is something to change.
    pub(crate) fn change_where(&mut self, is_one: impl Fn(&Grant) -> bool, change: impl FnMut(&mut Grant)) {
        self.by_id.change_where(is_one, change);
    }

    /// Changes a grant that is known.
    pub(crate) fn change(&mut self, id: &GrantId, change: impl FnOnce(&mut Grant)) {
        let Some(grant) = self.by_id.get_mut(id) else { return };
        let was_open = grant.end.is_none();
        change(grant);
        if was_open && grant.end.is_some() {
            self.open_count = self.open_count.saturating_sub(1);
            self.open.take(&grant.holder, id);
            self.begun_later.remove(id);
        }
    }

    /// Takes out a grant that has ended.
    pub(crate) fn remove(&mut self, id: &GrantId) -> Option<Grant> {
        self.by_id.remove(id)
    }
}
