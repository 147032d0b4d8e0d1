//! Visible content: heading, first paragraph, date line, tags, pictures.

use super::{all, best, page};

#[test]
fn heading_of_post_comes_first() {
    for (body, expected) in [
        (
            "<header><h1>Site</h1></header><article><h1>T</h1></article>",
            "T",
        ),
        ("<h1>Site</h1><main><h1>T</h1></main>", "T"),
        ("<div role=main><h1>T</h1></div>", "T"),
        ("<h1><img src=logo.svg alt=Site></h1><h1>T</h1>", "T"),
        ("<nav><h1>Menu</h1></nav><article><h1>T</h1></article>", "T"),
        (
            "<article><h1>T<a class=headerlink href=#t>¶</a></h1></article>",
            "T",
        ),
        ("<article><h1 hidden>no</h1><h1>T</h1></article>", "T"),
        (
            "<h1 class=post>A<br>B <em>C</em><span>D</span></h1>",
            "A B CD",
        ),
        ("<article><h2>T</h2></article>", "T"),
        ("<main><h2>T</h2></main><aside><h1>no</h1></aside>", "T"),
        ("<p>no heading", ""),
    ] {
        assert_eq!(best(&page(body).title), expected, "{body}");
    }
}

#[test]
fn article_with_h1_or_longest_wins() {
    let headed = "<article><h2>Related, and much longer than the post is</h2></article>
        <article><h1>T</h1></article>";
    assert_eq!(best(&page(headed).title), "T");
    let longest = "<article><h2>Short</h2></article><article><h2>T</h2><p>A text.</article>
        <article><h2>Short</h2></article>";
    assert_eq!(best(&page(longest).title), "T");
}

#[test]
fn description_is_first_paragraph() {
    let said = "The text of the post, long enough to stand on a card without the next one.";
    for body in [
        "<p>{}</p><p>Second.</p>",
        "<nav><p>Menu</p></nav><article><p>{}</p></article>",
        "<header><p>Motto</p></header><article><header><p>Byline</p></header><p>{}</p></article>",
        "<article><p><time datetime=2024-05-01>May</time> in <a href=/c>c</a></p><p>{}</p></article>",
        "<article><p class=post-meta>By Ada</p><p>{}</p></article>",
        "<article><p><a href=/>Home</a> <a href=/blog>Blog</a></p><p>{}</p></article>",
        "<article><p><img src=a.png></p><p>{}</p></article>",
        "<article><p hidden>no</p><div style='display: none'><p>no</p></div><p>{}</p></article>",
        "<article><noscript><p>No script.</p></noscript><p>{}</p></article>",
        "<article><template><p>no</p></template><p>{}</p></article>",
        "<article><figure><p>Caption</p></figure><aside><p>Note</p></aside><p>{}</p></article>",
        "<article><p>{}<script>no()</script><style>no</style><sup id=fnref:1>1</sup></p></article>",
    ] {
        let body = body.replace("{}", said);
        assert_eq!(best(&page(&body).description), said, "{body}");
    }
}

#[test]
fn short_paragraph_is_joined_with_next() {
    let page = page("<article><p>Happy new year!</p><p>Here is a new version of it.</p></article>");
    assert_eq!(
        all(&page.description),
        ["article p: Happy new year! Here is a new version of it."]
    );
}

#[test]
fn text_keeps_escaped_markup() {
    let said = "On 1 May we learned that <em> and </em> are <p>tags</p>, as x2 is a square of all those that we know.";
    let html = "<article><p>On <time>1 May</time> we learned that &lt;em> and &lt;/em> are \
        &lt;p>tags&lt;/p>, as <math><msup><mi>x</mi><mn>2</mn></msup></math> is a square of all those that we know.";
    assert_eq!(best(&page(html).description), said);
}

#[test]
fn date_line_of_post_is_read() {
    for (body, published, updated) in [
        (
            "<article><time datetime=2024-05-01>x</time><time datetime=2023-01-01>y</time>",
            "2024-05-01 (x)",
            "",
        ),
        (
            "<article><time datetime=oops()>Wed 08 August 2012</time>",
            "oops() (Wed 08 August 2012)",
            "",
        ),
        ("<article><time>May 1, 2024</time>", "May 1, 2024", ""),
        (
            "<header><time datetime=2024-05-01>x</time></header><article>text</article>",
            "2024-05-01 (x)",
            "",
        ),
        (
            "<article><time class=updated datetime=2024-05-02>x</time><time datetime=2024-05-01>y</time>",
            "2024-05-01 (y)",
            "2024-05-02 (x)",
        ),
        (
            "<article><article><time datetime=2024-05-09>comment</time></article></article>",
            "",
            "",
        ),
        ("<aside><time datetime=2024-05-09>x</time></aside>", "", ""),
    ] {
        let page = page(body);
        assert_eq!(best(&page.published), published, "{body}");
        assert_eq!(best(&page.updated), updated, "{body}");
    }
}

#[test]
fn tags_are_read_from_links() {
    let page = page(
        "<nav><a rel=tag href=/tags/all/>All</a></nav><article><a rel='category tag' href=/c/x/>X</a>
        <p>See <a href=/tags/prose/>all about it</a>.</p>
        <footer><a href=/tags/rust/>#Rust</a> <a href='/blog/tag/c%23/index.html'>C#</a> <a href=/tags/>All</a>
        </footer></article>",
    );
    assert_eq!(
        all(&page.tags),
        ["rel=tag: X", "article links to tags: Rust + C#"]
    );
}

#[test]
fn only_pictures_of_post_are_read() {
    let page = page(
        r#"<header><img src="/logo.png"></header><article>
        <img src="/ada.png" class="author-avatar"><img src="https://www.gravatar.com/x?s=200">
        <img src="https://img.shields.io/npm/v/x.svg"><img src="/pixel" width="1" height="1">
        <img src="/i.png" width="24px" height="24"><img src="data:image/gif;base64,AA">
        <img src="/hidden.png" style="display:none"><aside><img src="/ad.png"></aside>
        <img src="/posts/badges-and-avatars/cover.png"><img src="My%20Pic.png" alt="Mine"><img src="My%20Pic.png"><img src="/wide.png" width="800">
        <footer><img src="/share.png"></footer></article>"#,
    );
    assert_eq!(
        all(&page.images),
        [
            "article img: https://example.org/posts/badges-and-avatars/cover.png",
            "article img: https://example.org/posts/first/My%20Pic.png (Mine)",
            "article img: https://example.org/wide.png"
        ]
    );
}

#[test]
fn lazy_picture_is_found() {
    for image in [
        r#"<img src="grey.gif" data-src="/a.png">"#,
        r#"<img data-lazy-src="/a.png" src="data:image/gif;base64,AA">"#,
        r#"<img src="data:image/gif;base64,AA" srcset="/s.png 320w, /a.png 1024w, /m.png 640w">"#,
        r#"<img srcset="/s.png, /a.png 2x">"#,
        r#"<img data-srcset="/a.png 2x,/s.png 1x" src="data:,">"#,
        r#"<picture><source srcset="/a.png"><img src="data:,"></picture>"#,
        r#"<noscript><img src="/a.png"></noscript>"#,
    ] {
        let html = format!("<article>{image}</article>");
        assert_eq!(
            best(&page(&html).images),
            "https://example.org/a.png",
            "{image}"
        );
    }
}

#[test]
fn tag_links_lead_to_own_site() {
    for html in [
        "<a rel=tag href=https://technorati.example/tag/rust>no</a> <a rel=tag href=/tags/rust/>Rust</a>",
        "<a rel=tag href=/about/>About me</a> <a rel='category tag' href=/category/rust/>Rust</a>",
        "<ul><li><a href=https://photos.example/tags/sea/>no</a><li><a href=/tags/rust>Rust</a></ul>",
        "<a href=http://localhost:1313/tags/rust/>Rust</a>",
        "<a href=https://www.example.org/tags/rust/>Rust</a><a href=//other.example/tags/x/>no</a>",
        "<a href='/?tag=rust'>Rust</a> <a href='https://other.example/?tag=x'>no</a>",
    ] {
        let found = page(&format!("<article><h1>A</h1><div>{html}</div></article>"));
        assert_eq!(best(&found.tags), "Rust", "{html}");
    }
}

#[test]
fn tag_cloud_of_site_is_ignored() {
    for html in [
        "<div class=tagcloud><a rel=tag href=/tags/a/>a</a> <a href=/tags/b/>b</a></div>",
        "<div id=sidebar><h3>Tags</h3><a href=/tags/a/>a</a></div>",
        "<aside><a rel=tag href=/tags/a/>a</a></aside>",
    ] {
        let found = page(&format!("<h1>A</h1><p>Text.</p>{html}"));
        assert_eq!(all(&found.tags), [""; 0], "{html}");
    }
}

#[test]
fn tags_are_read_without_page_url() {
    let html = b"<article><a rel=tag href=../tags/rust/>Rust</a>\
        <a rel=tag href=https://other.example/tags/x/>no</a></article>";
    assert_eq!(best(&crate::read(html, None).tags), "Rust");
}
