//! The monthly versions of LinkedIn's API and how long each lives. Every call must name one, there
//! is no "latest", and months may be missing, so a version is never computed from the clock: it is
//! a setting, and this table is what was known of it when the program was built.

use std::fmt;

use jiff::civil::{Date, date};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};

/// Each version and its last day, in UTC, from LinkedIn's page "Marketing API versioning and
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

/// A version, as it stands in the header `LinkedIn-Version`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ApiVersion(u32);

/// What is known of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VersionStatus {
    /// It answers until this day, which is not over.
    ValidUntil(Date),
    /// It stopped answering after this day.
    Expired(Date),
    /// No version of this month was ever published, or it is older than all that are known.
    Unpublished,
    /// It is newer than all that are known.
    Newer,
}

impl ApiVersion {
    /// The one with the longest life among those known to answer.
    pub(crate) const DEFAULT: Self = Self(202_609);

    /// What is known of it on this day.
    pub(crate) fn status(self, today: Date) -> VersionStatus {
        match LAST_DAYS.iter().find(|(version, _)| *version == self) {
            Some((_, last)) if today <= *last => VersionStatus::ValidUntil(*last),
            Some((_, last)) => VersionStatus::Expired(*last),
            None if LAST_DAYS.iter().all(|(version, _)| *version < self) => VersionStatus::Newer,
            None => VersionStatus::Unpublished,
        }
    }

    /// Its last day, where it is known.
    pub(crate) fn last_day(self) -> Option<Date> {
        let known = LAST_DAYS.iter().find(|(version, _)| *version == self)?;
        Some(known.1)
    }

    /// Returns what to do about a version that LinkedIn refuses on this day, or soon will. Older versions
    /// end earlier, so that only newer ones help.
    pub(crate) fn remedy(self, today: Date) -> String {
        if self.status(today) == VersionStatus::Newer {
            return "leave `api_version` out until LinkedIn has opened that month; if it has ended since, \
                set a newer month or get a newer syndicate"
                .to_owned();
        }
        let newer: Vec<String> = LAST_DAYS
            .iter()
            .filter(|(version, last)| *version > self && today <= *last)
            .map(|(version, _)| format!("`{version}`"))
            .collect();
        let newer = match newer.as_slice() {
            [] => " that LinkedIn has opened since".to_owned(),
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
    /// From a number too, as that is what YAML makes of six digits without quotes.
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
    fn six_digits_are_read_from_text_and_number() {
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
    fn a_life_ends_after_its_last_day() {
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
    fn the_default_is_the_last_of_the_table() {
        assert_eq!(
            LAST_DAYS.last().map(|(version, _)| *version),
            Some(ApiVersion::DEFAULT)
        );
    }
}
