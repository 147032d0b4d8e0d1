//! The watch loop: plans again after each change, and sends deliveries whose grace period is over. It
//! holds the pipeline, items, current plan and debounce timers. After a change all files are read again.
//! If the pipeline cannot be loaded, the previous one stays active.

use std::path::PathBuf;
use std::time::Duration;

use syndicate_api::Context;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::change_watcher::{AddWatches, ChangeEvent, ChangeWatcher};
use super::event::{PendingDelivery, Waiting, WatchEvent, WatchObserver};
use super::read_errors::{ReadErrors, is_new};
use super::roots::{REREAD_INTERVAL, watch_roots};
use crate::engine::{
    Action, Build, Debouncer, Due, PipelineScan, Plan, PlanEntry, PlanPurpose, Planning,
    QuotaScope, Selection, StageChain, build, is_up_to_date, make_plan, pipeline_names, scan,
    upcoming_warnings,
};
use crate::ledger::{Ids, LedgerError, LedgerStore};

/// The interval of planning without a change, because scheduled times pass.
const TICK: Duration = Duration::from_secs(60);

/// The interval of checks for upcoming problems, such as a token that expires soon.
const WARNING_INTERVAL: Duration = Duration::from_secs(24 * 3600);

/// The pause after the ledger could not be used.
const LEDGER_PAUSE: Duration = Duration::from_secs(15);

/// Loads the pipeline, and watches its files before they are read.
pub(crate) type Load<'a> =
    Box<dyn Fn(&mut AddWatches<'_>) -> anyhow::Result<StageChain> + Send + Sync + 'a>;

/// The inputs of the loop.
pub(crate) struct WatchContext<'a> {
    pub(crate) load: Load<'a>,
    pub(crate) store: &'a dyn LedgerStore,
    pub(crate) cx: &'a Context,
    pub(crate) ids: &'a dyn Ids,
    /// The random id of this process.
    pub(crate) run_id: &'a str,
    /// `true` if deliveries go to a sandbox, whose credentials never expire.
    pub(crate) is_sandbox: bool,
    /// The time to wait for another run.
    pub(crate) lock_timeout: Duration,
}

/// The watch loop.
pub(crate) struct WatchLoop<'a> {
    context: WatchContext<'a>,
    watcher: ChangeWatcher,
    stages: StageChain,
    scanned: PipelineScan,
    plan: Plan,
    debouncer: Debouncer,
    /// `true` if the plan may be outdated.
    is_stale: bool,
    reread_at: Instant,
    /// The time at which the next waiting entry of the plan is due.
    due: Option<Instant>,
    warned_at: Instant,
    ledger_paused_until: Option<Instant>,
    /// The reported reason why nothing is sent until the ledger is fixed.
    paused: Option<String>,
    fn grace(stages: &StageChain) -> Duration {
    // The pipeline reader rejects a negative grace period.
    Duration::try_from(stages.policy.grace).unwrap_or_default()
}
