//! The sink `devto`: deliveries to a strict fake of dev.to, which was written from Forem's API description and
//! source. No Forem can be installed here.

mod article;
mod changes;
mod delivery;
mod unknown;

use jiff::SignedDuration;
use platform_fakes::devto::{API_KEY, Article, Devto};
use platform_fakes::{Fake, ManualClock, Request};
use serde_json::Value;

use crate::support::Project;
use crate::support::project::NOW;

/// The path of the creating request.
const ARTICLES: &str = "/api/articles";

/// A post, and its page.
const ONE: &str = "title: One\ndescription: The first.\ndate: 2026-11-20\ntags: [Rust, C++]";
const LINK: &str = "https://blog.example.org/one/";

/// A running fake whose clock shows the time of the program's runs.
struct Server {
    fake: Fake<Devto>,
    clock: ManualClock,
}

impl Server {
    fn start(devto: Devto) -> Self {
        let clock = ManualClock::new(NOW.parse().unwrap());
        // The clock does not move within a run, so that every request would be in the same second.
        let fake = Fake::start(devto.without_limits(), clock.reader());
        Self { fake, clock }
    }

    /// Returns a project that publishes on this server, without posts. `options` are further options of the sink.
    fn project(&self, options: &str) -> Project {
        project(self.fake.url(), options)
    }

    /// Moves the clocks of the server and of the program.
    fn advance(&self, project: &mut Project, minutes: i64) {
        self.clock.advance(SignedDuration::from_mins(minutes));
        project.set_env("SYNDICATE_NOW", &self.clock.now().to_string());
    }

    /// Returns the requests with this method and path.
    fn requests(&self, method: &str, path: &str) -> Vec<Request> {
        let requests = self.fake.requests().into_iter();
        requests
            .filter(|request| request.method == method && request.path == path)
            .collect()
    }

    /// Returns the only article of the account.
    #[track_caller]
    fn article(&self) -> Article {
        let mut articles = self.fake.posts();
        assert_eq!(articles.len(), 1, "{articles:?}");
        articles.remove(0)
    }

    /// Checks that no request was one that dev.to accepts with another meaning.
    #[track_caller]
    fn check_strictness(&self) {
        assert_eq!(self.fake.refusals(), [""; 0]);
    }
}

/// Returns a project that publishes on the server at `endpoint`, without posts.
fn project(endpoint: &str, options: &str) -> Project {
    let pipeline = format!(
        "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
         sinks:\n  devto: {{type: devto, endpoint: \"{endpoint}\", api_key: \"${{DEVTO_API_KEY}}\"{options}}}\n\
         policy: {{since: 2026-11-01, max_per_run: 100}}\n"
    );
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .env("DEVTO_API_KEY", API_KEY)
}

/// Runs a build and returns its first delivery.
#[track_caller]
fn build(project: &Project, code: i32) -> Value {
    project.run("build --json").exits(code).json()["plan"][0].clone()
}
