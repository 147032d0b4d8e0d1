//! Crashes: the program is killed at every request to the platform, and then at random times. In every
//! case no post is sent twice or lost, the ledger stays readable, and the next runs send the remaining
//! posts.

use std::time::Duration;

use serde_json::Value;
use syndicate_api::testkit::trials;

use crate::build::pipeline;
use crate::support::{GateAction, Platform, Project};

/// Number of kills at random times: the default and the maximum.
const KILLS: (u32, u32) = (60, 300);

pub(crate) fn project(platform: &Platform, posts: usize) -> Project {
    let pipeline = pipeline(&platform.url).replace("since:", "max_per_run: 100, since:");
    let mut project = Project::with_pipeline(&pipeline).with_ledger();
    for post in 0..posts {
        let front = format!("title: Post {post}\ndate: 2026-11-20\nimage: p{post}.png");
        project = project
            .picture(&format!("posts/p{post}.png"), 20 + post as u32, 10)
            .post(&format!("posts/{post:03}.md"), &front);
    }
    project
}

pub(crate) fn titles(platform: &Platform) -> Vec<String> {
    let feed = platform.feed();
    let title = |post: &Value| post["article"]["title"].as_str().unwrap().to_owned();
    let mut titles: Vec<String> = feed.iter().map(title).collect();
    titles.sort();
    titles
}

/// Settles open attempts by what the feed shows, and builds until every post is sent.
pub(crate) fn finish(project: &Project, platform: &Platform, posts: usize) {
    project.run("status").exits(0);
    let open = project.run("settle --json").exits(0).json();
    for open in open["open"].as_array().unwrap() {
        let item = open["item"].as_str().unwrap();
        let feed = platform.feed();
        let there = feed.iter().find(|post| {
            let source = post["article"]["source"]
                .as_str()
                .unwrap()
                .trim_end_matches('/');
            source == item
        });
        match there {
            Some(post) => {
                let id = post["id"].as_str().unwrap();
                project.run(&format!("settle {item} --sent {id}")).exits(0)
            }
            None => project.run(&format!("settle {item} --not-sent")).exits(0),
        };
    }
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["summary"]["ask"], 0);
    let mut expected: Vec<String> = (0..posts).map(|post| format!("Post {post}")).collect();
    expected.sort();
    assert_eq!(titles(platform), expected, "each post is sent once");
}

#[test]
fn crash_at_each_request_repeats_nothing() {
    for (method, path, stop, unknown) in [
        ("GET", "/v2/userinfo", GateAction::BlockRequest, false),
        ("POST", "/rest/images", GateAction::BlockRequest, false),
        ("POST", "/rest/images", GateAction::BlockResponse, false),
        ("PUT", "/", GateAction::BlockRequest, false),
        ("PUT", "/", GateAction::BlockResponse, false),
        ("GET", "/rest/images", GateAction::BlockResponse, false),
        ("POST", "/rest/posts", GateAction::BlockRequest, true),
        ("POST", "/rest/posts", GateAction::BlockResponse, true),
    ] {
        let (platform, gate) = Platform::gated(method, path, stop);
        let project = project(&platform, 2);
        let mut child = project.start("build");
        gate.wait();
        child.kill().unwrap();
        child.wait().unwrap();
        gate.open();

        let open = if unknown { 4 } else { 0 };
        let plan = project.run("build --json").exits(open).json();
        let asks = plan["summary"]["ask"].as_u64().unwrap();
        assert_eq!(asks, u64::from(unknown), "{method} {path} {stop:?}");
        finish(&project, &platform, 2);
    }
}

#[test]
fn crash_at_random_time_repeats_nothing() {
    const POSTS: usize = 60;
    // A fixed generator makes failures reproducible (Knuth's MMIX constants).
    let mut chance: u64 = 20_261_122;
    let wanted = trials(KILLS.0).min(KILLS.1);
    let mut kills = 0;
    while kills < wanted {
        let platform = Platform::start();
        let project = project(&platform, POSTS);
        while titles(&platform).len() < POSTS && kills < wanted {
            let mut child = project.start("build");
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            std::thread::sleep(Duration::from_millis(20 + (chance >> 33) % 120));
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
            let titles = titles(&platform);
            let mut unique = titles.clone();
            unique.dedup();
            assert_eq!(unique, titles, "no post is sent twice");
        }
        finish(&project, &platform, POSTS);
    }
}

/// Starts eight runs that wait for one another before they send. Each run has a separate pipeline for the
/// same ledger, and its template is a pipe on which it waits.
#[cfg(unix)]
fn eight_at_once(project: &Project) {
    let pipeline = project.read("pipeline.yaml");
    let children: Vec<_> = (0..8)
        .map(|run| {
            let (config, template) = (format!("p{run}.yaml"), format!("t{run}.hbs"));
            let own = pipeline.replace("token:", &format!("template: {template}, token:"));
            project.write(&config, own);
            if !project.path(&template).exists() {
                let made = std::process::Command::new("mkfifo")
                    .arg(project.path(&template))
                    .status();
                assert!(made.unwrap().success());
            }
            project.start(&format!("build --config {config}"))
        })
        .collect();
    // Opening a pipe blocks until its other end is open.
    let pipes: Vec<std::fs::File> = (0..8)
        .map(|run| {
            let mut options = std::fs::OpenOptions::new();
            let path = project.path(&format!("t{run}.hbs"));
            options.write(true).open(path).unwrap()
        })
        .collect();
    for mut pipe in pipes {
        std::io::Write::write_all(&mut pipe, b"{{title}}").unwrap();
    }
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
}

#[cfg(unix)]
#[test]
fn eight_concurrent_runs_send_once() {
    let platform = Platform::start();
    let project = project(&platform, 12);
    let pipeline = project.read("pipeline.yaml");
    let policy = |policy: &str| {
        let changed = pipeline.replace("max_per_run: 100", policy);
        project.write("pipeline.yaml", changed);
        eight_at_once(&project);
        titles(&platform).len()
    };
    assert_eq!(
        policy("max_per_run: 100, spacing: 1h"),
        1,
        "the distance holds over all of them"
    );
    assert_eq!(policy("max_per_run: 4"), 5, "the cap holds too");
    assert_eq!(policy("max_per_run: 100"), 12);
    project.write("pipeline.yaml", pipeline);
    finish(&project, &platform, 12);
}
