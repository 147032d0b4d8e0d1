//! Cleans the texts of a post that no template prints: titles, descriptions and alternative texts of
//! cards and attachments. They come from front matter and pages and may contain invisible characters,
//! like the values in templates.

use syndicate_api::{Attachment, Post};

use super::render::{clean, clean_line};

/// Removes invisible characters from the card and the attachment of `post`.
pub(super) fn clean_post(post: &mut Post) {
    if let Some(card) = &mut post.card {
        line(&mut card.title);
        lines(&mut card.description);
        if let Some(picture) = &mut card.picture {
            lines(&mut picture.alt);
        }
    }
    match &mut post.attachment {
        Some(Attachment::Pictures(pictures)) => {
            for picture in pictures {
                lines(&mut picture.alt);
            }
        }
        Some(Attachment::Document { title, alt, .. }) => {
            line(title);
            lines(alt);
        }
        Some(Attachment::Video { title, alt, .. }) => {
            if let Some(title) = title {
                line(title);
            }
            lines(alt);
        }
        Some(Attachment::Poll(poll)) => {
            line(&mut poll.question);
            poll.options.iter_mut().for_each(line);
        }
        _ => {}
    }
}

fn line(text: &mut String) {
    *text = clean_line(text);
}

fn lines(text: &mut Option<String>) {
    if let Some(text) = text {
        *text = clean(text).into_owned();
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::{Card, Poll};

    use super::*;

    #[test]
    fn card_loses_invisible_characters() {
        let mut post = Post {
            card: Some(Card {
                url: "https://example.org/a".to_owned(),
                title: "\u{feff}user\u{202e}gpj.exe\u{2069}\r\nnext".to_owned(),
                description: Some("a\u{1b}[31m\u{2066}b\u{85}".to_owned()),
                picture: None,
            }),
            ..Post::default()
        };
        clean_post(&mut post);
        let card = post.card.unwrap();
        assert_eq!(card.title, "usergpj.exe next");
        assert_eq!(card.description.as_deref(), Some("a[31mb"));
    }

    #[test]
    fn poll_loses_invisible_characters() {
        let poll = Poll {
            question: "Which\u{202a} one?\n".to_owned(),
            options: vec!["\u{feff}A".to_owned(), "B\u{7}".to_owned()],
            days: 3,
        };
        let mut post = Post {
            attachment: Some(Attachment::Poll(poll)),
            ..Post::default()
        };
        clean_post(&mut post);
        let Some(Attachment::Poll(poll)) = post.attachment else {
            panic!("{post:?}");
        };
        assert_eq!(poll.question, "Which one?");
        assert_eq!(poll.options, ["A", "B"]);
    }
}
