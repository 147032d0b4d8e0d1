//! `syndicate preview`: the plan, shown and not carried out.

mod diff;
mod serve;

use std::path::PathBuf;

use clap::Args;

use super::exit::{ExitStatus, FailOn};
use super::output::{eprint_status, print_lines, print_plan};
use super::{CliError, GlobalOptions, open_session};
use crate::engine::Selection;
use crate::preview::html::export;
use crate::preview::render_markdown;

/// Options of `preview`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate preview
      what the next `build` would send
  syndicate preview --only content/hello.md
      one post, whatever its age
  syndicate preview --all
      also each post that would not be sent, and why
  syndicate preview --serve --open
      a page to decide on, kept up to date as you save
  syndicate preview --diff
      what has changed since it was sent or approved
  syndicate preview --html public-preview
      a page with the cards, to keep or to share
  syndicate preview --markdown
      a table for a comment on a pull request
  syndicate preview --json | jq '.plan[].hash'
      the hashes that `build --only` takes")]
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
    /// Write a page into DIR, with all that it needs; relative to the folder of -C
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

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    let session = open_session(global, options.sandbox)?;
    if options.serve {
        serve::run(global.json, session, options.port, options.open).await?;
        return Ok(ExitStatus::Fine);
    }
    let pipeline = session.load_and_scan().await?;
    let selection = Selection::new(&options.only, &pipeline.scanned, &pipeline.stages)?;
    let plan = session.plan(&pipeline, &selection).await?;
    if options.diff {
        diff::print(&session, &pipeline, &selection, &plan).await?;
        let exit = ExitStatus::of(&plan, &options.fail_on);
        return Ok(exit.or_unknown_payload(&selection, &plan));
    }
    if let Some(folder) = &options.html {
        export(&plan, &pipeline.stages.file).write(folder)?;
        let index = global.path_from_start(&folder.join("index.html"));
        eprint_status(&format!("the page is `{}`", index.display()))?;
    }
    if options.markdown {
        print_lines(render_markdown(&plan, options.all).trim_end())?;
    } else if options.html.is_none() {
        // A post that is named is shown in any case.
        print_plan(global.json, &plan, options.all || !selection.is_all())?;
    }
    Ok(ExitStatus::of(&plan, &options.fail_on).or_unknown_payload(&selection, &plan))
}
