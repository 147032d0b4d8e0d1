//! `check --pages` on built sites.

use serde_json::json;

use crate::support::Project;

const PIPELINE: &str = "sources:\n  blog: {type: site, path: ., content: posts, output: public, \
     url: \"https://blog.example.org\", permalink: \"/:slug/\"}\n\
     sinks:\n  \
     fediverse: {type: mastodon, endpoint: \"https://social.example.org\", token: x}\n  \
     linkedin: {type: linkedin, token: x}\n\
     policy: {since: 2026-11-01}\n";

const COMPLETE: &str = "<meta property=og:title content=One><meta property=og:description content=D>\
     <meta property=og:image content=https://blog.example.org/og.png>\
     <meta property=og:image:alt content=Sea><meta name=fediverse:creator content=@a@b.example>";

/// Returns a site with two posts, whose pages have these heads, and one without a page.
fn project(heads: [&str; 2]) -> Project {
    let mut project = Project::with_pipeline(PIPELINE)
        .with_ledger()
        .env("COLUMNS", "200")
        .post("posts/three.md", "title: Three\ndate: 2026-11-03")
        .picture("public/og.png", 1200, 630);
    for (slug, head) in ["one", "two"].into_iter().zip(heads) {
        let page = format!(
            "<html><head><title>{slug}</title>{head}</head>\
             <body><article><h1>{slug}</h1><p>Text.</p></article></body></html>"
        );
        let front = format!("title: {slug}\ndate: 2026-11-20");
        project = project
            .post(&format!("posts/{slug}.md"), &front)
            .file(&format!("public/{slug}/index.html"), page);
    }
    project
}

#[test]
fn gaps_of_all_pages_are_summed_up() {
    let project = project([COMPLETE, ""]);
    project.run("check --pages").exits(0).says(&[
        "read 2 built pages; 1 post has none that can be read",
        "Mastodon after each post (sink `fediverse`)",
        "title             1 from og:title, 1 from <title>",
        "warning           1 of 2 pages: the page has no `og:image`: the card has no picture",
        "for example posts/two.md",
        "add: <meta property=\"og:image\" content=\"https://blog.example.org/PICTURE.png\">",
        "LinkedIn when people share the link (sink `linkedin`)",
        "note              1 of 2 pages: the page has no `og:image`",
    ]);
}

#[test]
fn page_of_named_post_is_shown() {
    let project = project([COMPLETE, ""]);
    let one = project.run("check --pages posts/one.md").exits(0);
    let one = one.says(&[
        "posts/one.md public/one/index.html",
        "picture           https://blog.example.org/og.png (og:image, 1200×630 image/png, ",
        "alternative text  Sea",
        "author            @a@b.example (fediverse:creator)",
    ]);
    one.lacks(&["warning", "note", "posts/two.md"]);
    let three = project.run("check --pages posts/three.md").exits(0);
    three.says(&["warning posts/three.md: its built page is not known"]);
    project
        .run("check --pages posts/four.md")
        .exits(1)
        .says(&["posts/four.md"]);
    project.run("check posts/one.md").exits(2);
}

#[test]
fn json_has_readings() {
    let project = project([COMPLETE, ""]);
    let json = project
        .run("check --pages --json posts/two.md")
        .exits(0)
        .json();
    let reading = &json["pages"][0]["readings"][0];
    assert_eq!(reading["sink"], "fediverse");
    assert_eq!(reading["makes_card"], true);
    let title = json!({"part": "title", "value": "two", "origin": "<title>"});
    assert_eq!(reading["parts"][0], title);
    let gap = &reading["gaps"][0];
    assert_eq!(gap["kind"], "fallback");
    assert_eq!(gap["add"], "<meta property=\"og:title\" content=\"two\">");
    let shared = &json["pages"][0]["readings"][1]["gaps"][0];
    assert_eq!(shared["occasion"], "shared_links");
}

#[test]
fn gaps_become_annotations() {
    let project = project([COMPLETE, ""]);
    project.run("check --pages --format github").exits(0).says(&[
        "::warning file=posts/two.md,title=page::Mastodon (sink `fediverse`): the page has no `og:image`",
        "::notice file=posts/two.md,title=page::LinkedIn (sink `linkedin`)",
    ]);
}
