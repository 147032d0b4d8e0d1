//! Unknown names on the command line: each command names the unknown one and suggests the most similar
//! known one.

use crate::build::pipeline;
use crate::support::{Platform, Project};

fn project(platform: &Platform) -> Project {
    let pipeline = pipeline(&platform.url)
        .replace("token:", "thumbnail: skip, token:")
        .replace("since: 2026-11-01", "since: 2026-11-01, approve: true");
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .post("posts/first-snow.md", "title: Snow\ndate: 2026-11-20")
        .post(
            "posts/late-light/index.md",
            "title: Light\ndate: 2026-11-21",
        )
}

#[test]
fn unknown_post_is_named_by_every_verb() {
    let project = project(&Platform::start());
    for verb in [
        "approve NAME",
        "preview --only NAME",
        "build --only NAME",
        "build --dry-run --only NAME",
        "build --sandbox --only NAME",
        "update NAME",
        "adopt NAME urn:li:share:7",
        "settle NAME",
        "settle NAME --sent urn:li:share:7",
        "settle NAME --not-sent",
        "settle NAME --same-as posts/first-snow.md",
        "retract NAME",
    ] {
        let verb_of = |name: &str| verb.replace("NAME", name);
        project
            .run(&verb_of("posts/frist-snow.md"))
            .exits(1)
            .says(&[
                ": no post is named `posts/frist-snow.md`\n",
                "hint: did you mean `posts/first-snow.md`?\n",
            ]);
        project
            .run(&verb_of("nope"))
            .exits(1)
            .says(&[": no post is named `nope`\n", "hint: `syndicate "]);
    }
    let explained = project.run("items --explain posts/frist-snow.md").exits(1);
    explained.says(&["no source reads", "did you mean `posts/first-snow.md`?"]);
}

#[test]
fn unreadable_post_shows_its_error() {
    let project = project(&Platform::start())
        .post("posts/broken.md", "title: a: b\ndate: 2026-11-22")
        .post("posts/dateless.md", "title: D\ndate: 2026-13-22");
    for verb in [
        "approve NAME",
        "preview --only NAME",
        "build --only NAME",
        "build --sandbox --only NAME",
        "update NAME",
        "adopt NAME urn:li:share:7",
    ] {
        for (name, error) in [
            ("posts/broken.md", "posts/broken.md:2"),
            ("./posts/broken.md", "posts/broken.md:2"),
            ("posts/dateless.md", "invalid date `2026-13-22`"),
        ] {
            let run = project.run(&verb.replace("NAME", name)).exits(1);
            let run = run.says(&[error]);
            assert!(!run.stderr.contains("no post is named"), "{verb}: {run}");
        }
    }
    // The errors of all names are shown.
    project
        .run("preview --only posts/broken.md --only posts/dateless.md --only nope")
        .exits(1)
        .says(&[
            "posts/broken.md:2",
            "invalid date `2026-13-22`",
            "no post is named `nope`",
        ]);
}

#[test]
fn unknown_payload_is_an_error_everywhere() {
    let platform = Platform::start();
    let project = project(&platform);
    for verb in [
        "approve HASH",
        "preview --only HASH",
        "preview --diff --only HASH",
        "build --only HASH",
        "build --dry-run --only HASH",
        "build --sandbox --only HASH",
        "update HASH",
        "update --dry-run HASH",
    ] {
        project
            .run(&verb.replace("HASH", "4be10000"))
            .exits(1)
            .says(&["no post that may be sent has the payload `sha256:4be10000`"]);
        let short = project.run(&verb.replace("HASH", "sha256:4be1")).exits(1);
        short.says(&["at least 8 digits of its hash"]);
    }
    let plan = project.run("preview --json").exits(0).json();
    let hash = plan["plan"][0]["hash"].as_str().unwrap();
    let digit = if hash.as_bytes()[9] == b'0' { "1" } else { "0" };
    let typo = format!("{}{digit}{}", &hash[..9], &hash[10..19]);
    project
        .run(&format!("approve {typo}"))
        .exits(1)
        .says(&[&format!("did you mean `{hash}` of `posts/first-snow.md`?")]);
    assert!(!project.read("syndicate.ledger.jsonl").contains("approved"));
}

#[test]
fn approve_without_match_names_reason() {
    let project = project(&Platform::start());
    project.run("approve posts/first-snow.md").exits(0);
    project
        .run("approve posts/first-snow.md")
        .exits(1)
        .says(&["nothing was approved: posts/first-snow.md → linkedin: already approved"]);
    let project = project.post("posts/draft.md", "title: D\ndate: 2026-11-20\ndraft: true");
    project
        .run("approve posts/draft.md posts/first-snow.md")
        .exits(1)
        .says(&["posts/draft.md → linkedin: [draft]", "; and 1 more"]);
}

#[test]
fn unknown_sink_is_a_usage_error() {
    let project = project(&Platform::start());
    for verb in [
        "status --sink lnkedin",
        "status --json --sink lnkedin",
        "settle --sink lnkedin",
        "settle posts/first-snow.md --sink lnkedin",
        "retract posts/first-snow.md --sink lnkedin",
        "adopt posts/first-snow.md urn:li:share:7 --sink lnkedin",
        "build --baseline lnkedin",
    ] {
        project
            .run(verb)
            .exits(2)
            .says(&["`lnkedin`", "did you mean `linkedin`?"]);
    }
    project
        .run("auth login lnkedin")
        .exits(2)
        .says(&["did you mean `linkedin`?"]);
    project
        .run("auth logout lnkedin")
        .exits(2)
        .says(&["did you mean `linkedin`?"]);
    project.run("status --sink linkedin").exits(0);
    project.run("settle --sink linkedin").exits(0);
}

#[test]
fn former_sink_is_read_from_ledger() {
    let platform = Platform::start();
    let project = project(&platform);
    project
        .run("adopt posts/first-snow.md urn:li:share:7")
        .exits(0);
    let renamed = project
        .read("pipeline.yaml")
        .replace("  linkedin:", "  company:");
    project.write("pipeline.yaml", &renamed);
    let status = project.run("status --json --sink linkedin").exits(0).json();
    assert_eq!(status["items"].as_array().unwrap().len(), 1);
    project.run("status --sink compnay").exits(2).says(&[
        "neither pipeline.yaml nor the ledger has a sink `compnay`",
        "`company`",
    ]);
    // `status` works without a pipeline, so it cannot check names then.
    project.write("pipeline.yaml", "sinks: [");
    project.run("status --sink compnay").exits(0);
}

#[test]
fn unknown_identifier_lists_live_posts() {
    let platform = Platform::start();
    let project = project(&platform);
    project
        .run("adopt posts/first-snow.md urn:li:share:7123456789")
        .exits(0);
    project
        .run("retract posts/first-snow.md --id urn:li:share:7123456798 --by-hand")
        .exits(1)
        .says(&["did you mean `urn:li:share:7123456789`?"]);
}

#[test]
fn relative_paths_start_in_given_folder() {
    let platform = Platform::start();
    let inner = project(&platform);
    let project = Project::new()
        .file("site/pipeline.yaml", inner.read("pipeline.yaml"))
        .file(
            "site/syndicate.ledger.jsonl",
            inner.read("syndicate.ledger.jsonl"),
        )
        .file(
            "site/posts/first-snow.md",
            inner.read("posts/first-snow.md"),
        );
    project
        .run("-C site preview --html out")
        .exits(0)
        .says(&["wrote the page `site/out/index.html`"]);
    assert!(project.path("site/out/index.html").exists());
    assert!(!project.path("out").exists());
    // The same rule applies to the names of posts, which are files here.
    project
        .run("-C site/posts --config ../pipeline.yaml preview --only first-snow.md")
        .exits(0);
    project
        .run("-C site items --explain posts/first-snow.md")
        .exits(0);
    let outside = project.path("elsewhere");
    let outside = outside.to_str().unwrap();
    project
        .run_args(&["-C", "site", "preview", "--html", outside])
        .exits(0)
        .says(&[&format!("{outside}/index.html")]);
    project
        .run("-C nowhere preview")
        .exits(2)
        .says(&["cannot change into `nowhere`", "hint: name a folder"]);
}
