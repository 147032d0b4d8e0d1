//! Warns about a link that is in a commentary before the link of the post: a platform that makes the card from the
//! commentary takes the first one.

use syndicate_api::{Item, Post};

/// The characters after which an address ends in plain text.
const ENDS: [char; 4] = ['<', '>', '"', '`'];

/// The punctuation at the end of an address that belongs to the sentence around it.
const PUNCTUATION: [char; 10] = ['.', ',', ';', ':', '!', '?', '\'', ')', ']', '…'];

/// Returns a warning if the first link of the commentary is not the one of the post.
pub(super) fn warning(item: &Item, post: &Post) -> Option<String> {
    let text = post.text.plain();
    let found = first_address(&text)?;
    let mut own = [&item.link, &item.url].into_iter().flatten();
    let is_own = own.any(|link| trimmed(link) == trimmed(found));
    (!is_own).then(|| {
        format!(
            "the commentary has `{}` before the link of the post: the platform makes the card from the first link",
            trimmed(found)
        )
    })
}

/// Returns the first web address in `text`, with the punctuation after it.
fn first_address(text: &str) -> Option<&str> {
    let schemes = ["https://", "http://"].into_iter();
    let start = schemes.filter_map(|scheme| text.find(scheme)).min()?;
    let rest = &text[start..];
    let end = rest.find(|c: char| c.is_whitespace() || ENDS.contains(&c));
    Some(&rest[..end.unwrap_or(rest.len())])
}

fn trimmed(address: &str) -> &str {
    address.trim_end_matches(PUNCTUATION)
}

#[cfg(test)]
mod tests {
    use syndicate_api::RichText;

    use super::*;

    fn warned(text: &str) -> Option<String> {
        let item = Item {
            url: Some("https://a.example/one/".to_owned()),
            link: Some("https://a.example/one/?utm_source=x".to_owned()),
            ..Item::default()
        };
        let post = Post {
            text: RichText::text(text),
            ..Post::default()
        };
        warning(&item, &post)
    }

    #[test]
    fn link_of_post_may_be_first() {
        for text in [
            "no link",
            "see https://a.example/one/",
            "(https://a.example/one/?utm_source=x), then https://b.example/",
            "<https://a.example/one/>",
        ] {
            assert_eq!(warned(text), None, "{text}");
        }
    }

    #[test]
    fn other_link_before_it_is_named() {
        for (text, first) in [
            (
                "at https://b.example/, see https://a.example/one/",
                "https://b.example/",
            ),
            (
                "(http://b.example/x). https://a.example/one/",
                "http://b.example/x",
            ),
            (
                "https://a.example/one/more https://a.example/one/",
                "https://a.example/one/more",
            ),
        ] {
            let warning = warned(text).unwrap();
            assert!(
                warning.contains(&format!("has `{first}` before")),
                "{warning}"
            );
        }
    }
}
