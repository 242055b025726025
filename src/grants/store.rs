use super::grant::Grant;
use crate::limits;
use crate::requests::GrantOrigin;
use crate::values::{GrantId, Index, Map, Seconds, SubjectId, Timestamp};

/// The grants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    by_id: Map<GrantId, Grant>,
    /// Those that no event has ended, by holder.
    open: Index<SubjectId, GrantId>,
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

    /// The grants of a holder that no event has ended, by id.
    pub fn open_of(&self, holder: &SubjectId) -> impl Iterator<Item = &Grant> {
        self.open.found(holder).filter_map(|id| self.by_id.get(id))
    }

    /// When the subject broke the glass, as far back as any limit looks.
    pub(crate) fn broken_at(&self, holder: &SubjectId) -> impl Iterator<Item = Timestamp> {
        self.broken_at.get(holder).into_iter().flatten().copied()
    }

    /// Adds a grant.
    pub(crate) fn add(&mut self, grant: Grant) {
        if grant.origin == GrantOrigin::BreakGlass {
            let since = grant.starts_at.minus(Seconds::new(limits::REQUEST_WINDOW));
            self.broken_at.change(&grant.holder, |broken_at| {
                broken_at.retain(|&earlier| earlier > since);
                broken_at.push(grant.starts_at);
            });
        }
        self.open.add(&grant.holder, grant.id.clone());
        self.by_id.insert(grant.id.clone(), grant);
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
        change(grant);
        if grant.end.is_some() {
            self.open.take(&grant.holder, id);
        }
    }

    /// Takes out a grant that has ended.
    pub(crate) fn remove(&mut self, id: &GrantId) -> Option<Grant> {
        self.by_id.remove(id)
    }
}
