//! What a Markdown text says to a reader who sees only a card of it: its first heading, the words it
//! begins with, and the pictures it shows. It renders nothing.
//!
//! A text is read in three steps. `hidden` takes out what no reader sees. `notations` replaces what is
//! not Markdown, template tags (`tags`, `shortcodes`) among it, as the generators do it before Markdown.
//! `prose` reads the Markdown that is left. The first two walk through the text alike (`walk`), past its
//! code, and find ends without reading anything twice (`closers`, `templates`).

mod admonitions;
mod article_words;
mod closers;
mod code;
mod emoji;
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

pub(crate) use hidden::without_hidden;
pub(crate) use inline::{plain, plain_smart, without_tags};
pub(crate) use mdx::without_mdx;
pub(crate) use picture::Picture;
pub(crate) use picture_value::{WrittenPicture, parse_picture_value};
pub(crate) use prose::{Prose, TextRules, mark_excerpt_end, read, read_with};
