//! Converts TOML tables to JSON, and edits inline tables with `toml_edit`.

use serde_json::{Map, Value};
use toml_edit::{InlineTable, Item, TableLike, Value as Written};

/// Converts `table` to JSON. Floats and dates become maps that hold their text.
pub(super) fn to_json(table: &dyn TableLike) -> Value {
    let members = table
        .iter()
        .map(|(key, item)| (key.to_owned(), item_to_json(item)));
    Value::Object(members.collect())
}

fn item_to_json(item: &Item) -> Value {
    match item {
        Item::Table(table) => to_json(table),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| to_json(table)).collect(),
        Item::Value(value) => value_to_json(value),
        Item::None => Value::Null,
    }
}

fn value_to_json(value: &Written) -> Value {
    match value {
        Written::String(text) => Value::from(text.value().as_str()),
        Written::Boolean(flag) => Value::from(*flag.value()),
        Written::Array(values) => values.iter().map(value_to_json).collect(),
        Written::InlineTable(table) => to_json(table),
        Written::Integer(number) => Value::from(*number.value()),
        // A map never equals a string with the same text.
        Written::Float(number) => tagged("float", number.value().to_string()),
        Written::Datetime(date) => tagged("date", date.value().to_string()),
    }
}

fn tagged(kind: &str, value: String) -> Value {
    let member = (kind.to_owned(), Value::from(value));
    Value::Object(Map::from_iter([member]))
}

/// Sets the key at `path` of the inline table `inline` to the TOML text `value`, or removes it for `None`.
/// Returns `None` if that would lose text.
pub(super) fn edit(inline: &str, path: &[&str], value: Option<&str>) -> Option<String> {
    // A table of several lines may contain comments.
    if inline.contains('\n') {
        return None;
    }
    let mut whole: InlineTable = inline.parse::<Written>().ok()?.as_inline_table()?.clone();
    let (last, above) = path.split_last()?;
    let mut at: &mut dyn TableLike = &mut whole;
    for key in above {
        if value.is_none() && at.get(key).is_none() {
            return Some(inline.to_owned());
        }
        let table = || Item::Value(Written::InlineTable(InlineTable::new()));
        at = at.entry(key).or_insert_with(table).as_table_like_mut()?;
    }
    match (value, at.get_mut(last)) {
        (None, None) => return Some(inline.to_owned()),
        (None, Some(_)) => drop(at.remove(last)),
        (Some(value), Some(Item::Value(old))) => {
            let (prefix, suffix) = (old.decor().prefix().cloned(), old.decor().suffix().cloned());
            *old = value.parse().ok()?;
            let decor = old.decor_mut();
            decor.set_prefix(prefix.unwrap_or_default());
            decor.set_suffix(suffix.unwrap_or_default());
        }
        (Some(value), _) => {
            let mut value: Written = value.parse().ok()?;
            // The space before the closing brace moves to the new last value.
            if let Some((_, Item::Value(before))) = at.iter_mut().last() {
                let blank = before.decor().suffix().cloned().unwrap_or_default();
                before.decor_mut().set_suffix("");
                value.decor_mut().set_prefix(" ");
                value.decor_mut().set_suffix(blank);
            }
            at.insert(last, Item::Value(value));
        }
    }
    let edited = whole.to_string();
    // A multi-line string would split the inline table over several lines.
    (!edited.contains('\n')).then(|| edited.trim().to_owned())
}
