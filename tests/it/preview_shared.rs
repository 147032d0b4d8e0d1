//! `preview --html` and `preview --markdown`: exports that are safe to share, with any content of posts.

use scraper::{Html, Selector};

use crate::build::pipeline;
use crate::support::Project;

/// The text that a hostile post has in every field.
pub(crate) const HOSTILE: &str =
    "\"><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";

/// Returns a project with a hostile post and a harmless one.
pub(crate) fn hostile(endpoint: &str) -> Project {
    let quoted = format!("'{}'", HOSTILE.replace('\'', "''"));
    let front = format!(
        "title: {quoted}\ndescription: {quoted}\ndate: 2026-11-20\nimage: a.png\nauthor: {quoted}\n\
         tags: [{quoted}]\nalt: {quoted}\nimage_alt: {quoted}\nlang: {quoted}\n\
         syndicate: {{commentary: {quoted}}}"
    );
    Project::with_pipeline(&pipeline(endpoint))
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post("posts/hostile.md", &front)
        .post(
            "posts/plain.md",
            "title: Plain\ndate: 2026-11-21\nimage: a.png",
        )
}

fn select<'p>(page: &'p Html, selector: &str) -> Vec<scraper::ElementRef<'p>> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).collect()
}

#[test]
fn html_export_is_self_contained() {
    let project = hostile("http://127.0.0.1:9");
    project
        .run("preview --html out")
        .exits(0)
        .says(&["out/index.html"]);
    let text = project.read("out/index.html");
    let page = Html::parse_document(&text);
    assert!(select(&page, "script, iframe, object, link, form").is_empty());
    for element in select(&page, "*") {
        let handler = element
            .value()
            .attrs()
            .find(|(name, _)| name.starts_with("on"));
        assert_eq!(handler, None);
    }
    let pictures = select(&page, "img");
    assert_eq!(pictures.len(), 2, "those of the cards and no other");
    for picture in pictures {
        let source = picture.attr("src").unwrap();
        assert!(
            source.starts_with("media/") && source.ends_with(".png"),
            "{source}"
        );
        assert!(project.path("out").join(source).is_file());
    }
    let seen: String = select(&page, ".words")[0].text().collect();
    assert_eq!(seen, HOSTILE);
    let plan = project.run("preview --json").json();
    for entry in plan["plan"].as_array().unwrap() {
        assert!(text.contains(entry["hash"].as_str().unwrap()));
    }
}

#[test]
fn markdown_export_escapes_hostile_text() {
    let project = hostile("http://127.0.0.1:9").post(
        "posts/pipes.md",
        "title: 'a | b `c` @someone #12'\ndate: 2026-11-22\nimage: a.png",
    );
    let run = project.run("preview --markdown").exits(0);
    let rows: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.starts_with('|'))
        .collect();
    assert_eq!(rows.len(), 5, "{run}");
    for row in rows {
        assert_eq!(row.matches('|').count(), 7, "{row}");
    }
    for part in ["<script", "<img", "@someone", " #12", "`c`"] {
        assert!(!run.stdout.contains(part), "{part}\n{run}");
    }
    run.says(&["### Preview: 3 to send", "sha256:", "| send `new` |"]);
}

#[test]
fn export_lists_skipped_posts_on_request() {
    let project =
        hostile("http://127.0.0.1:9").post("posts/old.md", "title: Old\ndate: 2020-01-01");
    let few = project.run("preview --markdown").exits(0);
    assert!(!few.stdout.contains("before_since` |"), "{few}");
    project
        .run("preview --markdown --all")
        .exits(0)
        .says(&["skip `before_since`"]);
}

#[test]
fn export_shows_attachments() {
    let project = hostile("http://127.0.0.1:9").post(
        "posts/poll.md",
        "title: Poll\ndate: 2026-11-22\nsyndicate: {poll: {question: 'Tabs <b>?', options: ['Yes | no', No]}}",
    );
    project.run("preview --html out").exits(0);
    let page = Html::parse_document(&project.read("out/index.html"));
    let choices: Vec<String> = select(&page, ".attachment .choice")
        .iter()
        .map(|choice| choice.text().collect())
        .collect();
    assert_eq!(choices, ["Yes | no", "No"]);
    let question: String = select(&page, ".attachment .title")[0].text().collect();
    assert_eq!(question, "Tabs <b>?");
    let table = project.run("preview --markdown").exits(0);
    table.says(&["**Tabs &#60;b&#62;?**", "○ Yes &#124; no"]);
}

#[test]
fn export_lists_alt_text_of_each_picture() {
    let project = hostile("http://127.0.0.1:9").picture("posts/b.png", 600, 400).post(
        "posts/gallery.md",
        "title: Two\ndate: 2026-11-22\nsyndicate: {gallery: [{file: b.png, alt: 'A <b>'}, b.png]}",
    );
    project.run("preview --html out").exits(0);
    let page = Html::parse_document(&project.read("out/index.html"));
    let rows: Vec<String> = select(&page, ".facts dl > div")
        .iter()
        .map(|row| row.text().collect::<String>())
        .filter(|row| row.starts_with("File"))
        .collect();
    let [named, other] = &rows[..] else {
        panic!("{rows:?}")
    };
    assert!(named.ends_with("; alt: A <b>"), "{named}");
    assert!(!other.contains("alt"), "{other}");
}

#[test]
fn foreign_index_is_kept() {
    let project = hostile("http://127.0.0.1:9").file("out/index.html", "<title>My site</title>");
    let refused = project.run("preview --html out").exits(1);
    refused.says(&["`out/index.html` is not a preview", "name another folder"]);
    assert_eq!(project.read("out/index.html"), "<title>My site</title>");
    assert!(!project.path("out/media").exists());
    std::fs::remove_file(project.path("out/index.html")).unwrap();
    project.run("preview --html out").exits(0);
    project.run("preview --html out").exits(0);
}
