//! Sudden death: the program is killed at every step that asks the platform for something, and then
//! at any moment. Whatever the moment, nothing is out twice, nothing is lost, the ledger can be read,
//! and the runs that follow finish the rest.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use syndicate_api::testkit::trials;

use crate::build::pipeline;
use crate::support::{Platform, Project, Stop};

/// How often the program is killed at a moment of chance, unless asked for more, and at most.
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

/// Settles what is open as a person would who looks at the feed, and builds until all is done.
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
    assert_eq!(titles(platform), expected, "each once, none lost");
}

#[test]
fn death_at_every_step_loses_nothing_and_repeats_nothing() {
    for (method, path, stop, unknown) in [
        ("GET", "/v2/userinfo", Stop::Before, false),
        ("POST", "/rest/images", Stop::Before, false),
        ("POST", "/rest/images", Stop::After, false),
        ("PUT", "/", Stop::Before, false),
        ("PUT", "/", Stop::After, false),
        ("GET", "/rest/images", Stop::After, false),
        ("POST", "/rest/posts", Stop::Before, true),
        ("POST", "/rest/posts", Stop::After, true),
    ] {
        let (platform, gate) = Platform::gated(method, path, stop);
        let project = project(&platform, 2);
        let mut child = project
            .command(&["build"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
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
fn death_at_any_moment_loses_nothing_and_repeats_nothing() {
    const POSTS: usize = 60;
    // A generator of its own, so that a failure can be repeated (Knuth's MMIX constants).
    let mut chance: u64 = 20_261_122;
    let wanted = trials(KILLS.0).min(KILLS.1);
    let mut kills = 0;
    while kills < wanted {
        let platform = Platform::start();
        let project = project(&platform, POSTS);
        while titles(&platform).len() < POSTS && kills < wanted {
            let mut child = project
                .command(&["build"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
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
            assert_eq!(unique, titles, "nothing twice");
        }
        finish(&project, &platform, POSTS);
    }
}

/// Eight runs that have all begun before the first of them does anything: each has a pipeline of its
/// own beside the one ledger, and waits for its template, which is a pipe.
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
            let mut command = project.command(&["build", "--config", &config]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    // A pipe opens once there is somebody at its other end.
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
fn eight_runs_at_once_send_each_post_once_and_keep_cap_and_spacing_together() {
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
    assert_eq!(policy("max_per_run: 4"), 5, "and so does the cap");
    assert_eq!(policy("max_per_run: 100"), 12);
    project.write("pipeline.yaml", pipeline);
    finish(&project, &platform, 12);
}
