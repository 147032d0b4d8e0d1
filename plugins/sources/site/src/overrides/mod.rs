//! Reads the `syndicate:` block of the front matter. A value in it that cannot be read is an error of the
//! file, because ignoring it could publish the post against the author's intention.

mod block;
mod skip;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use syndicate_api::dates::parse_date;
use syndicate_api::{
    AttachmentSpec, Diagnostic, FileSpan, Overrides, SinkRef, SkippedSinks, did_you_mean, nfc,
};

use self::block::BLOCK;
use crate::attachment::{self, FindFile};
use crate::document::FrontMatter;
use crate::value::{invalid, is_blank, parse_bool, scalar, shown};

/// Returns `true` if the front matter has `syndicate: true`.
pub(crate) fn is_opted_in(front: &FrontMatter) -> bool {
    let own = block::find(&front.map, front);
    own.is_ok_and(|own| own.and_then(parse_bool) == Some(true))
}

/// Reads the overrides of a post. Keys of the file's own block override those of the inherited block one
/// by one. `locate` finds the files that the block names.
///
/// # Errors
/// Returns a diagnostic if the block or one of its values is invalid.
pub(crate) fn read(
    front: &FrontMatter,
    zone: &TimeZone,
    locate: FindFile<'_>,
) -> Result<Overrides, Diagnostic> {
    let mut reader = BlockReader {
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
            // A post has one attachment, so its own replaces an inherited one of any type.
            let is_replaced = brings && is_any(AttachmentSpec::KEYS, key);
            if !has(&[key.as_str()]) && !is_replaced {
                reader.set(key, value)?;
            }
        }
    }
    let line = || front.line_of(BLOCK).map(FileSpan::of_line);
    if own.is_some_and(Value::is_null) && front.is_written_null(BLOCK) {
        return Err(unclear("`syndicate` is null").at(line()));
    }
    match own.filter(|own| !own.is_null()).or(around) {
        None | Some(Value::Null) => {}
        Some(Value::Object(block)) => reader.block(block)?,
        Some(value) => match skip::wants_sending(value) {
            Some(true) => {}
            Some(false) => reader.overrides.skip = SkippedSinks::All,
            None => return Err(unclear("`syndicate` is not a map").at(line())),
        },
    }
    Ok(reader.overrides)
}

fn unclear(message: &str) -> Diagnostic {
    invalid(message).with_hint("write `syndicate: false`, or keys such as `skip` and `commentary`")
}

/// Reads a block key by key.
struct BlockReader<'a> {
    overrides: Overrides,
    front: &'a FrontMatter,
    zone: &'a TimeZone,
    locate: FindFile<'a>,
}

impl BlockReader<'_> {
    /// Reads the keys of the file's own block.
    fn block(&mut self, block: &Map<String, Value>) -> Result<(), Diagnostic> {
        let mut known: Vec<&String> = Vec::new();
        for (key, value) in block {
            let path = format!("{BLOCK}.{key}");
            let taken = match known.iter().find(|other| other.eq_ignore_ascii_case(key)) {
                Some(other) => Err(block::duplicate_key("syndicate.", other, key)),
                None => self
                    .set(key, value)
                    .and_then(|()| check_not_cut(self.front, &path, value)),
            };
            taken.map_err(|diagnostic| {
                diagnostic.at(self.front.line_of(&path).map(FileSpan::of_line))
            })?;
            known.push(key);
        }
        Ok(())
    }

    /// Reads one key of a block.
    fn set(&mut self, key: &str, value: &Value) -> Result<(), Diagnostic> {
        let folded = key.to_lowercase();
        if is_unset(value) {
            // A key without a value has no effect, but it may be a misspelt key.
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
                    invalid(format!("invalid date `{}` in `syndicate.at`", shown(value)))
                        .with_hint("write it as `2026-12-01T09:00+01:00` or `2026-12-01 09:00`")
                })?;
                self.overrides.at = Some(at.date.at);
            }
            "commentary" => {
                self.overrides.commentary = Some(scalar(value).ok_or_else(|| {
                    invalid("`syndicate.commentary` is not text").with_hint("write `commentary: |`")
                })?);
            }
            key if AttachmentSpec::KEYS.contains(&key) => {
                if let Some(other) = &self.overrides.attachment {
                    return Err(attachment::conflicting_keys(other.key(), key));
                }
                self.overrides.attachment = Some(attachment::read(key, value, self.locate)?);
                self.overrides.attachment_line = self.front.line_of(&format!("{BLOCK}.{key}"));
            }
            _ => {
                if let Some(commentary) = sink_commentary(key, value)? {
                    self.overrides
                        .sink_commentary
                        .insert(key.to_owned(), commentary);
                }
                self.name_sink(key, &format!("{BLOCK}.{key}"));
            }
        }
        Ok(())
    }

    /// Records that the key at `path` names a sink.
    fn name_sink(&mut self, name: &str, path: &str) {
        self.overrides.named_sinks.push(SinkRef {
            name: name.to_owned(),
            key: path.to_owned(),
            line: self.front.line_of(path),
        });
    }
}

/// Checks that YAML did not cut off the end of a commentary: it reads ` #hashtag` as a comment.
fn check_not_cut(front: &FrontMatter, path: &str, value: &Value) -> Result<(), Diagnostic> {
    let commentary = match value {
        Value::Object(_) => format!("{path}.commentary"),
        _ => path.to_owned(),
    };
    if commentary.to_lowercase().ends_with("commentary") && front.is_cut_by_comment(&commentary) {
        return Err(
            invalid(format!("YAML reads the end of `{commentary}` as a comment"))
                .with_hint("put text that contains ` #` in quotes, or under `commentary: |`"),
        );
    }
    Ok(())
}

/// Returns `true` if a key has no value, as in a template that is not filled in.
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
        .ok_or_else(|| invalid("`syndicate.id` is not text").with_hint("write `id: any-name`"))
}

/// Returns the commentary in the block of a sink, the only key that such a block may have.
fn sink_commentary(sink: &str, value: &Value) -> Result<Option<String>, Diagnostic> {
    let Value::Object(block) = value else {
        // Only sinks have maps, so another value is that of a misspelt key.
        let message = match similar_key(sink) {
            Some(_) => format!("unknown key `syndicate.{sink}`"),
            None => format!("`syndicate.{sink}` is not a map"),
        };
        return Err(invalid(message).with_hint(known_keys(sink)));
    };
    if let Some(other) = block.keys().find(|key| !is_any(&["commentary"], key)) {
        let hint = did_you_mean(&other.to_lowercase(), ["commentary"]);
        return Err(invalid(format!("unknown key `syndicate.{sink}.{other}`"))
            .with_hint(hint.unwrap_or_else(|| known_keys(sink))));
    }
    match block.values().next() {
        Some(value) if !is_blank(value) => scalar(value)
            .map(Some)
            .ok_or_else(|| invalid(format!("`syndicate.{sink}.commentary` is not text"))),
        _ => Ok(None),
    }
}

/// Returns a hint with the known keys, or with the one that `key` probably means.
fn known_keys(key: &str) -> String {
    similar_key(key).unwrap_or_else(|| {
        format!(
            "known keys are `{}`, `{}` and a sink's name, as in `{key}: {{commentary: …}}`; to skip \
             a sink, write `skip: [{key}]`",
            Overrides::KEYS.join("`, `"),
            AttachmentSpec::KEYS.join("`, `")
        )
    })
}

/// Returns the hint for a key that is similar to one of the known keys.
fn similar_key(key: &str) -> Option<String> {
    let known = Overrides::KEYS.iter().chain(AttachmentSpec::KEYS);
    did_you_mean(&key.to_lowercase(), known.copied())
}
