//! Draws social cards and SVG pictures as PNG files.
//!
//! A card is an SVG template whose text elements name fields, such as the title. The text is fitted to its box: wrapped
//! at the places that Unicode allows, in the largest size that fits, with lines of about equal length. The result is an
//! SVG document without any freedom left, which `resvg` draws, so the same card has the same bytes on every machine.
//!
//! The crate reads no file of its own accord: fonts and pictures are passed as bytes. [`Fonts::add_system`] is the one
//! exception, and its name says so.

mod card;
mod colour;
mod draw;
mod error;
mod fonts;
mod template;
#[cfg(test)]
mod tests;
mod text;

pub use crate::card::{CardDesign, CardText, DrawnCard, draw_card};
pub use crate::colour::Colour;
pub use crate::draw::{DrawnSvg, RENDERER, draw_svg};
pub use crate::error::{DrawError, FontError};
pub use crate::fonts::Fonts;
pub use crate::template::{Logo, Template};
