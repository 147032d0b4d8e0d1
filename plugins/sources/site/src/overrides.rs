//! The `syndicate:` block of the front matter. Whatever in it cannot be understood is a fault of the
//! file: an author who wrote it wanted something of us, and guessing what would be the surprise.

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::dates::parse_date;
use syndicate_api::{AttachmentSpec, Diagnostic, FileSpan, Overrides, Skip, nfc};

use crate::attachment::{self, Locate};
use crate::document::Front;
use crate::value::{invalid, is_blank, scalar};

const BLOCK: &str = "syndicate";

/// What the front matter asks of us, and where it is silent what the site says for all files around this
/// one: of two blocks each key of its own goes before. `locate` finds the files that it names.
pub(crate) fn read(
    front: &Front,
    zone: &TimeZone,
    locate: Locate<'_>,
) -> Result<Overrides, Diagnostic> {
    let mut overrides = Overrides::default();
    let own = front.map.get(BLOCK);
    let around = front.inherited.get(BLOCK);
    if let (Some(Value::Object(own)), Some(Value::Object(around))) = (own, around) {
        let brings = own
            .keys()
            .any(|key| AttachmentSpec::KEYS.contains(&key.as_str()));
        for (key, value) in around {
            // A post brings one thing, so that its own takes the place of any.
            let is_brought = brings && AttachmentSpec::KEYS.contains(&key.as_str());
            if !own.contains_key(key) && !is_brought {
                set(&mut overrides, key, value, zone, locate)?;
            }
        }
    }
    match own.or(around) {
        None | Some(Value::Null | Value::Bool(true)) => {}
        Some(Value::Bool(false)) => overrides.skip = Skip::Everywhere,
        Some(Value::Object(block)) => {
            for (key, value) in block {
                let path = format!("{BLOCK}.{key}");
                set(&mut overrides, key, value, zone, locate)
                    .and_then(|()| whole(front, &path, value))
                    .map_err(|diagnostic| {
                        diagnostic.at(front.line_of(&path).map(FileSpan::of_line))
                    })?;
            }
        }
        Some(_) => {
            return Err(invalid("`syndicate` is no map")
                .at(front.line_of(BLOCK).map(FileSpan::of_line))
                .with_hint("write `syndicate: false`, or keys such as `skip` and `commentary`"));
        }
    }
    Ok(overrides)
}

/// Refuses a commentary of which YAML left out the end, for hashtags look like comments to it.
fn whole(front: &Front, path: &str, value: &Value) -> Result<(), Diagnostic> {
    let commentary = match value {
        Value::Object(_) => format!("{path}.commentary"),
        _ => path.to_owned(),
    };
    if commentary.ends_with("commentary") && front.is_cut_by_comment(&commentary) {
        return Err(invalid(format!(
            "YAML takes the end of `{commentary}` for a comment"
        ))
        .with_hint("put a text that has ` #` between quotes, or below `commentary: |`"));
    }
    Ok(())
}

/// Takes one key of the block.
fn set(
    overrides: &mut Overrides,
    key: &str,
    value: &Value,
    zone: &TimeZone,
    locate: Locate<'_>,
) -> Result<(), Diagnostic> {
    if is_blank(value) {
        return Ok(());
    }
    match key {
        "skip" => overrides.skip = skip(value)?,
        "id" => overrides.id = Some(id(value)?),
        "at" => {
            let at = value.as_str().and_then(|text| parse_date(text, zone).ok());
            let at = at.ok_or_else(|| {
                invalid(format!("`syndicate.at` is no date: `{}`", shown(value)))
                    .with_hint("write it as `2026-12-01T09:00+01:00` or `2026-12-01 09:00`")
            })?;
            overrides.at = Some(at.date.at);
        }
        "commentary" => {
            overrides.commentary = Some(scalar(value).ok_or_else(|| {
                invalid("`syndicate.commentary` is no text").with_hint("write `commentary: |`")
            })?);
        }
        key if AttachmentSpec::KEYS.contains(&key) => {
            if let Some(other) = &overrides.brings {
                return Err(attachment::several(other.key(), key));
            }
            overrides.brings = Some(attachment::read(key, value, locate)?);
        }
        sink => {
            if let Some(commentary) = for_sink(sink, value)? {
                overrides
                    .sink_commentary
                    .insert(sink.to_owned(), commentary);
            }
        }
    }
    Ok(())
}

fn skip(value: &Value) -> Result<Skip, Diagnostic> {
    let sinks = match value {
        Value::Bool(true) => return Ok(Skip::Everywhere),
        Value::Bool(false) => return Ok(Skip::Nowhere),
        Value::String(sink) => Some(vec![sink.trim().to_owned()]),
        Value::Array(sinks) => sinks
            .iter()
            .map(|sink| sink.as_str().map(|sink| sink.trim().to_owned()))
            .collect(),
        _ => None,
    };
    sinks.map(Skip::Sinks).ok_or_else(|| {
        invalid(format!(
            "`syndicate.skip` names no sinks: `{}`",
            shown(value)
        ))
        .with_hint("write `skip: true` or `skip: [linkedin]`")
    })
}

fn id(value: &Value) -> Result<String, Diagnostic> {
    scalar(value)
        .map(|id| nfc(id.trim()).into_owned())
        .ok_or_else(|| invalid("`syndicate.id` is no text").with_hint("write `id: any-name`"))
}

/// What a sink's own block says: nothing but its commentary can stand there.
fn for_sink(sink: &str, value: &Value) -> Result<Option<String>, Diagnostic> {
    let hint = || {
        format!(
            "known keys are `{}`, `{}` and a sink's name, as in `{sink}: {{commentary: …}}`; to leave \
                 a sink out write `skip: [{sink}]`",
            Overrides::KEYS.join("`, `"),
            AttachmentSpec::KEYS.join("`, `")
        )
    };
    let Value::Object(block) = value else {
        return Err(invalid(format!("`syndicate.{sink}` is no map")).with_hint(hint()));
    };
    if let Some(other) = unknown(block) {
        return Err(invalid(format!("unknown key `syndicate.{sink}.{other}`")).with_hint(hint()));
    }
    match block.get("commentary") {
        Some(value) if !is_blank(value) => scalar(value)
            .map(Some)
            .ok_or_else(|| invalid(format!("`syndicate.{sink}.commentary` is no text"))),
        _ => Ok(None),
    }
}

fn unknown(block: &Map<String, Value>) -> Option<&String> {
    block.keys().find(|key| *key != "commentary")
}

fn shown(value: &Value) -> String {
    scalar(value).unwrap_or_else(|| value.to_string())
}
