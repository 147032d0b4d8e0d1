use serde_json::{Value, json};
use syndicate_api::testkit::wiremock::{MockServer, Request};
use syndicate_api::testkit::{build_sink, context};
use syndicate_api::{
    Code, Context, Env, Finding, Found, FoundBy, Prepared, PublishError, PublishErrorKind,
    Readiness, Receipt, ServerInfo, Sink, Sought, Stamp,
};

use super::platform::{DID, answer, blob, post, preparation, refusal, session, sink};
use crate::xrpc::{DELETE_RECORD, GET_RECORD, LIST_RECORDS, PUT_RECORD, REFRESH_SESSION};

const KEY: &str = "0193a7c5-0000-7000-8000-000000000002";

async fn prepared(cx: &Context, sink: &dyn Sink) -> Prepared {
    let payload = sink.compose(&post(), &ServerInfo::default()).unwrap();
    let Readiness::Ready(ready) = sink
        .prepare(cx, &payload.steps, &payload.media)
        .await
        .unwrap()
    else {
        panic!("nothing exists");
    };
    let stamp = Stamp {
        now: "2026-11-28T09:00:00.123Z".parse().unwrap(),
        attempt: KEY.to_owned(),
    };
    sink.seal(cx, &payload.steps, ready, &stamp).unwrap()
}

fn uri() -> String {
    let now = "2026-11-28T09:00:00.123Z".parse().unwrap();
    format!(
        "at://{DID}/app.bsky.feed.post/{}",
        crate::tid::post_key(now, KEY)
    )
}

async fn serve(answers: Vec<(&str, &str, u16, Value)>) -> MockServer {
    let server = MockServer::start().await;
    for (verb, name, status, body) in answers {
        answer(verb, name, status, &body).mount(&server).await;
    }
    for mock in preparation() {
        mock.mount(&server).await;
    }
    server
}

async fn requests(server: &MockServer, name: &str) -> Vec<Request> {
    let requests = server.received_requests().await.unwrap();
    requests
        .into_iter()
        .filter(|request| request.url.path() == format!("/xrpc/{name}"))
        .collect()
}

async fn send(server: &MockServer) -> Result<Receipt, PublishError> {
    let (sink, cx) = (sink(&server.uri()), context());
    let prepared = prepared(&cx, &*sink).await;
    sink.send(&cx, &prepared, 0).await
}

#[tokio::test]
async fn request_has_key_time_and_filled_slots() {
    let created = json!({"uri": uri(), "cid": "bafyreipost"});
    let server = serve(vec![("POST", PUT_RECORD, 200, created)]).await;
    let receipt = send(&server).await.unwrap();
    let sent: Value = requests(&server, PUT_RECORD).await[0].body_json().unwrap();
    let rkey = uri().rsplit('/').next().unwrap().to_owned();
    assert_eq!(
        sent,
        json!({
            "repo": DID,
            "collection": "app.bsky.feed.post",
            "rkey": rkey,
            "swapRecord": null,
            "record": {
                "$type": "app.bsky.feed.post",
                "text": "Hello Joe #rust",
                "createdAt": "2026-11-28T09:00:00.123Z",
                "langs": ["en-US"],
                "facets": [
                    {"index": {"byteStart": 6, "byteEnd": 9}, "features": [
                        {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:joe"}]},
                    {"index": {"byteStart": 10, "byteEnd": 15}, "features": [
                        {"$type": "app.bsky.richtext.facet#tag", "tag": "rust"}]},
                ],
                "embed": {"$type": "app.bsky.embed.external", "external": {
                    "uri": "https://example.org/a/", "title": "A post",
                    "description": "About it", "thumb": blob()}},
            },
        })
    );
    assert_eq!(receipt.id, Some(uri()));
    assert_eq!(
        receipt.url,
        Some(format!("https://bsky.app/profile/{DID}/post/{rkey}"))
    );
    assert_eq!(receipt.at.unwrap().to_string(), "2026-11-28T09:00:00.123Z");
    let extra = ["uri", "cid", "rkey"].map(|name| receipt.extra[name].as_str().unwrap().to_owned());
    assert_eq!(extra, [uri(), "bafyreipost".to_owned(), rkey]);
}

#[tokio::test]
async fn expired_token_is_renewed_once() {
    let server = MockServer::start().await;
    let expired = answer("POST", PUT_RECORD, 400, &refusal("ExpiredToken"));
    expired.up_to_n_times(1).mount(&server).await;
    let created = json!({"uri": uri(), "cid": "bafyreipost"});
    answer("POST", PUT_RECORD, 200, &created)
        .mount(&server)
        .await;
    answer("POST", REFRESH_SESSION, 200, &session("access-token-2"))
        .mount(&server)
        .await;
    for mock in preparation() {
        mock.mount(&server).await;
    }
    send(&server).await.unwrap();
    let sent = requests(&server, PUT_RECORD).await;
    let tokens = sent.iter().map(|request| &request.headers["authorization"]);
    assert_eq!(
        tokens.collect::<Vec<_>>(),
        ["Bearer access-token-1", "Bearer access-token-2"]
    );
    assert_eq!(sent[0].body, sent[1].body);
    let renewal = requests(&server, REFRESH_SESSION).await;
    assert_eq!(
        renewal[0].headers["authorization"],
        "Bearer refresh-token-1"
    );
}

#[tokio::test]
async fn expired_token_twice_is_unauthorized() {
    let server = serve(vec![
        ("POST", PUT_RECORD, 400, refusal("ExpiredToken")),
        ("POST", REFRESH_SESSION, 200, session("access-token-2")),
    ])
    .await;
    let error = send(&server).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unauthorized);
    assert_eq!(requests(&server, PUT_RECORD).await.len(), 2);
}

#[tokio::test]
async fn revoked_refresh_token_leads_to_password() {
    let server = serve(vec![
        ("POST", PUT_RECORD, 400, refusal("ExpiredToken")),
        ("POST", REFRESH_SESSION, 400, refusal("ExpiredToken")),
    ])
    .await;
    send(&server).await.unwrap_err();
    let sign_ins = requests(&server, crate::xrpc::CREATE_SESSION).await;
    assert_eq!(sign_ins.len(), 2);
}

#[tokio::test]
async fn invalid_token_is_replaced() {
    let server = serve(vec![
        ("POST", PUT_RECORD, 400, refusal("InvalidToken")),
        ("POST", REFRESH_SESSION, 400, refusal("InvalidToken")),
    ])
    .await;
    let error = send(&server).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unauthorized);
    assert_eq!(requests(&server, PUT_RECORD).await.len(), 2);
}

#[tokio::test]
async fn session_of_other_account_is_refused() {
    let server = serve(vec![]).await;
    let mut options = super::platform::options(&server.uri());
    options["handle"] = "did:plc:another".into();
    let sink = syndicate_api::testkit::build_sink(&crate::PLUGIN, &options);
    let error = sink.account(&context()).await.unwrap_err();
    assert_eq!(error.code, Code::OtherAccount);
}

#[tokio::test]
async fn occupied_key_names_existing_post() {
    let other = json!({"uri": uri(), "cid": "bafyreiother", "value": {"text": "another"}});
    let server = serve(vec![
        ("POST", PUT_RECORD, 400, refusal("InvalidSwap")),
        ("GET", GET_RECORD, 200, other),
    ])
    .await;
    let error = send(&server).await.unwrap_err();
    assert_eq!(
        (error.kind, error.code),
        (PublishErrorKind::Rejected, Code::Duplicate)
    );
    assert_eq!(error.existing.unwrap().extra["cid"], "bafyreiother");
}

#[tokio::test]
async fn equal_record_is_success_on_strict_server() {
    let server = serve(vec![("POST", PUT_RECORD, 400, refusal("InvalidSwap"))]).await;
    let sink = sink(&server.uri());
    let prepared = prepared(&context(), &*sink).await;
    let record = prepared.create().unwrap().request.body.as_json()["record"].clone();
    let there = json!({"uri": uri(), "cid": "bafyreipost", "value": record});
    answer("GET", GET_RECORD, 200, &there).mount(&server).await;
    let receipt = sink.send(&context(), &prepared, 0).await.unwrap();
    assert_eq!(receipt.extra["cid"], "bafyreipost");
}

#[tokio::test]
async fn find_reads_record_by_key() {
    for (status, body, expected) in [
        (
            200,
            json!({"uri": uri(), "cid": "bafyreipost", "value": {}}),
            Some(true),
        ),
        (400, refusal("RecordNotFound"), Some(false)),
        (400, refusal("InvalidRequest"), None),
        (404, json!({"message": "no such page"}), None),
        (502, json!({}), None),
        (
            200,
            json!({"uri": "at://did:plc:x/a.b.c/d", "cid": "x", "value": {}}),
            None,
        ),
    ] {
        let case = format!("{status} {body}");
        let server = serve(vec![("GET", GET_RECORD, status, body)]).await;
        let sink = sink(&server.uri());
        let prepared = prepared(&context(), &*sink).await;
        let sought = Sought {
            intent: Some(("2026-11-28T09:00:00.123Z".parse().unwrap(), &prepared.slots)),
            ..Sought::default()
        };
        let found = sink.find(&context(), &sought).await;
        let found = found.ok().map(|found| match found {
            Found::Here { by, .. } => by == FoundBy::Key,
            Found::NotThere => false,
            Found::Unclear(reason) => panic!("{case}: {reason}"),
        });
        assert_eq!(found, expected, "{case}");
    }
}

#[tokio::test]
async fn find_searches_links_without_slots() {
    let record = |rkey: &str, uri: &str| {
        json!({"uri": format!("at://{DID}/app.bsky.feed.post/{rkey}"), "cid": "bafyrei",
            "value": {"createdAt": "2026-11-28T09:00:00Z", "embed": {"external": {"uri": uri}}}})
    };
    let page = json!({"cursor": "a", "records": [record("b", "https://example.org/b/"),
        record("a", "https://example.org/a")]});
    let find = async |link: &str| {
        let server = MockServer::start().await;
        let first = answer("GET", LIST_RECORDS, 200, &page).up_to_n_times(1);
        let last = answer("GET", LIST_RECORDS, 200, &json!({"records": []}));
        let handle = "com.atproto.identity.resolveHandle";
        let account = answer("GET", handle, 200, &json!({"did": DID}));
        for mock in [first, last, account] {
            mock.mount(&server).await;
        }
        let sought = Sought {
            links: &[link.to_owned()],
            ..Sought::default()
        };
        let found = sink(&server.uri()).find(&context(), &sought).await;
        found.unwrap()
    };
    let found = find("https://example.org/a/").await;
    let Found::Here { receipt, by } = found else {
        panic!("{found:?}");
    };
    assert_eq!((&receipt.extra["rkey"], by), (&json!("a"), FoundBy::Link));
    let found = find("https://example.org/c/").await;
    assert_eq!(found, Found::NotThere);
}

#[tokio::test]
async fn retract_deletes_record() {
    let server = serve(vec![("POST", DELETE_RECORD, 200, json!({}))]).await;
    let sink = sink(&server.uri());
    let receipt = Receipt::new(format!("at://{DID}/app.bsky.feed.post/3l2abc"));
    sink.retract(&context(), &receipt).await.unwrap();
    let sent: Value = requests(&server, DELETE_RECORD).await[0]
        .body_json()
        .unwrap();
    assert_eq!(
        sent,
        json!({"repo": DID, "collection": "app.bsky.feed.post", "rkey": "3l2abc"})
    );
    let error = sink
        .retract(&context(), &Receipt::new("urn:li:share:1"))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Unsupported);
}

#[tokio::test]
async fn unknown_mention_is_named() {
    let server = MockServer::start().await;
    let unknown = refusal("HandleNotFound");
    answer("GET", "com.atproto.identity.resolveHandle", 400, &unknown)
        .mount(&server)
        .await;
    for mock in preparation() {
        mock.mount(&server).await;
    }
    let (sink, cx) = (sink(&server.uri()), context());
    let payload = sink.compose(&post(), &ServerInfo::default()).unwrap();
    let prepared = sink.prepare(&cx, &payload.steps, &payload.media).await;
    let error = prepared.unwrap_err();
    assert_eq!(error.code, Code::MentionInvalid);
    assert!(error.message.contains("`joe.example`"), "{error}");
}

#[test]
fn empty_password_counts_as_missing() {
    let options = json!({"handle": "jane.example", "password": "${BLUESKY_APP_PASSWORD}"});
    let sink = build_sink(&crate::PLUGIN, &options);
    for (password, expected) in [("", "`password` is empty"), ("abcd-efgh-2345-wxyz", "")] {
        let mut cx = context();
        cx.env = Env::from_pairs([("BLUESKY_APP_PASSWORD", password)]);
        let failed = sink
            .check(&cx)
            .into_iter()
            .find_map(|finding| match finding {
                Finding::Failed(diagnostic) => Some(diagnostic.message),
                _ => None,
            });
        assert_eq!(failed.is_none(), expected.is_empty(), "{failed:?}");
        assert!(failed.unwrap_or_default().contains(expected));
    }
}
