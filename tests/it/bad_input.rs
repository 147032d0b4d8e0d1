//! Bad input: the message names the location and the remedy, and the other posts are sent.

use crate::build::pipeline;
use crate::support::{Platform, Project};

fn project(platform: &Platform) -> Project {
    Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post(
            "posts/good.md",
            "title: Good\ndate: 2026-11-20\nimage: a.png",
        )
}

#[test]
fn broken_front_matter_skips_one_post() {
    let platform = Platform::start();
    let project =
        project(&platform).file("posts/bad.md", "---\ntitle: Bad\ntags: [a\n---\nText.\n");
    project
        .run("build")
        .exits(3)
        .says(&["posts/bad.md:", "sent"]);
    assert_eq!(platform.feed().len(), 1);
}

/// The folder is right, but its only post has an error.
#[test]
fn check_of_broken_posts_does_not_blame_folder() {
    let project = Project::with_pipeline(&pipeline("http://127.0.0.1:9"))
        .with_ledger()
        .file("posts/notes.txt", "");
    project.run("check").says(&["posts: none found"]);
    let project = project.file("posts/bad.md", "---\ntitle: Bad\ntags: [a\n---\nText.\n");
    let run = project.run("check").exits(1).says(&["posts/bad.md:"]);
    run.lacks(&["none found"]);
}

#[test]
fn unknown_template_name_is_reported() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url).replace("token:", "template: t.hbs, token:");
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .file("t.hbs", "Hello\n{{titel}}\n")
        .picture("posts/a.png", 60, 31)
        .post(
            "posts/from_template.md",
            "title: A\ndate: 2026-11-20\nimage: a.png",
        )
        .post(
            "posts/own_words.md",
            "title: B\ndate: 2026-11-20\nimage: a.png\nsyndicate: {commentary: My own words}",
        );
    let run = project.run("build").exits(3);
    run.says(&[
        "t.hbs:2:",
        "titel",
        "did you mean `title`?",
        "[template_error]",
        "sent",
    ]);
    assert_eq!(platform.feed().len(), 1);
    project.run("check").exits(1).says(&["t.hbs:2:"]);
}

#[test]
fn missing_template_file_has_span() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url).replace("token:", "template: nope.hbs, token:");
    let project = Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: A\ndate: 2026-11-20\nimage: a.png");
    project.run("build").exits(3).says(&[
        "pipeline.yaml:4:",
        "nope.hbs",
        "relative to pipeline.yaml",
    ]);
}

#[test]
fn missing_picture_holds_post_back() {
    let platform = Platform::start();
    let project = project(&platform).post("posts/plain.md", "title: Plain\ndate: 2026-11-19");
    project.run("build").exits(3).says(&[
        "posts/plain.md",
        "[thumbnail_missing]",
        "thumbnail: warn",
        "sent",
    ]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn invalid_picture_is_image_format_error() {
    let platform = Platform::start();
    let project = project(&platform)
        .file("posts/fake.png", "no picture at all")
        .post(
            "posts/fake.md",
            "title: Fake\ndate: 2026-11-19\nimage: fake.png",
        );
    project
        .run("build")
        .exits(3)
        .says(&["posts/fake.png", "[image_format]"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn server_failures_have_distinct_messages() {
    let platform = Platform::start();
    let dead = "http://127.0.0.1:9".to_owned();
    for (change, endpoint, code, remedy) in [
        (
            "token: expired-token",
            &platform.url,
            "unauthorized",
            "expired",
        ),
        (
            "token: revoked-token",
            &platform.url,
            "unauthorized",
            "revoked",
        ),
        (
            "token: invalid-token",
            &platform.url,
            "unauthorized",
            "token",
        ),
        (
            "token: rehearsal, api_version: '202401'",
            &platform.url,
            "version_dead",
            "api_version",
        ),
        ("token: rehearsal", &dead, "unavailable", "127.0.0.1"),
        (
            "token: '${NOT_SET}'",
            &platform.url,
            "unauthorized",
            "NOT_SET",
        ),
    ] {
        let project =
            Project::with_pipeline(&pipeline(endpoint).replace("token: rehearsal", change))
                .with_ledger()
                .picture("posts/a.png", 60, 31)
                .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
                .post("posts/two.md", "title: Two\ndate: 2026-11-21\nimage: a.png");
        let plan = project.run("build --json").exits(3).json();
        assert_eq!(plan["plan"][0]["code"], code, "{change}: {plan}");
        assert_eq!(plan["plan"][0]["outcome"], "failed", "{change}");
        assert_eq!(plan["plan"][1]["outcome"], "waiting", "{change}");
        let error = plan["plan"][0]["error"].as_str().unwrap();
        assert!(
            error.contains(remedy) && error.contains("hint:"),
            "{change}: {error}"
        );
        // Nothing was sent, so the next run can send the post.
        let next = project.run("preview --json").exits(0).json();
        assert_eq!(next["plan"][0]["action"], "send", "{change}");
    }
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn long_commentary_is_refused() {
    let platform = Platform::start();
    let words = "word ".repeat(700);
    let project = project(&platform).post(
        "posts/long.md",
        &format!("title: Long\ndate: 2026-11-19\nimage: a.png\nsyndicate:\n  commentary: {words}"),
    );
    project
        .run("build")
        .exits(3)
        .says(&["posts/long.md", "[text_too_long]", "3000"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn broken_files_leave_rest_shown() {
    // A post, a template of one sink and a feed are broken.
    let yaml = "sources:\n  \
        blog: {type: site, path: ., content: posts, url: \"https://blog.example.org\"}\n  \
        news: {type: feed, path: feed.xml}\n\
        sinks:\n  \
        good: {type: linkedin, author: me, thumbnail: skip}\n  \
        bad: {type: linkedin, author: me, thumbnail: skip, template: bad.hbs}\n";
    let project = Project::with_pipeline(yaml)
        .with_ledger()
        .file("bad.hbs", "{{#if title}}")
        .file("feed.xml", "<rss><channel><item>")
        .file("posts/bad.md", "---\ntitle: [bad\n---\nText.\n")
        .post("posts/good.md", "title: Good\ndate: 2026-11-20");
    let parts = ["feed.xml", "is not closed", "posts/bad.md"];
    for command in ["build --dry-run", "preview"] {
        let run = project.run(command).exits(3);
        run.says(&parts).says(&["posts/good.md → good [new]"]);
    }
    let json = project.run("preview --json").exits(3).json();
    assert_eq!(json["faults"].as_array().unwrap().len(), 2);
    assert_eq!(json["plan"].as_array().unwrap().len(), 2);
    let markdown = project.run("preview --markdown").exits(3).stdout;
    for part in ["Good", "bad", "feed", "is not closed"] {
        assert!(markdown.contains(part), "{part} in {markdown}");
    }
    project.run("preview --html out").exits(3);
    let page = project.read("out/index.html");
    for part in ["Good", "posts/bad.md", "feed.xml", "is not closed"] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn unreadable_file_has_hint() {
    let hint = "hint: check that the file is not a folder, and that you may read it";
    let project = Project::new().file("pipeline.yaml/x", "");
    for verb in ["check", "status", "build"] {
        let run = project.run(verb).exits(1);
        run.says(&["pipeline.yaml: it cannot be read", hint]);
    }
    let project =
        Project::with_pipeline("sources: {blog: {type: site}}\nsinks: {a: {type: file}}\n")
            .file("syndicate.ledger.jsonl/x", "");
    for verb in ["status", "ledger export"] {
        let run = project.run(verb).exits(1);
        run.says(&["cannot read the ledger", hint]);
    }
}
