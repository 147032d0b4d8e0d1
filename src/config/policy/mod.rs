//! What may go out and when, whatever the sink: the guards that keep a first run from flooding
//! readers with an archive, and the manners of a good neighbour.

mod quiet;
mod text;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::Diagnostic;
use syndicate_api::dates::civil_to_zoned;

pub(super) use self::quiet::QuietHours;

/// The guards of a pipeline.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Policy {
    /// Posts from this day on, in the site's time zone; older and undated ones are skipped.
    #[serde(deserialize_with = "text::date")]
    #[schemars(with = "Option<String>", extend("format" = "date", "pattern" = text::DATE_PATTERN))]
    pub since: Option<Date>,
    /// Posts not older than this, such as `30d` or `36h`.
    #[serde(deserialize_with = "text::some_duration")]
    #[schemars(with = "Option<String>")]
    pub max_age: Option<SignedDuration>,
    /// The most posts that one run sends to one sink, and `watch` within 24 hours; the oldest go first.
    pub max_per_run: usize,
    /// The least time between two posts to one sink, such as `4h`; `0` for none.
    #[serde(deserialize_with = "text::duration")]
    #[schemars(with = "String", extend("type" = ["string", "integer", "null"], "maximum" = 0, "minimum" = 0, "default" = "0"))]
    pub spacing: SignedDuration,
    /// How long `watch` lets a post rest before it is sent, such as `30s`: since it became sendable,
    /// since its payload changed and since its last save; `build` sends at once.
    #[serde(deserialize_with = "text::duration")]
    #[schemars(with = "String", extend("type" = ["string", "integer", "null"], "maximum" = 0, "minimum" = 0, "default" = "30s"))]
    pub grace: SignedDuration,
    /// When nothing goes out, such as `22:00-07:00`, in the site's time zone.
    #[schemars(with = "Option<String>", extend("pattern" = quiet::HOURS_PATTERN))]
    pub quiet_hours: Option<QuietHours>,
    /// Whether a post waits until its page answers: at an address of the post, as the post's own page,
    /// open to readers and search engines, with its picture; left out, it is so for every sink that
    /// reaches readers, which one on loopback does not.
    pub live_check: Option<bool>,
    /// Whether only payloads go out that somebody approved, by `syndicate approve`.
    pub approve: bool,
    /// What to do when a post has changed since it was sent: `ignore` leaves it as it is out (the
    /// default), `update` changes in place what the platform lets one change. An edit of a template
    /// alone changes no old post.
    pub on_change: OnChange,
}

/// What to do when a post has changed since it was sent.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OnChange {
    /// Nothing.
    #[default]
    Ignore,
    /// What can be changed in place is.
    Update,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            since: None,
            max_age: None,
            max_per_run: 3,
            spacing: SignedDuration::ZERO,
            grace: SignedDuration::from_secs(30),
            quiet_hours: None,
            live_check: None,
            approve: false,
            on_change: OnChange::default(),
        }
    }
}

impl Policy {
    /// The first instant of `since` in `zone`.
    #[must_use]
    pub(crate) fn since_in(&self, zone: &TimeZone) -> Option<Timestamp> {
        let start = civil_to_zoned(self.since?.at(0, 0, 0, 0), zone);
        Some(start.timestamp())
    }

    /// Returns the policy of a sandbox, whose posts have no readers to wait for.
    #[must_use]
    pub(crate) fn for_sandbox(self) -> Self {
        let calm = Self::default();
        Self {
            spacing: calm.spacing,
            quiet_hours: None,
            live_check: Some(false),
            approve: false,
            ..self
        }
    }

    /// Faults that the types cannot express.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        if self.max_per_run == 0 {
            let message = "`max_per_run: 0` would never send anything";
            let fault = Diagnostic::option(&["max_per_run"], message);
            faults.push(fault.with_hint("use `build --dry-run` to send nothing"));
        }
        if self.max_age.is_some_and(|age| !age.is_positive()) {
            let message = "`max_age` must be longer than nothing";
            faults.push(Diagnostic::option(&["max_age"], message));
        }
        if self.spacing.is_negative() {
            let message = "`spacing` cannot be less than nothing";
            faults.push(Diagnostic::option(&["spacing"], message));
        }
        if self.grace.is_negative() {
            let message = "`grace` cannot be less than nothing";
            faults.push(Diagnostic::option(&["grace"], message));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_beyond_time_still_guards() {
        let start = |since: &str, zone| {
            let policy = Policy {
                since: Some(since.parse().unwrap()),
                ..Policy::default()
            };
            policy
                .since_in(&TimeZone::get(zone).unwrap())
                .unwrap()
                .to_string()
        };
        // The last day ends after the last instant, and west of UTC it begins after it.
        assert!(start("9999-12-31", "America/New_York").starts_with("9999-12-30T22:00:00"));
        assert!(start("9999-12-31", "UTC").starts_with("9999-12-30T22:00:00"));
        assert_eq!(
            start("2017-10-15", "America/Sao_Paulo"),
            "2017-10-15T03:00:00Z"
        );
        assert_eq!(start("2026-04-24", "Africa/Cairo"), "2026-04-23T22:00:00Z");
    }
}
