use axum::http::{Method, StatusCode};
use image::ImageFormat;
use serde_json::{Value, json};

use super::{BASE, Call, Client, DEMO, picture};

fn legacy(path: &str, body: &Value) -> Call {
    Call::rest(Method::POST, path)
        .without("linkedin-version")
        .json(body)
}

fn ugc(text: &str, category: &str, media: Value) -> Value {
    let mut share = json!({"shareCommentary": {"text": text}, "shareMediaCategory": category});
    if media != json!([]) {
        share["media"] = media;
    }
    json!({
        "author": DEMO,
        "lifecycleState": "PUBLISHED",
        "specificContent": {"com.linkedin.ugc.ShareContent": share},
        "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC"},
    })
}

fn share(text: &str) -> Value {
    json!({
        "owner": DEMO,
        "text": {"text": text},
        "content": {"title": "A title", "contentEntities": [{
            "entityLocation": "https://example.org/a",
            "thumbnails": [{"resolvedUrl": "https://example.org/a.png"}],
        }]},
        "distribution": {"linkedInDistributionTarget": {}},
    })
}

async fn asset(client: &Client) -> String {
    let body = json!({"registerUploadRequest": {
        "recipes": ["urn:li:digitalmediaRecipe:feedshare-image"],
        "owner": DEMO,
        "serviceRelationships": [{"relationshipType": "OWNER",
                                  "identifier": "urn:li:userGeneratedContent"}],
    }});
    let reply = client
        .send(legacy("/v2/assets?action=registerUpload", &body))
        .await
        .json();
    let mechanism = "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest";
    let url = &reply["value"]["uploadMechanism"][mechanism]["uploadUrl"];
    let path = url.as_str().unwrap().strip_prefix(BASE).unwrap();
    let bytes = picture(3, 3, ImageFormat::Png);
    assert_eq!(client.put(path, &bytes).await.status, StatusCode::CREATED);
    reply["value"]["asset"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn ugc_post_takes_plain_text() {
    let client = Client::new();
    let text = "plain (text) with snake_case and #tags";
    let reply = client
        .send(legacy("/v2/ugcPosts", &ugc(text, "NONE", json!([]))))
        .await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    assert_eq!(reply.json(), json!({"id": reply.header("x-restli-id")}));
    let feed = client.get("/feed.json").await.json();
    assert_eq!(
        (&feed[0]["text"], &feed[0]["cut_at"]),
        (&json!(text), &Value::Null)
    );
    let again = client
        .send(legacy("/v2/ugcPosts", &ugc(text, "NONE", json!([]))))
        .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn ugc_post_shows_link_and_pictures() {
    let client = Client::new();
    let link = json!([{"status": "READY", "originalUrl": "https://example.org/a",
                       "title": {"text": "T"}, "description": {"text": "D"}}]);
    let picture = json!([{"status": "READY", "media": asset(&client).await,
                          "description": {"text": "A square"}}]);
    for post in [
        ugc("a", "ARTICLE", link.clone()),
        ugc("b", "IMAGE", picture),
    ] {
        let reply = client.send(legacy("/v2/ugcPosts", &post)).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    }
    let feed = client.get("/feed.json").await.json();
    assert_eq!(feed[0]["article"]["title"], "T");
    assert_eq!(feed[1]["media"][0]["alt"], "A square");
    assert_eq!(feed[1]["media"][0]["media_type"], "image/png");

    for (post, status, word) in [
        (
            ugc(" ", "NONE", json!([])),
            400,
            "INVALID_VALUE_BLANK_FIELD",
        ),
        (
            ugc(&"x".repeat(3001), "NONE", json!([])),
            400,
            "3001 characters",
        ),
        (ugc("c", "NONE", link), 400, "does not match"),
        (
            ugc(
                "c",
                "IMAGE",
                json!([{"status": "READY", "media": "urn:li:image:1"}]),
            ),
            400,
            "assets",
        ),
    ] {
        let reply = client.send(legacy("/v2/ugcPosts", &post)).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
        assert!(reply.text().contains(word), "{}", reply.text());
    }
    let mut modern = ugc("d", "NONE", json!([]));
    modern["distribution"] = json!({"feedDistribution": "MAIN_FEED"});
    let reply = client.send(legacy("/v2/ugcPosts", &modern)).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.text().contains("[/distribution]"));
    let call = legacy("/v2/ugcPosts", &ugc("e", "NONE", json!([])));
    let reply = client.send(call.without("x-restli-protocol-version")).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn v2_shares_are_opt_in() {
    let client = Client::new();
    let off = client.send(legacy("/v2/shares", &share("hi"))).await;
    assert_eq!(off.status, StatusCode::NOT_FOUND);
    assert_eq!(off.json()["code"], "RESOURCE_NOT_FOUND");

    let client = Client::of(Client::new().sandbox.with_v2_shares());
    let reply = client
        .send(legacy("/v2/shares", &share("hi (there)")))
        .await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text());
    assert_eq!(reply.json()["owner"], DEMO);
    let feed = client.get("/feed.json").await.json();
    assert_eq!(feed[0]["text"], "hi (there)");
    assert_eq!(feed[0]["article"]["title"], "A title");
    let mut foreign = share("ho");
    foreign["owner"] = "urn:li:person:else".into();
    let reply = client.send(legacy("/v2/shares", &foreign)).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}
