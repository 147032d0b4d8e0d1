//! `status --reconcile`: a lost ledger is rebuilt from the posts that the platforms list. The platforms are strict fakes.

use platform_fakes::devto::{API_KEY, Devto};
use platform_fakes::mastodon::{Mastodon, TOKEN};
use platform_fakes::{Answer, Fake, Fault};
use serde_json::{Value, json};

use crate::support::Project;
use crate::support::project::NOW;

/// The path of dev.to's listing.
const LISTING: &str = "/api/articles/me/all";

struct Servers {
    devto: Fake<Devto>,
    mastodon: Fake<Mastodon>,
}

impl Servers {
    fn start() -> Self {
        let now = || NOW.parse().unwrap();
        Self {
            devto: Fake::start(Devto::new().without_limits(), now),
            mastodon: Fake::start(Mastodon::new(), now),
        }
    }

    /// Returns a project with two posts that it publishes on both servers.
    fn project(&self) -> Project {
        let pipeline = format!(
            "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
             sinks:\n  devto: {{type: devto, endpoint: \"{}\", api_key: \"${{DEVTO_API_KEY}}\"}}\n\
             \x20 mastodon: {{type: mastodon, endpoint: \"{}\", token: \"${{MASTODON_TOKEN}}\"}}\n\
             policy: {{since: 2026-11-01, max_per_run: 100}}\n",
            self.devto.url(),
            self.mastodon.url(),
        );
        Project::with_pipeline(&pipeline)
            .with_ledger()
            .env("DEVTO_API_KEY", API_KEY)
            .env("MASTODON_TOKEN", TOKEN)
            .post(
                "posts/one.md",
                "title: One\ndescription: The first.\ndate: 2026-11-19",
            )
            .post(
                "posts/two.md",
                "title: Two\ndescription: The second.\ndate: 2026-11-20",
            )
    }

    /// Returns the numbers of posts on dev.to and on Mastodon.
    fn posts(&self) -> (usize, usize) {
        (self.devto.posts().len(), self.mastodon.posts().len())
    }
}

/// Deletes the ledger and everything else that this machine remembers of it.
fn lose_ledger(project: &Project) {
    std::fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    std::fs::remove_dir_all(project.path(".home")).unwrap();
}

fn has_ledger(project: &Project) -> bool {
    project.path("syndicate.ledger.jsonl").exists()
}

fn reconcile(project: &Project, options: &str, code: i32) -> Value {
    let command = format!("status --reconcile --json {options}");
    project.run(&command).exits(code).json()
}

#[test]
fn lost_ledger_is_rebuilt_from_platforms() {
    let servers = Servers::start();
    let project = servers.project();
    project.run("build").exits(0);
    assert_eq!(servers.posts(), (2, 2));
    lose_ledger(&project);
    project.run("build").exits(1);

    let shown = reconcile(&project, "", 0);
    assert!(!has_ledger(&project), "{shown}");
    assert_eq!(shown["is_new"], true);
    assert_eq!(shown["recorded"], Value::Null);
    for sink in [0, 1] {
        let found = shown["sinks"][sink]["found"].as_array().unwrap();
        assert_eq!(found.len(), 2, "{shown}");
        assert!(found.iter().all(|found| found["by"] == "link"), "{shown}");
        assert_eq!(shown["sinks"][sink]["ambiguous"], json!([]));
        assert_eq!(shown["sinks"][sink]["unsent"], 0);
    }
    project
        .run("status --reconcile --yes")
        .exits(0)
        .says(&["found     ", "recorded 4 posts in a new ledger"]);
    let built = project.run("build --json").exits(0).json();
    assert_eq!(built["summary"]["codes"]["already_sent"], 4, "{built}");
    assert_eq!(servers.posts(), (2, 2));
    let again = reconcile(&project, "--yes", 0);
    assert_eq!(again["is_new"], false);
    assert_eq!(again["recorded"], 0, "{again}");
    assert_eq!(again["sinks"][0]["known"], 2, "{again}");
    assert_eq!(again["sinks"][1]["known"], 2, "{again}");
    project.run("retract posts/one.md --sink mastodon").exits(0);
    assert_eq!(servers.posts(), (2, 1));
}

#[test]
fn incomplete_listing_protects_sink() {
    let servers = Servers::start();
    let project = servers.project();
    project.run("build").exits(0);
    lose_ledger(&project);
    let refusal = Answer::json(403, &json!({"error": "forbidden", "status": 403}));
    servers
        .devto
        .inject(Fault::answer("GET", LISTING, refusal).always());
    let said = project.run("status --reconcile --yes").exits(3);
    said.says(&[
        "devto: the listing is not complete",
        "recorded 2 posts in a new ledger",
        "build --baseline devto",
    ]);
    let built = project.run("build --json").exits(0).json();
    assert_eq!(built["summary"]["codes"]["new_sink"], 2, "{built}");
    assert_eq!(built["summary"]["codes"]["already_sent"], 2, "{built}");
    assert_eq!(servers.posts(), (2, 2));
    servers.devto.clear_faults();
    assert_eq!(reconcile(&project, "--yes --sink devto", 0)["recorded"], 2);
    project.run("build --backfill devto").exits(0);
    assert_eq!(servers.posts(), (2, 2));
}

#[test]
fn empty_listing_changes_nothing() {
    let servers = Servers::start();
    let project = servers.project();
    project.run("build").exits(0);
    let ledger = project.read("syndicate.ledger.jsonl");
    let empty = Answer::json(200, &json!([]));
    servers
        .devto
        .inject(Fault::answer("GET", LISTING, empty).always());
    let shown = reconcile(&project, "--yes --sink devto", 3);
    assert_eq!(shown["sinks"][0]["listing"], "incomplete", "{shown}");
    assert_eq!(shown["sinks"][0]["reason"], "the platform lists no posts");
    assert_eq!(project.read("syndicate.ledger.jsonl"), ledger);
    lose_ledger(&project);
    reconcile(&project, "--yes --sink devto", 3);
    assert!(!has_ledger(&project));
}

#[test]
fn ambiguous_post_is_held_back() {
    let servers = Servers::start();
    let project = servers.project();
    std::fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    let article = |id: u32, slug: &str| {
        json!({"id": id, "title": slug, "url": format!("https://dev.to/alice/{slug}-{id}"),
               "canonical_url": format!("https://blog.example.org/{slug}/"), "published": true})
    };
    let listed = json!([article(3, "two"), article(2, "one"), article(1, "one")]);
    let listed = Answer::json(200, &listed);
    servers.devto.inject(Fault::answer("GET", LISTING, listed));
    let shown = reconcile(&project, "--yes --sink devto", 0);
    let ambiguous = shown["sinks"][0]["ambiguous"].as_array().unwrap();
    assert_eq!(ambiguous.len(), 2, "{shown}");
    assert_eq!(
        ambiguous[0]["reason"],
        "several posts on the platform belong to this item"
    );
    assert_eq!(shown["recorded"], 1, "{shown}");
    assert_eq!(shown["unlisted"], json!(["mastodon"]));
    let built = project.run("build --json").exits(0).json();
    assert_eq!(built["summary"]["codes"]["adopted"], 1, "{built}");
    assert_eq!(built["summary"]["codes"]["already_sent"], 1, "{built}");
    assert_eq!(built["summary"]["codes"]["new_sink"], 2, "{built}");
    assert_eq!(servers.posts(), (0, 0));
}

#[test]
fn unlisted_post_stays_recorded() {
    let servers = Servers::start();
    let project = servers.project();
    project.run("build").exits(0);
    let ledger = project.read("syndicate.ledger.jsonl");
    let listed = Answer::json(
        200,
        &json!([{"id": 1, "title": "Of another", "url": "https://dev.to/alice/of-another",
                 "canonical_url": "https://other.example/a/", "published": true}]),
    );
    servers.devto.inject(Fault::answer("GET", LISTING, listed));
    let shown = reconcile(&project, "--yes --sink devto", 0);
    let devto = &shown["sinks"][0];
    assert_eq!(devto["missing"].as_array().unwrap().len(), 2, "{shown}");
    assert_eq!(devto["without_item"].as_array().unwrap().len(), 1);
    assert_eq!(project.read("syndicate.ledger.jsonl"), ledger);
    project.run("build").exits(0);
    assert_eq!(servers.posts(), (2, 2));
}

#[test]
fn reconcile_asks_to_restore_journal_first() {
    let servers = Servers::start();
    let project = servers.project();
    project.run("build").exits(0);
    std::fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    project
        .run("status --reconcile --yes")
        .exits(1)
        .says(&["status --restore"]);
    assert!(!has_ledger(&project));
}
