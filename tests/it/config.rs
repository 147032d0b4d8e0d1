//! Cases for pipeline.yaml as files. Each file in `tests/configs/valid` must pass. Each file in `invalid`
//! must fail with the text of the `.stderr` file beside it. `UPDATE_EXPECTED=1 cargo test` writes those.

use std::path::{Path, PathBuf};

use crate::support::Project;

fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/configs")
        .join(kind);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn project(file: &Path) -> Project {
    Project::with_pipeline(&std::fs::read_to_string(file).unwrap())
        .post("posts/a.md", "title: A\ndate: 2026-11-20")
        .env("SITE", "https://example.org")
}

#[test]
fn valid_configs_pass() {
    for file in cases("valid") {
        let run = project(&file).run("items");
        assert_eq!(run.code, Some(0), "{}\n{run}", file.display());
    }
}

#[test]
fn invalid_configs_report_all_mistakes() {
    for file in cases("invalid") {
        let run = project(&file).run("items").exits(1);
        let expected = file.with_extension("stderr");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected, &run.stderr).unwrap();
        }
        let expected = std::fs::read_to_string(&expected)
            .unwrap_or_else(|_| panic!("{} has no expected text:\n{run}", file.display()));
        assert_eq!(run.stderr, expected, "{}", file.display());
    }
}

#[test]
fn schema_has_every_type_and_key() {
    let schema = Project::new().run("schema").exits(0).json();
    let text = schema.to_string();
    for name in [
        "site",
        "filter",
        "file",
        "linkedin",
        "max_per_run",
        "api_version",
        "inputs",
        "commentary",
    ] {
        assert!(text.contains(&format!("\"{name}\"")), "{name}");
    }
    assert!(!text.contains("$ref"), "the schema has no references");
}

#[test]
fn missing_pipeline_has_hint() {
    Project::new().run("preview").exits(1).says(&[
        "pipeline.yaml",
        "the file does not exist",
        "syndicate init",
    ]);
}

#[test]
fn commentary_and_template_contain_variables() {
    let text = "sources: {blog: {type: site, url: 'https://example.org'}}\n\
                sinks:\n  one: {type: file, commentary: 'On ${SITE} for $${X}: {{title}}'}\n\
                \x20 two: {type: file, template: '${NAME:-b}.handlebars'}\n\
                policy: {live_check: false}\n";
    let project = Project::with_pipeline(text)
        .post("posts/a.md", "title: Hello\ndate: 2026-11-20")
        .file("b.handlebars", "From a file");
    project
        .run("preview")
        .exits(1)
        .says(&["variable `SITE`", "not set"]);
    let project = project.env("SITE", "our site");
    let says = ["On our site for ${X}: Hello", "From a file"];
    project.run("preview --all").exits(0).says(&says);
}

#[test]
fn every_unreadable_source_is_reported() {
    let text = "sources:\n  one: {type: site, url: 'https://example.org', content: missing}\n\
                \x20 two: {type: feed, path: missing.xml}\nsinks: {out: {type: file}}\n";
    let project = Project::with_pipeline(text).post("posts/a.md", "title: A");
    for command in ["check", "build", "items"] {
        let run = project.run(command).exits(1);
        run.says(&["source `one`", "missing.xml", "pipeline.yaml:3:27"]);
    }
}

#[test]
fn every_unusable_component_is_reported() {
    let text = "sources: {blog: {type: site, path: missing}}\n\
                transforms: {cards: {type: card, template: missing.svg}}\n\
                sinks: {out: {type: file}}\n";
    let built = ["`./missing` of source `blog`", "missing.svg"];
    Project::with_pipeline(text)
        .run("check")
        .exits(1)
        .says(&built);
    // Also those of other components than the ones with errors in the file itself.
    let text = text.replace("{type: file}", "{type: file, folder: x}");
    let project = Project::with_pipeline(&text);
    for command in ["check", "build"] {
        let run = project.run(command).exits(1).says(&built);
        run.says(&["unknown key `folder`"]);
    }
}

#[test]
fn secret_addresses_are_not_quoted() {
    let text = "sources: {blog: {type: site, url: 'https://example.org'}}\nsinks:\n\
                \x20 chat: {type: webhook, url: 'https://chat.example/services/T0/hunter2', dialect: slak}\n";
    let project = Project::with_pipeline(text).post("posts/a.md", "title: A");
    for command in ["check", "check --format github", "items", "build --json"] {
        let run = project.run(command).exits(1).says(&["slak"]);
        let printed = format!("{}{}", run.stdout, run.stderr);
        assert!(!printed.contains("hunter2"), "{run}");
    }
}

#[test]
fn fault_of_option_has_its_line() {
    let text = "sources:\n  blog:\n    type: site\n    url: https://example.org\n    \
                permalink: /:foo/\nsinks: {out: {type: file}}\n";
    let project = Project::with_pipeline(text).post("posts/a.md", "title: A");
    let run = project.run("items");
    run.says(&["unknown placeholder `foo`", "pipeline.yaml:5:16"]);
}
