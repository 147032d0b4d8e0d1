//! `syndicate check`: reports problems that would make a run fail.

mod page_json;
mod page_text;
mod pages;

use clap::{Args, ValueHint};
use serde_json::{Value, json};
use syndicate_api::Finding;

use super::output::{CiReport, FormatOptions, print_json, print_lines};
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{CheckFinding, check, check_online};
use crate::session::LoadedPipeline;
use crate::terminal::{Style, escape_value};

/// Options of `check`.
#[derive(Args, Debug)]
#[command(after_help = "\
Exits with 1 if a problem would make a run fail. Reads pipeline.yaml, the
posts, the templates, the ledger and the credentials, and sends nothing.

Examples:
  syndicate check
      check without network access
  syndicate check --online
      also check the site, and the account, permissions and expiry of each
      token; nothing is published
  syndicate check --pages
      what the platforms read from the built pages, and what they miss
  syndicate check --pages content/hello.md
      the same for one post, with each value")]
pub(super) struct CheckOptions {
    /// Query the site and the platforms too
    #[arg(long)]
    online: bool,
    /// Check what the platforms read from the built pages, instead
    #[arg(long, conflicts_with = "online")]
    pages: bool,
    /// With `--pages`: a post, by its file, URL or key; all posts by default
    #[arg(value_name = "POST", requires = "pages", value_hint = ValueHint::FilePath)]
    posts: Vec<String>,
    #[command(flatten)]
    pub(super) format: FormatOptions,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &CheckOptions,
) -> Result<ExitStatus, CliError> {
    if options.online && global.offline {
        return Err(CliError::usage(
            "`--online` cannot be used with `--offline`",
            "remove one of them",
        ));
    }
    let mut session = open_session(global, false)?;
    if options.pages {
        session.use_fetched_ledger();
        return pages::run(global, &session, &options.posts, options.format.format).await;
    }
    if !options.online {
        session.use_fetched_ledger();
    }
    let LoadedPipeline { stages, scanned } = session.load_and_scan().await?;
    let mut findings = check(&stages, &scanned, session.store(), session.cx()).await;
    if options.online {
        findings.extend(check_online(&stages, &scanned, session.cx()).await);
        findings.extend(session.check_connection().await);
    }
    let is_bad = |(_, finding): &CheckFinding| matches!(finding, Finding::Failed(_));
    let has_bad = findings.iter().any(is_bad);
    if global.json {
        let list: Vec<Value> = findings.iter().map(finding_json).collect();
        print_json(&json!({"v": 1, "ok": !has_bad, "findings": list}))?;
    } else {
        for (about, finding) in &findings {
            print_lines(&format_finding(about, finding))?;
        }
    }
    let format = options.format.format;
    let report = CiReport::new(format, "check", &session.cx().env, session.file());
    report.show_findings(&findings)?;
    Ok(if has_bad {
        ExitStatus::Error
    } else {
        ExitStatus::Success
    })
}

fn format_finding(about: &str, finding: &Finding) -> String {
    const GOOD: Style = Style::Good;
    const WARN: Style = Style::Warn;
    const BAD: Style = Style::Bad;
    let about = escape_value(about);
    match finding {
        Finding::Passed(message) => {
            format!("{GOOD}ok{GOOD:#}      {about}: {}", escape_value(message))
        }
        Finding::Warning { message, hint } => {
            let (message, hint) = (escape_value(message), escape_value(hint));
            format!("{WARN}warning{WARN:#} {about}: {message}\n        hint: {hint}")
        }
        Finding::Failed(diagnostic) => {
            let message = diagnostic.to_string();
            let mut text = format!("{BAD}error{BAD:#}   {about}: {}", escape_value(&message));
            for cause in diagnostic.causes() {
                text.push_str(&format!("\n        caused by: {}", escape_value(cause)));
            }
            if let Some(hint) = &diagnostic.hint {
                text.push_str(&format!("\n        hint: {}", escape_value(hint)));
            }
            text
        }
    }
}

fn finding_json((about, finding): &CheckFinding) -> Value {
    let (level, mut json) = match finding {
        Finding::Passed(message) => ("ok", json!({"message": message, "hint": null})),
        Finding::Warning { message, hint } => {
            ("warning", json!({"message": message, "hint": hint}))
        }
        Finding::Failed(diagnostic) => ("error", json!(diagnostic)),
    };
    json["level"] = level.into();
    json["about"] = about.as_str().into();
    json
}
