//! Pictures of themes that write no `og:image`.

use super::{all, page};

const PROSE: &str = "<p>The tide came in at six, and by seven the whole of the lower path was under \
    water, as it is each spring.</p>";

fn pictures(html: &str) -> Vec<String> {
    let html = html.replace("PROSE", PROSE);
    let found = all(&page(&html).images);
    let short = |written: &String| {
        let address = written.split_once(": ").unwrap().1;
        address.trim_start_matches("https://example.org").to_owned()
    };
    found.iter().map(short).collect()
}

#[test]
fn teaser_and_author_pictures_are_skipped() {
    // A theme with an article and, beside it, an author box, related posts and links to other
    // posts.
    let html = r#"<body><header><a href="/"><img src="/img/brand.png" alt="Shore"></a>
        <a href="/index.xml"><img src="/img/rss.png" width="80" height="80"></a></header>
        <main><article class="post"><h1>Tides</h1>
        <div class="post-author"><img src="/img/ada.jpg" width="200" height="200"></div>
        <div class="post-content">PROSE</div>
        <div class="related-posts"><a href="/posts/b/"><img src="/posts/b/cover.jpg"></a></div>
        <section><h2>Read on</h2><div><a href="/posts/c/"><img src="/posts/c/cover.jpg"></a></div>
        <div><img src="/posts/d/cover.jpg"><h3><a href="/posts/d/">D</a></h3></div></section>
        <ul class="pagination"><li><img src="/posts/e/cover.jpg"></li></ul></article>
        <section><article><img src="/posts/f/cover.jpg"><h2>F</h2></article></section></main>
        <footer><img src="/img/cc.png"></footer></body>"#;
    assert_eq!(pictures(html), [""; 0]);
}

#[test]
fn byline_portrait_is_skipped() {
    for byline in [
        r#"<div class="post-meta"><img src="/me.jpg"> Ada</div>"#,
        r#"<div class="top"><img src="/me.jpg"> Ada · <time datetime="2026-05-20">May</time></div>"#,
        r#"<p><a rel="author" href="/about/"><img src="/me.jpg"></a></p>"#,
        r#"<span itemprop="author" itemscope><img src="/me.jpg"></span>"#,
        r#"<div class="h-card"><img class="u-photo" src="/me.jpg"></div>"#,
    ] {
        let html =
            format!("<main><article><header><h1>T</h1>{byline}</header>PROSE</article></main>");
        assert_eq!(pictures(&html), [""; 0], "{byline}");
    }
    let cover = r#"<article><header><img src="cover.jpg"><h1>T</h1><time>May</time></header>PROSE</article>"#;
    assert_eq!(pictures(cover), ["/posts/first/cover.jpg"]);
}

#[test]
fn cover_and_text_pictures_are_kept() {
    let html = r#"<main><article><header><img src="/posts/first/cover.jpg" class="post-cover"></header>
        <div class="content">PROSE<p><a href="https://example.org/maps/"><img src="linked.png"></a></p>
        <a href="/posts/first/"><img src="self.png"></a><a href="/img/large.jpg"><img src="small.jpg"></a>
        <figure><img src="figure.png"></figure>PROSE</div>
        <div class="gallery"><img src="gallery.png"></div></article></main>"#;
    let expected = [
        "/posts/first/cover.jpg",
        "/posts/first/linked.png",
        "/posts/first/self.png",
        "/posts/first/small.jpg",
        "/posts/first/figure.png",
        "/posts/first/gallery.png",
    ];
    assert_eq!(pictures(html), expected);
}

#[test]
fn pictures_after_main_text_are_skipped() {
    let html = r#"<body><nav><img src="/img/flag-de.png"></nav><main><h1>Tides</h1><img src="hero.jpg">
        <div>PROSE<img src="in.png">PROSE</div>
        <div><h2>More posts</h2><img src="/posts/b/cover.jpg"></div></main></body>"#;
    assert_eq!(
        pictures(html),
        ["/posts/first/hero.jpg", "/posts/first/in.png"]
    );
}

#[test]
fn bare_body_keeps_only_text_pictures() {
    let html = r#"<body><div class="top"><img src="/img/de.svg"><img src="/img/banner.jpg"></div>
        <div class="wrap"><h1>Tides</h1><div class="text">PROSE<img src="in.png">PROSE</div></div>
        <div class="end"><img src="/posts/b/cover.jpg"><img src="/img/webring.gif"></div></body>"#;
    assert_eq!(pictures(html), ["/posts/first/in.png"]);
    let html = html.replace(r#"<img src="in.png">"#, "");
    assert_eq!(pictures(&html), [""; 0]);
}

#[test]
fn tag_classes_are_not_boilerplate() {
    let html = r#"<article class="h-entry"><div class="entry category-social tag-share">PROSE
        <img src="in.png"></div></article>"#;
    assert_eq!(pictures(html), ["/posts/first/in.png"]);
}
