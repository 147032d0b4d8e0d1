//! The program is killed at random moments while its creating request is open. Each post is there once, and nothing
//! needs a person.

use std::time::Duration;

use syndicate_api::testkit::trials;

use super::{PUT, project_with, servers, texts};
use crate::support::ProxyFault;
use crate::support::servers::Pds;

/// The number of kills: the default and the maximum.
const KILLS: (u32, u32) = (20, 100);

/// The time that the proxy holds the request, and again the answer.
const DELAY: Duration = Duration::from_millis(120);

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn kill_during_request_repeats_nothing() {
    let pds = Pds::shared();
    let account = pds.account("killed");
    let (proxy, plc) = pds.behind_proxies();
    let mut project = project_with(&account, &servers(&proxy.url, &plc.url));
    let wanted = trials(KILLS.0).min(KILLS.1);
    // A fixed generator makes failures reproducible (Knuth's MMIX constants).
    let mut chance: u64 = 20_261_128;
    let (mut reached, mut resolved) = (0, 0);
    for kill in 1..=wanted {
        project = project.post(
            &format!("posts/{kill:03}.md"),
            &format!("title: Post {kill:03}\ndate: 2026-11-20"),
        );
        proxy.fault(PUT, 1, ProxyFault::Delay(DELAY));
        let requests = proxy.requests(PUT);
        let mut child = project.start("build");
        proxy.wait_for(PUT, requests + 1);
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let wait = (chance >> 33) % (2 * DELAY.as_millis() as u64);
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let is_there = || texts(pds, &account).len() as u32 == kill;
        reached += u32::from(is_there());
        // The request of the killed run may reach the server after the next run has begun.
        let next = project.run("build");
        proxy.wait_until_idle();
        if next.code != Some(0) {
            project.run("build").exits(0);
        }
        assert!(
            is_there(),
            "kill {kill}: {:?}\n{next}",
            texts(pds, &account)
        );
        resolved += 1;
    }
    let texts = texts(pds, &account);
    let mut unique = texts.clone();
    unique.dedup();
    assert_eq!(unique, texts, "no post is sent twice");
    assert_eq!(texts.len() as u32, wanted);
    println!(
        "{wanted} kills while a request was open: {resolved} resolved without a person, {reached} posts were there already, each once"
    );
}
