//! The steps that write the records.

use serde_json::{Value, json};
use syndicate_api::{Code, Diagnostic, Post, Request, Role, Step, slot};

use super::names::{
    DOCUMENT_CID, DOCUMENT_STEP, DOCUMENT_URI, PUBLICATION_CID, PUBLICATION_STEP, PUBLICATION_URI,
    REFERENCE_STEP, document_key, publication_key,
};
use super::options::StandardSite;
use super::{document, publication};
use crate::identifier::{DOCUMENTS, PUBLICATIONS};
use crate::slots::AUTHOR;
use crate::xrpc::{PUT_RECORD, path};

/// Returns the steps before and after the creating request of `post`.
///
/// # Errors
/// Returns a diagnostic if the item cannot be a document.
pub(crate) fn steps(site: &StandardSite, post: &Post) -> Result<(Vec<Step>, Step), Diagnostic> {
    let article = post.article.as_ref().ok_or_else(|| {
        let message = "the item has no article for standard.site";
        Diagnostic::new(Code::Unsupported, message)
    })?;
    let document = document::record(site, post, article)?;
    let mut before = Vec::new();
    if site.publication.is_none() {
        let mut request = put(
            PUBLICATIONS,
            &publication_key(site.base()),
            &publication::record(site),
        );
        if let Some(body) = request.body.as_json_mut() {
            body["swapRecord"] = Value::Null;
        }
        before.push(Step::new(PUBLICATION_STEP, Role::Before, request));
    }
    let key = document_key(&article.key);
    let request = put(DOCUMENTS, &key, &document);
    before.push(Step::new(DOCUMENT_STEP, Role::Before, request));
    let mut referring = document;
    referring["bskyPostRef"] = json!({
        "uri": slot("receipt:/id"), "cid": slot("receipt:/extra/cid"),
    });
    let request = put(DOCUMENTS, &key, &referring);
    Ok((before, Step::new(REFERENCE_STEP, Role::FollowUp, request)))
}

/// Adds the references to document and publication to a link card.
pub(crate) fn refer(embed: &mut Value) {
    if embed["external"].is_object() {
        embed["external"]["associatedRefs"] = json!([
            {"uri": slot(DOCUMENT_URI), "cid": slot(DOCUMENT_CID)},
            {"uri": slot(PUBLICATION_URI), "cid": slot(PUBLICATION_CID)},
        ]);
    }
}

fn put(collection: &str, key: &str, record: &Value) -> Request {
    Request::post(&path(PUT_RECORD)).json(json!({
        "repo": slot(AUTHOR), "collection": collection, "rkey": key, "record": record,
    }))
}
