//! A message as a page that mail programs show well: tables and styles at each element, since many know nothing else. What
//! knows more shows it dark where the reader wants that.

use super::brand::{Brand, BrandColor};
use super::render::{FactForm, RenderedNotice};
use super::words::lines;

/// Writes the page. Everything that is put into it is escaped.
pub(super) fn html(notice: &RenderedNotice, greeting: &str, brand: Option<&Brand>) -> String {
    let RenderedNotice { subject, lead, facts, link, action, .. } = notice;
    let own = BrandColor::of_engine("#175cd3");
    let color = brand.map_or(&own, |brand| &brand.color);
    let rows: String = facts.iter().map(|fact| row(fact.label, fact.form, &fact.value)).collect();
    let facts = if rows.is_empty() {
        rows
    } else {
        format!("<table {SPREAD} class=\"l\" style=\"{FACTS}\">{rows}</table>")
    };
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\
         <title>{title}</title><style>{DARK}</style></head>\
         <body class=\"p\" style=\"margin:0;padding:0;{PAGE}\">\
         <table role=\"presentation\" class=\"p\" {SPREAD} style=\"{PAGE}\">\
         <tr><td align=\"center\" style=\"padding:16px 8px\">\
         <table role=\"presentation\" class=\"c\" {SPREAD} style=\"{CARD}\">\
         <tr><td height=\"5\" style=\"height:5px;line-height:5px;font-size:0;border-radius:8px 8px 0 0;background:{color}\">&nbsp;</td></tr>\
         <tr><td style=\"padding:20px\">{head}<p style=\"margin:0 0 8px\">{greeting}</p>\
         <p style=\"margin:0 0 16px;font-size:18px;line-height:1.4;font-weight:600\">{lead}</p>\
         {facts}<a href=\"{link}\" style=\"{BUTTON};border:1px solid {ink};background:{color};color:{ink}\">{action}</a>\
         </td></tr></table></td></tr></table></body></html>",
        title = escape(subject),
        head = brand.map(head).unwrap_or_default(),
        greeting = escape(greeting),
        lead = escape(lead),
        link = escape(link),
        color = color.as_str(),
        ink = color.ink(),
    )
}

/// A logo made for light pages stands on white in the dark, too.
fn head(brand: &Brand) -> String {
    let logo = brand.logo_url.as_ref().map_or_else(String::new, |logo| {
        let logo = escape(logo.as_str());
        format!("<img src=\"{logo}\" alt=\"\" height=\"28\" style=\"{LOGO}\">")
    });
    format!("<p style=\"margin:0 0 20px;font-weight:600\">{logo}{}</p>", escape(brand.name.as_str()))
}

fn row(label: &str, form: FactForm, value: &str) -> String {
    let label = escape(label);
    match form {
        FactForm::Text => format!(
            "<tr><th scope=\"row\" class=\"m\" style=\"{TH}\">{label}</th><td style=\"{TD}\">{}</td></tr>",
            escape(value)
        ),
        FactForm::Link => format!(
            "<tr><th scope=\"row\" class=\"m\" style=\"{TH}\">{label}</th><td style=\"{TD}\">\
             <a class=\"a\" href=\"{link}\" style=\"color:#175cd3\">{link}</a></td></tr>",
            link = escape(value)
        ),
        FactForm::Quote => {
            let lines: Vec<_> = lines(value).map(escape).collect();
            format!(
                "<tr><td colspan=\"2\" style=\"{TD}\"><div class=\"m\" style=\"{LABEL}\">{label}</div>\
                 <blockquote class=\"q\" style=\"{QUOTE}\">{}</blockquote></td></tr>",
                lines.join("<br>")
            )
        }
    }
}

/// Of the classes `p`age, `c`ard, `l`ines, `m`uted, `q`uote and `a`ddress.
const DARK: &str = "@media(prefers-color-scheme:dark){.p{background:#10151c!important;color:#e7ebf0!important}\
     .c{background:#1b222c!important;border-color:#36414f!important;color:#e7ebf0!important}\
     .l{border-color:#36414f!important}.m{color:#a7b3c1!important}\
     .q{background:#252e3a!important;border-color:#64748a!important}.a{color:#8ab4ff!important}}";

const SPREAD: &str = "width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"";

const PAGE: &str = "background:#f2f4f7;color:#1c2430";

const CARD: &str = "max-width:560px;background:#ffffff;border:1px solid #d8dee6;border-radius:8px;\
     border-collapse:separate;table-layout:fixed;color:#1c2430;text-align:left;\
     overflow-wrap:anywhere;word-break:break-word;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

const FACTS: &str = "margin:0 0 20px;padding:8px 0;border:solid #d8dee6;border-width:1px 0;\
     border-collapse:separate;font:inherit;font-size:15px";

const LABEL: &str = "font-size:14px;color:#52606d";

const TH: &str = "width:96px;padding:5px 12px 5px 0;text-align:left;vertical-align:top;\
     font-weight:400;font-size:14px;line-height:22px;color:#52606d";

const TD: &str = "padding:5px 0;vertical-align:top;line-height:22px";

const QUOTE: &str = "margin:4px 0 0;padding:8px 12px;border-left:4px solid #9aa8b8;background:#f2f4f7;\
     white-space:pre-wrap";

const LOGO: &str = "height:28px;width:auto;border:0;border-radius:4px;margin:0 10px 0 0;background:#ffffff;\
     vertical-align:middle";

const BUTTON: &str =
    "display:inline-block;padding:11px 20px;border-radius:6px;font-weight:600;text-decoration:none";

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
