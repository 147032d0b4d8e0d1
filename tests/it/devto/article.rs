//! The text of an article, from a real post to what the fake of dev.to accepts.

use platform_fakes::devto::Devto;

use super::{Server, build};

/// A post about templates with relative links and pictures.
const POST: &str = r#"---
title: "Liquid in Jekyll"
date: 2026-11-20
description: How templates work.
series: [Templates]
tags: [Jekyll, "static sites", "100 days", C#, more]
image: cover.png
---

# Liquid in Jekyll

A first paragraph that is
wrapped, with [a link](../about/) and
[another][ref].

![A diagram](diagram.png "The parts")

Write `{{ page.title }}` for the title and {{ site.title }} for the site's:

```liquid
{% for post in site.posts %}
  [{{ post.title }}]({{ post.url }})
{% endfor %}
```

{% raw %}
```liquid
{% include a.html %}
```
{% endraw %}

> <img src="/quote.png" alt="A quote">

[ref]: /tags/?x=1
"#;

/// The text as dev.to has to get it.
const SENT: &str = r#"A first paragraph that is wrapped, with [a link](https://blog.example.org/about/) and [another][ref].

![A diagram](https://blog.example.org/liquid/diagram.png "The parts")

Write `{{ page.title }}` for the title and {% raw %}{{ site.title }}{% endraw %} for the site's:

```liquid
{% for post in site.posts %}
  [{{ post.title }}]({{ post.url }})
{% endfor %}
```


```liquid
{% include a.html %}
```


> <img src="https://blog.example.org/quote.png" alt="A quote">

[ref]: https://blog.example.org/tags/?x=1"#;

#[test]
fn real_post_becomes_article() {
    let server = Server::start(Devto::new());
    let project =
        server
            .project("")
            .file("posts/liquid.md", POST)
            .picture("posts/cover.png", 1000, 420);
    let entry = build(&project, 0);
    assert_eq!(entry["outcome"], "sent", "{entry}");
    let article = server.article();
    assert_eq!(article.body_markdown, SENT);
    assert_eq!(article.liquid_error, None);
    assert_eq!(article.title, "Liquid in Jekyll");
    assert_eq!(article.series.as_deref(), Some("Templates"));
    assert_eq!(article.tags, ["jekyll", "staticsites", "100days", "csharp"]);
    let warnings = entry["warnings"].to_string();
    assert!(warnings.contains("template tags"), "{entry}");
    server.check_strictness();
}

#[test]
fn relative_link_without_base_is_refused() {
    let server = Server::start(Devto::new());
    let post = "---\ntitle: One\ndate: 2026-11-20\n---\n\n[a]({{site.baseurl}}/b)\n";
    let project = server.project("").file("posts/one.md", post);
    let entry = build(&project, 3);
    assert_eq!(entry["code"], "relative_link", "{entry}");
    assert!(server.fake.requests().is_empty());
}

#[test]
fn feed_entry_becomes_article() {
    let server = Server::start(Devto::new());
    let feed = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><link>https://blog.example.org/</link>
        <item><title>One</title><link>https://blog.example.org/one/</link>
        <pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate>
        <description>&lt;p&gt;A &lt;a href="/b"&gt;link&lt;/a&gt;.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;c&lt;/li&gt;&lt;/ul&gt;</description>
        </item></channel></rss>"#;
    let mut pipeline = server.project("").read("pipeline.yaml");
    let source = pipeline.find("{type: site").unwrap()..pipeline.find("\nsinks:").unwrap();
    pipeline.replace_range(source, "{type: feed, path: feed.xml}");
    let project = server
        .project("")
        .file("pipeline.yaml", pipeline)
        .file("feed.xml", feed);
    build(&project, 0);
    let article = server.article();
    assert_eq!(
        article.body_markdown,
        "A [link](https://blog.example.org/b).\n\n- c"
    );
}

#[test]
fn built_page_becomes_article() {
    let server = Server::start(Devto::new());
    let mut pipeline = server.project("").read("pipeline.yaml");
    let source = pipeline.find("{type: site").unwrap()..pipeline.find("\nsinks:").unwrap();
    let site =
        "{type: site, path: ., content: false, output: public, url: \"https://blog.example.org\"}";
    pipeline.replace_range(source, site);
    let page = "<html><head><title>One</title><meta property=\"og:type\" content=\"article\">\
        <meta property=\"article:published_time\" content=\"2026-11-20T09:00:00Z\">\
        <link rel=\"canonical\" href=\"https://blog.example.org/one/\"></head><body><nav>Home</nav>\
        <article><h1>One</h1><p>A <a href=\"/b\">link</a>.</p></article></body></html>";
    let project = server
        .project("")
        .file("pipeline.yaml", pipeline)
        .file("public/one/index.html", page);
    build(&project, 0);
    assert_eq!(
        server.article().body_markdown,
        "A [link](https://blog.example.org/b)."
    );
}
