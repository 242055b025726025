//! What goes on where a grant ends.

use super::Continuation;
use super::announcer::Announcer;
use crate::grants;
use crate::grants::Grant;
use crate::resources::covers;
use crate::values::{GrantStatus, Timestamp};

impl Announcer<'_> {
    /// The other grants of its holder that are open at this instant, or begin then or later.
    fn others_of<'g>(&'g self, grant: &'g Grant, at: Timestamp) -> impl Iterator<Item = &'g Grant> {
        let made = self.happened.grants_of(&grant.holder);
        let open = self.before.grants().open_of(&grant.holder).chain(made);
        open.filter(move |other| {
            other.id != grant.id && self.happened.end(&other.id).is_none_or(|end| end > at)
        })
    }

    /// Whether a renewal carries a grant on from its end without a gap.
    pub(super) fn is_carried_on(&self, grant: &Grant, end: Timestamp) -> bool {
        let mut others = self.others_of(grant, end);
        others.any(|other| other.renews.as_ref() == Some(&grant.id) && other.starts_at <= end)
    }

    /// Until when another grant opens all that a grant opened, from its end on.
    pub(super) fn continues(&self, grant: &Grant, end: Timestamp) -> Option<Continuation> {
        let goes_on = |other: &&Grant| {
            grants::status(other, end) == GrantStatus::Live
                && self.happened.end(&other.id).is_none()
                && covers(&other.target, &grant.target)
                && grant.actions.as_slice().iter().all(|action| other.actions.contains(action))
                && other.exclusions.iter().all(|excluded| grant.exclusions.contains(excluded))
        };
        let last = self
            .others_of(grant, end)
            .filter(goes_on)
            .max_by_key(|other| (other.ends_at.is_none(), other.ends_at));
        last.map(|other| Continuation { until: other.ends_at })
    }
}
