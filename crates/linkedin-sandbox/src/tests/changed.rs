use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Call, Client, DEMO, Reply, article_post, text_post};

fn path_of(urn: &str) -> String {
    format!("/rest/posts/{}", urn.replace(':', "%3A"))
}

fn edit(urn: &str, set: &Value) -> Call {
    Call::rest(Method::POST, &path_of(urn))
        .with("x-restli-method", "PARTIAL_UPDATE")
        .json(&json!({"patch": {"$set": set}}))
}

fn delete(urn: &str) -> Call {
    Call::rest(Method::DELETE, &path_of(urn)).with("x-restli-method", "DELETE")
}

async fn posted(client: &Client, body: &Value) -> String {
    client.post(body).await.header("x-restli-id").to_owned()
}

fn is_empty(reply: &Reply) -> bool {
    reply.status == StatusCode::NO_CONTENT && reply.body.is_empty()
}

#[tokio::test]
async fn edit_changes_text_and_marks_post() {
    let client = Client::new();
    let urn = posted(&client, &article_post("befor")).await;
    let later = client.at("2026-11-22T12:30:00Z");
    let set = json!({"commentary": r"before \(2\) #now", "contentCallToActionLabel": "LEARN_MORE"});
    assert!(is_empty(&later.send(edit(&urn, &set)).await));

    let feed = client.get("/feed.json").await.json();
    assert_eq!(feed[0]["text"], "before (2) #now");
    assert_eq!(feed[0]["edited"], "2026-11-22T12:30:00Z");
    assert_eq!(feed[0]["created"], "2026-11-22T12:00:00Z");
    assert_eq!(feed[0]["raw"], article_post("befor"), "what created it");
    assert_eq!(feed[0]["article"]["title"], "A title (plain)");
    let page = client.get("/").await.text();
    assert!(page.contains("Edited"), "{page}");
    assert!(page.contains("<span class=\"link\">#now</span>"), "{page}");
}

#[tokio::test]
async fn edited_text_can_be_cut() {
    let client = Client::new();
    let urn = posted(&client, &text_post("whole")).await;
    let reply = client
        .send(edit(&urn, &json!({"commentary": "a (b"})))
        .await;
    assert!(is_empty(&reply), "LinkedIn accepts it without an error");
    assert_eq!(client.get("/feed.json").await.json()[0]["cut_at"], 3);
    let record = client.get("/log").await.text();
    assert!(record.contains("cut at unescaped `(`"), "{record}");
}

#[tokio::test]
async fn edit_of_other_fields_is_refused() {
    let client = Client::new();
    let urn = posted(&client, &article_post("hi")).await;
    for (set, path) in [
        (
            json!({"visibility": "CONNECTIONS"}),
            "/patch/$set/visibility",
        ),
        (json!({"author": DEMO}), "/patch/$set/author"),
        (
            json!({"content": {"article": {"title": "other"}}}),
            "/patch/$set/content",
        ),
        (json!({"commentary": null}), "/patch/$set/commentary"),
    ] {
        let reply = client.send(edit(&urn, &set)).await;
        assert_eq!(
            reply.json(),
            json!({"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": format!(
                "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while \
                 processing fields [{path}]")})
        );
    }
    let feed = client.get("/feed.json").await.json();
    assert_eq!(feed[0]["edited"], Value::Null);
}

#[tokio::test]
async fn edit_values_are_checked() {
    let client = Client::new();
    let urn = posted(&client, &text_post("hi")).await;
    for (set, code) in [
        (json!({"commentary": " "}), "INVALID_VALUE_BLANK_FIELD"),
        (
            json!({"commentary": "x".repeat(3001)}),
            "FIELD_ARRAY_SIZE_TOO_HIGH",
        ),
        (
            json!({"lifecycleState": "DRAFT"}),
            "INVALID_VALUE_FOR_FIELD",
        ),
        (json!({"contentLandingPage": "example.org"}), "INVALID_URL"),
    ] {
        let reply = client.send(edit(&urn, &set)).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{set}");
        let code_of = &reply.json()["errorDetails"]["inputErrors"][0]["code"];
        assert_eq!(code_of, code, "{set}");
    }
    let empty = Call::rest(Method::POST, &path_of(&urn))
        .with("x-restli-method", "PARTIAL_UPDATE")
        .json(&json!({"patch": {}}));
    let reply = client.send(empty).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text().contains("/patch/$set :: field is required"));
}

#[tokio::test]
async fn delete_can_be_repeated() {
    let client = Client::new();
    let urn = posted(&client, &text_post("gone")).await;
    posted(&client, &text_post("stays")).await;
    for _ in 0..2 {
        assert!(is_empty(&client.send(delete(&urn)).await));
    }
    assert!(is_empty(&client.send(delete("urn:li:share:1")).await));

    let feed = client.get("/feed.json").await.json();
    assert_eq!(feed.as_array().unwrap().len(), 1, "{feed}");
    assert!(!client.get("/").await.text().contains("gone"));
    let reply = client.send(edit(&urn, &json!({"commentary": "x"}))).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert_eq!(reply.json()["code"], "NOT_FOUND");
}

#[tokio::test]
async fn duplicate_of_deleted_post_is_refused() {
    let client = Client::new();
    let urn = posted(&client, &text_post("again")).await;
    client.send(delete(&urn)).await;
    let reply = client.post(&text_post("again")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text().contains(&format!("a duplicate of {urn}\"")));

    let edited = posted(&client, &text_post("one")).await;
    client
        .send(edit(&edited, &json!({"commentary": "two"})))
        .await;
    let reply = client.post(&text_post("two")).await;
    assert!(reply.text().contains(&format!("a duplicate of {edited}\"")));
    assert_eq!(
        client.post(&text_post("one")).await.status,
        StatusCode::CREATED,
        "nothing says so any more"
    );
}

#[tokio::test]
async fn post_calls_need_method_and_valid_urn() {
    let client = Client::new();
    let urn = posted(&client, &text_post("hi")).await;
    let set = json!({"commentary": "x"});
    let raw = |mut call: Call| {
        call.path = format!("/rest/posts/{urn}");
        call
    };
    for call in [raw(edit(&urn, &set)), raw(delete(&urn))] {
        assert_eq!(
            client.send(call).await.json(),
            json!({"status": 400, "code": "ILLEGAL_ARGUMENT", "message": "Syntax exception in path variables"})
        );
    }
    for (call, status, word) in [
        (
            edit(&urn, &set).without("x-restli-method"),
            400,
            "PARTIAL_UPDATE",
        ),
        (delete(&urn).without("x-restli-method"), 400, "DELETE"),
        (
            delete(&urn).with("x-restli-method", "PARTIAL_UPDATE"),
            400,
            "PARTIAL_UPDATE",
        ),
        (delete("urn:li:activity:1"), 400, "INVALID_URN_TYPE"),
        (delete("urn:li:share:x"), 400, "INVALID_URN_TYPE"),
        (
            edit(&urn, &set).with("authorization", "Bearer member-else"),
            403,
            "ACCESS_DENIED",
        ),
        (
            delete(&urn).with("authorization", "Bearer member-else"),
            403,
            "ACCESS_DENIED",
        ),
        (
            edit(&urn, &set).with("authorization", "Bearer noscope"),
            403,
            "partnerApiPostsExternal.PARTIAL_UPDATE.20260901",
        ),
        (
            delete(&urn).with("authorization", "Bearer noscope"),
            403,
            "partnerApiPostsExternal.DELETE.20260901",
        ),
    ] {
        let reply = client.send(call).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
        assert!(reply.text().contains(word), "{}", reply.text());
    }
    assert_eq!(client.get("/feed.json").await.json()[0]["text"], "hi");
}

#[tokio::test]
async fn post_scope_cannot_read_posts() {
    let client = Client::new();
    let urn = posted(&client, &text_post("hi")).await;
    let ask = |path: &str| Call::rest(Method::GET, path);
    let finder = format!("/rest/posts?author={}&q=author", DEMO.replace(':', "%3A"));
    for (call, resource) in [
        (ask(&path_of(&urn)), "GET"),
        (
            ask(&finder).with("x-restli-method", "FINDER"),
            "FINDER-author",
        ),
        (
            ask("/rest/posts?ids=List(urn%3Ali%3Ashare%3A1)").with("x-restli-method", "BATCH_GET"),
            "BATCH_GET",
        ),
    ] {
        assert_eq!(
            client.send(call).await.json(),
            json!({"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": format!(
                "Not enough permissions to access: partnerApiPostsExternal.{resource}.20260901")})
        );
    }
    let reply = client.send(ask(&finder)).await;
    assert_eq!(reply.json()["code"], "ILLEGAL_ARGUMENT");
    let raw = client.send(ask(&format!("/rest/posts/{urn}"))).await;
    assert_eq!(raw.json()["code"], "ILLEGAL_ARGUMENT");
}
