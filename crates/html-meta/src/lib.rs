#![doc = include_str!("../README.md")]

mod article;
mod article_html;
mod article_text;
mod base_url;
mod boilerplate;
mod candidates;
mod charset;
mod collector;
mod completeness;
mod decoration;
mod head;
mod head_values;
mod json_ld;
mod microdata;
mod microformats;
mod page;
mod pictures;
mod quick;
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
pub use completeness::{Completeness, completeness, is_closed};
pub use decoration::{is_decoration, is_decoration_url};
pub use head_values::HeadValues;
pub use json_ld::is_article_type;
pub use page::{DateText, Page, PageImage, PageSignals};
pub use quick::{HeadMetadata, read_head};
pub use read::{MAX_BYTES, article_html, article_text, read, text_content};
pub use redirect::refresh_target;
