//! Every kind of post, from front matter to LinkedIn's display, through the program and the sandbox, which
//! shares no code with the sink.

use serde_json::{Value, json};

use crate::support::Project;

const PIPELINE: &str = "\
sources:
  blog: {type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}
mentions:
  acme: {name: ACME (Corp), linkedin: urn:li:organization:123}
sinks:
  linkedin: {type: linkedin, OPTIONS, commentary: \"{{title}} with {{mention \\\"acme\\\"}} {{link}} #rust\"}
policy: {since: 2026-11-01}
";

fn project(options: &str) -> Project {
    Project::with_pipeline(&PIPELINE.replace("OPTIONS", options))
        .picture("posts/a.png", 600, 314)
        .picture("posts/b.png", 300, 300)
        .file("posts/slides.pdf", pdf(2))
        .file("posts/demo.mp4", movie())
}

/// Returns a PDF with this number of empty pages and without a cross-reference table, which is optional
/// for readers.
fn pdf(pages: usize) -> String {
    let kids: String = (0..pages)
        .map(|page| format!("{} 0 R ", page + 3))
        .collect();
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>";
    let pages: String = (0..pages)
        .map(|number| format!("{} 0 obj {page} endobj\n", number + 3))
        .collect();
    format!(
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
         2 0 obj << /Type /Pages /Kids [{kids}] >> endobj\n{pages}trailer << /Root 1 0 R >>\n%%EOF\n"
    )
}

/// Returns a file with the header of a video of five seconds and without frames.
pub(crate) fn movie() -> Vec<u8> {
    let boxed = |kind: &[u8], body: &[u8]| {
        let length = u32::try_from(8 + body.len()).unwrap();
        [&length.to_be_bytes()[..], kind, body].concat()
    };
    let header = [0, 0, 0, 1000, 5000].map(u32::to_be_bytes).concat();
    let moov = boxed(b"moov", &boxed(b"mvhd", &header));
    [
        boxed(b"ftyp", b"isom\0\0\0\0isom"),
        moov,
        boxed(b"mdat", &vec![7; 5 << 20]),
    ]
    .concat()
}

/// Builds one post with this `syndicate:` block in the sandbox and returns its delivery.
fn rehearsed(options: &str, block: &str) -> Value {
    rehearsal(options, block, 0)
}

fn rehearsal(options: &str, block: &str, code: i32) -> Value {
    let front = format!("title: One (of two)\ndate: 2026-11-20\nimage: a.png\n{block}");
    let run = project(options)
        .post("posts/one.md", &front)
        .run("build --sandbox --json");
    let json = run.exits(code).json();
    json["plan"][0].clone()
}

#[test]
fn sandbox_accepts_each_kind() {
    for (block, kind, urn) in [
        ("", "article", "urn:li:share:"),
        (
            "syndicate: {gallery: [a.png, {file: b.png, alt: Blue}]}",
            "gallery",
            "urn:li:",
        ),
        ("syndicate: {gallery: [b.png]}", "image", "urn:li:"),
        ("syndicate: {document: slides.pdf}", "document", "urn:li:"),
        ("syndicate: {video: demo.mp4}", "video", "urn:li:ugcPost:"),
        (
            "syndicate: {poll: {question: 'Tabs?', options: [Yes please, No thanks], days: 3}}",
            "poll",
            "urn:li:ugcPost:",
        ),
    ] {
        let entry = rehearsed("post: article", block);
        assert_eq!(entry["outcome"], "sent", "{block}: {entry:#}");
        assert_eq!(entry["post"]["kind"], kind, "{block}");
        let id = entry["receipt"]["id"].as_str().unwrap();
        assert!(id.starts_with(urn), "{block}: {id}");
        let text = entry["post"]["text"].as_str().unwrap();
        assert!(
            text.contains("with ACME (Corp) https://blog.example.org/one/"),
            "{text}"
        );
    }
}

#[test]
fn invalid_document_is_refused() {
    for (file, code, message) in [
        (
            pdf(301),
            "attachment_unfit",
            "has 301 pages, but the sink accepts at most 300",
        ),
        (
            pdf(2)
                .replace("/Kids [", "/Skid [")
                .replace("/Type /Page ", "/Type /X "),
            "attachment_format",
            "damaged",
        ),
        (
            "%PDF-1.7\n".to_owned() + &"x".repeat(500),
            "attachment_format",
            "damaged",
        ),
    ] {
        let project = project("post: article")
            .file("posts/slides.pdf", &file)
            .post(
                "posts/one.md",
                "title: One\ndate: 2026-11-20\nsyndicate: {document: slides.pdf}",
            );
        let entry = project.run("build --sandbox --json").exits(3).json()["plan"][0].clone();
        assert_eq!(entry["code"], code, "{entry:#}");
        let error = entry["error"].as_str().unwrap();
        assert!(
            error.contains(message) && error.contains("hint: "),
            "{error}"
        );
    }
    let most = project("post: article")
        .file("posts/slides.pdf", pdf(300))
        .post(
            "posts/one.md",
            "title: One\ndate: 2026-11-20\nsyndicate: {document: slides.pdf}",
        );
    let entry = most.run("build --sandbox --json").exits(0).json()["plan"][0].clone();
    assert_eq!(entry["outcome"], "sent", "{entry:#}");
}

#[test]
fn default_format_comes_from_pipeline() {
    for (options, kind) in [("post: text", "text"), ("post: image", "image")] {
        let entry = rehearsed(options, "");
        assert_eq!(
            (&entry["outcome"], &entry["post"]["kind"]),
            (&"sent".into(), &kind.into())
        );
    }
    let document = rehearsed("post: text", "syndicate: {document: slides.pdf}");
    assert_eq!(
        document["post"]["kind"], "document",
        "the post's own word wins"
    );
}

#[test]
fn ugc_api_refuses_unsupported_kinds() {
    let article = rehearsed("api: ugc", "");
    assert_eq!(article["outcome"], "sent", "{article:#}");
    assert_eq!(article["payload"]["dialect"], "ugc");
    let image = rehearsed("api: ugc, post: image", "");
    assert_eq!(image["outcome"], "sent", "{image:#}");
    let gallery = rehearsed("api: ugc", "syndicate: {gallery: [a.png, b.png]}");
    assert_eq!(gallery["outcome"], "sent", "{gallery:#}");
    assert_eq!(gallery["post"]["kind"], "gallery");
    for block in [
        "syndicate: {document: slides.pdf}",
        "syndicate: {poll: {question: Q, options: [a, b]}}",
    ] {
        let entry = rehearsal("api: ugc", block, 3);
        assert_eq!(entry["code"], "kind_unsupported", "{block}: {entry:#}");
    }
}

#[test]
fn shares_api_uses_picture_address() {
    // The sandbox rejects this API, as LinkedIn does, so the test checks the sent payload.
    let article = rehearsal("api: shares", "", 3);
    assert_eq!(article["code"], "rejected", "{article:#}");
    let request = &article["payload"]["steps"][0]["request"];
    assert_eq!(request["path"], json!(["v2", "shares"]));
    let entity = &request["body"]["json"]["content"]["contentEntities"][0];
    let address = entity["thumbnails"][0]["resolvedUrl"].as_str().unwrap();
    assert!(
        address.starts_with("https://blog.example.org/"),
        "{address}"
    );
    project("api: shares")
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
        .run("preview")
        .exits(1)
        .says(&["LinkedIn has switched off its Share API", "`endpoint`"]);
}

#[test]
fn preview_shows_attachments_and_lost_links() {
    let project = project("post: article")
        .env("COLUMNS", "200")
        .post("posts/p.md", "title: P\ndate: 2026-11-20\nsyndicate: {poll: {question: 'Tabs?', options: [Yes, No]}}")
        .post("posts/s.md", "title: S\ndate: 2026-11-20\nsyndicate: {document: slides.pdf, commentary: Read}")
        .post("posts/v.md", "title: V\ndate: 2026-11-20\nsyndicate: {video: ../outside.mp4}");
    let run = project.run("preview");
    run.says(&[
        "Tabs?",
        "○ Yes",
        "open for 7 days",
        "posts/slides.pdf (application/pdf, ",
        "document · ",
        "nothing leads to the post: it has no card, and its commentary does not name \
         `https://blog.example.org/s/`",
        "[attachment_unreadable]",
        "posts/v.md:4: the video `../outside.mp4` is not a file of the site",
    ]);
}

#[test]
fn file_sink_writes_each_kind() {
    let pipeline = PIPELINE.replace("linkedin: {type: linkedin, OPTIONS,", "out: {type: file,");
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .file("posts/slides.pdf", "%PDF-1.7\n%%EOF\n")
        .post(
            "posts/s.md",
            "title: S\ndate: 2026-11-20\nsyndicate: {document: slides.pdf}",
        )
        .post(
            "posts/g.md",
            "title: G\ndate: 2026-11-20\nsyndicate: {gallery: [a.png]}",
        );
    let json = project.run("build --json").exits(0).json();
    let written = |index: usize| -> Value {
        let id = json["plan"][index]["receipt"]["id"].as_str().unwrap();
        serde_json::from_str(&project.read(id)).unwrap()
    };
    assert!(
        written(0)["pictures"][0]["file"]
            .as_str()
            .unwrap()
            .ends_with(".png")
    );
    let document = written(1)["document"]["file"].as_str().unwrap().to_owned();
    assert_eq!(
        project.read(&format!("out/{document}")),
        "%PDF-1.7\n%%EOF\n"
    );
}

#[test]
fn unknown_mention_gets_suggestion() {
    let slip = PIPELINE
        .replace("OPTIONS", "post: text")
        .replace("\\\"acme\\\"}}", "\\\"acne\\\"}}");
    Project::with_pipeline(&slip)
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
        .run("preview")
        .says(&["unknown mention `acne`", "did you mean `acme`?"]);

    let unknown = "sources: {blog: {type: site, path: .}}\n\
        sinks: {out: {type: file}}\nmentions:\n  acme: {linkdin: urn:li:organization:1}\n";
    Project::with_pipeline(unknown)
        .post("one.md", "title: One")
        .run("items")
        .exits(1)
        .says(&[
            "unknown sink or sink type `linkdin`",
            "did you mean `linkedin`?",
        ]);
}

#[test]
fn reshare_and_retract_old_post() {
    let platform = crate::support::Platform::start();
    let options = format!("endpoint: \"{}\", token: rehearsal", platform.url);
    let project = project(&options)
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    project.run("build").exits(0);
    let parent = platform.feed()[0]["id"].as_str().unwrap().to_owned();
    let front = format!("title: Again\ndate: 2026-11-21\nsyndicate: {{reshare: '{parent}'}}");
    let project = project.post("posts/two.md", &front);
    project.run("build").exits(0).says(&["two.md"]);
    let feed = platform.feed();
    assert_eq!(feed.len(), 2);
    let raw = |post: &Value| post["raw"]["reshareContext"]["parent"].clone();
    assert!(
        feed.iter().any(|post| raw(post) == parent.as_str()),
        "{feed:#?}"
    );

    let pipeline = project
        .read("pipeline.yaml")
        .replace("endpoint:", "api: ugc, thumbnail: skip, endpoint:");
    project.write("pipeline.yaml", pipeline);
    let project = project.post("posts/three.md", "title: Three\ndate: 2026-11-21");
    project.run("build").exits(0);
    assert_eq!(platform.feed().len(), 3);
    project
        .run("retract posts/three.md")
        .exits(0)
        .says(&["retracted"]);
    assert_eq!(platform.feed().len(), 2);
}
