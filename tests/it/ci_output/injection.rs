//! Text of a fork's pull request cannot run a workflow command, add an output or an entry of a report, or
//! end a Markdown construct.

use super::runner::{commands, outputs};
use super::{on_github, pipeline};
use crate::support::{Platform, Project};

/// Hostile values, as YAML strings.
const VALUES: &[&str] = &[
    r#""::error file=/etc/passwd::boom""#,
    r#""x\n::set-output name=sent::9""#,
    r#""x\r::stop-commands::token""#,
    r#""x\u2028::add-path::/tmp/evil""#,
    r#""\u0085 ::set-env name=PATH::/tmp""#,
    r#""##[set-env name=PATH]/tmp""#,
    r#""a ##[add-mask]b""#,
    r#""%0A::error::x%25""#,
    r#""a,file=b,title=c::d""#,
    r#""sent<<syndicate-0\n9\nsyndicate-0""#,
    r#""\u200b::error::x""#,
    r#""</code></summary><script>x</script>""#,
    r#""![p](https://evil.example/p.png) | <img src=//evil.example>""#,
    r#""@octocat #1 GH-1 octo/site#1 0123456789abcdef0123456789abcdef01234567""#,
];

fn project(platform: &Platform, value: &str) -> Project {
    on_github(
        Project::with_pipeline(&pipeline(&platform.url))
            .with_ledger()
            .picture("posts/a.png", 600, 314)
            .post(
                "posts/one.md",
                &format!("title: {value}\ndescription: {value}\ndate: 2026-11-20\nimage: a.png\ntags: [{value}]"),
            )
            .post(
                "posts/two.md",
                &format!("title: Two\ndate: 2026-11-21\nsyndicate: {{commentary: {value}}}"),
            )
            .file("posts/bad.md", format!("---\ntitle: {value}\ndate: {value}\n---\n\nx\n")),
    )
}

#[test]
fn hostile_values_run_no_command() {
    for value in VALUES {
        let platform = Platform::start();
        let project = project(&platform, value);
        for verb in [
            "preview",
            "preview --markdown",
            "preview --all --format github",
            "check --format github",
            "build --dry-run --format github",
            "build --format github",
            "status --format github",
            "items",
        ] {
            let run = project.run(verb);
            for command in commands(&run) {
                let is_ours = matches!(command.name.as_str(), "error" | "warning" | "notice");
                assert!(is_ours && verb.contains("--format"), "{value}: {command:?}\n{run}");
                let file = command.properties.get("file").map_or("", String::as_str);
                let is_known = project.path(file).is_file();
                assert!(is_known && command.properties.contains_key("title"), "{value}: {command:?}");
                assert!(command.properties.len() <= 4, "{value}: {command:?}");
            }
        }
        let outputs = outputs(&project.read(".output"));
        let names: Vec<&str> = outputs.keys().map(String::as_str).collect();
        assert_eq!(names, ["hashes", "held", "sent", "unknown", "urls"], "{value}");
        let summary = project.read(".summary");
        for part in ["<script", "<img", "](", "@octocat", " #1", "GH-1", "0123456789abcdef"] {
            assert!(!summary.contains(part), "{value}: {part}\n{summary}");
        }
    }
}

#[cfg(unix)]
#[test]
fn hostile_file_names_run_no_command() {
    let platform = Platform::start();
    let bad = "---\ntitle: x\ndate: soon\n---\n\nx\n";
    let project = project(&platform, "One")
        .file("posts/a,line=9::b%0A.md", bad)
        .file("posts/c\n::error::d.md", bad)
        .file("posts/`e` --not-sent.md", bad);
    let run = project.run("build --format github").exits(3);
    let files: Vec<String> = commands(&run)
        .into_iter()
        .filter(|command| command.name == "error")
        .map(|command| command.properties["file"].clone())
        .collect();
    let expected = [
        "posts/`e` --not-sent.md",
        "posts/a,line=9::b%0A.md",
        "posts/bad.md",
        "posts/c\n::error::d.md",
    ];
    for file in expected {
        assert!(files.contains(&file.to_owned()), "{file:?} of {files:?}");
    }
}
