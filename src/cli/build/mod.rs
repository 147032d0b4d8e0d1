//! `syndicate build`: makes a plan and carries it out.

mod options;
mod publish;
mod sandbox;

pub(super) use self::options::BuildOptions;
use super::output::PlanReporter;
use super::{CliError, ExitStatus, GlobalOptions, open_session};

pub(super) async fn run(
    global: &GlobalOptions,
    options: &BuildOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, options.sandbox)?;
    if options.dry_run {
        let pipeline = session.load_and_scan().await?;
        let selection = options.selection(&pipeline)?;
        let plan = session.plan_dry_run(&pipeline, &selection).await?;
        let reporter = PlanReporter::new("build --dry-run", global, options.format, &session);
        reporter.print_plan(&plan, true)?;
        reporter.show(&pipeline, &plan)?;
        let exit = ExitStatus::of_run(&plan, &options.fail_on);
        return Ok(exit.or_unknown_payload(&selection, &plan));
    }
    if options.sandbox {
        sandbox::build(global, options, session).await
    } else if global.offline {
        Err(CliError::usage(
            "cannot send with `--offline`",
            "add `--dry-run` to see what would be sent, or `--sandbox` to send to a sandbox",
        ))
    } else {
        publish::build(global, options, &session).await
    }
}
