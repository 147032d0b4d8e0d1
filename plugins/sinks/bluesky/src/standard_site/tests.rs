use serde_json::{Value, json};
use syndicate_api::testkit::build_sink;
use syndicate_api::{Article, Card, Code, Payload, Post, Role, ServerInfo, Sink, slot};

fn sink(site: Value, more: Value) -> Box<dyn Sink> {
    let mut options = json!({"handle": "jane.example", "standard_site": site});
    for (key, value) in more.as_object().unwrap() {
        options[key] = value.clone();
    }
    build_sink(&crate::PLUGIN, &options)
}

fn site() -> Value {
    json!({"url": "https://example.org/", "name": "A site"})
}

fn post() -> Post {
    Post {
        card: Some(Card {
            url: "https://example.org/a/?utm_source=bluesky".to_owned(),
            title: "A post".to_owned(),
            ..Card::default()
        }),
        article: Some(Article {
            key: "https://example.org/a".to_owned(),
            title: "A post".to_owned(),
            description: Some("About it".to_owned()),
            plain: "The whole text.".to_owned(),
            url: "https://example.org/a/".to_owned(),
            tags: vec!["Rust".to_owned(), "rust".to_owned(), String::new()],
            published: "2026-11-20T12:00:00Z".parse().ok(),
            updated: "2026-11-19T12:00:00Z".parse().ok(),
            ..Article::default()
        }),
        ..Post::text("Hello")
    }
}

fn compose(site: Value, post: &Post) -> Payload {
    let sink = sink(site, json!({}));
    sink.compose(post, &ServerInfo::default()).unwrap()
}

fn body<'a>(payload: &'a Payload, step: &str) -> &'a Value {
    let step = payload.steps.iter().find(|known| known.name == step);
    step.unwrap().request.body.as_json()
}

#[test]
fn records_surround_post() {
    let payload = compose(site(), &post());
    let steps = payload.steps.iter().map(|step| (&*step.name, step.role));
    assert_eq!(
        steps.collect::<Vec<_>>(),
        [
            ("publication", Role::Before),
            ("document", Role::Before),
            ("create", Role::Create),
            ("document_reference", Role::FollowUp),
        ]
    );
    assert_eq!(
        body(&payload, "publication")["record"],
        json!({"$type": "site.standard.publication", "url": "https://example.org", "name": "A site"})
    );
    let document = json!({
        "$type": "site.standard.document", "site": slot("publication:uri"), "path": "/a/",
        "title": "A post", "description": "About it", "tags": ["Rust"],
        "publishedAt": "2026-11-20T12:00:00.000Z", "textContent": "The whole text.",
    });
    assert_eq!(body(&payload, "document")["record"], document);
    let mut referring = document;
    referring["bskyPostRef"] =
        json!({"uri": slot("receipt:/id"), "cid": slot("receipt:/extra/cid")});
    assert_eq!(body(&payload, "document_reference")["record"], referring);
    assert_eq!(
        body(&payload, "create")["record"]["embed"]["external"]["associatedRefs"],
        json!([
            {"uri": slot("document:uri"), "cid": slot("document:cid")},
            {"uri": slot("publication:uri"), "cid": slot("publication:cid")},
        ])
    );
}

#[test]
fn keys_do_not_depend_on_date_or_title() {
    let keys = |post: &Post| {
        let payload = compose(site(), post);
        ["publication", "document"].map(|step| body(&payload, step)["rkey"].clone())
    };
    let mut corrected = post();
    let article = corrected.article.as_mut().unwrap();
    article.published = "2025-01-01T00:00:00Z".parse().ok();
    article.title = "Corrected".to_owned();
    assert_eq!(keys(&post()), keys(&corrected));
    corrected.article.as_mut().unwrap().key = "https://example.org/b".to_owned();
    assert_ne!(keys(&post()), keys(&corrected));
    // Pages that are built already contain these keys.
    assert_eq!(keys(&post()), ["3l6azehqix2ou", "3l653xmrgiwfp"]);
}

#[test]
fn existing_publication_is_not_written() {
    let uri = "at://did:plc:abc/site.standard.publication/3l2abc";
    let site = json!({"url": "https://example.org", "publication": uri, "text": false});
    let payload = compose(site, &post());
    assert_eq!(payload.steps[0].name, "document");
    assert_eq!(
        body(&payload, "document")["record"]["textContent"],
        Value::Null
    );
}

#[test]
fn unfit_items_have_code() {
    let sink = sink(
        json!({"url": "https://example.org/blog", "name": "A site"}),
        json!({}),
    );
    let code = |change: fn(&mut Article)| {
        let mut post = post();
        let article = post.article.as_mut().unwrap();
        article.url = "https://example.org/blog/a/".to_owned();
        change(article);
        let composed = sink.compose(&post, &ServerInfo::default());
        composed.err().map(|error| error.code)
    };
    assert_eq!(code(|_| {}), None);
    for (change, expected) in [
        (
            (|article| article.url = "https://example.org/a/".to_owned()) as fn(&mut Article),
            Code::NoUrl,
        ),
        (
            |article| article.url = "https://example.org/blogs/".to_owned(),
            Code::NoUrl,
        ),
        (|article| article.title = " ".to_owned(), Code::TitleMissing),
        (
            |article| article.title = "x".repeat(501),
            Code::TitleTooLong,
        ),
        (
            |article| article.description = Some("x".repeat(3001)),
            Code::DescriptionTooLong,
        ),
        (
            |article| article.plain = "x".repeat(600_001),
            Code::TextTooLong,
        ),
    ] {
        assert_eq!(code(change), Some(expected));
    }
}

#[test]
fn document_is_updated_without_post() {
    let sink = sink(site(), json!({}));
    let payload = sink.compose(&post(), &ServerInfo::default()).unwrap();
    let revision = sink.revise(&payload).unwrap();
    let steps = |revision: &syndicate_api::Revision| -> Vec<String> {
        revision
            .steps
            .iter()
            .map(|step| step.name.to_string())
            .collect()
    };
    assert_eq!(steps(&revision), ["publication", "document_reference"]);
    assert_eq!(revision.editable["document"]["title"], "A post");
    assert_eq!(revision.fixed["embed"]["external"]["title"], "A post");
    let sink = self::sink(site(), json!({"update_card": true}));
    let revision = sink.revise(&payload).unwrap();
    assert_eq!(
        steps(&revision),
        ["publication", "document", "card", "document_reference"]
    );
    assert_eq!(revision.fixed["embed"], Value::Null);
}

#[test]
fn page_names_records_in_advance() {
    let sink = sink(site(), json!({"handle": "did:plc:abc"}));
    let info = ServerInfo::default();
    let payload = compose(site(), &post());
    let uri = |step: &str| {
        let body = body(&payload, step);
        let (collection, key) = (body["collection"].as_str(), body["rkey"].as_str());
        format!("at://did:plc:abc/{}/{}", collection.unwrap(), key.unwrap())
    };
    let links = sink.page_links("https://example.org/a", &info).unwrap();
    let links = links.iter().map(|link| (&*link.rel, &*link.href));
    assert_eq!(
        links.collect::<Vec<_>>(),
        [
            ("site.standard.document", &*uri("document")),
            ("site.standard.publication", &*uri("publication")),
        ]
    );
    let files = sink.site_files(&info).unwrap();
    assert_eq!(files[0].path, ".well-known/site.standard.publication");
    assert_eq!(files[0].text, uri("publication"));
}

#[test]
fn page_links_need_known_account() {
    let sink = sink(site(), json!({}));
    let mut info = ServerInfo::default();
    assert!(sink.page_links("a", &info).is_err());
    info.values.insert("did".to_owned(), "did:plc:abc".into());
    let links = sink.page_links("a", &info).unwrap();
    assert!(links[0].href.starts_with("at://did:plc:abc/"), "{links:?}");
}

#[test]
fn invalid_options_name_key() {
    for (site, key) in [
        (json!({"url": "example.org", "name": "A"}), "url"),
        (json!({"url": "https://example.org/?a", "name": "A"}), "url"),
        (json!({"url": "https://example.org", "name": " "}), "name"),
        (json!({"url": "https://example.org"}), "name"),
        (
            json!({"url": "https://example.org", "publication": "3l2abc"}),
            "publication",
        ),
        (
            json!({"url": "https://example.org", "name": "A", "icon": "x"}),
            "icon",
        ),
    ] {
        let options = json!({"handle": "jane.example", "standard_site": site});
        let found = (crate::PLUGIN.load)(&options).err().unwrap();
        assert_eq!(found.len(), 1, "{options}: {found:?}");
        assert_eq!(found[0].keys(), ["standard_site", key], "{options}");
    }
}
