use std::fmt::Write;

use serde::Serialize;

use super::notice::{Change, Notice, NoticeKind, NoticeRequest};
use crate::grants::EndReason;
use crate::requests::CancelReason;
use crate::resources::{EnvironmentPattern, Pattern};
use crate::values::Timestamp;

/// A notice as text: the caller puts it into a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RenderedNotice {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML, everything escaped.
    pub html: String,
}

/// A notice as subject, plain text and HTML, with a link below `base_url` to what it is about: `/requests/{id}` or
/// `/policies`. Everything that people wrote is escaped in the HTML.
pub fn render_notice(notice: &Notice, base_url: &str) -> RenderedNotice {
    let Wording { subject, lead, facts } = wording(notice);
    let base = base_url.trim_end_matches('/');
    let link = match &notice.request {
        Some(request) => format!("{base}/requests/{}", request.id),
        None => format!("{base}/policies"),
    };
    let mut rows = facts;
    rows.extend(notice.request.iter().flat_map(request_facts));

    let greeting = format!("Hello {},", notice.recipient.name);
    let mut text = format!("{greeting}\n\n{lead}\n\n");
    let mut table = String::new();
    for (label, value) in &rows {
        let _ = writeln!(text, "{label}: {value}");
        let _ = write!(
            table,
            "<tr><th style=\"{TH}\">{}</th><td style=\"{TD}\">{}</td></tr>",
            escape(label),
            escape(value).replace('\n', "<br>")
        );
    }
    let _ = write!(text, "\n{link}\n");
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body style=\"{BODY}\"><p>{greeting}</p><p>{lead}</p><table style=\"{TABLE}\">{table}</table>\
         <p><a href=\"{link}\" style=\"{LINK}\">Open it</a></p></body></html>",
        title = escape(&subject),
        greeting = escape(&greeting),
        lead = escape(&lead),
        link = escape(&link),
    );
    RenderedNotice { subject, text, html }
}

const BODY: &str =
    "margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c2430;background:#ffffff";

const TABLE: &str = "border-collapse:collapse;margin:16px 0";

const TH: &str = "text-align:left;vertical-align:top;padding:4px 16px 4px 0;font-weight:600;color:#51606f";

const TD: &str = "padding:4px 0;overflow-wrap:anywhere";

const LINK: &str = "display:inline-block;padding:10px 18px;border-radius:8px;background:#175cd3;color:#ffffff;text-decoration:none";

type Fact = (&'static str, String);

struct Wording {
    subject: String,
    lead: String,
    facts: Vec<Fact>,
}

fn wording(notice: &Notice) -> Wording {
    let request = notice.request.as_ref();
    let requester = request.map_or("somebody", |request| request.requester.as_str());
    let target = request.map_or_else(String::new, |request| describe_target(&request.target));
    let topic = notice.topic.as_deref().unwrap_or_default();
    let say = |subject: String, lead: String, facts: Vec<Fact>| Wording { subject, lead, facts };
    match &notice.kind {
        NoticeKind::ReviewAsked { step } => say(
            format!("Review asked: {requester} wants access to {target}"),
            format!("{requester} asks for access to {target}. You can approve or reject step {step}."),
            vec![],
        ),
        NoticeKind::AlreadyDecided { outcome } => say(
            format!("Already decided: access of {requester} to {target}"),
            format!("The request is {}. There is nothing left for you to do.", outcome.word()),
            vec![],
        ),
        NoticeKind::RequestApproved { starts_at, ends_at, .. } => say(
            format!("Approved: your access to {target}"),
            format!("You have access to {target}."),
            vec![("From", starts_at.to_rfc3339()), ("Until", until(*ends_at))],
        ),
        NoticeKind::RequestRejected { by, comment } => say(
            format!("Rejected: your access to {target}"),
            format!("{by} rejected your request for access to {target}."),
            comment.iter().map(|comment| ("Comment", comment.to_string())).collect(),
        ),
        NoticeKind::RequestExpired => say(
            format!("Expired: your request for {target}"),
            "Nobody decided your request in time. You can ask again.".to_owned(),
            vec![],
        ),
        NoticeKind::RequestCancelled { reason, note } => say(
            format!("Cancelled: your request for {target}"),
            format!("Your request was cancelled: {}.", cancel_reason(*reason)),
            note.iter().map(|note| ("Reason", note.to_string())).collect(),
        ),
        NoticeKind::DurationEdited { by, before, note } => say(
            format!("Shortened: your request for {target}"),
            format!("{by} shortened what you asked for. It still waits for approval."),
            vec![("Duration before", before.to_string()), ("Note", note.to_string())],
        ),
        NoticeKind::BreakGlass { justification, ends_at, .. } => say(
            format!("Break-glass: {requester} opened {target}"),
            format!("{requester} went ahead without approval. Please look at it and acknowledge it."),
            vec![("Why it could not wait", justification.to_string()), ("Until", until(*ends_at))],
        ),
        NoticeKind::GrantEndingSoon { ends_at, .. } => say(
            format!("Ending soon: your access to {target}"),
            format!("Your access to {target} ends at {}.", ends_at.to_rfc3339()),
            vec![],
        ),
        NoticeKind::GrantEnded { reason, note, .. } => say(
            format!("Ended: your access to {target}"),
            format!("Your access to {target} has ended: {}.", end_reason(*reason)),
            note.iter().map(|note| ("Reason", note.to_string())).collect(),
        ),
        NoticeKind::Reminder { step } => say(
            format!("Reminder: {requester} wants access to {target}"),
            format!("{requester} still waits for access to {target}. You can approve or reject step {step}."),
            vec![],
        ),
        NoticeKind::Escalation { step } => say(
            format!("Review asked: {requester} wants access to {target}"),
            format!("Nobody has completed step {step} in time. You can now approve or reject it, too."),
            vec![],
        ),
        NoticeKind::Delegated { delegator, starts_at, ends_at } => say(
            format!("You stand in for {delegator}"),
            format!("{delegator} lets you review access requests in their place."),
            vec![("From", starts_at.to_rfc3339()), ("Until", ends_at.to_rfc3339())],
        ),
        NoticeKind::PolicyChanged { change, by, .. } => say(
            format!("Access policy {}: {topic}", changed(*change)),
            format!("{by} {} the access policy {topic}.", changed(*change)),
            vec![],
        ),
        NoticeKind::PermissionChanged { change, by, .. } => say(
            format!("Standing permission {}: {topic}", changed(*change)),
            format!("{by} {} the standing permission {topic}.", changed(*change)),
            vec![],
        ),
        NoticeKind::AdministratorsChanged { by } => {
            say("Administrators changed".to_owned(), format!("{by} changed who administers access."), vec![])
        }
        NoticeKind::GroupChanged { change, by } => say(
            format!("Approver group {}: {topic}", changed(*change)),
            format!("{by} {} the group {topic}, which an access policy names.", changed(*change)),
            vec![],
        ),
    }
}

fn request_facts(request: &NoticeRequest) -> Vec<Fact> {
    let actions = request.actions.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut facts = vec![
        ("Requester", request.requester.to_string()),
        ("Target", describe_target(&request.target)),
        ("Actions", actions),
        ("Duration", request.duration.to_string()),
        ("Policy", request.policy.to_string()),
    ];
    facts.extend(request.justification.iter().map(|reason| ("Reason", reason.to_string())));
    facts
}

/// A target as people say it: `production /payments/**`.
fn describe_target(target: &Pattern) -> String {
    match &target.environment {
        None => target.path.to_string(),
        Some(EnvironmentPattern::Any) => format!("all environments {}", target.path),
        Some(EnvironmentPattern::Named(environment)) => format!("{environment} {}", target.path),
    }
}

fn until(ends_at: Option<Timestamp>) -> String {
    ends_at.map_or_else(|| "revoked or released".to_owned(), Timestamp::to_rfc3339)
}

fn changed(change: Change) -> &'static str {
    match change {
        Change::Created => "created",
        Change::Updated => "changed",
        Change::Deleted => "deleted",
    }
}

fn cancel_reason(reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::Requester => "you took it back",
        CancelReason::Administrator => "an administrator did",
        CancelReason::RequesterDisabled => "your account was disabled",
        CancelReason::PolicyUpdated => "its policy was changed",
        CancelReason::PolicyDeleted => "its policy was deleted",
        CancelReason::GrantRevoked => "the access that it would have renewed was revoked",
    }
}

fn end_reason(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Expired => "its time was up",
        EndReason::Revoked => "it was revoked",
        EndReason::Released => "you released it",
        EndReason::PolicyDeleted => "its policy was deleted",
        EndReason::SubjectDisabled => "your account was disabled",
    }
}

/// The five characters that mean something in HTML text or in a quoted attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_escaped_in_html() {
        assert_eq!(escape(r#"<a href="x">&'"#), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    }
}
