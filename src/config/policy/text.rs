//! Dates and spans of time as people write them in pipeline.yaml.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let fault = || D::Error::custom(format!("`{text}` is not a date such as `2026-11-22`"));
    text.parse().map(Some).map_err(|_| fault())
}

pub(super) fn some_duration<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SignedDuration>, D::Error> {
    let written = Option::<Written>::deserialize(deserializer)?;
    written.map(|written| read(&written)).transpose()
}

pub(super) fn duration<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<SignedDuration, D::Error> {
    let written = Option::<Written>::deserialize(deserializer)?;
    written.map_or(Ok(SignedDuration::ZERO), |written| read(&written))
}

/// A span of time, or the number nought.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(i64),
    Text(String),
}

fn read<E: Error>(written: &Written) -> Result<SignedDuration, E> {
    let text = match written {
        Written::Number(0) => return Ok(SignedDuration::ZERO),
        Written::Number(number) => {
            return Err(E::custom(format!(
                "`{number}` lacks its unit, such as `{number}h`"
            )));
        }
        Written::Text(text) if text.trim() == "0" => return Ok(SignedDuration::ZERO),
        Written::Text(text) => text,
    };
    let fault = || E::custom(format!("`{text}` is not a time such as `30d` or `36h`"));
    let span: Span = text.parse().map_err(|_| fault())?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return Err(E::custom(format!("`{text}`: use days, such as `365d`")));
    }
    // An age needs no calendar: a day is 24 hours.
    span.to_duration(SpanRelativeTo::days_are_24_hours())
        .map_err(|_| fault())
}
