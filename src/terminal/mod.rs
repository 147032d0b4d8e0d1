//! Prepares text for a terminal: styles and escaping. It writes nothing; `cli::output` does.

mod escape;
mod style;

pub(crate) use self::escape::{escape_lines, escape_value, has_active, is_active, is_plain};
pub(crate) use self::style::{Style, paint, plain};
