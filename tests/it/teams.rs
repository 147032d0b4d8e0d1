//! Sites with several authors: each post is sent by its own author's account.

use serde_json::{Value, json};

use crate::support::oauth::{CLIENT_SECRET, token};
use crate::support::{Login, OAuth, Platform, Project};

/// Returns the blocks of YAML in the guide that begin with `start`, without their indentation.
fn guide_blocks(start: &str) -> Vec<String> {
    let guide = include_str!("../../docs/guides/teams.md");
    let blocks = guide.split("```yaml\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap())
        .map(|block| {
            let indent = block.len() - block.trim_start().len();
            let lines = block.lines().map(|line| line.get(indent..).unwrap_or(""));
            lines.map(|line| format!("{line}\n")).collect::<String>()
        })
        .filter(|block| block.starts_with(start))
        .collect()
}

/// Replaces `from` by `to`, once.
#[track_caller]
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} in\n{text}");
    text.replace(from, to)
}

/// Returns a project with the pipeline of the guide, a post of each author, and its sinks on `platform`.
fn project(platform: &Platform, issuer: &str) -> Project {
    let pipeline = guide_blocks("sources:").concat();
    let site =
        "{type: site, path: ., content: posts, url: 'https://example.org', permalink: '/:slug/'}";
    let pipeline = replaced(&pipeline, "{type: site, path: .}", site);
    let options = format!(
        "thumbnail: skip\n    endpoint: '{}'\n    oauth_endpoint: '{issuer}'",
        platform.url
    );
    let pipeline = replaced(&pipeline, "template: templates/linkedin.hbs", &options);
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .env("LINKEDIN_CLIENT_ID", "86app")
        .env("LINKEDIN_CLIENT_SECRET", CLIENT_SECRET)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nauthor: Jane")
        .post(
            "posts/two.md",
            "title: Two\ndate: 2026-11-21\nauthors: [{name: otto odegard}]",
        )
}

/// Returns the title and the author of each post on the platform.
fn sent(platform: &Platform) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut sent: Vec<_> = platform
        .feed()
        .iter()
        .map(|post| {
            let title = &post["article"]["title"];
            (text(title), text(&post["author"]))
        })
        .collect();
    sent.sort();
    sent
}

fn pair(title: &str, author: &str) -> (String, String) {
    (title.to_owned(), format!("urn:li:person:{author}"))
}

/// Signs in with `token` under `profile`.
fn sign_in(project: &Project, oauth: &OAuth, profile: &str, access_token: &str) {
    oauth.set_tokens(&[token(access_token)]);
    Login::start(project, &format!("--port 0 --profile {profile}"))
        .consent()
        .exits(0);
}

#[test]
fn each_author_posts_from_own_account() {
    let (platform, oauth) = (Platform::start(), OAuth::with_tokens(&[]));
    let project = project(&platform, &oauth.url);
    sign_in(&project, &oauth, "jane", "member-jane");
    sign_in(&project, &oauth, "otto", "member-otto");
    project.run("check").exits(0).says(&[
        "from the profile `jane` for Member jane",
        "from the profile `otto` for Member otto",
    ]);
    let lines = [
        "send    posts/one.md → jane as Member jane [new]",
        "send    posts/two.md → otto as Member otto [new]",
    ];
    project.run("preview").exits(0).says(&lines);
    project.run("build --dry-run").exits(0).says(&lines);
    project
        .run("preview --markdown")
        .exits(0)
        .says(&["jane<br>as Member jane", "otto<br>as Member otto"]);
    let plan = project.run("preview --json").exits(0).json();
    let senders: Vec<&Value> = plan["plan"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "send")
        .map(|entry| &entry["sender"])
        .collect();
    assert_eq!(
        senders,
        [
            &json!({"name": "Member jane", "id": "urn:li:person:jane", "profile": "jane"}),
            &json!({"name": "Member otto", "id": "urn:li:person:otto", "profile": "otto"}),
        ]
    );
    project.run("preview --html out").exits(0);
    let html = project.read("out/index.html");
    for part in [
        "title=\"urn:li:person:jane\">as Member jane</span>",
        "<p class=\"name\">Member otto</p>",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("member-jane"), "the page contains a token");

    project.run("build").exits(0).says(&["2 sent"]);
    assert_eq!(sent(&platform), [pair("One", "jane"), pair("Two", "otto")]);
}

#[test]
fn variable_of_profile_has_precedence() {
    let platform = Platform::start();
    let project = project(&platform, "https://www.linkedin.com")
        .env("LINKEDIN_ACCESS_TOKEN", "member-else")
        .env("LINKEDIN_ACCESS_TOKEN_JANE", "member-jane")
        .env("LINKEDIN_ACCESS_TOKEN_OTTO", "member-otto");
    project.run("build --dry-run").exits(0).says(&[
        "→ jane as profile jane [new]",
        "→ otto as profile otto [new]",
    ]);
    project.run("build").exits(0);
    assert_eq!(sent(&platform), [pair("One", "jane"), pair("Two", "otto")]);
}

#[test]
fn missing_profile_closes_only_its_sink() {
    let platform = Platform::start();
    let project = project(&platform, "https://www.linkedin.com")
        .env("LINKEDIN_ACCESS_TOKEN", "member-else")
        .env("LINKEDIN_ACCESS_TOKEN_JANE", "member-jane");
    let missing = [
        "`LINKEDIN_ACCESS_TOKEN_OTTO` is not set, and the profile `otto` has no stored token",
        "run `syndicate auth login linkedin --profile otto`",
        "put it into the variable `LINKEDIN_ACCESS_TOKEN_OTTO`",
    ];
    project.run("check").exits(1).says(&missing);
    project.run("build").exits(3).says(&missing);
    assert_eq!(sent(&platform), [pair("One", "jane")]);
    let project = project.env("LINKEDIN_ACCESS_TOKEN_OTTO", "member-otto");
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(sent(&platform), [pair("One", "jane"), pair("Two", "otto")]);
}

#[test]
fn post_of_two_authors_is_sent_by_both() {
    let platform = Platform::start();
    let project = project(&platform, "https://www.linkedin.com")
        .env("LINKEDIN_ACCESS_TOKEN_JANE", "member-jane")
        .env("LINKEDIN_ACCESS_TOKEN_OTTO", "member-otto")
        .post(
            "posts/both.md",
            "title: Both\ndate: 2026-11-19\nauthors: [jane, Otto Ødegård]",
        );
    project.run("build").exits(0).says(&["4 sent"]);
    assert_eq!(
        sent(&platform)[..2],
        [pair("Both", "jane"), pair("Both", "otto")]
    );
}

#[test]
fn post_without_sink_is_noted() {
    let platform = Platform::start();
    let project = project(&platform, "https://www.linkedin.com")
        .post(
            "posts/zoe.md",
            "title: Zoe\ndate: 2026-11-19\nauthor: Zoe Ray",
        )
        .post("posts/none.md", "title: None\ndate: 2026-11-18")
        .post(
            "posts/draft.md",
            "title: Draft\ndate: 2026-11-18\ndraft: true\nauthor: Zoe Ray",
        );
    let run = project.run("build --dry-run").exits(0).says(&[
        "note: no sink gets `posts/none.md`: has no author (`by-jane`, `by-otto`)",
        "note: no sink gets `posts/zoe.md`: its author is `Zoe Ray` (`by-jane`, `by-otto`)",
    ]);
    assert!(!run.stderr.contains("posts/draft.md"), "{run}");
    assert!(!run.stderr.contains("`posts/one.md`"), "{run}");
    project.run("preview --all").exits(0).says(&[
        "posts/zoe.md → jane [filtered] `by-jane`: its author is `Zoe Ray`",
        "posts/zoe.md → otto [filtered] `by-otto`: its author is `Zoe Ray`",
    ]);
}

#[test]
fn other_authors_post_from_company() {
    let platform = Platform::start();
    let project = project(&platform, "https://www.linkedin.com")
        .env("LINKEDIN_ACCESS_TOKEN_JANE", "member-jane")
        .env("LINKEDIN_ACCESS_TOKEN_OTTO", "member-otto")
        .env("LINKEDIN_ACCESS_TOKEN_COMPANY", "member-boss")
        .post(
            "posts/zoe.md",
            "title: Zoe\ndate: 2026-11-19\nauthor: Zoe Ray",
        );
    let mut pipeline = project.read("pipeline.yaml");
    let more = guide_blocks("transforms:").concat();
    let (transforms, sinks) = more.split_once("sinks:\n").unwrap();
    let transforms = transforms.strip_prefix("transforms:\n").unwrap();
    pipeline = replaced(
        &pipeline,
        "transforms:\n",
        &format!("transforms:\n{transforms}"),
    );
    pipeline.push_str(sinks);
    project.write("pipeline.yaml", pipeline);
    project
        .run("build --dry-run")
        .exits(0)
        .says(&["posts/zoe.md → company as urn:li:organization:2414183 [new]"]);
    project.run("build").exits(0).says(&["3 sent"]);
    let page = "urn:li:organization:2414183".to_owned();
    assert!(sent(&platform).contains(&("Zoe".to_owned(), page)));
}
