//! `build` reads no post while no file changed since a run that had nothing to do.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use syndicate_api::testkit::trials;

use crate::support::{Project, Run};

/// The log line of a source that was read.
const SCANNED: &str = "source scanned";

const PIPELINE: &str = "\
sources: {blog: {type: site, content: posts, url: \"https://blog.fjord.dev\", permalink: \"/:slug/\"}}
sinks: {linkedin: {type: linkedin, endpoint: \"http://127.0.0.1:9\", token: \"${TOKEN:-t}\", author: \"urn:li:person:${WHO:-abc}\"}}
policy: {since: 2026-01-01, live_check: false}
";

/// Creates a project with twelve old posts and a ledger. All files are old enough to be trusted.
fn project() -> Project {
    project_of(12)
}

/// Creates a project with `count` old posts and a ledger.
fn project_of(count: usize) -> Project {
    let mut project = Project::with_pipeline(PIPELINE).with_system_clock();
    for number in 0..count {
        project = project.post(
            &path(number),
            &format!("title: Old {number}\ndate: 2020-01-01"),
        );
    }
    project.run("build --baseline").exits(0);
    age(project.folder());
    project
}

/// Creates a project whose last run is remembered.
fn remembered() -> Project {
    remembered_of(12)
}

/// Creates a project with `count` posts whose last run is remembered.
fn remembered_of(count: usize) -> Project {
    let project = project_of(count);
    assert!(build(&project).stderr.contains(SCANNED));
    assert!(!build(&project).stderr.contains(SCANNED));
    project
}

fn path(number: usize) -> String {
    format!("posts/p{number:02}.md")
}

fn build(project: &Project) -> Run {
    project.run("build -v").exits(0)
}

/// Sets the time of modification of all files to a time long ago.
fn age(folder: &Path) {
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => age(&path),
            false => File::options()
                .append(true)
                .open(&path)
                .unwrap()
                .set_modified(past)
                .unwrap(),
        }
    }
}

/// Returns the summary that a run printed.
fn summary(run: &Run) -> &str {
    run.stderr
        .lines()
        .find(|line| line.contains("skipped"))
        .unwrap()
}

#[test]
fn second_build_reads_no_post() {
    let project = project();
    let first = build(&project);
    let second = build(&project);
    assert!(first.stderr.contains(SCANNED), "{first}");
    assert!(!second.stderr.contains(SCANNED), "{second}");
    assert_eq!(summary(&first), summary(&second));
    assert_eq!(
        summary(&second),
        "12 skipped (12 adopted); run `syndicate preview --all` to list all"
    );
}

#[test]
fn few_posts_are_listed_again() {
    let project = project_of(2);
    let first = build(&project);
    let second = build(&project);
    assert!(!second.stderr.contains(SCANNED), "{second}");
    assert_eq!(first.stdout, second.stdout);
    assert_eq!(first.stdout.lines().count(), 2, "{first}");
    assert_eq!(summary(&second), "2 skipped (2 adopted)");
}

#[test]
fn every_lasting_reason_is_remembered() {
    let project = project()
        .post(
            "posts/draft.md",
            "title: Draft\ndate: 2026-02-01\ndraft: true",
        )
        .post(
            "posts/skipped.md",
            "title: Skipped\ndate: 2026-02-01\nsyndicate: false",
        )
        .post("posts/undated.md", "title: Undated");
    age(project.folder());
    let first = build(&project);
    let second = build(&project);
    assert!(first.stderr.contains(SCANNED), "{first}");
    assert!(!second.stderr.contains(SCANNED), "{first}\n{second}");
    assert_eq!(summary(&first), summary(&second));
}

#[test]
fn every_change_is_noticed() {
    type Change = fn(&mut Project);
    let changes: [(&str, Change); 9] = [
        ("a post is edited", |project| {
            // The size and the time of modification stay the same.
            let path = project.path(&path(0));
            let modified = fs::metadata(&path).unwrap().modified().unwrap();
            let text = fs::read_to_string(&path).unwrap().replace("Old 0", "New 0");
            fs::write(&path, text).unwrap();
            File::options()
                .append(true)
                .open(&path)
                .unwrap()
                .set_modified(modified)
                .unwrap();
        }),
        ("a post is added", |project| {
            project.write(
                "posts/deep/new.md",
                "---\ntitle: New\ndraft: true\n---\nText\n",
            );
            age(project.folder());
        }),
        ("a post is removed", |project| {
            fs::remove_file(project.path(&path(1))).unwrap()
        }),
        ("a post is renamed", |project| {
            fs::rename(project.path(&path(1)), project.path("posts/other.md")).unwrap();
        }),
        ("the pipeline is edited", |project| {
            project.write(
                "pipeline.yaml",
                PIPELINE.replace("2026-01-01", "2026-02-01"),
            );
            age(project.folder());
        }),
        ("a variable is set", |project| project.set_env("WHO", "xyz")),
        ("the time zone is another", |project| {
            project.set_env("TZ", "Asia/Tokyo")
        }),
        ("the ledger is rewritten", |project| {
            let text = project.read("syndicate.ledger.jsonl");
            project.write("syndicate.ledger.jsonl", text);
            age(project.folder());
        }),
        ("the cache is lost", |project| {
            fs::remove_dir_all(project.path(".home/.cache")).unwrap();
        }),
    ];
    for (name, change) in changes {
        let mut project = remembered();
        change(&mut project);
        let run = build(&project);
        assert!(run.stderr.contains(SCANNED), "{name}: {run}");
    }
}

#[test]
fn removed_links_are_written_again() {
    let pipeline = PIPELINE.replace("policy: {", "policy: {write_links: data/links.json, ");
    let project = project();
    project.write("pipeline.yaml", pipeline);
    // The first run writes the file.
    for _ in 0..2 {
        age(project.folder());
        assert!(build(&project).stderr.contains(SCANNED));
    }
    assert!(!build(&project).stderr.contains(SCANNED));
    fs::remove_file(project.path("data/links.json")).unwrap();
    build(&project);
    assert!(project.path("data/links.json").exists());
}

#[test]
fn removed_ledger_is_noticed() {
    let project = remembered();
    fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    project.run("build").exits(1).says(&["ledger_missing"]);
}

/// Sets the time of modification of a post.
fn set_modified(project: &Project, time: Duration) {
    let file = File::options().append(true).open(project.path(&path(0)));
    let time = SystemTime::UNIX_EPOCH + time;
    file.unwrap().set_modified(time).unwrap();
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "files have the time of the system's clock"
)]
fn recent_files_are_read_again() {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.unwrap();
    let second = Duration::from_secs(now.as_secs());
    // A file system that counts whole seconds may give the next change the same time.
    for (time, is_recent) in [
        (second + Duration::from_secs(60), true),
        (second - Duration::from_secs(3), false),
        (second - Duration::from_millis(1500), false),
    ] {
        let project = project();
        set_modified(&project, time);
        assert!(build(&project).stderr.contains(SCANNED));
        let is_read_again = build(&project).stderr.contains(SCANNED);
        assert_eq!(is_read_again, is_recent, "{now:?} {time:?}");
    }
}

#[test]
fn waiting_posts_are_read_again() {
    let project = project().post("posts/later.md", "title: Later\ndate: 2999-01-01");
    age(project.folder());
    for _ in 0..2 {
        assert!(build(&project).stderr.contains(SCANNED));
    }
}

#[test]
fn options_are_never_answered_from_memory() {
    let project = remembered();
    for options in [
        "--json",
        "--only posts/p00.md",
        "--format github",
        "--dry-run",
    ] {
        let run = project.run(&format!("build -v {options}"));
        assert!(run.stderr.contains(SCANNED), "{run}");
    }
}

/// A change of a site in which nothing becomes new.
#[derive(Clone, Debug)]
enum Edit {
    Write {
        number: usize,
        is_draft: bool,
        year: usize,
    },
    Remove(usize),
    Move(usize, usize),
    Break(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let number = 0..14_usize;
    prop_oneof![
        4 => (number.clone(), any::<bool>(), 2000..2025_usize)
            .prop_map(|(number, is_draft, year)| Edit::Write { number, is_draft, year }),
        1 => number.clone().prop_map(Edit::Remove),
        1 => (number.clone(), number.clone()).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => number.prop_map(Edit::Break),
    ]
}

fn apply(edit: &Edit, project: &Project) {
    let at = |number: &usize| project.path(&path(*number));
    match edit {
        Edit::Write {
            number,
            is_draft,
            year,
        } => project.write(
            &path(*number),
            format!("---\ntitle: Old {number}\ndate: {year}-01-01\ndraft: {is_draft}\n---\nText\n"),
        ),
        // A post that is not there stays away.
        Edit::Remove(number) => drop(fs::remove_file(at(number))),
        Edit::Move(from, to) => drop(fs::rename(at(from), at(to))),
        Edit::Break(number) => project.write(&path(*number), "---\ntitle: [\n---\n"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(trials(4)) })]

    #[test]
    fn remembered_runs_equal_full_runs(
        count in prop_oneof![Just(3), Just(12)],
        edits in prop::collection::vec((edit(), any::<bool>()), 1..6),
    ) {
        let project = remembered_of(count);
        for (edit, is_aged) in edits {
            apply(&edit, &project);
            if is_aged {
                age(project.folder());
            }
            for _ in 0..2 {
                let run = project.run("build");
                let empty = tempfile::tempdir().unwrap();
                let mut command = project.command(&["build"]);
                command.env("XDG_CACHE_HOME", empty.path());
                let full = project.finished(command, &["build"]);
                prop_assert_eq!(&run.stdout, &full.stdout);
                prop_assert_eq!(&run.stderr, &full.stderr);
                prop_assert_eq!(run.code, full.code);
            }
        }
    }
}
