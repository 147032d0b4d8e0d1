//! `syndicate init`: writes a pipeline for the site in this folder, a template and the ledger.

mod ci;

use clap::Args;
use serde_json::{Value, json};

use self::ci::CiArguments;
use super::output::{eprint_lines, eprint_status, eprint_warning, print_json, print_result};
use super::{CliError, ExitStatus, GlobalOptions, open_new_session};
use crate::session::{CiFile, Initialized, ReplacedLedger};

/// Options of `init`.
#[derive(Args, Debug)]
#[command(after_help = "\
Writes pipeline.yaml, _syndicate/linkedin.handlebars (a template) and
syndicate.ledger.jsonl. Existing files are not changed. Commit all three. If
the site's generator would publish them, as Jekyll does, they are excluded in
its config.")]
pub(super) struct InitOptions {
    /// Start a new ledger; keep the old one as `*.jsonl.old1`
    #[arg(long, conflicts_with = "ci")]
    fresh: bool,
    #[command(flatten)]
    ci: CiArguments,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &InitOptions,
) -> Result<ExitStatus, CliError> {
    let mut session = open_new_session(global)?;
    if let Some(host) = options.ci.host() {
        ci::run(global, &options.ci, host, &mut session).await?;
    } else if options.fresh && session.file().exists() {
        let started = session.replace_ledger().await?;
        report_started_over(global.json, &started)?;
    } else {
        let initialized = session.init().await?;
        report(global.json, Some(&initialized), None)?;
    }
    Ok(ExitStatus::Success)
}

fn warn_former_ledger() -> anyhow::Result<()> {
    eprint_warning(
        "this machine has sent posts with another ledger in this folder; with the new one they count \
         as unsent",
        "to continue with the former ledger, delete the new one and run `syndicate status --restore`",
    )
}

fn report_started_over(is_json: bool, started: &ReplacedLedger) -> anyhow::Result<()> {
    let ReplacedLedger { written, aside, .. } = started;
    if started.has_former_ledger {
        warn_former_ledger()?;
    }
    if is_json {
        let written = Vec::from_iter(written);
        return print_json(&json!({"v": 1, "written": written, "aside": aside}));
    }
    if let Some(aside) = aside {
        print_result(&format!("kept the former ledger as: {aside}"))?;
    }
    if let Some(written) = written {
        print_result(&format!("wrote: {written}"))?;
    }
    Ok(())
}

/// Prints what `init` wrote. `file` is the CI configuration that was written as well.
fn report(
    is_json: bool,
    initialized: Option<&Initialized>,
    file: Option<&CiFile>,
) -> anyhow::Result<()> {
    if initialized.is_some_and(|initialized| initialized.has_former_ledger) {
        warn_former_ledger()?;
    }
    if is_json {
        return print_json(&as_json(initialized, file));
    }
    if let Some(initialized) = initialized {
        report_pipeline(initialized)?;
    }
    if let Some(file) = file {
        ci::report_file(file)?;
    }
    Ok(())
}

fn as_json(initialized: Option<&Initialized>, file: Option<&CiFile>) -> Value {
    let written = initialized.map(|initialized| initialized.written.clone());
    let mut written = written.unwrap_or_default();
    written.extend(file.map(|file| file.file.display().to_string()));
    let notes = initialized.map(|initialized| initialized.notes.clone());
    let mut notes = notes.unwrap_or_default();
    notes.extend(file.iter().flat_map(|file| file.notes.clone()));
    let mut result = json!({"v": 1, "written": written, "notes": notes});
    if let Some(initialized) = initialized {
        result["found"] = json!(initialized.detection.description);
        result["changed"] = json!(initialized.changed);
        result["since"] = json!(initialized.since);
    }
    if let Some(file) = file {
        result["secrets"] = json!(file.secrets);
    }
    result
}

fn report_pipeline(initialized: &Initialized) -> anyhow::Result<()> {
    let Initialized {
        detection,
        written,
        changed,
        notes,
        since,
        ..
    } = initialized;
    print_result(&format!("found: {}", detection.description))?;
    for file in written {
        print_result(&format!("wrote: {file}"))?;
    }
    for file in changed {
        print_result(&format!(
            "changed: {file} (the site does not publish these files)"
        ))?;
    }
    for note in notes {
        eprint_status(&format!("note: {note}"))?;
    }
    eprint_lines(&format!(
        "\nPosts dated before {since} are not sent. Next:\n  \
         syndicate items             list the posts, with the origin of each field\n  \
         syndicate preview --all     show what would be sent, and why the rest would not\n  \
         syndicate build --sandbox   send to a sandbox on this machine, without an account\n\
         Commit the ledger, and let git merge it by lines:\n  \
         echo 'syndicate.ledger.jsonl merge=union' >> .gitattributes"
    ))
}
