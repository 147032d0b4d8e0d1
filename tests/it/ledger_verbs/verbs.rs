//! Every command reads and writes the ref that pipeline.yaml names.

use super::LEDGER;
use super::clones::{Origin, REF, states};
use crate::support::git::git;
use crate::support::{Platform, Watcher};

const CREATE: &str = "POST /rest/posts";
const GIT: &str = "ledger: {git: true}\n";

#[test]
fn second_clone_sees_what_first_sent() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, GIT);
    first
        .run("build")
        .exits(1)
        .says(&["[ledger_missing]", "build --baseline", "ledger move git"]);
    // The variable of CI services does not matter for this store.
    let first = first.env("CI", "true");
    first.run("build --backfill").exits(0).says(&["1 sent"]);
    let second = origin.clone();
    assert_eq!(states(&second, ""), ["sent"]);
    let status = second.run("status --json").exits(0).json();
    assert_eq!(status["ledger"]["store"], "git");
    assert_eq!(status["ledger"]["name"], REF);
    assert_eq!(status["ledger"]["remote"], "origin");
    second
        .run("status")
        .exits(0)
        .says(&["`refs/syndicate/ledger` on `origin`"]);
    let plan = second.run("preview --all --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
    second.run("build").exits(0).says(&["already_sent"]);
    second.run("check").exits(0).says(&[REF]);
    second.run("items").exits(0);

    // The second machine changes and deletes the post; the first one sees that.
    second.write("posts/one.md", "---\ntitle: One\ndate: 2026-11-20\nsyndicate: {commentary: New}\n---\n\nA body that says something.\n");
    second.run("update --all").exits(0).says(&["1 updated"]);
    let history = first.run("status --json").exits(0).json();
    assert!(history["items"][0]["deliveries"][0]["updated"].is_string());
    second.run("retract posts/one.md").exits(0);
    assert_eq!(states(&first, ""), ["retracted"]);
    let adopted = "adopt posts/two.md urn:li:share:7341234567890123456";
    second.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\n\nAnother text.\n",
    );
    second.run(adopted).exits(0);
    assert_eq!(states(&first, ""), ["retracted", "sent"]);
    second.write(
        "posts/three.md",
        "---\ntitle: Three\ndate: 2026-11-21\n---\n\nA third text.\n",
    );
    second
        .run("approve posts/three.md")
        .exits(0)
        .says(&["1 approved"]);
    first
        .run("ledger export")
        .exits(0)
        .says(&["\"kind\":\"approved\""]);
    assert_eq!(platform.requests(CREATE), 1);
    assert!(!first.path(LEDGER).exists() && !second.path(LEDGER).exists());
}

#[test]
fn unknown_outcome_is_settled_in_other_clone() {
    let platform = Platform::with_fault("create:lost");
    let origin = Origin::new();
    let first = origin.first(&platform, GIT);
    first.run("build --backfill").exits(4);
    let second = origin.clone();
    second.run("settle").exits(0).says(&["1 open"]);
    second.run("settle posts/one.md --not-sent").exits(0);
    first.run("settle").exits(0).says(&["0 open"]);
}

#[test]
fn compaction_is_one_more_commit() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, GIT);
    first.run("build --backfill").exits(0);
    let (tip, before) = (origin.git(&["rev-parse", REF]), origin.lines(REF));
    first.run("status --compact").exits(0).says(&["lines"]);
    let after = origin.lines(REF);
    assert!(after.len() < before.len(), "{before:?}");
    assert_eq!(origin.git(&["rev-parse", &format!("{REF}^")]), tip);
    assert_eq!(states(&origin.clone(), ""), ["sent"]);
    first.run("build").exits(0).says(&["already_sent"]);
    first.run("status --compact").exits(0);
    assert_eq!(origin.lines(REF), after);
}

#[test]
fn fresh_ledger_follows_old_one_in_history() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, GIT);
    first.run("build --backfill").exits(0);
    let (tip, before) = (origin.git(&["rev-parse", REF]), origin.lines(REF));
    first.run("init --fresh").exits(0).says(&[REF, tip.trim()]);
    assert_eq!(origin.lines(REF).len(), 1);
    assert_eq!(origin.lines(&format!("{REF}^")), before);
    // It can also be the first one.
    origin.git(&["update-ref", "-d", REF]);
    std::fs::remove_dir_all(first.path(".home")).unwrap();
    first.run("init --fresh").exits(0).says(&[REF]);
    assert_eq!(origin.lines(REF).len(), 1);
}

#[test]
fn deleted_ref_is_restored_from_journal() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, GIT);
    first.run("build --backfill").exits(0);
    let before = origin.lines(REF);
    origin.git(&["update-ref", "-d", REF]);
    let second = origin.clone();
    second
        .run("build")
        .exits(1)
        .says(&["[ledger_missing]", "status --restore"]);
    first
        .run("build")
        .exits(1)
        .says(&["[ledger_missing]", "status --restore"]);
    first
        .run("build --backfill")
        .exits(1)
        .says(&["[ledger_missing]"]);
    first.run("status --restore").exits(0);
    assert!(origin.lines(REF).iter().all(|line| before.contains(line)));
    second.run("build").exits(0).says(&["already_sent"]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn ref_set_back_is_rewound() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, GIT);
    first.run("build --baseline").exits(0);
    let tip = origin.git(&["rev-parse", REF]);
    first
        .run("build --only posts/one.md")
        .exits(0)
        .says(&["1 sent"]);
    origin.git(&["update-ref", REF, tip.trim()]);
    first
        .run("build --only posts/one.md")
        .exits(1)
        .says(&["[ledger_rewound]", REF]);
    first.run("status --restore").exits(0);
    first
        .run("build --only posts/one.md")
        .exits(0)
        .says(&["already_sent"]);
    origin.git(&["update-ref", REF, tip.trim()]);
    first.run("status --forget").exits(0).says(&["forgot"]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn unreachable_remote_is_not_missing_ledger() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, GIT);
    first.run("build --backfill").exits(0);
    let second = origin.clone();
    origin.set_reachable(false);
    for project in [&first, &second] {
        for verb in [
            "build",
            "settle posts/one.md --not-sent",
            "build --baseline",
        ] {
            let run = project.run(verb);
            assert_eq!(run.code, Some(1), "{run}");
            assert!(!run.stderr.contains("[ledger_missing]"), "{run}");
        }
        project
            .run("build")
            .exits(1)
            .says(&["[ledger_unreachable]"]);
    }
    // The first machine has fetched it once.
    first
        .run("status")
        .exits(0)
        .says(&["as fetched", "[ledger_unreachable]"]);
    first
        .run("status --offline")
        .exits(0)
        .says(&["as fetched on 2026-11-22"]);
    let status = first.run("status --offline --json").exits(0).json();
    assert_eq!(status["items"][0]["deliveries"][0]["state"], "sent");
    assert_eq!(status["ledger"]["fetched"], "2026-11-22T12:00:00Z");
    first
        .run("preview --all --offline")
        .exits(0)
        .says(&["as fetched", "already_sent"]);
    second
        .run("status --offline")
        .exits(1)
        .says(&["[ledger_unreachable]", "never fetched"]);
    origin.set_reachable(true);
    first.run("build").exits(0).says(&["already_sent"]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn check_online_proves_right_to_push() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, GIT);
    first.run("check --online").says(&["does not exist"]);
    first.run("build --backfill").exits(0);
    let tip = origin.git(&["rev-parse", REF]);
    first
        .run("check --online")
        .says(&["`origin` accepts a push"]);
    assert_eq!(origin.git(&["rev-parse", REF]), tip);
    git(&first, &["config", "remote.origin.receivepack", "false"]);
    let run = first.run("check --online");
    assert_eq!(run.code, Some(1), "{run}");
    run.says(&["the remote refused to update"]);
    // Without `--online` the remote is not asked.
    origin.set_reachable(false);
    first.run("check").exits(0).says(&["as fetched"]);
}

#[test]
fn watch_asks_for_restart_after_move() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "");
    first.run("build --backfill").exits(0);
    let first = first.with_system_clock();
    let watcher = Watcher::start(&first);
    first.run("ledger move git").exits(0);
    let event = watcher.until("the restart", |event| {
        event["error"]
            .as_str()
            .is_some_and(|error| error.contains("another store"))
    });
    assert!(
        event["hint"].as_str().unwrap().contains("start it again"),
        "{event}"
    );
    first.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\n\nAnother text.\n",
    );
    first.run("build").exits(0).says(&["1 sent"]);
    assert_eq!(platform.requests(CREATE), 2);
}
