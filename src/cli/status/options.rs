//! The options of `status`.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::duration::parse_duration;
use crate::cli::output::FormatOptions;
use crate::ledger::DeliveryHistory;

/// Options of `status`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate status
      list each attempted post with its outcome
  syndicate status --all
      list also the posts that were only recorded as known
  syndicate status --compact
      rewrite the ledger without obsolete lines: the steps before an outcome,
      and failures before a success
  syndicate status --restore
      after a rollback or loss of the ledger: restore it from this machine's
      journal
  syndicate status --forget
      keep the ledger, and discard events that only this machine has
  syndicate status --reconcile
      compare the ledger with the posts that the platforms list
  syndicate status --reconcile --yes
      record those posts, also after the ledger was lost

A post that a platform lists is recorded if exactly one post of the site has its
link, or, if it has no link, its title. An empty or incomplete listing changes
nothing, and no post is sent again because a platform does not list it.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct StatusOptions {
    /// Show also posts that were recorded as known and never sent
    #[arg(long)]
    pub(super) all: bool,
    /// Show only events on or after this day, such as `2026-11-22`
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub(super) since: Option<Date>,
    /// Show this sink only
    #[arg(long, value_name = "NAME")]
    pub(super) sink: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) format: FormatOptions,
    /// Compact the ledger first: remove lines that are no longer needed
    #[arg(long)]
    pub(super) compact: bool,
    /// Append first the events of this machine that the ledger lacks
    #[arg(long, conflicts_with_all = ["compact", "forget"])]
    pub(super) restore: bool,
    /// Discard first the events of this machine that the ledger lacks
    #[arg(long, conflicts_with = "compact")]
    pub(super) forget: bool,
    /// Compare the ledger with the posts on the platforms
    #[arg(long, conflicts_with_all = ["all", "since", "compact", "restore", "forget", "format"])]
    pub(super) reconcile: bool,
    /// With --reconcile: record the found posts
    #[arg(long, requires = "reconcile")]
    pub(super) yes: bool,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    pub(super) lock_timeout: Duration,
}

impl StatusOptions {
    /// Returns `true` if the options select a delivery to `sink` whose last event was recorded at `last`. Without a sink
    /// it is one to every sink.
    pub(super) fn wants(
        &self,
        sink: Option<&str>,
        last: Option<Timestamp>,
        zone: &TimeZone,
    ) -> bool {
        let day = |last: Timestamp| last.to_zoned(zone.clone()).date();
        let wanted = self.sink.as_deref();
        wanted.is_none_or(|wanted| sink.is_none_or(|sink| sink == wanted))
            && self
                .since
                .is_none_or(|since| last.is_some_and(|last| day(last) >= since))
    }

    /// Returns `true` if the options select this delivery.
    pub(super) fn wants_delivery(&self, delivery: &DeliveryHistory<'_>, zone: &TimeZone) -> bool {
        let last = delivery.events.last().map(|event| event.at);
        self.wants(delivery.sink, last, zone)
    }
}

/// Parses a day such as `2026-11-22`.
fn parse_day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "write it as `2026-11-22`".to_owned())
}
