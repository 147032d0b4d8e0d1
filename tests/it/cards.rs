//! Drawn cards, from pipeline.yaml to what is sent.

use std::fs;

use serde_json::Value;

use crate::support::Project;

const PIPELINE: &str = "\
sources:
  blog: {type: site, path: ., content: posts, url: \"https://example.org\", permalink: \"/:slug/\"}
transforms:
  cards: {type: card, template: gradient}
sinks:
  out: {type: file, commentary: \"{{title}}\", thumbnail: require}
";

fn project(pipeline: &str) -> Project {
    let post = "title: Hello\ndate: 2026-11-20";
    Project::with_pipeline(pipeline)
        .with_ledger()
        .post("posts/a.md", post)
}

/// Returns the pictures in the folder of the sink.
fn pictures(project: &Project) -> Vec<Vec<u8>> {
    let files = fs::read_dir(project.path("out")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let pictures = files.filter(|path| path.extension().is_some_and(|ending| ending == "png"));
    pictures.map(|path| fs::read(path).unwrap()).collect()
}

/// Returns width and height of a PNG file.
fn size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn post_without_picture_is_sent_with_card() {
    let project = project(PIPELINE);
    let preview = project.run("preview --json").exits(0).json();
    let hash = preview["plan"][0]["hash"].clone();
    let built = project.run("build --json").exits(0).json();
    assert_eq!(built["plan"][0]["hash"], hash, "{built}");
    let sent = pictures(&project);
    assert_eq!(sent.len(), 1);
    assert_eq!(size(&sent[0]), (1200, 627));
    // Neither another look nor no look at all is a change of the post.
    for pipeline in [
        PIPELINE.replace("gradient", "terminal"),
        PIPELINE.replace(
            "transforms:\n  cards: {type: card, template: gradient}\n",
            "",
        ),
    ] {
        project.write("pipeline.yaml", pipeline + "policy: {on_change: update}\n");
        let again = project.run("build --json").exits(0).json();
        assert_eq!(again["plan"][0]["code"], "already_sent", "{again}");
    }
}

#[test]
fn thumbnail_draw_draws_missing_picture_only() {
    let pipeline = PIPELINE
        .replace(
            "transforms:\n  cards: {type: card, template: gradient}\n",
            "",
        )
        .replace("require", "draw");
    let project = project(&pipeline)
        .picture("posts/own.png", 300, 200)
        .post("posts/b.md", "title: Own\ndate: 2026-11-21\nimage: own.png");
    project.run("build").exits(0);
    let mut sizes: Vec<(u32, u32)> = pictures(&project).iter().map(|png| size(png)).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [(300, 200), (1200, 627)]);
}

#[test]
fn missing_glyph_stops_post() {
    let project = project(PIPELINE).post("posts/b.md", "title: 世界\ndate: 2026-11-21");
    let plan = project.run("preview --json").json();
    let entries = plan["plan"].as_array().unwrap();
    let is_undrawn = |entry: &&Value| entry["code"] == "card_undrawn";
    let entry = entries.iter().find(is_undrawn).unwrap();
    let reason = entry["reason"].as_str().unwrap();
    assert!(
        reason.contains("posts/b.md") && reason.contains("`世` (U+4E16)"),
        "{reason}"
    );
}

#[test]
fn card_preview_draws_any_post() {
    let project = project(PIPELINE)
        .picture("posts/own.png", 300, 200)
        .post("posts/b.md", "title: Own\ndate: 2026-11-21\nimage: own.png");
    for post in ["posts/a.md", "posts/b.md"] {
        let card = project
            .run(&format!("card preview {post} --output card.png --json"))
            .exits(0);
        assert_eq!(card.json()["width"], 1200);
        assert_eq!(
            size(&fs::read(project.path("card.png")).unwrap()),
            (1200, 627)
        );
    }
    project
        .run("card preview posts/none.md")
        .exits(1)
        .says(&["posts/none.md"]);
    project
        .run("card preview posts/a.md --output no/card.png")
        .exits(1)
        .says(&["cannot write `", "hint: name a file"]);
}

/// The head of a page whose theme writes no picture.
const PAGE: &str = "<!doctype html>\r\n<html>\r\n\t<head>\r\n\t\t<title>Hello</title>\r\n\t</head>\r\n\t<body>Hi</body>\r\n</html>\r\n";

#[test]
fn pages_without_picture_get_cards() {
    let other = "<html><head><meta property=\"og:image\" content=\"https://example.org/a.png\"></head></html>";
    let project = project(PIPELINE)
        .post("posts/b.md", "title: Other\ndate: 2026-11-20")
        .post("posts/c.md", "title: Unbuilt\ndate: 2026-11-20")
        .post("posts/d.md", "title: Own\ndate: 2026-11-20\nimage: own.png")
        .picture("posts/own.png", 1200, 630)
        .file("public/a/index.html", PAGE)
        .file("public/b/index.html", other)
        .file("public/d/index.html", PAGE);
    let run = project.run("card write --output public").exits(0);
    run.says(&[
        "card   posts/a.md → a/index.html",
        "the page of `posts/d.md` does not name the post's own picture",
        "added cards to 1 page, 2 with another picture, 1 without a page in UTF-8",
    ]);
    let page = project.read("public/a/index.html");
    let added = page.split_once("https://example.org/syndicate-cards/");
    let name = added.unwrap().1.split_once('"').unwrap().0;
    let card = fs::read(project.path("public/syndicate-cards").join(name)).unwrap();
    assert_eq!(size(&card), (1200, 627));
    for expected in [
        "<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"og:image:alt\" content=\"Hello\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
    ] {
        assert!(page.contains(&format!("\t\t{expected}\r\n")), "{page}");
    }
    assert_eq!(project.read("public/b/index.html"), other);
    assert_eq!(project.read("public/d/index.html"), PAGE);
    // The same card is what other sinks send, and a second run changes nothing.
    project.run("build").exits(0);
    assert!(pictures(&project).contains(&card));
    let again = project
        .run("card write --output public --json")
        .exits(0)
        .json();
    let outcomes: Vec<&str> = again["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|post| post["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(outcomes, ["kept", "has_picture", "no_page", "own_picture"]);
    assert_eq!(project.read("public/a/index.html"), page);
    // A new title replaces the card of an earlier run.
    project.write(
        "posts/a.md",
        "---\ntitle: Hello again\ndate: 2026-11-20\n---\nText.\n",
    );
    project
        .run("card write --output public")
        .exits(0)
        .says(&["added cards to 1 page"]);
    let changed = project.read("public/a/index.html");
    assert_eq!(changed.matches("og:image\"").count(), 1, "{changed}");
    assert!(
        changed.contains("Hello again") && !changed.contains(name),
        "{changed}"
    );
}

#[test]
fn card_that_cannot_be_drawn_leaves_page() {
    let project = project(PIPELINE)
        .post(
            "posts/b.md",
            "title: \"\u{10330}\"\ndate: 2026-11-20\nslug: b",
        )
        .file("public/a/index.html", PAGE)
        .file("public/b/index.html", PAGE);
    project
        .run("card write --output public")
        .exits(3)
        .says(&["U+10330", "posts/b.md"]);
    assert_eq!(project.read("public/b/index.html"), PAGE);
    assert_ne!(project.read("public/a/index.html"), PAGE);
    project
        .run("card write --output nowhere")
        .exits(1)
        .says(&["build the site first"]);
}
