//! Fills the slots of the records before they are written.

use serde_json::Value;
use syndicate_api::{Code, Context, Prepared, PublishError, Ready, Slots, Step};

use super::cid::cid;
use super::names::{
    DOCUMENT_CID, DOCUMENT_STEP, DOCUMENT_URI, PUBLICATION_CID, PUBLICATION_STEP, PUBLICATION_URI,
    publication_key,
};
use super::options::StandardSite;
use super::publication::merged;
use crate::client::Client;
use crate::errors::{rejected, unexpected};
use crate::identifier::{DOCUMENTS, PUBLICATIONS, RecordAddress};
use crate::records;

/// Returns the slots with URI and version of the publication, and with the URI of the document.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn slots(
    cx: &Context,
    client: &Client,
    site: &StandardSite,
    did: &str,
    steps: &[Step],
) -> Result<Slots, PublishError> {
    let named = site.publication.as_deref().and_then(RecordAddress::parse);
    let own = || RecordAddress::new(did, PUBLICATIONS, publication_key(site.base()));
    let address = named.unwrap_or_else(own);
    let current = records::get(cx, client, &address).await?;
    let ours = body(steps, PUBLICATION_STEP).map(|body| body["record"].clone());
    let version = match (current, ours) {
        (Some(current), Some(ours)) => cid(&merged(&current.value, &ours)),
        (Some(current), None) => Some(current.cid),
        (None, Some(ours)) => cid(&ours),
        (None, None) => {
            let message = format!("the publication `{}` does not exist", address.uri());
            let hint = "correct `standard_site.publication`, or remove it";
            return Err(rejected(Code::Rejected, message).with_hint(hint));
        }
    };
    let version = version.ok_or_else(|| unexpected("publication"))?;
    let mut slots = Slots::new();
    slots.insert(PUBLICATION_URI.to_owned(), address.uri().into());
    slots.insert(PUBLICATION_CID.to_owned(), version.into());
    let document = steps.iter().map(|step| step.request.body.as_json());
    let mut keys = document.filter(|body| body["collection"] == DOCUMENTS);
    if let Some(key) = keys.find_map(|body| body["rkey"].as_str()) {
        let uri = RecordAddress::new(did, DOCUMENTS, key).uri();
        slots.insert(DOCUMENT_URI.to_owned(), uri.into());
    }
    Ok(slots)
}

/// Returns the slot with the version of the document that is written before the post. `None` if `steps` write none.
pub(crate) fn document_version(steps: &[Step], slots: &Slots) -> Option<(String, Value)> {
    let step = steps.iter().find(|step| step.name == DOCUMENT_STEP)?;
    let ready = Ready {
        slots: slots.clone(),
        ..Ready::default()
    };
    let filled = Prepared::fill(std::slice::from_ref(step), ready).ok()?;
    let version = cid(&body(&filled.steps, DOCUMENT_STEP)?["record"])?;
    Some((DOCUMENT_CID.to_owned(), version.into()))
}

fn body<'a>(steps: &'a [Step], name: &str) -> Option<&'a Value> {
    let step = steps.iter().find(|step| step.name == name)?;
    Some(step.request.body.as_json())
}
