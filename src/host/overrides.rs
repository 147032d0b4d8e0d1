//! Reads the settings of the author for one post: the field `syndicate` of an item, or that of its front matter. A
//! setting that cannot be read is an error of the item, because ignoring it could publish the post against the author's
//! intention.

use jiff::tz::TimeZone;
use plugin_protocol::SourceItem;
use serde_json::Value;
use syndicate_api::dates::parse_date;
use syndicate_api::{AttachmentSpec, Code, Diagnostic, Overrides, SinkRef, SkippedSinks, nfc};

const BLOCK: &str = "syndicate";

/// Reads the settings of `item`.
///
/// # Errors
/// If a setting is not valid.
pub(super) fn read(item: &SourceItem, zone: &TimeZone) -> Result<Overrides, Diagnostic> {
    let block = item.syndicate.as_ref().or_else(|| item.front.get(BLOCK));
    let mut overrides = Overrides::default();
    match block {
        None | Some(Value::Null | Value::Bool(true)) => {}
        Some(Value::Bool(false)) => overrides.skip = SkippedSinks::All,
        Some(Value::Object(block)) => {
            for (key, value) in block.iter().filter(|(_, value)| !value.is_null()) {
                set(&mut overrides, key, value, zone)?;
            }
        }
        Some(_) => {
            return Err(invalid("`syndicate` is not a map")
                .with_hint("write `false`, or keys such as `skip` and `commentary`"));
        }
    }
    Ok(overrides)
}

fn set(
    overrides: &mut Overrides,
    key: &str,
    value: &Value,
    zone: &TimeZone,
) -> Result<(), Diagnostic> {
    match key {
        "skip" => skip(overrides, value)?,
        "id" => overrides.id = Some(nfc(text(key, value)?.trim()).into_owned()),
        "at" => {
            let written = text(key, value)?;
            let at = parse_date(written, zone)
                .map_err(|_| invalid(format!("invalid date `{written}` in `syndicate.at`")))?;
            overrides.at = Some(at.date.at);
        }
        "commentary" => overrides.commentary = Some(text(key, value)?.to_owned()),
        key if AttachmentSpec::KEYS.contains(&key) => {
            let message = format!("`syndicate.{key}` is not supported for items of this source");
            return Err(invalid(message).with_hint("remove it, or name the sinks under `skip`"));
        }
        sink => {
            let commentary = value.as_object().and_then(|block| {
                let is_only = block.len() == usize::from(block.contains_key("commentary"));
                is_only.then(|| block.get("commentary"))
            });
            let Some(commentary) = commentary else {
                let message = format!("`syndicate.{sink}` is not a map with `commentary`");
                return Err(invalid(message));
            };
            if let Some(commentary) = commentary {
                let commentary = text(&format!("{sink}.commentary"), commentary)?;
                let all = &mut overrides.sink_commentary;
                all.insert(sink.to_owned(), commentary.to_owned());
            }
            name_sink(overrides, sink, sink);
        }
    }
    Ok(())
}

fn skip(overrides: &mut Overrides, value: &Value) -> Result<(), Diagnostic> {
    overrides.skip = match value {
        Value::Bool(true) => SkippedSinks::All,
        Value::Bool(false) => SkippedSinks::None,
        Value::String(names) => SkippedSinks::Named(sink_names(names.split(','))?),
        Value::Array(names) => {
            let names: Vec<&str> = names
                .iter()
                .map(|name| text("skip", name))
                .collect::<Result<_, _>>()?;
            SkippedSinks::Named(sink_names(names)?)
        }
        _ => {
            return Err(invalid(
                "`syndicate.skip` is not `true`, `false` or a list of sinks",
            ));
        }
    };
    if let SkippedSinks::Named(names) = overrides.skip.clone() {
        for name in names {
            name_sink(overrides, &name, "skip");
        }
    }
    Ok(())
}

/// Returns the trimmed names.
///
/// # Errors
/// If one of them is blank.
fn sink_names<'v>(names: impl IntoIterator<Item = &'v str>) -> Result<Vec<String>, Diagnostic> {
    let names = names.into_iter().map(|name| match name.trim() {
        "" => Err(invalid("a sink in `syndicate.skip` has no name")
            .with_hint("write `skip: true` or `skip: [linkedin]`")),
        name => Ok(name.to_owned()),
    });
    names.collect()
}

/// Records that `key` names a sink, for the check of unknown names.
fn name_sink(overrides: &mut Overrides, name: &str, key: &str) {
    overrides.named_sinks.push(SinkRef {
        name: name.to_owned(),
        key: format!("{BLOCK}.{key}"),
        line: None,
    });
}

fn text<'v>(key: &str, value: &'v Value) -> Result<&'v str, Diagnostic> {
    let text = value.as_str();
    text.ok_or_else(|| invalid(format!("`syndicate.{key}` is not text")))
}

/// Returns the diagnostic of an invalid item.
pub(super) fn invalid(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidFrontMatter, message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read_block(block: Value) -> Result<Overrides, String> {
        let item = SourceItem {
            syndicate: Some(block),
            ..SourceItem::default()
        };
        read(&item, &TimeZone::UTC).map_err(|fault| fault.message)
    }

    #[test]
    fn front_matter_can_forbid_sending() {
        let item = SourceItem {
            front: [(BLOCK.to_owned(), json!(false))].into_iter().collect(),
            ..SourceItem::default()
        };
        let read = read(&item, &TimeZone::UTC).unwrap();
        assert_eq!(read.skip, SkippedSinks::All);
    }

    #[test]
    fn settings_are_read() {
        let read = read_block(json!({
            "skip": ["a"], "id": " x ", "at": "2026-12-01", "commentary": "Hi",
            "b": {"commentary": "Own"}, "c": {}, "d": null,
        }));
        let read = read.unwrap();
        assert_eq!(read.skip, SkippedSinks::Named(vec!["a".to_owned()]));
        assert_eq!(read.id.as_deref(), Some("x"));
        assert_eq!(
            read.at.unwrap().to_string(),
            "2026-12-01T00:00:00+00:00[UTC]"
        );
        assert_eq!(read.sink_commentary["b"], "Own");
        let named: Vec<&str> = read.named_sinks.iter().map(|sink| &*sink.name).collect();
        assert_eq!(named, ["b", "c", "a"]);
    }

    #[test]
    fn skip_is_split_at_commas() {
        for (skip, sinks) in [
            (json!("a"), vec!["a"]),
            (json!("a, b"), vec!["a", "b"]),
            (json!([" a ", "b"]), vec!["a", "b"]),
        ] {
            let read = read_block(json!({"skip": skip})).unwrap();
            let sinks = sinks.into_iter().map(str::to_owned).collect();
            assert_eq!(read.skip, SkippedSinks::Named(sinks), "{skip}");
        }
    }

    #[test]
    fn unclear_setting_is_error() {
        for block in [
            json!({"skip": "a,"}),
            json!({"skip": ["a", ""]}),
            json!("no"),
            json!({"skip": 1}),
            json!({"skip": [1]}),
            json!({"at": "soon"}),
            json!({"commentary": 3}),
            json!({"document": "a.pdf"}),
            json!({"linkedin": "text"}),
            json!({"linkedin": {"text": "x"}}),
        ] {
            assert!(read_block(block.clone()).is_err(), "{block}");
        }
    }
}
