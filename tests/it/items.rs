//! `items`: the output format for programs.

use serde_json::Value;

use crate::support::Project;

#[test]
fn items_json_has_every_key() {
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
fn items_show_origin_of_fields() {
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: ., content: posts, url: 'https://example.org'}}",
    )
    .post("posts/a.md", "title: Hello\ndate: 2026-01-02");
    project
        .run("items")
        .exits(0)
        .says(&["posts/a.md", "Hello", "front matter `title`", "1 post,"]);
}

#[test]
fn explain_lists_all_candidates() {
    let page = "<title>Page</title><link rel=canonical href=https://example.org/a/>";
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: site, content: posts, output: public, url: 'https://example.org'}}",
    )
    .post("site/posts/a.md", "title: Own\ndate: 2026-01-02\ntags: [x]")
    .file("site/public/a/index.html", page);
    let run = project.run("items --explain site/posts/a.md").exits(0);
    run.says(&[
        "a post",
        "✓ Page",
        "· Own",
        "front matter `title`: page `title` takes precedence",
    ]);

    let from_folder = project.run("items --json --explain site/public/a/index.html");
    let value = from_folder.exits(0).json();
    assert_eq!((&value["v"], &value["post"]), (&1.into(), &true.into()));
    assert_eq!(value["path"], "site/posts/a.md");
    assert_eq!(value["item"]["page"], "site/public/a/index.html");
    let fields = value["fields"].as_array().unwrap();
    let title = fields
        .iter()
        .find(|field| field["field"] == "title")
        .unwrap();
    assert_eq!(title["candidates"][0]["value"], "Page");
    assert_eq!(title["candidates"][0]["won"], true);
    assert_eq!(title["candidates"][1]["origin"], "front matter `title`");

    let unknown = project.run("items --explain posts/none.md").exits(1);
    unknown.says(&["no source reads `posts/none.md`", "hint:"]);
}

#[test]
fn old_post_does_not_wait_for_page() {
    for (policy, code) in [
        ("since: 2026-01-01", "before_since"),
        ("max_age: 30d", "too_old"),
    ] {
        let project = Project::with_pipeline(&format!(
            "sources: {{blog: {{type: site, path: ., content: posts, output: public, url: 'https://example.org'}}}}\n\
             sinks: {{out: {{type: file, endpoint: out, thumbnail: skip}}}}\n\
             policy: {{{policy}}}",
        ))
        .post("posts/old.md", "title: Old\ndate: 2019-01-02")
        .post("posts/new.md", "title: New\ndate: 2026-11-20")
        .file("public/new.html", "<title>New</title>A body that says something.")
        .with_ledger();
        let run = project
            .run("build --dry-run --fail-on wait --json")
            .exits(0);
        let plan = run.json();
        assert_eq!(plan["plan"][0]["code"], code, "{plan}");
        assert_eq!(plan["plan"][1]["code"], "new", "{plan}");
        // The policy does not apply to a post that is selected by name.
        let plan = project.run("build --dry-run --only posts/old.md --json");
        assert_eq!(plan.exits(0).json()["plan"][0]["code"], "page_not_built");
        // The page may have the date.
        let project = project.post("posts/old.md", "title: Old");
        let plan = project.run("build --dry-run --json").exits(0).json();
        let mut entries = plan["plan"].as_array().unwrap().iter();
        let old = entries.find(|entry| entry["path"] == "posts/old.md");
        assert_eq!(old.unwrap()["code"], "page_not_built", "{plan}");
    }
}

#[test]
fn post_waits_for_built_page() {
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: ., content: posts, output: public, url: 'https://example.org'}}\n\
         sinks: {out: {type: file, endpoint: out, thumbnail: skip}}",
    )
    .post("posts/a.md", "title: A\ndate: 2026-01-02")
    .with_ledger();
    let run = project.run("build --json").exits(0).json();
    assert_eq!(run["plan"][0]["code"], "page_not_built");
    assert_eq!(run["plan"][0]["action"], "wait");
    project.write(
        "public/a.html",
        "<title>A</title>A body that says something.",
    );
    let run = project.run("build --dry-run --json").exits(0).json();
    assert_eq!(run["plan"][0]["code"], "new", "{run}");
    assert_eq!(
        run["plan"][0]["post"]["card"]["url"],
        "https://example.org/a.html"
    );
}
