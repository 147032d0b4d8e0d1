//! Two live posts of one delivery, after git merged the ledgers of two machines line by line.

use super::{CREATE, LEDGER, elsewhere, project};
use crate::support::{Platform, Project};

/// Merges the ledgers of two machines that both sent the post. Returns the two URNs.
fn merged() -> (Platform, Project, [String; 2]) {
    let platform = Platform::start();
    let project = project(&platform);
    let before = project.read(LEDGER);
    let send = |project: &Project| {
        let built = project.run("build --json").exits(0).json();
        let urn = built["plan"][0]["receipt"]["id"].as_str().unwrap();
        urn.to_owned()
    };
    let first = send(&project);
    let sent = project.read(LEDGER);
    project.write(LEDGER, &before);
    // The text differs, because the platform would refuse an equal one.
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("says", "said"));
    let project = elsewhere(project, "other");
    let second = send(&project);
    let own = project.read(LEDGER);
    let added = own.strip_prefix(before.as_str()).unwrap();
    project.write(LEDGER, format!("{sent}{added}"));
    (platform, elsewhere(project, "third"), [first, second])
}

#[test]
fn two_live_posts_are_listed() {
    let (platform, project, [first, second]) = merged();
    for verb in ["status", "check", "build", "build --dry-run"] {
        let run = project.run(verb);
        let both = format!("`{first}` and `{second}`");
        let reverse = format!("`{second}` and `{first}`");
        let text = format!("{}{}", run.stdout, run.stderr);
        assert!(text.contains(&both) || text.contains(&reverse), "{run}");
        assert_eq!(text.matches("is out on `linkedin` as").count(), 1, "{run}");
        assert!(text.contains("--by-hand --id"), "{run}");
    }
    assert_eq!(platform.requests(CREATE), 2);
}

#[test]
fn retract_by_id_closes_one_of_two() {
    for closed in [0, 1] {
        let (platform, project, urns) = merged();
        project
            .run("retract posts/one.md --by-hand --id urn:li:share:1")
            .exits(1)
            .says(&["urn:li:share:1"]);
        project
            .run(&format!(
                "retract posts/one.md --by-hand --id {}",
                urns[closed]
            ))
            .exits(0)
            .says(&["retracted"]);
        let left = &urns[1 - closed];
        for verb in ["status", "check", "build"] {
            let run = project.run(verb).exits(0);
            let text = format!("{}{}", run.stdout, run.stderr);
            assert!(!text.contains("is out on `linkedin` as"), "{run}");
        }
        let status = project.run("status --json").exits(0).json();
        let delivery = &status["items"][0]["deliveries"][0];
        assert_eq!(delivery["state"], "sent", "{status}");
        assert_eq!(delivery["receipt"]["id"], left.as_str(), "{status}");
        assert_eq!(platform.feed().len(), 2, "only the record changes");
        project
            .run(&format!("retract posts/one.md --id {left}"))
            .exits(0);
        assert_eq!(platform.feed().len(), 1);
        assert_ne!(platform.feed()[0]["id"], left.as_str());
        assert_eq!(platform.requests(CREATE), 2);
    }
}

#[test]
fn two_live_posts_survive_compaction() {
    let (_platform, project, [first, second]) = merged();
    project.run("status --compact").exits(0);
    project
        .run("status")
        .exits(0)
        .says(&[&first, &second, "is out on `linkedin` as"]);
}

#[test]
fn retract_deletes_both_live_posts() {
    let (platform, project, _) = merged();
    project.run("retract posts/one.md").exits(0);
    assert_eq!(platform.feed().len(), 0);
    project.run("retract posts/one.md").exits(1);
}
