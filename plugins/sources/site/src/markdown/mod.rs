//! What a Markdown text says to a reader who sees only a card of it: its first heading, the words it
//! begins with, and the pictures it shows. It renders nothing. Template tags (`{% … %}`, `{{ … }}`)
//! are dealt with before Markdown, as the generators do it.

mod inline;
mod mdx;
mod picture;
mod picture_notation;
mod picture_value;
mod prose;
mod shortcodes;
mod tags;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use inline::{plain, plain_smart, without_tags};
pub(crate) use mdx::without_mdx;
pub(crate) use picture::Picture;
pub(crate) use picture_value::{WrittenPicture, in_value};
pub(crate) use prose::{Prose, mark, read, read_smart};
