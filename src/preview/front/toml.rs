//! One key of a TOML document, set or taken out. The library keeps everything else as it was written.

use serde_json::Value;
use syndicate_api::Hinted;
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, value as item};

use super::by_hand;

/// `source` with the key at `path` set to `value`, or taken out for `None`.
pub(super) fn edit(source: &str, path: &[&str], value: Option<&Value>) -> Result<String, Hinted> {
    let mut document: DocumentMut = source
        .parse()
        .map_err(|error| by_hand(format!("its front matter cannot be read as TOML: {error}")))?;
    let (last, tables) = path
        .split_last()
        .ok_or_else(|| by_hand("no key is named"))?;
    let mut at: &mut dyn TableLike = document.as_table_mut();
    for key in tables {
        if value.is_none() && at.get(key).is_none() {
            return Ok(source.to_owned());
        }
        let table = at
            .entry(key)
            .or_insert_with(|| Item::Table(Table::new()))
            .as_table_like_mut();
        at = table.ok_or_else(|| {
            by_hand(format!(
                "`{key}` in its front matter is something else than a table"
            ))
        })?;
    }
    match value {
        None => {
            at.remove(last);
        }
        Some(value) => {
            at.insert(last, written(value)?);
        }
    }
    let edited = document.to_string();
    Ok(if source.contains("\r\n") {
        edited.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        edited
    })
}

fn written(value: &Value) -> Result<Item, Hinted> {
    Ok(match value {
        Value::String(text) => item(text),
        Value::Bool(flag) => item(*flag),
        Value::Array(values) => item(values.iter().filter_map(Value::as_str).collect::<Array>()),
        other => return Err(by_hand(format!("`{other}` cannot be written as TOML"))),
    })
}
