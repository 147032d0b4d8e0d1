//! Prints the result of `init`.

use serde_json::{Value, json};

use crate::cli::output::{eprint_lines, eprint_status, eprint_warning, print_json, print_result};
use crate::session::{CiFile, Initialized, LedgerPlace, ReplacedLedger};
use crate::workflow::CiHost;

fn warn_former_ledger() -> anyhow::Result<()> {
    eprint_warning(
        "this machine has sent posts with another ledger in this folder; with the new one they count \
         as unsent",
        "to continue with the former ledger, delete the new one and run `syndicate status --restore`",
    )
}

pub(super) fn report_started_over(is_json: bool, started: &ReplacedLedger) -> anyhow::Result<()> {
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
pub(super) fn report(
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
        report_file(file)?;
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
    let commit = match initialized.place {
        // The file's last line may lack its line feed.
        LedgerPlace::File => {
            "\nCommit the ledger, and let git merge it by lines:\n  \
             printf '\\nsyndicate.ledger.jsonl merge=union\\n' >> .gitattributes"
        }
        LedgerPlace::Git => "",
    };
    eprint_lines(&format!(
        "\nPosts dated before {since} are not sent. Next:\n  \
         syndicate items             list the posts, with the origin of each field\n  \
         syndicate preview --all     show what would be sent, and why the rest would not\n  \
         syndicate build --sandbox   send to a sandbox on this machine, without an account{commit}"
    ))
}

/// Prints the path of the CI configuration and the next steps.
fn report_file(file: &CiFile) -> anyhow::Result<()> {
    let path = file.file.display().to_string();
    print_result(&format!("wrote: {path}"))?;
    for note in &file.notes {
        eprint_status(&format!("note: {note}"))?;
    }
    let steps = match file.host {
        CiHost::Github => github_steps(file),
        CiHost::Gitlab => gitlab_steps(file),
    };
    let commit = "git add --all && git commit -m 'Publish posts' && git push";
    eprint_lines(&format!("\nNext:\n  {}\n  {commit}", steps.join("\n  ")))
}

fn github_steps(file: &CiFile) -> Vec<String> {
    let mut steps = Vec::new();
    if file.deploys {
        steps.push("set Settings > Pages > Source to `GitHub Actions`".to_owned());
    }
    let secrets = file.secrets.iter();
    steps.extend(secrets.map(|name| format!("gh secret set {name} --env syndicate")));
    steps
}

fn gitlab_steps(file: &CiFile) -> Vec<String> {
    let mut steps = vec![
        "in Settings > CI/CD > Job token permissions, allow Git push requests".to_owned(),
        "in Build > Pipeline schedules, add a schedule for the default branch".to_owned(),
    ];
    let secrets = file.secrets.iter();
    steps.extend(secrets.map(|name| {
        format!(
            "in Settings > CI/CD > Variables, add {name}: protected, masked, for the environment \
             `syndicate`"
        )
    }));
    steps
}
