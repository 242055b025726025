use std::fmt::Write;

use serde::Serialize;

use super::notice::{Notice, NoticeRequest};
use super::words::{About, Fact, Wording, describe_target};

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
    let Wording { subject, lead, facts } = notice.kind.words(&About::of(notice));
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
