//! Sent posts that return under another name or address: none is sent again automatically, even if its
//! text is short.

use serde_json::Value;

use crate::build::pipeline;
use crate::support::{Platform, Project};

/// Returns a project whose source has these options.
fn project(platform: &Platform, source: &str) -> Project {
    let pipeline = pipeline(&platform.url);
    let site = pipeline
        .lines()
        .find(|line| line.contains("type: site"))
        .unwrap();
    let source = format!("  blog: {{type: site, path: ., {source}}}");
    let text = pipeline
        .replace(site, &source)
        .replace("token: rehearsal", "token: rehearsal, thumbnail: skip");
    Project::with_pipeline(&text).with_ledger()
}

/// Builds, and returns the path and code of each post.
#[track_caller]
fn codes(project: &Project) -> Vec<(String, String)> {
    let plan = project.run("build --json").json();
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let entries = plan["plan"].as_array().unwrap().iter();
    let mut codes: Vec<_> = entries
        .map(|entry| (text(entry, "path"), text(entry, "code")))
        .collect();
    codes.sort();
    codes
}

/// Sends the post at `first`, moves it to `then` with `edit` applied, and checks that `code` holds it back.
#[track_caller]
fn assert_held_back(config: (&str, &str), first: &str, then: &str, edit: (&str, &str), code: &str) {
    let platform = Platform::start();
    let mut project = project(&platform, "url: 'https://blog.example.net'");
    project.write(config.0, config.1);
    project = project.post(first, "title: Boats\ndate: 2026-11-20");
    project.run("build").exits(0).says(&["1 sent"]);
    let text = project.read(first).replace(edit.0, edit.1);
    std::fs::remove_file(project.path(first)).unwrap();
    std::fs::create_dir_all(project.path(then).parent().unwrap()).unwrap();
    project.write(then, text);
    assert_eq!(codes(&project), [(then.to_owned(), code.to_owned())]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn changed_date_asks_before_sending() {
    let jekyll = ("_config.yml", "title: F\nbaseurl: ''\n");
    let undated = ("date: 2026-11-20\n", "");
    assert_held_back(
        jekyll,
        "_posts/2026-11-20-boats.md",
        "_posts/2026-11-21-boats.md",
        undated,
        "renamed",
    );
    let dated = ("2026-11-20", "2026-11-19");
    assert_held_back(
        jekyll,
        "_posts/2026-11-20-boats.md",
        "_posts/2026-11-19-boats.md",
        dated,
        "renamed",
    );
    assert_held_back(
        jekyll,
        "_posts/2026-11-20-boats.md",
        "_posts/2026-11-20-ships.md",
        ("x", "x"),
        "renamed",
    );
    // Hexo's addresses contain the date of the front matter, and the file name stays the same.
    let hexo = ("_config.yml", "title: F\nsource_dir: source\n");
    let post = "source/_posts/boats.md";
    assert_held_back(hexo, post, post, ("2026-11-20", "2026-11-21"), "renamed");
    // Docusaurus' file names contain the date.
    let docusaurus = (
        "docusaurus.config.js",
        "module.exports = {url: 'https://blog.example.net', baseUrl: '/', presets: ['classic']};\n",
    );
    assert_held_back(
        docusaurus,
        "blog/2026-11-20-boats.md",
        "blog/2026-11-21-boats.md",
        dated,
        "renamed",
    );
}

#[test]
fn unicode_form_of_name_is_ignored() {
    let plain = ("notes.txt", "");
    for (one, other) in [
        ("posts/u\u{308}ber.md", "posts/\u{fc}ber.md"),
        (
            "posts/\u{e9}te\u{301}/boats.md",
            "posts/e\u{301}t\u{e9}/boats.md",
        ),
        (
            "posts/\u{c5}ngstro\u{308}m 1.md",
            "posts/A\u{30a}ngstr\u{f6}m 1.md",
        ),
    ] {
        assert_held_back(plain, one, other, ("x", "x"), "already_sent");
        assert_held_back(plain, other, one, ("x", "x"), "already_sent");
    }
    let jekyll = ("_config.yml", "title: F\nbaseurl: ''\n");
    let (nfd, nfc) = (
        "_posts/2026-11-20-u\u{308}ber.md",
        "_posts/2026-11-20-\u{fc}ber.md",
    );
    assert_held_back(jekyll, nfd, nfc, ("x", "x"), "already_sent");
    let hugo = ("hugo.toml", "baseURL = 'https://blog.example.net/'\n");
    let (nfd, nfc) = ("content/posts/u\u{308}ber.md", "content/posts/\u{fc}ber.md");
    assert_held_back(hugo, nfd, nfc, ("x", "x"), "already_sent");
}

#[test]
fn short_copies_are_held_back() {
    let platform = Platform::start();
    let source = "url: 'https://blog.example.net', permalink: '/:slug/', content: posts";
    let front = "title: Boats\ndate: 2026-11-20";
    let mut project = project(&platform, source).post("posts/boats.md", front);
    project.run("build").exits(0).says(&["1 sent"]);
    for name in [
        // Copies of Dropbox, Nextcloud, Syncthing, OneDrive, iCloud, Finder, Windows, macOS and editors.
        "boats (Ann's conflicted copy 2026-11-21)",
        "boats (Anns in Konflikt stehende Kopie 2026-11-21)",
        "boats (conflicted copy 2026-11-21 101010)",
        "boats (case conflict)",
        "boats.sync-conflict-20261121-101010-ABCDEFG",
        "boats_conflict-20261121-101010",
        "boats-DESKTOP-4711",
        "boats-Anns-MacBook",
        "boats 2",
        "boats copy",
        "boats copy 2",
        "boats - Copy",
        "boats - Copy (2)",
        "boats - Kopie",
        "boats (1)",
        "Copy of boats",
        "._boats",
        ".#boats",
    ] {
        project = project.post(&format!("posts/{name}.md"), front);
    }
    let sent: Vec<_> = codes(&project)
        .into_iter()
        .filter(|(_, code)| code == "new")
        .collect();
    assert_eq!(sent, []);
    assert_eq!(platform.feed().len(), 1);
}
