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
    /// The reported errors of the last read.
    read_errors: ReadErrors,
    /// The reported reason why files are polled.
    polled: Option<String>,
    /// `true` if the ledger lacks new keys of recorded posts.
    has_new_keys: bool,
    stop: CancellationToken,
}

impl<'a> WatchLoop<'a> {
    /// Returns the loop of a pipeline whose files `watcher` watched before they were read.
    pub(crate) fn new(
        context: WatchContext<'a>,
        watcher: ChangeWatcher,
        (stages, scanned): (StageChain, PipelineScan),
    ) -> Self {
        Self {
            debouncer: Debouncer::new(grace(&stages)),
            context,
            watcher,
            stages,
            scanned,
            plan: Plan::default(),
            is_stale: true,
            reread_at: Instant::now() + REREAD_INTERVAL,
            due: None,
            warned_at: Instant::now(),
            ledger_paused_until: None,
            paused: None,
            read_errors: ReadErrors::default(),
            polled: None,
            has_new_keys: false,
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
                news = self.watcher.next() => match news {
                    ChangeEvent::Files => {
                        info!("files changed");
                        self.reread(observer).await?;
                    }
                    ChangeEvent::Ledger => {
                        info!("ledger changed");
                        self.recheck();
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

    /// Reads the pipeline and all sources again.
    async fn reread(&mut self, observer: &mut dyn WatchObserver) -> anyhow::Result<()> {
        let watcher = &mut self.watcher;
        match (self.context.load)(&mut |roots| watcher.set_roots(roots)) {
            Ok(stages) => {
                self.debouncer.set_length(grace(&stages));
                self.stages = stages;
                if self.read_errors.load.take().is_some() {
                    observer.report(WatchEvent::Loaded)?;
                }
            }
            Err(error) => {
                if is_new(&mut self.read_errors.load, &error) {
                    observer.report(WatchEvent::LoadFailed(error))?;
                }
            }
        }
        self.scanned = match scan(&self.stages, self.context.cx).await {
            Ok(scanned) => {
                self.read_errors.scan = None;
                scanned
            }
            // A missing folder may return; items from before the error must not be sent.
            Err(error) => {
                if is_new(&mut self.read_errors.scan, &error) {
                    observer.report(WatchEvent::ScanFailed(error))?;
                }
                PipelineScan::default()
            }
        };
        self.is_stale = true;
        self.reread_at = Instant::now() + REREAD_INTERVAL;
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

    /// Schedules planning after another program wrote to the ledger: a post may be approved or sent now.
    fn recheck(&mut self) {
        self.is_stale = true;
        self.ledger_paused_until = None;
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
        }
        if self.paused.is_some() {
            return Ok(());
        }
        let due = self.debouncer.due(Instant::now());
        if (self.has_new_keys || !due.is_empty()) && !self.stop.is_cancelled() {
            self.send(due, observer).await?;
            self.replan(observer).await?;
        }
        Ok(())
    }

    async fn replan(&mut self, observer: &mut dyn WatchObserver) -> anyhow::Result<()> {
        let WatchContext { store, cx, ids, .. } = self.context;
        let ledger_state = match store.view().await {
            Ok(view) => {
                let view = view.of_sites(&pipeline_names::sites(&self.scanned));
                let foreign =
                    pipeline_names::check(&view.ledger_state, &self.stages, &self.scanned).err();
                self.set_paused(foreign.or(view.trouble), observer)?;
                view.ledger_state
            }
            Err(error) => return self.leave_ledger_alone(error, observer),
        };
        let selection = Selection::default();
        let planning = Planning {
            stages: &self.stages,
            scanned: &self.scanned,
            selection: &selection,
            purpose: PlanPurpose::Deliver,
            quota: QuotaScope::Day,
            held_back: &self.debouncer.held_deliveries(),
            attempted: &[],
        };
        self.plan = make_plan(&planning, &ledger_state, cx).await;
        self.is_stale = false;
        // Recorded while the old keys still identify the post, even if nothing is sent.
        let read = (&self.stages, &self.scanned);
        self.has_new_keys = !is_up_to_date(read, &ledger_state, cx, ids);
        let due = self.plan.due_in(cx.now());
        self.due = due.and_then(|due| Instant::now().checked_add(due));
        self.debouncer
            .observe(&self.plan, &self.stages.base, Instant::now());
        observer.report(WatchEvent::Planned(&self.plan))
    }

    async fn send(
        &mut self,
        due: Vec<Due>,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        info!(deliveries = due.len(), "grace period over");
        let selection = Selection::of_due(due);
        let run = Build {
            stages: &self.stages,
            scanned: &self.scanned,
            selection: &selection,
            cx: self.context.cx,
            store: self.context.store,
            quota: QuotaScope::Day,
            ids: self.context.ids,
            run: self.context.run_id,
            same_site: false,
            lock_timeout: self.context.lock_timeout,
            live_timeout: Duration::ZERO,
            stop: self.stop.clone(),
        };
        // A closed terminal must not keep the remaining deliveries from being sent.
        let mut report = |entry: &PlanEntry| drop(observer.report(WatchEvent::Delivered(entry)));
        match build(&run, &mut report).await {
            Ok(plan) => {
                self.debouncer.record_outcome(&plan, Instant::now());
                match plan.unrecorded.is_empty() {
                    true => Ok(()),
                    false => observer.report(WatchEvent::Unrecorded(&plan.unrecorded)),
                }
            }
            Err(error) => self.leave_ledger_alone(error, observer),
        }
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

    /// Pauses after a ledger error. A removed ledger is not created again automatically.
    fn leave_ledger_alone(
        &mut self,
        error: LedgerError,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        self.ledger_paused_until = Some(Instant::now() + LEDGER_PAUSE);
        self.is_stale = true;
        observer.report(WatchEvent::LedgerFailed(error))
    }

    /// Returns the next known time at which there is work.
    fn next(&self) -> Instant {
        let now = Instant::now();
        let rest = self
            .debouncer
            .pending_deliveries(now)
            .first()
            .map(|(.., end)| *end);
        let times = rest
            .into_iter()
            .chain(self.ledger_paused_until.filter(|end| *end > now))
            .chain(self.due);
        times.fold(self.reread_at, Instant::min)
    }

    fn waiting(&self) -> Waiting {
        let pending = self
            .debouncer
            .pending_deliveries(Instant::now())
            .into_iter();
        let pending = pending.map(|(item, sink, end)| {
            let mut entries = self.plan.entries.iter();
            let entry = entries.find(|entry| entry.item.id() == item);
            PendingDelivery {
                item: item.to_owned(),
                label: entry.map_or(item, |entry| entry.item.label()).to_owned(),
                sink: sink.to_owned(),
                end,
            }
        });
        let of = |action: Action| {
            let entries = self.plan.entries.iter();
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
