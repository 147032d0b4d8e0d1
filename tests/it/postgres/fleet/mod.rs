//! A fleet: eight workers deliver the same posts, and are disturbed by everything at once. Each post is sent exactly
//! once, and the cap holds over all of them in every 24 hours.

mod chaos;
mod platform;
mod worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use postgres_fixture::{CuttingProxy, Route, Server};
use syndicate_api::testkit::trials;

use self::chaos::Chaos;
use self::platform::{Created, FleetPlatform, Kills};
use self::worker::Worker;
use super::team::{Team, post_titles, settle_by_feed, write_posts};
use crate::support::Chance;

const WORKERS: usize = 8;

/// Number of posts: by default, and with more random trials than that.
const POSTS: (u32, u32) = (500, 10_000);

/// Number of creating requests that must be open when their worker is killed.
const KILLS_WHILE_OPEN: usize = 50;

/// Number of creating requests whose worker is killed, at least; a few requests are sent once more.
const KILLS: usize = 60;

/// The unit of the time between two rounds. No multiple is near to a day, whose ends no test can hit exactly.
const PAUSE: SignedDuration = SignedDuration::from_mins(230);

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Number of builds that end without a new post after which a round ends. Time does not count, since machines differ.
const STANDSTILL: usize = WORKERS;

/// The time after which a round fails without a new post.
const TIMEOUT: Duration = Duration::from_secs(600);

/// Connections are cut after a random number of bytes below this one for each post, which has 3,000 in the ledger.
const CUT_BELOW: u64 = 4000;

/// A seed of all random numbers here.
const SEED: u64 = 20_261_129;

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn fleet_sends_each_post_once() {
    let wanted = trials(POSTS.0);
    let posts = if wanted > POSTS.0 { POSTS.1 } else { wanted } as usize;
    let server = Server::with_clock();
    let mut fleet = Fleet::start(&server, posts);
    while fleet.platform.feed().len() < posts {
        fleet.round();
    }
    fleet.finish();
}

/// The workers and all that they use.
struct Fleet<'s> {
    team: Team<'s>,
    platform: FleetPlatform,
    proxies: [CuttingProxy; 2],
    workers: Vec<Worker>,
    victims: Receiver<usize>,
    chance: Chance,
    posts: usize,
    cap: usize,
    rounds: usize,
    crashes: usize,
    settled: usize,
}

impl<'s> Fleet<'s> {
    fn start(server: &'s Server, posts: usize) -> Self {
        let cap = posts / 3;
        let team = Team::new(server, "${EP}").with_policy(&format!("max_per_run: {cap}"));
        let (sender, victims) = channel();
        let kills = Kills {
            every: (posts / KILLS).max(2),
            seed: SEED,
        };
        let platform = FleetPlatform::start(WORKERS, &team.clock, kills, sender);
        let proxies = Route::ALL.map(|route| CuttingProxy::before(server.port(route)));
        let worker = |number: usize| {
            let url = team.database.url_at(proxies[number % 2].port());
            let project = team.worker_at(&url).env("EP", &platform.urls[number]);
            Worker::new(project)
        };
        let workers: Vec<Worker> = (0..WORKERS).map(worker).collect();
        workers[0].project.run("build --baseline").exits(0);
        for worker in &workers {
            write_posts(&worker.project, 0, posts);
        }
        Self {
            team,
            platform,
            proxies,
            workers,
            victims,
            chance: Chance(SEED),
            posts,
            cap,
            rounds: 0,
            crashes: 0,
            settled: 0,
        }
    }

    /// Returns the factor of the intervals, because a build of many posts takes longer.
    fn pace(&self) -> u32 {
        (self.posts as u32 / (4 * POSTS.0)).max(1)
    }

    /// Lets the workers build in disorder until some posts are sent, kills all of them, and lets time pass.
    fn round(&mut self) {
        self.rounds += 1;
        let before = self.platform.created().len();
        assert!(self.rounds <= 60, "{before} of {} posts", self.posts);
        let wanted = self.chance.below(self.cap as u64) as usize + self.cap / 4;
        self.platform.set_kills(true);
        let cut_below = CUT_BELOW * self.posts as u64;
        for proxy in &self.proxies {
            proxy.cut_at_random(self.chance.below(1 << 30), cut_below);
        }
        let is_over = AtomicBool::new(false);
        let mut chaos = Chaos {
            workers: &self.workers,
            proxies: &self.proxies,
            server: self.team.server,
            victims: &self.victims,
            chance: Chance(SEED + self.rounds as u64),
            pace: self.pace(),
            crashes: 0,
        };
        let pace = self.pace();
        let finished = || self.workers.iter().map(Worker::finished).sum::<usize>();
        let (mut last, mut since, mut ended) = (before, Instant::now(), finished());
        std::thread::scope(|scope| {
            let builds = |worker: &Worker| {
                while !is_over.load(Ordering::SeqCst) {
                    worker.build();
                }
            };
            let threads: Vec<_> = self
                .workers
                .iter()
                .map(|worker| scope.spawn(move || builds(worker)))
                .collect();
            chaos.run(|| {
                let created = self.platform.created().len();
                if created > last {
                    (last, since, ended) = (created, Instant::now(), finished());
                }
                assert!(since.elapsed() < TIMEOUT * pace, "{created} posts");
                created < self.posts && created < before + wanted && finished() < ended + STANDSTILL
            });
            is_over.store(true, Ordering::SeqCst);
            // A worker may have started a build just now.
            while !threads.iter().all(|thread| thread.is_finished()) {
                self.workers.iter().for_each(Worker::kill);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        self.crashes += chaos.crashes;
        self.platform.set_kills(false);
        self.proxies.iter().for_each(CuttingProxy::pass);
        self.assert_unique();
        let pauses = 2 + self.chance.below(4) as i32;
        self.team.clock.advance(self.team.server, PAUSE * pauses);
        for worker in &mut self.workers {
            self.team.clock.apply(&mut worker.project);
        }
        self.settled += settle_by_feed(&self.workers[0].project, &self.platform.feed());
    }

    /// Builds with each worker once more, and checks what was sent.
    fn finish(&self) {
        for worker in &self.workers {
            let run = worker.build().expect("it is not killed");
            assert_eq!(run.code, Some(0), "{run}");
            assert_eq!(run.json()["summary"]["sent"], 0, "{run}");
        }
        self.assert_unique();
        let mut titles: Vec<String> = self
            .platform
            .created()
            .into_iter()
            .map(|post| post.title)
            .collect();
        titles.sort();
        assert_eq!(titles, post_titles(self.posts));
        assert_eq!(self.team.open_attempts(), 0);
        let most = most_in_a_day(&self.platform.created());
        let cuts: usize = self.proxies.iter().map(CuttingProxy::cuts).sum();
        let cut_short = self.platform.cut_short();
        let Self {
            posts,
            cap,
            rounds,
            crashes,
            settled,
            ..
        } = self;
        #[expect(clippy::print_stdout, reason = "the figures of a soak are for people")]
        {
            println!(
                "{posts} posts in {rounds} rounds: {cut_short} workers killed while their request was open, {cuts} connections \
                 cut, {crashes} crashes of the server, {settled} attempts settled; at most {most} of {cap} posts in a day"
            );
        }
        assert!(most <= *cap && most > cap / 2, "{most} of {cap}");
        assert!(
            *posts < POSTS.0 as usize || cut_short >= KILLS_WHILE_OPEN,
            "{cut_short}"
        );
        assert!(cuts > 0 && *crashes > 0, "{cuts} cuts, {crashes} crashes");
    }

    #[track_caller]
    fn assert_unique(&self) {
        let mut titles: Vec<String> = self
            .platform
            .created()
            .into_iter()
            .map(|post| post.title)
            .collect();
        titles.sort();
        let count = titles.len();
        titles.dedup();
        assert_eq!(titles.len(), count, "no post is sent twice");
    }
}

/// Returns the greatest number of posts within 24 hours.
fn most_in_a_day(created: &[Created]) -> usize {
    let within = |first: &Created| {
        let is_near =
            |other: &&Created| other.at >= first.at && other.at.duration_since(first.at) < DAY;
        created.iter().filter(is_near).count()
    };
    created.iter().map(within).max().unwrap_or(0)
}
