//! Runs `build` against a sandbox on this machine.

use super::options::BuildOptions;
use crate::cli::output::{
    PlanReporter, draw_sandbox_post, eprint_status, open_browser, print_card, suggest_post,
    terminal_width,
};
use crate::cli::{CliError, ExitStatus, GlobalOptions};
use crate::engine::Plan;
use crate::env::Signals;
use crate::ledger::LedgerState;
use crate::session::{SandboxServer, Session};

/// Sends to a sandbox and prints its feed.
pub(super) async fn build(
    global: &GlobalOptions,
    options: &BuildOptions,
    mut session: Session,
) -> Result<ExitStatus, CliError> {
    session.start_sandbox().await?;
    let pipeline = session.load_and_scan().await?;
    let signals = Signals::listen()?;
    session.stop_plugins_with(signals.stop());
    let before = LedgerState::default();
    let selection = options.selection(&pipeline)?;
    let delivery = options.delivery(&selection, &before, signals.stop());
    let reporter = PlanReporter::new("build --sandbox", global, options.format, &session);
    let plan = reporter.deliver(&pipeline, delivery, &signals).await?;
    if let Some(server) = session.sandbox() {
        if !global.json {
            print_feed(server, &plan)?;
        }
        if options.open && !signals.stop().is_cancelled() {
            let url = &server.url;
            eprint_status(&format!("the feed is at {url}; stop with Ctrl-C"))?;
            open_browser(url)?;
            signals.stop().cancelled().await;
        }
    }
    session.close().await?;
    Ok(ExitStatus::of_run(&plan, &options.fail_on).or_unknown_payload(&selection, &plan))
}

/// Prints the sandbox's feed as its readers would see it.
fn print_feed(server: &SandboxServer, plan: &Plan) -> anyhow::Result<()> {
    for post in server.sandbox.posts() {
        print_card(&draw_sandbox_post(&post, terminal_width()))?;
    }
    suggest_post(plan, "build --sandbox")
}
