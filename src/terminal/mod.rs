//! Prepares text for a terminal: styles, escaping, and quotes in commands. It writes nothing; `cli::output` does.

mod escape;
mod shell_word;
mod style;

pub(crate) use self::escape::{escape_lines, escape_value, has_active, is_active, is_plain};
pub(crate) use self::shell_word::shell_word;
pub(crate) use self::style::{Style, paint, plain};
