//! What `watch` has before it: the pipeline, the posts, the plan, and what rests until when. After a
//! change it reads all of that anew; a pipeline that is broken meanwhile leaves the old one in force.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::voice::Voice;
use crate::cli::check::forewarn;
use crate::cli::world::World;
use crate::cli::{Failure, Global};
use crate::engine::watch::{Notices, load_watched};
use crate::engine::{
    Action, Build, Debouncer, Due, Entry, Plan, Planning, Purpose, Scanned, Selection, Share,
    Stages, build, head, is_up_to_date, make_plan, scan,
};
use crate::ledger::{InMemory, LedgerError, RandomIds, Store};

/// How often sources are read anew that no file tells of, such as a feed on the web.
const REREAD: Duration = Duration::from_secs(300);

/// How often to say what wants attention soon, such as a token that ends.
const FOREWARN: Duration = Duration::from_secs(24 * 3600);

/// How long to leave the ledger alone after it could not be used.
const LEDGER_REST: Duration = Duration::from_secs(15);

/// The desk.
pub(super) struct Desk<'g> {
    global: &'g Global,
    world: World,
    sandbox: Option<String>,
    store: Box<dyn Store>,
    stages: Stages,
    scanned: Scanned,
    plan: Plan,
    debouncer: Debouncer,
    lock_timeout: Duration,
    /// Whether what was read may no longer be what is there.
    stale: bool,
    reread: Instant,
    /// When a time comes that the plan waits for.
    due: Option<Instant>,
    forewarned: Instant,
    ledger_rests: Option<Instant>,
    /// Why nothing is sent until the ledger is whole, as it was said.
    paused: Option<String>,
    /// Whether the ledger lacks new keys of posts on record.
    has_news: bool,
    pub(super) stop: CancellationToken,
    pub(super) notices: Notices,
}

/// What there is to wait for.
pub(super) struct Status {
    /// What counts down, the next first.
    pub(super) resting: Vec<Resting>,
    /// How many are held back until they are saved again.
    pub(super) held: usize,
    /// How many wait for a time, and why the first of them does.
    pub(super) waiting: usize,
    pub(super) why: Option<String>,
    /// How many somebody has to decide on.
    pub(super) asks: usize,
}

/// A delivery that counts down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resting {
    /// The item's id.
    pub(super) item: String,
    /// How the item is called.
    pub(super) label: String,
    pub(super) sink: String,
    pub(super) end: Instant,
}

impl<'g> Desk<'g> {
    /// Reads everything for the first time.
    pub(super) async fn open(
        global: &'g Global,
        world: World,
        sandbox: Option<String>,
        lock_timeout: Duration,
        mut notices: Notices,
    ) -> Result<Self, Failure> {
        let stages = stages(global, &world, sandbox.as_deref(), &mut notices)?;
        let store: Box<dyn Store> = if sandbox.is_some() {
            Box::new(InMemory::default())
        } else {
            world.check_kept(global, &stages).await?;
            forewarn(&stages, &world.cx)?;
            Box::new(world.ledger(global))
        };
        // A ledger that is not there is said at once, and not after the first save.
        store.read().await?;
        let scanned = scan(&stages, &world.cx).await?;
        let length = grace(&stages);
        Ok(Self {
            global,
            world,
            sandbox,
            store,
            stages,
            scanned,
            plan: Plan::default(),
            debouncer: Debouncer::new(length),
            lock_timeout,
            stale: true,
            reread: Instant::now() + REREAD,
            due: None,
            forewarned: Instant::now(),
            ledger_rests: None,
            paused: None,
            has_news: false,
            stop: CancellationToken::new(),
            notices,
        })
    }

    /// Everything whose change may change the plan.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        roots(self.global, &self.stages)
    }

    /// Reads everything anew after a change.
    pub(super) async fn reread(&mut self, voice: &mut Voice) -> Result<(), Failure> {
        let sandbox = self.sandbox.as_deref();
        match stages(self.global, &self.world, sandbox, &mut self.notices) {
            Ok(mut stages) => {
                stages.conversions = Arc::clone(&self.stages.conversions);
                self.debouncer.set_length(grace(&stages));
                self.stages = stages;
            }
            Err(failure) => {
                voice.error(&failure)?;
                voice.remark("the pipeline stays as it was until that is mended")?;
            }
        }
        match scan(&self.stages, &self.world.cx).await {
            Ok(scanned) => {
                self.scanned = scanned;
                self.stale = true;
            }
            // A folder that is gone may come back; what was read before is no basis to send on.
            Err(error) => {
                voice.error(&Failure::Other(error))?;
                self.scanned = Scanned::default();
                self.stale = true;
            }
        }
        self.reread = Instant::now() + REREAD;
        Ok(())
    }

    /// Looks at the ledger again, into which somebody wrote: a post may be approved now, or sent.
    pub(super) fn recheck(&mut self) {
        self.stale = true;
        self.ledger_rests = None;
    }

    /// Makes the plan if it may have changed, and sends what has rested.
    pub(super) async fn work(&mut self, voice: &mut Voice, tick: bool) -> Result<(), Failure> {
        if self.reread <= Instant::now() {
            self.reread(voice).await?;
        }
        if self.sandbox.is_none() && self.forewarned.elapsed() >= FOREWARN {
            self.forewarned = Instant::now();
            forewarn(&self.stages, &self.world.cx)?;
        }
        if self.ledger_rests.is_some_and(|end| end > Instant::now()) {
            return Ok(());
        }
        let due = self.due.is_some_and(|due| due <= Instant::now());
        if self.stale || tick || due {
            self.replan(voice).await?;
        }
        if self.paused.is_some() {
            return Ok(());
        }
        let due = self.debouncer.due(Instant::now());
        if (self.has_news || !due.is_empty()) && !self.stop.is_cancelled() {
            self.send(due, voice).await?;
            self.replan(voice).await?;
        }
        Ok(())
    }

    async fn replan(&mut self, voice: &mut Voice) -> Result<(), Failure> {
        let book = match self.store.survey().await {
            Ok(survey) => {
                let survey = survey.of_sites(&head::sites(&self.scanned));
                let own = head::check(&survey.book, &self.stages, &self.scanned).err();
                self.trouble(own.or(survey.trouble), voice)?;
                survey.book
            }
            Err(error) => return self.rest(error, voice),
        };
        let selection = Selection::default();
        let planning = Planning {
            stages: &self.stages,
            scanned: &self.scanned,
            selection: &selection,
            purpose: Purpose::Deliver,
            share: Share::Day,
        };
        self.plan = make_plan(&planning, &book, &self.world.cx).await;
        self.stale = false;
        let read = (&self.stages, &self.scanned);
        // Recorded while the old keys still lead to the post, also where nothing is to be sent.
        self.has_news = !is_up_to_date(read, &book, &self.world.cx, &RandomIds);
        let due = self.plan.due_in(self.world.cx.now());
        self.due = due.and_then(|due| Instant::now().checked_add(due));
        self.debouncer
            .observe(&self.plan, &self.stages.base, Instant::now());
        voice.plan(&self.plan)
    }

    async fn send(&mut self, due: Vec<Due>, voice: &mut Voice) -> Result<(), Failure> {
        let selection = Selection::of_due(due);
        let run = Build {
            stages: &self.stages,
            scanned: &self.scanned,
            selection: &selection,
            cx: &self.world.cx,
            store: &*self.store,
            share: Share::Day,
            ids: &RandomIds,
            run: &self.world.run,
            same_site: false,
            lock_timeout: self.lock_timeout,
            patience: Duration::ZERO,
            stop: self.stop.clone(),
        };
        let rehearsed = self.sandbox.is_some();
        let mut report = |entry: &Entry| voice.delivery(entry, rehearsed);
        match build(&run, &mut report).await {
            Ok(plan) => {
                self.debouncer.record_outcome(&plan, Instant::now());
                Ok(())
            }
            Err(error) => self.rest(error, voice),
        }
    }

    /// Pauses while the ledger is not the one to go by, and says so once.
    fn trouble(&mut self, trouble: Option<LedgerError>, voice: &mut Voice) -> Result<(), Failure> {
        let said = trouble.as_ref().map(ToString::to_string);
        if said == self.paused {
            return Ok(());
        }
        let was_paused = std::mem::replace(&mut self.paused, said).is_some();
        match trouble {
            Some(error) => {
                voice.error(&error.into())?;
                voice.remark("paused: nothing is sent until the ledger is whole")
            }
            None if was_paused => voice.remark("the ledger is whole again; resuming"),
            None => Ok(()),
        }
    }

    /// Leaves the ledger alone for a while. One that was taken away is not made anew by itself.
    fn rest(&mut self, error: LedgerError, voice: &mut Voice) -> Result<(), Failure> {
        self.ledger_rests = Some(Instant::now() + LEDGER_REST);
        self.stale = true;
        voice.error(&error.into())
    }

    /// Holds back what counts down. Returns how many that are.
    pub(super) fn hold_back(&mut self) -> usize {
        self.debouncer.cancel(Instant::now())
    }

    /// When there is something to do, as far as that is known.
    pub(super) fn next(&self) -> Instant {
        let now = Instant::now();
        let rest = self.debouncer.resting(now).first().map(|(.., end)| *end);
        let times = rest
            .into_iter()
            .chain(self.ledger_rests.filter(|end| *end > now))
            .chain(self.due);
        times.fold(self.reread, Instant::min)
    }

    /// What there is to wait for.
    pub(super) fn status(&self) -> Status {
        let resting = self.debouncer.resting(Instant::now()).into_iter();
        let resting = resting.map(|(item, sink, end)| {
            let mut entries = self.plan.entries.iter();
            let entry = entries.find(|entry| entry.item.id() == item);
            Resting {
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
        Status {
            resting: resting.collect(),
            held: self.debouncer.held(),
            waiting: of(Action::Wait).count(),
            why: of(Action::Wait).next().map(|entry| entry.reason.clone()),
            asks: of(Action::Ask).count(),
        }
    }
}

/// Builds the stages, and watches what they were built from and what they read.
fn stages(
    global: &Global,
    world: &World,
    sandbox: Option<&str>,
    notices: &mut Notices,
) -> Result<Stages, Failure> {
    let load =
        || -> Result<Stages, Failure> { Ok(Stages::build(world.pipeline(global, sandbox)?)?) };
    let roots = |stages: &Stages| roots(global, stages);
    let mut stages = load_watched(load, roots, &mut |roots| notices.attend_to(roots))?;
    if sandbox.is_some() {
        stages.policy = std::mem::take(&mut stages.policy).rehearsed();
    }
    Ok(stages)
}

/// Returns the files and folders whose change may change the plan.
fn roots(global: &Global, stages: &Stages) -> Vec<PathBuf> {
    let sources = stages.sources.iter();
    let mut roots: Vec<PathBuf> = sources.flat_map(|stage| stage.source.roots()).collect();
    roots.push(global.pipeline());
    roots.extend(stages.templates.iter().cloned());
    roots
}

fn grace(stages: &Stages) -> Duration {
    // A negative one is refused when the pipeline is read.
    Duration::try_from(stages.policy.grace).unwrap_or_default()
}
