//! `syndicate build`: the plan, carried out.

use std::time::Duration;

use clap::Args;
use tokio_util::sync::CancellationToken;

use super::check::forewarn;
use super::preview::{plan, remarks, show, suggest_one};
use super::rehearsal::Rehearsal;
use super::sandbox::open_browser;
use super::seen::draw_seen;
use super::signal::Signals;
use super::world::World;
use super::{Exit, FailOn, Failure, Global, Hinted, print};
use crate::engine::{
    Action, Build, Entry, InitMode, Plan, Scanned, Selection, Share, Stages, begin, build, head,
    join,
};
use crate::ledger::{Book, Ids, InMemory, LedgerError, RandomIds, Store};
use crate::preview::{entry_line, next_lines, plan_json, summary_lines};

/// Options of `build`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate build --sandbox --open         rehearse: post to a LinkedIn on this machine, and look
  syndicate build --dry-run                what would be sent, and why the rest would not
  syndicate build                          send what is new
  syndicate build --only content/hello.md  send one post, whatever its age
  syndicate build --only sha256:4be1…      send exactly the payload that was previewed

What was sent is on record in `syndicate.ledger.jsonl` beside pipeline.yaml; commit it. Without
that file nothing is sent: `--baseline` makes it and takes every present post as known,
`--backfill` makes it and takes them as new, under the policy. With the NAME of a source or
sink that the ledger has never seen, they do the same for that one alone.

Ctrl-C ends it between two posts, a second one at once.")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct Options {
    /// Only this post (file or address) or payload (hash); may be repeated
    #[arg(long, value_name = "HASH|PATH")]
    only: Vec<String>,
    /// Only what failed before
    #[arg(long, conflicts_with_all = ["sandbox", "baseline", "backfill"])]
    failed: bool,
    /// Say what would be done, and do nothing
    #[arg(long, conflicts_with_all = ["baseline", "backfill"])]
    dry_run: bool,
    /// Post to a LinkedIn on this machine; no account, no secret, no ledger
    #[arg(long, conflicts_with_all = ["baseline", "backfill"])]
    sandbox: bool,
    /// With --sandbox: leave its feed open in the browser until Ctrl-C
    #[arg(long, requires = "sandbox", conflicts_with = "dry_run")]
    open: bool,
    /// Make the ledger and take every present post as known, or, with NAME, do so for that source or sink
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with = "backfill")]
    baseline: Option<String>,
    /// Make the ledger and take every present post as new, or, with NAME, do so for that source or sink
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    backfill: Option<String>,
    /// Accept the ledger of the site's former domain
    #[arg(long, conflicts_with_all = ["sandbox", "dry_run", "baseline", "backfill"])]
    same_site: bool,
    /// How long to wait for pages that are not live yet, such as 10m
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = time)]
    wait: Duration,
    /// How many seconds to wait for another run
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    lock_timeout: u64,
    /// Also fail when deliveries wait or ask
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
}

impl Options {
    fn terms<'s>(&self, signals: &'s Signals) -> Terms<'s> {
        Terms {
            rehearsed: self.sandbox,
            same_site: self.same_site,
            lock_timeout: Duration::from_secs(self.lock_timeout),
            patience: self.wait,
            signals,
        }
    }
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, options.sandbox)?;
    if options.dry_run {
        let sandbox = options.sandbox.then_some(Rehearsal::ELSEWHERE);
        let (stages, scanned) = world.scanned(global, sandbox).await?;
        let selection = selection(options, &stages, &scanned)?;
        let plan = plan(
            global,
            &world,
            (&stages, &scanned),
            &selection,
            options.sandbox,
        )
        .await?;
        show(global, &plan, true)?;
        return Ok(Exit::of_run(&plan, &options.fail_on));
    }
    if options.sandbox {
        rehearse(global, options, &world).await
    } else if global.offline {
        Err(Failure::Usage(Hinted::new(
            "`--offline` leaves nothing to send to",
            "add `--dry-run` to see what would be sent, or `--sandbox` to rehearse it",
        )))
    } else {
        publish(global, options, &world).await
    }
}

async fn publish(global: &Global, options: &Options, world: &World) -> Result<Exit, Failure> {
    let store = world.ledger(global);
    let before = recorded(&store).await?;
    let (stages, scanned) = world.scanned(global, None).await?;
    world.check_kept(global, &stages).await?;
    forewarn(&stages, &world.cx)?;
    let baseline = options
        .baseline
        .as_ref()
        .map(|name| (name, InitMode::Baseline));
    let backfill = options
        .backfill
        .as_ref()
        .map(|name| (name, InitMode::Backfill));
    if let Some((name, mode)) = baseline.or(backfill) {
        let timeout = Duration::from_secs(options.lock_timeout);
        enter(world, &store, (&stages, &scanned), (name, mode), timeout).await?;
    }
    let (store, before) = (&store, &before);
    let record = Record { store, before };
    let signals = Signals::listen(CancellationToken::new())?;
    let terms = options.terms(&signals);
    let plan = send(global, options, world, (&stages, &scanned), record, terms).await?;
    let selection = selection(options, &stages, &scanned)?;
    if !selection.missing(&plan.entries).is_empty() && plan.entries.is_empty() {
        return Ok(Exit::Error);
    }
    Ok(Exit::of_run(&plan, &options.fail_on))
}

fn posts(count: usize) -> String {
    match count {
        1 => "1 post is".to_owned(),
        count => format!("{count} posts are"),
    }
}

/// Makes the ledger, or lets the source or sink `name` join it.
async fn enter(
    world: &World,
    store: &dyn Store,
    read: (&Stages, &Scanned),
    (name, mode): (&str, InitMode),
    timeout: Duration,
) -> Result<(), Failure> {
    if name.is_empty() {
        // A ledger that was lost is not one that never was.
        if let Err(error) = store.read().await
            && let missing @ LedgerError::Missing {
                remembered: Some(_),
                ..
            } = head::missing(error, read.1)
        {
            return Err(missing.into());
        }
        let adopted = begin(store, read, mode, &world.cx, &RandomIds).await?;
        return print::talk(&match mode {
            InitMode::Backfill => "made the ledger; present posts are new".to_owned(),
            InitMode::Baseline => format!("made the ledger; {} known", posts(adopted)),
        });
    }
    let env = (&world.cx, &RandomIds as &dyn Ids);
    let adopted = join(store, read, (name, mode), env, timeout).await?;
    let adopted = adopted.map_err(|unknown| {
        let hint = unknown.hint.clone().unwrap_or_default();
        Failure::Usage(Hinted::new(unknown.to_string(), hint))
    })?;
    print::talk(&match mode {
        InitMode::Backfill => format!("added `{name}` to the ledger; its posts are new"),
        InitMode::Baseline => format!("added `{name}` to the ledger; {} known", posts(adopted)),
    })
}

async fn rehearse(global: &Global, options: &Options, world: &World) -> Result<Exit, Failure> {
    let rehearsal = Rehearsal::start(world.cx.clock, 0).await?;
    let (mut stages, scanned) = world.scanned(global, Some(&rehearsal.url)).await?;
    stages.policy = std::mem::take(&mut stages.policy).rehearsed();
    let (store, before) = (&InMemory::default(), &Book::default());
    let record = Record { store, before };
    let signals = Signals::listen(CancellationToken::new())?;
    let terms = options.terms(&signals);
    let plan = send(global, options, world, (&stages, &scanned), record, terms).await?;
    if !global.json {
        show_feed(&rehearsal, &plan)?;
    }
    if options.open && !signals.stop().is_cancelled() {
        print::talk(&format!(
            "the feed is at {}; stop with Ctrl-C",
            rehearsal.url
        ))?;
        open_browser(&rehearsal.url)?;
        signals.stop().cancelled().await;
    }
    rehearsal.stop().await?;
    Ok(Exit::of_run(&plan, &options.fail_on))
}

/// Carries out what these options select, and prints what became of it.
async fn send(
    global: &Global,
    options: &Options,
    world: &World,
    (stages, scanned): (&Stages, &Scanned),
    record: Record<'_>,
    terms: Terms<'_>,
) -> Result<Plan, Failure> {
    let selection = selection(options, stages, scanned)?;
    let read = (stages, scanned);
    let plan = carry_out(global, terms, world, read, &selection, record).await?;
    finish(global, &plan)?;
    Ok(plan)
}

/// How a run behaves towards its surroundings.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    /// Whether it is a rehearsal, whose posts nobody can open.
    pub(super) rehearsed: bool,
    /// Whether the ledger's sites were the pipeline's under another address.
    pub(super) same_site: bool,
    /// How long to wait for another run.
    pub(super) lock_timeout: Duration,
    /// How long to wait for pages that are not live yet.
    pub(super) patience: Duration,
    /// Stop the run.
    pub(super) signals: &'a Signals,
}

/// Where a run reads and keeps what was sent.
pub(super) struct Record<'a> {
    pub(super) store: &'a dyn Store,
    /// What it said when the run began.
    pub(super) before: &'a Book,
}

/// What the ledger says now; nothing where there is none, which is said when it is to be written.
pub(super) async fn recorded(store: &dyn Store) -> Result<Book, Failure> {
    match store.read().await {
        Err(LedgerError::Missing { .. }) => Ok(Book::default()),
        read => Ok(read?),
    }
}

/// Makes the plan and carries it out, telling of each delivery that is tried.
pub(super) async fn carry_out(
    global: &Global,
    terms: Terms<'_>,
    world: &World,
    (stages, scanned): (&Stages, &Scanned),
    selection: &Selection,
    record: Record<'_>,
) -> Result<Plan, Failure> {
    if stages.sinks.is_empty() {
        return Err(Failure::Other(anyhow::Error::new(Hinted::new(
            format!(
                "`{}` has no sinks, so there is nowhere to send anything",
                stages.file
            ),
            "add one, for example `sinks: {linkedin: {type: linkedin}}`",
        ))));
    }
    let run = Build {
        stages,
        scanned,
        selection,
        cx: &world.cx,
        store: record.store,
        share: Share::Run(record.before),
        ids: &RandomIds,
        run: &world.run,
        same_site: terms.same_site,
        lock_timeout: terms.lock_timeout,
        patience: terms.patience,
        stop: terms.signals.stop().clone(),
    };
    let mut report = |entry: &Entry| {
        // A terminal that went away must not keep the rest from being sent.
        if !global.json {
            drop(print::drawing(&told(entry, terms.rehearsed)));
        }
    };
    let mut plan = terms
        .signals
        .unless_repeated(build(&run, &mut report))
        .await??;
    if run.stop.is_cancelled() {
        plan.notes.push(stopped_note(&plan));
    }
    Ok(plan)
}

/// Says how many deliveries a stopped run left.
fn stopped_note(plan: &Plan) -> String {
    let is_left = |entry: &&Entry| {
        matches!(entry.action, Action::Send | Action::Update) && entry.outcome.is_none()
    };
    match plan.entries.iter().filter(is_left).count() {
        0 => "stopped by a signal; no delivery was left to try".to_owned(),
        1 => "stopped by a signal; 1 delivery was not tried".to_owned(),
        count => format!("stopped by a signal; {count} deliveries were not tried"),
    }
}

fn selection(options: &Options, stages: &Stages, scanned: &Scanned) -> Result<Selection, Failure> {
    let selection = Selection::new(&options.only, scanned, stages)?;
    Ok(if options.failed {
        selection.failed_only()
    } else {
        selection
    })
}

pub(super) fn time(text: &str) -> Result<Duration, String> {
    let span: jiff::Span = text
        .parse()
        .map_err(|_| "write it as `90s` or `10m`".to_owned())?;
    Duration::try_from(span).map_err(|error| error.to_string())
}

/// A delivery that was tried. The address of a rehearsed post would lead nowhere.
pub(super) fn told(entry: &Entry, rehearsed: bool) -> String {
    let mut entry = entry.clone();
    if let Some(receipt) = entry.receipt.as_mut().filter(|_| rehearsed) {
        receipt.url = None;
    }
    entry_line(&entry)
}

/// Prints what is left to say once everything was tried.
pub(super) fn finish(global: &Global, plan: &Plan) -> Result<(), Failure> {
    if global.json {
        return print::data(&plan_json(plan).to_string());
    }
    let few = plan.entries.len() <= 10;
    for entry in plan.entries.iter().filter(|entry| entry.outcome.is_none()) {
        if few || entry.problem.is_some() {
            print::drawing(&entry_line(entry))?;
        }
    }
    remarks(plan)?;
    let hint = if few {
        ""
    } else {
        "; `syndicate preview --all` lists every one"
    };
    print::talk(&format!("{}{hint}", summary_lines(plan)))?;
    for line in next_lines(plan) {
        print::talk(&line)?;
    }
    Ok(())
}

/// Prints what a reader would see in the sandbox's feed.
fn show_feed(rehearsal: &Rehearsal, plan: &Plan) -> Result<(), Failure> {
    for post in rehearsal.sandbox.posts() {
        print::drawing(&draw_seen(&post, print::width()))?;
    }
    suggest_one(plan, "build --sandbox")
}
