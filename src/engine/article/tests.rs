use std::sync::Arc;

use pretty::assert_lines;
use proptest::prelude::*;
use pulldown_cmark::{CowStr, Event, Tag};
use serde_json::json;
use syndicate_api::{BodyFormat, Image, Item, ItemOverrides, Overrides, PostDate, Site};

use super::MadeArticle;
use super::base::LinkBase;
use super::html::to_markdown;
use super::markdown::{parse, with_absolute_links};

mod pretty {
    /// Compares texts and prints them as they are.
    pub(super) fn assert_lines(actual: &str, expected: &str, case: &str) {
        assert!(
            actual == expected,
            "{case}\n--- actual\n{actual}\n--- expected\n{expected}"
        );
    }
}

fn make(item: &Item, body: &str, page: Option<&[u8]>) -> MadeArticle {
    super::make(item, body, page).unwrap()
}

fn item() -> Item {
    Item {
        keys: vec!["https://example.org/blog/hello".to_owned()],
        path: Some("posts/hello.md".to_owned()),
        url: Some("https://example.org/blog/hello/".to_owned()),
        title: Some("Hello".to_owned()),
        site: Arc::new(Site::default()),
        ..Item::default()
    }
}

fn markdown(body: &str) -> String {
    of(body, BodyFormat::Markdown).article.markdown
}

fn of(body: &str, format: BodyFormat) -> MadeArticle {
    make(
        &Item {
            body_format: format,
            ..item()
        },
        body,
        None,
    )
}

#[test]
fn links_become_absolute() {
    const PAGE: &str = "https://example.org/blog/hello";
    for (body, expected) in [
        ("[a](b)", format!("[a]({PAGE}/b)")),
        (
            "![a](b.png \"t (x)\")",
            format!("![a]({PAGE}/b.png \"t (x)\")"),
        ),
        (
            "[a](</b c> 't')",
            "[a](https://example.org/b%20c 't')".to_owned(),
        ),
        ("[a](/b_(c))", "[a](<https://example.org/b_(c)>)".to_owned()),
        ("[a](  /b  )", "[a](  https://example.org/b  )".to_owned()),
        (
            "[a\\](b)](/c)",
            "[a\\](b)](https://example.org/c)".to_owned(),
        ),
        ("[`](x)`](/c)", "[`](x)`](https://example.org/c)".to_owned()),
        ("[*a*](/c)", "[*a*](https://example.org/c)".to_owned()),
        ("[](/c)", "[](https://example.org/c)".to_owned()),
        (
            "[![a](b.png)](/c)",
            format!("[![a]({PAGE}/b.png)](https://example.org/c)"),
        ),
        (
            "[a ![b](c.png) d](/e)",
            format!("[a ![b]({PAGE}/c.png) d](https://example.org/e)"),
        ),
        (
            "[a][b]\n\n[b]: /c \"t\"",
            "[a][b]\n\n[b]: https://example.org/c \"t\"".to_owned(),
        ),
        (
            "[b]\n\n[b]:\n  </c d>",
            "[b]\n\n[b]:\n  https://example.org/c%20d".to_owned(),
        ),
        (
            "> [b][]\n>\n> [b]: c",
            format!("> [b][]\n>\n> [b]: {PAGE}/c"),
        ),
        ("[a]: /unused", "[a]: https://example.org/unused".to_owned()),
        ("- [a](b)\n- c", format!("- [a]({PAGE}/b)\n- c")),
        (
            "| a |\n|---|\n| [b](/c) |",
            "| a |\n|---|\n| [b](https://example.org/c) |".to_owned(),
        ),
        (
            "a[^1]\n\n[^1]: [b](/c)",
            "a[^1]\n\n[^1]: [b](https://example.org/c)".to_owned(),
        ),
        (
            "x <img src='/a.png' alt=\"b\"> <a href=c>d</a>",
            format!("x <img src='https://example.org/a.png' alt=\"b\"> <a href={PAGE}/c>d</a>"),
        ),
        (
            "<div>\n<img\n src=\"/a.png?x=1&amp;y\" srcset=\"a.png 1x, /b.png 2x\">\n</div>",
            format!(
                "<div>\n<img\n src=\"https://example.org/a.png?x=1&amp;y\" \
                 srcset=\"{PAGE}/a.png 1x, https://example.org/b.png 2x\">\n</div>"
            ),
        ),
    ] {
        assert_lines(&markdown(body), &expected, body);
    }
}

#[test]
fn other_text_stays() {
    for body in [
        "`[a](/b)` and ``<img src=/b>``",
        "```html\n<a href=\"/b\">[a](/b)</a>\n```",
        "    [a](/b)",
        "[a](#b) [c](https://example.com/d_(e)) <https://example.org>",
        "[a](mailto:b@example.org) [c]()",
        "\\[a](/b) and [a] (/b)",
        "<!-- [a](/b) -->",
        "[a]({{ site.baseurl }}/b) ![c]({{<ref>}})",
        "a  \r\nb\r\n",
    ] {
        assert_lines(&markdown(body), body, body);
    }
}

#[test]
fn repeated_title_is_removed() {
    for (body, expected) in [
        ("# Hello\n\nText", "Text"),
        ("\n# *Hello*\nText", "Text"),
        ("Hello\n=====\n\nText", "Text"),
        ("# Other\n\nText", "# Other\n\nText"),
        ("## Hello\n\nText", "## Hello\n\nText"),
        ("Text\n\n# Hello", "Text\n\n# Hello"),
        ("# Hello", ""),
    ] {
        assert_lines(&markdown(body), expected, body);
    }
}

#[test]
fn html_and_plain_text_follow_markdown() {
    let made = of(
        "# Hello\n\nA *b* [c](/d).\nE\n\n- f\n- g\n\n![h](i.png)\n\n```\nj\n```",
        BodyFormat::Markdown,
    );
    let html = "<p>A <em>b</em> <a href=\"https://example.org/d\">c</a>.\nE</p>\n<ul>\n<li>f</li>\n\
                <li>g</li>\n</ul>\n<p><img src=\"https://example.org/blog/hello/i.png\" alt=\"h\" />\
                </p>\n<pre><code>j\n</code></pre>\n";
    assert_lines(&made.article.html, html, "html");
    assert_lines(&made.article.plain, "A b c. E\nf\ng\nj", "plain");
    let table = of(
        "| a | b |\n|---|---|\n| c | <b>d</b> |\n\n<p>e &amp; f</p>",
        BodyFormat::Markdown,
    );
    assert_lines(&table.article.plain, "a\tb\nc\td\ne & f", "table");
}

#[test]
fn template_tags_are_reported() {
    let made = of(
        "{{< figure src=\"a.png\" >}}\n\n`{{ x }}` {% include b.html %}\n\n```\n{% raw %}\n```\n{{< figure src=\"a.png\" >}}",
        BodyFormat::Markdown,
    );
    let warning = "the article shows template tags of the site's generator as text: \
                   `{{< figure src=\"a.png\" >}}` and 1 more";
    assert_eq!(made.warnings, [warning]);
    assert!(made.article.markdown.contains("{% include b.html %}"));
    assert_eq!(
        of("`{{ x }}` { } %}", BodyFormat::Markdown).warnings,
        [""; 0]
    );
}

#[test]
fn key_survives_other_date() {
    let mut item = item();
    assert_eq!(
        make(&item, "Text", None).article.key,
        "https://example.org/blog/hello"
    );
    item.published = Some(PostDate {
        at: "2026-11-28T10:00:00+00:00[UTC]".parse().unwrap(),
        day_only: false,
    });
    item.title = Some("Other".to_owned());
    assert_eq!(
        make(&item, "Text", None).article.key,
        "https://example.org/blog/hello"
    );
    item.overrides = Overrides {
        id: Some("greeting".to_owned()),
        ..Overrides::default()
    }
    .into();
    assert_eq!(make(&item, "Text", None).article.key, "greeting");
    item.overrides = ItemOverrides::default();
    item.url = None;
    assert_eq!(make(&item, "Text", None).article.key, "posts/hello.md");
}

#[test]
fn metadata_follows_item() {
    let mut item = item();
    item.front = json!({"series": ["First steps", "b"]})
        .as_object()
        .unwrap()
        .clone()
        .into();
    item.tags = vec!["Rust".to_owned()];
    item.image = Some(Image {
        url: Some("/cover.png".to_owned()),
        ..Image::default()
    });
    item.description = Some("About\u{200b} it".to_owned());
    let article = make(&item, "Text", None).article;
    assert_eq!(article.series.as_deref(), Some("First steps"));
    assert_eq!(article.slug.as_deref(), Some("hello"));
    assert_eq!(
        article.cover_url.as_deref(),
        Some("https://example.org/cover.png")
    );
    assert_eq!(article.tags, ["Rust"]);
    item.url = Some("https://example.org/2026/hello.html".to_owned());
    item.front = json!({"series": "Basics"})
        .as_object()
        .unwrap()
        .clone()
        .into();
    let article = make(&item, "Text", None).article;
    assert_eq!(article.slug.as_deref(), Some("hello"));
    assert_eq!(article.series.as_deref(), Some("Basics"));
}

#[test]
fn html_becomes_markdown() {
    for (html, expected) in [
        ("<p>a <b>b</b> <i>c</i></p><p>d</p>", "a **b** *c*\n\nd\n"),
        ("<h2>a</h2>text<hr>more", "## a\n\ntext\n\n***\n\nmore\n"),
        (
            "<a href=\"/x\">a</a> <a>b</a>",
            "[a](https://example.org/x) b\n",
        ),
        (
            "<img src=a.png alt='b [c]'>",
            "![b \\[c\\]](https://example.org/blog/hello/a.png)\n",
        ),
        ("a<br>b", "a\\\nb\n"),
        (
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>d",
            "- a\n- b\n  - c\n\nd\n",
        ),
        (
            "<ol start=3><li>a<li><p>b</p><p>c</p></ol>",
            "3. a\n4. b\n\n   c\n",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
        (
            "<pre class=x><code class=\"hl language-rust\">fn a() {\n\n    b &lt; c\n}\n</code></pre>",
            "```rust\nfn a() {\n\n    b < c\n}\n```\n",
        ),
        ("<p><code>a  `b`</code></p>", "`` a `b` ``\n"),
        ("1. a *b* _c_ # d", "1\\. a \\*b\\* \\_c\\_ # d\n"),
        ("<p># a</p>", "\\# a\n"),
        ("a<script>b</script><style>c</style><!-- d -->e", "ae\n"),
        (
            "<table>\n\n<tr><td>a</td></tr></table>",
            "<table>\n<tr><td>a</td></tr></table>\n",
        ),
        ("x<sup class=y>2</sup> &lt;b&gt;", "x<sup>2</sup> \\<b>\n"),
        ("<p>a</p></div></blockquote></ul>b", "a\n\nb\n"),
        ("<p>a</p><pre>b", "a\n\n```\nb\n```\n"),
        ("", ""),
    ] {
        assert_lines(&of(html, BodyFormat::Html).article.markdown, expected, html);
    }
}

#[test]
fn html_text_keeps_its_html() {
    let made = of(
        "<p>a <a href='/b'>c</a><script>d</script></p><p>e</p>",
        BodyFormat::Html,
    );
    let html = "<p>a <a href='https://example.org/b'>c</a><script>d</script></p><p>e</p>";
    assert_lines(&made.article.html, html, "html");
    assert_lines(&made.article.plain, "a c\ne", "plain");
}

#[test]
fn built_page_gives_text() {
    let page = br#"<html><body><nav>Home</nav><article><h1>Hello</h1><p class="byline">By Ada</p>
        <p>A <a href="../b/">link</a> &amp; <code>x &lt; y</code>.</p><pre><code>1
2</code></pre><footer>Tags</footer></article></body></html>"#;
    let article = make(&item(), "", Some(page)).article;
    let markdown = "A [link](https://example.org/blog/b/) & `x < y`.\n\n```\n1\n2\n```\n";
    assert_lines(&article.markdown, markdown, "page");
    assert_lines(&article.plain, "A link & x < y.\n1\n2", "plain");
}

#[test]
fn plain_text_is_escaped() {
    let made = of("1. *a* <b>\n#c", BodyFormat::Text);
    assert_lines(
        &made.article.markdown,
        "1\\. \\*a\\* \\<b\\>\n\\#c\n",
        "markdown",
    );
    assert_lines(&made.article.plain, "1. *a* <b>\n#c", "plain");
}

/// Returns the events of a Markdown text with absolute destinations, without HTML.
fn events(markdown: &str) -> Vec<Event<'_>> {
    let base = LinkBase::new("https://example.org/blog/hello/");
    let resolve = |url: &mut CowStr<'_>| {
        if let Some(absolute) = base.resolve(url) {
            *url = absolute.into();
        }
    };
    let events = parse(markdown).filter_map(|(mut event, _)| {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = &mut event {
            resolve(dest_url);
        }
        let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_));
        (!is_html).then_some(event)
    });
    events.collect()
}

proptest! {
    #[test]
    fn absolute_links_change_nothing_else(pieces in proptest::collection::vec(
        prop_oneof![
            Just("[a](/b)"), Just("![c](d.png \"t\")"), Just("["), Just("]"), Just("("), Just(")"),
            Just("](/e)"), Just("[f]: /g\n"), Just("[f]"), Just("`"), Just("```\n"), Just("\n"),
            Just("\n\n"), Just("> "), Just("- "), Just("    "), Just("\\"), Just("<"), Just(">"), Just("*"),
            Just("<i/h j>"), Just("|"), Just("[^1]: "), Just("&amp;"), Just("/k_(l)"), Just(" "), Just("é"),
        ],
        0..14,
    )) {
        let text = pieces.concat();
        let absolute = with_absolute_links(&text, &LinkBase::new("https://example.org/blog/hello/"));
        prop_assert_eq!(events(&absolute), events(&text), "{}", absolute);
    }
}

#[test]
fn hostile_html_is_converted() {
    for unit in [
        "<ul><li>",
        "<blockquote>",
        "<a href=x>",
        "<pre>",
        "</li>",
        "<table>",
        "<b>",
        "&#0;",
    ] {
        let html = unit.repeat(500);
        assert!(to_markdown(&html).len() < 2_000_000, "{unit}");
    }
}
