//! Tests of the built-in template.

use syndicate_api::{Code, DEFAULT_TEMPLATE, Item, PostKind};

use super::sample::{Chars, bracketed, item};
use crate::engine::render::{Template, render};

fn built_in() -> Template {
    Template::compile("the built-in template", DEFAULT_TEMPLATE).unwrap()
}

fn text(item: &Item, limit: usize) -> String {
    text_as(PostKind::Article, item, limit)
}

fn text_as(kind: PostKind, item: &Item, limit: usize) -> String {
    let rendered = render(&built_in(), item, kind, &Chars(limit)).unwrap();
    bracketed(&rendered.text)
}

#[test]
fn built_in_links_post_without_card() {
    let item = Item {
        title: Some("A title".to_owned()),
        link: Some("https://example.org/a/".to_owned()),
        tags: vec!["rust".to_owned()],
        ..Item::default()
    };
    let led = "A title\n\n[https://example.org/a/]\n\n[#rust]";
    for kind in [
        PostKind::Text,
        PostKind::Document,
        PostKind::Gallery,
        PostKind::Poll,
    ] {
        assert_eq!(text_as(kind, &item, 3000), led, "{kind}");
    }
    assert_eq!(text(&item, 3000), "A title\n\n[#rust]");
}

#[test]
fn built_in_has_description_and_hashtags() {
    let mut item = item();
    item.tags.push("more".to_owned());
    assert_eq!(
        text(&item, 3000),
        "Mail a@b.org or see https://other.example. It <works>.\n\n[#Rust] [#cpp] [#SocialSharing]"
    );
}

#[test]
fn built_in_skips_missing_values() {
    let title = Item {
        title: Some("Only a title".to_owned()),
        ..Item::default()
    };
    assert_eq!(text(&title, 3000), "Only a title");
    let description = Item {
        description: Some("A hook.".to_owned()),
        ..title.clone()
    };
    assert_eq!(text(&description, 3000), "A hook.");
    let tagged = Item {
        tags: vec!["2026".to_owned(), "rust".to_owned()],
        ..title
    };
    assert_eq!(text(&tagged, 3000), "Only a title\n\n[#rust]");
    let fault = render(
        &built_in(),
        &Item::default(),
        PostKind::Article,
        &Chars(3000),
    )
    .unwrap_err();
    assert_eq!(fault.code, Code::TextEmpty);
}

#[test]
fn built_in_shortens_long_description() {
    let item = Item {
        description: Some("words and ".repeat(40)),
        tags: vec!["rust".to_owned()],
        ..Item::default()
    };
    let text = text(&item, 100);
    assert!(text.ends_with("words and…\n\n[#rust]"), "{text}");
}
