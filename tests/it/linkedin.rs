//! Errors of LinkedIn, from the response to the hint for the user. They run against the sandbox, whose
//! faults give LinkedIn's responses.

use serde_json::Value;

use crate::build::pipeline;
use crate::kinds::movie;
use crate::support::{Platform, Project, RawServer};

/// Returns a project with these sink options and this front matter.
fn project(url: &str, options: &str, front: &str) -> Project {
    let options = format!("{options}, token:");
    Project::with_pipeline(&pipeline(url).replace("token:", &options))
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .picture("posts/b.png", 40, 31)
        .post(
            "posts/one.md",
            &format!("title: One\ndate: 2026-11-20\n{front}"),
        )
}

/// Runs a build and returns its only delivery and the hint.
fn built(project: &Project, code: i32) -> (Value, String) {
    let plan = project.run("build --json").exits(code).json();
    let entry = plan["plan"][0].clone();
    let hint = entry["diagnostic"]["hint"].as_str().unwrap_or_default();
    let hint = hint.to_owned();
    (entry, hint)
}

fn edit(project: &Project) {
    let post = project.read("posts/one.md");
    let edited = post
        .replace("title: One", "title: Uno")
        .replace("A body", "Another body");
    project.write("posts/one.md", edited);
}

#[test]
fn refusal_of_each_step_has_hint() {
    let picture = "image: a.png";
    let reshare = "syndicate: {reshare: 'urn:li:share:7'}";
    for (fault, options, front, code, hint) in [
        (
            "create:too-long",
            "thumbnail: skip",
            "",
            "text_too_long",
            "`text_limit: 3000`",
        ),
        (
            "create:426",
            "thumbnail: skip",
            "",
            "version_dead",
            "newer syndicate",
        ),
        (
            "upload:400",
            "thumbnail: require",
            picture,
            "image_format",
            "JPEG or PNG",
        ),
        (
            "upload:404",
            "thumbnail: require",
            picture,
            "unavailable",
            "repeat all uploads",
        ),
        (
            "upload:413",
            "thumbnail: require",
            picture,
            "rejected",
            "reduce the size",
        ),
        (
            "upload:415",
            "thumbnail: require",
            picture,
            "image_format",
            "JPEG or PNG",
        ),
        (
            "create:404",
            "thumbnail: skip",
            reshare,
            "attachment_unfit",
            "`reshare`",
        ),
        (
            "create:410",
            "api: shares, thumbnail: skip",
            "",
            "rejected",
            "`api: posts`",
        ),
        ("create:410", "api: ugc", "", "rejected", "`api: posts`"),
    ] {
        let platform = Platform::with_fault(fault);
        let (entry, found) = built(&project(&platform.url, options, front), 3);
        assert_eq!(entry["outcome"], "failed", "{fault}: {entry:#}");
        assert_eq!(entry["code"], code, "{fault}: {entry:#}");
        assert!(found.contains(hint), "{fault}: {found}");
        assert_eq!(platform.feed().len(), 0, "{fault}");
    }
}

#[test]
fn throttled_run_reports_waiting() {
    for fault in ["create:429", "upload:429", "open:429"] {
        let platform = Platform::with_fault(fault);
        let project = project(&platform.url, "thumbnail: require", "image: a.png")
            .post("posts/two.md", "title: Two\ndate: 2026-11-21\nimage: b.png");
        let plan = project.run("build --json").exits(0).json();
        for (index, entry) in plan["plan"].as_array().unwrap().iter().enumerate() {
            assert_eq!(entry["outcome"], "waiting", "{fault}: {entry:#}");
            assert_eq!(entry["action"], "wait", "{fault}");
            assert_eq!(entry["diagnostic"]["code"], "throttled", "{fault}");
            let message = entry["diagnostic"]["message"].as_str().unwrap();
            assert!(message.contains("2026-11-23 00:00 UTC"), "{message}");
            let has_cause = !entry["diagnostic"]["causes"].is_null();
            assert_eq!(has_cause, index == 0, "{entry:#}");
        }
        assert_eq!(plan["summary"]["wait"], 2, "{plan:#}");
        assert_eq!(plan["summary"]["not_tried"], 0);
        assert_eq!(plan["summary"]["failed"], 0);
        // Before the given time nothing is sent, so the entry has no outcome.
        if fault == "create:429" {
            let again = project.run("build --json").exits(0).json();
            assert_eq!(again["plan"][0]["outcome"], Value::Null);
            assert_eq!(again["plan"][0]["code"], "throttled");
        }
    }
}

#[test]
fn throttled_video_status_is_throttle() {
    let platform = Platform::with_fault("status:429");
    let project = project(
        &platform.url,
        "thumbnail: skip",
        "syndicate: {video: demo.mp4}",
    );
    project.write("posts/demo.mp4", movie());
    let (entry, hint) = built(&project, 0);
    assert_eq!(entry["code"], "throttled", "{entry:#}");
    assert_eq!(entry["outcome"], "waiting", "{entry:#}");
    assert!(hint.contains("midnight UTC"), "{hint}");
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn failed_update_has_reason_and_hint() {
    for (fault, code, hint, next) in [
        (
            "update:429",
            "throttled",
            "midnight UTC",
            "`syndicate update posts/one.md`",
        ),
        (
            "update:426",
            "version_dead",
            "newer month",
            "`syndicate update posts/one.md`",
        ),
        (
            "update:409",
            "unavailable",
            "no harm",
            "`syndicate update posts/one.md`",
        ),
        (
            "update:html",
            "unavailable",
            "no harm",
            "`syndicate update posts/one.md`",
        ),
        (
            "update:404",
            "post_gone",
            "`syndicate retract`",
            "`syndicate retract posts/one.md",
        ),
    ] {
        let platform = Platform::with_fault(fault);
        let project = project(&platform.url, "thumbnail: skip", "");
        project.run("build").exits(0);
        edit(&project);
        let exit = if code == "throttled" { 0 } else { 3 };
        let plan = project.run("update posts/one.md --json").exits(exit).json();
        let entry = &plan["plan"][0];
        assert_eq!(entry["code"], code, "{entry:#}");
        assert_ne!(entry["outcome"], Value::Null, "{entry:#}");
        let diagnostic = &entry["diagnostic"];
        // LinkedIn's message is shown unless the program's message contains all of it.
        assert_eq!(
            diagnostic["causes"].is_null(),
            code == "post_gone",
            "{diagnostic:#}"
        );
        let found = diagnostic["hint"].as_str().unwrap();
        let is_right = found.contains(hint) && !found.contains("created");
        assert!(is_right, "{fault}: {found}");
        let found = entry["next"].as_str().unwrap();
        assert!(found.contains(next), "{fault}: {found}");
        let text = project.run("update posts/one.md").exits(exit);
        text.says(&["hint: ", "next: "]);
    }
}

#[test]
fn deleted_post_can_be_settled() {
    let platform = Platform::start();
    let project = project(&platform.url, "thumbnail: skip", "");
    project.run("build").exits(0);
    let ledger = project.read("syndicate.ledger.jsonl");
    project.run("retract posts/one.md").exits(0);
    // The post was deleted on LinkedIn, and no ledger records that.
    project.write("syndicate.ledger.jsonl", ledger);
    let project = project.env("XDG_STATE_HOME", "elsewhere");
    edit(&project);
    let run = project.run("update posts/one.md").exits(3);
    run.says(&["[post_gone]", "`syndicate retract posts/one.md"]);
    project
        .run("retract posts/one.md --sink linkedin")
        .exits(0)
        .says(&["retracted"]);
    project.run("status").exits(0).says(&["retracted"]);
}

#[test]
fn gateway_404_is_not_deletion() {
    let platform = Platform::start();
    let project = project(
        &platform.url,
        "author: 'urn:li:person:s4ndb0xQ', thumbnail: skip",
        "",
    );
    project.run("build").exits(0);
    let page = b"HTTP/1.1 404 No\r\ncontent-type: application/json\r\ncontent-length: 23\r\n\r\n\
        {\"message\":\"no route\" }";
    let gateway = RawServer::answering(page);
    let pipeline = project.read("pipeline.yaml");
    project.write(
        "pipeline.yaml",
        pipeline.replace(&platform.url, &gateway.url),
    );
    let run = project.run("retract posts/one.md").exits(3);
    run.says(&["not in LinkedIn's form", "`endpoint`"]);
    project.run("status").exits(0).says(&["sent "]);
    project.write("pipeline.yaml", pipeline);
    project.run("retract posts/one.md").exits(0);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn retract_accepts_copied_address() {
    let platform = Platform::start();
    let project = project(&platform.url, "thumbnail: skip", "");
    project.run("build").exits(0);
    let urn = platform.feed()[0]["id"].as_str().unwrap().to_owned();
    let number = urn.rsplit(':').next().unwrap();
    for other in [
        "urn:li:share:9",
        "https://www.linkedin.com/posts/j_a-share-9-Ab",
    ] {
        let run = project.run_args(&["retract", "posts/one.md", "--id", other]);
        run.exits(1)
            .says(&["no post of `posts/one.md` is published"]);
    }
    let run = project.run_args(&["retract", "posts/one.md", "--id", "https://lnkd.in/eAb"]);
    run.exits(1).says(&["in a browser"]);
    assert_eq!(platform.feed().len(), 1);
    let copied =
        format!("https://www.linkedin.com/posts/jane_one-share-{number}-Ab_1?utm_source=share");
    let run = project.run_args(&["retract", "posts/one.md", "--id", &copied]);
    run.exits(0).says(&["retracted"]);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn post_of_ugc_api_is_updated() {
    let platform = Platform::start();
    let options = "api: ugc, commentary: \"{{title}} (new) #rust\"";
    let project = project(&platform.url, options, "");
    project.run("build").exits(0);
    assert_eq!(platform.feed()[0]["text"], "One (new) #rust");
    project
        .run("update posts/one.md")
        .exits(0)
        .says(&["already_sent"]);
    edit(&project);
    project
        .run("update posts/one.md")
        .exits(0)
        .says(&["updated"]);
    let feed = platform.feed();
    assert_eq!(feed.len(), 1);
    assert_eq!(feed[0]["text"], "Uno (new) #rust");
    assert_eq!(feed[0]["cut_at"], Value::Null);
}

#[test]
fn check_finds_invalid_mentions_and_authors() {
    let mentions = "mentions:\n  acme: {name: ACME, linkedin: 'urn:li:company:12'}\n  \
        jane: {name: Jane, linkedin: 'urn:li:person:a1'}\n  bob: {name: Bob}\n";
    let project = project("http://127.0.0.1:9", "thumbnail: skip", "");
    let pipeline = project.read("pipeline.yaml");
    project.write("pipeline.yaml", format!("{mentions}{pipeline}"));
    let run = project.run("check").exits(1);
    run.says(&[
        "pipeline.yaml:2:",
        "`mentions.acme.linkedin`",
        "`urn:li:organization:12`",
    ]);
    let findings = project.run("check --json").exits(1).json();
    let bad: Vec<&Value> = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "mention_invalid")
        .collect();
    assert_eq!(bad.len(), 1, "{findings:#}");
    assert_eq!(bad[0]["line"], 2);

    // A bare number is also an identifier.
    let number = mentions.replace("'urn:li:company:12'", "2414183");
    project.write("pipeline.yaml", format!("{number}{pipeline}"));
    let run = project.run("check").exits(1);
    run.says(&["pipeline.yaml:2:", "`urn:li:organization:2414183`"]);

    // The older API shows plain names, so any identifier is valid.
    let older = pipeline.replace("thumbnail: skip", "api: ugc");
    project.write("pipeline.yaml", format!("{mentions}{older}"));
    project.run("check").exits(0);

    for (author, hint) in [
        ("2414183", "`urn:li:organization:2414183`"),
        ("organizationxyz", "`urn:li:person:ID`"),
        ("'urn:li:person:a 1'", "`urn:li:person:a1`"),
        (
            "https://www.linkedin.com/in/jane/",
            "an address is not an identifier",
        ),
    ] {
        let option = format!("author: {author}, thumbnail: skip");
        project.write(
            "pipeline.yaml",
            pipeline.replace("thumbnail: skip", &option),
        );
        for verb in ["check", "build", "items"] {
            let run = project.run(verb).exits(1);
            run.says(&["invalid author", "pipeline.yaml:4:", hint]);
        }
    }
}

#[test]
fn preview_refuses_activity_addresses() {
    let address = "https://www.linkedin.com/posts/jane_a-activity-7341234567890123456-Ab_1";
    let front = format!("syndicate: {{reshare: '{address}'}}");
    let project = project("http://127.0.0.1:9", "thumbnail: skip", &front);
    project
        .run("preview")
        .says(&["[attachment_unfit]", "entry in the feed", "Embed this post"]);
    let shared = address.replace("activity", "share");
    let post = project.read("posts/one.md").replace(address, &shared);
    project.write("posts/one.md", post);
    let plan = project.run("preview --json").exits(0).json();
    let body = &plan["plan"][0]["payload"]["steps"][0]["request"]["body"]["json"];
    let parent = &body["reshareContext"]["parent"];
    assert_eq!(parent, "urn:li:share:7341234567890123456");
}
