//! `syndicate preview`: shows the plan without carrying it out.

mod comment;
mod diff;
mod serve;

use std::path::PathBuf;

use clap::Args;

use super::exit::{ExitStatus, FailOn};
use super::output::{FormatOptions, OutputFormat, PlanReporter, eprint_status, print_lines};
use super::{CliError, GlobalOptions, open_session};
use crate::ci::github::GithubRun;
use crate::engine::Selection;
use crate::preview::html::export;
use crate::preview::{MarkdownOptions, render_markdown};

/// Options of `preview`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate preview
      show what the next `build` would send
  syndicate preview --only content/hello.md
      show one post of any age
  syndicate preview --all
      show also the posts that would not be sent, and why
  syndicate preview --serve --open
      serve a page that updates when you save
  syndicate preview --diff
      show the changes since each post was sent or approved
  syndicate preview --html public-preview
      write a page with the cards, to keep or share
  syndicate preview --markdown
      print a table for a comment on a pull request
  syndicate preview --markdown --comment --html public-preview
      in a job of GitHub Actions: update the one comment on the pull request
  syndicate preview --json | jq '.plan[].hash'
      print the hashes that `build --only` accepts")]
pub(super) struct PreviewOptions {
    /// Show only this post (file or URL) or payload (hash); repeatable
    #[arg(long, value_name = "HASH|PATH")]
    only: Vec<String>,
    /// List also the posts that would not be sent
    #[arg(long)]
    all: bool,
    /// Preview a sandbox build, without the ledger
    #[arg(long)]
    sandbox: bool,
    /// Show the changes since each post was sent or approved
    #[arg(long, conflicts_with_all = ["json", "html", "markdown", "serve", "format"])]
    diff: bool,
    /// Write the preview as an HTML page with its files into DIR
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Print a Markdown table, for a comment on a pull request
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// With --markdown: write it as the comment on this run's pull request
    #[arg(long, requires = "markdown")]
    comment: bool,
    #[command(flatten)]
    pub(super) format: FormatOptions,
    /// Serve a local page to edit, approve, schedule, skip and send posts
    #[arg(long, conflicts_with_all = ["html", "markdown", "only", "all", "format"])]
    serve: bool,
    /// With --serve: port to listen on; 0 picks a free one
    #[arg(long, requires = "serve", default_value_t = 0)]
    port: u16,
    /// With --serve: open the page in the browser
    #[arg(long, requires = "serve")]
    open: bool,
    /// Fail also if deliveries wait or need a decision
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &PreviewOptions,
) -> Result<ExitStatus, CliError> {
    let is_printed = options.markdown && !options.comment;
    if is_printed && options.format.format == OutputFormat::Github {
        return Err(CliError::usage(
            "`--format github` cannot be used with `--markdown`: both write to standard output",
            "add `--comment`, or run the command twice",
        ));
    }
    let session = open_session(global, options.sandbox)?;
    if options.serve {
        serve::run(global.json, session, options.port, options.open).await?;
        return Ok(ExitStatus::Success);
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
        eprint_status(&format!("wrote the page `{}`", index.display()))?;
    }
    let reporter = PlanReporter::new("preview", global, options.format, &session);
    if options.markdown {
        let env = &session.cx().env;
        let markdown = MarkdownOptions {
            all: options.all,
            has_page: options.html.is_some(),
            artifacts: GithubRun::of(env).and_then(|run| run.artifacts_url()),
        };
        let markdown = render_markdown(&plan, &markdown);
        match options.comment {
            true => comment::put(session.cx(), &markdown).await?,
            false => print_lines(markdown.trim_end())?,
        }
    } else if options.html.is_none() {
        // A selected post is listed even if it would not be sent.
        reporter.print_plan(&plan, options.all || !selection.is_all())?;
    }
    reporter.show(&pipeline, &plan)?;
    Ok(ExitStatus::of(&plan, &options.fail_on).or_unknown_payload(&selection, &plan))
}
