use serde_json::{Value, json};
use syndicate_api::testkit::build_sink;
use syndicate_api::{Article, Code, Diagnostic, Post, ServerInfo};

use super::{KEY, PAGE, post};

fn compose(options: &Value, post: &Post) -> Result<Value, Diagnostic> {
    let payload = build_sink(&crate::PLUGIN, options).compose(post, &ServerInfo::default())?;
    Ok(payload.create().unwrap().body.as_json().clone())
}

fn with(change: impl FnOnce(&mut Article)) -> Post {
    let mut post = post();
    change(post.article.as_mut().unwrap());
    post
}

#[test]
fn article_is_draft_by_default() {
    let expected = json!({"article": {
        "title": "Hello",
        "body_markdown": "Hello, *world*. See {% raw %}{{ x }}{% endraw %}.",
        "published": false,
        "canonical_url": PAGE,
        "tags": ["rust", "cpp"],
        "description": "About greetings",
        "main_image": "https://example.org/cover.png",
    }});
    assert_eq!(
        compose(&json!({"api_key": KEY}), &post()).unwrap(),
        expected
    );
}

#[test]
fn options_add_fields() {
    let options = json!({"publish": true, "series": "Basics", "organization_id": 12});
    let body = compose(&options, &post()).unwrap();
    let article = &body["article"];
    assert_eq!(article["published"], json!(true));
    assert_eq!(article["series"], json!("Basics"));
    assert_eq!(article["organization_id"], json!(12));
    let own = with(|article| article.series = Some("Advanced".to_owned()));
    let body = compose(&options, &own).unwrap();
    assert_eq!(body["article"]["series"], json!("Advanced"));
}

#[test]
fn description_follows_empty_commentary() {
    let mut post = with(|article| article.description = Some("From the item".to_owned()));
    post.text = syndicate_api::RichText::default();
    let body = compose(&json!({}), &post).unwrap();
    assert_eq!(body["article"]["description"], json!("From the item"));
}

#[test]
fn unfit_article_is_refused() {
    let refused = |post: &Post| compose(&json!({}), post).unwrap_err().code;
    let without = Post {
        article: None,
        ..post()
    };
    assert_eq!(refused(&without), Code::TextEmpty);
    assert_eq!(
        refused(&with(|a| a.title = " ".to_owned())),
        Code::TitleMissing
    );
    assert_eq!(
        refused(&with(|a| a.title = "é".repeat(129))),
        Code::TitleTooLong
    );
    assert_eq!(refused(&with(|a| a.url.clear())), Code::NoUrl);
    assert_eq!(refused(&with(|a| a.markdown.clear())), Code::TextEmpty);
    assert_eq!(
        refused(&with(|a| a.markdown = "a".repeat(819_201))),
        Code::TextTooLong
    );
    assert_eq!(
        refused(&with(|a| a.markdown = "[a](/b)".to_owned())),
        Code::RelativeLink
    );
    assert!(compose(&json!({}), &with(|a| a.title = "é".repeat(128))).is_ok());
}
