//! Writes the JSON Schema of exported policies: `policy-schema <file>`.

use access_engine::import::PolicyExport;
use anyhow::{Context, Result};
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;

fn main() -> Result<()> {
    let file = std::env::args().nth(1).context("give the file to write")?;
    // `uint32` is no format of JSON Schema, and the bounds say the same.
    let without_format = RecursiveTransform(|schema: &mut Schema| drop(schema.remove("format")));
    let settings = SchemaSettings::draft2020_12().with_transform(without_format);
    let schema = settings.into_generator().into_root_schema_for::<PolicyExport>();
    let text = serde_json::to_string_pretty(&schema)? + "\n";
    std::fs::write(&file, text).with_context(|| format!("`{file}` cannot be written"))
}
