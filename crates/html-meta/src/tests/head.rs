//! Metadata in the head: the order of precedence and the notations.

use super::{all, best, page};
use crate::read;

#[test]
fn sharing_tags_come_before_title() {
    let page = page(
        r#"<html lang="de"><head><title>T | Site</title>
        <meta name="description" content="D">
        <meta name="dc.title" content="DC">
        <meta name="twitter:title" content="Tw"><meta property="og:title" content="OG">
        <meta name="twitter:description" content="DTw"><meta property="og:description" content="DOG">
        <meta property="og:locale" content="en_US"><meta property="og:site_name" content="Site">
        </head><body><h1>H</h1>"#,
    );
    assert_eq!(
        all(&page.title),
        [
            "og:title: OG",
            "twitter:title: Tw",
            "dc.title: DC",
            "title: T | Site",
            "body h1: H"
        ]
    );
    assert_eq!(
        all(&page.description),
        [
            "og:description: DOG",
            "twitter:description: DTw",
            "meta description: D"
        ]
    );
    assert_eq!(all(&page.lang), ["html lang: de", "og:locale: en-US"]);
    assert_eq!(all(&page.site_name), ["og:site_name: Site"]);
}

#[test]
fn property_is_found_in_every_form() {
    for meta in [
        r#"<meta property="og:title" content="A & B">"#,
        r#"<meta content="A &amp; B" name="OG:Title"/>"#,
        r#"<META DATA-RH="true" PROPERTY='og:title' CONTENT='A &#38;
            B'>"#,
        r#"<meta property="og:title twitter:title" content=" A &amp;&#32;B ">"#,
        r#"<div>stray</div><meta property="og:title" content="A &amp; B">"#,
        r#"<meta property="og:title" content=""><meta property="og:title" content="A &amp; B">"#,
        r#"<noscript><img src="x"></noscript><meta property="og:title" content="A &amp; B">"#,
        r#"<svg><title>no</title></svg><title>A &amp; B</title>"#,
        r#"<script>var t = "<title>no</title>"</script><title>A &amp; B</title>"#,
        r#"<template><title>no</title></template><title>A &amp; B</title>"#,
        r#"<!-- <title>no</title> --><title>A &amp;
            B</title>"#,
        r#"<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head>
            <title>A &amp; B</title></head></html>"#,
        r#"<html><head><title>A &amp; B</title></head><frameset><frame src="x"></frameset></html>"#,
    ] {
        assert_eq!(best(&page(meta).title), "A & B", "{meta}");
    }
}

#[test]
fn og_pictures_keep_their_properties() {
    let page = page(
        r#"<meta property="og:image" content="http://example.org/1.png">
        <meta property="og:image:secure_url" content="https://example.org/1.png">
        <meta property="og:image:alt" content="One">
        <meta property="og:image" content="/2.png"><meta property="og:image:url" content="/2.png">
        <meta property="og:image" content="data:image/png;base64,AAAA">
        <meta property="og:image:secure_url" content="//cdn.org/3.png?v=a1">
        <meta name="twitter:image" content="4.png"><meta name="twitter:image:alt" content="Four">
        <link rel="image_src" href="My Pic.png">"#,
    );
    assert_eq!(
        all(&page.images),
        [
            "og:image: https://example.org/1.png (One)",
            "og:image: https://example.org/2.png",
            "og:image: https://cdn.org/3.png?v=a1",
            "twitter:image: https://example.org/posts/first/4.png (Four)",
            "link rel=image_src: https://example.org/posts/first/My%20Pic.png"
        ]
    );
}

#[test]
fn single_og_picture_uses_earlier_alt() {
    let html =
        r#"<meta property="og:image:alt" content="A"><meta property="og:image" content="/1">"#;
    assert_eq!(
        all(&page(html).images),
        ["og:image: https://example.org/1 (A)"]
    );
}

#[test]
fn description_markup_is_removed() {
    for (written, expected) in [
        (
            "&lt;p&gt;One &lt;em&gt;two&lt;/em&gt;&lt;/p&gt;&lt;p&gt;three&lt;/p&gt;",
            "One two three",
        ),
        (
            "We &lt;3 Option&lt;T&gt; &amp; 1 &lt;/ 2",
            "We <3 Option<T> & 1 </ 2",
        ),
        (
            "What &lt;head> and &lt;/head> and an &lt;a> do",
            "What <head> and </head> and an <a> do",
        ),
    ] {
        let html = format!(r#"<meta name="description" content="{written}">"#);
        assert_eq!(best(&page(&html).description), expected);
    }
}

#[test]
fn dates_stay_as_written() {
    let page = page(
        r#"<meta name="date" content=" 2015-07-12 10:40"><meta name="pubdate" content=" ">
        <meta property="article:published_time" content="article.date.isoformat()">
        <meta name="last-modified" content="Mon Jan 12 2015 11:40:00 GMT+0100 (CET)">"#,
    );
    assert_eq!(
        all(&page.published),
        [
            "article:published_time: article.date.isoformat()",
            "meta date: 2015-07-12 10:40"
        ]
    );
    assert_eq!(
        all(&page.updated),
        ["meta last-modified: Mon Jan 12 2015 11:40:00 GMT+0100 (CET)"]
    );
}

#[test]
fn tags_of_one_origin_are_joined() {
    let page = page(
        r#"<meta property="article:tag" content="Rust"><meta property="article:tag" content="C#">
        <meta property="article:tag" content="rust"><meta property="article:tag" content="a, b">
        <meta name="keywords" content="x, #y,, Z ; x">"#,
    );
    assert_eq!(
        all(&page.tags),
        ["article:tag: Rust + C# + a, b", "meta keywords: x + y + Z"]
    );
}

#[test]
fn author_urls_are_dropped() {
    let page = page(
        r#"<meta property="article:author" content="https://facebook.com/ada">
        <meta name="author" content="Ada Lovelace"><meta name="author" content="Charles Babbage">
        <meta name="dc.creator" content="@ada">"#,
    );
    assert_eq!(
        all(&page.author),
        ["meta author: Ada Lovelace, Charles Babbage"]
    );
}

#[test]
fn invalid_language_tag_is_dropped() {
    for (written, expected) in [
        ("zh_CN", "zh-CN"),
        ("en", "en"),
        ("sr-Latn-RS", "sr-Latn-RS"),
        ("english", ""),
        ("{{ lang }}", ""),
        ("x-default", ""),
    ] {
        let html = format!(r#"<html lang="{written}">"#);
        assert_eq!(best(&page(&html).lang), expected, "{written}");
    }
}

#[test]
fn canonical_address_comes_first() {
    let html = r#"<base href="/blog/"><meta property="og:url" content="http://localhost:4000/x/">
        <link href="https://feeds.org/" rel="alternate">
        <link href="../y/" REL="shortlink Canonical">"#;
    let page = page(html);
    assert_eq!(
        all(&page.url),
        [
            "link rel=canonical: https://example.org/y/",
            "og:url: http://localhost:4000/x/"
        ]
    );
}

#[test]
fn relative_address_needs_base() {
    let picture = r#"<meta property="og:image" content="/a.png">"#;
    let read = |html: &str| read(html.as_bytes(), None);
    assert_eq!(all(&read(picture).images), [""; 0]);
    let own = format!(r#"{picture}<meta property="og:url" content="https://a.org/x/">"#);
    assert_eq!(all(&read(&own).images), ["og:image: https://a.org/a.png"]);
}
