//! The examples of docs/plugin-protocol.md work as printed.

use super::with_program;
use crate::support::Project;

const PAGE: &str = include_str!("../../../docs/plugin-protocol.md");

/// Returns the text between two markers of the page.
pub(super) fn between(start: &str, end: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

#[test]
fn shell_example_works() {
    let script = between("cat > rust-only.sh <<'END'\n", "END\n");
    let transforms = between("```yaml\n", "```");
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: https://example.org}}\n\
         sinks:\n  out: {{type: file, endpoint: out, thumbnail: skip}}\n{transforms}policy: {{live_check: false}}\n"
    );
    let project = Project::with_pipeline(&pipeline)
        .post("posts/a.md", "title: A\ndate: 2026-11-20\ntags: [rust]")
        .post("posts/b.md", "title: B\ndate: 2026-11-20\ntags: [go]");
    let project = with_program(project, "rust-only.sh", script);
    let run = project.run("build --backfill").exits(0);
    run.says(&["1 sent", "it has no tag rust"]);
}

#[test]
fn python_example_works() {
    let script = between("```python\n", "```");
    let pipeline = between("```\n\n```yaml\nsources:", "```");
    let project = Project::with_pipeline(&format!("sources:{pipeline}"))
        .file("notes/first.txt", "First note\nIts text.\n")
        .file("notes/deep/second.txt", "Second note\n");
    let project = with_program(project, "notes.py", script);
    let items = project.run("items --json").exits(0).json_lines();
    let titles: Vec<&str> = items
        .iter()
        .map(|item| item["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["Second note", "First note"]);
    assert_eq!(items[1]["url"], "https://example.org/first/");
    assert_eq!(items[1]["description"], "Its text.");
}

#[test]
fn fields_are_those_of_protocol() {
    let table = between("| `needs` | patch | value |\n|---|---|---|\n", "\n\n");
    let mut named: Vec<(String, bool)> = Vec::new();
    for row in table.lines() {
        let mut cells = row.trim_start_matches("| ").split(" | ");
        let (names, writable) = (cells.next().unwrap(), cells.next().unwrap());
        let names = names.split('`').skip(1).step_by(2);
        named.extend(names.map(|name| (name.to_owned(), writable != "no")));
    }
    named.sort();
    let fields = |fields: &[&str], writable: bool| -> Vec<(String, bool)> {
        let fields = fields.iter().map(|name| ((*name).to_owned(), writable));
        fields.collect()
    };
    let mut expected = fields(plugin_protocol::WRITABLE_FIELDS, true);
    expected.extend(fields(plugin_protocol::READ_ONLY_FIELDS, false));
    expected.sort();
    assert_eq!(named, expected);
}
