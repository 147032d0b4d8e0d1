//! Runs `build` against the platforms.

use std::time::Duration;

use super::options::BuildOptions;
use crate::cli::output::{PlanReporter, eprint_status, format_idle, print_idle, warn_upcoming};
use crate::cli::{CliError, ExitStatus, GlobalOptions};
use crate::engine::{InitMode, upcoming_warnings};
use crate::env::Signals;
use crate::session::{LoadedPipeline, Session};

/// Sends new posts. First creates or extends the ledger if the options request it. If no file changed since a run that had
/// nothing to do, reads no post and says the same again.
pub(super) async fn build(
    global: &GlobalOptions,
    options: &BuildOptions,
    session: &Session,
) -> Result<ExitStatus, CliError> {
    let stages = session.load()?;
    let is_usual = !global.json && options.is_usual();
    let fingerprint = is_usual.then(|| session.fingerprint(&stages)).flatten();
    if let Some(output) = fingerprint
        .as_ref()
        .and_then(|fingerprint| session.unchanged_output(fingerprint))
    {
        warn_upcoming(&upcoming_warnings(&stages, session.cx()))?;
        print_idle(&output)?;
        return Ok(ExitStatus::Success);
    }
    let before = session.ledger_state().await?;
    let pipeline = session.scan(stages).await?;
    session.check_ledger_persistence(&pipeline.stages).await?;
    warn_upcoming(&upcoming_warnings(&pipeline.stages, session.cx()))?;
    let baseline = options.baseline.as_deref();
    let baseline = baseline.map(|name| (name, InitMode::Baseline));
    let backfill = options.backfill.as_deref();
    let backfill = backfill.map(|name| (name, InitMode::Backfill));
    if let Some(entry) = baseline.or(backfill) {
        let timeout = options.lock_timeout;
        extend_ledger(session, &pipeline, entry, timeout).await?;
    }
    let signals = Signals::listen()?;
    session.stop_plugins_with(signals.stop());
    let selection = options.selection(&pipeline)?;
    let delivery = options.delivery(&selection, &before, signals.stop());
    let reporter = PlanReporter::new("build", global, options.format, session);
    let plan = reporter.deliver(&pipeline, delivery, &signals).await?;
    if let (Some(fingerprint), Some(output)) = (&fingerprint, format_idle(&plan)) {
        session.remember_unchanged(fingerprint, &plan, output);
    }
    Ok(ExitStatus::of_run(&plan, &options.fail_on).or_unknown_payload(&selection, &plan))
}

/// Creates the ledger, or adds the source or sink `name` to it.
async fn extend_ledger(
    session: &Session,
    pipeline: &LoadedPipeline,
    (name, mode): (&str, InitMode),
    timeout: Duration,
) -> Result<(), CliError> {
    let message = if name.is_empty() {
        let adopted = session.init_ledger(pipeline, mode).await?;
        match mode {
            InitMode::Backfill => "created the ledger; present posts are new".to_owned(),
            InitMode::Baseline => format!("created the ledger; {} known", posts(adopted)),
        }
    } else {
        let joined = session.join_ledger(pipeline, (name, mode), timeout);
        let adopted = joined.await?;
        match mode {
            InitMode::Backfill => format!("added `{name}` to the ledger; its posts are new"),
            InitMode::Baseline => {
                format!("added `{name}` to the ledger; {} known", posts(adopted))
            }
        }
    };
    Ok(eprint_status(&message)?)
}

fn posts(count: usize) -> String {
    match count {
        1 => "1 post is".to_owned(),
        count => format!("{count} posts are"),
    }
}
