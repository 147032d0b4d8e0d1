//! When a post appeared and when it was last changed. A date that is there and cannot be read is a
//! fault: the post might otherwise be taken for an undated one.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use syndicate_api::dates::{DATE_HINT, DateError, ParsedDate, civil_to_zoned};
use syndicate_api::{Diagnostic, FieldOrigin, FileSpan, PostDate};

use super::lookup::with_own;
use crate::document::Front;
use crate::generators::FILE_NAME;
use crate::site::Site;
use crate::value::{Sourced, invalid, scalar};

const UPDATED: &[&str] = &[
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
    /// Reads them; `named` is the date that the file's name gives.
    pub(super) fn read(
        site: &Site,
        front: &Front,
        named: Option<Date>,
    ) -> Result<Self, Diagnostic> {
        let keys = &site.options.fields;
        let usual = site.conventions.date_keys.iter();
        let usual: Vec<&str> = usual.map(String::as_str).collect();
        let keys_of_date = with_own(&keys.published, &usual);
        let mut published = None;
        for (index, keys) in keys_of_date.split(|key| *key == FILE_NAME).enumerate() {
            if index > 0 && published.is_none() {
                published = from_name(named, &site.zone);
            }
            if published.is_none() {
                published = first_date(site, front, keys)?;
            }
        }
        let updated = first_date(site, front, &with_own(&keys.updated, UPDATED))?;
        Ok(Self { published, updated })
    }
}

/// The start of the day that the file's name gives.
fn from_name(named: Option<Date>, zone: &TimeZone) -> Sourced<ParsedDate> {
    let date = PostDate {
        at: civil_to_zoned(named?.at(0, 0, 0, 0), zone),
        day_only: true,
    };
    let has_offset = false;
    Some((ParsedDate { date, has_offset }, FieldOrigin::Path))
}

/// The date under the first of `paths` that is no flag: `published: true` is not about a date.
fn first_date(
    site: &Site,
    front: &Front,
    paths: &[&str],
) -> Result<Sourced<ParsedDate>, Diagnostic> {
    let found = paths.iter().find_map(|path| match front.get(path)? {
        Value::Bool(_) => None,
        value => Some((*path, value)),
    });
    let Some((path, value)) = found else {
        return Ok(None);
    };
    let text = scalar(value);
    let parse = |text: &String| {
        let is_quoted = front.is_quoted(path);
        site.generator.date(text, is_quoted, &site.zone)
    };
    match text.as_ref().map_or(Err(DateError), parse) {
        Ok(dated) => Ok(dated.map(|dated| (dated, FieldOrigin::FrontMatter(path.to_owned())))),
        Err(DateError) => {
            let text = text.unwrap_or_else(|| value.to_string());
            Err(invalid(format!("`{path}` is no date: `{}`", text.trim()))
                .at(front.line_of(path).map(FileSpan::of_line))
                .with_hint(DATE_HINT))
        }
    }
}
