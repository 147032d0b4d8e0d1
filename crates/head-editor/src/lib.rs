#![doc = include_str!("../README.md")]

mod editor;
mod element;
mod references;
mod scan;
mod tag;
#[cfg(test)]
mod tests;

pub use editor::{HeadEditor, UnsupportedEncoding};
pub use element::HeadElement;
