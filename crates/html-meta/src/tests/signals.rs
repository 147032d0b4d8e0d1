//! Signals that distinguish a post from other pages.

use super::page;
use crate::read;

/// An alias page of Hugo.
const HUGO: &str = r#"<!DOCTYPE html><html lang="en"><head><title>https://example.org/posts/new/</title>
    <link rel="canonical" href="https://example.org/posts/new/"><meta name="robots" content="noindex">
    <meta charset="utf-8"><meta http-equiv="refresh" content="0; url=https://example.org/posts/new/">
    </head></html>"#;

/// A redirect page of jekyll-redirect-from.
const JEKYLL: &str = r#"<!DOCTYPE html><html lang="en-US"><meta charset="utf-8"><title>Redirecting&hellip;</title>
    <link rel="canonical" href="/posts/new/"><script>location="/posts/new/"</script>
    <meta http-equiv="refresh" content="0; url=/posts/new/"><meta name="robots" content="noindex">
    <h1>Redirecting&hellip;</h1><a href="/posts/new/">Click here if you are not redirected.</a></html>"#;

/// A redirect page of Zola.
const ZOLA: &str = r#"<!doctype html><meta charset="utf-8"><title>Redirect</title>
    <script>const target = "https://example.org/posts/new/"; const hash = window.location.hash || "";
    window.location.replace(target + hash);</script>
    <noscript><meta http-equiv="refresh" content="0; url=https://example.org/posts/new/"></noscript>
    <p><a href="https://example.org/posts/new/">Click here</a> to be redirected.</p>"#;

/// A redirect page of hexo-generator-alias.
const HEXO: &str = r#"<!DOCTYPE html><html><head><meta charset="utf-8"><title>Redirecting...</title>
    <link rel="canonical" href="/posts/new/"><meta http-equiv="refresh" content="0; url=/posts/new/">
    </head></html>"#;

#[test]
fn alias_pages_redirect_to_post() {
    let script = r#"<script>window.location.href = "/posts/new/";</script>"#;
    for html in [HUGO, JEKYLL, ZOLA, HEXO, script] {
        assert_eq!(
            page(html).signals.redirect.as_deref(),
            Some("https://example.org/posts/new/"),
            "{html}"
        );
    }
    let lost = read(script.as_bytes(), None);
    assert_eq!(lost.signals.redirect.as_deref(), Some("/posts/new/"));
}

#[test]
fn readable_page_is_not_redirect() {
    let text = "word ".repeat(100);
    for html in [
        format!("<noscript><meta http-equiv=refresh content='0; url=/plain/'></noscript><p>{text}"),
        format!("<p>{text}<script>if (old) location.href = '/other/'</script>"),
        format!("<meta http-equiv=refresh content=600><p>{text}"),
        "<meta http-equiv=refresh content='600; url=/posts/first/'>".to_owned(),
        "<pre>&lt;meta http-equiv=refresh content='0; url=/x'&gt;</pre>".to_owned(),
    ] {
        assert_eq!(page(&html).signals.redirect, None, "{html}");
    }
}

#[test]
fn signals_are_read_from_head() {
    let signals = page(
        r#"<meta name="generator" content="Hugo 0.168"><meta property="og:type" content="Article">
        <meta name="robots" content="max-snippet:-1, NoIndex"><link rel="canonical" href="/c/">
        <link rel="alternate" type="application/rss+xml" href="/feed.xml">
        <link rel="alternate" hreflang="de" href="/de/"><link rel="next" href="/page/2/">
        <script type="application/ld+json">[{"@type": "Blog"}, {"@type": "BlogPosting"},
        {"@type": "Blog"}]</script><div itemscope itemtype="http://schema.org/Person"></div>
        <div class="h-feed"><article>a<article>comment</article></article><article>b</article></div>
        <aside><article>c</article></aside>"#,
    )
    .signals;
    assert_eq!(signals.generator.as_deref(), Some("Hugo 0.168"));
    assert_eq!(signals.og_type.as_deref(), Some("article"));
    assert!(signals.is_noindex);
    assert_eq!(signals.canonical.as_deref(), Some("https://example.org/c/"));
    assert_eq!(signals.feeds, ["https://example.org/feed.xml"]);
    assert!(signals.is_paginated && signals.is_feed && !signals.is_not_found);
    assert_eq!(signals.types, ["Blog", "BlogPosting", "Person"]);
    assert!(signals.has_several_articles);

    let signals =
        page(r#"<meta name="robots" content="index, follow"><article>a</article>"#).signals;
    assert!(!signals.is_noindex && !signals.is_paginated && !signals.is_feed);
    assert_eq!(
        (
            signals.has_several_articles,
            signals.canonical,
            signals.redirect
        ),
        (false, None, None)
    );
}

#[test]
fn not_found_needs_exact_title() {
    for title in [
        "404",
        "404 Page not found | Site",
        "Site · Page Not Found",
        "Page not found!",
        "Error 404",
    ] {
        let html = format!("<title>{title}</title>");
        assert!(page(&html).signals.is_not_found, "{title}");
    }
    for title in [
        "How to make a 404 page",
        "HTTP 404 explained",
        "Lost and not found",
        "Peugeot 404 ads",
    ] {
        let html = format!("<title>{title}</title><h1>{title}</h1>");
        assert!(!page(&html).signals.is_not_found, "{title}");
    }
}

#[test]
fn not_found_is_read_in_other_languages() {
    for title in [
        "Seite nicht gefunden – Adas Notizen",
        "Página no encontrada",
        "404 | Page introuvable",
        "ページが見つかりません",
    ] {
        let html = format!("<title>{title}</title>");
        assert!(page(&html).signals.is_not_found, "{title}");
    }
}

#[test]
fn password_prompt_replaces_text() {
    let text = "word ".repeat(400);
    for (html, expected) in [
        (
            "<article><h1>A</h1><label>Password<input type=Password></label></article>".to_owned(),
            true,
        ),
        (
            "<h1>Log in</h1><form><input type=text><input type=password></form>".to_owned(),
            true,
        ),
        (
            "<header><input type=password></header><main><p>Text".to_owned(),
            false,
        ),
        (
            "<div hidden><input type=password></div><p>Text".to_owned(),
            false,
        ),
        (
            "<article><p>Text</article><form><input type=password></form>".to_owned(),
            false,
        ),
        (
            format!("<main><p>{text}</p><input type=password></main>"),
            false,
        ),
        ("<main><input type=email></main>".to_owned(), false),
    ] {
        assert_eq!(page(&html).signals.has_password_prompt, expected, "{html}");
    }
}
