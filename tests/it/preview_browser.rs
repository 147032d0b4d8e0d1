//! `preview --serve` in a real browser: Chromium, driven by a script of `tests/browser`. `tests/run`
//! installs both and names them in `SYNDICATE_TEST_CLIENTS` and `SYNDICATE_TEST_BROWSER`.

use std::process::Command;

use serde_json::{Value, json};

use crate::build::pipeline;
use crate::preview_page::Served;
use crate::preview_shared::{HOSTILE, hostile};
use crate::support::{Platform, Project};

/// Plays a scene on the page of `project` and returns what the script saw.
fn play(scene: &str, project: &Project) -> Value {
    let clients = std::env::var_os("SYNDICATE_TEST_CLIENTS").expect(
        "`SYNDICATE_TEST_CLIENTS` names the folder of the clients, which tests/run installs",
    );
    let served = Served::of(project, &[]);
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/preview.cjs");
    let output = Command::new("node")
        .arg(script)
        .args([scene, &served.url])
        .arg(clients)
        .arg(project.folder())
        .output()
        .expect("Node is installed, as these tests need it");
    let said = String::from_utf8_lossy(&output.stdout);
    let trouble = String::from_utf8_lossy(&output.stderr);
    let mut told: Value =
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{scene}: {said}{trouble}"));
    assert_eq!(told["errors"].take(), json!([]), "{told}");
    told
}

fn project(platform: &Platform) -> Project {
    Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post(
            "posts/one.md",
            "title: One  # my title\ndate: 2026-11-20\nimage: a.png",
        )
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn a_post_is_edited_scheduled_skipped_approved_and_sent() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url).replace("2026-11-01}", "2026-11-01, approve: true}");
    let project = project(&platform).file("pipeline.yaml", yaml);
    let before = project.read("posts/one.md");
    let told = play("decide", &project);
    assert_eq!(told["url"], "http://127.0.0.1/");
    assert_eq!(
        told["cookies"],
        json!([{"httpOnly": true, "sameSite": "Strict"}])
    );
    assert_eq!(told["readable"], "");
    assert_eq!(told["words"], "My own words (really).\n\nWith #Rust.");
    assert_eq!(told["tag"], "#Rust");
    assert_eq!(told["warned"], "", "nothing has changed on disk");
    assert_eq!(told["typed"], "2030-01-02T03:04");
    assert_eq!(
        told["scheduled"],
        "it goes out not before 2030-01-02T03:04+00:00"
    );
    assert_eq!(told["skippedCode"], "opted_out");
    let own = "syndicate:\n  commentary: |-\n    My own words (really).\n\n    With #Rust.\n---";
    assert_eq!(
        told["file"],
        before.replacen("\n---", &format!("\n{own}"), 1)
    );
    assert!(
        told["approved"].as_str().unwrap().starts_with("approved"),
        "{told}"
    );
    assert!(
        told["asked"]
            .as_str()
            .unwrap()
            .contains(told["hash"].as_str().unwrap())
    );
    assert!(
        told["sent"]
            .as_str()
            .unwrap()
            .starts_with("sent to linkedin"),
        "{told}"
    );
    assert_eq!(told["sentCode"], "already_sent");
    assert_eq!(told["history"], json!(["approved", "intent", "sent"]));
    let feed = platform.feed();
    assert_eq!((feed.len(), &feed[0]["text"]), (1, &told["words"]));
    assert!(
        project
            .read("syndicate.ledger.jsonl")
            .contains(told["hash"].as_str().unwrap())
    );
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn the_page_follows_what_is_saved_and_shows_what_is_wrong_in_place() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url)
        .replace("token: rehearsal", "token: rehearsal, template: words.hbs");
    let project = project(&platform)
        .file("pipeline.yaml", yaml)
        .file("words.hbs", "{{description}}")
        .picture("other.png", 1201, 628);
    let told = play("reload", &project);
    assert!(
        told["template"]
            .as_str()
            .unwrap()
            .contains("did you mean title"),
        "{told}"
    );
    let trouble = told["trouble"].as_str().unwrap();
    assert!(
        trouble.contains("pipeline.yaml:") && trouble.contains("nonsense"),
        "{trouble}"
    );
    assert_eq!(told["typed"], "Being typed");
    assert!(
        told["refused"]
            .as_str()
            .unwrap()
            .contains("has changed since you looked")
    );
    assert_eq!(told["file"], false);
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn news_is_not_lost_behind_an_order_and_what_is_over_is_not_said_any_more() {
    let told = play("lost", &project(&Platform::start()));
    assert_eq!(told["waits"], true);
    assert_eq!(
        told["unanswered"],
        "it cannot be told whether that was done: gone"
    );
    assert!(
        told["ended"].as_str().unwrap().contains("has ended"),
        "{told}"
    );
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn all_can_be_done_without_a_mouse() {
    let platform = Platform::start();
    let told = play("keyboard", &project(&platform));
    assert_eq!(told["words"], "Typed without a mouse");
    assert_eq!(
        told["first"], "Not yet",
        "what is irreversible is never one key away"
    );
    assert!(
        told["sent"]
            .as_str()
            .unwrap()
            .starts_with("sent to linkedin"),
        "{told}"
    );
    assert_eq!(told["place"], true, "the place is not lost");
    assert_eq!(platform.feed()[0]["text"], "Typed without a mouse");
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn controls_of_posts_have_unique_names() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url);
    let sink = yaml
        .lines()
        .find(|line| line.contains("linkedin:"))
        .unwrap();
    let two = format!("{sink}\n{}", sink.replacen("linkedin:", "company:", 1));
    let project = project(&platform)
        .file("pipeline.yaml", yaml.replace(sink, &two))
        .post("posts/two.md", "title: Two\ndate: 2026-11-20\nimage: gone.png")
        .post("posts/again.md", "title: Two\ndate: 2026-11-21\nimage: a.png")
        .file("posts/long.md", format!("---\ntitle: Long\ndate: 2026-11-21\nimage: a.png\nsyndicate:\n  commentary: {}\n---\nText.\n", "word ".repeat(200)))
        .post("posts/old.md", "title: Old\ndate: 2020-11-20");
    let told = play("names", &project);
    assert_eq!(told["equal"], json!([]), "{told}");
    assert_eq!(told["unlabelled"], json!([]), "{told}");
    let controls = told["controls"].as_array().unwrap();
    assert!(
        controls.contains(&json!("button Skip (One, linkedin)")),
        "{told}"
    );
    assert!(
        controls.contains(&json!("button Skip (Two, posts/again.md, company)")),
        "{told}"
    );
    assert_eq!(told["backticks"], false, "{told}");
    assert!(!told["code"].as_array().unwrap().is_empty(), "{told}");
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn page_of_another_port_cannot_use_the_cookie() {
    let project = project(&Platform::start());
    let told = play("stranger", &project);
    assert_eq!(told["reloaded"], 1, "the page outlives a reload: {told}");
    assert_eq!(told["cookieIsShared"], true, "{told}");
    assert_eq!(told["shellShowsPost"], false, "{told}");
    assert_eq!((&told["act"], &told["events"]), (&json!(401), &json!(401)));
    assert!(
        told["tab"]
            .as_str()
            .unwrap()
            .starts_with("open the address that"),
        "{told}"
    );
    assert_eq!(told["tabItems"], 0);
}

#[test]
#[ignore = "needs Chromium: tests/run installs it"]
fn nothing_of_a_hostile_post_runs() {
    let platform = Platform::start();
    let told = play("hostile", &hostile(&platform.url));
    assert_eq!(told["title"], "Preview · syndicate");
    assert_eq!(told["scripts"], json!(["/page.js"]));
    assert_eq!(told["handlers"], json!([]));
    assert_eq!(told["pictures"], 0);
    assert_eq!(told["words"], HOSTILE);
    assert_eq!(told["unnamed"], 0, "every control has a name");
    assert_eq!(told["landmarks"], json!([1, 1, 1, 1]));
    assert_eq!(
        told["ran"], "Preview · syndicate",
        "the policy stops what escaping would miss"
    );
}
