//! Edits of posts that were sent: the post is updated or left unchanged, and never sent again.

use serde_json::Value;

use crate::build::pipeline;
use crate::support::{Platform, Project};

fn project(platform: &Platform, policy: &str) -> Project {
    let pipeline = pipeline(&platform.url)
        .replace("since: 2026-11-01", &format!("since: 2026-11-01{policy}"))
        .replace("token:", "template: t.hbs, token:");
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .file("t.hbs", "New: {{title}} — {{description}}")
        .picture("posts/a.png", 60, 31)
        .post(
            "posts/one.md",
            "title: One\ndescription: Frist\ndate: 2026-11-20\nimage: a.png",
        )
}

fn edit(project: &Project, from: &str, to: &str) {
    let post = project.read("posts/one.md");
    assert!(post.contains(from), "{from}");
    project.write("posts/one.md", post.replace(from, to));
}

fn text(platform: &Platform) -> String {
    let feed = platform.feed();
    assert_eq!(feed.len(), 1, "never a second post");
    feed[0]["text"].as_str().unwrap().to_owned()
}

fn only(plan: &Value) -> &Value {
    &plan["plan"][0]
}

#[test]
fn typo_fix_updates_commentary() {
    let platform = Platform::start();
    let project = project(&platform, ", on_change: update");
    project.run("build").exits(0);
    assert_eq!(text(&platform), "New: One — Frist");
    let id = platform.feed()[0]["id"].clone();
    project.run("build").exits(0).says(&["already_sent"]);

    edit(&project, "Frist", "First");
    let preview = project.run("preview --json").exits(0).json();
    assert_eq!(only(&preview)["action"], "update");
    assert_eq!(only(&preview)["code"], "changed");
    let said = project.run("build --json").exits(0).json();
    assert_eq!(only(&said)["outcome"], "updated");
    assert_eq!(only(&said)["hash"], only(&preview)["hash"]);
    assert_eq!(said["summary"]["updated"], 1);
    assert_eq!(text(&platform), "New: One — First");
    assert_eq!(platform.feed()[0]["id"], id);

    let again = project.run("build --json").exits(0).json();
    assert_eq!(only(&again)["code"], "already_sent", "once is enough");
    project.run("status").exits(0).says(&["sent", "updated on"]);
}

#[test]
fn edit_is_ignored_by_default() {
    let platform = Platform::start();
    let project = project(&platform, "");
    project.run("build").exits(0);
    edit(&project, "Frist", "First");
    project.run("build").exits(0).says(&["already_sent"]);
    assert_eq!(text(&platform), "New: One — Frist");
}

#[test]
fn template_edit_updates_no_old_post() {
    let platform = Platform::start();
    let project = project(&platform, ", on_change: update");
    project.run("build").exits(0);
    project.write("t.hbs", "Read {{title}}: {{description}}");
    project.run("build").exits(0).says(&["already_sent"]);
    assert_eq!(text(&platform), "New: One — Frist");
    // The post is updated when the user names it.
    project
        .run("update posts/one.md --dry-run")
        .exits(0)
        .says(&["update", "Read One: Frist"]);
    assert_eq!(text(&platform), "New: One — Frist");
    project
        .run("update posts/one.md")
        .exits(0)
        .says(&["updated"]);
    assert_eq!(text(&platform), "Read One: Frist");
    project.run("update --all").exits(0).says(&["already_sent"]);
}

#[test]
fn card_edit_is_reported_as_impossible() {
    let platform = Platform::start();
    let project = project(&platform, ", on_change: update");
    project.run("build").exits(0);
    // Only the card has a picture.
    let project = project.picture("posts/b.png", 80, 40);
    edit(&project, "a.png", "b.png");
    let said = project.run("build --json").exits(0).json();
    assert_eq!(only(&said)["code"], "already_sent");
    let reason = only(&said)["reason"].as_str().unwrap();
    assert!(
        reason.contains("the card") && reason.contains("stays"),
        "{reason}"
    );
    // The title is in the commentary and on the card.
    edit(&project, "title: One", "title: Uno");
    let said = project.run("build --json").exits(0).json();
    assert_eq!(only(&said)["outcome"], "updated");
    let warning = only(&said)["warnings"][0].as_str().unwrap();
    assert!(
        warning.contains("the card") && warning.contains("stays"),
        "{warning}"
    );
    assert_eq!(text(&platform), "New: Uno — Frist");
    assert_eq!(platform.feed()[0]["article"]["title"], "One");
}

#[test]
fn update_requires_approval_by_policy() {
    let platform = Platform::start();
    let project = project(&platform, ", on_change: update, approve: true");
    project.run("approve --all").exits(0);
    project.run("build").exits(0);
    edit(&project, "Frist", "First");
    let said = project.run("build --json").exits(0).json();
    assert_eq!(only(&said)["code"], "not_approved");
    assert_eq!(text(&platform), "New: One — Frist");
    project.run("approve posts/one.md").exits(0);
    project.run("build").exits(0).says(&["updated"]);
    assert_eq!(text(&platform), "New: One — First");
}

#[test]
fn unsupported_retraction_is_recorded_by_hand() {
    let project = Project::with_pipeline(
        "sources:\n  blog: {type: site, path: ., content: posts, url: \"https://blog.example.org\"}\n\
         sinks:\n  out: {type: file, thumbnail: skip}\npolicy: {since: 2026-11-01}\n",
    );
    let project = project
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20");
    project.run("build").exits(0);
    project
        .run("retract posts/one.md")
        .exits(3)
        .says(&["[unsupported]", "then add `--by-hand` to record that"]);
    project.run("retract posts/one.md --by-hand").exits(0);
    project.run("status").exits(0).says(&["retracted "]);
}

#[test]
fn retracted_post_returns_only_by_name() {
    let platform = Platform::start();
    let project = project(&platform, ", on_change: update");
    project
        .run("retract posts/one.md")
        .exits(1)
        .says(&["no post of"]);
    project.run("build").exits(0);
    project
        .run("retract posts/one.md")
        .exits(0)
        .says(&["retracted"]);
    assert_eq!(platform.feed().len(), 0);
    project.run("status").exits(0).says(&["retracted"]);
    edit(&project, "Frist", "First");
    project.run("build").exits(0).says(&["taken back"]);
    assert_eq!(platform.feed().len(), 0);
    project
        .run("build --only posts/one.md")
        .exits(0)
        .says(&["sent"]);
    assert_eq!(text(&platform), "New: One — First");
    let said = project
        .run("retract posts/one.md --by-hand --json")
        .exits(0)
        .json();
    assert_eq!(said["retracted"][0]["done"], true);
    assert_eq!(platform.feed().len(), 1, "only recorded");
}

/// Sends two posts that one file has after each other, at one address. Returns their URNs.
fn replaced(platform: &Platform) -> (Project, [String; 2]) {
    let project = project(platform, "");
    let send = |project: &Project| {
        let built = project.run("build --json").exits(0).json();
        let urn = only(&built)["receipt"]["id"].as_str();
        urn.unwrap_or_else(|| panic!("{built}")).to_owned()
    };
    let old = send(&project);
    let project = project.post(
        "posts/one.md",
        "title: Two\ndate: 2026-11-21\nimage: a.png\nsyndicate: {id: newone}",
    );
    let new = send(&project);
    assert_eq!(platform.feed().len(), 2);
    (project, [old, new])
}

#[test]
fn retract_reaches_replaced_post() {
    for command in [
        "retract https://blog.example.org/one/ --id OLD",
        "retract posts/one.md --id OLD",
        "retract id:newone --id OLD",
        "retract posts/one.md --id https://www.linkedin.com/feed/update/OLD/?utm_source=share",
        "retract OLD",
        "retract https://www.linkedin.com/feed/update/OLD",
        "retract OLD --id OLD",
    ] {
        let platform = Platform::start();
        let (project, [old, new]) = replaced(&platform);
        let command = command.replace("OLD", &old);
        project.run(&command).exits(0).says(&["retracted"]);
        let feed = platform.feed();
        assert_eq!(feed.len(), 1, "{command}");
        assert_eq!(feed[0]["id"], new.as_str(), "{command}");
        project.run(&command).exits(1);
        project.run("build").exits(0).says(&["already_sent"]);
        project.run("retract posts/one.md").exits(0);
        assert_eq!(platform.feed().len(), 0, "{command}");
    }
}

#[test]
fn retract_refuses_id_of_another_post() {
    let platform = Platform::start();
    let (project, [old, _]) = replaced(&platform);
    let project = project.post(
        "posts/two.md",
        "title: Three\ndate: 2026-11-22\nimage: a.png",
    );
    project
        .run(&format!("retract posts/two.md --id {old}"))
        .exits(1)
        .says(&[
            "no post of `posts/two.md` is published",
            &format!("run `syndicate retract {old}`"),
        ]);
    project
        .run("retract urn:li:share:1")
        .exits(1)
        .says(&["no post is named `urn:li:share:1`"]);
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn preview_shows_line_diff() {
    let platform = Platform::start();
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post(
            "posts/one.md",
            "title: One\ndate: 2026-11-20\nimage: a.png\nsyndicate: {commentary: 'Old words'}",
        )
        .post("posts/two.md", "title: Two\ndate: 2026-11-21\nimage: a.png");
    project
        .run("preview --diff")
        .exits(0)
        .says(&["nothing has changed since"]);
    project.run("build --only posts/one.md").exits(0);
    project.run("approve posts/two.md").exits(0);
    project
        .run("preview --diff")
        .exits(0)
        .says(&["nothing has changed since"]);
    for (post, old, new) in [
        ("one", "Old words", "New words"),
        ("two", "A body", "Another body"),
    ] {
        let path = format!("posts/{post}.md");
        let text = project.read(&path).replace(old, new);
        project.write(&path, text);
    }
    project.run("preview --diff").exits(0).says(&[
        "changed since it was sent on 2026-11-22",
        "- Old words",
        "+ New words",
        "    title: One",
        "changed since it was approved on 2026-11-22",
        "+ Another body that says something.",
    ]);
    std::fs::remove_dir_all(project.path(".home")).unwrap();
    project
        .run("preview --diff")
        .exits(0)
        .says(&["no copy of the earlier text", "sha256:"]);
}
