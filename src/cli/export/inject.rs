//! Adds links to the head of a page. Every other byte of the page stays.

use syndicate_api::PageLink;

/// Returns `html` with `links` at the end of its head. A link of the same relation that was added before is replaced.
/// Returns `None` if the page has no end of a head.
pub(super) fn with_links(html: &[u8], links: &[PageLink]) -> Option<Vec<u8>> {
    let mut page = html.to_vec();
    for link in links {
        let start = format!("<link rel=\"{}\" href=\"", link.rel);
        while let Some(at) = find(&page, start.as_bytes()) {
            let rest = &page[at + start.len()..];
            let length = find(rest, b"\">")? + b"\">".len();
            page.drain(at..at + start.len() + length);
        }
    }
    let head = find_ignoring_case(&page, b"</head>")?;
    let tags: String = links
        .iter()
        .map(|link| {
            format!(
                "<link rel=\"{}\" href=\"{}\">",
                link.rel,
                escaped(&link.href)
            )
        })
        .collect();
    page.splice(head..head, tags.into_bytes());
    Some(page)
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn find_ignoring_case(text: &[u8], part: &[u8]) -> Option<usize> {
    let mut windows = text.windows(part.len());
    windows.position(|window| window.eq_ignore_ascii_case(part))
}

/// Returns `text` for an attribute in double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(href: &str) -> [PageLink; 1] {
        [PageLink {
            rel: "site.standard.document".into(),
            href: href.to_owned(),
        }]
    }

    #[test]
    fn links_are_added_once() {
        let page = b"<!doctype html><HEAD><title>\xff</title></HEAD><body></head>";
        let first = with_links(page, &link("at://a/b/c")).unwrap();
        let expected = b"<!doctype html><HEAD><title>\xff</title>\
            <link rel=\"site.standard.document\" href=\"at://a/b/c\"></HEAD><body></head>";
        assert_eq!(first, expected);
        assert_eq!(with_links(&first, &link("at://a/b/c")).unwrap(), first);
        let changed = with_links(&first, &link("at://a/b/d")).unwrap();
        assert_eq!(changed.len(), first.len());
        assert!(find(&changed, b"at://a/b/d").is_some());
        assert_eq!(find(&changed, b"at://a/b/c"), None);
    }

    #[test]
    fn page_without_head_is_refused() {
        assert_eq!(with_links(b"<p>Hello", &link("at://a/b/c")), None);
    }

    #[test]
    fn address_is_escaped() {
        let page = with_links(b"</head>", &link("x\"&<")).unwrap();
        assert!(find(&page, b"href=\"x&quot;&amp;&lt;\"").is_some());
    }
}
