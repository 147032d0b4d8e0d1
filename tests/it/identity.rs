//! The identity of a post across changes: a post that was sent under one name is never sent again under
//! another.

use crate::build::pipeline;
use crate::support::{Platform, Project};

fn project(pipeline: &str) -> Project {
    Project::with_pipeline(pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

fn move_file(project: &Project, from: &str, to: &str) {
    std::fs::rename(project.path(from), project.path(to)).unwrap();
}

/// Checks that the post is still recognized.
#[track_caller]
fn assert_known(project: &Project, platform: &Platform) {
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent", "{plan}");
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn renamed_sink_is_reported_before_sending() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url);
    let project = project(&pipeline);
    project.run("build").exits(0).says(&["1 sent"]);
    project.write(
        "pipeline.yaml",
        pipeline.replace("  linkedin: {", "  work: {"),
    );
    for command in ["preview", "build"] {
        project
            .run(command)
            .exits(0)
            .says(&["[new_sink] the ledger has no record of the sink `work`"]);
    }
    project.run("preview --html out").exits(0);
    let answer = "Next: <code>syndicate build --baseline work</code> to mark";
    assert!(project.read("out/index.html").contains(answer));
    project
        .run("build")
        .exits(0)
        .says(&["next: posts/one.md → work: `syndicate build --baseline work`"]);
    assert_eq!(platform.feed().len(), 1);
    project
        .run("build --baseline work")
        .exits(0)
        .says(&["adopted"]);
    project.run("build").exits(0).says(&["adopted"]);
    assert_eq!(platform.feed().len(), 1);
    // An additional sink counts as new until the user decides about the existing posts.
    let sink = pipeline
        .lines()
        .find(|line| line.starts_with("  linkedin:"));
    let both = format!(
        "{0}\n{1}",
        sink.unwrap(),
        sink.unwrap().replace("linkedin: {", "work: {")
    );
    project.write("pipeline.yaml", pipeline.replace(sink.unwrap(), &both));
    project
        .run("preview")
        .exits(0)
        .says(&["already_sent", "adopted"]);
}

#[test]
fn repeated_moves_keep_identity() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url);
    let project = project(&pipeline);
    project.run("build").exits(0);

    // The file name and the slug change, and the old address becomes an alias.
    let post = project.read("posts/one.md");
    let moved = post.replace("title:", "slug: uno\naliases: [/one/]\ntitle:");
    project.write("posts/one.md", moved.as_str());
    move_file(&project, "posts/one.md", "posts/eins.md");
    assert_known(&project, &platform);

    // The alias is removed; the recorded file name identifies the post.
    project.write(
        "posts/eins.md",
        moved.replace("aliases: [/one/]\n", "").replace("uno", "un"),
    );
    assert_known(&project, &platform);

    // The site moves to another domain, without TLS, in a subfolder.
    project.write(
        "pipeline.yaml",
        pipeline.replace("https://blog.example.org", "http://www.example.net/blog"),
    );
    project.run("build").exits(1).says(&[
        "[ledger_foreign]",
        "`blog.example.org`",
        "`example.net`",
    ]);
    project.run("build --same-site").exits(0);
    assert_known(&project, &platform);

    // The file is renamed; the address on the new domain identifies the post.
    move_file(&project, "posts/eins.md", "posts/zwei.md");
    assert_known(&project, &platform);

    // A simultaneous change of file and address requires an `id` that was set earlier.
    let post = project.read("posts/zwei.md");
    let named = post.replace("title:", "syndicate: {id: the-first}\ntitle:");
    project.write("posts/zwei.md", named.as_str());
    assert_known(&project, &platform);
    project.write("posts/zwei.md", named.replace("slug: un", "slug: drei"));
    move_file(&project, "posts/zwei.md", "posts/drei.md");
    assert_known(&project, &platform);
}

#[test]
fn changed_address_names_the_old_one() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url);
    let project = project(&pipeline);
    project.run("build").exits(0);
    let post = project.read("posts/one.md");
    project.write("posts/one.md", post.replace("title:", "slug: uno\ntitle:"));
    let names_old = |path: &str| format!("it was `https://blog.example.org/{path}` then");
    project.run("build").exits(0).says(&[&names_old("one")]);
    project.write(
        "pipeline.yaml",
        pipeline.replace("https://blog.example.org", "https://example.net"),
    );
    project
        .run("build --same-site")
        .exits(0)
        .says(&[&names_old("uno")]);
    // Another path is named instead.
    move_file(&project, "posts/one.md", "posts/two.md");
    let text = project
        .read("posts/two.md")
        .replace("slug: uno", "slug: due");
    project.write("posts/two.md", text);
    project
        .run("build")
        .exits(0)
        .says(&["it may be a new name of `posts/one.md`"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn unchanged_page_keeps_identity() {
    for address in [
        "http://blog.example.org/one",
        "https://blog.example.org/one/",
        "https://BLOG.example.org/one/index.html",
        "https://blog.example.org/one/?utm_source=feed&utm_medium=rss",
        "https://blog.example.org/one/?fbclid=abc#comments",
    ] {
        let platform = Platform::start();
        let pipeline = pipeline(&platform.url);
        let project = project(&pipeline);
        project.run("build").exits(0);
        // The same post from a feed, which has no file names.
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>A</title><item><title>One</title>\
             <link>{}</link><pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>",
            address.replace('&', "&amp;")
        );
        project.write("feed.xml", feed);
        let site = pipeline
            .lines()
            .find(|line| line.contains("type: site"))
            .unwrap();
        project.write(
            "pipeline.yaml",
            pipeline.replace(site, "  blog: {type: feed, path: feed.xml}"),
        );
        assert_known(&project, &platform);
    }
}

#[test]
fn two_sources_share_one_post() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url);
    let sink = pipeline
        .lines()
        .find(|line| line.contains("type: linkedin"))
        .unwrap();
    let two = format!(
        "{sink}\n{}",
        sink.replace("linkedin: {", "page: {author: 'urn:li:organization:7', ")
    );
    let site = pipeline
        .lines()
        .find(|line| line.contains("type: site"))
        .unwrap();
    let sources = format!("{site}\n{}", site.replace("blog:", "again:"));
    let project = project(&pipeline.replace(sink, &two).replace(site, &sources));
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["sent"], 2);
    let feed = platform.feed();
    let authors: Vec<_> = feed
        .iter()
        .map(|post| post["raw"]["author"].clone())
        .collect();
    assert_eq!(feed.len(), 2, "{authors:?}");
    assert_ne!(authors[0], authors[1]);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["codes"]["already_sent"], 2);
}

#[test]
fn local_preview_address_is_not_sent() {
    let platform = Platform::start();
    let pipeline = pipeline(&platform.url);
    let local = pipeline.replace("https://blog.example.org", "http://localhost:1313");
    let project = project(&local);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "url_not_public");
    project.write("pipeline.yaml", pipeline.as_str());
    project.run("build").exits(0).says(&["sent"]);
    // In the other direction, too, the preview's address does not make another post.
    project.write("pipeline.yaml", local);
    assert_known(&project, &platform);
}
