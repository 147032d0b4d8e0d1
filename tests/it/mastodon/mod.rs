//! The sink `mastodon`: deliveries to a strict fake of Mastodon, and to snac2, a real server with the Mastodon API that
//! ignores idempotency keys.

mod changes;
mod crash;
mod delivery;
mod limits;
mod media;
mod sign_in;
mod snac;
mod unknown;

use jiff::SignedDuration;
use platform_fakes::mastodon::{Mastodon, TOKEN};
use platform_fakes::{Fake, ManualClock, Request};
use serde_json::{Value, json};

use crate::support::Project;
use crate::support::client::{json_request, send};
use crate::support::project::NOW;

/// The path of the creating request.
const STATUSES: &str = "/api/v1/statuses";

/// A post, and the link of its page.
const ONE: &str = "title: One\ndescription: The first.\ndate: 2026-11-20\ntags: [Rust]\nlang: en";
const LINK: &str = "https://blog.example.org/one/";

/// A running fake whose clock shows the time of the program's runs.
struct Server {
    fake: Fake<Mastodon>,
    clock: ManualClock,
}

impl Server {
    fn start(mastodon: Mastodon) -> Self {
        let clock = ManualClock::new(NOW.parse().unwrap());
        let fake = Fake::start(mastodon, clock.reader());
        Self { fake, clock }
    }

    /// Returns a project that publishes on this server, without posts. `options` are further options of the sink.
    fn project(&self, options: &str) -> Project {
        project(self.fake.url(), TOKEN, options)
    }

    /// Moves the clocks of the server and of the program.
    fn advance(&self, project: &mut Project, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
        project.set_env("SYNDICATE_NOW", &self.clock.now().to_string());
    }

    /// Returns the creating requests.
    fn creates(&self) -> Vec<Request> {
        let requests = self.fake.requests().into_iter();
        requests
            .filter(|request| request.method == "POST" && request.path == STATUSES)
            .collect()
    }

    /// Creates a post as its author does in another app.
    fn post_by_hand(&self, text: &str) -> String {
        let posted = send_by_hand("POST", &format!("{}{STATUSES}", self.fake.url()), text);
        posted["id"].as_str().unwrap().to_owned()
    }
}

/// Returns a project that publishes on the server at `endpoint`, without posts.
fn project(endpoint: &str, token: &str, options: &str) -> Project {
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
         sinks:\n  mastodon: {{type: mastodon, endpoint: \"{endpoint}\", token: \"${{MASTODON_TOKEN}}\"{options}}}\n\
         policy: {{since: 2026-11-01, max_per_run: 100}}\n"
    );
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .env("MASTODON_TOKEN", token)
}

/// Sends a post or an edit with the token of the account.
fn send_by_hand(method: &'static str, url: &str, text: &str) -> Value {
    let response = send(json_request(method, url, TOKEN, &json!({"status": text})));
    assert_eq!(response.status, 200, "{url}");
    response.json()
}

/// Builds and returns the entry of the only post.
#[track_caller]
fn build(project: &Project, code: i32) -> Value {
    project.run("build --json").exits(code).json()["plan"][0].take()
}

/// Returns the events of the ledger of this kind.
fn events(project: &Project, kind: &str) -> Vec<Value> {
    let ledger = project.read("syndicate.ledger.jsonl");
    let lines = ledger.lines();
    let events = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    events.filter(|event| event["kind"] == kind).collect()
}
