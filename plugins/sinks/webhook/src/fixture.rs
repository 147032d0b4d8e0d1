//! The posts of the tests.

use syndicate_api::{Card, Medium, Picture, Post, RichText, TextSpan};

/// The link of the post.
pub(crate) const LINK: &str = "https://blog.example.com/crabs/?utm_source=chat";

/// Returns a post with a card, a link and a hashtag.
pub(crate) fn post() -> Post {
    Post {
        text: RichText(vec![
            TextSpan::Text("Crabs & co: ".to_owned()),
            TextSpan::Link(LINK.to_owned()),
            TextSpan::Text(" ".to_owned()),
            TextSpan::Hashtag("rust".to_owned()),
        ]),
        card: Some(Card {
            url: LINK.to_owned(),
            title: "Why <crabs> walk sideways".to_owned(),
            description: Some("A short story.".to_owned()),
            picture: Some(Picture {
                medium: Medium {
                    bytes: b"picture".as_slice().into(),
                    media_type: "image/png".into(),
                    ..Medium::default()
                },
                alt: Some("A crab".to_owned()),
                url: Some("https://blog.example.com/crab.png".to_owned()),
            }),
        }),
        lang: Some("en".to_owned()),
        ..Post::default()
    }
}

/// Returns `post` with this text.
pub(crate) fn with_text(text: &str) -> Post {
    Post {
        text: RichText::text(text),
        ..post()
    }
}
