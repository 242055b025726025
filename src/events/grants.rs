use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, check};
use super::teller::access;
use super::{About, Happening, Period, Teller};
use crate::grants::{EndReason, Grant, GrantEnd};
use crate::people::{Personal, Visit};
use crate::requests::{Acknowledgement, BreakGlassRecord, GrantOrigin};
use crate::state::State;
use crate::values::{AccessDuration, GrantId, RequestId, RequestStatus, Seconds, Text, Timestamp};

/// Access was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantCreated {
    /// The grant.
    pub grant: Grant,
    /// When it was made; it may begin later.
    pub at: Timestamp,
    /// Of a break-glass: its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub justification: Option<Personal<Text>>,
    /// Of a break-glass that lasts shorter than the duration in force: that duration.
    #[serde(rename = "shortenedFromSeconds", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub shortened_from: Option<AccessDuration>,
}

impl Happening for GrantCreated {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.grant.request_id), grant_id: Some(&self.grant.id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Grant { id, request_id, policy_id, policy_version, exclusions, renews, .. } = &self.grant;
        before.is_new(id, id.made_in(), before.state.grants().get(id).is_some())?;
        before.policies(policy_id, *policy_version, exclusions)?;
        renews.iter().try_for_each(|grant| before.grant(grant).map(drop))?;
        let request = before.request(request_id)?;
        let origin = request.closing.as_ref().and_then(|closing| closing.origin);
        let is_approved = request.status == RequestStatus::Approved && origin == Some(self.grant.origin);
        let is_broken = self.grant.origin == GrantOrigin::BreakGlass;
        let is_its = is_approved
            && self.grant.holder == request.content.requester
            && self.justification.is_some() == is_broken
            && self.grant.end.is_none();
        check(is_its, || Misfit::Otherwise(request_id.to_string()))?;
        check(request.grant_id.is_none(), || Misfit::Again(request_id.to_string()))?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        let grant = &self.grant;
        state.change_request(&grant.request_id, |request| {
            request.grant_id = Some(grant.id.clone());
            if let (GrantOrigin::BreakGlass, Some(ends_at)) = (grant.origin, grant.ends_at) {
                request.duration = AccessDuration::Temporary(Seconds::up_to(grant.starts_at, ends_at));
            }
            request.break_glass = self
                .justification
                .clone()
                .map(|justification| Box::new(BreakGlassRecord { justification, acknowledgement: None }));
        });
        state.add_grant(grant.clone(), self.at);
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.grant.personal(visit);
        self.justification.iter_mut().for_each(|text| visit(text, Some(&self.grant.holder)));
    }

    fn period(&self) -> Period {
        Period { starts_at: Some(self.grant.starts_at), ends_at: self.grant.ends_at }
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let Grant { holder, target, actions, ends_at, .. } = &self.grant;
        let permanent = if ends_at.is_none() { "permanent " } else { "" };
        format!("{} has {permanent}access to {}.", teller.name(holder), access(target, actions))
    }
}

/// Access is about to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEndingSoon {
    /// Which grant.
    pub grant_id: GrantId,
    /// When the warning was due.
    pub at: Timestamp,
}

impl Happening for GrantEndingSoon {
    fn about(&self) -> About<'_> {
        About { grant_id: Some(&self.grant_id), ..About::default() }
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let grant = before.open_grant(&self.grant_id)?;
        check(!grant.warned, || Misfit::Again(self.grant_id.to_string()))?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_grant(&self.grant_id, |grant| grant.warned = true);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (holder, access) = teller.grant(&self.grant_id);
        format!("The access of {holder} to {access} is about to end.")
    }
}

/// Access ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrantEnded {
    /// Which grant.
    pub grant_id: GrantId,
    /// When, by whom and why.
    pub end: GrantEnd,
}

impl Happening for GrantEnded {
    fn about(&self) -> About<'_> {
        About { grant_id: Some(&self.grant_id), ..About::default() }
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.end.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.open_grant(&self.grant_id)?;
        before.actor(&self.end.by)?;
        before.happened(self.end.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_grant(&self.grant_id, |grant| grant.end = Some(self.end.clone()));
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.end.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (holder, access) = teller.grant(&self.grant_id);
        match self.end.reason {
            EndReason::Revoked => format!("{} revoked the access of {holder} to {access}.", teller.by()),
            EndReason::Released => format!("{holder} released the access to {access}."),
            reason => format!("The access of {holder} to {access} ended: {}.", reason.in_words()),
        }
    }
}

/// A break-glass access was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassAcknowledged {
    /// Which request.
    pub request_id: RequestId,
    /// Who and when.
    pub acknowledgement: Acknowledgement,
}

impl Happening for BreakGlassAcknowledged {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let Acknowledgement { by, at, .. } = &self.acknowledgement;
        let record = before.request(&self.request_id)?.break_glass.as_ref();
        let record = record.ok_or_else(|| Misfit::Otherwise(self.request_id.to_string()))?;
        check(record.acknowledgement.is_none(), || Misfit::Again(self.request_id.to_string()))?;
        before.subject(by)?;
        before.happened(*at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| {
            if let Some(record) = &mut request.break_glass {
                record.acknowledgement = Some(self.acknowledgement.clone());
            }
        });
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.acknowledgement.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (requester, access) = teller.request(&self.request_id);
        let by = teller.name(&self.acknowledgement.by);
        format!("{by} acknowledged the break-glass access of {requester} to {access}.")
    }
}
