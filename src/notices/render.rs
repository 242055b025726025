use std::fmt::Write;

use serde::Serialize;

use super::message::{Message, MessageRequest};
use super::words::{About, Fact, Said, Wording, fact, quote};
use crate::refusal::Refusal;
use crate::values::{Invalid, InvalidKind, shown};

/// A message as text: the caller puts it into a mail.
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

/// A message as subject, plain text and HTML, with a link below `base_url` to what it is about: `/requests/{id}` or
/// `/policies`. What people wrote is quoted, line by line in the text, and escaped in the HTML.
///
/// # Errors
/// `invalid_url` where the base is not an address of the web.
pub fn render_notice(message: &Message, base_url: &str) -> Result<RenderedNotice, Refusal> {
    let base = checked(base_url)?.trim_end_matches('/');
    let Wording { subject, lead, facts } = message.kind.telling().words(&About::of(message));
    let link = match &message.request {
        Some(request) => format!("{base}/requests/{}", in_a_link(request.id.as_str())),
        None => format!("{base}/policies"),
    };
    let mut rows = facts;
    rows.extend(message.request.iter().flat_map(request_facts));

    let greeting = format!("Hello {},", message.recipient.name);
    let mut text = format!("{greeting}\n\n{lead}\n\n");
    let mut table = String::new();
    for (label, said) in &rows {
        let _ = writeln!(text, "{label}:{}", in_text(said));
        let label = escape(label);
        let _ = write!(
            table,
            "<tr><th style=\"{TH}\">{label}</th><td style=\"{TD}\">{}</td></tr>",
            in_html(said)
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
    Ok(RenderedNotice { subject, text, html })
}

const BODY: &str =
    "margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c2430;background:#ffffff";

const TABLE: &str = "border-collapse:collapse;margin:16px 0";

const TH: &str = "text-align:left;vertical-align:top;padding:4px 16px 4px 0;font-weight:600;color:#51606f";

const TD: &str = "padding:4px 0;overflow-wrap:anywhere";

const LINK: &str = "display:inline-block;padding:10px 18px;border-radius:8px;background:#175cd3;color:#ffffff;text-decoration:none";

fn request_facts(request: &MessageRequest) -> Vec<Fact> {
    let actions = request.actions.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut facts = vec![
        fact("Requester", &request.requester),
        fact("Target", &request.target),
        fact("Actions", &actions),
        fact("Duration", &request.duration),
        fact("Policy", &request.policy),
    ];
    facts.extend(request.justification.iter().map(|reason| quote("Reason", reason)));
    facts
}

/// An address that a link can begin with.
fn checked(base_url: &str) -> Result<&str, Invalid> {
    let rest = base_url.strip_prefix("https://").or_else(|| base_url.strip_prefix("http://"));
    let is_host = rest
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '['));
    let is_plain = base_url.bytes().all(|byte| byte.is_ascii_graphic() && !br#"\"<>^`{|}"#.contains(&byte));
    // A link goes on with a path, which a page that routes by the fragment has behind `#`.
    let ends_in_query = base_url.rsplit('#').next().is_some_and(|rest| rest.contains('?'));
    if is_host && is_plain && !ends_in_query {
        return Ok(base_url);
    }
    let problem = match (is_host && is_plain, shown(base_url)) {
        (true, shown) => format!("`{shown}` has a query, behind which a link cannot go on: leave it out"),
        (false, shown) => format!("`{shown}` is not an address such as `https://access.example.com`"),
    };
    Err(Invalid::new(InvalidKind::InvalidUrl, problem).inside("baseUrl"))
}

/// An id as one segment of a link (RFC 3986).
fn in_a_link(id: &str) -> String {
    let mut link = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => link.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => link.push(char::from(byte)),
            _ => drop(write!(link, "%{byte:02X}")),
        }
    }
    link
}

/// What is ours on the line of its label; what is theirs below, so that no line of it can pass for ours.
fn in_text(said: &Said) -> String {
    match said {
        Said::Ours(value) => format!(" {value}"),
        Said::Theirs(text) => lines(text).map(|line| format!("\n> {line}")).collect(),
    }
}

fn in_html(said: &Said) -> String {
    match said {
        Said::Ours(value) => escape(value),
        Said::Theirs(text) => {
            let lines: Vec<_> = lines(text).map(escape).collect();
            format!("<blockquote style=\"{QUOTE}\">{}</blockquote>", lines.join("<br>"))
        }
    }
}

/// Whatever a mail program may show as a new line begins one.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\u{2028}', '\u{2029}'])
}

const QUOTE: &str = "margin:0;padding-left:12px;border-left:3px solid #d0d7de";

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
