//! Reads the dates of publication and of the last change. A date that cannot be read is an error,
//! because the post would otherwise count as undated.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use syndicate_api::dates::{DATE_HINT, DateError, ParsedDate, civil_to_zoned};
use syndicate_api::{Diagnostic, FieldOrigin, FileSpan, PostDate};

use super::faults::FieldFaults;
use super::lookup::with_user_keys;
use crate::document::FrontMatter;
use crate::generators::FILE_NAME_KEY;
use crate::site::Site;
use crate::value::{Sourced, invalid, scalar};

const UPDATED_KEYS: &[&str] = &[
    "updated",
    "lastmod",
    "modified",
    "updated_at",
    "updated_date",
    "last_updated",
    "last_modified",
    "last_modified_at",
    "date_modified",
    "mod_datetime",
    "last_update.date",
];

/// The dates of a post.
pub(super) struct Dates {
    pub(super) published: Sourced<ParsedDate>,
    pub(super) updated: Sourced<ParsedDate>,
}

impl Dates {
    /// Reads the dates; `named` is the date in the file's name. Values that are not valid dates are added to `faults`.
    pub(super) fn read(
        site: &Site,
        front: &FrontMatter,
        named: Option<Date>,
        faults: &mut FieldFaults,
    ) -> Self {
        let keys = &site.options.fields;
        let usual = site.conventions.date_keys.iter();
        let usual: Vec<&str> = usual.map(String::as_str).collect();
        let keys_of_date = with_user_keys(&keys.published, &usual);
        let mut published = None;
        for (index, keys) in keys_of_date.split(|key| *key == FILE_NAME_KEY).enumerate() {
            if index > 0 && published.is_none() {
                published = from_name(named, &site.zone);
            }
            if published.is_none() {
                published = faults.take(first_date(site, front, keys));
            }
        }
        let keys = with_user_keys(&keys.updated, UPDATED_KEYS);
        let updated = faults.take(first_date(site, front, &keys));
        Self { published, updated }
    }
}

/// Returns the start of the day in the file's name.
fn from_name(named: Option<Date>, zone: &TimeZone) -> Sourced<ParsedDate> {
    let date = PostDate {
        at: civil_to_zoned(named?.at(0, 0, 0, 0), zone),
        day_only: true,
    };
    let has_offset = false;
    Some((ParsedDate { date, has_offset }, FieldOrigin::Path))
}

/// Returns `true` if the value under a key may be a flag instead of a date.
fn may_be_flag(key: &str) -> bool {
    FLAG_KEYS.contains(&key) || UPDATED_KEYS.contains(&key)
}

/// Keys that may be flags instead of dates, such as `published: true`.
const FLAG_KEYS: &[&str] = &["publish", "published"];

/// Parses the date under the first of `paths` that has a value. Flags are skipped.
fn first_date(
    site: &Site,
    front: &FrontMatter,
    paths: &[&str],
) -> Result<Sourced<ParsedDate>, Diagnostic> {
    let found = paths.iter().find_map(|path| match front.get(path)? {
        Value::Bool(_) if may_be_flag(path) || !front.is_own(path) => None,
        value => Some((*path, value)),
    });
    let Some((path, value)) = found else {
        return Ok(None);
    };
    let text = scalar(value);
    let is_quoted = || front.is_quoted(path);
    let parse = |text: &String| site.generator.date(text, &is_quoted, &site.zone);
    match text.as_ref().map_or(Err(DateError), parse) {
        Ok(dated) => Ok(dated.map(|dated| (dated, FieldOrigin::FrontMatter(path.to_owned())))),
        Err(DateError) => {
            let text = text.unwrap_or_else(|| value.to_string());
            Err(
                invalid(format!("invalid date `{}` in `{path}`", text.trim()))
                    .at(front.line_of(path).map(FileSpan::of_line))
                    .with_hint(DATE_HINT),
            )
        }
    }
}
