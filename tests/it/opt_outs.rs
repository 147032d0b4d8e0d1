//! Opt-outs in front matter, in every supported form: none of these posts is sent.

use serde_json::Value;

use crate::build::pipeline;
use crate::support::{Platform, Project};

fn project(platform: &Platform, posts: &[(&str, &str)]) -> Project {
    let pipeline =
        pipeline(&platform.url).replace("token: rehearsal", "token: rehearsal, thumbnail: skip");
    let project = Project::with_pipeline(&pipeline).with_ledger();
    posts.iter().fold(project, |project, (name, front)| {
        let front = format!("title: {name}\ndate: 2026-11-20\n{front}");
        project.post(&format!("posts/{name}.md"), &front)
    })
}

fn entry<'p>(plan: &'p Value, name: &str) -> &'p Value {
    let entries = plan["plan"].as_array().unwrap().iter();
    let mut entries = entries.filter(|entry| entry["path"] == format!("posts/{name}.md"));
    entries.next().unwrap_or(&Value::Null)
}

#[test]
fn opt_out_in_front_matter_skips() {
    let platform = Platform::start();
    let project = project(
        &platform,
        &[
            ("off", "syndicate: off"),
            ("quoted", "Syndicate: 'No'"),
            ("skip", "syndicate: {skip: 'yes'}"),
            ("sink", "syndicate: {skip: LinkedIn}"),
            ("publish", "publish: false"),
            ("noindex", "noindex: true"),
            ("null", "syndicate: null"),
            ("typo", "syndciate: false"),
        ],
    );
    let plan = project.run("build --json").exits(3).json();
    for (name, code) in [
        ("off", "opted_out"),
        ("quoted", "opted_out"),
        ("skip", "opted_out"),
        ("sink", "opted_out"),
        ("publish", "draft"),
        ("noindex", "unlisted"),
    ] {
        assert_eq!(entry(&plan, name)["code"], code, "{name}");
    }
    let faults = plan["faults"].as_array().unwrap();
    let paths: Vec<&str> = faults
        .iter()
        .filter_map(|fault| fault["path"].as_str())
        .collect();
    assert_eq!(paths, ["posts/null.md", "posts/typo.md"]);
    assert_eq!(platform.feed().len(), 0);
}

#[test]
fn unknown_sink_holds_post_back() {
    let platform = Platform::start();
    let project = project(
        &platform,
        &[
            ("one", "syndicate: {skip: linkdin}"),
            ("two", "syndicate:\n  skip:\n    - mastodon"),
            (
                "three",
                "syndicate: {commentary: Hi, linkedn: {commentary: Hello}}",
            ),
            ("four", "syndicate: {skp: }"),
            ("both", "syndicate: {skip: [LINKEDIN, elsewhere]}"),
        ],
    );
    let plan = project.run("build --json").exits(3).json();
    for (name, line, hint) in [
        ("one", 4, "did you mean `linkedin`?"),
        ("two", 5, "one of `linkedin`"),
        ("three", 4, "did you mean `linkedin`?"),
        ("four", 4, "did you mean `skip`?"),
    ] {
        let entry = entry(&plan, name);
        assert_eq!(entry["code"], "unknown_sink", "{entry}");
        assert_eq!(entry["diagnostic"]["line"], line, "{entry}");
        assert_eq!(entry["diagnostic"]["hint"], hint, "{entry}");
    }
    assert_eq!(entry(&plan, "both")["code"], "opted_out");
    assert_eq!(platform.feed().len(), 0);
    let check = project.run("check");
    check.says(&[
        "`syndicate.skip` names no sink: `linkdin`",
        "did you mean `linkedin`?",
    ]);

    // A sent post that names a sink removed from the pipeline is not an error.
    project.write(
        "posts/one.md",
        "---\ntitle: one\ndate: 2026-11-20\n---\nText.\n",
    );
    project
        .run("build --only posts/one.md")
        .exits(0)
        .says(&["1 sent"]);
    project.write(
        "posts/one.md",
        "---\ntitle: one\ndate: 2026-11-20\nsyndicate: {skip: [mastodon]}\n---\nText.\n",
    );
    let plan = project.run("preview --json").json();
    assert_eq!(entry(&plan, "one")["code"], "already_sent");
}

#[test]
fn skip_by_type_covers_its_sinks() {
    let platform = Platform::start();
    let project = project(&platform, &[("one", "syndicate: {skip: linkedin}")]);
    let pipeline = std::fs::read_to_string(project.path("pipeline.yaml")).unwrap();
    project.write(
        "pipeline.yaml",
        pipeline.replace("  linkedin: {", "  Company: {"),
    );
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(entry(&plan, "one")["code"], "opted_out", "{plan}");
    project.write(
        "posts/one.md",
        "---\ntitle: one\ndate: 2026-11-20\nsyndicate: {company: {commentary: Hello all}}\n---\n",
    );
    let plan = project.run("preview --json").exits(0).json();
    assert_eq!(entry(&plan, "one")["post"]["text"], "Hello all", "{plan}");
}
