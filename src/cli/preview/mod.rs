//! `syndicate preview`: the plan, shown and not carried out.

mod diff;
mod serve;

use std::path::PathBuf;

use clap::Args;
use syndicate_api::{Code, Hint as _};

use super::rehearsal::Rehearsal;
use super::world::World;
use super::{Exit, FailOn, Failure, Global, print};
use crate::engine::{
    Action, Entry, Plan, Planning, Purpose, Scanned, Selection, Share, Stages, head, make_plan,
};
use crate::ledger::{Book, LedgerError, Store as _};
use crate::preview::html::export;
use crate::preview::{draw_card, entry_line, markdown, next_lines, plan_json, summary_lines};

/// Options of `preview`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate preview                               what the next `build` would send
  syndicate preview --only content/hello.md       one post, whatever its age
  syndicate preview --all                         also each post that would not be sent, and why
  syndicate preview --serve --open                a page to decide on, kept up to date as you save
  syndicate preview --diff                        what has changed since it was sent or approved
  syndicate preview --html public-preview         a page with the cards, to keep or to share
  syndicate preview --markdown                    a table for a comment on a pull request
  syndicate preview --json | jq '.plan[].hash'    the hashes that `build --only` takes")]
pub(super) struct Options {
    /// Only this post (file or address) or payload (hash); may be repeated
    #[arg(long, value_name = "HASH|PATH")]
    only: Vec<String>,
    /// List the posts that would not be sent, too
    #[arg(long)]
    all: bool,
    /// Preview what the sandbox would get: no ledger is read
    #[arg(long)]
    sandbox: bool,
    /// Show what has changed since a post was sent or approved
    #[arg(long, conflicts_with_all = ["json", "html", "markdown", "serve"])]
    diff: bool,
    /// Write a page into DIR, with all that it needs
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Print a table in Markdown, for a comment on a pull request
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Show it as a page on this machine, where one can edit, approve, schedule, skip and send
    #[arg(long, conflicts_with_all = ["html", "markdown", "only", "all"])]
    serve: bool,
    /// With --serve: the port to listen on; 0 takes any that is free
    #[arg(long, requires = "serve", default_value_t = 0)]
    port: u16,
    /// With --serve: open the page in the browser
    #[arg(long, requires = "serve")]
    open: bool,
    /// Also fail when deliveries wait or ask
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, options.sandbox)?;
    if options.serve {
        let terms = serve::Terms {
            port: options.port,
            open: options.open,
            sandbox: options.sandbox,
        };
        serve::run(global, world, &terms).await?;
        return Ok(Exit::Fine);
    }
    let sandbox = options.sandbox.then_some(Rehearsal::ELSEWHERE);
    let (stages, scanned) = world.scanned(global, sandbox).await?;
    let selection = Selection::new(&options.only, &scanned, &stages)?;
    let plan = plan(
        global,
        &world,
        (&stages, &scanned),
        &selection,
        options.sandbox,
    )
    .await?;
    if options.diff {
        diff::show(global, &world, (&stages, &scanned), &selection, &plan).await?;
        return Ok(Exit::of(&plan, &options.fail_on));
    }
    if let Some(folder) = &options.html {
        export(&plan, &stages.file).write(folder)?;
        print::talk(&format!(
            "the page is `{}`",
            folder.join("index.html").display()
        ))?;
    }
    if options.markdown {
        print::data(markdown(&plan, options.all).trim_end())?;
    } else if options.html.is_none() {
        // Whoever names a post wants to hear of it in any case.
        show(global, &plan, options.all || !selection.is_all())?;
    }
    Ok(Exit::of(&plan, &options.fail_on))
}

/// The plan that a `build` would make now; without a ledger it says that nothing would be sent.
pub(super) async fn plan(
    global: &Global,
    world: &World,
    (stages, scanned): (&Stages, &Scanned),
    selection: &Selection,
    rehearsal: bool,
) -> Result<Plan, Failure> {
    let mut trouble = None;
    let book = if rehearsal {
        Book::default()
    } else {
        match world.ledger(global).survey().await {
            Ok(survey) => {
                let survey = survey.of_sites(&head::sites(scanned));
                let foreign = head::check(&survey.book, stages, scanned).err();
                trouble = foreign.or(survey.trouble);
                survey.book
            }
            Err(error @ LedgerError::Missing { .. }) => {
                trouble = Some(error);
                Book::default()
            }
            Err(error) => return Err(error.into()),
        }
    };
    let planning = Planning {
        stages,
        scanned,
        selection,
        purpose: Purpose::Show,
        share: Share::NextRun,
    };
    let mut plan = make_plan(&planning, &book, &world.cx).await;
    if let Some(error) = trouble.filter(|_| !stages.sinks.is_empty()) {
        plan.notes.push(banner(&error));
    }
    Ok(plan)
}

/// Returns what to say where the ledger keeps a run from sending.
pub(super) fn banner(error: &LedgerError) -> String {
    let code = error
        .code()
        .map_or_else(String::new, |code| format!(" [{code}]"));
    let hint = error.hint().unwrap_or_default();
    format!("{error}, so `build` would send nothing{code}; {hint}")
}

/// How many of the deliveries that wait are drawn.
const WAITING_SHOWN: usize = 5;

/// Prints a plan that was not carried out.
pub(super) fn show(global: &Global, plan: &Plan, all: bool) -> Result<(), Failure> {
    if global.json {
        return print::data(&plan_json(plan).to_string());
    }
    let mut waiting = 0;
    let mut hidden = 0;
    for entry in &plan.entries {
        waiting += usize::from(entry.action == Action::Wait);
        let listed = match entry.action {
            Action::Send | Action::Update | Action::Ask => true,
            Action::Wait => waiting <= WAITING_SHOWN,
            Action::Skip => entry.problem.is_some() || entry.composed.is_some(),
        };
        if !listed && !all {
            hidden += 1;
            continue;
        }
        print::drawing(&entry_line(entry))?;
        let card = draw_card(entry, print::width());
        if listed && !card.is_empty() {
            print::drawing(&card)?;
        }
    }
    remarks(plan)?;
    suggest_one(plan, "preview")?;
    let hint = if hidden == 0 {
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

/// Where nothing goes out, names a post to try `verb` with.
pub(super) fn suggest_one(plan: &Plan, verb: &str) -> Result<(), Failure> {
    let idle = plan
        .entries
        .iter()
        .all(|entry| entry.action == Action::Skip);
    let old =
        |entry: &&Entry| matches!(entry.code, Code::BeforeSince | Code::TooOld | Code::Adopted);
    let newest = plan.entries.iter().rfind(old);
    match newest {
        Some(entry) if idle => {
            let label = entry.item.label();
            print::talk(&format!(
                "hint: `syndicate {verb} --only {label}` tries one post, whatever its age"
            ))
        }
        _ => Ok(()),
    }
}

/// Prints what is to be said about a plan besides its entries.
pub(super) fn remarks(plan: &Plan) -> Result<(), Failure> {
    for fault in &plan.faults {
        print::talk(&format!("error: {fault}"))?;
        if let Some(hint) = &fault.hint {
            print::talk(&format!("hint: {hint}"))?;
        }
    }
    for note in &plan.notes {
        print::talk(&format!("note: {note}"))?;
    }
    Ok(())
}
