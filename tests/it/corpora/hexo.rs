//! A real Hexo blog with only `path: .` as configuration.

use std::path::Path;

use crate::support::Project;

const POST: &str = "Customize-social-sharing-on-Linkedin-via-API";

/// Returns a project that reads the real site.
fn project() -> Project {
    // The real site is read-only; its files are linked into a writable folder.
    let project = Project::with_pipeline(
        "sources: {blog: {type: site, path: .}}\nsinks: {linkedin: {type: linkedin}}\n",
    );
    copy(&super::folder().join("hexo-fenglu/site"), project.folder());
    project
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else if std::fs::hard_link(entry.path(), &target).is_err() {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn hexo_post_matches_built_page() {
    let project = project();
    let items = project.run("items --json").exits(0).json_lines();
    let item = items
        .iter()
        .find(|item| {
            item["path"]
                .as_str()
                .is_some_and(|path| path.ends_with(&format!("{POST}.md")))
        })
        .unwrap();
    assert_eq!(item["url"], format!("https://feng.lu/2019/02/06/{POST}/"));
    assert_eq!(
        item["title"],
        "Customize social sharing on Linkedin via API"
    );
    let description = item["description"].as_str().unwrap();
    assert!(
        description.starts_with("(edited 10.06.2020"),
        "{description}"
    );
    assert!(!description.contains("{%"), "{description}");
    let picture = format!("source/_posts/{POST}/With vs without thumbnails.png");
    assert_eq!(item["image"]["file"], picture);
    assert_eq!(item["published"], "2019-02-06T20:34:51+01:00");
    assert_eq!(items.iter().filter(|item| item["draft"] == true).count(), 3);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn hexo_post_is_sent_completely() {
    let project = project();
    let path = format!("source/_posts/{POST}.md");
    let run = project
        .run(&format!("build --sandbox --only {path}"))
        .exits(0);
    run.says(&[
        "sent",
        "Customize social sharing on Linkedin via API",
        "(edited 10.06.2020",
        "#Linkedin",
    ]);
    let platform = crate::support::Platform::start();
    project.write(
        "pipeline.yaml",
        format!(
            "sources: {{blog: {{type: site, path: .}}}}\nsinks: {{linkedin: {{type: linkedin, endpoint: '{}', token: t, commentary: '{{{{title}}}} (a_b) {{{{description}}}} #Tag'}}}}\n",
            platform.url
        ),
    );
    let project = project.with_ledger();
    project.run(&format!("build --only {path}")).exits(0);
    let feed = platform.feed();
    let text = feed[0]["text"].as_str().unwrap();
    assert!(
        text.contains("(a_b)") && text.contains("(edited 10.06.2020") && text.ends_with("#Tag"),
        "{text}"
    );
    assert_eq!(feed[0]["cut_at"], serde_json::Value::Null);
    assert_eq!(
        feed[0]["article"]["title"],
        "Customize social sharing on Linkedin via API"
    );
    assert!(feed[0]["article"]["image"].is_string());
}
