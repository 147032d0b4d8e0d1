//! Explanations of single files.

use serde_json::json;
use syndicate_api::{FieldCandidate, FileExplanation, ItemField};

use crate::tests::TestSite;

const HEAD: &str = "<meta property=og:title content='Page | Blog'><meta property=og:site_name content=Blog>\
    <meta property=article:published_time content=2026-01-02T09:00:00Z>";

fn joined() -> TestSite {
    let front =
        "title: Own\ndescription: Own words.\nsummary: More words.\ndate: 2026-01-02\ntags: [a]";
    TestSite::hexo("permalink: :title/")
        .option("output", json!("public"))
        .file(
            "source/_posts/a.md",
            format!("---\n{front}\n---\n# Heading\n\nText.\n"),
        )
        .file("public/a/index.html", format!("{HEAD}<h1>Page</h1>"))
        .file("public/b/index.html", HEAD)
}

/// Returns the candidates of a field as `origin = value`, the winner with a leading `!`.
fn candidates(explanation: &FileExplanation, field: ItemField) -> Vec<String> {
    let found = explanation.fields.iter().find(|(known, _)| *known == field);
    let shown = |candidate: &FieldCandidate| {
        let mark = if candidate.is_chosen { "!" } else { "" };
        format!("{mark}{} = {}", candidate.origin, candidate.value)
    };
    found.map_or_else(Vec::new, |(_, candidates)| {
        candidates.iter().map(shown).collect()
    })
}

#[test]
fn explain_lists_values_by_precedence() {
    let site = joined();
    let explanation = site.explain("source/_posts/a.md").unwrap();
    assert_eq!(
        candidates(&explanation, ItemField::Title),
        [
            "!page `og:title` = Page | Blog",
            "page `body h1` = Page",
            "front matter `title` = Own",
            "first heading = Heading",
            "file path = A",
        ]
    );
    assert_eq!(
        candidates(&explanation, ItemField::Description),
        [
            "!front matter `description` = Own words.",
            "front matter `summary` = More words.",
            "beginning of the text = Heading Text.",
        ]
    );
    assert_eq!(
        candidates(&explanation, ItemField::Tags),
        ["!front matter `tags` = a"]
    );
    let item = explanation.item.as_ref().unwrap();
    assert_eq!(item.title.as_deref(), Some("Page"));
    let title = &explanation
        .fields
        .iter()
        .find(|(field, _)| *field == ItemField::Title)
        .unwrap()
        .1;
    assert!(
        title[0].reason.contains("without the site's name: `Page`"),
        "{}",
        title[0].reason
    );
    assert_eq!(title[1].reason, "page `og:title` takes precedence");
    // Its page belongs to the same post.
    assert_eq!(site.explain("public/a/index.html").unwrap(), explanation);
}

#[test]
fn explain_gives_reason_for_non_post() {
    let site = joined()
        .file("source/_posts/bad.md", "---\ndate: never\n---\n")
        .file(
            "source/_posts/later.md",
            "---\ntitle: L\ndate: 2026-01-02\n---\n",
        )
        .file("source/page.md", "---\ntitle: x\n---\n");
    let reasons = |path: &str| {
        site.explain(path)
            .map(|explanation| explanation.reasons.join("; "))
    };
    assert_eq!(
        reasons("public/b/index.html").as_deref(),
        Some("it does not belong to the Markdown file of a post")
    );
    assert!(
        reasons("source/_posts/bad.md")
            .unwrap()
            .contains("in `date`")
    );
    assert_eq!(reasons("source/page.md"), None);
    assert_eq!(reasons("public/none.html"), None);
    let waits = site.explain("./source/_posts/later.md").unwrap();
    assert!(
        waits.remarks[0].contains("page_not_built"),
        "{:?}",
        waits.remarks
    );
}

#[test]
fn explain_gives_reasons_for_page() {
    let site = joined()
        .option("content", json!(false))
        .option("output", json!("public"));
    let site = site.file("public/tags/index.html", "<title>Tags</title>");
    let post = site.explain("public/a/index.html").unwrap();
    assert_eq!(
        post.reasons,
        ["page `article:published_time` identifies it as a post"]
    );
    assert_eq!(
        candidates(&post, ItemField::Url),
        ["!file path = https://example.org/a/"]
    );
    let list = site.explain("public/tags/index.html").unwrap();
    assert_eq!((list.item, list.fields.len()), (None, 0));
    assert!(
        list.reasons[0].contains("its path is that of"),
        "{:?}",
        list.reasons
    );
    assert_eq!(site.explain("source/_posts/a.md"), None);
}
