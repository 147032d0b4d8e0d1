//! Fits text to boxes: cleans it, breaks it into lines in the largest size that fits, and arranges each line in pieces
//! of one font and one direction.

mod clean;
mod direction;
mod fit;
mod hyphenate;
mod pieces;
mod segments;
mod wrap;

pub(crate) use self::clean::clean;
pub(crate) use self::direction::is_rtl;
pub(crate) use self::fit::{FittedText, TextBox, fit, fit_list};
pub(crate) use self::pieces::{Line, Typeface, missing_glyphs};
