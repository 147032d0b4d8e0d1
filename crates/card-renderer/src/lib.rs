#![doc = include_str!("../README.md")]

mod card;
mod colour;
mod draw;
mod error;
mod fonts;
mod ground;
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
