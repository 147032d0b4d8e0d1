//! Shows a page as the crawler of a platform reads it: the values with their elements, and the elements that are missing.

mod json;
mod rows;
mod terminal;

pub(crate) use self::json::reading_json;
pub(crate) use self::rows::{gap_text, reading_rows, reading_title};
pub(crate) use self::terminal::{reading_lines, remark_lines};
