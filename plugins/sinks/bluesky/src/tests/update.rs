use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::MockServer;
use syndicate_api::testkit::{build_sink, context};
use syndicate_api::{
    Code, Payload, Prepared, PublishError, PublishErrorKind, Readiness, Receipt, ServerInfo, Sink,
    Stamp,
};

use super::platform::{DID, answer, options, post, preparation, refusal, sink};
use crate::xrpc::{GET_RECORD, PUT_RECORD};

fn updating(endpoint: &str) -> Box<dyn Sink> {
    let mut options = options(endpoint);
    options["update_card"] = true.into();
    build_sink(&crate::PLUGIN, &options)
}

fn payload(sink: &dyn Sink) -> Payload {
    sink.compose(&post(), &ServerInfo::default()).unwrap()
}

fn receipt() -> Receipt {
    let mut receipt = Receipt::new(uri());
    for (name, value) in [("uri", &*uri()), ("cid", "bafyreiold"), ("rkey", "3l2abc")] {
        receipt.extra.insert(name.to_owned(), value.into());
    }
    receipt
}

fn uri() -> String {
    format!("at://{DID}/app.bsky.feed.post/3l2abc")
}

/// The post as the server has it, in this version.
fn current(cid: &str) -> Value {
    json!({"uri": uri(), "cid": cid,
        "value": {"text": "as it was sent", "createdAt": "2026-11-28T09:00:00.100Z"}})
}

/// Updates the card. Returns the result and the body of the request that writes the post.
async fn update(
    answers: Vec<(&str, &str, u16, Value)>,
) -> (Result<Receipt, PublishError>, Option<Value>) {
    let server = MockServer::start().await;
    for (verb, name, status, body) in answers {
        answer(verb, name, status, &body).mount(&server).await;
    }
    for mock in preparation() {
        mock.mount(&server).await;
    }
    let (sink, cx) = (updating(&server.uri()), context());
    let payload = payload(&*sink);
    let steps = sink.revise(&payload).unwrap().steps;
    let Readiness::Ready(ready) = sink.prepare(&cx, &steps, &payload.media).await.unwrap() else {
        panic!("nothing exists");
    };
    let stamp = Stamp {
        now: "2026-11-28T10:00:00Z".parse().unwrap(),
        attempt: "update".to_owned(),
    };
    let change = sink.seal(&cx, &steps, ready, &stamp).unwrap();
    let change: Prepared = change.with_receipt(&receipt()).unwrap();
    let updated = sink.update(&cx, &receipt(), &change).await;
    let requests = server.received_requests().await.unwrap();
    let put = requests
        .iter()
        .find(|request| request.url.path().ends_with("putRecord"));
    (updated, put.map(|put| put.body_json().unwrap()))
}

#[tokio::test]
async fn update_names_replaced_version() {
    let current = ("GET", GET_RECORD, 200, current("bafyreiold"));
    let written = json!({"uri": uri(), "cid": "bafyreinew"});
    let (updated, sent) = update(vec![current, ("POST", PUT_RECORD, 200, written)]).await;
    let sent = sent.unwrap();
    assert_eq!(sent["swapRecord"], "bafyreiold");
    assert_eq!(sent["rkey"], "3l2abc");
    // Only the card is replaced.
    let mut record = sent["record"].clone();
    let card = record.as_object_mut().unwrap().remove("embed").unwrap();
    assert_eq!(
        record,
        json!({"text": "as it was sent", "createdAt": "2026-11-28T09:00:00.100Z"})
    );
    assert_eq!(card["external"]["title"], "A post");
    let updated = updated.unwrap();
    assert_eq!(updated.extra["cid"], "bafyreinew");
    assert_eq!(updated.id, receipt().id);
}

#[tokio::test]
async fn changed_post_is_conflict() {
    let uri = format!("at://{DID}/app.bsky.feed.post/3l2abc");
    let swap = ("POST", PUT_RECORD, 400, refusal("InvalidSwap"));
    let changed = json!({"uri": uri, "cid": "bafyreiother", "value": {"text": "changed"}});
    let (updated, _) = update(vec![swap.clone(), ("GET", GET_RECORD, 200, changed)]).await;
    assert_eq!(updated.unwrap_err().kind, PublishErrorKind::Conflict);
    let (updated, _) = update(vec![
        swap,
        ("GET", GET_RECORD, 400, refusal("RecordNotFound")),
    ])
    .await;
    assert_eq!(updated.unwrap_err().code, Code::PostGone);
}

#[test]
fn only_card_is_editable_by_option() {
    let sink = sink("https://pds.example");
    assert_eq!(sink.revise(&payload(&*sink)), None);
    assert!(!sink.capabilities().edits);
    let sink = updating("https://pds.example");
    let revision = sink.revise(&payload(&*sink)).unwrap();
    assert_eq!(revision.fixed["text"], "Hello Joe #rust");
    assert_eq!(revision.fixed["embed"], Value::Null);
    assert_eq!(revision.editable["card"]["external"]["title"], "A post");
    assert_eq!(revision.editable["pictures"].as_array().unwrap().len(), 1);
}
