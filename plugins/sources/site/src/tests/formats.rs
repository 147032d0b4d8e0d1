//! Posts in formats other than Markdown: read if the format is supported, else counted in a note.

use serde_json::json;

use super::TestSite;

const FRONT: &str = "---\ntitle: T\ndate: 2026-05-20\n---\nText.\n";

/// Returns the items' names and the notes on formats of a site with these files.
fn read(config: (&str, &str), files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let site = TestSite::new()
        .option("url", json!("https://example.org"))
        .file(config.0, config.1);
    let site = files
        .iter()
        .fold(site, |site, (path, text)| site.file(path, text));
    let scan = site.scan();
    assert_eq!(scan.faults, []);
    let items = scan.items.iter().map(|item| item.label().to_owned());
    let notes = scan
        .notes
        .into_iter()
        .filter(|note| note.contains("not read: "));
    (items.collect(), notes.collect())
}

#[test]
fn hugo_reads_html_notes_rest() {
    let config = (
        "hugo.yaml",
        "baseURL: https://boats.blog/\nignoreFiles: ['wip']\n",
    );
    let html = "---\ntitle: H\ndate: 2026-05-20\ndraft: true\n---\n<p>Words of <b>it</b></p>\n";
    let (items, notes) = read(
        config,
        &[
            ("content/posts/a.md", FRONT),
            ("content/posts/b.html", html),
            ("content/posts/c.html", "<!doctype html><title>C</title>"),
            (
                "content/posts/d.org",
                "#+title: D\n#+date: 2026-05-20\nText.",
            ),
            ("content/posts/e/index.adoc", FRONT),
            ("content/posts/f.adoc", FRONT),
            ("content/posts/wip.rst", FRONT),
            ("content/posts/g/index.md", FRONT),
            ("content/posts/g/notes.org", "* Notes"),
            ("content/posts/_index.org", "* Section"),
        ],
    );
    assert_eq!(
        items,
        [
            "content/posts/a.md",
            "content/posts/b.html",
            "content/posts/g/index.md"
        ]
    );
    let starts = [
        "2 files in the format `.adoc` are not read: `content/posts/e/index.adoc` and `content/posts/f.adoc`;",
        "1 file in the format `.org` is not read: `content/posts/d.org`;",
    ];
    assert_eq!(notes.len(), 2, "{notes:?}");
    for (note, start) in notes.iter().zip(starts) {
        assert!(note.starts_with(start), "{note}");
    }
    let site = TestSite::new()
        .file(config.0, config.1)
        .file("content/posts/b.html", html);
    let item = site.item();
    assert_eq!(item.url.as_deref(), Some("https://boats.blog/posts/b/"));
    assert_eq!(item.description.as_deref(), Some("Words of it"));
    assert!(item.draft);
}

#[test]
fn pelican_notes_other_formats() {
    let config = (
        "pelicanconf.py",
        "SITEURL = 'https://example.org'\nPATH = 'content'\nTIMEZONE = 'UTC'\n",
    );
    let (items, notes) = read(
        config,
        &[
            ("content/a.md", "Title: A\nDate: 2026-05-20\n\nText.\n"),
            ("content/b.rst", "B\n#\n\n:date: 2026-05-20\n\nText.\n"),
            ("content/pages/about.rst", "About\n#####\n"),
            (
                "content/c.html",
                "<html><head><title>C</title></head></html>",
            ),
        ],
    );
    assert_eq!(items, ["content/a.md"]);
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert!(
        notes[0].contains("`.html`") && notes[1].contains("`content/b.rst`"),
        "{notes:?}"
    );
}

#[test]
fn plain_folder_reads_mdx() {
    let mdx = "---\ntitle: T\ndate: 2026-05-20\n---\nimport Chart from './chart'\n\n<Chart data={x} />\n\nFirst *words*.\n";
    let site = TestSite::new()
        .option("url", json!("https://example.org"))
        .option("content", json!("posts"))
        .file("posts/a.mdx", mdx)
        .file("posts/README.rst", "Read me")
        .file("posts/b.org", "#+title: B");
    let scan = site.scan();
    assert_eq!(scan.items.len(), 1);
    assert_eq!(scan.items[0].url.as_deref(), Some("https://example.org/a/"));
    assert_eq!(scan.items[0].description.as_deref(), Some("First words."));
    assert!(
        scan.notes.iter().any(|note| note.contains("`posts/b.org`")),
        "{:?}",
        scan.notes
    );
    assert!(
        !scan.notes.iter().any(|note| note.contains("README")),
        "{:?}",
        scan.notes
    );
    let silent = site.option("exclude", json!("**/*.org")).scan();
    assert!(
        !silent.notes.iter().any(|note| note.contains("b.org")),
        "{:?}",
        silent.notes
    );
}
