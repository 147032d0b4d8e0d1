#![doc = include_str!("../README.md")]

mod article;
mod article_words;
mod base;
mod candidates;
mod charset;
mod collector;
mod decoration;
mod ending;
mod furniture;
mod head;
mod json_ld;
mod microdata;
mod microformats;
mod page;
mod pictures;
mod read;
mod redirect;
mod same_page;
mod signals;
mod tag_links;
#[cfg(test)]
mod tests;
mod text;
mod tree;

pub use candidates::{Candidate, Candidates};
pub use decoration::{is_decoration, is_foreign};
pub use ending::{Ending, ending};
pub use json_ld::is_article_type;
pub use page::{DateText, Page, PageImage, PageSignals};
pub use read::{MAX_BYTES, read, read_with_article, text_content};
