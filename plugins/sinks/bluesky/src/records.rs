//! Reads, writes and deletes records of the account.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use syndicate_api::{Context, PublishError, Receipt};

use crate::client::Client;
use crate::errors::{ERRORS, is_refusal, unexpected};
use crate::identifier::{DOCUMENTS, RecordAddress};
use crate::xrpc::{self, DELETE_RECORD, GET_RECORD, LIST_RECORDS};

/// The number of records of a page, the highest one that servers accept.
const PAGE: &str = "100";

/// The name of the document's URI in a receipt.
pub(crate) const DOCUMENT: &str = "document";

/// A record as the server has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) address: RecordAddress,
    pub(crate) cid: String,
    pub(crate) value: Value,
}

impl Record {
    fn parse(answer: &Value) -> Option<Self> {
        Some(Self {
            address: RecordAddress::parse(answer["uri"].as_str()?)?,
            cid: answer["cid"].as_str()?.to_owned(),
            // Callers change single keys of it.
            value: answer
                .get("value")
                .filter(|value| value.is_object())?
                .clone(),
        })
    }

    /// Returns the receipt of a post.
    pub(crate) fn receipt(&self) -> Receipt {
        receipt(&self.address, &self.cid, &self.value)
    }
}

/// Returns the receipt of the post `record` at `address`. `cid` names its version.
pub(crate) fn receipt(address: &RecordAddress, cid: &str, record: &Value) -> Receipt {
    let created_at = record["createdAt"].as_str();
    let mut extra = Map::new();
    extra.insert("uri".to_owned(), address.uri().into());
    extra.insert("cid".to_owned(), cid.into());
    extra.insert("rkey".to_owned(), address.rkey.as_str().into());
    if let Some(document) = document(record) {
        extra.insert(DOCUMENT.to_owned(), document.into());
    }
    Receipt {
        id: Some(address.uri()),
        url: Some(address.public_url()),
        at: created_at.and_then(|time| time.parse::<Timestamp>().ok()),
        extra,
    }
}

/// Returns the URI of the document that the card of a post refers to.
fn document(record: &Value) -> Option<&str> {
    let refs = record["embed"]["external"]["associatedRefs"].as_array()?;
    let mut uris = refs
        .iter()
        .filter_map(|reference| reference["uri"].as_str());
    uris.find(|uri| {
        let address = RecordAddress::parse(uri);
        address.is_some_and(|address| address.collection == DOCUMENTS)
    })
}

/// Reads a record from the account's server, which is authoritative for it. Returns `None` if it does not exist.
///
/// # Errors
/// Returns an error unless the server answers.
pub(crate) async fn get(
    cx: &Context,
    client: &Client,
    address: &RecordAddress,
) -> Result<Option<Record>, PublishError> {
    let parameters = [
        ("repo", &*address.repo),
        ("collection", &*address.collection),
        ("rkey", &*address.rkey),
    ];
    let pds = &client.identity(cx).await?.pds;
    let response = cx
        .http
        .send(xrpc::query(pds, GET_RECORD, &parameters))
        .await;
    let is_missing = |response: &_| is_refusal(response, "RecordNotFound");
    if response.as_ref().is_ok_and(is_missing) {
        return Ok(None);
    }
    let answer = ERRORS.check_repeatable(cx, response)?.json();
    let record = Record::parse(&answer).ok_or_else(|| unexpected("record"))?;
    if record.address == *address {
        Ok(Some(record))
    } else {
        Err(unexpected("record of this address"))
    }
}

/// Reads a page of posts, newest first. Returns the position of the next page; `None` if this is the last one.
///
/// # Errors
/// Returns an error unless the server answers.
pub(crate) async fn list(
    cx: &Context,
    client: &Client,
    repo: &str,
    collection: &str,
    from: Option<&str>,
) -> Result<(Vec<Record>, Option<String>), PublishError> {
    let mut parameters = vec![("repo", repo), ("collection", collection), ("limit", PAGE)];
    parameters.extend(from.map(|cursor| ("cursor", cursor)));
    let pds = &client.identity(cx).await?.pds;
    let response = cx
        .http
        .send(xrpc::query(pds, LIST_RECORDS, &parameters))
        .await;
    let answer = ERRORS.check_repeatable(cx, response)?.json();
    let listed = answer["records"]
        .as_array()
        .ok_or_else(|| unexpected("list"))?;
    let records = listed.iter().map(Record::parse).collect::<Option<Vec<_>>>();
    let records = records.ok_or_else(|| unexpected("list of records"))?;
    let is_listed =
        |record: &Record| record.address.repo == repo && record.address.collection == collection;
    if !records.iter().all(is_listed) {
        return Err(unexpected("list of records of this account"));
    }
    let cursor = answer["cursor"].as_str().filter(|_| !records.is_empty());
    Ok((records, cursor.map(str::to_owned)))
}

/// Deletes a record. Succeeds if it does not exist.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(crate) async fn delete(
    cx: &Context,
    client: &Client,
    address: &RecordAddress,
) -> Result<(), PublishError> {
    let body = json!({
        "repo": address.repo, "collection": address.collection, "rkey": address.rkey,
    });
    let outcome = client
        .send(cx, |pds| xrpc::procedure(pds, DELETE_RECORD, &body))
        .await?;
    ERRORS.check_repeatable(cx, outcome).map(drop)
}
