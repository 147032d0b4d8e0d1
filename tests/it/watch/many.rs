//! Many saves, at once and in sequence, by all methods that programs use: each post is sent once, none is
//! lost, and memory does not grow.

use std::fs;
use std::path::Path;

use super::{is_sent, post, project};
use crate::crash::titles;
use crate::support::{Platform, Watcher, git};

/// A method by which programs save files.
#[derive(Clone, Copy)]
enum SaveMethod {
    /// VS Code: truncates the file and writes it.
    InPlace,
    /// vim: renames the old file to a backup, writes a new file, and deletes the backup.
    Backup,
    /// emacs, rsync and `sed -i`: writes another file and renames it.
    Rename,
    /// git: deletes the old file and creates a new one.
    Recreate,
    /// A slow program: writes the file in pieces.
    Pieces,
}

const WAYS: [SaveMethod; 5] = [
    SaveMethod::InPlace,
    SaveMethod::Backup,
    SaveMethod::Rename,
    SaveMethod::Recreate,
    SaveMethod::Pieces,
];

fn save(path: &Path, text: &str, way: SaveMethod) {
    let beside = |suffix: &str| {
        let name = path.file_name().unwrap().to_str().unwrap();
        path.with_file_name(format!(".{name}{suffix}"))
    };
    match way {
        SaveMethod::InPlace => fs::write(path, text).unwrap(),
        SaveMethod::Backup => {
            let backup = beside("~");
            fs::rename(path, &backup).unwrap();
            fs::write(path, text).unwrap();
            fs::remove_file(backup).unwrap();
        }
        SaveMethod::Rename => {
            let new = beside(".Xa81b2");
            fs::write(&new, text).unwrap();
            fs::rename(new, path).unwrap();
        }
        SaveMethod::Recreate => {
            fs::remove_file(path).unwrap();
            fs::write(path, text).unwrap();
        }
        SaveMethod::Pieces => {
            let mut file = fs::File::create(path).unwrap();
            for piece in text.as_bytes().chunks(text.len() / 3 + 1) {
                std::io::Write::write_all(&mut file, piece).unwrap();
            }
        }
    }
}

#[test]
fn thousand_saves_send_posts_once() {
    const POSTS: usize = 25;
    const SAVES: usize = 1000;
    let platform = Platform::start();
    let mut project = project(&platform, "grace: 300ms, max_per_run: 1000");
    for number in 0..POSTS {
        let path = format!("posts/p{number}.md");
        project = project.file(&path, post(&format!("P{number:02}"), true, "Text."));
    }
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/p0.md", "draft");
    // A fixed generator makes failures reproducible (Knuth's MMIX constants).
    let mut chance: u64 = 20_261_125;
    let mut next = |below: usize| {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(chance >> 33).unwrap() % below
    };
    for count in 0..SAVES {
        let number = next(POSTS);
        // The number of finished posts increases towards the end, and finished posts stay finished.
        let draft = next(SAVES) > count;
        let text = post(&format!("P{number:02}"), draft, &format!("Save {count}."));
        let way = WAYS[next(WAYS.len())];
        save(&project.path(&format!("posts/p{number}.md")), &text, way);
    }
    for number in 0..POSTS {
        let text = post(&format!("P{number:02}"), false, "The end.");
        save(
            &project.path(&format!("posts/p{number}.md")),
            &text,
            WAYS[number % 5],
        );
    }
    let expected: Vec<String> = (0..POSTS).map(|number| format!("P{number:02}")).collect();
    while titles(&platform).len() < POSTS {
        watcher.until("one more is sent", is_sent);
    }
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), expected, "each post is sent once");
    project.run("build").exits(0);
    assert_eq!(titles(&platform), expected);
}

#[test]
fn branch_switch_is_read_once() {
    const FILES: usize = 1500;
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    let git = |arguments: &[&str]| git::git(&project, arguments);
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "begin"]);
    git(&["checkout", "-qb", "other"]);
    for number in 0..FILES {
        let path = format!("posts/old/{}/{number}.md", number % 40);
        project.write(&path, post(&format!("Old {number}"), true, "Text."));
    }
    project.write("posts/two.md", post("Two", false, "Text."));
    git(&["add", "-A"]);
    git(&["commit", "-qm", "many"]);
    git(&["checkout", "-q", "main"]);
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    git(&["checkout", "-q", "other"]);
    watcher.until("the post of the other branch is sent", is_sent);
    git(&["checkout", "-q", "main"]);
    watcher.until("all is as it was", |event| {
        event["plan"].as_array().is_some_and(|plan| plan.len() == 1)
    });
    assert_eq!(watcher.stop(), Some(0));
    assert_eq!(titles(&platform), ["Two"]);
}

/// Returns the resident memory of a process, in kilobytes.
#[cfg(target_os = "linux")]
fn memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn event_burst_uses_constant_memory() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s");
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/one.md", "draft");
    let path = project.path("posts/one.md");
    let storm = |events: usize| {
        for count in 0..events / 2 {
            // One event for opening the file and one for closing it.
            fs::write(&path, if count % 2 == 0 { "" } else { "---\n" }).unwrap();
        }
    };
    storm(10_000);
    project.write("posts/one.md", post("One", true, "Text."));
    project.write("posts/two.md", post("Two", true, "Text."));
    watcher.until_code("posts/two.md", "draft");
    let before = memory(watcher.pid());
    storm(100_000);
    project.write("posts/one.md", post("One", true, "Text."));
    project.write("posts/three.md", post("Three", true, "Text."));
    watcher.until_code("posts/three.md", "draft");
    let after = memory(watcher.pid());
    drop(watcher.drain_events());
    assert!(
        after < before + 8 * 1024,
        "{before} kB before, {after} kB after"
    );
    assert_eq!(watcher.stop(), Some(0));
}
