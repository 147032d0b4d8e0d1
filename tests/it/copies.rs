//! The addresses of sent posts as data for the site: `export links` and `policy.write_links`.

use serde_json::Value;

use crate::build::pipeline;
use crate::support::{Platform, Project, Watcher};

/// Returns a project with two posts, of which one is published, and these further keys of the policy.
fn project(platform: &Platform, policy: &str) -> Project {
    let text = pipeline(&platform.url)
        .replace("token: rehearsal", "token: rehearsal, thumbnail: skip")
        .replace("policy: {", &format!("policy: {{{policy}"));
    Project::with_pipeline(&text)
        .with_ledger()
        .post("posts/a.md", "title: A\ndate: 2026-11-20")
        .post("posts/b.md", "title: B\ndate: 2026-11-20\ndraft: true")
}

#[track_caller]
fn check(data: &Value) {
    let posts = data["posts"].as_object().unwrap();
    let keys: Vec<&str> = posts.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["https://blog.example.org/a/", "posts/a.md"],
        "{data}"
    );
    let [copy] = posts["posts/a.md"].as_array().unwrap().as_slice() else {
        panic!("one copy: {data}");
    };
    assert_eq!(copy, &posts["https://blog.example.org/a/"][0]);
    assert_eq!(copy["sink"], "linkedin");
    assert_eq!(copy["platform"], "linkedin");
    let url = copy["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://www.linkedin.com/feed/update/urn:li:"),
        "{url}"
    );
    assert!(
        copy["published"]
            .as_str()
            .unwrap()
            .starts_with("2026-11-22T12:00:")
    );
}

#[test]
fn sent_posts_are_exported() {
    let platform = Platform::start();
    let project = project(&platform, "");
    let empty = project.run("export links").exits(0).json();
    assert_eq!(empty["posts"], Value::Object(serde_json::Map::new()));
    project.run("build").exits(0).says(&["1 sent"]);
    check(&project.run("export links").exits(0).json());
    for (file, parse) in [
        ("a.json", None),
        ("data/a.yaml", Some("yaml")),
        ("data/a.toml", Some("toml")),
    ] {
        let run = project.run(&format!("export links --output {file}"));
        run.exits(0).says(&["wrote the addresses of 1 post to"]);
        let text = project.read(file);
        let data: Value = match parse {
            None => serde_json::from_str(&text).unwrap(),
            Some("yaml") => serde_saphyr::from_str(&text).unwrap(),
            Some(_) => toml::from_str(&text).unwrap(),
        };
        check(&data);
    }
    let table = project.run("export links --format csv").exits(0).stdout;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "path,page,sink,platform,url,published");
    assert!(
        lines[1].starts_with("posts/a.md,https://blog.example.org/a/"),
        "{table}"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn file_of_links_follows_ledger() {
    let platform = Platform::start();
    let project = project(&platform, "write_links: data/syndication.json, ");
    project.run("preview").exits(0);
    assert!(!project.path("data").exists());
    project.run("build --sandbox").exits(0);
    assert!(!project.path("data").exists());
    project.run("build").exits(0).says(&["1 sent"]);
    let text = project.read("data/syndication.json");
    check(&serde_json::from_str(&text).unwrap());
    project.run("retract posts/a.md").exits(0);
    project.run("build").exits(0);
    let text = project.read("data/syndication.json");
    assert_eq!(text, "{\n  \"v\": 1,\n  \"posts\": {}\n}\n");
}

#[test]
fn watch_writes_links() {
    let platform = Platform::start();
    let project = project(&platform, "grace: 0s, write_links: data/syndication.yaml, ");
    let watcher = Watcher::start(&project);
    watcher.until_code("posts/a.md", "already_sent");
    assert_eq!(watcher.stop(), Some(0));
    let data = serde_saphyr::from_str(&project.read("data/syndication.yaml")).unwrap();
    check(&data);
}

#[test]
fn file_that_cannot_be_written_is_fault() {
    let platform = Platform::start();
    let project = project(&platform, "write_links: data/a.json, ").file("data", "a file");
    project.run("build").exits(3).says(&[
        "1 sent",
        "data/a.json",
        "cannot write the links of the posts",
    ]);
    let wrong = project.read("pipeline.yaml").replace("a.json", "a.txt");
    project.write("pipeline.yaml", wrong);
    project.run("check").exits(1).says(&[
        "the ending of `data/a.txt` stands for no format",
        "use `.json`, `.yaml`, `.toml` or `.csv`",
    ]);
}

#[test]
fn other_files_are_not_replaced() {
    let platform = Platform::start();
    for (file, content) in [
        ("package.json", "{\"name\": \"site\"}"),
        ("data/a.csv", "name,age\n"),
        ("pipeline.yaml", ""),
    ] {
        let mut project = project(&platform, &format!("write_links: {file}, "));
        if !content.is_empty() {
            project = project.file(file, content);
        }
        let before = project.read(file);
        let says = [
            file,
            "is not replaced",
            "name another file under `policy.write_links`",
        ];
        let run = project.run("check").exits(1).says(&says);
        run.lacks(&["pipeline.yaml: no errors"]);
        project.run("build").exits(3).says(&says);
        assert_eq!(project.read(file), before);
    }
}
