use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Call, Client, article_post, text_post};

/// Returns `post` with the value at `pointer` replaced, or removed if `value` is `None`.
fn with_value(mut post: Value, pointer: &str, value: Option<Value>) -> Value {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = post.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => parent.insert(key.to_owned(), value),
        None => parent.remove(key),
    };
    post
}

#[tokio::test]
async fn missing_fields_are_listed() {
    let missing = |paths: &[&str]| -> String {
        let line = |path: &&str| {
            format!("ERROR :: {path} :: field is required but not found and has no default value\n")
        };
        paths.iter().map(line).collect()
    };
    let without = |pointer: &str| with_value(article_post("hi"), pointer, None);
    let empty_title = with_value(
        article_post("hi"),
        "/content/article/title",
        Some(json!("")),
    );
    let without_two = with_value(without("/distribution"), "/content/article/title", None);
    for (body, paths) in [
        (without("/author"), vec!["/author"]),
        (without("/commentary"), vec!["/commentary"]),
        (without("/visibility"), vec!["/visibility"]),
        (without("/lifecycleState"), vec!["/lifecycleState"]),
        (without("/distribution"), vec!["/distribution"]),
        (
            without("/distribution/feedDistribution"),
            vec!["/distribution/feedDistribution"],
        ),
        (
            without("/content/article/source"),
            vec!["/content/article/source"],
        ),
        (
            without("/content/article/title"),
            vec!["/content/article/title"],
        ),
        (empty_title, vec!["/content/article/title"]),
        (without_two, vec!["/content/article/title", "/distribution"]),
    ] {
        let reply = Client::new().post(&body).await;
        let expected = json!({"message": missing(&paths), "status": 422});
        assert_eq!(reply.json(), expected, "{body}");
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn nulls_and_unknown_fields_are_not_permitted() {
    for (pointer, value) in [
        ("/content", Value::Null),
        ("/content/article/thumbnail", Value::Null),
        ("/distribution/targetEntities", json!([null])),
        ("/id", json!("urn:li:share:1")),
        ("/content/article/image", json!("x")),
    ] {
        let reply = Client::new()
            .post(&with_value(article_post("hi"), pointer, Some(value)))
            .await;
        let path = pointer.replace("targetEntities", "targetEntities/0");
        assert_eq!(
            reply.json(),
            json!({"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": format!(
                "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while \
                 processing fields [{path}]")})
        );
    }
}

#[tokio::test]
async fn wrong_types_are_listed() {
    for (pointer, value, fault) in [
        ("/commentary", json!(5), "5 cannot be coerced to String"),
        (
            "/isReshareDisabledByAuthor",
            json!("no"),
            "\"no\" cannot be coerced to Boolean",
        ),
        (
            "/visibility",
            json!("public"),
            "\"public\" is not an enum symbol",
        ),
        (
            "/visibility",
            json!(1),
            "enum type is not backed by a String",
        ),
        (
            "/distribution",
            json!([]),
            "record type is not backed by a DataMap",
        ),
        (
            "/distribution/targetEntities",
            json!({}),
            "array type is not backed by a DataList",
        ),
        (
            "/content",
            json!({}),
            "DataMap should have at least one entry for a union type",
        ),
        (
            "/content",
            json!("x"),
            "union type is not backed by a DataMap or null",
        ),
        (
            "/content",
            json!({"article": {}, "media": {}}),
            "DataMap should have no more than one entry for a union type",
        ),
    ] {
        let reply = Client::new()
            .post(&with_value(text_post("hi"), pointer, Some(value)))
            .await;
        let expected =
            json!({"message": format!("ERROR :: {pointer} :: {fault}\n"), "status": 422});
        assert_eq!(reply.json(), expected);
    }
    let reply = Client::new().post(&json!([])).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn unsupported_fields_are_reported() {
    for (pointer, value) in [
        ("/content", json!({"carousel": {}})),
        ("/container", json!("urn:li:group:1")),
        ("/distribution/targetEntities", json!([{}])),
    ] {
        let reply = Client::new()
            .post(&with_value(text_post("hi"), pointer, Some(value)))
            .await;
        assert_eq!(reply.json()["code"], "NOT_IN_SANDBOX");
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn invalid_values_have_codes() {
    let article = "/content/article";
    for (pointer, value, code) in [
        (
            "/commentary".to_owned(),
            json!(" \n"),
            "INVALID_VALUE_BLANK_FIELD",
        ),
        (
            "/lifecycleState".to_owned(),
            json!("DRAFT"),
            "INVALID_VALUE_FOR_FIELD",
        ),
        (
            "/visibility".to_owned(),
            json!("LOGGED_IN"),
            "INVALID_VALUE_FOR_FIELD",
        ),
        (format!("{article}/source"), json!("/a"), "INVALID_URL"),
        (
            format!("{article}/source"),
            json!("ftp://example.org/a"),
            "INVALID_URL",
        ),
        (
            format!("{article}/source"),
            json!("https:example.org"),
            "INVALID_URL",
        ),
        (
            format!("{article}/source"),
            json!("https://example.org/a "),
            "INVALID_URL",
        ),
        (
            format!("{article}/source"),
            json!("https://"),
            "INVALID_URL",
        ),
        (
            format!("{article}/thumbnail"),
            json!("https://example.org/a.png"),
            "INVALID_URN_TYPE",
        ),
        (
            format!("{article}/thumbnail"),
            json!("urn:li:digitalmediaAsset:a"),
            "INVALID_URN_TYPE",
        ),
        (
            format!("{article}/thumbnail"),
            json!("urn:li:image:unknown"),
            "INVALID_IMAGE_ID",
        ),
        (
            format!("{article}/title"),
            json!("x".repeat(401)),
            "FIELD_LENGTH_TOO_LONG",
        ),
        (
            format!("{article}/description"),
            json!("x".repeat(4086)),
            "FIELD_LENGTH_TOO_LONG",
        ),
        (
            format!("{article}/thumbnailAltText"),
            json!("x".repeat(4086)),
            "FIELD_LENGTH_TOO_LONG",
        ),
    ] {
        let reply = Client::new()
            .post(&with_value(article_post("hi"), &pointer, Some(value)))
            .await;
        let errors = &reply.json()["errorDetails"]["inputErrors"];
        assert_eq!(errors[0]["code"], code, "{}", reply.text());
        assert_eq!(errors.as_array().unwrap().len(), 1);
        assert!(
            errors[0]["description"]
                .as_str()
                .unwrap()
                .starts_with(&pointer)
        );
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn commentary_limit_counts_utf16_units() {
    let client = Client::new();
    for text in ["x".repeat(3000), "🙂".repeat(1500), "\\(".repeat(1500)] {
        assert_eq!(
            client.post(&text_post(&text)).await.status,
            StatusCode::CREATED
        );
    }
    let text = format!("{}x", "🙂".repeat(1500));
    assert_eq!(
        client.post(&text_post(&text)).await.json(),
        json!({
            "errorDetailType": "com.linkedin.common.error.BadRequest",
            "message": "com.linkedin.content.common.exception.BadRequestResponseException: \
                        ShareCommentary text length (3001 characters) exceeded the maximum allowed \
                        (3000 characters)",
            "errorDetails": {"inputErrors": [{
                "description": "Size of array cannot be higher than the maxLength",
                "input": {"value": {"stringValue": text}},
                "code": "FIELD_ARRAY_SIZE_TOO_HIGH",
                "maxLength": 3000,
            }]},
            "status": 400,
        })
    );
}

#[tokio::test]
async fn foreign_author_is_refused() {
    for author in [
        "urn:li:person:else",
        "urn:li:person:urn:li:person:s4ndb0xQ",
        "urn:li:person:undefined",
        "urn:li:organization:",
        "s4ndb0xQ",
    ] {
        let mut post = text_post("hi");
        post["author"] = author.into();
        assert_eq!(
            Client::new().post(&post).await.json(),
            json!({"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED", "message":
                   "Field Value validation failed in REQUEST_BODY: Data Processing Exception while \
                    processing fields [/author]"}),
            "{author}"
        );
    }
}

#[tokio::test]
async fn duplicate_is_refused_for_a_day() {
    let client = Client::new();
    let first = client.post(&article_post("hi")).await;
    let urn = first.header("x-restli-id");
    let again = client
        .at("2026-11-23T11:59:59Z")
        .post(&article_post("hi"))
        .await;
    assert_eq!(
        again.json(),
        json!({
            "errorDetailType": "com.linkedin.common.error.BadRequest",
            "message": format!("com.linkedin.content.common.exception.BadRequestResponseException: \
                                Content is a duplicate of {urn}"),
            "errorDetails": {"inputErrors": [{
                "description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST",
            }]},
            "status": 422,
        })
    );
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(client.sandbox.posts().len(), 1);

    let other_source = with_value(
        article_post("hi"),
        "/content/article/source",
        Some(json!("https://www.example.org/b")),
    );
    for different in [article_post("ho"), other_source, text_post("hi")] {
        assert_eq!(client.post(&different).await.status, StatusCode::CREATED);
    }
    let next_day = client.at("2026-11-23T12:00:00Z");
    assert_eq!(
        next_day.post(&article_post("hi")).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn body_must_be_json() {
    let mut call = Call::rest(Method::POST, "/rest/posts").with("content-type", "application/json");
    call.body = "{\"author\":".into();
    let reply = Client::new().send(call).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.text().contains("Cannot parse request entity"));
}
