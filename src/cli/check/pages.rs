//! `syndicate check --pages`: reports what the crawlers of the platforms read from the built pages.

use std::sync::Arc;

use syndicate_api::Item;

use super::page_json::report_json;
use super::page_text::{format_page, format_summary, format_unread};
use crate::cli::output::{
    CiReport, OutputFormat, eprint_status, print_json, print_lines, terminal_width,
};
use crate::cli::{CliError, ExitStatus, GlobalOptions};
use crate::engine::{PipelineScan, Selection, StageChain, check_pages, summarise};
use crate::session::{LoadedPipeline, Session};

pub(super) async fn run(
    global: &GlobalOptions,
    session: &Session,
    posts: &[String],
    format: OutputFormat,
) -> Result<ExitStatus, CliError> {
    let LoadedPipeline { stages, scanned } = session.load_and_scan().await?;
    let items = select(posts, &scanned, &stages)?;
    // Without a ledger nothing was sent yet; other problems do not change what is on the pages.
    let view = session.store().view().await.ok();
    let ledger_state = view.map(|view| view.ledger_state).unwrap_or_default();
    let report = check_pages(&stages, &scanned, items.iter(), &ledger_state, session.cx()).await;
    let summaries = summarise(&report);
    for note in &report.notes {
        eprint_status(&format!("note: {note}"))?;
    }
    if global.json {
        print_json(&report_json(&report, &stages))?;
    } else {
        let width = terminal_width();
        if posts.is_empty() {
            print_lines(&format_summary(&report, &summaries, &stages, width))?;
        } else {
            for checked in &report.pages {
                print_lines(&format_page(checked, &stages, width))?;
            }
            for item in &report.unread {
                print_lines(&format_unread(item))?;
            }
        }
    }
    let report = CiReport::new(format, "check", &session.cx().env, session.file());
    report.show_pages(&summaries, &stages)?;
    Ok(ExitStatus::Success)
}

/// Returns the named posts, or all that the site publishes, each with the index of its source.
///
/// # Errors
/// The first name that is not a post.
fn select(
    posts: &[String],
    scanned: &PipelineScan,
    stages: &StageChain,
) -> Result<Vec<(usize, Arc<Item>)>, CliError> {
    if posts.is_empty() {
        let items = scanned.items.iter();
        return Ok(items.filter(|(_, item)| !item.draft).cloned().collect());
    }
    let mut selected = Vec::new();
    for post in posts {
        let item = Selection::item_of(post, scanned, stages)?;
        let mut items = scanned.items.iter();
        selected.extend(items.find(|(_, own)| Arc::ptr_eq(own, &item)).cloned());
    }
    Ok(selected)
}
