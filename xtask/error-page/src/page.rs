//! The page: what people wrote stays, the tables below it are written.

use anyhow::{Context, Result};

use crate::refusals::{Field, Group, Refusal};

/// The line that ends what people wrote.
const BORDER: &str =
    "<!-- What is below is written by `cargo xtask docs`: change the enum `Refusal` instead. -->";

/// The page with the tables of these groups.
pub(crate) fn with_tables(page: &str, groups: &[Group]) -> Result<String> {
    let (prose, _) = page.split_once(BORDER).with_context(|| format!("it has no line `{BORDER}`"))?;
    Ok(groups.iter().fold(format!("{prose}{BORDER}\n"), |page, group| page + &table(group)))
}

fn table(group: &Group) -> String {
    let head =
        format!("\n## {}\n\n| code | when | fields | fault |\n| --- | --- | --- | --- |\n", group.heading);
    group.refusals.iter().fold(head, |table, refusal| table + &row(refusal))
}

fn row(refusal: &Refusal) -> String {
    let Refusal { code, when, fields, fault } = refusal;
    let fields: Vec<String> = fields.iter().map(shown).collect();
    format!("| `{code}` | {} | {} | {fault} |\n", when.replace('|', "\\|"), fields.join(", "))
}

fn shown(field: &Field) -> String {
    format!("`{}{}`", field.name, if field.is_optional { "?" } else { "" })
}

/// The lines that only one of two pages has, those of the first led by `-`, those of the second by `+`.
pub(crate) fn changes(from: &str, to: &str) -> Vec<String> {
    let only = |one: &str, other: &str, sign: char| {
        let others: Vec<&str> = other.lines().collect();
        let lines: Vec<&str> = one.lines().filter(|line| !others.contains(line)).collect();
        lines.into_iter().map(|line| format!("{sign} {line}")).collect::<Vec<_>>()
    };
    let changes = [only(from, to, '-'), only(to, from, '+')].concat();
    if changes.is_empty() {
        vec!["nothing but the order or the number of its lines".to_owned()]
    } else {
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::{BORDER, changes, with_tables};
    use crate::refusals::{Field, Group, Refusal};

    fn group() -> Group {
        let field = |name: &str, is_optional| Field { name: name.into(), is_optional };
        let refusal = Refusal {
            code: "no_policy".into(),
            when: "None | many.".into(),
            fields: vec![field("partly", false), field("path", true)],
            fault: "state".into(),
        };
        Group { heading: "Requests".into(), refusals: vec![refusal] }
    }

    #[test]
    fn the_prose_stays_and_the_tables_are_written() {
        let page = with_tables(&format!("# Errors\n\nProse.\n\n{BORDER}\n\n## Old\n"), &[group()]).unwrap();
        let (prose, tables) = page.split_once(BORDER).unwrap();
        assert_eq!(prose, "# Errors\n\nProse.\n\n");
        assert!(tables.starts_with("\n\n## Requests\n\n| code | when | fields | fault |\n"), "{tables}");
        assert!(
            tables.ends_with("\n| `no_policy` | None \\| many. | `partly`, `path?` | state |\n"),
            "{tables}"
        );
        assert_eq!(with_tables(&page, &[group()]).unwrap(), page);
    }

    #[test]
    fn a_page_without_the_border_is_left_alone() {
        assert!(with_tables("# Errors\n", &[group()]).is_err());
    }

    #[test]
    fn only_what_differs_is_shown() {
        assert_eq!(changes("a\nb\nc\n", "a\nx\nc\n"), ["- b", "+ x"]);
        assert_eq!(changes("a\nb\n", "b\na\n"), ["nothing but the order or the number of its lines"]);
    }
}
