//! `date`: formats a date. It keeps the day, hour and offset that the author wrote and converts nothing,
//! so a post of New Year's Eve stays in its year.

use handlebars::RenderErrorReason;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use serde_json::Value;
use syndicate_api::{Code, Diagnostic};

use super::arguments::render_error;
use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};

pub(super) const DATE: Helper = Helper {
    signature: Signature {
        name: "date",
        usage: "{{date published \"%d %B %Y\"}}",
        parameters: 2..=2,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let text = arguments.text(0)?;
        let format = arguments.text(1)?;
        let printed = match text.trim() {
            "" => String::new(),
            date => formatted(date, &format)?,
        };
        Ok(HelperOutput::Value(Value::from(printed)))
    },
};

fn formatted(date: &str, format: &str) -> Result<String, RenderErrorReason> {
    let time = read(date).ok_or_else(|| {
        render_error(
            Diagnostic::new(Code::TemplateError, format!("invalid date `{date}`"))
                .with_hint("write it as `2026-12-31` or `2026-12-31T18:30:00+01:00`"),
        )
    })?;
    time.to_string(format).map_err(|error| {
        render_error(
            Diagnostic::new(
                Code::TemplateError,
                format!("invalid date format `{format}`: {error}"),
            )
            .with_hint("use the syntax of `strftime`, such as `%d %B %Y`"),
        )
    })
}

/// Parses a date, with or without a time and an offset.
fn read(date: &str) -> Option<BrokenDownTime> {
    let pieces = Pieces::parse(date).ok()?;
    let civil = match pieces.time() {
        None => return Some(BrokenDownTime::from(pieces.date())),
        Some(time) => pieces.date().to_datetime(time),
    };
    match pieces.to_numeric_offset() {
        None => Some(BrokenDownTime::from(civil)),
        Some(offset) => {
            let zoned = civil.to_zoned(TimeZone::fixed(offset)).ok()?;
            Some(BrokenDownTime::from(&zoned))
        }
    }
}
