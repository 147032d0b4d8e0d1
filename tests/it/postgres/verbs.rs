//! Every command reads and writes the ledger in the database, straight and through PgBouncer.

use postgres_fixture::Route;

use super::team::{LEDGER, Team, server, write_posts};
use crate::support::{Platform, Project};

const CREATE: &str = "POST /rest/posts";
const FILE: &str = "syndicate.ledger.jsonl";

/// Returns the states of all deliveries.
fn states(project: &Project) -> Vec<String> {
    let status = project.run("status --json").exits(0).json();
    let items = status["items"].as_array().unwrap();
    let deliveries = items
        .iter()
        .flat_map(|item| item["deliveries"].as_array().unwrap());
    deliveries
        .map(|delivery| delivery["state"].as_str().unwrap().to_owned())
        .collect()
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn second_worker_sees_what_first_sent() {
    for route in Route::ALL {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url);
        let first = team.worker(route);
        write_posts(&first, 0, 1);
        first
            .run("build")
            .exits(1)
            .says(&["[ledger_missing]", "build --baseline"]);
        // The variable of CI services does not matter for this store.
        let first = first.env("CI", "true");
        first.run("build --backfill").exits(0).says(&["1 sent"]);
        let second = team.worker(route);
        write_posts(&second, 0, 1);
        assert_eq!(states(&second), ["sent"]);
        let status = second.run("status --json").exits(0).json();
        assert_eq!(status["ledger"]["store"], "postgres", "{status:#}");
        let plan = second.run("preview --all --json").exits(0).json();
        assert_eq!(plan["plan"][0]["code"], "already_sent");
        second.run("build").exits(0).says(&["already_sent"]);
        second.run("items").exits(0);

        // The second worker changes and deletes the post; the first one sees that.
        let front = "title: Post 0\ndate: 2026-11-20\nsyndicate: {commentary: New}";
        second.write(
            "posts/0.md",
            format!("---\n{front}\n---\n\nThe body of post 0.\n"),
        );
        second.run("update --all").exits(0).says(&["1 updated"]);
        let history = first.run("status --json").exits(0).json();
        assert!(history["items"][0]["deliveries"][0]["updated"].is_string());
        second.run("retract posts/0.md").exits(0);
        assert_eq!(states(&first), ["retracted"]);
        write_posts(&second, 1, 2);
        second
            .run("adopt posts/1.md urn:li:share:7341234567890123456")
            .exits(0);
        assert_eq!(states(&first), ["retracted", "sent"]);
        second
            .run("approve posts/2.md")
            .exits(0)
            .says(&["1 approved"]);
        let export = first.run("ledger export").exits(0);
        export.says(&["\"kind\":\"approved\""]);
        assert_eq!(platform.requests(CREATE), 1);
        assert!(!first.path(FILE).exists() && !second.path(FILE).exists());
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn unknown_outcome_is_settled_by_other_worker() {
    for route in Route::ALL {
        let platform = Platform::with_fault("create:lost");
        let team = Team::new(server(), &platform.url);
        let first = team.worker(route);
        write_posts(&first, 0, 1);
        first.run("build --backfill").exits(4);
        let second = team.worker(route);
        second.run("settle").exits(0).says(&["1 open"]);
        second.run("settle posts/0.md --not-sent").exits(0);
        first.run("settle").exits(0).says(&["0 open"]);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn move_there_and_back_keeps_every_byte() {
    for route in Route::ALL {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url);
        let worker = team.worker(route);
        let pipeline = worker.read("pipeline.yaml").replace(LEDGER, "");
        worker.write("pipeline.yaml", &pipeline);
        write_posts(&worker, 0, 3);
        worker.run("build --backfill").exits(0).says(&["3 sent"]);
        let before = worker.read(FILE);

        worker.run("ledger move postgres").exits(0);
        assert!(
            worker.read("pipeline.yaml").contains("postgres"),
            "{}",
            worker.read("pipeline.yaml")
        );
        let lines = team.lines();
        assert!(
            before
                .lines()
                .all(|line| lines.iter().any(|own| own == line))
        );
        assert_eq!(
            lines.len(),
            before.lines().count() + 1,
            "and the move itself"
        );
        let export = worker.run("ledger export").exits(0);
        assert_eq!(sorted(&export.stdout), sorted(&lines.join("\n")));
        worker.run("build").exits(0).says(&["already_sent"]);
        write_posts(&worker, 3, 1);
        worker.run("build").exits(0).says(&["1 sent"]);
        let lines = team.lines();

        worker.run("ledger move file").exits(0);
        assert_eq!(worker.read("pipeline.yaml"), pipeline);
        let file = worker.read(FILE);
        assert!(lines.iter().all(|line| file.lines().any(|own| own == line)));
        worker.run("build").exits(0).says(&["already_sent"]);
        assert_eq!(platform.requests(CREATE), 4);
        // The other workers still name the database.
        let other = team.worker(route);
        write_posts(&other, 4, 1);
        other.run("build").exits(1).says(&["[ledger_moved]"]);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn move_without_ledger_reports_it_missing() {
    let platform = Platform::start();
    let team = Team::new(server(), &platform.url);
    let worker = team.worker(Route::Direct);
    let moved = worker.run("ledger move postgres").exits(1);
    moved.says(&["[ledger_missing]"]).lacks(&["already"]);
    write_posts(&worker, 0, 1);
    worker.run("build --baseline").exits(0);
    let moved = worker.run("ledger move postgres").exits(0);
    moved.says(&["already"]);
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn compaction_keeps_states() {
    for route in Route::ALL {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url);
        let first = team.worker(route);
        write_posts(&first, 0, 2);
        first.run("build --backfill").exits(0);
        let before = team.lines().len();
        first.run("status --compact").exits(0).says(&["lines"]);
        let after = team.lines();
        assert!(after.len() < before, "{after:?}");
        assert_eq!(states(&team.worker(route)), ["sent", "sent"]);
        first.run("build").exits(0).says(&["already_sent"]);
        first.run("status --compact").exits(0);
        assert_eq!(team.lines(), after);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn dropped_ledger_is_restored_from_journal() {
    for route in Route::ALL {
        let platform = Platform::start();
        let team = Team::new(server(), &platform.url);
        let first = team.worker(route);
        write_posts(&first, 0, 1);
        first.run("build --backfill").exits(0);
        let before = team.lines();
        team.database.query("DROP SCHEMA syndicate CASCADE");
        let second = team.worker(route);
        write_posts(&second, 0, 1);
        for worker in [&first, &second] {
            worker.run("build").exits(1).says(&["[ledger_missing]"]);
        }
        first
            .run("build --backfill")
            .exits(1)
            .says(&["[ledger_missing]", "status --restore"]);
        first.run("status --restore").exits(0);
        assert!(team.lines().iter().all(|line| before.contains(line)));
        second.run("build").exits(0).says(&["already_sent"]);
        assert_eq!(platform.requests(CREATE), 1);
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn ledgers_of_two_sites_share_database() {
    let platform = Platform::start();
    let team = Team::new(server(), &platform.url);
    let [first, second] = ["one", "two"].map(|name| {
        let worker = team.worker(Route::Pooled);
        let named = format!("ledger: {{postgres: {{url: \"${{DATABASE_URL}}\", name: {name}}}}}\n");
        let pipeline = worker.read("pipeline.yaml").replace(LEDGER, &named);
        worker.write("pipeline.yaml", pipeline);
        worker
    });
    write_posts(&first, 0, 1);
    first.run("build --backfill").exits(0).says(&["1 sent"]);
    second.run("build").exits(1).says(&["[ledger_missing]"]);
    write_posts(&second, 1, 1);
    second.run("build --backfill").exits(0).says(&["1 sent"]);
    assert_eq!(states(&first), ["sent"]);
    assert_eq!(states(&second), ["sent"]);
    assert_eq!(platform.requests(CREATE), 2);
}
