//! The policy: rules for sending. They prevent a first run from publishing a whole archive, and limit the rate of
//! posts. A sink can override those of [`SINK_POLICY_KEYS`] for itself.

mod branches;
mod link_file;
mod quiet;
mod text;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::Diagnostic;
use syndicate_api::dates::civil_to_zoned;

pub(crate) use self::link_file::{LinkFile, LinkFormat};
pub(super) use self::quiet::QuietHours;
pub(crate) use self::text::parse_span;
pub(super) use self::text::some_duration;

/// The keys of the policy that a sink can override. The others apply to the whole run.
pub(super) const SINK_POLICY_KEYS: &[&str] = &[
    "since",
    "max_age",
    "max_per_run",
    "spacing",
    "quiet_hours",
    "live_check",
    "approve",
    "on_change",
];

/// The rules for sending.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Policy {
    /// Earliest date of a post, in the site's time zone; older and undated posts are skipped.
    #[serde(deserialize_with = "text::date")]
    #[schemars(with = "Option<String>", extend("format" = "date", "pattern" = text::DATE_PATTERN))]
    pub since: Option<Date>,
    /// Maximum age of a post, such as `30d` or `36h`.
    #[serde(deserialize_with = "text::some_duration")]
    #[schemars(with = "Option<String>")]
    pub max_age: Option<SignedDuration>,
    /// Maximum number of posts to one sink per run, for `watch` per 24 hours; the oldest are sent first.
    /// `null` for no limit.
    pub max_per_run: Option<usize>,
    /// Minimum time between two posts to one sink, such as `4h`; `0` for none.
    #[serde(deserialize_with = "text::duration")]
    #[schemars(with = "String", extend("type" = ["string", "integer", "null"], "maximum" = 0, "minimum" = 0, "default" = "0"))]
    pub spacing: SignedDuration,
    /// Time for which `watch` waits before it sends a post, such as `30s`. It starts again whenever the
    /// post becomes ready, its payload changes or its file is saved; `build` sends at once.
    #[serde(deserialize_with = "text::duration")]
    #[schemars(with = "String", extend("type" = ["string", "integer", "null"], "maximum" = 0, "minimum" = 0, "default" = "30s"))]
    pub grace: SignedDuration,
    /// Hours in which nothing is sent, such as `22:00-07:00`, in the site's time zone.
    #[schemars(with = "Option<String>", extend("pattern" = quiet::HOURS_PATTERN))]
    pub quiet_hours: Option<QuietHours>,
    /// Waits until the post's page answers: at a URL of the post, with the post's own content, open
    /// to readers and search engines, with its picture. Default: `true` for every sink that reaches
    /// readers, so not for a sink whose `endpoint` is on the loopback address.
    pub live_check: Option<bool>,
    /// The file that gets the addresses of the sent posts after each run, for the site itself, such as
    /// `data/syndication.json`: relative to pipeline.yaml, with the ending `json`, `yaml`, `toml` or `csv`.
    pub write_links: Option<LinkFile>,
    /// Branches on which a CI run sends, as names or globs such as `release/*`. Default: the repository's
    /// default branch. Runs for pull requests never send; runs for a tag, and runs outside CI, always do.
    pub branches: Vec<String>,
    /// Sends only payloads that were approved with `syndicate approve`. Default: `false`, unless the sink
    /// requires approvals.
    pub approve: Option<bool>,
    /// Action for a post that has changed since it was sent: `ignore` (the default) leaves the sent post
    /// unchanged, `update` updates the parts that the platform can edit. An edit of a template alone
    /// changes no sent post.
    pub on_change: OnChange,
}

/// Action for a post that has changed since it was sent.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OnChange {
    /// Do nothing.
    #[default]
    Ignore,
    /// Update the parts that the platform can edit.
    Update,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            since: None,
            max_age: None,
            max_per_run: Some(3),
            spacing: SignedDuration::ZERO,
            grace: SignedDuration::from_secs(30),
            quiet_hours: None,
            live_check: None,
            write_links: None,
            branches: Vec::new(),
            approve: None,
            on_change: OnChange::default(),
        }
    }
}

impl Policy {
    /// Returns the first instant of `since` in `zone`.
    #[must_use]
    pub(crate) fn since_in(&self, zone: &TimeZone) -> Option<Timestamp> {
        let start = civil_to_zoned(self.since?.at(0, 0, 0, 0), zone);
        Some(start.timestamp())
    }

    /// Returns the policy of a sandbox run, which has no readers to wait for.
    #[must_use]
    pub(crate) fn for_sandbox(self) -> Self {
        let calm = Self::default();
        Self {
            spacing: calm.spacing,
            quiet_hours: None,
            live_check: Some(false),
            approve: Some(false),
            ..self
        }
    }

    /// Returns errors that the types cannot express.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        if self.max_per_run == Some(0) {
            let message = "`max_per_run: 0` would never send anything";
            let fault = Diagnostic::option(&["max_per_run"], message);
            faults.push(fault.with_hint("use `build --dry-run` to send nothing"));
        }
        if self.max_age.is_some_and(|age| !age.is_positive()) {
            let message = "`max_age` must be greater than zero";
            faults.push(Diagnostic::option(&["max_age"], message));
        }
        if self.spacing.is_negative() {
            let message = "`spacing` must not be negative";
            faults.push(Diagnostic::option(&["spacing"], message));
        }
        if self.grace.is_negative() {
            let message = "`grace` must not be negative";
            faults.push(Diagnostic::option(&["grace"], message));
        }
        faults.extend(branches::faults(&self.branches));
        faults
    }

    /// Returns `true` if `policy.branches` lists `branch`.
    #[must_use]
    pub(crate) fn lists_branch(&self, branch: &str) -> bool {
        branches::lists(&self.branches, branch)
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
        // The last day ends after the last representable instant, and starts before it west of UTC.
        assert!(start("9999-12-31", "America/New_York").starts_with("9999-12-30T22:00:00"));
        assert!(start("9999-12-31", "UTC").starts_with("9999-12-30T22:00:00"));
        assert_eq!(
            start("2017-10-15", "America/Sao_Paulo"),
            "2017-10-15T03:00:00Z"
        );
        assert_eq!(start("2026-04-24", "Africa/Cairo"), "2026-04-23T22:00:00Z");
    }
}
