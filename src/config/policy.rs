//! What may go out and when, whatever the sink: the guards that keep a first run from flooding
//! readers with an archive.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use syndicate_api::OptionFault;

/// The guards of a pipeline.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Posts from this day on, in the site's time zone; older and undated ones are skipped.
    #[serde(deserialize_with = "date")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub since: Option<Date>,
    /// Posts not older than this, such as `30d` or `36h`.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "Option<String>")]
    pub max_age: Option<SignedDuration>,
    /// The most posts that one run sends to one sink; the oldest go first.
    pub max_per_run: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            since: None,
            max_age: None,
            max_per_run: 3,
        }
    }
}

impl Policy {
    /// The first instant of `since` in `zone`.
    #[must_use]
    pub fn since_in(&self, zone: &TimeZone) -> Option<Timestamp> {
        let start = self.since?.to_zoned(zone.clone()).ok()?;
        Some(start.timestamp())
    }

    /// Faults that the types cannot express.
    pub(super) fn faults(&self) -> Vec<OptionFault> {
        let mut faults = Vec::new();
        if self.max_per_run == 0 {
            faults.push(
                OptionFault::new(
                    &["max_per_run"],
                    "`max_per_run: 0` would never send anything",
                )
                .hinted("use `build --dry-run` to send nothing"),
            );
        }
        if self.max_age.is_some_and(|age| !age.is_positive()) {
            faults.push(OptionFault::new(
                &["max_age"],
                "`max_age` must be longer than nothing",
            ));
        }
        faults
    }
}

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        serde::de::Error::custom(format!("`{text}` is not a date such as `2026-11-22`"))
    })
}

fn duration<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SignedDuration>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let fault =
        || serde::de::Error::custom(format!("`{text}` is not a time such as `30d` or `36h`"));
    let span: jiff::Span = text.parse().map_err(|_| fault())?;
    // Days and weeks count 24 hours each: an age needs no calendar.
    let relative = jiff::SpanRelativeTo::days_are_24_hours();
    let days = span.get_years() == 0 && span.get_months() == 0;
    if !days {
        return Err(serde::de::Error::custom(format!(
            "`{text}`: use days, such as `365d`"
        )));
    }
    0.seconds()
        .checked_add((span, relative))
        .map_err(|_| fault())?;
    span.to_duration(relative).map(Some).map_err(|_| fault())
}
