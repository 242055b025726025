//! Grants: when they are live and how they end (`grant.*`, `renewal.*`).

use access_engine::commands::{ReleaseGrant, RevokeGrant};
use access_engine::grants::{EndReason, Grant, GrantEnd};
use access_engine::people::Personal;
use access_engine::requests::{CancelReason, GrantOrigin, ReviewStatus, Verdict};
use access_engine::values::{AccessDuration, GrantId, RequestStatus, Text, Timestamp};

use super::approval::names_under;
use super::requests::{self, sees};
use super::state::{Code, Deed, State, was_there};

pub(crate) fn is_live(grant: &Grant, at: Timestamp) -> bool {
    grant.end.is_none() && grant.starts_at <= at && grant.ends_at.is_none_or(|ends_at| at < ends_at)
}

pub(crate) fn end_where(
    state: &mut State,
    which: impl Fn(&Grant) -> bool,
    reason: EndReason,
    deed: &mut Deed,
) {
    let people = state.people.clone();
    for given in &mut state.grants {
        let grant = &mut given.grant;
        if grant.end.is_none() && which(grant) {
            grant.end = Some(GrantEnd { at: deed.at, reason, by: deed.actor.clone(), note: None });
            // Whoever has taken over his id had no part in it.
            if was_there(&people, &grant.holder, grant.id.as_str()) {
                deed.tell("grant_ended", &grant.holder, Some(&grant.request_id));
            }
            deed.has_changed = true;
        }
    }
}

pub(crate) fn open_grant(state: &State, id: &GrantId, deed: &Deed) -> Result<Grant, Code> {
    let grant = state.grant(id).ok_or("not_found")?;
    let request = state.request(&grant.request_id).expect("a grant has a request");
    if !sees(state, deed.by(), request, deed.at) {
        return Err("not_found");
    }
    if grant.end.is_some() { Err("grant_ended") } else { Ok(grant.clone()) }
}

pub(crate) fn revoke(state: &mut State, revoke: &RevokeGrant, deed: &mut Deed) -> Result<(), Code> {
    let grant = open_grant(state, &revoke.grant_id, deed)?;
    let by = deed.by().clone();
    let request = state.request(&grant.request_id).expect("a grant has a request");
    let is_approver = names_under(state, request, (&grant.policy_id, grant.policy_version), &by);
    let may = state.terms(&grant.policy_id, grant.policy_version).terms.approver_may_revoke;
    if !(state.people.is_administrator(&by) || is_approver && may) {
        return Err("not_revoker");
    }
    if is_blank(revoke.reason.as_str()) {
        return Err("reason_required");
    }
    revoke_with_renewals(state, |other| other.id == grant.id, EndReason::Revoked, Some(&revoke.reason), deed);
    deed.made.grant = Some(grant.id);
    Ok(())
}

/// Ends grants, then their renewals that have not begun, and cancels their pending ones.
pub(crate) fn revoke_with_renewals(
    state: &mut State,
    which: impl Fn(&Grant) -> bool,
    reason: EndReason,
    note: Option<&Text>,
    deed: &mut Deed,
) {
    let open = |grant: &&Grant| grant.end.is_none();
    let mut ids: Vec<GrantId> = Vec::new();
    ids.extend(
        state.grants.iter().map(|given| &given.grant).filter(open).filter(|g| which(g)).map(|g| g.id.clone()),
    );
    let mut at = 0;
    while at < ids.len() {
        let renewed = Some(ids[at].clone());
        let renewals = state.grants.iter().map(|given| &given.grant).filter(open);
        let unbegun = renewals.filter(|grant| grant.renews == renewed && grant.starts_at > deed.at);
        let more: Vec<GrantId> =
            unbegun.map(|grant| grant.id.clone()).filter(|id| !ids.contains(id)).collect();
        ids.extend(more);
        at += 1;
    }
    end_where(state, |grant| ids.contains(&grant.id), reason, deed);
    for given in state.grants.iter_mut().filter(|given| ids.contains(&given.grant.id)) {
        given.grant.end.as_mut().expect("it was ended").note = note.cloned().map(Personal::from);
    }
    let waiting =
        state.pending().filter(|request| request.content.renews.as_ref().is_some_and(|id| ids.contains(id)));
    for id in waiting.map(|request| request.id.clone()).collect::<Vec<_>>() {
        requests::close_as_cancelled(state, &id, CancelReason::GrantRevoked, None, deed);
        deed.has_changed = true;
    }
}

pub(crate) fn release(state: &mut State, release: &ReleaseGrant, deed: &mut Deed) -> Result<(), Code> {
    let grant = open_grant(state, &release.grant_id, deed)?;
    if grant.holder != *deed.by() {
        return Err("not_holder");
    }
    end_where(state, |other| other.id == grant.id, EndReason::Released, deed);
    deed.made.grant = Some(grant.id);
    Ok(())
}

/// Nothing but white space and format characters; of these the generator knows one.
pub(crate) fn is_blank(text: &str) -> bool {
    visible(text) == 0
}

pub(crate) fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').count()
}

/// What always holds of grants (`step.last-makes-grant`, `review.never-alone`, `edit.in-force`), as far as the state
/// alone shows it.
pub(crate) fn check_grants(state: &State) {
    for given in &state.grants {
        let grant = &given.grant;
        let request = state.request(&grant.request_id).expect("every grant has a request");
        assert_eq!(request.status, RequestStatus::Approved);
        assert_eq!(request.grant_id.as_ref(), Some(&grant.id));
        if grant.origin == GrantOrigin::Approval {
            let mut approvals = request.reviews.iter().filter(|record| {
                record.standing == ReviewStatus::Standing && record.review.verdict == Verdict::Approve
            });
            assert!(
                approvals.any(|record| record.review.reviewer != grant.holder),
                "approved by himself alone"
            );
        }
        if let (AccessDuration::Temporary(length), Some(ends_at)) = (request.duration, grant.ends_at) {
            assert!(ends_at <= grant.starts_at.plus(length), "longer than approved");
        }
        assert!(grant.ends_at.is_some() || request.duration == AccessDuration::Permanent);
    }
}
