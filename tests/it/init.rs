//! `init`: from an empty folder to a working pipeline.

use crate::support::{Platform, Project};

#[test]
fn init_writes_working_pipeline() {
    let project = Project::new()
        .post("posts/a.md", "title: Hello\ndate: 2026-11-22\nimage: a.png")
        .picture("posts/a.png", 1200, 630);
    project.run("init").exits(0).says(&[
        "wrote: pipeline.yaml",
        "wrote: _syndicate/linkedin.handlebars",
        "wrote: syndicate.ledger.jsonl",
    ]);
    let pipeline = project.read("pipeline.yaml");
    assert!(pipeline.contains("since: 2026-11-22"));
    assert!(pipeline.contains("thumbnail: require"));
    let items = project.run("items --json").exits(0).json_lines();
    assert_eq!(items.len(), 1);
    project.run("build --sandbox").exits(0).says(&["sent"]);
    project.run("init").exits(1).says(&["already"]);
}

#[test]
fn init_detects_hexo() {
    let project = Project::new()
        .file("_config.yml", "title: A blog\nurl: https://blog.example.org\npermalink: :year/:title/\nsource_dir: source\npublic_dir: public\nnew_post_name: :title.md\ntheme: icarus\n")
        .file("source/_posts/Hello.md", "---\ntitle: Hello\ndate: 2026-11-22 08:00:00\n---\nText.\n");
    project.run("init").exits(0).says(&["Hexo"]);
    let items = project.run("items --json").exits(0).json_lines();
    assert_eq!(items[0]["url"], "https://blog.example.org/2026/Hello/");
}

#[test]
fn init_reports_empty_folder() {
    let project = Project::new();
    project
        .run("init")
        .exits(1)
        .says(&["no posts were found", "-C DIR"]);
    assert_eq!(std::fs::read_dir(project.folder()).unwrap().count(), 0);
}

#[test]
fn init_works_from_other_folder() {
    let project = Project::new().post("site/posts/a.md", "title: Hello\ndate: 2026-11-22");
    project.run("-C site init").exits(0);
    assert!(project.path("site/pipeline.yaml").exists());
    project.run("-C site items").exits(0).says(&["posts/a.md"]);
    project
        .run("items --config site/pipeline.yaml")
        .exits(0)
        .says(&["posts/a.md"]);
}

#[test]
fn init_with_example_url_accepts_real_url() {
    let platform = Platform::start();
    let project = Project::new()
        .post("posts/a.md", "title: Hello\ndate: 2026-11-22\nimage: a.png")
        .picture("posts/a.png", 1200, 630);
    project.run("init").exits(0);
    let pipeline = project.read("pipeline.yaml");
    let sink = format!(
        "type: linkedin\n    endpoint: {}\n    token: t",
        platform.url
    );
    let pipeline = pipeline
        .replace("https://example.com", "https://blog.example.org")
        .replace("type: linkedin", &sink);
    project.write("pipeline.yaml", pipeline);
    project.run("build").exits(0).says(&["1 sent"]);
    assert!(
        project
            .read("syndicate.ledger.jsonl")
            .contains("\"blog.example.org\"")
    );

    let pipeline = project.read("pipeline.yaml");
    let moved = pipeline.replace("blog.example.org", "other.example.org");
    project.write("pipeline.yaml", moved);
    project.run("build").exits(1).says(&["ledger_foreign"]);
}

#[test]
fn init_excludes_files_from_jekyll() {
    let project = Project::new()
        .file(
            "_config.yml",
            "title: A blog # mine\nurl: https://blog.example.org\nexclude: [vendor]\nplugins: []\n",
        )
        .post("_posts/2026-11-22-a.md", "title: Hello");
    let run = project.run("init").exits(0);
    run.says(&["Jekyll", "changed: _config.yml"]);
    assert_eq!(
        project.read("_config.yml"),
        "title: A blog # mine\nurl: https://blog.example.org\n\
         exclude: [vendor, pipeline.yaml, syndicate.ledger.jsonl]\nplugins: []\n"
    );
    assert!(!project.path("templates").exists());

    let other = Project::new()
        .file("_config.yml", "exclude: vendor\nplugins: []\n")
        .post("_posts/2026-11-22-a.md", "title: Hello");
    other.run("init").exits(0).says(&[
        "add the line `exclude: [pipeline.yaml, syndicate.ledger.jsonl]` to `_config.yml`",
    ]);
    assert_eq!(other.read("_config.yml"), "exclude: vendor\nplugins: []\n");
}

#[test]
fn init_names_unsupported_generator() {
    let project = Project::new()
        .file("book.toml", "[book]\n")
        .file("src/a.md", "# A\n");
    let run = project.run("init").exits(0);
    run.says(&["found: mdBook site", "`content: false`"]);
    let pipeline = project.read("pipeline.yaml");
    assert!(
        pipeline.contains("output: book\n    content: false\n"),
        "{pipeline}"
    );
}

#[test]
fn failed_init_can_be_repeated() {
    let project = Project::new()
        .post("posts/a.md", "title: Hello\ndate: 2026-11-22")
        .file("_syndicate", "a file");
    let run = project.run("init").exits(1);
    run.says(&["cannot write `_syndicate/linkedin.handlebars`"]);
    assert!(!project.path("pipeline.yaml").exists());
    std::fs::remove_file(project.path("_syndicate")).unwrap();
    project.run("init").exits(0).says(&["wrote: pipeline.yaml"]);
}

#[cfg(unix)]
#[test]
fn merge_rule_keeps_unended_line() {
    let project = Project::new()
        .env("PATH", &std::env::var("PATH").unwrap())
        .post("posts/a.md", "title: Hello\ndate: 2026-11-22");
    let printed = project.run("init").exits(0).stderr;
    let texts = [
        printed.as_str(),
        include_str!("../../README.md"),
        include_str!("../../docs/ledger.md"),
    ];
    for text in texts {
        let is_command = |line: &&str| line.ends_with(">> .gitattributes");
        let command = text.lines().find(is_command).unwrap().trim();
        project.write(".gitattributes", "*.png binary");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", command]).current_dir(project.folder());
        assert!(shell.status().unwrap().success(), "{command}");
        let attributes = project.read(".gitattributes");
        let lines: Vec<&str> = attributes.lines().filter(|line| !line.is_empty()).collect();
        let expected = ["*.png binary", "syndicate.ledger.jsonl merge=union"];
        assert_eq!(lines, expected, "{command}");
    }
}
