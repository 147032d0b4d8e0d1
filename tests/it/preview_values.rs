//! Previews show the values of a request that readers or moderators see, although they are not a part of the post.

use serde_json::json;

use crate::support::Project;

/// One sink of each type whose options add values. Nothing listens at the endpoints.
const PIPELINE: &str = r#"
sources:
  blog: {type: site, path: ., content: posts, url: "https://blog.example.org", permalink: "/:slug/"}
sinks:
  linkedin: {type: linkedin, endpoint: "http://127.0.0.1:9", visibility: connections, thumbnail: skip}
  mastodon: {type: mastodon, endpoint: "http://127.0.0.1:9", content_warning: Long read, visibility: unlisted}
  devto: {type: devto, endpoint: "http://127.0.0.1:9", series: Notes, organization_id: 77, publish: false}
  discord: {type: webhook, dialect: discord, endpoint: "http://127.0.0.1:9", url: "https://discord.com/api/webhooks/1/a", thread_name: "On {{title}}"}
  hook: {type: webhook, endpoint: "http://127.0.0.1:9", url: "https://hooks.example.com/a", thumbnail: require, body: {headline: "{{title}}", by: robot}}
policy: {since: 2026-11-01, max_per_run: 100, live_check: false}
"#;

const VALUES: [&str; 7] = [
    "content warning: Long read",
    "visibility: unlisted",
    "visibility: CONNECTIONS",
    "description: The first.",
    "series: Notes",
    "organization: 77",
    "thread: On One",
];

fn project() -> Project {
    Project::with_pipeline(PIPELINE).with_ledger().post(
        "posts/one.md",
        "title: One\ndescription: The first.\ndate: 2026-11-20",
    )
}

#[test]
fn previews_show_values_of_request() {
    let project = project();
    let shown = project.run("preview --offline").exits(0).says(&VALUES);
    let body = "body:\n│   {\n│     \"by\": \"robot\",\n│     \"headline\": \"One\"\n│   }\n";
    assert!(shown.stdout.contains(body), "{shown}");
    project.run("preview --offline --html out").exits(0);
    let html = project.read("out/index.html");
    let table = project.run("preview --offline --markdown").exits(0).stdout;
    for value in VALUES {
        let (label, text) = value.split_once(": ").unwrap();
        let in_html = format!("<span class=\"muted\">{label}:</span> <bdi>{text}</bdi><");
        assert!(html.contains(&in_html), "{value}\n{html}");
        let text = text.replace('.', "&#46;");
        assert!(
            table.contains(&format!("{label}: <code>{text}</code>")),
            "{table}"
        );
    }
    let body = "body:</span>\n{\n  &quot;by&quot;: &quot;robot&quot;,";
    assert!(html.contains(body), "{html}");
    assert!(table.contains("article, draft"), "{table}");
}

#[test]
fn own_body_replaces_commentary() {
    let hook =
        r#"url: "https://hooks.example.com/a", text_limit: 5, commentary: "Not sent #at_all""#;
    let pipeline = PIPELINE.replace(r#"url: "https://hooks.example.com/a""#, hook);
    let project = project().file("pipeline.yaml", pipeline);
    let plan = project.run("preview --offline --json").exits(0).json();
    let entries = plan["plan"].as_array().unwrap();
    let hook = entries.iter().find(|entry| entry["sink"] == "hook");
    let post = &hook.unwrap()["post"];
    assert_eq!(
        (&post["shown"], &post["length"]),
        (&json!(""), &json!(null))
    );
    assert_eq!(post["text"], "Not sent #at_all");
    for arguments in ["", " --html out", " --markdown"] {
        let run = project
            .run(&format!("preview --offline{arguments}"))
            .exits(0);
        run.lacks(&["Not sent"]);
    }
    assert!(!project.read("out/index.html").contains("Not sent"));
}

#[test]
fn own_body_has_no_card() {
    let plan = project().run("preview --offline --json").exits(0).json();
    let entries = plan["plan"].as_array().unwrap();
    let hook = entries.iter().find(|entry| entry["sink"] == "hook");
    let hook = hook.unwrap();
    assert_eq!(hook["action"], "send", "the picture is not used: {hook}");
    assert!(hook["post"]["card"].is_null(), "{hook}");
    assert_eq!(hook["warnings"], json!([]), "{hook}");
}
