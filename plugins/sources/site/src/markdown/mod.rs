//! Reads a Markdown text for a card: its first heading, its excerpt and its pictures. It does not render
//! Markdown.
//!
//! A text is read in three steps. `hidden` removes text that readers do not see. `notations` replaces
//! notations that are not Markdown, including template tags (`tags`, `shortcodes`), because generators
//! process them before Markdown. `prose` reads the remaining Markdown. The first two steps share a walk
//! through the text that skips code (`walk`), and find ends in linear time (`closers`, `templates`).

mod admonitions;
mod article_words;
mod beginning;
mod closers;
mod code;
mod emoji;
mod expressions;
mod gaps;
mod hidden;
mod inline;
#[cfg(test)]
mod linear_time;
mod math;
mod mdx;
mod notations;
mod picture;
mod picture_notation;
mod picture_value;
mod private;
mod prose;
mod shortcodes;
mod tags;
mod templates;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use beginning::read_beginning;
pub(crate) use expressions::without_expressions;
pub(crate) use gaps::{before_gap, has_gaps, without_gaps};
pub(crate) use hidden::without_hidden;
pub(crate) use inline::{plain, plain_smart, without_tags};
pub(crate) use mdx::without_mdx;
pub(crate) use picture::Picture;
pub(crate) use picture_value::{WrittenPicture, parse_picture_value};
pub(crate) use prose::{Prose, TextRules, mark_excerpt_end, may_have_pictures, read, read_with};
