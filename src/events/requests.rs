use serde::{Deserialize, Serialize};

use super::fits::{Before, Misfit, check};
use super::teller::access;
use super::{About, Happening, Period, Teller};
use crate::people::{Actor, Visit};
use crate::requests::{
    AccessRequest, CancelReason, Closing, DurationEdit, GrantOrigin, RequestContent, ReviewStatus,
    content_hash,
};
use crate::state::State;
use crate::values::{AccessDuration, BundleId, RequestId, RequestStatus, Timestamp};

/// A request was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestMade {
    /// Its id.
    pub request_id: RequestId,
    /// What was asked for.
    pub content: RequestContent,
    /// SHA-256 over the content.
    pub content_hash: String,
    /// The bundle that it was asked for in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_id: Option<BundleId>,
    /// When.
    pub at: Timestamp,
    /// From when on it is expired.
    pub expires_at: Timestamp,
}

/// A request was made anew under its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestAmended {
    /// Its id.
    pub request_id: RequestId,
    /// What is asked for now.
    pub content: RequestContent,
    /// SHA-256 over the content.
    pub content_hash: String,
    /// The duration in force, where it had been shortened and stays so.
    #[serde(rename = "durationSeconds", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = r#"number | "permanent""#))]
    pub duration: Option<AccessDuration>,
    /// When.
    pub at: Timestamp,
    /// From when on it is expired; never later than before.
    pub expires_at: Timestamp,
}

impl RequestMade {
    /// The request as it is once made.
    pub(crate) fn request(&self) -> AccessRequest {
        let (id, content) = (self.request_id.clone(), self.content.clone());
        AccessRequest {
            bundle_id: self.bundle_id.clone(),
            ..AccessRequest::new(id, content, self.content_hash.clone(), self.at, self.expires_at)
        }
    }
}

impl Happening for RequestMade {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), bundle_id: self.bundle_id.as_ref(), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let id = &self.request_id;
        before.is_new(id, id.made_in(), before.state.requests().get(id).is_some())?;
        self.bundle_id.iter().try_for_each(|bundle| before.is_new(bundle, bundle.made_in(), false))?;
        before.content(id, &self.content, &self.content_hash)?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        state.open_request(self.request(), self.at);
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.content.personal(visit);
    }

    fn seal(&mut self) {
        self.content_hash = content_hash(&self.content);
    }

    fn period(&self) -> Period {
        Period { starts_at: self.content.starts_at, ends_at: None }
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let RequestContent { requester, target, actions, duration, .. } = &self.content;
        format!("{} asked for access to {}, {duration}.", teller.name(requester), access(target, actions))
    }
}

impl Happening for RequestAmended {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let request = before.pending(&self.request_id)?;
        let is_own = request.content.requester == self.content.requester;
        check(is_own, || Misfit::Otherwise(self.request_id.to_string()))?;
        before.content(&self.request_id, &self.content, &self.content_hash)?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        let Some(mut request) = state.requests().get(&self.request_id).cloned() else { return };
        self.change(&mut request);
        state.open_request(request, self.at);
    }

    fn change(&self, request: &mut AccessRequest) {
        let (id, content) = (self.request_id.clone(), self.content.clone());
        let before = request.clone();
        *request = AccessRequest {
            bundle_id: before.bundle_id,
            duration: self.duration.unwrap_or(content.duration),
            made_at: before.made_at,
            reviews: before.reviews,
            reviewed_in: before.reviewed_in,
            edits: before.edits,
            ..AccessRequest::new(id, content, self.content_hash.clone(), self.at, self.expires_at)
        };
        let standing = request.reviews.iter_mut().filter(|record| record.stands());
        standing.for_each(|record| record.standing = ReviewStatus::Amended);
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.content.personal(visit);
    }

    fn seal(&mut self) {
        self.content_hash = content_hash(&self.content);
    }

    fn period(&self) -> Period {
        Period { starts_at: self.content.starts_at, ends_at: None }
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let RequestContent { requester, target, actions, duration, .. } = &self.content;
        format!("{} amended the request: {}, {duration}.", teller.name(requester), access(target, actions))
    }
}

/// The duration was shortened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DurationEdited {
    /// Which request.
    pub request_id: RequestId,
    /// Before, after, who, when and why.
    pub edit: DurationEdit,
}

impl Happening for DurationEdited {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        let request = before.pending(&self.request_id)?;
        let DurationEdit { editor, on_behalf_of, at, .. } = &self.edit;
        check(self.edit.before == request.duration, || Misfit::Otherwise(self.request_id.to_string()))?;
        before.subjects(on_behalf_of.iter().chain([editor]))?;
        before.happened(*at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.duration = self.edit.after;
        request.edits.push(self.edit.clone());
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.edit.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let DurationEdit { editor, before, after, .. } = &self.edit;
        format!("{} shortened the duration from {before} to {after}.", teller.name(editor))
    }
}

/// A request was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestApproved {
    /// Which request.
    pub request_id: RequestId,
    /// When, by whom, and whether by approval or break-glass.
    pub closing: Closing,
}

impl Happening for RequestApproved {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.pending(&self.request_id)?;
        before.actor(&self.closing.by)?;
        before.happened(self.closing.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.close(RequestStatus::Approved, self.closing.clone());
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.closing.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (requester, access) = teller.request(&self.request_id);
        if self.closing.origin == Some(GrantOrigin::BreakGlass) {
            return format!("{} broke the glass for access to {access}.", teller.by());
        }
        format!("The request of {requester} for {access} was approved.")
    }
}

/// A request was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestRejected {
    /// Which request.
    pub request_id: RequestId,
    /// When, and by whose last rejection.
    pub closing: Closing,
}

impl Happening for RequestRejected {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.pending(&self.request_id)?;
        before.actor(&self.closing.by)?;
        before.happened(self.closing.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.close(RequestStatus::Rejected, self.closing.clone());
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.closing.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (requester, access) = teller.request(&self.request_id);
        format!("The request of {requester} for {access} was rejected.")
    }
}

/// A request was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestCancelled {
    /// Which request.
    pub request_id: RequestId,
    /// When, by whom and why.
    pub closing: Closing,
}

impl RequestCancelled {
    /// Why it was cancelled.
    pub fn reason(&self) -> Option<CancelReason> {
        self.closing.reason
    }
}

impl Happening for RequestCancelled {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.pending(&self.request_id)?;
        before.actor(&self.closing.by)?;
        before.happened(self.closing.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        request.close(RequestStatus::Cancelled, self.closing.clone());
    }

    fn personal(&mut self, visit: &mut Visit<'_>) {
        self.closing.personal(visit);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (requester, access) = teller.request(&self.request_id);
        let request = format!("request of {requester} for {access}");
        match self.reason() {
            Some(CancelReason::Requester | CancelReason::Administrator) | None => {
                format!("{} cancelled the {request}.", teller.by())
            }
            Some(reason) => format!("The {request} was cancelled: {}.", reason.in_words()),
        }
    }
}

/// A request was not decided in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestExpired {
    /// Which request.
    pub request_id: RequestId,
    /// When it was due, however late the tick came.
    pub at: Timestamp,
}

impl Happening for RequestExpired {
    fn about(&self) -> About<'_> {
        About { request_id: Some(&self.request_id), ..About::default() }
    }

    fn due_at(&self) -> Option<Timestamp> {
        Some(self.at)
    }

    fn fits(&self, before: Before<'_>) -> Result<(), Misfit> {
        before.pending(&self.request_id)?;
        before.happened(self.at)
    }

    fn apply(&self, state: &mut State) {
        state.change_request(&self.request_id, |request| self.change(request));
    }

    fn change(&self, request: &mut AccessRequest) {
        let closing = Closing { at: self.at, by: Actor::Clock, origin: None, reason: None, note: None };
        request.close(RequestStatus::Expired, closing);
    }

    fn sentence(&self, teller: &Teller<'_>) -> String {
        let (requester, access) = teller.request(&self.request_id);
        format!("The request of {requester} for {access} expired: nobody decided it in time.")
    }
}
