//! What goes on where a grant ends.

use super::Continuation;
use super::announcer::Announcer;
use crate::grants;
use crate::grants::Grant;
use crate::resources::covers;
use crate::values::{GrantStatus, Timestamp};

impl<'a> Announcer<'a> {
    /// Whether a renewal carries a grant on from its end without a gap.
    pub(super) fn is_carried_on(&self, grant: &Grant, end: Timestamp) -> bool {
        let grants = self.before.grants();
        let renewals = self.before.requests().renewals_of(&grant.id);
        let given = renewals.filter_map(|request| grants.get(request.grant_id.as_ref()?));
        let open = given.filter(|renewal| renewal.end.is_none());
        open.chain(self.happened.grants_of(&grant.holder)).any(|other| {
            other.renews.as_ref() == Some(&grant.id)
                && other.starts_at <= end
                && self.happened.end(&other.id).is_none_or(|ended| ended > end)
        })
    }

    /// Until when another grant of its holder opens all that a grant opened, from its end on.
    pub(super) fn continues(&mut self, grant: &'a Grant, end: Timestamp) -> Option<Continuation> {
        let Self { before, happened, staying, .. } = self;
        let staying = staying.entry(&grant.holder).or_insert_with(|| {
            let open = before.grants().open_of(&grant.holder);
            let all = open.chain(happened.grants_of(&grant.holder));
            all.filter(|other| happened.end(&other.id).is_none()).collect()
        });
        let goes_on = |other: &&&Grant| {
            other.id != grant.id
                && grants::status(other, end) == GrantStatus::Live
                && covers(&other.target, &grant.target)
                && grant.actions.as_slice().iter().all(|action| other.actions.contains(action))
                && other.exclusions.iter().all(|excluded| grant.exclusions.contains(excluded))
        };
        let last =
            staying.iter().filter(goes_on).max_by_key(|other| (other.ends_at.is_none(), other.ends_at));
        last.map(|other| Continuation { until: other.ends_at })
    }
}
