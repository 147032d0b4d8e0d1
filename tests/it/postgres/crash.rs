//! Workers that are killed at every request to the platform, and then at random times.

use postgres_fixture::{Route, Server};
use syndicate_api::testkit::trials;

use super::team::{Team, post_titles, settle_by_feed, write_posts};
use crate::crash::titles;
use crate::support::{Chance, GateAction, Platform};

/// Number of kills at random times: the default and the maximum.
const KILLS: (u32, u32) = (60, 300);

/// The time after which no claim and no lease holds any more.
const HOUR: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn crash_at_each_request_repeats_nothing() {
    let server = Server::with_clock();
    for (route, (method, path, stop, unknown)) in Route::ALL.into_iter().flat_map(|route| {
        [
            ("GET", "/v2/userinfo", GateAction::BlockRequest, false),
            ("POST", "/rest/posts", GateAction::BlockRequest, true),
            ("POST", "/rest/posts", GateAction::BlockResponse, true),
        ]
        .map(|case| (route, case))
    }) {
        let (platform, gate) = Platform::gated(method, path, stop);
        let team = Team::new(&server, &platform.url);
        let (first, mut second) = (team.worker(route), team.worker(route));
        first.run("build --baseline").exits(0);
        for worker in [&first, &second] {
            write_posts(worker, 0, 2);
        }
        let mut child = first.start("build");
        gate.wait();
        child.kill().unwrap();
        child.wait().unwrap();
        gate.open();

        // Until its lease has ended, the delivery of the killed worker is not free.
        let case = format!("{route:?} {method} {path} {stop:?}");
        let plan = second.run("build --json").exits(0).json();
        assert_eq!(plan["summary"]["ask"], 0, "{case}: {plan:#}");
        team.clock.advance(&server, HOUR);
        team.clock.apply(&mut second);
        let plan = second
            .run("build --json")
            .exits(if unknown { 4 } else { 0 })
            .json();
        assert_eq!(
            plan["summary"]["ask"],
            u64::from(unknown),
            "{case}: {plan:#}"
        );
        settle_by_feed(&second, &platform.feed());
        second.run("build").exits(0);
        assert_eq!(titles(&platform), post_titles(2), "{case}");
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer: tests/run installs them"]
fn crash_at_random_time_repeats_nothing() {
    const POSTS: usize = 60;
    let server = Server::with_clock();
    let mut chance = Chance(20_261_122);
    let wanted = trials(KILLS.0).min(KILLS.1);
    let mut kills = 0;
    while kills < wanted {
        let platform = Platform::start();
        let team = Team::new(&server, &platform.url);
        let mut workers = Route::ALL.map(|route| team.worker(route));
        workers[0].run("build --baseline").exits(0);
        for worker in &workers {
            write_posts(worker, 0, POSTS);
        }
        while titles(&platform).len() < POSTS && kills < wanted {
            let mut builds = [0, 1].map(|worker| workers[worker].start("build"));
            std::thread::sleep(chance.millis(50, 600));
            for build in &mut builds {
                build.kill().unwrap();
                build.wait().unwrap();
                kills += 1;
            }
            let titles = titles(&platform);
            let mut unique = titles.clone();
            unique.dedup();
            assert_eq!(unique, titles, "no post is sent twice");
            team.clock.advance(&server, HOUR);
            for worker in &mut workers {
                team.clock.apply(worker);
            }
        }
        settle_by_feed(&workers[0], &platform.feed());
        workers[1].run("build").exits(0);
        assert_eq!(
            titles(&platform),
            post_titles(POSTS),
            "each post is sent once"
        );
    }
}
