//! A mock server with the answers of a PDS, for single cases. The tests of the program use the real PDS.

use serde_json::{Value, json};
use syndicate_api::testkit::build_sink;
use syndicate_api::testkit::wiremock::matchers::{method, path, query_param};
use syndicate_api::testkit::wiremock::{Mock, ResponseTemplate};
use syndicate_api::{Card, Medium, Picture, Post, RichText, Sink, TextSpan};

pub(super) const DID: &str = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";
pub(super) const PASSWORD: &str = "abcd-efgh-ijkl-mnop";
/// The key of the attempt of the contract test.
pub(super) const PUT: &str = "/xrpc/com.atproto.repo.putRecord";

pub(super) fn options(endpoint: &str) -> Value {
    json!({"handle": "jane.example", "password": PASSWORD, "endpoint": endpoint})
}

pub(super) fn sink(endpoint: &str) -> Box<dyn Sink> {
    build_sink(&crate::PLUGIN, &options(endpoint))
}

/// A post with a card, a picture, a mention and a hashtag.
pub(super) fn post() -> Post {
    let medium = Medium {
        bytes: b"a picture".as_slice().into(),
        media_type: "image/png".into(),
        pixels: Some((1200, 630)),
        ..Medium::default()
    };
    Post {
        text: RichText(vec![
            TextSpan::Text("Hello ".to_owned()),
            TextSpan::Mention {
                name: "Joe".to_owned(),
                target: "joe.example".to_owned(),
            },
            TextSpan::Text(" ".to_owned()),
            TextSpan::Hashtag("rust".to_owned()),
        ]),
        card: Some(Card {
            url: "https://example.org/a/".to_owned(),
            title: "A post".to_owned(),
            description: Some("About it".to_owned()),
            picture: Some(Picture {
                medium,
                alt: None,
                url: None,
            }),
        }),
        lang: Some("en_US".to_owned()),
        ..Post::default()
    }
}

pub(super) fn session(access: &str) -> Value {
    json!({"did": DID, "handle": "jane.example", "accessJwt": access, "refreshJwt": "refresh-token-1"})
}

pub(super) fn blob() -> Value {
    json!({"$type": "blob", "ref": {"$link": "bafkreiblob"}, "mimeType": "image/png", "size": 9})
}

/// Returns the answer to a procedure or query.
pub(super) fn answer(verb: &str, name: &str, status: u16, body: &Value) -> Mock {
    Mock::given(method(verb))
        .and(path(format!("/xrpc/{name}")))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
}

/// Returns the answers to the requests before a post is created.
pub(super) fn preparation() -> Vec<Mock> {
    let resolve = "com.atproto.identity.resolveHandle";
    let own =
        Mock::given(path(format!("/xrpc/{resolve}"))).and(query_param("handle", "jane.example"));
    let did = ResponseTemplate::new(200).set_body_json(json!({"did": DID}));
    vec![
        own.respond_with(did),
        answer(
            "POST",
            "com.atproto.server.createSession",
            200,
            &session("access-token-1"),
        ),
        answer(
            "POST",
            "com.atproto.repo.uploadBlob",
            200,
            &json!({"blob": blob()}),
        ),
        answer("GET", resolve, 200, &json!({"did": "did:plc:joe"})),
    ]
}

pub(super) fn refusal(name: &str) -> Value {
    json!({"error": name, "message": "No."})
}
