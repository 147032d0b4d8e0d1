//! Tests of Media RSS elements and of URLs relative to `xml:base`.

use super::{atom_entry, only, rss_item};

const GROUP: &str = "<media:group xmlns:media='http://search.yahoo.com/mrss/'>\
     <media:title>A talk</media:title>\
     <media:content url='https://example.org/talk.mp4' type='video/mp4' width='1920'/>\
     <media:thumbnail url='https://example.org/talk.jpg' width='480'/>\
     <media:description>How we moved\n  the harbour.</media:description></media:group>";

#[test]
fn media_group_describes_video() {
    for (own, title) in [("<title>Moving day</title>", "Moving day"), ("", "A talk")] {
        for item in [
            only(rss_item(&format!("{own}{GROUP}"))),
            only(atom_entry(&format!("{own}{GROUP}"))),
        ] {
            assert_eq!(item.title.as_deref(), Some(title));
            let description = item.description.as_deref();
            assert_eq!(description, Some("How we moved the harbour."));
            let picture = item.image.and_then(|image| image.url);
            assert_eq!(picture.as_deref(), Some("https://example.org/talk.jpg"));
        }
    }
}

#[test]
fn media_description_without_group() {
    for (inside, description) in [
        (
            "<media:description>Plain &amp;lt;b></media:description>",
            Some("Plain &lt;b>"),
        ),
        (
            "<media:description type='html'>&lt;b>Bold&lt;/b> &amp;amp; more</media:description>",
            Some("Bold & more"),
        ),
        (
            "<media:content url='/v.mp4' medium='video'>\
             <media:description>Of the video.</media:description></media:content>",
            Some("Of the video."),
        ),
        // This text is the caption of a picture.
        (
            "<media:content url='/p.jpg' medium='image'>\
             <media:description>A quay.</media:description></media:content>",
            None,
        ),
        ("<media:description> </media:description>", None),
    ] {
        let item = only(rss_item(inside));
        assert_eq!(item.description.as_deref(), description, "{inside}");
    }
}

#[test]
fn entry_text_wins_over_media_description() {
    let summary = "<description>The summary.</description>";
    let content = "<content:encoded>The content.</content:encoded>";
    for (own, description) in [(summary, "The summary."), (content, "The content.")] {
        let item = only(rss_item(&format!("{own}{GROUP}")));
        assert_eq!(item.description.as_deref(), Some(description));
    }
}

#[test]
fn pictures_resolve_from_nearest_base() {
    let html =
        |tag: &str, base: &str| format!("<{tag} type='html'{base}>&lt;img src='p/x.png'></{tag}>");
    let xhtml = "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml' \
                 xml:base='https://img.example.org/'><img src='p/x.png'/></div></content>";
    for (inside, address) in [
        (
            html("content", " xml:base='https://cdn.example.org/2026/'"),
            "https://cdn.example.org/2026/p/x.png",
        ),
        (
            html("summary", " xml:base='https://cdn.example.org/s/'"),
            "https://cdn.example.org/s/p/x.png",
        ),
        (html("content", ""), "https://example.org/a/p/x.png"),
        (xhtml.to_owned(), "https://img.example.org/p/x.png"),
    ] {
        let item = only(atom_entry(&inside));
        let picture = item.image.and_then(|image| image.url);
        assert_eq!(picture.as_deref(), Some(address), "{inside}");
    }
    let item = only(rss_item(
        "<content:encoded xml:base='https://cdn.example.org/'>&lt;img src='x.png'></content:encoded>",
    ));
    let picture = item.image.and_then(|image| image.url);
    assert_eq!(picture.as_deref(), Some("https://cdn.example.org/x.png"));
}
