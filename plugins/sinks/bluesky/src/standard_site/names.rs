//! The names of steps and slots, and the keys of the records.

use crate::identifier::{DOCUMENTS, PUBLICATIONS};
use crate::tid;

/// The names of the steps.
pub(crate) const PUBLICATION_STEP: &str = "publication";
pub(crate) const DOCUMENT_STEP: &str = "document";
pub(crate) const REFERENCE_STEP: &str = "document_reference";

/// The slots with URI and version of the two records.
pub(crate) const PUBLICATION_URI: &str = "publication:uri";
pub(crate) const PUBLICATION_CID: &str = "publication:cid";
pub(crate) const DOCUMENT_URI: &str = "document:uri";
pub(crate) const DOCUMENT_CID: &str = "document:cid";

/// Returns the key of the publication with this URL.
pub(crate) fn publication_key(base: &str) -> String {
    tid::stable_key(PUBLICATIONS, base)
}

/// Returns the key of the document of the item with this stable key.
pub(crate) fn document_key(article_key: &str) -> String {
    tid::stable_key(DOCUMENTS, article_key)
}
