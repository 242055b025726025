//! What the source says of every refusal: its code, when it comes, its fields, and who is at fault.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use syn::{Attribute, Expr, Fields, ImplItem, Item, ItemEnum, Lit, Meta, Pat, Path, Stmt, Type, Variant};

const ENUM: &str = "Refusal";
const FAULT: &str = "fault";
/// The attribute that a comment in the enum becomes, since comments are no part of what is parsed.
const HEADING: &str = "heading";

/// Refusals under a heading, which is a comment in the enum.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) heading: String,
    pub(crate) refusals: Vec<Refusal>,
}

#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) when: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) fault: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) is_optional: bool,
}

/// Reads the refusals in the order of the enum.
///
/// # Errors
/// When the source is not Rust, or a refusal has no heading above it, no sentence, or nobody at fault.
pub(crate) fn read(source: &str) -> Result<Vec<Group>> {
    let file = syn::parse_file(&with_headings(source)).context("it is no Rust")?;
    let refusals = file.items.iter().find_map(|item| match item {
        Item::Enum(it) if it.ident == ENUM => Some(it),
        _ => None,
    });
    let refusals: &ItemEnum = refusals.with_context(|| format!("it has no enum `{ENUM}`"))?;
    let structs = structs(&file.items);
    let faults = faults(&file.items)?;
    let mut groups: Vec<Group> = Vec::new();
    for variant in &refusals.variants {
        if let Some(heading) = texts(&variant.attrs, HEADING).pop() {
            groups.push(Group { heading, refusals: Vec::new() });
        }
        let group =
            groups.last_mut().with_context(|| format!("no comment above `{}` heads it", variant.ident))?;
        group.refusals.push(refusal(variant, &structs, &faults)?);
    }
    Ok(groups)
}

/// The source with the comments of the enum, `    // Text`, as attributes of the variant below.
fn with_headings(source: &str) -> String {
    let mut is_inside = false;
    let mut lines = Vec::new();
    for line in source.lines() {
        is_inside = line.starts_with(&format!("pub enum {ENUM} ")) || (is_inside && line != "}");
        lines.push(match line.strip_prefix("    // ").filter(|_| is_inside) {
            Some(heading) => format!("#[{HEADING} = {heading:?}]"),
            None => line.to_owned(),
        });
    }
    lines.join("\n")
}

fn refusal(
    variant: &Variant,
    structs: &BTreeMap<String, Vec<Field>>,
    faults: &BTreeMap<String, String>,
) -> Result<Refusal> {
    let name = variant.ident.to_string();
    let when = texts(&variant.attrs, "doc").join(" ");
    ensure!(!when.is_empty(), "`{name}` has no sentence that says when it comes");
    let fault =
        faults.get(&name).with_context(|| format!("`{FAULT}` does not say who is at fault for `{name}`"))?;
    let fields = match &variant.fields {
        Fields::Unnamed(inner) if inner.unnamed.len() == 1 => {
            let type_name = last(&inner.unnamed[0].ty).with_context(|| format!("what is in `{name}`?"))?;
            structs
                .get(&type_name)
                .with_context(|| format!("`{type_name}`, in `{name}`, is not in this file"))?
                .clone()
        }
        Fields::Unnamed(_) => bail!("the fields of `{name}` have no names"),
        fields => named(fields),
    };
    Ok(Refusal { code: snake_case(&name), when, fields, fault: fault.clone() })
}

fn structs(items: &[Item]) -> BTreeMap<String, Vec<Field>> {
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(it) => Some((it.ident.to_string(), named(&it.fields))),
        _ => None,
    });
    structs.collect()
}

/// The named fields, as they are on the wire.
fn named(fields: &Fields) -> Vec<Field> {
    let named = fields.iter().filter_map(|field| {
        let is_optional = last(&field.ty).is_some_and(|name| name == "Option");
        Some(Field { name: camel_case(&field.ident.as_ref()?.to_string()), is_optional })
    });
    named.collect()
}

/// By variant who is at fault, out of the one `match` of `fault`.
fn faults(items: &[Item]) -> Result<BTreeMap<String, String>> {
    let own = items.iter().filter_map(|item| match item {
        Item::Impl(it) if it.trait_.is_none() && last(&it.self_ty).is_some_and(|name| name == ENUM) => {
            Some(it)
        }
        _ => None,
    });
    let function = own.flat_map(|it| &it.items).find_map(|item| match item {
        ImplItem::Fn(it) if it.sig.ident == FAULT => Some(it),
        _ => None,
    });
    let function = function.with_context(|| format!("`{ENUM}` has no function `{FAULT}`"))?;
    let [Stmt::Expr(Expr::Match(choice), None)] = &function.block.stmts[..] else {
        bail!("`{FAULT}` is more than one `match`");
    };
    let mut faults = BTreeMap::new();
    for arm in &choice.arms {
        let fault = fault(&arm.body)?;
        for variant in variants(&arm.pat)? {
            faults.insert(variant, fault.clone());
        }
    }
    Ok(faults)
}

fn fault(body: &Expr) -> Result<String> {
    match body {
        Expr::Path(it) => Ok(snake_case(&last_of(&it.path).unwrap_or_default())),
        // What is inside says: `because.fault()`.
        Expr::MethodCall(call) if call.method == FAULT => match &*call.receiver {
            Expr::Path(it) => Ok(format!("as `{}`", last_of(&it.path).unwrap_or_default())),
            _ => bail!("`{FAULT}` asks something that has no name"),
        },
        _ => bail!("`{FAULT}` says it in a way that cannot be read: write `Fault::…`"),
    }
}

fn variants(pattern: &Pat) -> Result<Vec<String>> {
    let path = match pattern {
        Pat::Or(either) => {
            return Ok(either.cases.iter().map(variants).collect::<Result<Vec<_>>>()?.concat());
        }
        Pat::Path(it) => &it.path,
        Pat::Struct(it) => &it.path,
        Pat::TupleStruct(it) => &it.path,
        _ => bail!("an arm of `{FAULT}` names no variant"),
    };
    Ok(last_of(path).into_iter().collect())
}

/// The texts of the attributes `#[name = "text"]`; a sentence of documentation is one, too.
fn texts(attributes: &[Attribute], name: &str) -> Vec<String> {
    let texts = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(it) if it.path.is_ident(name) => match &it.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    texts.collect()
}

fn last(kind: &Type) -> Option<String> {
    match kind {
        Type::Path(it) => last_of(&it.path),
        _ => None,
    }
}

fn last_of(path: &Path) -> Option<String> {
    Some(path.segments.last()?.ident.to_string())
}

fn snake_case(name: &str) -> String {
    let separated = name.char_indices().flat_map(|(at, c)| {
        let border = (at > 0 && c.is_ascii_uppercase()).then_some('_');
        border.into_iter().chain([c.to_ascii_lowercase()])
    });
    separated.collect()
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_ascii_uppercase() + &word[1..])
}

#[cfg(test)]
mod tests {
    use super::{Group, read};

    const SOURCE: &str = r#"
        //! A comment outside
pub enum Refusal {
    // Requests
    /// It is too long,
    /// by far.
    #[error(
        "`{duration}` is longer // than {longest}"
    )]
    DurationTooLong {
        // No heading.
        duration: u32,
        longest_there_is: Option<u32>,
    },
    /// A path.
    InvalidPath(InvalidValue),

    // "Several"
    /// One of several.
    ItemRefused { because: Box<Refusal> },
}
pub struct InvalidValue { pub problem: String, pub field: Option<String> }
impl Refusal {
    // No heading.
    fn fault(&self) -> Fault {
        match self {
            Self::DurationTooLong { .. } | Self::InvalidPath(_) => Fault::BadInput,
            Self::ItemRefused { because, .. } => because.fault(),
        }
    }
}
"#;

    fn told(groups: &[Group]) -> Vec<String> {
        let all = groups.iter().flat_map(|group| group.refusals.iter().map(move |it| (&group.heading, it)));
        let fields = |it: &super::Refusal| {
            let names = it
                .fields
                .iter()
                .map(|field| format!("{}{}", field.name, if field.is_optional { "?" } else { "" }));
            names.collect::<Vec<_>>().join(" ")
        };
        all.map(|(heading, it)| format!("{heading}/{}/{}/{}/{}", it.code, it.when, fields(it), it.fault))
            .collect()
    }

    #[test]
    fn every_refusal_is_read_under_its_heading() {
        let expected = [
            "Requests/duration_too_long/It is too long, by far./duration longestThereIs?/bad_input",
            "Requests/invalid_path/A path./problem field?/bad_input",
            "\"Several\"/item_refused/One of several./because/as `because`",
        ];
        assert_eq!(told(&read(SOURCE).unwrap()), expected);
    }

    #[test]
    fn what_is_missing_is_named() {
        let problem = |from: &str, to: &str| read(&SOURCE.replace(from, to)).unwrap_err().to_string();
        assert!(problem("    // Requests\n", "").contains("`DurationTooLong`"));
        assert!(problem("    /// A path.\n", "").contains("`InvalidPath` has no sentence"));
        assert!(problem(" | Self::InvalidPath(_)", "").contains("at fault for `InvalidPath`"));
        assert!(problem("pub struct InvalidValue", "pub struct Other").contains("`InvalidValue`"));
        assert!(problem("pub enum Refusal", "pub enum Other").contains("no enum `Refusal`"));
    }
}
