//! The watch loop: plans again after each change, and sends deliveries whose grace period is over. It
//! holds the pipeline, items, current plan and debounce timers. After a change the changed posts are read and planned again,
//! or everything if others may be affected. If the pipeline cannot be loaded, the previous one stays active.

mod planning;

use std::path::PathBuf;
use std::time::Duration;

use syndicate_api::Context;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::change_watcher::{AddWatches, ChangeWatcher, ChangedFiles};
use super::event::{PendingDelivery, Waiting, WatchEvent, WatchObserver};
use super::read_errors::{ReadErrors, RunErrors, is_new};
use super::roots::{REREAD_INTERVAL, watch_roots};
use crate::engine::{
    Action, Debouncer, LivePlan, LiveScan, ScanChange, StageChain, upcoming_warnings,
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
    scan: LiveScan,
    plan: LivePlan,
    /// The changes of items that are not in the plan yet.
    changes: Vec<ScanChange>,
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
    /// The reported errors of the last read.
    read_errors: ReadErrors,
    /// The reported error of the last run.
    run_errors: RunErrors,
    /// The reported reason why files are polled.
    polled: Option<String>,
    stop: CancellationToken,
}

impl<'a> WatchLoop<'a> {
    /// Returns the loop of a pipeline whose files `watcher` watched before they were read.
    pub(crate) fn new(
        context: WatchContext<'a>,
        watcher: ChangeWatcher,
        (stages, scan): (StageChain, LiveScan),
    ) -> Self {
        Self {
            debouncer: Debouncer::new(grace(&stages)),
            context,
            watcher,
            stages,
            scan,
            plan: LivePlan::default(),
            changes: Vec::new(),
            is_stale: true,
            reread_at: Instant::now() + REREAD_INTERVAL,
            due: None,
            warned_at: Instant::now(),
            ledger_paused_until: None,
            paused: None,
            read_errors: ReadErrors::default(),
            run_errors: RunErrors::default(),
            polled: None,
            stop: CancellationToken::new(),
        }
    }

    /// Returns the files and folders that the plan depends on.
    pub(crate) fn roots(&self) -> Vec<PathBuf> {
        watch_roots(&self.stages)
    }

    /// Runs until `stop` is cancelled or `observer` fails. Each message on `hold_back` holds back the
    /// deliveries in their grace period.
    ///
    /// # Errors
    /// The errors of `observer`.
    pub(crate) async fn run(
        mut self,
        stop: &CancellationToken,
        hold_back: &mut mpsc::Receiver<()>,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        self.stop = stop.clone();
        let mut tick = Instant::now();
        loop {
            let is_tick = tick <= Instant::now();
            if is_tick {
                tick = Instant::now() + TICK;
            }
            self.work(is_tick, observer).await?;
            if stop.is_cancelled() {
                return Ok(());
            }
            self.report_polling(observer)?;
            observer.report(WatchEvent::Waiting(self.waiting()))?;
            let refresh = Instant::now() + observer.refresh_after();
            let wake = tick.min(self.next()).min(refresh);
            tokio::select! {
                news = self.watcher.next() => {
                    if let Some(files) = &news.files {
                        self.read_changed(files, observer).await?;
                    }
                    if news.has_ledger {
                        info!("ledger changed");
                        self.recheck().await;
                    }
                },
                Some(()) = hold_back.recv() => {
                    let held = self.debouncer.cancel(Instant::now());
                    info!(deliveries = held, "deliveries held back");
                    observer.report(WatchEvent::HeldBack(held))?;
                }
                () = stop.cancelled() => {}
                () = sleep_until(wake) => {}
            }
        }
    }

    /// Reads the changed files again, or everything if others may be affected.
    async fn read_changed(
        &mut self,
        files: &ChangedFiles,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        info!(?files, "files changed");
        let ChangedFiles::Named(files) = files else {
            return self.reread(observer).await;
        };
        // After an error, any file may be the one that was repaired.
        let changes = match self.read_errors.is_empty() {
            true => self.scan.update(&self.stages, self.context.cx, files).await,
            false => None,
        };
        match changes {
            Some(changes) => self.changes.extend(changes),
            None => self.reread(observer).await?,
        }
        Ok(())
    }

    /// Reads the pipeline and all sources again.
    async fn reread(&mut self, observer: &mut dyn WatchObserver) -> anyhow::Result<()> {
        let watcher = &mut self.watcher;
        match (self.context.load)(&mut |roots| watcher.set_roots(roots)) {
            Ok(stages) => {
                self.debouncer.set_length(grace(&stages));
                self.stages = stages;
                if self.read_errors.record_load() {
                    observer.report(WatchEvent::Loaded)?;
                }
            }
            Err(error) => {
                let errors = &mut self.read_errors;
                if errors.record_load_error(&error, Instant::now()) {
                    observer.report(WatchEvent::LoadFailed(error))?;
                }
            }
        }
        self.scan = match LiveScan::read(&self.stages, self.context.cx).await {
            Ok(scanned) => {
                self.read_errors.scan = None;
                scanned
            }
            // A missing folder may return; items from before the error must not be sent.
            Err(error) => {
                if is_new(&mut self.read_errors.scan, &error) {
                    observer.report(WatchEvent::ScanFailed(error))?;
                }
                LiveScan::default()
            }
        };
        self.changes.clear();
        self.is_stale = true;
        let next = Instant::now() + REREAD_INTERVAL;
        self.reread_at = self.read_errors.confirm_at().unwrap_or(next);
        Ok(())
    }

    /// Reports once per reason that the system refuses to watch files.
    fn report_polling(&mut self, observer: &mut dyn WatchObserver) -> anyhow::Result<()> {
        let refusal = self.watcher.refusal();
        if self.polled.as_deref() == refusal {
            return Ok(());
        }
        self.polled = refusal.map(str::to_owned);
        match refusal {
            Some(reason) => observer.report(WatchEvent::Polling(reason)),
            None => Ok(()),
        }
    }

    /// Schedules planning after another program wrote to the ledger: a post may be approved or sent now. This process's
    /// own events are in the plan already.
    async fn recheck(&mut self) {
        self.ledger_paused_until = None;
        let version = self.plan.version();
        let is_known =
            self.paused.is_none()
                && self.context.store.view().await.is_ok_and(|view| {
                    view.trouble.is_none() && view.ledger_state.version() == version
                });
        self.is_stale |= !is_known;
    }

    /// Plans if the plan may be outdated, and sends deliveries whose grace period is over.
    async fn work(
        &mut self,
        is_tick: bool,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        if self.reread_at <= Instant::now() {
            self.reread(observer).await?;
        }
        if !self.context.is_sandbox && self.warned_at.elapsed() >= WARNING_INTERVAL {
            self.warned_at = Instant::now();
            let warnings = upcoming_warnings(&self.stages, self.context.cx);
            observer.report(WatchEvent::Warnings(warnings))?;
        }
        let paused_until = self.ledger_paused_until;
        if paused_until.is_some_and(|end| end > Instant::now()) {
            return Ok(());
        }
        let is_due = self.due.is_some_and(|due| due <= Instant::now());
        if self.is_stale || is_tick || is_due {
            self.replan(observer).await?;
        } else if !self.changes.is_empty() {
            self.plan_changes(observer).await?;
        }
        if self.paused.is_some() {
            return Ok(());
        }
        let due = self.debouncer.due(Instant::now());
        if (self.plan.has_new_keys() || !due.is_empty()) && !self.stop.is_cancelled() {
            let sent = self.send(due, observer).await?;
            if !self.plan_sent(&sent, observer).await? {
                self.replan(observer).await?;
            }
        }
        Ok(())
    }

    /// Pauses while the ledger must not be used, and reports each change of that state once.
    fn set_paused(
        &mut self,
        trouble: Option<LedgerError>,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        let reported = trouble.as_ref().map(ToString::to_string);
        if reported == self.paused {
            return Ok(());
        }
        let was_paused = std::mem::replace(&mut self.paused, reported).is_some();
        match trouble {
            Some(error) => observer.report(WatchEvent::Paused(error)),
            None if was_paused => observer.report(WatchEvent::Resumed),
            None => Ok(()),
        }
    }

    /// Leaves the ledger alone for a while after an error. A removed ledger is not created again automatically.
    fn leave_ledger_alone(&mut self) {
        self.ledger_paused_until = Some(Instant::now() + LEDGER_PAUSE);
        self.is_stale = true;
    }

    /// Returns the next known time at which there is work.
    fn next(&self) -> Instant {
        let now = Instant::now();
        let rest = self
            .debouncer
            .countdowns(now)
            .first()
            .map(|countdown| countdown.end);
        let times = rest
            .into_iter()
            .chain(self.ledger_paused_until.filter(|end| *end > now))
            .chain(self.due);
        times.fold(self.reread_at, Instant::min)
    }

    fn waiting(&self) -> Waiting {
        let countdowns = self.debouncer.countdowns(Instant::now()).into_iter();
        let pending = countdowns.map(|countdown| {
            let item = countdown.item;
            let mut entries = self.plan.plan().entries.iter();
            let entry = entries.find(|entry| entry.item.id() == item);
            PendingDelivery {
                item: item.to_owned(),
                label: entry.map_or(item, |entry| entry.item.label()).to_owned(),
                sink: countdown.sink.to_owned(),
                end: countdown.end,
                is_retry: countdown.is_retry,
            }
        });
        let of = |action: Action| {
            let entries = self.plan.plan().entries.iter();
            entries.filter(move |entry| entry.action == action)
        };
        Waiting {
            pending: pending.collect(),
            held: self.debouncer.held_count(),
            waiting: of(Action::Wait).count(),
            why: of(Action::Wait).next().map(|entry| entry.reason.clone()),
            asks: of(Action::Ask).count(),
        }
    }
}

fn grace(stages: &StageChain) -> Duration {
    // The pipeline reader rejects a negative grace period.
    Duration::try_from(stages.policy.grace).unwrap_or_default()
}
