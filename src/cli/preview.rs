//! `syndicate preview`: the plan, shown and not carried out.

use clap::Args;

use super::rehearsal::Rehearsal;
use super::world::{World, ledger};
use super::{Exit, FailOn, Failure, Global, print};
use crate::engine::{Action, Plan, Purpose, Scanned, Selection, Stages, make_plan};
use crate::ledger::{Book, LedgerError, Store as _};
use crate::preview::{draw_card, entry_line, plan_json, summary_lines};

/// Options of `preview`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate preview                               what the next `build` would send
  syndicate preview --only content/hello.md       one post, whatever its age
  syndicate preview --all                         also each post that would not be sent, and why
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
    /// Also fail when deliveries wait or ask
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, options.sandbox)?;
    let sandbox = options.sandbox.then_some(Rehearsal::ELSEWHERE);
    let (stages, scanned) = world.scanned(global, sandbox).await?;
    let plan = plan(
        &world,
        &stages,
        &scanned,
        &options.only,
        options.sandbox,
        Purpose::Show,
    )
    .await?;
    show(global, &plan, options.all)?;
    Ok(Exit::of(&plan, &options.fail_on))
}

/// The plan that a `build` would make now; without a ledger it says that nothing would be sent.
pub(super) async fn plan(
    world: &World,
    stages: &Stages,
    scanned: &Scanned,
    only: &[String],
    rehearsal: bool,
    purpose: Purpose,
) -> Result<Plan, Failure> {
    let selection = Selection::new(only, scanned, stages)?;
    let mut missing = None;
    let book = if rehearsal {
        Book::default()
    } else {
        match ledger(stages).read().await {
            Ok(book) => book,
            Err(error @ LedgerError::Missing { .. }) => {
                missing = Some(error);
                Book::default()
            }
            Err(error) => return Err(error.into()),
        }
    };
    let mut plan = make_plan(stages, scanned, &book, &selection, world.cx.now(), purpose);
    if let Some(error) = missing.filter(|_| !stages.sinks.is_empty()) {
        let hint = error.hint().unwrap_or_default();
        plan.notes.push(format!(
            "{error}, so `build` would send nothing [ledger_missing]; {hint}"
        ));
    }
    Ok(plan)
}

/// Prints a plan that was not carried out.
pub(super) fn show(global: &Global, plan: &Plan, all: bool) -> Result<(), Failure> {
    if global.json {
        return print::data(&plan_json(plan).to_string());
    }
    let listed = |action: Action, faulty: bool| all || faulty || action != Action::Skip;
    for entry in &plan.entries {
        if !listed(entry.action, entry.problem.is_some()) {
            continue;
        }
        print::data(&entry_line(entry))?;
        let card = draw_card(entry, print::width());
        if !card.is_empty() {
            print::data(&card)?;
        }
    }
    remarks(plan)?;
    let hidden = plan
        .entries
        .iter()
        .any(|entry| !listed(entry.action, entry.problem.is_some()));
    let hint = if hidden {
        "; `syndicate preview --all` lists every one"
    } else {
        ""
    };
    print::talk(&format!("{}{hint}", summary_lines(plan)))
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
