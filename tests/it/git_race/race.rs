//! Two clones that send the same posts at the same time, with kills at random moments.

use std::process::Child;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use syndicate_api::testkit::trials;

use super::remote::{CLONES, Machine, Remote};
use crate::crash::titles;
use crate::support::{Chance, Platform};

/// Number of rounds: the default and the maximum.
const ROUNDS: (u32, u32) = (20, 200);

/// Number of posts per round.
const POSTS: usize = 2;

/// The time that the platform takes before and after it creates a post.
const LATENCY: Duration = Duration::from_millis(60);

/// The events counted over all rounds.
#[derive(Debug, Default)]
struct Counts {
    rejected_pushes: usize,
    kills: usize,
    kills_between_intent_and_outcome: usize,
    deleted_runners: usize,
    settled_as_sent: usize,
    settled_as_not_sent: usize,
}

/// The processes to kill in a round, and the moment.
#[derive(Clone, Copy, Debug)]
enum Kill {
    Nothing,
    /// One of the two, at a random time.
    One,
    /// Both, at a random time.
    Both,
    /// Both, while the platform processes a request.
    BothWhileSending,
}

#[test]
fn two_clones_send_each_post_once() {
    let rounds = trials(ROUNDS.0).min(ROUNDS.1);
    let mut chance = Chance(20_261_128);
    let mut counts = Counts::default();
    for round in 0..rounds {
        let kill = match round % 4 {
            0 => Kill::Nothing,
            1 => Kill::One,
            2 => Kill::BothWhileSending,
            _ => Kill::Both,
        };
        race(round as usize, kill, &mut chance, &mut counts);
    }
    println!("{rounds} rounds: {counts:?}");
    // In 200 rounds: at least 50 rejected pushes and 30 kills between intent and outcome.
    let rounds = rounds as usize;
    assert!(counts.rejected_pushes * 4 >= rounds, "{counts:?}");
    let between = counts.kills_between_intent_and_outcome;
    assert!(between * 20 >= rounds * 3, "{counts:?}");
}

fn race(round: usize, kill: Kill, chance: &mut Chance, counts: &mut Counts) {
    let platform = Platform::slow(LATENCY);
    let remote = Remote::new(&platform, "git: true");
    let clone = |number: usize| Machine::clone(&remote, CLONES[number % CLONES.len()]);
    let (a, mut b) = (clone(round), clone(round / CLONES.len()));
    a.project.run("build --baseline").exits(0);
    a.write_posts(0, POSTS);
    b.write_posts(0, POSTS);

    let mut builds = vec![a.start_build()];
    sleep(chance.millis(0, 80));
    builds.push(b.start_build());
    let killed = kill_builds(kill, &platform, chance, &mut builds);
    counts.kills += killed.iter().filter(|killed| **killed).count();
    for ((machine, build), killed) in [&a, &b].into_iter().zip(builds).zip(killed) {
        let run = machine.finished(build);
        assert!(killed || run.code == Some(0), "round {round}: {run}");
        counts.rejected_pushes += machine.rejected_pushes();
    }
    assert_unique(&platform);
    if round.is_multiple_of(3) {
        counts.deleted_runners += 1;
        b = clone(round + 1);
        b.write_posts(0, POSTS);
    }
    // The claim of the other machine has ended by now.
    b.set_minutes(16);
    let run = b.project.run("build --json");
    // A push outlives its killed program, so intents are counted only now.
    let open = remote.open_attempts();
    counts.kills_between_intent_and_outcome += open;
    let plan = run.exits(if open == 0 { 0 } else { 4 }).json();
    assert_eq!(plan["summary"]["ask"], open, "round {round}: {plan:#}");
    assert_unique(&platform);
    let not_sent = settle(&b, &platform, counts);

    let mut a = a;
    a.set_minutes(17);
    a.project.run("build --json").exits(0);
    let expected: Vec<String> = (0..POSTS).map(|post| format!("Post {post}")).collect();
    assert_eq!(titles(&platform), expected, "round {round}");
    let requests = platform.requests("POST /rest/posts");
    assert!(requests <= POSTS + not_sent, "{requests} requests");
}

/// Kills the builds as `kill` says. Returns which of them were killed while they ran.
fn kill_builds(
    kill: Kill,
    platform: &Platform,
    chance: &mut Chance,
    builds: &mut [Child],
) -> Vec<bool> {
    let victims = match kill {
        Kill::Nothing => 0..0,
        Kill::One => 0..1,
        Kill::Both | Kill::BothWhileSending => 0..builds.len(),
    };
    if matches!(kill, Kill::BothWhileSending) {
        let start = Instant::now();
        while platform.requests("POST /rest/posts") == 0 {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing is sent");
            sleep(Duration::from_millis(2));
        }
        sleep(chance.millis(0, 2 * LATENCY.as_millis() as u64));
    } else {
        sleep(chance.millis(100, 1500));
    }
    let mut killed = vec![false; builds.len()];
    for victim in victims {
        let build = &mut builds[victim];
        if build.try_wait().expect("a state").is_none() {
            build.kill().expect("it is killed");
            killed[victim] = true;
        }
    }
    killed
}

fn assert_unique(platform: &Platform) {
    let titles = titles(platform);
    let mut unique = titles.clone();
    unique.dedup();
    assert_eq!(unique, titles, "no post is sent twice");
}

/// Settles open attempts by what the feed shows. Returns the number of those that were not sent.
fn settle(machine: &Machine, platform: &Platform, counts: &mut Counts) -> usize {
    let open = machine.project.run("settle --json").exits(0).json();
    let mut not_sent = 0;
    for open in open["open"].as_array().expect("a list") {
        let item = open["item"].as_str().expect("an item");
        let feed = platform.feed();
        let is_item = |post: &&Value| {
            let source = post["article"]["source"].as_str().expect("a URL");
            source.trim_end_matches('/') == item.trim_end_matches('/')
        };
        let outcome = match feed.iter().find(is_item) {
            Some(post) => {
                counts.settled_as_sent += 1;
                format!("--sent {}", post["id"].as_str().expect("an id"))
            }
            None => {
                counts.settled_as_not_sent += 1;
                not_sent += 1;
                "--not-sent".to_owned()
            }
        };
        let settle = format!("settle {item} {outcome}");
        machine.project.run(&settle).exits(0);
    }
    not_sent
}
