/// The milliseconds of a duration as the npm library `ms` writes it: `1h`, `1.5 days`, `90` (a bare number counts
/// milliseconds). A year has 365.25 days there, `m` is a minute, and months it does not have.
pub(super) fn parse_millis(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let unit_at = text.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(unit_at)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let units = format!("{whole}{fraction}").parse::<u64>().ok()?;
    let scale = 10_u64.checked_pow(fraction.len().try_into().ok()?)?;
    units.checked_mul(millis_of(unit.trim_start())?)?.checked_div(scale)
}

const UNITS: [(&str, u64); 7] = [
    ("ms msec msecs millisecond milliseconds", 1),
    ("s sec secs second seconds", 1_000),
    ("m min mins minute minutes", 60_000),
    ("h hr hrs hour hours", 3_600_000),
    ("d day days", 86_400_000),
    ("w week weeks", 604_800_000),
    ("y yr yrs year years", 31_557_600_000),
];

fn millis_of(unit: &str) -> Option<u64> {
    let unit = if unit.is_empty() { "ms" } else { unit };
    UNITS.iter().find(|(names, _)| names.split(' ').any(|name| name == unit)).map(|(_, millis)| *millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_their_library_reads_them() {
        for (text, expected) in [
            ("1h", 3_600_000),
            ("30d", 2_592_000_000),
            ("1.5 hours", 5_400_000),
            (".5m", 30_000),
            ("2 Weeks", 1_209_600_000),
            ("1y", 31_557_600_000),
            ("1M", 60_000),
            (" 90000 ", 90_000),
            ("0s", 0),
        ] {
            assert_eq!(parse_millis(text), Some(expected), "{text}");
        }
        for text in
            ["", "h", "-1h", "1mo", "1 month", "1h30m", "1.2.3h", "1 h x", "PT1H", "99999999999999999999y"]
        {
            assert_eq!(parse_millis(text), None, "{text}");
        }
    }
}
