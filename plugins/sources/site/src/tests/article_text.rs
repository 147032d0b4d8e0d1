//! The digest of an article's words.

use std::path::PathBuf;

use serde_json::json;
use syndicate_api::{Code, Item, TextDigest, TextKind};

use super::TestSite;
use super::identity::blog;

const WORDS: &str = "One two three four five six seven eight nine ten eleven twelve thirteen \
    fourteen fifteen sixteen seventeen eighteen nineteen twenty.";

fn digest_of(item: &Item) -> Option<TextDigest> {
    item.text.digest().unwrap().cloned()
}

#[test]
fn text_ignores_front_matter_and_layout() {
    let digest = |front: &str, text: &str| {
        let item = blog()
            .file("a.md", format!("---\n{front}\n---\n{text}"))
            .item();
        digest_of(&item)
    };
    let plain = digest("title: A", WORDS);
    assert_eq!(plain.as_ref().unwrap().kind, TextKind::Markdown);
    for (front, text) in [
        ("title: B\ntags: [x]\ndate: 2026-01-02", WORDS.to_owned()),
        ("title: A", WORDS.replace(' ', "\r\n")),
        (
            "title: A",
            WORDS.replace("six ", "six\n> ").replacen("One", "> One", 1),
        ),
        (
            "title: A",
            format!("# Another title\n\n{WORDS}\n\n<!-- a comment -->\n"),
        ),
        (
            "title: A",
            format!("![Picture](x.png)\n{}", WORDS.replace("two", "[*two*](/x)")),
        ),
        (
            "title: A",
            format!("{WORDS}\n\n{{{{< youtube x >}}}} {{% include x %}}"),
        ),
        (
            "title: A",
            format!("<div class=\"x\">\n{WORDS}\n</div>\n<script>let x;</script>"),
        ),
    ] {
        assert_eq!(digest(front, &text), plain, "{text}");
    }
    for text in [
        WORDS.replace("six", "sixty"),
        format!("{WORDS}\n\n```\nlet x = 1;\n```\n"),
        format!("{WORDS}\n\n## A part\n"),
        format!("{WORDS}\n\n| a |\n|---|\n| b |\n"),
    ] {
        let other = digest("title: A", &text);
        assert!(other.is_some() && other != plain, "{text}");
    }
    assert_eq!(digest("title: A", "Too short to tell."), None);
}

#[test]
fn wrapped_japanese_text_is_equal() {
    let digest = |text: &str| digest_of(&blog().file("a.md", text.as_bytes()).item());
    let text = "コンピュータの記事です。".repeat(4);
    let wrapped = text
        .replacen("コンピ", "コン\nピ", 2)
        .replacen("の記", "の\n記", 1);
    assert!(digest(&text).is_some());
    assert_eq!(digest(&text), digest(&wrapped));
}

#[test]
fn page_text_is_article_only() {
    let digest = |body: &str| {
        let head =
            "<meta property=article:published_time content=2026-01-02T09:00:00Z><title>T</title>";
        let site = blog()
            .option("content", json!(false))
            .option("output", json!("public"))
            .file("public/a/index.html", format!("{head}<body>{body}</body>"));
        digest_of(&site.item())
    };
    let plain = digest(&format!("<article><p>{WORDS}</p></article>"));
    assert_eq!(plain.as_ref().unwrap().kind, TextKind::Page);
    for body in [
        format!(
            "<header>Site</header><nav><a href=/>Home</a></nav><main><article><h1>T</h1>\
             <p class=post-meta>By Ada</p><time>1 May</time><p>{WORDS}</p>\
             <div class=related-posts><a href=/b/>Another post</a></div></article>\
             <section id=comments>No comments.</section></main><footer>Imprint</footer>"
        ),
        format!(
            "<article><p>{}</p></article>",
            WORDS.replace("two", "<b>t</b>wo")
        ),
        format!("<nav>Home</nav><div>{WORDS}</div><footer>Imprint</footer>"),
    ] {
        assert_eq!(digest(&body), plain, "{body}");
    }
    assert_ne!(
        digest(&format!("<article><p>{WORDS}</p><p>More.</p></article>")),
        plain
    );
}

#[test]
fn joined_post_has_markdown_text() {
    let site = TestSite::hexo("permalink: :title/")
        .file("source/_posts/a.md", format!("---\ntitle: A\n---\n{WORDS}"));
    let alone = digest_of(&site.item());
    let site = site.option("output", json!("public")).file(
        "public/a/index.html",
        format!("<title>A</title><p>{WORDS} More."),
    );
    let item = site.item();
    assert_eq!(digest_of(&item), alone);
    assert_eq!(
        item.page.map(PathBuf::from),
        Some("public/a/index.html".into())
    );
    assert_eq!(alone.unwrap().kind, TextKind::Markdown);
}

#[test]
fn text_is_as_of_the_scan() {
    let path = "a/post.md";
    let site = blog().file(path, format!("---\ntitle: A\n---\n{WORDS}\n"));
    let scan = site.scan();
    let [item] = &scan.items[..] else {
        panic!("{:?}", scan.items);
    };
    assert_eq!(item.text.body().unwrap(), format!("{WORDS}\n"));
    assert_eq!(item.front.read().unwrap()["title"], "A");
    let loaded = item.front.loaded().unwrap();
    let site = site.file(path, format!("---\ntitle: A\n---\n{WORDS}!\n"));
    let fault = item.text.digest().unwrap_err();
    assert_eq!(
        (fault.code, fault.path.as_deref()),
        (Code::FileChanged, Some(path))
    );
    assert_eq!(item.text.body().unwrap_err().code, Code::FileChanged);
    assert_eq!(item.front.read().unwrap_err().code, Code::FileChanged);
    assert_eq!(loaded.read().unwrap()["title"], "A");
    assert_eq!(item.evidence().text, None);
    // An editor may save the same text again.
    let text = format!("---\ntitle: A\n---\n{WORDS}\n");
    std::fs::write(site.path().join(path), text).unwrap();
    assert!(item.text.digest().unwrap().is_some());
}

#[test]
fn page_text_is_as_of_the_scan() {
    let path = "public/a/index.html";
    let page = |end: &str| {
        let head = "<!doctype html><html><head><title>A</title>\
            <meta property=article:published_time content=2026-01-02T09:00:00Z></head>";
        format!("{head}<body><article><p>{WORDS}{end}</p></article></body></html>")
    };
    let site = blog()
        .option("content", json!(false))
        .option("output", json!("public"))
        .file(path, page(""));
    let item = site.scan().items.remove(0);
    assert_eq!(item.text.body().unwrap(), "");
    let same = site.scan().items.remove(0);
    assert_eq!(item.text, same.text);
    let site = site.file(path, page(" More."));
    let fault = item.text.digest().unwrap_err();
    assert_eq!(
        (fault.code, fault.path.as_deref()),
        (Code::FileChanged, Some(path))
    );
    assert_eq!(item.evidence().text, None);
    assert_ne!(item.text, site.scan().items.remove(0).text);
    // A generator may write the same page again.
    std::fs::write(site.path().join(path), page("")).unwrap();
    assert_eq!(item.text.digest().unwrap().unwrap().kind, TextKind::Page);
    assert_eq!(same.text.digest().unwrap(), item.text.digest().unwrap());
}
