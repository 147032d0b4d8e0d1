//! `syndicate init`: writes a pipeline for the site in this folder, a template and the ledger.

use clap::Args;
use serde_json::json;

use super::output::{eprint_lines, eprint_status, eprint_warning, print_json, print_result};
use super::{CliError, ExitStatus, GlobalOptions, open_new_session};
use crate::session::{Initialized, ReplacedLedger};

/// Options of `init`.
#[derive(Args, Debug)]
#[command(after_help = "\
Writes pipeline.yaml, _syndicate/linkedin.handlebars (a template) and
syndicate.ledger.jsonl. Existing files are not changed. Commit all three. If
the site's generator would publish them, as Jekyll does, they are excluded in
its config.")]
pub(super) struct InitOptions {
    /// Start a new ledger; keep the old one as `*.jsonl.old1`
    #[arg(long)]
    fresh: bool,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &InitOptions,
) -> Result<ExitStatus, CliError> {
    let mut session = open_new_session(global)?;
    if options.fresh && session.file().exists() {
        let started = session.replace_ledger().await?;
        report_started_over(global.json, &started)?;
    } else {
        let initialized = session.init().await?;
        report(global.json, &initialized)?;
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

fn report(is_json: bool, initialized: &Initialized) -> anyhow::Result<()> {
    let Initialized {
        detection,
        written,
        changed,
        notes,
        since,
        ..
    } = initialized;
    if initialized.has_former_ledger {
        warn_former_ledger()?;
    }
    if is_json {
        return print_json(&json!({
            "v": 1,
            "found": detection.description,
            "written": written,
            "changed": changed,
            "since": since,
            "notes": notes,
        }));
    }
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
