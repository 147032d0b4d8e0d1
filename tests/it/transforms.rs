//! Transforms that change items, from pipeline.yaml to what is sent.

use serde_json::Value;

use crate::support::Project;

const PAGE: &str = include_str!("../../docs/transforms.md");

const PIPELINE: &str = "\
sources:
  blog: {type: site, path: ., content: posts, url: \"https://example.org\", permalink: \"/:slug/\"}
transforms:
  words: {type: replace, rules: [{fields: [title], pattern: '^Draft: '}]}
  tags: {type: hashtags, max: 2, deny: [misc], words: {c: CLang}}
  campaign: {type: utm, source: files, medium: social}
sinks:
  out: {type: file, commentary: \"{{title}} {{link}} {{hashtags tags}}\", thumbnail: skip}
";

/// Returns the blocks of the page that begin with `start`.
fn blocks(start: &str) -> Vec<&'static str> {
    let blocks = PAGE.split("```yaml\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    blocks.filter(|block| block.starts_with(start)).collect()
}

/// Returns the text and the link of the posts that the sink wrote.
fn written(project: &Project) -> Vec<(String, String)> {
    let files = std::fs::read_dir(project.path("out")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let posts = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    posts
        .map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
        .map(|post: Value| {
            let field = |pointer: &str| post.pointer(pointer).unwrap().as_str().unwrap().to_owned();
            (field("/text"), field("/card/url"))
        })
        .collect()
}

#[test]
fn changed_item_is_sent_once() {
    let project = Project::with_pipeline(PIPELINE).with_ledger().post(
        "posts/a.md",
        "title: 'Draft: Hello'\ndate: 2026-11-20\ntags: [misc, C, open source, rust]",
    );
    project.run("build").exits(0);
    let link = "https://example.org/a/?utm_source=files&utm_medium=social";
    let text = format!("Hello {link} #CLang #OpenSource");
    assert_eq!(written(&project), [(text, link.to_owned())]);
    // Other parameters are not another post.
    project.write(
        "pipeline.yaml",
        PIPELINE.replace("medium: social", "medium: blog"),
    );
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    assert_eq!(written(&project).len(), 1);
}

#[test]
fn sinks_read_different_transforms() {
    let [pipeline] = blocks("sources:")[..] else {
        panic!("one whole pipeline in the page");
    };
    let site =
        "{type: site, path: ., url: 'https://example.org', content: posts, permalink: '/:slug/'}";
    let pipeline = pipeline
        .replace("{type: site, path: .}", site)
        .replace("type: linkedin", "type: linkedin\n    thumbnail: skip");
    let project = Project::with_pipeline(&pipeline).post(
        "posts/a.md",
        "title: A\ndescription: About a.\ndate: 2026-11-20\ntags: [a, b, c, d]",
    );
    let plan = project.run("preview --offline --json").exits(0).json();
    let entries = plan["plan"].as_array().unwrap();
    let text = |sink: &str| {
        let entry = entries.iter().find(|entry| entry["sink"] == sink).unwrap();
        entry["post"]["text"].to_string()
    };
    assert!(text("linkedin").contains("#a #b #c"), "{plan}");
    assert!(text("mastodon").contains("#A #B #C"), "{plan}");
    assert!(text("mastodon").contains("?utm_source=mastodon"), "{plan}");
}

#[test]
fn examples_in_page_are_valid() {
    let examples = blocks("transforms:");
    assert_eq!(examples.len(), 6);
    for example in examples {
        let pipeline = format!("sources: {{blog: {{type: site, path: .}}}}\n{example}");
        let project = Project::with_pipeline(&pipeline).post("posts/a.md", "title: A");
        project.run("items").exits(0);
    }
}

#[test]
fn faults_name_their_place() {
    let pipeline = PIPELINE
        .replace("'^Draft: '", "'(a'")
        .replace("{c: CLang}", "{c: C lang}");
    let project = Project::with_pipeline(&pipeline).post("posts/a.md", "title: A");
    project.run("items").exits(1).says(&[
        "pipeline.yaml:4",
        "invalid regular expression: unclosed group",
        "pipeline.yaml:5",
        "invalid hashtag",
    ]);
}

#[test]
fn filter_evaluates_expression() {
    let pipeline = "\
sources:
  blog: {type: site, path: ., content: posts, url: https://example.org}
transforms:
  worthy: {type: filter, when: \"'rust' in tags && size(body) > 3 && front.promote\"}
sinks:
  out: {type: file, endpoint: out, thumbnail: skip}
policy: {since: 2026-01-01, live_check: false}
";
    let project = Project::with_pipeline(pipeline)
        .post(
            "posts/a.md",
            "title: A\ndate: 2026-11-20\ntags: [rust]\npromote: true",
        )
        .post("posts/b.md", "title: B\ndate: 2026-11-20\npromote: true")
        .post("posts/c.md", "title: C\ndate: 2026-11-20\ntags: [rust]");
    project.run("build --backfill").exits(3).says(&[
        "1 sent",
        "is false",
        "the post has no key `promote`; test with `has(…)` first",
    ]);
    let wrong = Project::with_pipeline(&pipeline.replace("tags &&", "tgas &&"));
    wrong.run("check").exits(1).says(&[
        "pipeline.yaml:4",
        "items have no field `tgas`",
        "did you mean `tags`?",
    ]);
}
