//! The official Bluesky PDS.

use serde_json::{Value, json};
use syndicate_api::http::{HttpRequest, HttpResponse};

use crate::support::ProxyFault;
use crate::support::client::{get, json_request, send, try_send};
use crate::support::servers::{Pds, PdsAccount};

const POST: &str = "app.bsky.feed.post";
const DOCUMENT: &str = "site.standard.document";

/// Returns the input of `putRecord` that creates a record or repeats its creation.
fn put(account: &PdsAccount, collection: &str, key: &str, record: &Value) -> Value {
    let mut record = record.clone();
    record["$type"] = collection.into();
    json!({
        "repo": account.did, "collection": collection, "rkey": key, "swapRecord": null,
        "record": record,
    })
}

fn post(text: &str) -> Value {
    json!({"text": text, "createdAt": "2026-11-20T12:00:00.000Z"})
}

fn document() -> Value {
    json!({
        "site": "https://blog.example", "path": "/one", "title": "One",
        "publishedAt": "2026-11-20T12:00:00.000Z",
    })
}

/// Returns a post with a card for the page of `document()`, which refers to this document.
fn post_about(document: &str, cid: &str) -> Value {
    let mut post = post("New: One");
    post["embed"] = json!({"$type": "app.bsky.embed.external", "external": {
        "uri": "https://blog.example/one", "title": "One", "description": "",
        "associatedRefs": [{"$type": "com.atproto.repo.strongRef", "uri": document, "cid": cid}],
    }});
    post
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn app_password_opens_session() {
    let pds = Pds::shared();
    let account = pds.account("signs-in");
    for password in [&account.password, &account.app_password] {
        let input = json!({"identifier": account.handle, "password": password});
        let session = pds.expect("com.atproto.server.createSession", "", &input);
        assert_eq!(session["did"], account.did);
        let token = session["accessJwt"].as_str().unwrap();
        let input = put(&account, POST, "3mabcdefghi22", &post("Hello"));
        pds.expect("com.atproto.repo.putRecord", token, &input);
    }
    let input = json!({"identifier": account.handle, "password": "wrong"});
    let refusal = pds.call("com.atproto.server.createSession", "", &input);
    assert_eq!(refusal.status, 401);
    assert_eq!(refusal.json()["error"], "AuthenticationRequired");
}

/// Calls a procedure that has no input, such as `refreshSession`.
fn call_without_input(pds: &Pds, procedure: &str, token: &str) -> HttpResponse {
    let url = format!("{}/xrpc/{procedure}", pds.url());
    let request = HttpRequest::new("POST", url);
    send(request.header("authorization", format!("Bearer {token}")))
}

/// The former token still works for a while, so that nothing is lost if the answer with the new one is.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn former_refresh_token_renews_again() {
    let pds = Pds::shared();
    let account = pds.account("renews");
    let input = json!({"identifier": account.handle, "password": account.app_password});
    let session = pds.expect("com.atproto.server.createSession", "", &input);
    let former = session["refreshJwt"].as_str().unwrap();
    let renew = |token: &str| call_without_input(pds, "com.atproto.server.refreshSession", token);
    let renewed = renew(former).json()["refreshJwt"].take();
    let renewed = renewed.as_str().unwrap();
    assert_ne!(renewed, former);
    assert_eq!((renew(former).status, renew(renewed).status), (200, 200));

    let access = session["accessJwt"].as_str().unwrap();
    assert_eq!(renew(access).json()["error"], "InvalidToken");
    let end = call_without_input(pds, "com.atproto.server.deleteSession", renewed);
    assert_eq!(end.status, 200);
    let refusal = renew(renewed);
    assert_eq!(refusal.status, 400);
    assert_eq!(refusal.json()["error"], "ExpiredToken");
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn did_document_names_server() {
    let pds = Pds::shared();
    let account = pds.account("resolved");
    let handle = [("handle", account.handle.as_str())];
    let resolved = pds.query("com.atproto.identity.resolveHandle", &handle);
    assert_eq!(resolved.json()["did"], account.did);
    let document = get(&format!("{}/{}", pds.plc_url(), account.did), "").json();
    assert_eq!(document["service"][0]["serviceEndpoint"], pds.url());
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn equal_record_makes_no_commit() {
    let pds = Pds::shared();
    let account = pds.account("repeats");
    let input = put(&account, POST, "3mabcdefghi22", &post("Hello"));
    let first = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!(first["validationStatus"], "valid");
    let revision = pds.revision(&account.did);
    assert_eq!(first["commit"]["rev"], revision);
    let second = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!(
        (&second["cid"], &second["commit"]),
        (&first["cid"], &Value::Null)
    );
    assert_eq!(pds.revision(&account.did), revision);
    let other = put(&account, POST, "3mabcdefghi23", &post("Hello"));
    pds.expect("com.atproto.repo.putRecord", &account.token, &other);
    assert_ne!(pds.revision(&account.did), revision);
    assert_eq!(pds.records(&account.did, POST).len(), 2);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn repeat_after_cut_answer_makes_no_commit() {
    let pds = Pds::shared();
    let account = pds.account("cut");
    let (proxy, plc) = pds.behind_proxies();
    let document = get(&format!("{}/{}", plc.url, account.did), "").json();
    let address = document["service"][0]["serviceEndpoint"].as_str().unwrap();
    assert_eq!(address, proxy.url);

    proxy.fault(
        "POST /xrpc/com.atproto.repo.putRecord",
        1,
        ProxyFault::CutAnswer,
    );
    let url = format!("{address}/xrpc/com.atproto.repo.putRecord");
    let input = put(&account, POST, "3mabcdefghi22", &post("Hello"));
    let create = || try_send(json_request("POST", &url, &account.token, &input));
    assert!(create().is_err());
    let revision = pds.revision(&account.did);
    assert_eq!(create().unwrap().status, 200);
    assert_eq!(pds.revision(&account.did), revision);
    assert_eq!(pds.records(&account.did, POST).len(), 1);
    assert_eq!(proxy.requests("POST /xrpc/com.atproto.repo.putRecord"), 2);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn different_record_is_invalid_swap() {
    let pds = Pds::shared();
    let account = pds.account("swaps");
    let input = put(&account, POST, "3mabcdefghi22", &post("Hello"));
    pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    let input = put(&account, POST, "3mabcdefghi22", &post("Something else"));
    let refusal = pds.call("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!(refusal.status, 400);
    assert_eq!(refusal.json()["error"], "InvalidSwap");
    let records = pds.records(&account.did, POST);
    assert_eq!(
        (records.len(), &records[0]["value"]["text"]),
        (1, &json!("Hello"))
    );
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn bad_token_is_bad_request() {
    let pds = Pds::shared();
    let account = pds.account("refused");
    let input = put(&account, POST, "3mabcdefghi22", &post("Hello"));
    for (token, status, error) in [("bad", 400, "InvalidToken"), ("", 401, "AuthMissing")] {
        let refusal = pds.call("com.atproto.repo.putRecord", token, &input);
        assert_eq!(refusal.status, status, "`{token}`");
        assert_eq!(refusal.json()["error"], error, "`{token}`");
    }
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn card_needs_uploaded_small_thumbnail() {
    let pds = Pds::shared();
    let account = pds.account("pictured");
    let with_thumbnail = |blob: &Value| {
        let mut post = post("New: One");
        post["embed"] = json!({"$type": "app.bsky.embed.external", "external": {
            "uri": "https://blog.example/one", "title": "One", "description": "", "thumb": blob,
        }});
        let input = put(&account, POST, "3mabcdefghi22", &post);
        pds.call("com.atproto.repo.putRecord", &account.token, &input)
    };
    let blob = pds.upload(&account.token, "image/png", vec![1; 1_000_001]);
    let refusal = with_thumbnail(&blob);
    assert_eq!(refusal.status, 400);
    assert_eq!(refusal.json()["error"], "InvalidRequest");
    let mut blob = pds.upload(&account.token, "image/png", vec![2; 1_000_000]);
    let uploaded = blob["ref"]["$link"].clone();
    blob["ref"]["$link"] = "bafkreignadrjfrmxbu6f4lyp7jixdzkvxrdl7rh23x5uuqmlnbalq3tzum".into();
    assert_eq!(with_thumbnail(&blob).json()["error"], "BlobNotFound");
    blob["ref"]["$link"] = uploaded;
    assert_eq!(with_thumbnail(&blob).status, 200);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn standard_site_document_is_validated() {
    let pds = Pds::shared();
    let account = pds.account("documents");
    let input = put(&account, DOCUMENT, "3mabcdefghi22", &document());
    let created = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!(created["validationStatus"], "valid");
    for name in ["site", "title", "publishedAt"] {
        let mut record = document();
        record.as_object_mut().unwrap().remove(name);
        let input = put(&account, DOCUMENT, "3mabcdefghi23", &record);
        let refusal = pds.call("com.atproto.repo.putRecord", &account.token, &input);
        assert_eq!(refusal.status, 400, "{name}");
        let message = refusal.json()["message"].as_str().unwrap().to_owned();
        let expected = format!("Missing required key \"{name}\"");
        assert!(message.contains(&expected), "{message}");
    }
}

/// The PDS does not check that the records exist to which a post refers, and the CID of a record depends only
/// on its content. So a sink can compute the CID of the document, publish the post first, and create exactly
/// this document as a follow-up.
///
/// No server of these tests draws the card. By its source (`@atproto/bsky`, `hydration/external.js` and
/// `util/standard-site.js`), the AppView finds a document only by the pair of URI and CID in the post. The post
/// must also refer to the publication if `site` of the document does, and the card's `uri` must be the address
/// of the publication and the document's `path`. The AppView then shows the document's title and description,
/// and the card's thumbnail.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn post_may_precede_its_document() {
    let pds = Pds::shared();
    // The other account's record has the CID that a sink computes itself.
    let other = pds.account("computes");
    let input = put(&other, DOCUMENT, "3mabcdefghi22", &document());
    let computed = pds.expect("com.atproto.repo.putRecord", &other.token, &input)["cid"].clone();

    let account = pds.account("refers");
    let uri = format!("at://{}/{DOCUMENT}/3mabcdefghi23", account.did);
    let post = post_about(&uri, computed.as_str().unwrap());
    let input = put(&account, POST, "3mabcdefghi24", &post);
    let created = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!(created["validationStatus"], "valid");
    assert_eq!(pds.records(&account.did, DOCUMENT), [] as [Value; 0]);

    let input = put(&account, DOCUMENT, "3mabcdefghi23", &document());
    let written = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!((&written["uri"], &written["cid"]), (&uri.into(), &computed));
}

/// A document that refers to its post has another CID than the post names, since each would contain the hash of
/// the other. So the document is first created without the reference.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn post_reference_changes_document_cid() {
    let pds = Pds::shared();
    let account = pds.account("mutual");
    let mut document = document();
    let input = put(&account, DOCUMENT, "3mabcdefghi22", &document);
    let first = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    let (uri, cid) = (
        first["uri"].as_str().unwrap(),
        first["cid"].as_str().unwrap(),
    );
    let input = put(&account, POST, "3mabcdefghi23", &post_about(uri, cid));
    let post = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    document["bskyPostRef"] = json!({"uri": post["uri"], "cid": post["cid"]});
    let mut input = put(&account, DOCUMENT, "3mabcdefghi22", &document);
    input["swapRecord"] = cid.into();
    let second = pds.expect("com.atproto.repo.putRecord", &account.token, &input);
    assert_eq!(second["uri"], uri);
    assert_ne!(second["cid"], cid);
}
