//! Compares the quick reader with the tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use url::Url;

use crate::{Candidates, HeadMetadata, read, read_head};

/// A page whose head contains all metadata.
const HEAD: &str = r#"<!doctype html><html lang="en"><head><meta charset="utf-8">
    <title>Tides | Notes</title><meta name="description" content="The sea &amp; the moon.">
    <link rel="canonical" href="https://example.org/posts/first/">
    <meta property="og:title" content="Tides"><meta property="og:image" content="/sea.png">
    <meta property="article:published_time" content="2026-05-01"><meta property="article:tag" content="sea">
    <script type="application/ld+json">{"@type":"BlogPosting","author":{"name":"Ada"}}</script>"#;

fn page_url() -> Url {
    Url::parse("https://example.org/posts/first/").unwrap()
}

/// Reads a page with the quick reader, or returns `None` if that leaves it to the tree. Panics if they disagree.
fn read_both(html: &[u8]) -> Option<HeadMetadata> {
    let head = read_head(html, Some(&page_url()))?;
    let whole = read(html, Some(&page_url()));
    let shown = String::from_utf8_lossy(html);
    let page = &head.page;
    assert_eq!(page.signals, whole.signals, "{shown}");
    assert_eq!(page.url, whole.url, "{shown}");
    assert_eq!(page.lang, whole.lang, "{shown}");
    assert_eq!(page.site_name, whole.site_name, "{shown}");
    let stated = whole.title.iter().filter(|title| title.is_metadata);
    assert!(page.title.iter().eq(stated), "{shown}");
    let lacks = head.lacks_values;
    assert_best(&page.description, &whole.description, lacks, &shown);
    assert_best(&page.images, &whole.images, lacks, &shown);
    assert_best(&page.published, &whole.published, lacks, &shown);
    assert_best(&page.updated, &whole.updated, lacks, &shown);
    assert_best(&page.tags, &whole.tags, lacks, &shown);
    assert_best(&page.author, &whole.author, lacks, &shown);
    Some(head)
}

/// Compares the best values. If values may be missing, only one that is stated has to be found.
#[track_caller]
fn assert_best<T: std::fmt::Debug + PartialEq>(
    head: &Candidates<T>,
    whole: &Candidates<T>,
    lacks_values: bool,
    html: &str,
) {
    let expected = whole
        .best()
        .filter(|best| best.is_metadata || !lacks_values);
    assert_eq!(head.best(), expected, "{html}");
}

fn is_quick(html: &str) -> bool {
    read_both(html.as_bytes()).is_some_and(|head| !head.lacks_values)
}

#[test]
fn complete_head_is_read_quickly() {
    for (more, body) in [
        ("", "<h1>Tides</h1><p>Text &#8217; &copy"),
        (
            "<style>a > b {}</style><!-- <meta name=robots content=noindex> -->",
            "<svg><title>x</title></svg>",
        ),
        (
            "<META NAME=Keywords CONTENT=a,b /><BASE href=/x/>",
            "<input type=search><img src=a><script>a</script>",
        ),
        (
            "<noscript><link rel=stylesheet href=a></noscript><script>if (a < b) {}</script>",
            "<metadata><br>",
        ),
        (
            "<title></title>",
            "<article><h2>One</h2></article><link rel=preload href=x><meta itemprop=a content=b>",
        ),
        (
            "<meta name=a content='&notin; &#x80; &amp &ampx'>",
            "<time class=dt-published>1 May</time>",
        ),
        (
            "",
            "<script>if(a<b&&c){d='\"'}</script><p title='a > b'>h-entry location = '/x'",
        ),
    ] {
        let html = format!("{HEAD}{more}</head><body>{body}</body></html>");
        assert!(is_quick(&html), "{html}");
    }
}

#[test]
fn unusual_page_is_left_to_tree() {
    for (more, body) in [
        ("<template></template>", ""),
        (
            "<noscript><meta http-equiv=refresh content='0; url=/x'></noscript>",
            "",
        ),
        ("<meta http-equiv=Refresh content='0; url=/x'>", ""),
        ("<script><!-- <script> --></script>", ""),
        ("<script>location = '/x'</script>", ""),
        ("<link rel=a\"b href=c>", ""),
        ("<div><meta name=robots content=noindex></div>", ""),
        ("<!-- ", ""),
        ("\0", ""),
        ("", "<meta name=robots content=noindex>"),
        ("", "<link rel=next href=/2/>"),
        ("", "<article>a</article><article>b</article>"),
        ("", "<div class=h-entry><b class=p-name>T</b></div>"),
        ("", "<div class=h&#45;entry><b class=p-name>T</b></div>"),
        (
            "",
            "<div ITEMSCOPE itemtype=https://schema.org/Article></div>",
        ),
        ("", "<script type=application/ld+json>{}</script>"),
        ("", "<form><input type=PASSWORD></form>"),
        ("", "<h1>404</h1>"),
        ("", "<abbr class=published title=2026-01-01>1</abbr>"),
        ("", "<script>window.location.href = '/x'</script>"),
        (
            "",
            "<script><!-- <script> </script> location = '/x' --></script>",
        ),
        ("", "<p title='a > b < c' class=h-entry>"),
        ("", "<p title='<b>' CLASS='x H-Feed'>"),
        ("", "<script>if(a<b&&c){d='\"'}</script><p class=hentry>"),
        ("", "<p class='x\ny' itemscope>"),
    ] {
        let html = format!("{HEAD}{more}</head><body>{body}</body></html>");
        assert!(!is_quick(&html), "{html}");
    }
    let html = HEAD.replace("utf-8", "latin1");
    assert!(!is_quick(&html));
    let html = HEAD.replace("description", "a");
    assert!(read_both(html.as_bytes()).unwrap().lacks_values);
}

#[test]
fn missing_values_may_be_visible() {
    for (key, body, expected) in [
        ("og:image", "<img src=a.png>", true),
        ("og:image", "<p>Text", false),
        ("article:published_time", "<time>1 May</time>", true),
        ("article:published_time", "<p>Text", false),
        (
            "article:modified_time",
            "<time class=updated>2 May</time>",
            true,
        ),
        ("article:modified_time", "<time>2 May</time>", false),
        ("article:tag", "<a href=/tags/a/>a</a>", true),
        ("article:tag", "<a href=/a/>a</a>", false),
    ] {
        let html = format!(
            "{}</head><body><article>{body}</article>",
            HEAD.replace(key, "a")
        );
        let head = read_both(html.as_bytes()).unwrap();
        assert_eq!(head.lacks_values, expected, "{html}");
    }
}

#[test]
fn links_name_missing_author_and_tags() {
    let without = HEAD.replace("article:tag", "a").replace("author", "a");
    for (body, expected) in [
        ("<a href=/x/>x</a>", true),
        ("<a href=/tags/x/>x</a>", false),
        ("<a href=/x/ rel='nofollow author'>Ada</a>", false),
        ("<a href='/?t=1' rel=tag>x</a>", false),
    ] {
        let page =
            |head: &str| format!("{head}</head><body><article>{body}</article></body></html>");
        assert_eq!(is_quick(&page(&without)), expected, "{body}");
        assert!(is_quick(&page(HEAD)), "{body}");
    }
}

#[test]
fn tags_within_tags_take_linear_time() {
    for part in [
        "<p x=",
        "<time x=",
        "<script>",
        "<p<",
        "<b x='<i y=\"",
        "<a <",
    ] {
        let body = part.repeat(1_000_000 / part.len());
        let html = format!("{HEAD}</head><body>{body}>");
        drop(read_head(html.as_bytes(), Some(&page_url())));
    }
}

/// Returns the number of trials of a property, which the variable `SYNDICATE_TRIALS` sets.
fn trials() -> u32 {
    let set = std::env::var("SYNDICATE_TRIALS").ok();
    set.and_then(|set| set.parse().ok()).unwrap_or(512)
}

/// Returns values of attributes and texts, with references and characters that end them.
fn value() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "Tides",
        " ",
        "\n",
        "\r\n",
        "&amp;",
        "&lt",
        "&#39;",
        "&#x2F;",
        "&#0;",
        "&#128;",
        "&notit;",
        "&nbsp;",
        "&",
        "&copy=1",
        "é",
        "|",
        "-",
        "2026-05-01",
        "/x/",
        "https://example.org/posts/first/",
        "noindex",
        "#",
        ",",
        "404",
        "not found",
        "<b>x</b>",
        "\u{a0}",
        ";",
        "en",
        "h-entry",
        "tag",
        "author",
        "updated",
    ]);
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

fn attribute() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "content",
        "CONTENT",
        "name",
        "property",
        "rel",
        "href",
        "type",
        "class",
        "lang",
        "itemprop",
        "id",
        "http-equiv",
        "itemscope",
        "hidden",
        "=x",
        "a\"b",
        "datetime",
    ]);
    let known = prop::sample::select(vec![
        "og:title",
        "og:image",
        "og:image:alt",
        "og:url",
        "og:site_name",
        "article:published_time",
        "article:tag",
        "article:modified_time",
        "description",
        "author",
        "keywords",
        "robots",
        "canonical",
        "alternate stylesheet",
        "application/ld+json",
        "application/rss+xml",
        "refresh",
        "generator",
        "twitter:title og:title",
        "date",
    ]);
    let value = prop_oneof![known.prop_map(str::to_owned), value()];
    (name, value, 0..6usize).prop_map(|(name, value, form)| match form {
        0 => format!(" {name}='{value}'"),
        1 => format!(" {name}={value}"),
        2 => format!("\n{name} = \"{value}\""),
        3 => format!(" {name}"),
        _ => format!(" {name}=\"{value}\""),
    })
}

fn node() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "meta", "META", "link", "base", "html", "head", "body", "article", "time", "a", "input",
        "p", "abbr",
    ]);
    let element = prop::sample::select(vec![
        "title", "script", "style", "noscript", "h1", "H2", "article", "svg", "template", "div",
        "textarea", "main",
    ]);
    let attributes = || prop::collection::vec(attribute(), 0..3).prop_map(|all| all.concat());
    prop_oneof![
        4 => (tag, attributes(), prop::sample::select(vec![">", "/>", " / >", ""]))
            .prop_map(|(tag, attributes, end)| format!("<{tag}{attributes}{end}")),
        3 => (element, attributes(), value()).prop_map(|(name, attributes, text)| {
            format!("<{name}{attributes}>{text}</{name}>")
        }),
        1 => value().prop_map(|text| format!("<!--{text}-->")),
        1 => value(),
        1 => prop::sample::select(vec![
            "</head>", "</noscript>", "<!-- --!>", "<!-->", "<?xml?>", "<![CDATA[", "</title >", "<script>location='/x'</script>",
            "<p title='a>b<c' class=h-entry>", "<script>a<b && c</script>", "<b t='<p class=\"'>", "<p class=h-feed", "<i<b class=hentry>",
            "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"&amp;\"}</script>", "</", "<", "\0",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quick_reader_agrees_with_tree(
        head in prop::collection::vec(node(), 0..4),
        body in prop::collection::vec(node(), 0..4),
        is_closed in any::<bool>(),
    ) {
        let end = if is_closed { "</head><body>" } else { "" };
        let html = format!("{HEAD}{}{end}{}", head.concat(), body.concat());
        read_both(html.as_bytes());
    }

    #[test]
    fn every_truncation_agrees_with_tree(body in prop::collection::vec(node(), 0..4), cut in 0..1200usize) {
        let html = format!("{HEAD}</head><body>{}", body.concat());
        read_both(&html.as_bytes()[..cut.min(html.len())]);
    }
}

/// Returns the built pages below `folder`.
fn pages_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let pages = entries.flatten().flat_map(|entry| {
        let path = entry.path();
        match entry.file_type().unwrap().is_dir() {
            true => pages_below(&path),
            false => vec![path],
        }
    });
    pages
        .filter(|page| {
            page.extension()
                .is_some_and(|extension| extension == "html")
        })
        .collect()
}

/// Reads the pages of each site with both readers. Returns the number of pages that were read quickly, and of all.
fn count_quick(sites: &Path) -> BTreeMap<String, (usize, usize)> {
    let sites = std::fs::read_dir(sites).unwrap().flatten();
    let outputs = sites.filter(|site| site.path().join("output").is_dir());
    outputs
        .map(|site| {
            let pages = pages_below(&site.path().join("output"));
            let quick = pages
                .iter()
                .filter(|page| read_both(&std::fs::read(page).unwrap()).is_some());
            (
                site.file_name().into_string().unwrap(),
                (quick.count(), pages.len()),
            )
        })
        .collect()
}

#[test]
fn pages_of_generators_are_read_quickly() {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/sites");
    let counts = count_quick(&sites);
    assert!(counts.len() >= 9, "{counts:?}");
    for (site, (quick, all)) in &counts {
        assert!(quick * 5 >= all * 4, "{site}: {quick} of {all}");
    }
}

#[test]
#[ignore = "needs `SYNDICATE_CORPORA`, the folder of real sites"]
fn corpora_pages_agree_with_tree() {
    let sites = std::env::var_os("SYNDICATE_CORPORA").expect("`SYNDICATE_CORPORA` is set");
    let counts = count_quick(Path::new(&sites));
    let quick: usize = counts.values().map(|(quick, _)| quick).sum();
    assert!(quick >= 250, "{counts:?}");
}
