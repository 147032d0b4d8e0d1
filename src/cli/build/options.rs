//! The options of `build`.

use std::time::Duration;

use clap::Args;
use tokio_util::sync::CancellationToken;

use crate::cli::duration::parse_duration;
use crate::cli::exit::FailOn;
use crate::cli::failure::CliError;
use crate::cli::output::{FormatOptions, OutputFormat};
use crate::engine::Selection;
use crate::ledger::LedgerState;
use crate::session::{DeliveryRun, LoadedPipeline};

/// Options of `build`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate build --sandbox --open
      send to a local LinkedIn sandbox and open its feed
  syndicate build --dry-run
      show what would be sent, and why the rest would not
  syndicate build
      send new posts
  syndicate build --only content/hello.md
      send one post of any age
  syndicate build --only sha256:4be1…
      send exactly the payload that was previewed

Sent posts are recorded in the ledger: the file `syndicate.ledger.jsonl`, which
you commit, or with `ledger: {git: true}` a ref of the git remote. Without it
nothing is sent: `--baseline` creates it and records every present post as
known; `--backfill` creates it and treats them as new, under the policy. With
the NAME of a source or sink that is new to the ledger, both apply to that
source or sink only.

Ctrl-C stops after the current post; a second Ctrl-C stops at once.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct BuildOptions {
    /// Send only this post (file or URL) or payload (hash); repeatable
    #[arg(long, value_name = "HASH|PATH")]
    pub(super) only: Vec<String>,
    /// Send only deliveries that failed before
    #[arg(long, conflicts_with_all = ["sandbox", "baseline", "backfill"])]
    pub(super) failed: bool,
    /// Show what would be sent, without sending it
    #[arg(long, conflicts_with_all = ["baseline", "backfill"])]
    pub(in crate::cli) dry_run: bool,
    /// Send to a local LinkedIn sandbox, without account, secret or ledger
    #[arg(long, conflicts_with_all = ["baseline", "backfill"])]
    pub(super) sandbox: bool,
    /// With --sandbox: open the feed in the browser and wait for Ctrl-C
    #[arg(long, requires = "sandbox", conflicts_with = "dry_run")]
    pub(super) open: bool,
    /// Create the ledger with present posts known, or add NAME to it
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with = "backfill")]
    pub(super) baseline: Option<String>,
    /// Create the ledger with present posts new, or add NAME to it
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    pub(super) backfill: Option<String>,
    /// Accept a ledger of the site's former domain
    #[arg(long, conflicts_with_all = ["sandbox", "dry_run", "baseline", "backfill"])]
    pub(super) same_site: bool,
    /// Wait at most this long for pages that are not live yet, such as 10m
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = parse_duration)]
    pub(super) wait: Duration,
    /// Wait at most this long for another run, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    pub(super) lock_timeout: Duration,
    #[command(flatten)]
    pub(in crate::cli) format: FormatOptions,
    /// Fail also if deliveries wait or need a decision
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub(super) fail_on: Vec<FailOn>,
}

impl BuildOptions {
    /// Returns the selection of deliveries.
    pub(super) fn selection(&self, pipeline: &LoadedPipeline) -> Result<Selection, CliError> {
        let LoadedPipeline { stages, scanned } = pipeline;
        let selection = Selection::new(&self.only, scanned, stages)?;
        Ok(match self.failed {
            true => selection.failed_only(),
            false => selection,
        })
    }

    /// Returns `true` if the options neither choose deliveries, nor change the ledger, nor ask for another output.
    pub(super) fn is_usual(&self) -> bool {
        let changes_ledger = self.baseline.is_some() || self.backfill.is_some() || self.same_site;
        let chooses = self.failed || !self.only.is_empty();
        !changes_ledger && !chooses && self.format.format == OutputFormat::Text
    }

    /// Returns the parameters of the run that delivers `selection`.
    pub(super) fn delivery<'a>(
        &self,
        selection: &'a Selection,
        before: &'a LedgerState,
        stop: &CancellationToken,
    ) -> DeliveryRun<'a> {
        DeliveryRun {
            selection,
            before,
            same_site: self.same_site,
            lock_timeout: self.lock_timeout,
            wait: self.wait,
            stop: stop.clone(),
        }
    }
}
