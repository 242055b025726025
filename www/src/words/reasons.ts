import type {
  CancelReason,
  Decision,
  EndReason,
  GrantStatus,
  RequestStatus,
  ReviewStatus,
  RivalReason,
  StepState,
} from "access-engine";

export const STATUS: Record<RequestStatus, string> = {
  pending: "Pending",
  approved: "Approved",
  rejected: "Rejected",
  cancelled: "Cancelled",
  expired: "Expired",
};

export const GRANT_STATUS: Record<GrantStatus, string> = { scheduled: "Scheduled", live: "Live", ended: "Ended" };

export const STEP_STATE: Record<StepState, string> = {
  completed: "completed",
  open: "open now",
  waiting: "comes later",
  closed: "not reached",
};

export const END_REASON: Record<EndReason, string> = {
  expired: "its time was up",
  revoked: "revoked",
  released: "given back by its holder",
  policy_deleted: "its policy was deleted",
  subject_disabled: "its holder was disabled",
  condition_not_met: "its policy no longer lets its holder ask",
};

export const CANCEL_REASON: Record<CancelReason, string> = {
  requester: "cancelled by the requester",
  administrator: "cancelled by an administrator",
  requester_disabled: "the requester was disabled",
  condition_not_met: "its policy no longer lets the requester ask",
  policy_updated: "its policy was changed",
  policy_deleted: "its policy was deleted",
  grant_revoked: "the access it would have extended was revoked",
};

export const STANDING: Record<ReviewStatus, string> = {
  standing: "counts",
  withdrawn: "withdrawn",
  replaced: "replaced by a newer one",
  not_eligible: "void: its author is no longer an approver",
  delegation_ended: "void: the delegation ended",
  step_reopened: "void: an earlier step was reopened",
  amended: "void: the request was amended",
  same_person: "void: another review by the same person came first",
};

export const RIVAL: Record<RivalReason, string> = {
  less_specific: "also covers all of this, but less specifically",
  covers_part: "covers only part of this",
};

export const DECISION: Record<Decision["reason"], string> = {
  permitted: "a standing permission allows it",
  granted: "a live grant allows it",
  not_granted: "no live grant covers this",
  governed_elsewhere: "a live grant covers this, but another policy governs it",
  unknown_subject: "this person is not in the directory",
  subject_disabled: "this person is disabled",
};
