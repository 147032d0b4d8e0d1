//! The policy: spacing, quiet hours, schedules and approval.

use crate::build::pipeline;
use crate::crash::titles;
use crate::support::{Platform, Project};

fn project(platform: &Platform, policy: &str) -> Project {
    let pipeline = pipeline(&platform.url).replace("since: 2026-11-01", policy);
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-19\nimage: a.png")
        .post("posts/two.md", "title: Two\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn spacing_holds_across_runs() {
    let platform = Platform::start();
    let project = project(&platform, "spacing: 4h");
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["outcome"], "sent");
    assert_eq!(plan["plan"][1]["code"], "spacing");
    let project = project.env("SYNDICATE_NOW", "2026-11-22T15:59:59Z");
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][1]["code"], "spacing");
    assert_eq!(
        plan["plan"][1]["reason"],
        "the next may be sent at 2026-11-22 16:00 UTC"
    );
    let project = project.env("SYNDICATE_NOW", "2026-11-22T16:00:00Z");
    project.run("build").exits(0);
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn named_post_waits_for_quiet_hours() {
    let platform = Platform::start();
    let project = project(&platform, "spacing: 4h, quiet_hours: '22:00-07:00'");
    project.run("build").exits(0);
    project.run("build --only posts/two.md").exits(0);
    assert_eq!(platform.feed().len(), 2);
    project.write(
        "posts/three.md",
        "---\ntitle: Three\ndate: 2026-11-21\nimage: a.png\n---\nText.\n",
    );
    let project = project.env("SYNDICATE_NOW", "2026-11-22T23:00:00Z");
    let plan = project
        .run("build --json --only posts/three.md")
        .exits(0)
        .json();
    assert_eq!(plan["plan"][0]["code"], "quiet_hours");
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn scheduled_post_is_sent_when_due() {
    let platform = Platform::start();
    let project = project(&platform, "since: 2026-11-19, max_age: 30d").post(
        "posts/old.md",
        "title: Old\ndate: 2020-01-01\nimage: a.png\nsyndicate: {at: 2026-12-01T09:00+01:00}",
    );
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["sent"], 2);
    assert_eq!(plan["summary"]["codes"]["scheduled"], 1);
    let project = project.env("SYNDICATE_NOW", "2026-12-01T07:59:59Z");
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["codes"]["scheduled"], 1);
    let project = project.env("SYNDICATE_NOW", "2026-12-03T10:00:00Z");
    project.run("build").exits(0).says(&["old.md"]);
    assert_eq!(platform.feed().len(), 3);
}

/// Two sinks of one platform, of which the second has `own` keys of the policy.
fn two_sinks(platform: &Platform, own: &str) -> Project {
    let url = &platform.url;
    let second = format!(
        "  second: {{type: linkedin, endpoint: \"{url}\", token: rehearsal, {own}}}\npolicy:"
    );
    let pipeline = pipeline(url).replace("policy:", &second);
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-19\nimage: a.png")
        .post("posts/two.md", "title: Two\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn sink_overrides_policy_for_itself() {
    for (own, first, second) in [
        ("max_per_run: 1", "new", "max_per_run"),
        ("spacing: 4h", "new", "spacing"),
        ("quiet_hours: '08:00-20:00'", "new", "quiet_hours"),
        ("approve: true", "new", "not_approved"),
        ("since: 2026-11-21", "new", "before_since"),
        ("max_age: 36h", "new", "too_old"),
    ] {
        let platform = Platform::start();
        let plan = two_sinks(&platform, own)
            .run("preview --json")
            .exits(0)
            .json();
        let codes = |sink: &str| -> Vec<String> {
            let entries = plan["plan"].as_array().unwrap().iter();
            let entries = entries.filter(|entry| entry["sink"] == sink);
            entries
                .map(|entry| entry["code"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(codes("linkedin"), [first, first], "{own}");
        assert_eq!(codes("second")[1], second, "{own}");
    }
}

#[test]
fn sink_lifts_limit_of_policy() {
    let platform = Platform::start();
    let project = two_sinks(&platform, "max_per_run: 2, approve: false, since: null");
    let pipeline = project.read("pipeline.yaml").replace(
        "since: 2026-11-01",
        "since: 2026-11-20, max_per_run: 1, approve: true",
    );
    project.write("pipeline.yaml", pipeline);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["sent"], 2);
    assert_eq!(plan["summary"]["codes"]["before_since"], 1);
    assert_eq!(plan["summary"]["codes"]["not_approved"], 1);
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn invalid_policy_of_sink_has_position() {
    let platform = Platform::start();
    for (own, message) in [
        ("max_per_run: 0", "`max_per_run: 0` would never send"),
        ("spacing: 4", "`4` has no unit"),
        ("quiet_hours: late", "invalid hours `late`"),
    ] {
        let run = two_sinks(&platform, own).run("check --json").exits(1);
        let faults = run.json();
        let fault = &faults["diagnostics"][0];
        assert!(
            fault["message"].as_str().unwrap().contains(message),
            "{run}"
        );
        assert_eq!(fault["line"], 5, "{run}");
    }
}

#[test]
fn approval_covers_one_payload() {
    let platform = Platform::start();
    let project = project(&platform, "approve: true");
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["codes"]["not_approved"], 2);
    assert_eq!(platform.feed().len(), 0);

    project
        .run("approve posts/one.md")
        .exits(0)
        .says(&["approved posts/one.md → linkedin"]);
    project
        .run("approve posts/one.md")
        .exits(1)
        .says(&["nothing was approved"]);
    project.write(
        "posts/one.md",
        project.read("posts/one.md").replace("One", "Uno"),
    );
    project.run("build").exits(0);
    assert_eq!(platform.feed().len(), 0, "a change voids the approval");

    let hash = plan["plan"][1]["hash"].as_str().unwrap();
    project.run(&format!("approve {hash}")).exits(0);
    project.run("build").exits(0);
    assert_eq!(platform.feed()[0]["article"]["title"], "Two");
    project.run("approve --all").exits(0);
    project.run("build").exits(0);
    assert_eq!(platform.feed().len(), 2);
}

#[test]
fn failed_post_can_be_repeated() {
    let platform = Platform::start();
    let project = project(&platform, "max_per_run: 1");
    let wrong = project
        .read("pipeline.yaml")
        .replace("token: rehearsal", "token: expired-one");
    let right = project.read("pipeline.yaml");
    project.write("pipeline.yaml", wrong);
    project.run("build").exits(3);
    project.write("pipeline.yaml", right);
    let plan = project.run("build --failed --json").exits(0).json();
    assert_eq!(plan["plan"].as_array().unwrap().len(), 1);
    assert_eq!(plan["plan"][0]["outcome"], "sent");
    let plan = project.run("build --failed --json").exits(0).json();
    assert_eq!(plan["plan"].as_array().unwrap().len(), 0);
    project
        .run("status --sink linkedin --since 2026-11-22")
        .exits(0)
        .says(&["sent"]);
    project
        .run("status --since 2026-11-23")
        .exits(0)
        .says(&["no posts recorded"]);
    let said = "invalid value `yesterday` for `--since <DATE>`: write it as `2026-11-22`";
    project
        .run("status --since yesterday")
        .exits(2)
        .says(&[said]);
}

#[test]
fn refused_posts_do_not_block_others() {
    // The sandbox refuses a commentary of more than 3000 characters.
    let long = "word ".repeat(700);
    let cases: [(&str, &[i32], &[&str]); 2] = [
        // The refused posts are the oldest, so the first run tries both of them.
        ("max_per_run: 2", &[3, 0], &["One", "Two"]),
        // With spacing a run tries one post.
        ("spacing: 4h", &[3, 3, 0], &["One"]),
    ];
    for (policy, exits, sent) in cases {
        let platform = Platform::start();
        let mut project = project(&platform, policy);
        let pipeline = project.read("pipeline.yaml");
        let options = "thumbnail: skip, text_limit: 4000, token:";
        project.write("pipeline.yaml", pipeline.replace("token:", options));
        for name in ["a", "b"] {
            let commentary = format!("syndicate: {{commentary: \"{name} {long}\"}}");
            let front = format!("title: {name}\ndate: 2026-11-02\n{commentary}");
            project = project.post(&format!("posts/{name}.md"), &front);
        }
        for exit in exits {
            project.run("build").exits(*exit);
        }
        assert_eq!(titles(&platform), sent, "{policy}");
    }
}

#[test]
fn throttled_post_has_own_state() {
    let platform = Platform::with_fault("create:429");
    let project = project(&platform, "max_per_run: 1");
    project.run("status").exits(0).says(&["no posts recorded"]);
    project.run("build").exits(0).says(&["throttled"]);
    let status = project
        .run("status")
        .exits(0)
        .says(&["throttled 2026-11-22", "1 post recorded\n"]);
    assert!(!status.stdout.contains("failed"), "{status}");
    let status = project.run("status --json").exits(0).json();
    assert_eq!(status["items"][0]["deliveries"][0]["state"], "throttled");
}

#[test]
fn check_warns_of_missing_since() {
    let platform = Platform::start();
    for (policy, warns) in [
        ("since: 2026-11-01", false),
        ("max_age: 30d", false),
        ("max_per_run: 3", true),
        ("", true),
    ] {
        let said = project(&platform, policy).run("check").stdout;
        let has_warning = said.contains("has no `policy.since`");
        assert_eq!(has_warning, warns, "{policy}: {said}");
    }
}

#[test]
fn unknown_hash_is_error() {
    let platform = Platform::start();
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png");
    let plan = project.run("preview --json").exits(0).json();
    let hash = plan["plan"][0]["hash"].as_str().expect("a hash").to_owned();
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("One", "Uno"));
    project
        .run(&format!("build --only {hash}"))
        .exits(1)
        .says(&["has the payload", "syndicate preview"]);
    assert_eq!(platform.feed().len(), 0);
    project.write("posts/one.md", post);
    project.run(&format!("build --only {hash}")).exits(0);
    assert_eq!(platform.feed().len(), 1);
}
