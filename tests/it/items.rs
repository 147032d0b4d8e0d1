//! `items`: the shape that programs rely on.

use serde_json::Value;

use crate::support::Project;

#[test]
fn an_item_has_every_key_even_where_it_is_unknown() {
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: site, content: posts, url: 'https://example.org/base', permalink: '/:slug/', timezone: Europe/Oslo}}",
    )
    .picture("site/posts/pics/a.png", 8, 4)
    .post("site/posts/full.md", "title: Full\ndescription: All of it.\ndate: 2026-01-02 03:04:05\ntags: [a, b]\nimage: pics/a.png\nimage_alt: A picture\nlang: en")
    .file("site/posts/bare.md", "Just a line.\n")
    .file("site/posts/broken.md", "---\ntitle: [\n---\nx\n");
    let run = project.run("items --json").exits(3);
    let lines = run.json_lines();
    let by_path = |path: &str| {
        lines
            .iter()
            .find(|item| item["path"] == path)
            .unwrap()
            .clone()
    };

    let full = by_path("site/posts/full.md");
    assert_eq!(full["v"], 1);
    assert_eq!(full["url"], "https://example.org/base/full/");
    assert_eq!(full["id"], full["keys"][0]);
    assert_eq!(full["published"], "2026-01-02T03:04:05+01:00");
    assert_eq!(full["tags"], serde_json::json!(["a", "b"]));
    assert_eq!(full["image"]["file"], "site/posts/pics/a.png");
    assert_eq!(full["image"]["alt"], "A picture");
    assert_eq!(full["origin"]["title"], "front matter `title`");

    let bare = by_path("site/posts/bare.md");
    for key in ["page", "image", "published", "updated", "lang"] {
        assert_eq!(bare.get(key), Some(&Value::Null), "{key}");
    }
    assert_eq!(bare["draft"], false);

    let broken = by_path("site/posts/broken.md");
    assert!(
        broken["error"].is_string() && broken["line"].is_number(),
        "{broken}"
    );
}

#[test]
fn a_person_reads_where_each_fact_came_from() {
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: ., content: posts, url: 'https://example.org'}}",
    )
    .post("posts/a.md", "title: Hello\ndate: 2026-01-02");
    project
        .run("items")
        .exits(0)
        .says(&["posts/a.md", "Hello", "front matter `title`", "1 posts"]);
}
