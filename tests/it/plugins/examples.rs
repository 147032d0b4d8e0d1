//! The examples in `plugins/examples` that are programs.

use super::{page, with_program};
use crate::support::{Project, Watcher};

const OBSIDIAN: &str =
    include_str!("../../../plugins/examples/obsidian-source/syndicate-plugin-obsidian");
const RUST_ONLY: &str = include_str!("../../../plugins/examples/rust-only-transform/rust-only.sh");

const PIPELINE: &str = "\
sources:
  notes: {type: obsidian, vault: vault, url: https://notes.example.org, author: Jane, grant: {read: [vault]}}
sinks:
  out: {type: file, endpoint: out}
policy: {since: 2026-01-01, live_check: false, grace: 0s}
";

/// Returns a pipeline with a vault.
fn vault() -> Project {
    let project = Project::with_pipeline(PIPELINE)
        .file(
            "vault/Garden/First steps.md",
            "---\npublish: true\ndate: 2026-11-20\ntags: [garden, slow]\ndescription: \"How it began\"\n---\n\
             ![[beds.png]] See [[Tools|my tools]] and [[Seeds#Beans]]. #spring %%secret%%\n",
        )
        .picture("vault/attachments/beds.png", 1200, 627)
        .file("vault/Private.md", "---\npublish: false\n---\nMine.\n")
        .file("vault/Plain.md", "Without properties.\n")
        .file("vault/.obsidian/templates/New.md", "---\npublish: true\n---\n");
    with_program(project, "plugins/syndicate-plugin-obsidian", OBSIDIAN)
}

#[test]
fn obsidian_notes_are_posts() {
    let project = vault();
    let items = project.run("items --json").exits(0).json_lines();
    let [item] = items.as_slice() else {
        panic!("one published note: {items:?}");
    };
    assert_eq!(item["title"], "First steps");
    assert_eq!(item["url"], "https://notes.example.org/Garden/First+steps");
    assert_eq!(item["description"], "How it began");
    assert_eq!(item["author"], "Jane");
    assert_eq!(
        item["tags"],
        serde_json::json!(["garden", "slow", "spring"])
    );
    assert_eq!(item["image"]["file"], "vault/attachments/beds.png");
    project.run("build --backfill").exits(0).says(&["1 sent"]);
    project.run("build").exits(0).says(&["already_sent"]);
}

#[test]
fn broken_note_is_fault_of_its_line() {
    let project = vault().file("vault/Broken.md", "---\npublish: true\nno property\n---\n");
    let run = project.run("items").exits(3);
    run.says(&[
        "vault/Broken.md:3",
        "`no property` is not a property",
        "First steps",
    ]);
    let wrong = project
        .read("pipeline.yaml")
        .replace("vault: vault", "vault: archive");
    project.write("pipeline.yaml", wrong);
    project
        .run("check")
        .exits(1)
        .says(&["pipeline.yaml:2", "plugin `obsidian` asks to read"]);
}

#[test]
fn vault_is_watched() {
    let project = vault().with_ledger();
    let watcher = Watcher::start(&project);
    watcher.until_code("vault/Garden/First steps.md", "already_sent");
    project.write(
        "vault/Second.md",
        "---\npublish: true\ndate: 2026-11-21\n---\n![[beds.png]]\n",
    );
    watcher.until_code("vault/Second.md", "already_sent");
    assert_eq!(watcher.stop(), Some(0));
}

#[test]
fn transform_in_ten_lines_is_that_of_the_page() {
    assert_eq!(RUST_ONLY.lines().count(), 10);
    assert_eq!(
        page::between("cat > rust-only.sh <<'END'\n", "END\n"),
        RUST_ONLY
    );
}
