#![doc = include_str!("../README.md")]

mod editor;
mod element;
mod picture;
mod references;
mod scan;
mod tag;
#[cfg(test)]
mod tests;

pub use editor::{HeadEditor, UnsupportedEncoding};
pub use element::HeadElement;
pub use picture::CardPicture;
