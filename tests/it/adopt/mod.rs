//! `adopt` and `settle --sent`: the user names the live post, and every command then uses it.

mod accounts;
mod duplicate;
mod lost_ledger;
mod merged;

use serde_json::{Value, json};

use crate::build::pipeline;
use crate::support::{Platform, Project, RawServer};

const LEDGER: &str = "syndicate.ledger.jsonl";
const CREATE: &str = "POST /rest/posts";

/// Returns a project whose posts need no picture.
fn project(platform: &Platform) -> Project {
    Project::with_pipeline(&pipeline(&platform.url).replace("token:", "thumbnail: skip, token:"))
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
}

/// Returns a project whose post was sent from another machine without a record here, and the URN.
fn sent_elsewhere(platform: &Platform) -> (Project, String) {
    let project = project(platform);
    let before = project.read(LEDGER);
    let built = project.run("build --json").exits(0).json();
    let urn = built["plan"][0]["receipt"]["id"].as_str().unwrap();
    project.write(LEDGER, before);
    (elsewhere(project, "other"), urn.to_owned())
}

/// Moves the project to another machine.
fn elsewhere(project: Project, machine: &str) -> Project {
    let state = project.path(machine);
    project.env("XDG_STATE_HOME", state.to_str().unwrap())
}

/// Returns the events of the ledger of this kind.
fn events(project: &Project, kind: &str) -> Vec<Value> {
    let ledger = project.read(LEDGER);
    let events = ledger
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    events.filter(|event| event["kind"] == kind).collect()
}

#[test]
fn adopt_accepts_each_address_form() {
    for (address, urn) in [
        ("urn:li:share:734", "urn:li:share:734"),
        (
            "https://www.linkedin.com/feed/update/urn:li:share:734/",
            "urn:li:share:734",
        ),
        (
            "https://www.linkedin.com/posts/jane-doe_one-share-734-aBc1?utm_source=share",
            "urn:li:share:734",
        ),
        (
            "www.linkedin.com/posts/jane-doe_one-activity-735-aBc1",
            "urn:li:activity:735",
        ),
    ] {
        let platform = Platform::start();
        let project = project(&platform);
        project
            .run_args(&["adopt", "posts/one.md", address])
            .exits(0)
            .says(&["adopted", "posts/one.md → linkedin", urn]);
        project.run("status").exits(0).says(&["sent ", urn]);
        let status = project.run("status --json").exits(0).json();
        let delivery = &status["items"][0]["deliveries"][0];
        assert_eq!(delivery["state"], "sent", "{address}");
        assert_eq!(delivery["receipt"]["id"], urn, "{address}");
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["code"], "already_sent", "{address}");
        let reason = plan["plan"][0]["reason"].as_str().unwrap();
        assert!(reason.contains(urn), "{address}: {reason}");
        assert_eq!(platform.requests(CREATE), 0, "{address}");
    }
}

#[test]
fn adopt_prints_json_receipt() {
    let platform = Platform::start();
    let project = project(&platform);
    let adopted = project
        .run("adopt https://blog.example.org/one/ urn:li:ugcPost:7 --json")
        .exits(0)
        .json();
    let receipt = json!({
        "id": "urn:li:ugcPost:7",
        "url": "https://www.linkedin.com/feed/update/urn:li:ugcPost:7/",
    });
    assert_eq!(adopted["receipt"], receipt);
    assert_eq!(adopted["item"], "https://blog.example.org/one");
    assert_eq!(adopted["sink"], "linkedin");
}

#[test]
fn adopt_refuses_invalid_address() {
    let platform = Platform::start();
    let project = project(&platform);
    let before = project.read(LEDGER);
    for address in [
        "foo",
        "",
        "734",
        "urn:li:person:734",
        "https://example.org/x",
        "https://www.linkedin.com/in/jane-doe/",
    ] {
        project
            .run_args(&["adopt", "posts/one.md", address])
            .exits(1)
            .says(&["error: invalid LinkedIn post", "hint: pass the post's URN"]);
        assert_eq!(project.read(LEDGER), before, "`{address}`");
    }
    project
        .run("adopt posts/other.md urn:li:share:7")
        .exits(1)
        .says(&["no post is named `posts/other.md`"]);
    assert_eq!(project.read(LEDGER), before);
    project.run("build").exits(0);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn adopt_requires_sink_among_several() {
    let platform = Platform::start();
    let project = project(&platform);
    let sinks = format!(
        "sinks:\n  page: {{type: linkedin, endpoint: \"{}\", token: rehearsal, \
         author: \"urn:li:organization:7\", thumbnail: skip}}\n",
        platform.url
    );
    let two = project.read("pipeline.yaml").replace("sinks:\n", &sinks);
    project.write("pipeline.yaml", two);
    // This ledger names both sinks from the start.
    let post = project.read("posts/one.md");
    project.write(
        "posts/one.md",
        post.replace("title:", "draft: true\ntitle:"),
    );
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    project.run("build --backfill").exits(0);
    project.write("posts/one.md", post);
    let before = project.read(LEDGER);
    project
        .run("adopt posts/one.md urn:li:share:7")
        .exits(2)
        .says(&["2 sinks", "`--sink`", "`linkedin`", "`page`"]);
    project
        .run("adopt posts/one.md urn:li:share:7 --sink pgae")
        .exits(2)
        .says(&["no sink `pgae`", "`page`"]);
    assert_eq!(project.read(LEDGER), before);
    project
        .run("adopt posts/one.md urn:li:share:7 --sink page")
        .exits(0)
        .says(&["→ page as urn:li:share:7"]);
    let plan = project.run("build --json").exits(0).json();
    let of = |sink: &str| {
        let entries = plan["plan"].as_array().unwrap();
        entries.iter().find(|entry| entry["sink"] == sink).cloned()
    };
    assert_eq!(of("page").unwrap()["code"], "already_sent");
    assert_eq!(of("linkedin").unwrap()["outcome"], "sent");
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn adopted_post_is_updated_and_retracted() {
    let platform = Platform::start();
    let (project, urn) = sent_elsewhere(&platform);
    project.run(&format!("adopt posts/one.md {urn}")).exits(0);
    let plan = project.run("update posts/one.md --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "nothing changed");
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("says", "said"));
    let plan = project.run("update posts/one.md --json").exits(0).json();
    assert_eq!(plan["plan"][0]["outcome"], "updated", "{plan}");
    project
        .run("retract posts/one.md")
        .exits(0)
        .says(&["retracted"]);
    assert_eq!(platform.feed().len(), 0);
    project.run("status").exits(0).says(&["retracted "]);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["action"], "skip");
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn adopt_refuses_sent_post() {
    let platform = Platform::start();
    let project = project(&platform);
    project.run("build").exits(0);
    let urn = platform.feed()[0]["id"].as_str().unwrap().to_owned();
    let before = project.read(LEDGER);
    for again in [urn.as_str(), "urn:li:share:7"] {
        project
            .run(&format!("adopt posts/one.md {again}"))
            .exits(1)
            .says(&["`posts/one.md` is on record as sent", &urn]);
        assert_eq!(project.read(LEDGER), before, "{again}");
    }
}

#[test]
fn adopt_accepts_drafts_and_old_posts() {
    for front in [
        "title: One\ndate: 2026-11-20\ndraft: true",
        "title: One\ndate: 2020-01-01",
        "title: One\ndate: 2026-12-24",
        "title: One",
    ] {
        let platform = Platform::start();
        let project = project(&platform).post("posts/one.md", front);
        project
            .run("adopt posts/one.md urn:li:share:7")
            .exits(0)
            .says(&["adopted"]);
        // The reason for holding the post back is removed; the record stays.
        let ready = project.post("posts/one.md", "title: One\ndate: 2026-11-20");
        let plan = ready.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["code"], "already_sent", "{front}");
        assert_eq!(platform.requests(CREATE), 0, "{front}");
    }
}

#[test]
fn adopt_accepts_known_and_retracted() {
    let platform = Platform::start();
    let project = project(&platform);
    std::fs::remove_file(project.path(LEDGER)).unwrap();
    project.run("build --baseline").exits(0);
    project.run("adopt posts/one.md urn:li:share:7").exits(0);
    project.run("status").exits(0).says(&["urn:li:share:7"]);
    project.run("retract posts/one.md --by-hand").exits(0);
    project.run("adopt posts/one.md urn:li:share:8").exits(0);
    let status = project.run("status --json").exits(0).json();
    let deliveries = status["items"][0]["deliveries"].as_array().unwrap();
    let delivery = deliveries
        .iter()
        .find(|of| of["sink"] == "linkedin")
        .unwrap();
    assert_eq!(delivery["receipt"]["id"], "urn:li:share:8", "{status}");
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
}

#[test]
fn adopt_works_with_rewound_ledger() {
    let platform = Platform::start();
    let project = project(&platform).post("posts/two.md", "title: Two\ndate: 2026-11-21");
    let before = project.read(LEDGER);
    project.run("build --only posts/two.md").exits(0);
    project.write(LEDGER, before);
    let adopted = project.run("adopt posts/one.md urn:li:share:7").exits(0);
    assert!(adopted.stderr.contains("warning:"), "{adopted}");
    assert!(adopted.stderr.contains("[ledger_rewound]"), "{adopted}");
    assert!(adopted.stdout.contains("adopted posts/one.md"), "{adopted}");
    project.run("build").exits(1).says(&["[ledger_rewound]"]);
    project.run("status --restore").exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["codes"]["already_sent"], 2, "{plan}");
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn settle_refuses_invalid_address() {
    let server = RawServer::answering(b"");
    let project = crate::unknown::project(&server);
    project.run("build").exits(4);
    let before = project.read(LEDGER);
    for address in ["foo", "", "https://example.org/x", "urn:li:person:7"] {
        project
            .run_args(&["settle", "posts/one.md", "--sent", address])
            .exits(1)
            .says(&["error: invalid LinkedIn post", "hint: pass the post's URN"]);
        assert_eq!(project.read(LEDGER), before, "`{address}`");
    }
    project.run("settle").exits(0).says(&["1 open"]);
    project
        .run("settle posts/one.md --sent https://www.linkedin.com/posts/a_b-share-9-c")
        .exits(0)
        .says(&["settled as sent"]);
    let settled = events(&project, "settled");
    assert_eq!(settled[0]["remote"]["id"], "urn:li:share:9", "{settled:?}");
}

#[test]
fn post_of_another_item_is_refused() {
    let platform = Platform::start();
    let project = project(&platform).post("posts/two.md", "title: Two\ndate: 2026-11-21");
    let urn = "urn:li:share:734";
    project.run_args(&["adopt", "posts/one.md", urn]).exits(0);
    project
        .run_args(&["adopt", "posts/two.md", urn])
        .exits(1)
        .says(&[
            &format!("`{urn}` is on record as the post of `https://blog.example.org/one`"),
            "--same-as OTHER",
        ]);
    project
        .run_args(&["adopt", "posts/two.md", "urn:li:share:735"])
        .exits(0);
}

#[test]
fn settle_refuses_post_of_another_item() {
    let server = RawServer::answering(b"");
    let project = crate::unknown::project(&server);
    project.run("build").exits(4);
    let project = project.post("posts/two.md", "title: Two\ndate: 2026-11-21");
    project.run("adopt posts/two.md urn:li:share:9").exits(0);
    let settle = "settle posts/one.md --sent urn:li:share:9";
    project.run(settle).exits(1).says(&[
        "`urn:li:share:9` is on record as the post of",
        "/two`",
        "--same-as OTHER",
    ]);
    project.run("settle").exits(0).says(&["1 open"]);
}
