//! Scenarios as a table: changes of a blog's files, and the program's reaction. Each row runs with `build`
//! and again with `watch`. `table/README.md` describes the steps.

mod files;
mod fill;
mod invariants;
mod outcome;
mod parse;
mod platform;
mod posts;
mod runner;
mod watch;
mod workspace;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::parse::{Row, rows};
use self::runner::{SendCommand, run_row};

/// Number of rows of one file that run at once; they are idle most of the time.
const THREADS: usize = 3;

/// Defines a test for each file of rows.
macro_rules! tables {
    ($($test:ident: $name:literal),+ $(,)?) => {
        /// Names of all files of rows.
        const TABLES: &[&str] = &[$($name),+];
        $(
            #[test]
            fn $test() {
                run_table($name);
            }
        )+
    };
}

tables! {
    renamed_posts_stay_known: "rename",
    moved_addresses_stay_known: "address",
    reused_paths_lose_no_post: "reuse",
    copies_are_asked_about: "copies",
    keys_decide_before_evidence: "keys",
    feeds_join_their_site: "feeds",
    new_sinks_wait_for_answer: "sinks",
    ledger_state_stops_sending: "ledger",
    rewound_ledger_sends_nothing: "rewound",
    unknown_outcomes_are_never_repeated: "unknown",
    old_ledgers_go_on: "upgrade",
    named_posts_override_some_rules: "only",
    watch_survives_file_changes: "live",
    attacked_rules_hold: "attacks",
}

/// Returns the rows of `table/NAME.txt`.
fn table(name: &str) -> Vec<Row> {
    let path = folder().join(format!("{name}.txt"));
    let text = std::fs::read_to_string(&path);
    rows(&text.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/scenarios/table")
}

/// Runs all rows of a table and reports every one that fails.
fn run_table(name: &str) {
    let only = std::env::var("ROW").ok();
    let rows = table(name);
    let mut jobs: Vec<(&Row, SendCommand)> = Vec::new();
    for row in &rows {
        if only.as_ref().is_some_and(|only| *only != row.name) {
            continue;
        }
        jobs.push((row, SendCommand::Build));
        if row.no_watch.is_none() {
            jobs.push((row, SendCommand::Watch));
        }
    }
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some((row, mode)) = jobs.get(next.fetch_add(1, Ordering::SeqCst)) {
                    if let Err(error) = run_row(row, *mode) {
                        failures.lock().unwrap().push((*row, *mode, error));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", report(name, &failures));
}

fn report(table: &str, failures: &[(&Row, SendCommand, String)]) -> String {
    let mut report = format!("{} rows of `{table}` fail\n", failures.len());
    for (row, mode, error) in failures {
        let (name, about) = (&row.name, &row.about);
        writeln!(report, "\n=== {name} ({mode:?}): {about}\n{error}").ok();
    }
    for (row, mode, error) in failures {
        let first = error.lines().take(2).collect::<Vec<_>>().join(" | ");
        writeln!(report, "failed: {} ({mode:?}): {first}", row.name).ok();
    }
    report
}

#[test]
fn table_has_eighty_unique_rows() {
    let all: Vec<Row> = TABLES.iter().flat_map(|name| table(name)).collect();
    assert!(all.len() >= 80, "only {} rows", all.len());
    let names: BTreeSet<&str> = all.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), all.len(), "two rows have one name");
    for row in &all {
        assert!(!row.about.is_empty(), "{}: say what happens", row.name);
        // A row without a plain `build` has nothing to replace by `watch`.
        assert!(
            row.no_watch.is_some() || row.has_build(),
            "{}: say why it is not run with `watch`",
            row.name
        );
    }
}

#[test]
fn every_table_file_has_test() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(name) = name.strip_suffix(".txt") {
            assert!(TABLES.contains(&name), "{name} is not");
        }
    }
}
