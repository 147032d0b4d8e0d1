//! The text of `check --pages`.

use syndicate_api::text::plural;
use syndicate_api::{Item, PageOccasion};

use crate::engine::{CheckedPage, GapSummary, PageReport, SinkStage, SinkSummary, StageChain};
use crate::preview::{gap_text, reading_lines};
use crate::terminal::{Style, escape_value};

const FAINT: Style = Style::Faint;
const STRONG: Style = Style::Strong;
const WARN: Style = Style::Warn;
const GOOD: Style = Style::Good;

/// Formats all that the crawlers read from one page.
pub(super) fn format_page(checked: &CheckedPage, stages: &StageChain, width: usize) -> String {
    let item = &checked.item;
    let page = item.page.as_deref().unwrap_or_default();
    let mut text = format!(
        "{STRONG}{}{STRONG:#} {FAINT}{}{FAINT:#}\n",
        escape_value(item.label()),
        escape_value(page)
    );
    for (sink, reading) in &checked.readings {
        text.push_str(&heading(&stages.sinks[*sink], &reading.crawler));
        for line in reading_lines(reading, width.saturating_sub(4)) {
            text.push_str(&format!("    {line}\n"));
        }
    }
    text
}

/// Formats a post whose page was not read.
pub(super) fn format_unread(item: &Item) -> String {
    let why = match &item.page {
        Some(page) => format!("cannot read the page `{page}`"),
        None => "its built page is not known; set `output` of the source and build the site".into(),
    };
    let (post, why) = (
        escape_value(item.label()).to_string(),
        escape_value(&why).to_string(),
    );
    format!("{WARN}warning{WARN:#} {post}: {why}")
}

/// Formats the origins and gaps of many pages by sink.
pub(super) fn format_summary(
    report: &PageReport,
    summaries: &[SinkSummary],
    stages: &StageChain,
    width: usize,
) -> String {
    let mut text = format!("read {}", plural(report.pages.len(), "built page"));
    match report.unread.len() {
        0 => {}
        1 => text.push_str("; 1 post has none that can be read"),
        count => text.push_str(&format!("; {count} posts have none that can be read")),
    }
    text.push('\n');
    for summary in summaries {
        text.push_str(&heading(&stages.sinks[summary.sink], &summary.crawler));
        for (part, counts) in &summary.parts {
            let counts = counts.iter();
            let counts = counts.map(|count| format!("{} from {}", count.pages, count.origin));
            let counts = counts.collect::<Vec<_>>().join(", ");
            text.push_str(&format!("    {:18}{counts}\n", part.name()));
        }
        if summary.gaps.is_empty() {
            text.push_str(&format!(
                "    {GOOD}ok{GOOD:#}                nothing is missing\n"
            ));
        }
        for gap in &summary.gaps {
            text.push_str(&format_gap(gap, summary.pages, width));
        }
    }
    if summaries.is_empty() {
        text.push_str("no sink of this pipeline reads pages\n");
    }
    text
}

fn heading(stage: &SinkStage, crawler: &str) -> String {
    let occasion = match stage.page_rules().map(|rules| rules.occasion) {
        Some(PageOccasion::SharedLinks) => "when people share the link",
        _ => "after each post",
    };
    let name = escape_value(&stage.name);
    format!("  {STRONG}{crawler}{STRONG:#} {FAINT}{occasion} (sink `{name}`){FAINT:#}\n")
}

fn format_gap(summary: &GapSummary, pages: usize, width: usize) -> String {
    let GapSummary { gap, items } = summary;
    let (word, style) = match gap.is_warning() {
        true => ("warning", WARN),
        false => ("note", FAINT),
    };
    let count = match items.len() {
        all if all == pages => "all pages".to_owned(),
        some => format!("{some} of {pages} pages"),
    };
    let message = format!("{count}: {}", gap_text(gap));
    let message = escape_value(&message).to_string();
    let mut lines = textwrap::wrap(&message, width.saturating_sub(22).max(24)).into_iter();
    let first = lines.next().unwrap_or_default();
    let gap_column = 18 - word.len();
    let mut text = format!("    {style}{word}{style:#}{:gap_column$}{first}\n", "");
    let mut more: Vec<String> = lines.map(std::borrow::Cow::into_owned).collect();
    let example = items
        .first()
        .map(|item| escape_value(item.label()).to_string());
    more.extend(example.map(|example| format!("for example {example}")));
    let element = gap
        .add
        .as_deref()
        .map(|element| escape_value(element).to_string());
    more.extend(element.map(|element| format!("add: {element}")));
    for line in more {
        text.push_str(&format!("    {:18}{line}\n", ""));
    }
    text
}
