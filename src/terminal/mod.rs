//! Text for a terminal: its styles, and what becomes of characters that a terminal or the log of a CI
//! service would act on. It writes nothing; the one place that does is the command line's output.

mod escape;
mod style;

pub(crate) use self::escape::{escape_lines, escape_value, is_active};
pub(crate) use self::style::{Style, paint, plain};
