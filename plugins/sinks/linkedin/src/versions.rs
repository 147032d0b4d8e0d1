//! The monthly versions of LinkedIn's API and their expiry. Every request must name a version, no
//! version is called "latest", and some months have none. Therefore the version is an option and is
//! not derived from the clock. The table contains the versions that were known when the program was
//! built.

use std::fmt;

use jiff::civil::{Date, date};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};

/// Each version with its last day in UTC, from LinkedIn's page "Marketing API versioning and
/// migrations" as of September 2026.
const LAST_DAYS: &[(ApiVersion, Date)] = &[
    (ApiVersion(202_510), date(2026, 10, 15)),
    (ApiVersion(202_511), date(2026, 11, 16)),
    (ApiVersion(202_601), date(2027, 1, 15)),
    (ApiVersion(202_602), date(2027, 2, 15)),
    (ApiVersion(202_603), date(2027, 3, 16)),
    (ApiVersion(202_604), date(2027, 4, 15)),
    (ApiVersion(202_605), date(2027, 5, 15)),
    (ApiVersion(202_606), date(2027, 6, 15)),
    (ApiVersion(202_607), date(2027, 7, 15)),
    (ApiVersion(202_608), date(2027, 8, 17)),
    (ApiVersion(202_609), date(2027, 9, 15)),
];

/// A version as in the header `LinkedIn-Version`: year and month in six digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ApiVersion(u32);

/// The status of a version on a given day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VersionStatus {
    /// Requests are accepted through this day.
    ValidUntil(Date),
    /// Requests have been refused since the end of this day.
    Expired(Date),
    /// The month has no version, or the version is older than all known ones.
    Unpublished,
    /// The version is newer than all known ones.
    Newer,
}

impl ApiVersion {
    /// The newest known version.
    pub(crate) const DEFAULT: Self = Self(202_609);

    /// Returns the status on the given day.
    pub(crate) fn status(self, today: Date) -> VersionStatus {
        match LAST_DAYS.iter().find(|(version, _)| *version == self) {
            Some((_, last)) if today <= *last => VersionStatus::ValidUntil(*last),
            Some((_, last)) => VersionStatus::Expired(*last),
            None if LAST_DAYS.iter().all(|(version, _)| *version < self) => VersionStatus::Newer,
            None => VersionStatus::Unpublished,
        }
    }

    /// Returns the last day of the version, if known.
    pub(crate) fn last_day(self) -> Option<Date> {
        let known = LAST_DAYS.iter().find(|(version, _)| *version == self)?;
        Some(known.1)
    }

    /// Returns a hint for a version that LinkedIn refuses or will soon refuse. It names only newer
    /// versions, because older ones expire earlier.
    pub(crate) fn remedy(self, today: Date) -> String {
        if self.status(today) == VersionStatus::Newer {
            return "remove `api_version` until LinkedIn has published that month; if it has expired since, set a \
                newer month or get a newer syndicate"
                .to_owned();
        }
        let newer: Vec<String> = LAST_DAYS
            .iter()
            .filter(|(version, last)| *version > self && today <= *last)
            .map(|(version, _)| format!("`{version}`"))
            .collect();
        let newer = match newer.as_slice() {
            [] => " that LinkedIn has published since".to_owned(),
            newer => format!(": {}", newer.join(", ")),
        };
        format!("set the sink's `api_version` to a newer month{newer}; or get a newer syndicate")
    }

    fn new(number: u64) -> Option<Self> {
        let number = u32::try_from(number).ok()?;
        let (year, month) = (number / 100, number % 100);
        ((2000..=9999).contains(&year) && (1..=12).contains(&month)).then_some(Self(number))
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl<'de> Deserialize<'de> for ApiVersion {
    /// Deserializes from text or a number, because YAML reads six digits without quotes as a
    /// number.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SixDigits;

        impl Visitor<'_> for SixDigits {
            type Value = ApiVersion;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(
                    f,
                    "year and month in six digits, such as `{}`",
                    ApiVersion::DEFAULT
                )
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<ApiVersion, E> {
                ApiVersion::new(number)
                    .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ApiVersion, E> {
                let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
                let number = text.parse().ok().filter(|_| digits);
                number
                    .and_then(ApiVersion::new)
                    .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_any(SixDigits)
    }
}

impl JsonSchema for ApiVersion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ApiVersion".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "integer"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(value: Value) -> Result<ApiVersion, serde_json::Error> {
        serde_json::from_value(value)
    }

    #[test]
    fn version_reads_text_and_number() {
        assert_eq!(read(json!("202609")).unwrap(), ApiVersion::DEFAULT);
        assert_eq!(read(json!(202_609)).unwrap(), ApiVersion::DEFAULT);
        for odd in [
            json!("2026-09"),
            json!("202613"),
            json!("latest"),
            json!("0202609"),
            json!(2026),
            json!(20_260_901),
            json!(null),
        ] {
            let error = read(odd.clone()).unwrap_err().to_string();
            assert!(error.contains("six digits"), "{odd}: {error}");
        }
    }

    #[test]
    fn version_expires_after_last_day() {
        let on = |version, today| ApiVersion(version).status(today);
        let last = date(2027, 9, 15);
        assert_eq!(on(202_609, last), VersionStatus::ValidUntil(last));
        assert_eq!(on(202_609, date(2027, 9, 16)), VersionStatus::Expired(last));
        assert_eq!(on(202_512, date(2026, 1, 1)), VersionStatus::Unpublished);
        assert_eq!(on(202_401, date(2026, 1, 1)), VersionStatus::Unpublished);
        assert_eq!(on(202_610, date(2026, 11, 22)), VersionStatus::Newer);
    }

    #[test]
    fn remedy_offers_only_newer_versions() {
        for (version, today, offered) in [
            (202_511, date(2026, 11, 22), 9),
            (202_601, date(2026, 11, 22), 8),
            (202_601, date(2027, 3, 1), 7),
            (202_608, date(2026, 11, 22), 1),
            (202_609, date(2026, 11, 22), 0),
            (202_609, date(2030, 1, 1), 0),
            (202_612, date(2026, 11, 22), 0),
        ] {
            let remedy = ApiVersion(version).remedy(today);
            let numbers = remedy.split('`').filter_map(|word| word.parse().ok());
            let numbers: Vec<u32> = numbers.collect();
            assert_eq!(numbers.len(), offered, "{version}: {remedy}");
            let answers = |number: &u32| {
                matches!(
                    ApiVersion(*number).status(today),
                    VersionStatus::ValidUntil(_)
                )
            };
            assert!(
                numbers
                    .iter()
                    .all(|number| *number > version && answers(number))
            );
            assert!(remedy.contains("newer month"), "{remedy}");
            assert!(remedy.contains("newer syndicate"), "{remedy}");
        }
    }

    #[test]
    fn default_version_is_newest() {
        assert_eq!(
            LAST_DAYS.last().map(|(version, _)| *version),
            Some(ApiVersion::DEFAULT)
        );
    }
}
