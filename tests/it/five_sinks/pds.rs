//! A Bluesky server for this test alone: sessions, uploads and records, as the real one answers
//! (`tests/it/servers/pds.rs`), without validation.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use platform_fakes::{Answer, Request};
use serde_json::{Value, json};

pub(super) const PUT: &str = "/xrpc/com.atproto.repo.putRecord";
pub(super) const UPLOAD: &str = "/xrpc/com.atproto.repo.uploadBlob";

const DID: &str = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
const TOKEN: &str = "bluesky-access-token";

/// The records by key. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Pds(Arc<Mutex<BTreeMap<String, Value>>>);

impl Pds {
    /// Returns the records, by key.
    pub(super) fn records(&self) -> BTreeMap<String, Value> {
        self.0.lock().unwrap().clone()
    }

    fn put(&self, body: &Value) -> Answer {
        let key = body["rkey"].as_str().unwrap().to_owned();
        let mut records = self.0.lock().unwrap();
        let known = records.get(&key);
        let is_equal = known == Some(&body["record"]);
        let swap = body.get("swapRecord");
        let is_expected = match swap {
            None => true,
            Some(cid) => *cid == known.map_or(Value::Null, |record| cid_of(record).into()),
        };
        if !is_equal && !is_expected {
            return refusal(400, "InvalidSwap");
        }
        records.insert(key.clone(), body["record"].clone());
        Answer::json(
            200,
            &json!({"uri": uri(&key), "cid": cid_of(&body["record"])}),
        )
    }

    fn get(&self, key: &str) -> Answer {
        match self.0.lock().unwrap().get(key) {
            Some(record) => Answer::json(
                200,
                &json!({"uri": uri(key), "cid": cid_of(record), "value": record}),
            ),
            None => refusal(400, "RecordNotFound"),
        }
    }

    fn list(&self) -> Answer {
        let records = self.0.lock().unwrap();
        let listed = records
            .iter()
            .rev()
            .map(|(key, record)| json!({"uri": uri(key), "cid": cid_of(record), "value": record}));
        Answer::json(200, &json!({"records": listed.collect::<Vec<_>>()}))
    }
}

impl platform_fakes::Platform for Pds {
    fn answer(&mut self, request: &Request, _: &str, _: Timestamp) -> Answer {
        let method = request.path.trim_start_matches("/xrpc/com.atproto.");
        let is_signed_in = request.header("authorization") == Some(&format!("Bearer {TOKEN}"));
        if ["repo.putRecord", "repo.uploadBlob"].contains(&method) && !is_signed_in {
            return refusal(401, "AuthMissing");
        }
        match method {
            "server.createSession" | "server.refreshSession" => Answer::json(
                200,
                &json!({
                    "did": DID, "handle": "jane.test", "accessJwt": TOKEN, "refreshJwt": "bluesky-refresh-token",
                }),
            ),
            "server.describeServer" => Answer::json(200, &json!({"did": "did:web:pds.test"})),
            "identity.resolveHandle" => Answer::json(200, &json!({"did": DID})),
            "repo.uploadBlob" => Answer::json(
                200,
                &json!({"blob": {
                    "$type": "blob", "ref": {"$link": "bafkreiblob"},
                    "mimeType": request.media_type(), "size": request.body.len(),
                }}),
            ),
            "repo.putRecord" => self.put(&request.json()),
            "repo.getRecord" => self.get(&request.query_value("rkey").unwrap()),
            "repo.listRecords" => self.list(),
            _ => refusal(501, "MethodNotImplemented"),
        }
    }
}

/// Returns an answer in the form of the protocol's errors.
pub(super) fn refusal(status: u16, error: &str) -> Answer {
    Answer::json(
        status,
        &json!({"error": error, "message": "As the test says."}),
    )
}

fn uri(key: &str) -> String {
    format!("at://{DID}/app.bsky.feed.post/{key}")
}

/// Returns an identifier of the content.
fn cid_of(record: &Value) -> String {
    format!(
        "bafy{}",
        syndicate_api::sha256_hex(record.to_string().as_bytes())
    )
}
