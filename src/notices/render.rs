use std::fmt::Write;

use serde::Serialize;

use super::brand::RenderOptions;
use super::html::html;
use super::message::{Message, MessageRequest};
use super::words::{About, Fact, Said, Wording, fact, lines, quote, when};

/// A message in words: the caller puts them into a mail, or shows them in another form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct RenderedNotice {
    /// One line.
    pub subject: String,
    /// What happened, in a sentence or two.
    pub lead: String,
    /// What there is to know about it, in order.
    pub facts: Vec<NoticeFact>,
    /// Where it can be looked at.
    pub link: String,
    /// What is written on a button that leads there.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub action: &'static str,
    /// All of it as plain text.
    pub text: String,
    /// All of it as HTML, everything escaped.
    pub html: String,
}

/// One thing to know about what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct NoticeFact {
    /// What it is called.
    #[cfg_attr(feature = "wasm", tsify(type = "string"))]
    pub label: &'static str,
    /// How it is to be shown.
    pub form: FactForm,
    /// What it says.
    pub value: String,
}

/// How a fact is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum FactForm {
    /// On one line, as the engine's own words.
    Text,
    /// What somebody wrote, of any number of lines: marked as theirs, so that none of them passes for the engine's.
    Quote,
    /// An address that somebody gave, shown as it is.
    Link,
}

/// A message in words, with a link below the base address to what it is about: `/requests/{id}` or `/policies`. What
/// people wrote is quoted, line by line in the text, and escaped in the HTML.
pub fn render_notice(message: &Message, options: &RenderOptions) -> RenderedNotice {
    let RenderOptions { base_url, brand } = options;
    let Wording { subject, lead, facts } = message.kind.telling().words(&About::of(message));
    let (action, link) = match &message.request {
        Some(request) => ("Open the request", format!("/requests/{}", in_a_link(request.id.as_str()))),
        None => ("Open the policies", "/policies".to_owned()),
    };
    let of_request = message.request.iter().flat_map(request_facts);
    let mut notice = RenderedNotice {
        subject,
        lead,
        facts: facts.into_iter().chain(of_request).map(stated).collect(),
        link: format!("{}{link}", base_url.start()),
        action,
        text: String::new(),
        html: String::new(),
    };
    let greeting = format!("Hello {},", message.recipient.name);
    notice.text = in_text(&notice, &greeting);
    if let Some(brand) = brand {
        // Mail programs know it for a signature (RFC 3676).
        let _ = write!(notice.text, "\n-- \n{}\n", brand.name);
    }
    notice.html = html(&notice, &greeting, brand.as_ref());
    notice
}

fn request_facts(request: &MessageRequest) -> Vec<Fact> {
    let actions = request.actions.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut facts = vec![
        fact("Requester", &request.requester),
        fact("Target", &request.target),
        fact("Actions", &actions),
        fact("Duration", &request.duration),
        fact("Policy", &request.policy),
    ];
    facts.extend(request.expires_at.map(|time| fact("Deadline", &when(time))));
    facts.extend(request.ticket_url.iter().map(|url| ("Ticket", Said::Link(url.as_str().to_owned()))));
    facts.extend(request.justification.iter().map(|reason| quote("Requester's reason", reason)));
    facts
}

fn stated((label, said): Fact) -> NoticeFact {
    let (form, value) = match said {
        Said::Ours(value) => (FactForm::Text, value),
        Said::Theirs(value) => (FactForm::Quote, value),
        Said::Link(value) => (FactForm::Link, value),
    };
    NoticeFact { label, form, value }
}

/// What is ours on the line of its label; what is theirs below, so that no line of it can pass for ours.
fn in_text(notice: &RenderedNotice, greeting: &str) -> String {
    let RenderedNotice { lead, facts, link, .. } = notice;
    let mut text = format!("{greeting}\n\n{lead}\n\n");
    for NoticeFact { label, form, value } in facts {
        let value = match form {
            FactForm::Text | FactForm::Link => format!(" {value}"),
            FactForm::Quote => lines(value).map(|line| format!("\n> {line}")).collect(),
        };
        let _ = writeln!(text, "{label}:{value}");
    }
    let _ = write!(text, "\n{link}\n");
    text
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
