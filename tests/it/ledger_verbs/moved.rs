//! `ledger move`.

use super::LEDGER;
use super::clones::{Origin, REF, sorted, states};
use crate::support::git::git;
use crate::support::{Platform, Project};

const CREATE: &str = "POST /rest/posts";

/// Returns the lines of the ledger file, sorted.
fn file_lines(project: &Project) -> Vec<String> {
    sorted(&project.read(LEDGER))
}

#[test]
fn move_there_and_back_loses_nothing() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "policy: {since: 2026-11-01} # kept\n");
    let pipeline = first
        .read("pipeline.yaml")
        .replacen("policy: {since: 2026-11-01}\n", "", 1);
    first.write("pipeline.yaml", &pipeline);
    first.run("build --backfill").exits(0).says(&["1 sent"]);
    let before = file_lines(&first);
    origin.publish(&first);

    let moved = first.run("ledger move git").exits(0);
    let moved = moved.says(&[
        "`syndicate.ledger.jsonl` to `refs/syndicate/ledger`",
        "Commit",
    ]);
    assert!(
        moved
            .stderr
            .contains("pipeline.yaml, syndicate.ledger.jsonl"),
        "{moved}"
    );
    assert_eq!(
        first.read("pipeline.yaml"),
        format!("{pipeline}ledger:\n  git: true\n")
    );
    let in_ref = origin.lines(REF);
    assert!(before.iter().all(|line| in_ref.contains(line)));
    assert_eq!(in_ref.len(), before.len() + 1, "and the move itself");
    assert_eq!(file_lines(&first), in_ref);
    first.run("build").exits(0).says(&["already_sent"]);
    origin.publish(&first);

    // A second machine sends, and moves the ledger back.
    let second = origin.clone();
    assert_eq!(states(&second, ""), ["sent"]);
    second.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\n\nAnother text.\n",
    );
    second.run("build").exits(0).says(&["1 sent"]);
    let in_ref = origin.lines(REF);
    let back = second.run("ledger move file --json").exits(0).json();
    assert_eq!(back["from"], REF);
    assert_eq!(back["to"], LEDGER);
    assert_eq!(back["changed"][0], "pipeline.yaml");
    assert_eq!(second.read("pipeline.yaml"), pipeline);
    let in_file = file_lines(&second);
    assert!(in_ref.iter().all(|line| in_file.contains(line)));
    assert_eq!(origin.lines(REF), in_file, "both have every line");
    second.run("build").exits(0).says(&["already_sent"]);
    origin.publish(&second);

    // The first machine still has the old section, and learns of the move from the ref.
    first
        .run("build")
        .exits(1)
        .says(&["[ledger_moved]", LEDGER, "git pull"]);
    first
        .run("settle posts/one.md --not-sent")
        .exits(1)
        .says(&["[ledger_moved]"]);
    git(&first, &["pull", "-q", "--no-edit"]);
    first.run("build").exits(0).says(&["already_sent"]);

    // And once more into the ref, which is open again.
    first.run("ledger move git").exits(0);
    origin.publish(&first);
    first.run("build").exits(0).says(&["already_sent"]);
    git(&second, &["pull", "-q", "--no-edit"]);
    second.run("build").exits(0).says(&["already_sent"]);
    assert_eq!(states(&second, ""), ["sent", "sent"]);
    assert_eq!(platform.requests(CREATE), 2);

    // A file that is not committed would be missing in other clones.
    first
        .run("ledger move file")
        .exits(0)
        .says(&["Commit and push: pipeline.yaml, syndicate.ledger.jsonl"]);
}

#[test]
fn closed_file_sends_nothing() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "");
    first.run("build --backfill").exits(0);
    let (pipeline, open) = (first.read("pipeline.yaml"), first.read(LEDGER));
    first.run("ledger move git").exits(0);
    first.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\n\nAnother text.\n",
    );
    // Only pipeline.yaml is rolled back.
    first.write("pipeline.yaml", &pipeline);
    first.run("build").exits(1).says(&["[ledger_moved]"]);
    first.run("preview").exits(0).says(&["[ledger_moved]"]);
    first.run("status").exits(0).says(&["[ledger_moved]"]);
    // The file is rolled back too, and this machine remembers the move.
    first.write(LEDGER, &open);
    first.run("build").exits(1).says(&["[ledger_moved]"]);
    assert_eq!(platform.requests(CREATE), 1);
    // In CI, a machine without a journal asks the remote.
    std::fs::remove_dir_all(first.path(".home")).unwrap();
    first.write("pipeline.yaml", pipeline.clone() + "ledger: {ci: true}\n");
    let ci = first.env("CI", "true");
    ci.run("build")
        .exits(1)
        .says(&["[ledger_moved]", "ledger: {git: true}"]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn line_appended_to_closed_file_is_not_lost() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "");
    first.run("build --backfill").exits(0);
    first.write(".gitattributes", "*.jsonl merge=union\n");
    origin.publish(&first);
    let second = origin.clone();
    first.run("ledger move git").exits(0);
    origin.publish(&first);
    // The second machine has not pulled yet, and sends with the file.
    second.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\n\nAnother text.\n",
    );
    second.run("build").exits(0).says(&["1 sent"]);
    git(&second, &["add", "-A"]);
    git(&second, &["commit", "-qm", "two"]);
    git(&second, &["pull", "-q", "--no-rebase", "--no-edit"]);
    origin.publish(&second);
    second.run("build").exits(1).says(&["[ledger_"]);
    let third = origin.clone();
    third
        .run("build")
        .exits(1)
        .says(&["[ledger_behind]", "ledger move git"]);
    third.run("ledger move git").exits(0);
    for machine in [third, second] {
        machine.run("build").exits(0).says(&["2 already_sent"]);
    }
    assert_eq!(platform.requests(CREATE), 2);
}

#[test]
fn interrupted_move_is_completed() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "");
    first.run("build --backfill").exits(0);
    let (pipeline, open) = (first.read("pipeline.yaml"), first.read(LEDGER));
    let journals = ".home/.local/state/syndicate/journals";
    // A lock file lies beside the journal.
    let journal = std::fs::read_dir(first.path(journals))
        .unwrap()
        .map(|entry| entry.unwrap())
        .find(|entry| entry.path().extension() == Some("jsonl".as_ref()))
        .unwrap();
    let journal = format!("{journals}/{}", journal.file_name().to_str().unwrap());
    let remembered = first.read(&journal);
    first.run("ledger move git").exits(0);
    let whole = origin.lines(REF);
    for is_closed in [true, false] {
        // Killed before pipeline.yaml was changed, or before the file was closed.
        first.write("pipeline.yaml", &pipeline);
        if !is_closed {
            first.write(LEDGER, &open);
            first.write(&journal, &remembered);
            first.run("build").exits(0).says(&["already_sent"]);
        }
        first.run("ledger move git").exits(0);
        assert_eq!(
            first.read("pipeline.yaml"),
            format!("{pipeline}ledger:\n  git: true\n")
        );
        let lines = origin.lines(REF);
        let added = usize::from(!is_closed);
        assert_eq!(lines.len(), whole.len() + added, "{is_closed}");
        assert!(
            file_lines(&first).iter().all(|line| lines.contains(line)),
            "{is_closed}"
        );
        first.run("build").exits(0).says(&["already_sent"]);
    }
    // Repeating it changes nothing.
    let (tip, file) = (origin.git(&["rev-parse", REF]), first.read(LEDGER));
    first.run("ledger move git").exits(0);
    assert_eq!(origin.git(&["rev-parse", REF]), tip);
    assert_eq!(first.read(LEDGER), file);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn refused_push_leaves_file_open() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "");
    first.run("build --backfill").exits(0);
    let (pipeline, open) = (first.read("pipeline.yaml"), first.read(LEDGER));
    origin.hook("pre-receive", "echo 'no such refs here' >&2; exit 1");
    let run = first.run("ledger move git").exits(1);
    run.says(&["[ledger_push_refused]", "no such refs here"]);
    assert_eq!(first.read("pipeline.yaml"), pipeline);
    assert_eq!(first.read(LEDGER), open);
    first.run("build").exits(0).says(&["already_sent"]);
}

#[test]
fn refused_move_leaves_no_file() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "ledger: {git: true}\n");
    first.run("build --backfill").exits(0);
    let (pipeline, open) = (first.read("pipeline.yaml"), origin.lines(REF));
    origin.hook("pre-receive", "echo 'no such refs here' >&2; exit 1");
    let run = first.run("ledger move file").exits(1);
    run.says(&["[ledger_push_refused]", "no such refs here"]);
    assert_eq!(first.read("pipeline.yaml"), pipeline);
    assert!(!first.path(LEDGER).exists());
    origin.hook("pre-receive", "exit 0");
    assert_eq!(origin.lines(REF), open);
    first.run("ledger move file").exits(0);
    assert_eq!(file_lines(&first), origin.lines(REF));
    first.run("build").exits(0).says(&["already_sent"]);
    assert_eq!(platform.requests(CREATE), 1);
}

#[test]
fn target_with_other_ledger_is_refused() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "ledger: {git: true}\n");
    first.run("build --backfill").exits(0);
    let tip = origin.git(&["rev-parse", REF]);
    let second = origin.clone();
    let pipeline = second
        .read("pipeline.yaml")
        .replace("ledger: {git: true}\n", "");
    second.write("pipeline.yaml", &pipeline);
    second.run("build --baseline").exits(0);
    let file = second.read(LEDGER);
    second
        .run("ledger move git")
        .exits(1)
        .says(&["[ledger_foreign]", "is another one"]);
    assert_eq!(origin.git(&["rev-parse", REF]), tip);
    assert_eq!(second.read(LEDGER), file);
    second.run("ledger move git --branch posts-ledger").exits(0);
    assert_eq!(origin.lines("refs/heads/posts-ledger"), file_lines(&second));
    assert!(
        second
            .read("pipeline.yaml")
            .ends_with("    branch: \"posts-ledger\"\n")
    );
    second.run("ledger move git --branch a --commit b").exits(2);
    second
        .run("ledger move git --ref syndicate")
        .exits(2)
        .says(&["refs/"]);
}

#[test]
fn unusual_yaml_is_left_to_its_author() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(
        &platform,
        "ledger:\n  ci: false\n  'git': false # not yet\n",
    );
    first.run("build --backfill").exits(0);
    let pipeline = first.read("pipeline.yaml");
    let run = first.run("ledger move git").exits(0);
    run.says(&["was not changed", "`ledger: {git: true}`"]);
    assert_eq!(first.read("pipeline.yaml"), pipeline);
    first.run("build").exits(1).says(&["[ledger_moved]"]);
    first.write(
        "pipeline.yaml",
        pipeline.replace("'git': false", "'git': true"),
    );
    first.run("build").exits(0).says(&["already_sent"]);
    first
        .run("ledger move git")
        .exits(0)
        .says(&["refs/syndicate/ledger"]);
}

#[test]
fn pipeline_of_init_is_changed_in_place() {
    const COMMENT: &str = "                  # in a ref of the remote, for CI runners\n";
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, &format!("ledger:\n  git: true{COMMENT}"));
    first.run("build --backfill").exits(0);
    let in_ref = first.read("pipeline.yaml");
    first
        .run("ledger move file")
        .exits(0)
        .says(&["changed: pipeline.yaml"]);
    let in_file = in_ref.replace("git: true", "git: false");
    assert_eq!(first.read("pipeline.yaml"), in_file);
    first.run("build").exits(0).says(&["already_sent"]);
    first
        .run("ledger move git")
        .exits(0)
        .says(&["changed: pipeline.yaml"]);
    assert_eq!(first.read("pipeline.yaml"), in_ref);
    let again = first.run("ledger move git").exits(0);
    assert!(!again.stderr.contains("was not changed"), "{again}");
}

#[test]
fn pipeline_in_subfolder_has_own_ref() {
    let (platform, origin) = (Platform::start(), Origin::new());
    let first = origin.first(&platform, "");
    std::fs::create_dir(first.path("my blog")).unwrap();
    for path in ["pipeline.yaml", "posts"] {
        std::fs::rename(first.path(path), first.path("my blog").join(path)).unwrap();
    }
    first
        .run_args(&["-C", "my blog", "build", "--backfill"])
        .exits(0);
    origin.publish(&first);
    let arguments = ["--config", "my blog/pipeline.yaml", "ledger", "move", "git"];
    first
        .run_args(&arguments)
        .exits(0)
        .says(&["refs/syndicate/ledger-my%20blog"]);
    let lines = origin.lines("refs/syndicate/ledger-my%20blog");
    assert_eq!(lines, sorted(&first.read("my blog/syndicate.ledger.jsonl")));
    origin.publish(&first);
    let second = origin.clone();
    second
        .run_args(&["-C", "my blog", "build"])
        .exits(0)
        .says(&["already_sent"]);
    assert_eq!(platform.requests(CREATE), 1);
}
