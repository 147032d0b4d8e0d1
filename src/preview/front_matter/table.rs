//! Tables of TOML: what they say, and those that stand on one line, which the library edits.

use serde_json::{Map, Value};
use toml_edit::{InlineTable, Item, TableLike, Value as Written};

/// What `table` says. Numbers and dates stay as they are written.
pub(super) fn says(table: &dyn TableLike) -> Value {
    let members = table.iter().map(|(key, item)| (key.to_owned(), said(item)));
    Value::Object(members.collect())
}

fn said(item: &Item) -> Value {
    match item {
        Item::Table(table) => says(table),
        Item::ArrayOfTables(tables) => tables.iter().map(|table| says(table)).collect(),
        Item::Value(value) => written(value),
        Item::None => Value::Null,
    }
}

fn written(value: &Written) -> Value {
    match value {
        Written::String(text) => Value::from(text.value().as_str()),
        Written::Boolean(flag) => Value::from(*flag.value()),
        Written::Array(values) => values.iter().map(written).collect(),
        Written::InlineTable(table) => says(table),
        Written::Integer(number) => Value::from(*number.value()),
        // As a map, so that it is never the same as a text.
        Written::Float(number) => odd("float", number.value().to_string()),
        Written::Datetime(date) => odd("date", date.value().to_string()),
    }
}

fn odd(kind: &str, value: String) -> Value {
    let member = (kind.to_owned(), Value::from(value));
    Value::Object(Map::from_iter([member]))
}

/// `inline`, a table on one line, with the key at `path` set to `value` as it is to be written, or taken
/// out; `None` where that cannot be done without loss.
pub(super) fn edit(inline: &str, path: &[&str], value: Option<&str>) -> Option<String> {
    // Comments may stand between several lines.
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
            // The blank before the brace stays there.
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
    // A text of several lines would make several of this one.
    (!edited.contains('\n')).then(|| edited.trim().to_owned())
}
