//! Records of standard.site, by which readers and Bluesky's cards find the articles of a site: a publication for the
//! site and a document for each article.
//!
//! Their keys are computed from the site's URL and the item's stable key, so that pages can name them before anything
//! is published. The document is written before the post, because the post names its version, and again after it with
//! a reference to the post. Each of the two records would contain the hash of the other, so the post names the first
//! version.

mod cid;
mod document;
mod links;
mod names;
mod options;
mod prepare;
mod publication;
mod steps;

pub(crate) use self::links::{DID, page_links, site_files};
pub(crate) use self::names::{DOCUMENT_STEP, DOCUMENT_URI, PUBLICATION_STEP, REFERENCE_STEP};
pub(crate) use self::options::StandardSite;
pub(crate) use self::prepare::{document_version, slots};
pub(crate) use self::publication::put_publication;
pub(crate) use self::steps::{refer, steps};

#[cfg(test)]
mod tests;
