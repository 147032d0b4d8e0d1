//! `--format github`: annotations, summary and outputs.

use std::fs;

use super::runner::{WorkflowCommand, commands, outputs};
use super::{on_github, pipeline};
use crate::support::{Platform, Project, RawServer};
use crate::unknown;

/// Returns the file, the line and the title of a command.
fn place(command: &WorkflowCommand) -> (&str, &str, &str) {
    let property = |name| command.properties.get(name).map_or("", String::as_str);
    (property("file"), property("line"), property("title"))
}

fn published(platform: &Platform) -> Project {
    on_github(
        Project::with_pipeline(&pipeline(&platform.url))
            .with_ledger()
            .picture("posts/a.png", 600, 314)
            .post(
                "posts/one.md",
                "title: One & only\ndate: 2026-11-20\nimage: a.png",
            ),
    )
}

#[test]
fn build_writes_summary_and_outputs() {
    let platform = Platform::start();
    let project = published(&platform);
    let run = project.run("build --format github").exits(0);
    let commands = commands(&run);
    assert_eq!(commands.len(), 1, "{run}");
    assert_eq!(commands[0].name, "notice");
    assert_eq!(place(&commands[0]), ("posts/one.md", "", "advice"));
    let outputs = outputs(&project.read(".output"));
    assert_eq!(outputs["sent"], "1");
    assert_eq!(
        (&*outputs["unknown"], &*outputs["held"], &*outputs["hashes"]),
        ("0", "0", "")
    );
    let urls: Vec<String> = serde_json::from_str(&outputs["urls"]).unwrap();
    assert_eq!(urls.len(), 1, "{outputs:?}");
    let summary = project.read(".summary");
    for part in [
        "### <code>syndicate build</code>&#58; 1 sent"
            .replace("</code>&#58;", "</code>:")
            .as_str(),
        "#### Sent",
        "**One &#38; only** → linkedin",
        "open the post</a>",
        "600×314 image/png",
        "blog&#46;example&#46;org",
    ] {
        assert!(summary.contains(part), "{part}\n{summary}");
    }
    assert!(
        !summary.contains("<img") && !summary.contains("]("),
        "{summary}"
    );
}

#[test]
fn dry_run_and_preview_list_hashes() {
    let project = published(&Platform::start());
    let plan = project.run("preview --json").exits(0).json();
    let hash = plan["plan"][0]["hash"].as_str().unwrap();
    for verb in ["build --dry-run", "preview"] {
        project.write(".output", "");
        project.run(&format!("{verb} --format github")).exits(0);
        let outputs = outputs(&project.read(".output"));
        assert_eq!(outputs["hashes"], hash, "{verb}");
        assert_eq!(outputs["sent"], "0", "{verb}");
    }
    assert!(project.read(".summary").contains("#### To be sent"));
}

/// A `publish` job starts if the plan has hashes; it must not ask for an approval first and then stop.
#[test]
fn dry_run_that_would_stop_has_no_hashes() {
    let platform = Platform::start();
    let lost = published(&platform);
    fs::remove_file(lost.path("syndicate.ledger.jsonl")).unwrap();
    let not_kept = published(&platform);
    not_kept.write("pipeline.yaml", crate::build::pipeline(&platform.url));
    for (project, code) in [(lost, "[ledger_missing]"), (not_kept, "[ledger_not_kept]")] {
        let run = project.run("build --dry-run --format github").exits(1);
        run.says(&["1 to send", "`build` would send nothing", code]);
        assert_eq!(outputs(&project.read(".output"))["hashes"], "", "{code}");
        project.run("build --format github").exits(1).says(&[code]);
    }
}

#[test]
fn hashes_select_payload_of_approved_run() {
    let platform = Platform::start();
    let project = published(&platform);
    project.run("build --dry-run --format github").exits(0);
    let hashes = outputs(&project.read(".output"))["hashes"].clone();
    let project = project.post("posts/two.md", "title: Two\ndate: 2026-11-21\nimage: a.png");
    project
        .run(&format!("build --only {hashes} --format github"))
        .exits(0);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn broken_post_is_error_at_its_line() {
    let platform = Platform::start();
    let project =
        published(&platform).file("posts/bad.md", "---\ntitle: Bad\ndate: soon\n---\n\nx\n");
    let run = project.run("build --format github").exits(3);
    let commands = commands(&run);
    assert_eq!(commands[0].name, "error", "{run}");
    assert_eq!(
        place(&commands[0]),
        ("posts/bad.md", "3", "invalid_front_matter")
    );
    assert!(commands[0].message.contains("\nhint: "), "{run}");
    assert_eq!(outputs(&project.read(".output"))["sent"], "1");
    assert!(project.read(".summary").contains("#### Unreadable"));
}

#[test]
fn broken_pipeline_is_error_at_its_line() {
    let project = on_github(Project::with_pipeline(
        "sources:\n  blog: {type: site, path: ., contnt: posts}\nsinks:\n  out: {type: fil}\n",
    ));
    for verb in ["build", "build --dry-run", "preview", "check"] {
        let run = project.run(&format!("{verb} --format github")).exits(1);
        let commands = commands(&run);
        let places: Vec<_> = commands.iter().map(place).collect();
        let expected = [
            ("pipeline.yaml", "2", "invalid_config"),
            ("pipeline.yaml", "4", "invalid_config"),
        ];
        assert_eq!(places, expected, "{run}");
        assert_eq!(commands[0].properties["col"], "31");
    }
    assert!(project.read(".summary").contains("did you mean"));
}

#[test]
fn paths_are_relative_to_repository() {
    let project = on_github(
        Project::new()
            .file("blog/pipeline.yaml", pipeline("http://127.0.0.1:9"))
            .file(
                "blog/posts/bad.md",
                "---\ntitle: Bad\ndate: soon\n---\n\nx\n",
            ),
    );
    for arguments in ["-C blog preview", "--config blog/pipeline.yaml preview"] {
        let run = project
            .run(&format!("{arguments} --format github"))
            .exits(3);
        let commands = commands(&run);
        assert_eq!(place(&commands[0]).0, "blog/posts/bad.md", "{run}");
    }
    let mut command = project.command(&["preview", "--format", "github"]);
    command.current_dir(project.path("blog/posts"));
    let run = project.finished(command, &["preview"]).exits(3);
    assert_eq!(place(&commands(&run)[0]).0, "blog/posts/bad.md", "{run}");
}

#[test]
fn unknown_outcome_stays_red_and_names_workflow() {
    let server = RawServer::answering(b"HTTP/1.1 504 Timeout\r\ncontent-length: 0\r\n\r\n");
    let project = on_github(unknown::project(&server));
    project.write(
        "pipeline.yaml",
        format!("{}ledger: {{ci: true}}\n", project.read("pipeline.yaml")),
    );
    let here = "here: start the workflow `Publish posts` by hand with the command `settle` and the arguments \
        `posts/one.md --sink linkedin --not-sent`: \
        https://github.example.org/octo/site/actions/workflows/syndicate.yml";
    for verb in ["build", "build", "status"] {
        let run = project.run(&format!("{verb} --format github")).exits(4);
        let commands = commands(&run);
        let error = commands
            .iter()
            .find(|command| command.name == "error")
            .unwrap();
        assert_eq!(
            place(error),
            ("posts/one.md", "", "outcome_unknown"),
            "{run}"
        );
        assert!(error.message.contains(here), "{run}");
        let outputs = outputs(&project.read(".output"));
        assert_eq!(
            (&*outputs["unknown"], &*outputs["held"]),
            ("1", "0"),
            "{verb}"
        );
    }
    assert_eq!(server.requests(), 1);
    let summary = project.read(".summary");
    assert!(summary.contains("#### Needs a decision"), "{summary}");
    assert!(
        summary.contains(
            "<code>posts/one&#46;md &#45;&#45;sink linkedin &#45;&#45;not&#45;sent</code>"
        ),
        "{summary}"
    );
    let text = project.run("build").exits(4);
    assert!(text.stderr.contains(here), "{text}");
    project
        .run("settle posts/one.md --sink linkedin --not-sent")
        .exits(0);
    project.run("status --format github").exits(0);
}

#[test]
fn held_delivery_is_warning() {
    let project = published(&Platform::start());
    project.write(
        "pipeline.yaml",
        format!(
            "{}policy: {{since: 2026-11-01, approve: true}}\n",
            project
                .read("pipeline.yaml")
                .replace("policy: {since: 2026-11-01}\n", "")
        ),
    );
    let run = project.run("build --format github").exits(0);
    let commands = commands(&run);
    assert_eq!(commands[0].name, "warning", "{run}");
    assert_eq!(place(&commands[0]), ("posts/one.md", "", "not_approved"));
    assert!(
        commands[0].message.contains("with the command `approve`"),
        "{run}"
    );
    assert_eq!(outputs(&project.read(".output"))["held"], "1");
}

#[test]
fn missing_ledger_names_workflow() {
    let project = published(&Platform::start());
    std::fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    let run = project.run("build --format github").exits(1);
    let commands = commands(&run);
    assert_eq!(place(&commands[0]).2, "ledger_missing", "{run}");
    let here = "with the command `build` and the arguments `--baseline`";
    assert!(commands[0].message.contains(here), "{run}");
    let preview = project.run("preview --format github").exits(0);
    assert!(
        preview
            .stdout
            .contains("::warning file=pipeline.yaml,title=note::"),
        "{preview}"
    );
}

#[test]
fn check_annotates_problems() {
    let project = published(&Platform::start());
    project.write(
        "pipeline.yaml",
        project
            .read("pipeline.yaml")
            .replace("policy: {since: 2026-11-01}\n", ""),
    );
    let run = project.run("check --format github").exits(0);
    let commands = commands(&run);
    let without_limit = commands
        .iter()
        .find(|command| command.message.contains("`policy.since`"));
    assert_eq!(
        place(without_limit.unwrap()),
        ("pipeline.yaml", "", "check"),
        "{run}"
    );
    assert!(
        project.read(".summary").contains("policy&#46;since"),
        "{run}"
    );
}

#[test]
fn upcoming_condition_is_warning() {
    let project = published(&Platform::start());
    project.write(
        "pipeline.yaml",
        project
            .read("pipeline.yaml")
            .replace("token: rehearsal", "token: rehearsal, api_version: 202612"),
    );
    let run = project.run("build --dry-run --format github");
    let commands = commands(&run);
    let warning = commands
        .iter()
        .find(|command| command.properties["title"] == "upcoming");
    let warning = warning.unwrap_or_else(|| panic!("{run}"));
    assert_eq!(
        (warning.name.as_str(), place(warning).0),
        ("warning", "pipeline.yaml")
    );
    assert!(project.read(".summary").contains("#### Warnings"));
}

#[test]
fn unwritable_file_does_not_stop_sending() {
    for variable in ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"] {
        let platform = Platform::start();
        let project = published(&platform).env(variable, "/nowhere/file");
        let run = project.run("build --format github").exits(0);
        run.says(&[
            "warning: this result is not in the ",
            "cannot write `/nowhere/file`",
        ]);
        assert_eq!(platform.feed().len(), 1, "{variable}");
    }
}

#[test]
fn annotations_have_limit_of_runner() {
    let mut project = published(&Platform::start());
    for index in 0..15 {
        project = project.file(
            &format!("posts/bad{index:02}.md"),
            "---\ndate: soon\n---\n\nx\n",
        );
    }
    let run = project.run("preview --format github").exits(3);
    let errors: Vec<_> = commands(&run)
        .into_iter()
        .filter(|command| command.name == "error")
        .collect();
    assert_eq!(errors.len(), 10, "{run}");
    assert_eq!(errors[9].properties["title"], "6 more");
}

#[test]
fn format_excludes_json_and_printed_markdown() {
    let project = published(&Platform::start());
    project.run("preview --format github --json").exits(2);
    project.run("preview --format github --diff").exits(2);
    project
        .run("preview --format github --markdown")
        .exits(2)
        .says(&["add `--comment`"]);
}

#[test]
fn sandbox_run_has_no_links() {
    let platform = Platform::start();
    let project = published(&platform);
    project.run("build --sandbox --format github").exits(0);
    let outputs = outputs(&project.read(".output"));
    assert_eq!((&*outputs["sent"], &*outputs["urls"]), ("1", "[]"));
    assert!(!project.read(".summary").contains("href"));
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn nothing_is_written_without_format() {
    let platform = Platform::start();
    let project = published(&platform);
    let run = project.run("build").exits(0);
    assert_eq!(commands(&run), [], "{run}");
    assert!(!project.path(".summary").exists() && !project.path(".output").exists());
}
