//! Writes decisions into the front matter of a post: its commentary, its time and its skipped sinks, as
//! keys below `syndicate:`.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use syndicate_api::SkippedSinks;
use syndicate_api::dates::civil_to_zoned;

use super::command::{Command, CommandOutcome, PageCommand};
use super::commentary::{all_commentaries, keys_to_write};
use super::provider::{PageError, WatchedPipeline};
use crate::engine::PlanEntry;
use crate::preview::front_matter;

/// A key below `syndicate:`, its new value (`None` removes it), and the message for the user.
struct FrontMatterEdit<'a> {
    keys: Vec<&'a str>,
    value: Option<Value>,
    message: String,
}

/// Applies `order` to the post of `entry`, which is one of `sinks` deliveries of its item.
pub(super) fn write(
    pipeline: &WatchedPipeline,
    entry: &PlanEntry,
    sinks: usize,
    command: &PageCommand,
) -> Result<CommandOutcome, PageError> {
    let Some(path) = &entry.item.path else {
        return Ok(CommandOutcome::not_done(
            "the post has no file, so it cannot be edited here",
        ));
    };
    let change = match command.action {
        Command::Skip => FrontMatterEdit {
            keys: vec!["skip"],
            value: Some(skip(pipeline, entry)),
            message: format!("{} skips the post from now on", entry.sink),
        },
        Command::Unskip => FrontMatterEdit {
            keys: vec!["skip"],
            value: unskip(pipeline, entry),
            message: format!("the post can be sent to {} again", entry.sink),
        },
        Command::Schedule => schedule(entry, command.value.as_deref())?,
        _ => match &command.value {
            Some(text) if text.trim().is_empty() => {
                return Ok(CommandOutcome::not_done("the commentary cannot be empty"));
            }
            Some(text) => set_commentary(pipeline, entry, sinks, text),
            None => clear_commentary(pipeline, entry, sinks),
        },
    };
    let keys: Vec<&str> = ["syndicate"].into_iter().chain(change.keys).collect();
    let file = pipeline.stages.base.join(path);
    let set = |value: Option<&Value>| {
        front_matter::edit_file(&file, &keys, value).map_err(|refusal| {
            let hint = refusal.hint.as_deref().unwrap_or_default();
            PageError(format!("{path}: {}; {hint}", refusal.message))
        })
    };
    let has_changed = set(change.value.as_ref())?;
    if has_changed || change.value.is_some() {
        return Ok(CommandOutcome::done(change.message));
    }
    // The value is not in the post but in the site's defaults, which an explicit `false` overrides.
    if command.action == Command::Unskip {
        set(Some(&json!(false)))?;
        return Ok(CommandOutcome::done(change.message));
    }
    let key = keys.join(".");
    Ok(CommandOutcome::not_done(format!(
        "`{key}` is set in the site's configuration or data, not in {path}; change it there, or set \
         another value here"
    )))
}

fn kind<'p>(pipeline: &'p WatchedPipeline, entry: &PlanEntry) -> &'p str {
    &pipeline.stages.sinks[entry.sink_index].kind
}

fn set_commentary<'e>(
    pipeline: &'e WatchedPipeline,
    entry: &'e PlanEntry,
    sinks: usize,
    text: &str,
) -> FrontMatterEdit<'e> {
    let text = text.replace("\r\n", "\n");
    FrontMatterEdit {
        keys: keys_to_write(&entry.item, &entry.sink, kind(pipeline, entry), sinks),
        value: Some(Value::from(text.trim_end())),
        message: format!("commentary saved in {}", entry.item.label()),
    }
}

fn clear_commentary<'e>(
    pipeline: &'e WatchedPipeline,
    entry: &'e PlanEntry,
    sinks: usize,
) -> FrontMatterEdit<'e> {
    let mut commentaries = all_commentaries(&entry.item, &entry.sink, kind(pipeline, entry));
    let keys = commentaries
        .next()
        .map_or(vec!["commentary"], |own| own.keys);
    let message = match commentaries.next() {
        Some(_) => "commentary removed; another commentary in the front matter applies now",
        None if keys.len() == 1 && sinks > 1 => {
            "commentary removed; all sinks use the template again"
        }
        None => "commentary removed; the template is used again",
    };
    FrontMatterEdit {
        keys,
        value: None,
        message: message.to_owned(),
    }
}

fn schedule<'e>(entry: &PlanEntry, at: Option<&str>) -> Result<FrontMatterEdit<'e>, PageError> {
    let zone = entry.item.site.timezone.as_deref().unwrap_or("UTC");
    let at = at.map(|at| instant(at, zone)).transpose()?;
    Ok(FrontMatterEdit {
        keys: vec!["at"],
        message: match &at {
            Some(at) => format!("scheduled for {at} or later"),
            None => "schedule removed".to_owned(),
        },
        value: at.map(Value::from),
    })
}

/// Returns the value of `skip` that also skips this sink.
fn skip(pipeline: &WatchedPipeline, entry: &PlanEntry) -> Value {
    let mut names = match &entry.item.overrides.skip {
        SkippedSinks::Named(names) => names.clone(),
        SkippedSinks::None | SkippedSinks::All => Vec::new(),
    };
    names.push(entry.sink.clone());
    let sinks = pipeline.stages.sink_names();
    let all = sinks
        .iter()
        .all(|sink| names.iter().any(|name| name == sink));
    if all { json!(true) } else { json!(names) }
}

/// Returns the value of `skip` without this sink, or `None` if no other sink remains.
fn unskip(pipeline: &WatchedPipeline, entry: &PlanEntry) -> Option<Value> {
    let names: Vec<&str> = match &entry.item.overrides.skip {
        SkippedSinks::None => Vec::new(),
        SkippedSinks::All => pipeline.stages.sink_names(),
        SkippedSinks::Named(names) => names.iter().map(String::as_str).collect(),
    };
    let names: Vec<&str> = names
        .into_iter()
        .filter(|name| *name != entry.sink)
        .collect();
    (!names.is_empty()).then(|| json!(names))
}

/// Parses a time typed in `zone` and formats it with its offset.
fn instant(text: &str, zone: &str) -> Result<String, PageError> {
    let zone = TimeZone::get(zone).map_err(|error| PageError(error.to_string()))?;
    let typed: DateTime = text
        .parse()
        .map_err(|_| PageError(format!("invalid date and time `{text}`")))?;
    let mut at = civil_to_zoned(typed, &zone);
    if at.offset().seconds() % 60 != 0 {
        // Early offsets have seconds, which RFC 3339 cannot express.
        at = at.with_time_zone(TimeZone::UTC);
    }
    Ok(at.strftime("%Y-%m-%dT%H:%M%:z").to_string())
}

#[cfg(test)]
mod tests {
    use syndicate_api::dates::parse_date;

    use super::*;

    #[test]
    fn typed_time_gets_readable_offset() {
        for (typed, zone, expected) in [
            (
                "2026-07-01T09:30",
                "Europe/Berlin",
                "2026-07-01T09:30+02:00",
            ),
            // Skipped, repeated, before standard time, and after the last instant.
            (
                "2026-03-29T02:30",
                "Europe/Berlin",
                "2026-03-29T03:30+02:00",
            ),
            (
                "2026-10-25T02:30",
                "Europe/Berlin",
                "2026-10-25T02:30+02:00",
            ),
            (
                "2017-10-15T00:15",
                "America/Sao_Paulo",
                "2017-10-15T01:15-02:00",
            ),
            (
                "1890-01-01T10:00",
                "Europe/Berlin",
                "1890-01-01T09:06+00:00",
            ),
            (
                "9999-12-31T23:59",
                "America/New_York",
                "9999-12-31T12:00+14:00",
            ),
        ] {
            let written = instant(typed, zone).unwrap_or_else(|error| panic!("{}", error.0));
            assert_eq!(written, expected, "{typed} in {zone}");
            assert!(parse_date(&written, &TimeZone::UTC).is_ok(), "{written}");
        }
        assert!(instant("2026-02-30T10:00", "UTC").is_err());
    }
}
