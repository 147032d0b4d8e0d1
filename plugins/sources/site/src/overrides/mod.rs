//! The `syndicate:` block of the front matter. A value in it that cannot be understood is a fault of the
//! file: an author who wrote it wanted something of us, and guessing what would be the surprise.

mod block;
mod skip;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::dates::parse_date;
use syndicate_api::{
    AttachmentSpec, Diagnostic, FileSpan, Overrides, SinkRef, SkippedSinks, did_you_mean, nfc,
};

use self::block::BLOCK;
use crate::attachment::{self, Locate};
use crate::document::Front;
use crate::value::{invalid, is_blank, scalar, shown, yes_or_no};

/// Returns whether the front matter says outright that the post is to be sent.
pub(crate) fn asks_for_sending(front: &Front) -> bool {
    let own = block::find(&front.map, front);
    own.is_ok_and(|own| own.and_then(yes_or_no) == Some(true))
}

/// What the front matter asks of us, and where it is silent what the site says for all files around this
/// one: of two blocks each key of its own goes before. `locate` finds the files that it names.
pub(crate) fn read(
    front: &Front,
    zone: &TimeZone,
    locate: Locate<'_>,
) -> Result<Overrides, Diagnostic> {
    let mut reader = Reader {
        overrides: Overrides::default(),
        front,
        zone,
        locate,
    };
    let own = block::find(&front.map, front)?;
    let around = block::find(&front.inherited, front)?;
    if let (Some(Value::Object(own)), Some(Value::Object(around))) = (own, around) {
        let has = |keys: &[&str]| own.keys().any(|own| is_any(keys, own));
        let brings = has(AttachmentSpec::KEYS);
        for (key, value) in around {
            // A post brings one thing, so that its own takes the place of any.
            let is_brought = brings && is_any(AttachmentSpec::KEYS, key);
            if !has(&[key.as_str()]) && !is_brought {
                reader.set(key, value)?;
            }
        }
    }
    let line = front.line_of(BLOCK).map(FileSpan::of_line);
    if own.is_some_and(Value::is_null) && front.is_written_null(BLOCK) {
        return Err(unclear("`syndicate` is null").at(line));
    }
    match own.filter(|own| !own.is_null()).or(around) {
        None | Some(Value::Null) => {}
        Some(Value::Object(block)) => reader.block(block)?,
        Some(value) => match skip::wants_sending(value) {
            Some(true) => {}
            Some(false) => reader.overrides.skip = SkippedSinks::All,
            None => return Err(unclear("`syndicate` is no map").at(line)),
        },
    }
    Ok(reader.overrides)
}

fn unclear(message: &str) -> Diagnostic {
    invalid(message).with_hint("write `syndicate: false`, or keys such as `skip` and `commentary`")
}

/// Reads the block key by key.
struct Reader<'a> {
    overrides: Overrides,
    front: &'a Front,
    zone: &'a TimeZone,
    locate: Locate<'a>,
}

impl Reader<'_> {
    /// Takes the keys of the post's own block.
    fn block(&mut self, block: &Map<String, Value>) -> Result<(), Diagnostic> {
        let mut known: Vec<&String> = Vec::new();
        for (key, value) in block {
            let path = format!("{BLOCK}.{key}");
            let taken = match known.iter().find(|other| other.eq_ignore_ascii_case(key)) {
                Some(other) => Err(block::twice("syndicate.", other, key)),
                None => self
                    .set(key, value)
                    .and_then(|()| whole(self.front, &path, value)),
            };
            taken.map_err(|diagnostic| {
                diagnostic.at(self.front.line_of(&path).map(FileSpan::of_line))
            })?;
            known.push(key);
        }
        Ok(())
    }

    /// Takes one key of the block.
    fn set(&mut self, key: &str, value: &Value) -> Result<(), Diagnostic> {
        let folded = key.to_lowercase();
        if is_unset(value) {
            // A key without a value asks for nothing, but its name may be a slip.
            if !Overrides::is_key(&folded) {
                self.name_sink(key, &format!("{BLOCK}.{key}"));
            }
            return Ok(());
        }
        match folded.as_str() {
            "skip" => {
                self.overrides.skip = skip::parse(value)?;
                if let SkippedSinks::Named(names) = self.overrides.skip.clone() {
                    for name in names {
                        self.name_sink(&name, &format!("{BLOCK}.{key}"));
                    }
                }
            }
            "id" => self.overrides.id = Some(id(value)?),
            "at" => {
                let at = value
                    .as_str()
                    .and_then(|text| parse_date(text, self.zone).ok());
                let at = at.ok_or_else(|| {
                    invalid(format!("`syndicate.at` is no date: `{}`", shown(value)))
                        .with_hint("write it as `2026-12-01T09:00+01:00` or `2026-12-01 09:00`")
                })?;
                self.overrides.at = Some(at.date.at);
            }
            "commentary" => {
                self.overrides.commentary = Some(scalar(value).ok_or_else(|| {
                    invalid("`syndicate.commentary` is no text").with_hint("write `commentary: |`")
                })?);
            }
            key if AttachmentSpec::KEYS.contains(&key) => {
                if let Some(other) = &self.overrides.attachment {
                    return Err(attachment::several(other.key(), key));
                }
                self.overrides.attachment = Some(attachment::read(key, value, self.locate)?);
            }
            _ => {
                if let Some(commentary) = for_sink(key, value)? {
                    self.overrides
                        .sink_commentary
                        .insert(key.to_owned(), commentary);
                }
                self.name_sink(key, &format!("{BLOCK}.{key}"));
            }
        }
        Ok(())
    }

    /// Notes that the key at `path` names a sink.
    fn name_sink(&mut self, name: &str, path: &str) {
        self.overrides.named_sinks.push(SinkRef {
            name: name.to_owned(),
            key: path.to_owned(),
            line: self.front.line_of(path),
        });
    }
}

/// Refuses a commentary of which YAML left out the end, for hashtags look like comments to it.
fn whole(front: &Front, path: &str, value: &Value) -> Result<(), Diagnostic> {
    let commentary = match value {
        Value::Object(_) => format!("{path}.commentary"),
        _ => path.to_owned(),
    };
    if commentary.to_lowercase().ends_with("commentary") && front.is_cut_by_comment(&commentary) {
        return Err(invalid(format!(
            "YAML takes the end of `{commentary}` for a comment"
        ))
        .with_hint("put a text that has ` #` between quotes, or below `commentary: |`"));
    }
    Ok(())
}

/// Returns whether a key has no value, as in a form or template that is not filled in.
fn is_unset(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn is_any(keys: &[&str], key: &str) -> bool {
    keys.iter().any(|known| known.eq_ignore_ascii_case(key))
}

fn id(value: &Value) -> Result<String, Diagnostic> {
    scalar(value)
        .map(|id| nfc(id.trim()).into_owned())
        .ok_or_else(|| invalid("`syndicate.id` is no text").with_hint("write `id: any-name`"))
}

/// What a sink's own block says: nothing but its commentary can stand there.
fn for_sink(sink: &str, value: &Value) -> Result<Option<String>, Diagnostic> {
    let Value::Object(block) = value else {
        return Err(invalid(format!("`syndicate.{sink}` is no map")).with_hint(known_keys(sink)));
    };
    if let Some(other) = block.keys().find(|key| !is_any(&["commentary"], key)) {
        let hint = did_you_mean(&other.to_lowercase(), ["commentary"]);
        return Err(invalid(format!("unknown key `syndicate.{sink}.{other}`"))
            .with_hint(hint.unwrap_or_else(|| known_keys(sink))));
    }
    match block.values().next() {
        Some(value) if !is_blank(value) => scalar(value)
            .map(Some)
            .ok_or_else(|| invalid(format!("`syndicate.{sink}.commentary` is no text"))),
        _ => Ok(None),
    }
}

/// Returns which keys there are, or the one that `key` was most likely meant to be.
fn known_keys(key: &str) -> String {
    let known = Overrides::KEYS.iter().chain(AttachmentSpec::KEYS);
    did_you_mean(&key.to_lowercase(), known.copied()).unwrap_or_else(|| {
        format!(
            "known keys are `{}`, `{}` and a sink's name, as in `{key}: {{commentary: …}}`; to leave \
             a sink out write `skip: [{key}]`",
            Overrides::KEYS.join("`, `"),
            AttachmentSpec::KEYS.join("`, `")
        )
    })
}
