//! Workers that share a ledger in PostgreSQL.

use postgres_fixture::{Database, Route, Server};
use serde_json::Value;

use super::moved_clock::MovedClock;
use crate::build::pipeline;
use crate::support::Project;

/// The option of pipeline.yaml that names the ledger.
pub(super) const LEDGER: &str = "ledger: {postgres: \"${DATABASE_URL}\"}\n";

/// The key of the cap of all workers over 24 hours.
const NO_CAP: &str = "max_per_run: 1000000";

/// Workers that share a database. Each has a folder, a journal and a connection of its own, as if it were on a machine
/// of its own.
pub(super) struct Team<'s> {
    pub(super) server: &'s Server,
    pub(super) database: Database<'s>,
    pub(super) clock: MovedClock,
    pipeline: String,
}

impl<'s> Team<'s> {
    /// Creates a database on a server with an adjustable clock, for a pipeline whose sink posts to `platform`. It has no
    /// ledger yet.
    pub(super) fn new(server: &'s Server, platform: &str) -> Self {
        let pipeline = pipeline(platform)
            .replace("since:", &format!("{NO_CAP}, since:"))
            .replace("token:", "thumbnail: skip, token:");
        Self {
            server,
            database: Database::create(server),
            clock: MovedClock::start(server),
            pipeline: pipeline + LEDGER,
        }
    }

    /// Replaces the cap by these options of the policy.
    pub(super) fn with_policy(mut self, policy: &str) -> Self {
        self.pipeline = self.pipeline.replace(NO_CAP, policy);
        self
    }

    /// Moves the team to a copy of its server.
    pub(super) fn on<'o>(self, server: &'o Server) -> Team<'o> {
        Team {
            server,
            database: self.database.on(server),
            clock: self.clock,
            pipeline: self.pipeline,
        }
    }

    /// Returns a worker that connects to the server by this way.
    pub(super) fn worker(&self, route: Route) -> Project {
        self.worker_at(&self.database.url(route))
    }

    /// Returns a worker that connects to this URL.
    pub(super) fn worker_at(&self, url: &str) -> Project {
        let mut project = Project::with_pipeline(&self.pipeline).env("DATABASE_URL", url);
        // git has no empty folders, and a missing folder of posts is an error.
        std::fs::create_dir_all(project.path("posts")).expect("a folder");
        self.clock.apply(&mut project);
        project
    }

    /// Returns the lines of the ledger, in the order in which they were appended.
    pub(super) fn lines(&self) -> Vec<String> {
        let lines = self
            .database
            .query("SELECT line FROM syndicate.event ORDER BY ledger, seq");
        lines.lines().map(str::to_owned).collect()
    }

    /// Returns the events of the ledger.
    pub(super) fn events(&self) -> Vec<Value> {
        let parse = |line: &String| serde_json::from_str(line).expect("an event");
        self.lines().iter().map(parse).collect()
    }

    /// Returns the attempts that have an intent and no outcome.
    pub(super) fn open_attempts(&self) -> usize {
        let events = self.events();
        let attempts = |kinds: &[&str]| {
            let is = |event: &&Value| kinds.iter().any(|kind| event["kind"] == *kind);
            let attempts = events.iter().filter(is).map(|event| &event["attempt"]);
            attempts.collect::<Vec<&Value>>()
        };
        let ended = attempts(&["sent", "failed", "unknown", "settled"]);
        let intents = attempts(&["intent"]);
        intents
            .iter()
            .filter(|attempt| !ended.contains(attempt))
            .count()
    }
}

/// Writes `count` posts, numbered from `first`.
pub(super) fn write_posts(project: &Project, first: usize, count: usize) {
    for post in first..first + count {
        let front = format!("title: Post {post}\ndate: 2026-11-20");
        let text = format!("---\n{front}\n---\n\nThe body of post {post}.\n");
        project.write(&format!("posts/{post}.md"), text);
    }
}

/// Returns the sorted titles of as many posts.
pub(super) fn post_titles(count: usize) -> Vec<String> {
    let mut titles: Vec<String> = (0..count).map(|post| format!("Post {post}")).collect();
    titles.sort();
    titles
}

/// Returns the server that the tests of this file's subject share, with the time of the tests.
pub(super) fn server() -> &'static Server {
    static SERVER: std::sync::OnceLock<Server> = std::sync::OnceLock::new();
    SERVER.get_or_init(Server::with_clock)
}

/// Settles open attempts by what the feed shows, as a person does. Returns their number.
pub(super) fn settle_by_feed(worker: &Project, feed: &[Value]) -> usize {
    let open = worker.run("settle --json").exits(0).json();
    let open = open["open"].as_array().expect("a list");
    for attempt in open {
        let item = attempt["item"].as_str().expect("an item");
        let is_item = |post: &&Value| {
            let source = post["article"]["source"].as_str().expect("a URL");
            source.trim_end_matches('/') == item.trim_end_matches('/')
        };
        let outcome = match feed.iter().find(is_item) {
            Some(post) => format!("--sent {}", post["id"].as_str().expect("an id")),
            None => "--not-sent".to_owned(),
        };
        worker.run(&format!("settle {item} {outcome}")).exits(0);
    }
    open.len()
}
