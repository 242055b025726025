use serde::Deserialize;

use crate::values::{Invalid, InvalidKind, Name, is_https, is_plain_address, shown};

/// How messages are rendered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RenderOptions {
    /// Where links lead to.
    pub base_url: BaseUrl,
    /// Whose mails they are.
    #[serde(default)]
    pub brand: Option<Brand>,
}

/// Whose mails they are: the product that people know.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Brand {
    /// What it is called.
    pub name: Name,
    /// Its colour, `#175cd3`: of the button, whose text is black or white, whichever is easier to read on it.
    pub color: BrandColor,
    /// The address of its logo, `https`; shown 28 pixels high.
    #[serde(default)]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub logo_url: Option<LogoUrl>,
}

/// The address that links begin with: of the web, without a query at its end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The text, up to where a path goes on.
    pub(super) fn start(&self) -> &str {
        self.0.trim_end_matches('/')
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let is_host = rest.is_some_and(|rest| {
            rest.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        });
        let is_address = is_host && is_plain_address(&text);
        // A link goes on with a path, which a page that routes by the fragment has behind `#`.
        let ends_in_query = text.rsplit('#').next().is_some_and(|rest| rest.contains('?'));
        if is_address && !ends_in_query {
            return Ok(Self(text));
        }
        let problem = match (is_address, shown(&text)) {
            (true, shown) => format!("`{shown}` has a query, behind which a link cannot go on: leave it out"),
            (false, shown) => format!("`{shown}` is not an address such as `https://access.example.com`"),
        };
        Err(Invalid::new(InvalidKind::InvalidUrl, problem))
    }
}

/// A colour: `#` and six hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct BrandColor(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl BrandColor {
    /// What the engine itself writes.
    pub(super) fn of_engine(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Black or white, whichever has the higher contrast on it (WCAG 2.2): 4.5 to 1 at least.
    pub(super) fn ink(&self) -> &'static str {
        let channels = self.0.as_bytes().get(1..).unwrap_or_default().chunks(2);
        let shares = channels.zip([0.2126, 0.7152, 0.0722]).map(|(digits, weight)| {
            let value = str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
            weight * linear(f32::from(value.unwrap_or_default()) / 255.0)
        });
        if shares.sum::<f32>() > 0.179 { "#000000" } else { "#ffffff" }
    }
}

/// How much light a channel of sRGB gives, by the cubic that comes within 0.002 of it.
fn linear(channel: f32) -> f32 {
    channel * (channel * (channel * 0.305_306 + 0.682_171_1) + 0.012_522_9)
}

impl TryFrom<String> for BrandColor {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Self(text));
        }
        let problem = format!("`{}` is not a colour such as `#175cd3`", shown(&text));
        Err(Invalid::new(InvalidKind::InvalidInput, problem))
    }
}

/// The address of a picture: `https`, no user info, printable ASCII, at most 2,048 characters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(try_from = "String")]
pub struct LogoUrl(#[cfg_attr(feature = "wasm", tsify(type = "string"))] String);

impl LogoUrl {
    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LogoUrl {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        if is_https(&text) {
            return Ok(Self(text));
        }
        let problem = format!("`{}` is not an address such as `https://example.com/logo.png`", shown(&text));
        Err(Invalid::new(InvalidKind::InvalidUrl, problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of two luminances (WCAG 2.2).
    fn contrast(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn the_text_of_a_button_can_be_read_on_every_colour() {
        let exact = |value: u8| match f64::from(value) / 255.0 {
            dark if dark <= 0.040_45 => dark / 12.92,
            light => ((light + 0.055) / 1.055).powf(2.4),
        };
        let steps = || (0..=u8::MAX).step_by(5);
        for (red, green, blue) in
            steps().flat_map(|red| steps().flat_map(move |green| steps().map(move |blue| (red, green, blue))))
        {
            let luminance = 0.2126 * exact(red) + 0.7152 * exact(green) + 0.0722 * exact(blue);
            let color = BrandColor::try_from(format!("#{red:02x}{green:02X}{blue:02x}")).unwrap();
            let ink = if color.ink() == "#000000" { 0.0 } else { 1.0 };
            assert!(contrast(luminance, ink) >= 4.5, "{color:?}");
        }
    }
}
