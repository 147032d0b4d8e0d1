//! Previews of cards that a platform makes from the page, on a site that is built.

use serde_json::json;

use crate::support::Project;

const PIPELINE: &str = "sources:\n  blog: {type: site, path: ., content: posts, output: public, \
     url: \"https://blog.example.org\", permalink: \"/:slug/\"}\n\
     sinks:\n  fediverse: {type: mastodon, endpoint: \"https://social.example.org\", token: x}\n\
     policy: {since: 2026-11-01}\n";

const HEAD: &str = "<meta property=og:title content=\"One, as shared\">\
     <meta property=og:description content=\"About one\"><meta property=og:site_name content=\"A blog\">\
     <meta property=og:image content=/og.png>";

/// Returns a site with one post, whose page has these elements in its head.
fn project(head: &str) -> Project {
    site("title: One\ndate: 2026-11-20", head)
}

/// Returns a site with one post of this front matter. Its page is newer than its Markdown.
fn site(front: &str, head: &str) -> Project {
    let page = format!(
        "<!doctype html><html><head><title>One</title>\
         <link rel=canonical href=https://blog.example.org/one/>{head}</head>\
         <body><article><h1>One</h1><p>Text.</p></article></body></html>"
    );
    Project::with_pipeline(PIPELINE)
        .with_ledger()
        .env("COLUMNS", "120")
        .post("posts/one.md", front)
        .file("public/one/index.html", page)
        .picture("public/og.png", 1200, 630)
}

/// Returns the site with a sink of each look.
pub(crate) fn five_sinks() -> Project {
    let others = "  devto: {type: devto, api_key: x}\n  \
         slack: {type: webhook, dialect: slack, url: \"https://hooks.slack.com/services/T0/B0/X\"}\npolicy";
    let yaml = PIPELINE.replace("policy", others).replace(
        "  fediverse:",
        "  linkedin: {type: linkedin, token: x}\n  \
         bluesky: {type: bluesky, handle: jane.example.org, password: x}\n  mastodon:",
    );
    let front = "title: One\ndescription: About one.\ndate: 2026-11-20\nimage: a.png\n\
         tags: [Static Sites, C++]";
    site(front, HEAD)
        .file("pipeline.yaml", yaml)
        .picture("posts/a.png", 1200, 630)
}

#[test]
fn article_shows_tags_as_sent() {
    let project = five_sinks();
    project.run("preview --offline").exits(0).says(&[
        "│   #staticsites #cpp",
        "canonical URL https://blog.example.org/one/",
        "article, draft · ",
    ]);
    let json = project.run("preview --offline --json").exits(0).json();
    let of = |sink: &str| {
        let mut entries = json["plan"].as_array().unwrap().iter();
        entries.find(|entry| entry["sink"] == sink).unwrap()
    };
    let article = &of("devto")["post"]["article"];
    let sent = &of("devto")["payload"]["steps"][0]["request"]["body"]["json"]["article"];
    assert_eq!(article["tags"], sent["tags"], "{sent}");
    assert_eq!(of("linkedin")["post"]["article"], json!(null));
}

#[test]
fn preview_reads_card_of_built_page() {
    let project = project(HEAD);
    project.run("preview --offline").exits(0).says(&[
        "▒ public/og.png (1200×630 image/png, ",
        "│ A blog ",
        "│ One, as shared ",
        "│ About one ",
        "card made by Mastodon from your page `public/one/index.html`",
        " of 500 characters",
        "what Mastodon reads from `public/one/index.html`:",
        "title             One, as shared (og:title)",
        "add: <meta name=\"fediverse:creator\" content=\"@you@example.social\">",
    ]);
    let json = project.run("preview --offline --json").exits(0).json();
    let card = &json["plan"][0]["post"]["card"];
    assert_eq!(card["made_by"], "platform");
    assert_eq!(card["title"], "One, as shared");
    assert_eq!(card["page"], "public/one/index.html");
    assert_eq!(card["image"]["url"], "https://blog.example.org/og.png");
    assert_eq!(card["image"]["width"], 1200);
    let origin = json!({"title": "og:title", "description": "og:description", "image": "og:image"});
    assert_eq!(card["origin"], origin);
    assert_eq!(json["plan"][0]["warnings"], json!([]));
    let page = &json["plan"][0]["page"];
    assert_eq!(page["crawler"], "Mastodon");
    let title = json!({"part": "title", "value": "One, as shared", "origin": "og:title"});
    assert_eq!(page["parts"][0], title);
    // The picture is not uploaded.
    assert_eq!(json["plan"][0]["payload"]["media"], json!([]));
    project.run("preview --offline --markdown").exits(0).says(&[
        "**One, as shared**<br>About one",
        "<sub>card made by Mastodon from your page <code>public/one/index",
        "<details><summary>what Mastodon reads from <code>public/one/index",
    ]);
}

#[test]
fn missing_element_is_below_its_part() {
    let head = HEAD.replace("<meta property=og:description content=\"About one\">", "");
    let run = project(&head).run("preview --offline").exits(0);
    let (_, lines) = run.stdout.split_once("what Mastodon reads").unwrap();
    let before = "description       the page has no `og:description`\n";
    let (_, after) = lines.split_once(before).unwrap();
    let add = "add: <meta property=\"og:description\"";
    assert!(after.trim_start().starts_with(add), "{run}");
}

#[test]
fn drawn_card_is_large_enough() {
    let head = HEAD.replace("/og.png", "/card.png");
    let project = project(&head).picture("public/card.png", 1200, 627);
    let json = project.run("preview --offline --json").exits(0).json();
    assert_eq!(json["plan"][0]["warnings"], json!([]));
}

#[test]
fn other_link_before_own_link_is_warned_about() {
    let head = HEAD.replace("About one", "As https://hexo.example/docs, but small.");
    let message = "the commentary has `https://hexo.example/docs` before the link of the post: the \
         platform makes the card from the first link";
    let warnings = |front: &str| {
        let project = site(front, &head);
        let json = project.run("preview --offline --json").exits(0).json();
        json["plan"][0]["warnings"].clone()
    };
    let front = "title: One\ndate: 2026-11-20";
    assert_eq!(warnings(front), json!([message]));
    let own = "https://blog.example.org/one/ and https://hexo.example";
    let own = format!("{front}\nsyndicate: {{commentary: \"{own}\"}}");
    assert_eq!(warnings(&own), json!([]));
}

#[test]
fn preview_shows_text_of_link_as_sent() {
    let yaml = "sources:\n  blog: {type: site, path: ., content: posts, url: \"https://blog.example.org\"}\n\
         sinks:\n  bluesky: {type: bluesky, handle: jane.example.org, password: x, thumbnail: warn}\n\
         policy: {since: 2026-11-01}\n";
    let text = "Read https://blog.example.org/a/very/long/address/ now";
    let front = format!("title: One\ndate: 2026-11-20\nsyndicate: {{commentary: \"{text}\"}}");
    let project = Project::with_pipeline(yaml)
        .with_ledger()
        .post("posts/one.md", &front);
    let json = project.run("preview --offline --json").exits(0).json();
    let entry = &json["plan"][0];
    let short = "Read blog.example.org/a/very/long/… now";
    let steps = entry["payload"]["steps"].as_array().unwrap();
    let create = steps.iter().find(|step| step["role"] == "create").unwrap();
    assert_eq!(create["request"]["body"]["json"]["record"]["text"], short);
    assert_eq!(entry["post"]["shown"], short);
    assert_eq!(entry["post"]["text"], text);
    project.run("preview --offline").exits(0).says(&[short]);
    project.run("preview --offline --html out").exits(0);
    let link = "Read <a href=\"https://blog.example.org/a/very/long/address/\" \
         rel=\"noopener noreferrer\" target=\"_blank\">blog.example.org/a/very/long/…</a> now";
    assert!(project.read("out/index.html").contains(link));
}

#[test]
fn exported_page_has_picture_of_site() {
    let project = project(HEAD);
    project.run("preview --offline --html out").exits(0);
    let html = project.read("out/index.html");
    for part in [
        "<span class=\"site muted\" dir=\"auto\">A blog</span>\
         <span class=\"title cut\" dir=\"auto\">One, as shared</span>",
        "Card made by Mastodon from your page <code>public/one/index.html</code>",
        "What Mastodon reads from <code>public/one/index.html</code> · 2 remarks",
        "<pre tabindex=\"0\">&lt;meta name=&quot;fediverse:creator&quot; content=",
        "data-accent=\"#6364ff\"",
        "[data-accent=\"#6364ff\"] { --accent: #6364ff; }",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    let picture = html.split("<img src=\"").nth(1).unwrap();
    let picture = picture.split('"').next().unwrap();
    assert!(project.path("out").join(picture).is_file(), "{picture}");
}

#[test]
fn gaps_of_page_are_warnings() {
    let project = project("");
    project.run("preview --offline").exits(0).says(&[
        "the page has no `og:title`: the card shows its `<title>`",
        "the page has no `og:description`: the card has no description",
        "the page has no `og:image`: the card has no picture",
        "no picture on the page",
    ]);
}

#[test]
fn text_without_link_is_fault() {
    let project = project(HEAD);
    let yaml = PIPELINE.replace("token: x", "token: x, commentary: \"{{title}}\"");
    project.write("pipeline.yaml", &yaml);
    project.run("preview --offline").exits(3).says(&[
        "[link_missing]",
        "the commentary does not contain `https://blog.example.org/one/`",
        "hint: add `{{link}}` to the template of `fediverse`",
    ]);
    project.write("pipeline.yaml", PIPELINE);
    let front =
        "---\ntitle: One\ndate: 2026-11-20\nsyndicate: {commentary: Read this}\n---\nText.\n";
    project.write("posts/one.md", front);
    project.run("preview --offline").exits(3).says(&[
        "[link_missing]",
        "hint: add `https://blog.example.org/one/` to the post's own commentary",
    ]);
}
