//! `syndicate items`: lists the items that the sources read.

mod explain;
mod text;

use std::path::Path;

use clap::Args;
use syndicate_api::ItemLines;
use syndicate_api::text::plural;

use self::explain::format_explanation;
use self::text::format_item;
use super::output::{
    eprint_lines, eprint_status, format_diagnostic, print_json, print_json_lines, print_lines,
};
use super::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::count_files;
use crate::preview::{VERSION, explanation_json, fault_json};
use crate::session::LoadedPipeline;

/// Options of `items`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate items                     each post with the origin of its fields
  syndicate items --json | jq .url    one JSON object per line
  syndicate items --explain public/hello/index.html")]
pub(super) struct ItemsOptions {
    /// Explain one file: is it a post, and which values can its fields have
    #[arg(long, value_name = "PATH")]
    explain: Option<String>,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &ItemsOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    if let Some(path) = &options.explain {
        let explanation = session.explain(path, Path::new(".")).await?;
        if global.json {
            print_json(&explanation_json(&explanation))?;
        } else {
            print_lines(&format_explanation(&explanation))?;
        }
        return Ok(ExitStatus::Success);
    }
    let LoadedPipeline { stages, scanned } = session.load_and_scan().await?;
    if global.json {
        let items = scanned.items.iter();
        let mut lines = ItemLines::new(VERSION);
        print_json_lines(items.map(|(_, item)| lines.line(item)))?;
    } else {
        for (_, item) in &scanned.items {
            print_lines(&format_item(item))?;
        }
    }
    for fault in &scanned.faults {
        if global.json {
            print_json(&fault_json(fault))?;
        } else {
            eprint_lines(&format_diagnostic(fault, &stages.base))?;
        }
    }
    if !global.json {
        for note in &scanned.notes {
            eprint_status(&format!("note: {note}"))?;
        }
        let (items, faults) = (scanned.items.len(), count_files(&scanned.faults));
        let (posts, files) = (plural(items, "post"), plural(faults, "unreadable file"));
        eprint_status(&format!("{posts}, {files}"))?;
    }
    let status = match scanned.faults.is_empty() {
        true => ExitStatus::Success,
        false => ExitStatus::Partial,
    };
    // The process ends, and freeing thousands of items takes longer than that.
    std::mem::forget(scanned.items);
    Ok(status)
}
