//! Renders plans for display: in the terminal, as HTML, Markdown and JSON, and as a local page. It makes
//! no decisions about posts and contains no platform-specific rules; sinks describe how their feed
//! displays a post.

mod advice;
mod article;
mod ascii;
mod attachment;
mod card;
mod changes;
mod crawler;
mod fold;
pub(crate) mod front_matter;
pub(crate) mod html;
mod json;
mod lines;
mod markdown;
mod next_step;
pub(crate) mod page;
mod shown_values;
mod terminal_article;
mod terminal_card;
mod view;
mod wrap;

pub(crate) use advice::advice;
pub(crate) use ascii::{is_ascii_terminal, to_ascii};
pub(crate) use card::{render_card, render_delivery};
pub(crate) use changes::{Changes, PreviousVersion, render_changes};
pub(crate) use crawler::{gap_text, reading_json, reading_lines};
pub(crate) use json::{VERSION, entry_json, explanation_json, fault_json, plan_json};
pub(crate) use lines::{EntryLines, entry_line, summary_lines};
pub(crate) use markdown::{
    MarkdownOptions, SummaryOptions, escape_code, escape_step, render_markdown, render_summary,
};
pub(crate) use next_step::{next_step, next_step_lines, question_lines};
pub(crate) use terminal_card::CardFields;
