//! One pipeline with five sinks: a fault of one platform leaves the other four sent once, and once the fault is
//! gone, every post is on every platform exactly once.

mod changes;
mod dry_run;
mod faults;
mod linkedin;
mod pds;
mod sinks;

use jiff::SignedDuration;
use platform_fakes::devto::{API_KEY, Devto};
use platform_fakes::mastodon::{Mastodon, TOKEN};
use platform_fakes::slack::{Slack, WEBHOOK_PATH};
use platform_fakes::{Exchange, Fake, Fault, ManualClock};
use serde_json::Value;

use self::linkedin::Front;
use self::pds::Pds;
use self::sinks::{SINKS, SinkCase};
use crate::support::project::NOW;
use crate::support::{Platform, Project};

/// The sources and sinks of the pipeline.
const PIPELINE: &str = r#"sources:
  blog: {type: site, path: ., content: posts, url: "https://blog.example.org", permalink: "/:slug/"}
sinks:
  linkedin: {type: linkedin, endpoint: "${LINKEDIN_URL}", token: "${LINKEDIN_TOKEN}"}
  bluesky: {type: bluesky, endpoint: "${BLUESKY_URL}", handle: jane.test, password: "${BLUESKY_PASSWORD}"}
  mastodon: {type: mastodon, endpoint: "${MASTODON_URL}", token: "${MASTODON_TOKEN}"}
  devto: {type: devto, endpoint: "${DEVTO_URL}", api_key: "${DEVTO_KEY}"}
  chat: {type: webhook, dialect: slack, endpoint: "${CHAT_URL}", url: "${CHAT_HOOK}"}
policy: {since: 2026-11-01, max_per_run: 100}
"#;

const POST: &str = "posts/one.md";
const FRONT_MATTER: &str =
    "title: One\ndescription: The first.\ndate: 2026-11-20\nimage: a.png\nlang: en";

/// The five platforms, on one clock.
struct Servers {
    sandbox: Platform,
    linkedin: Fake<Front>,
    records: Pds,
    bluesky: Fake<Pds>,
    mastodon: Fake<Mastodon>,
    devto: Fake<Devto>,
    chat: Fake<Slack>,
    clock: ManualClock,
}

/// Returns an account that has an article already: a list without any article would not prove that one is missing.
fn earlier_devto() -> Devto {
    Devto::new()
        .without_limits()
        .with_earlier_article("An earlier article")
}

impl Servers {
    fn start() -> Self {
        let clock = ManualClock::new(NOW.parse().unwrap());
        let (sandbox, records) = (Platform::start(), Pds::default());
        Self {
            linkedin: Fake::start(Front::of(&sandbox), clock.reader()),
            bluesky: Fake::start(records.clone(), clock.reader()),
            mastodon: Fake::start(Mastodon::new(), clock.reader()),
            devto: Fake::start(earlier_devto(), clock.reader()),
            chat: Fake::start(Slack::new().without_limits(), clock.reader()),
            sandbox,
            records,
            clock,
        }
    }

    /// Returns a project with one post.
    fn project(&self) -> Project {
        let mut project = Project::with_pipeline(PIPELINE)
            .with_ledger()
            .picture("posts/a.png", 600, 314)
            .post(POST, FRONT_MATTER)
            .env("LINKEDIN_TOKEN", "rehearsal")
            .env("BLUESKY_PASSWORD", "abcd-efgh-ijkl-mnop")
            .env("MASTODON_TOKEN", TOKEN)
            .env("DEVTO_KEY", API_KEY)
            .env(
                "CHAT_HOOK",
                &format!("https://hooks.slack.com{WEBHOOK_PATH}"),
            );
        for sink in SINKS {
            project.set_env(sink.url_variable, self.server(sink.name).url());
        }
        project
    }

    fn server(&self, sink: &str) -> &dyn Server {
        match sink {
            "linkedin" => &self.linkedin,
            "bluesky" => &self.bluesky,
            "mastodon" => &self.mastodon,
            "devto" => &self.devto,
            "chat" => &self.chat,
            _ => panic!("no sink `{sink}`"),
        }
    }

    /// Returns the number of posts that readers see on the platform of `sink`.
    fn posts(&self, sink: &str) -> usize {
        match sink {
            "linkedin" => self.sandbox.feed().len(),
            "bluesky" => self.records.records().len(),
            "mastodon" => self.mastodon.posts().len(),
            // One article was there before.
            "devto" => self.devto.posts().len() - 1,
            "chat" => self.chat.posts().len(),
            _ => panic!("no sink `{sink}`"),
        }
    }

    /// Returns what a user copies from the only post on the platform of `sink` to name it.
    fn address(&self, sink: &str) -> String {
        match sink {
            "linkedin" => self.sandbox.feed()[0]["id"].as_str().unwrap().to_owned(),
            "chat" => self.chat.posts()[0].ts.clone(),
            _ => panic!("`{sink}` finds its posts"),
        }
    }

    /// Returns the number of creating requests to the platform of `sink`.
    fn creates(&self, sink: &SinkCase) -> usize {
        let (method, path) = sink.create;
        let exchanges = self.server(sink.name).exchanges().into_iter();
        let requests = exchanges.map(|exchange| exchange.request);
        requests
            .filter(|request| request.method == method && request.path == path)
            .count()
    }

    /// Moves the clocks of the servers and of the program.
    fn advance(&self, project: &mut Project, time: SignedDuration) {
        self.clock.advance(time);
        project.set_env("SYNDICATE_NOW", &self.clock.now().to_string());
    }

    /// Checks that every post but those of `except` is out, after one creating request each.
    #[track_caller]
    fn check_others(&self, except: &str, case: &str) {
        for sink in SINKS.iter().filter(|sink| sink.name != except) {
            let found = (self.posts(sink.name), self.creates(sink));
            assert_eq!(found, (1, 1), "{case}: posts and requests of {}", sink.name);
        }
    }
}

/// The faults and requests of a server, of any platform.
trait Server {
    fn url(&self) -> &str;
    fn inject(&self, fault: Fault);
    fn clear_faults(&self);
    fn exchanges(&self) -> Vec<Exchange>;
}

impl<P: platform_fakes::Platform> Server for Fake<P> {
    fn url(&self) -> &str {
        Self::url(self)
    }

    fn inject(&self, fault: Fault) {
        Self::inject(self, fault);
    }

    fn clear_faults(&self) {
        Self::clear_faults(self);
    }

    fn exchanges(&self) -> Vec<Exchange> {
        Self::exchanges(self)
    }
}

/// Builds and returns the entry of `sink`. All other entries are sent, or were sent before.
#[track_caller]
fn build(project: &Project, code: i32, sink: &str, case: &str) -> Value {
    let run = project.run("build --json");
    assert_eq!(run.code, Some(code), "{case}: {run}");
    let plan = run.json();
    let entries = plan["plan"].as_array().unwrap();
    assert_eq!(entries.len(), SINKS.len(), "{case}: {plan}");
    for entry in entries.iter().filter(|entry| entry["sink"] != sink) {
        let is_out = entry["outcome"] == "sent" || entry["code"] == "already_sent";
        assert!(is_out, "{case}: {entry}");
    }
    let own = entries.iter().find(|entry| entry["sink"] == sink);
    own.cloned().unwrap_or_default()
}
