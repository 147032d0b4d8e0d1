//! Plugins that make pictures: the host copies each one at once, and sends the copy.

use super::{project, with_python};
use crate::support::Project;

/// The code that writes a picture to the private folder and returns its path.
const DRAW: &str = r#"
import os, struct, zlib

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

def draw(folder, shade):
    rows = (b"\0" + bytes([shade]) * 1200) * 630
    path = os.path.join(folder, "card-%d.png" % shade)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1200, 630, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path

def opened():
    request = json.loads(sys.stdin.readline())
    assert os.environ["TMPDIR"] == request["scratch"]
    say({"id": request["id"], "ok": {}})
    return request["scratch"]
"#;

/// A transform whose picture of each post has a shade that depends on the title.
const TRANSFORM: &str = r#"
hello("transform", needs=["title"])
scratch = opened()
for id, request in requests():
    title = request["item"]["title"]
    say({"id": id, "ok": {"patch": {"image": {"file": draw(scratch, len(title)), "alt": title}}}})
"#;

const PIPELINE: &str = "\
sources:
  blog: {type: site, path: ., content: posts, url: https://example.org}
transforms:
  cards: {type: test, timeout: 20s}
sinks:
  out: {type: file, endpoint: out, thumbnail: require}
policy: {since: 2026-01-01, max_per_run: 1000, live_check: false}
";

fn with_transform(project: Project, script: &str) -> Project {
    with_python(project, &format!("{DRAW}{script}"))
}

/// Returns the hashes of the deliveries.
fn hashes(project: &Project) -> Vec<String> {
    let preview = project.run("preview --json").exits(0).json();
    let plan = preview["plan"].as_array().unwrap();
    plan.iter()
        .map(|entry| entry["hash"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn picture_of_transform_is_sent() {
    let project = project(PIPELINE).post("posts/b.md", "title: Longer\ndate: 2026-11-20");
    let project = with_transform(project, TRANSFORM);
    let before = hashes(&project);
    assert_eq!(before.len(), 2);
    // The answers are kept with the copies; without the copies, the plugin is asked again and makes the same ones.
    let silent = with_transform(
        project,
        &TRANSFORM.replace("    title =", "    title = title ="),
    );
    assert_eq!(hashes(&silent), before);
    let pictures = silent.path(".home/.cache/syndicate/made-pictures");
    assert_eq!(std::fs::read_dir(&pictures).unwrap().count(), 2);
    std::fs::remove_dir_all(&pictures).unwrap();
    assert_eq!(hashes(&silent), before);
    silent.run("build --backfill").exits(0).says(&["2 sent"]);
}

#[test]
fn kept_answer_needs_no_plugin() {
    let project = with_transform(project(PIPELINE), TRANSFORM);
    let before = hashes(&project);
    let pictures = project.path(".home/.cache/syndicate/made-pictures");
    let changed = std::fs::metadata(&pictures).unwrap().modified().unwrap();
    assert_eq!(hashes(&project), before);
    assert_eq!(
        std::fs::metadata(&pictures).unwrap().modified().unwrap(),
        changed
    );
}

#[test]
fn picture_of_source_is_sent() {
    let source = r#"
hello("source")
scratch = opened()
for id, request in requests():
    say({"id": id, "item": {"url": "https://example.org/a/", "title": "A", "published": "2026-11-20",
        "image": {"file": draw(scratch, 9)}}})
    say({"id": id, "ok": {"items": 1, "faults": 0}})
"#;
    let pipeline = "\
sources:
  notes: {type: test, timeout: 20s}
sinks:
  out: {type: file, endpoint: out, thumbnail: require}
policy: {since: 2026-01-01, live_check: false}
";
    let project = with_transform(Project::with_pipeline(pipeline), source);
    project.run("build --backfill").exits(0).says(&["1 sent"]);
}

#[test]
fn other_files_are_refused() {
    for file in ["/etc/hostname", "../a.png"] {
        let script = TRANSFORM.replace("draw(scratch, len(title))", &format!("\"{file}\""));
        let project = with_transform(project(PIPELINE), &script);
        project
            .run("preview")
            .exits(3)
            .says(&[file, "below the folder of pipeline.yaml"]);
    }
}
