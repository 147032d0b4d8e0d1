//! The program is killed while its creating request is open, before or after the server has processed it. Each post is
//! there once, on a server that honours keys and on one that ignores them.

use std::time::Duration;

use platform_fakes::mastodon::{IdempotencyKeys, Mastodon};
use syndicate_api::testkit::trials;

use super::Server;
use crate::support::project::Project;
use crate::support::{Proxy, ProxyFault};

/// The number of kills on each server: the default and the maximum.
const KILLS: (u32, u32) = (20, 100);

/// The time that the proxy holds the request, and again the answer.
const DELAY: Duration = Duration::from_millis(60);

/// The creating request.
const CREATE: &str = "POST /api/v1/statuses";

#[test]
fn kill_during_request_repeats_nothing() {
    let ignoring = Mastodon::new()
        .with_software("snac", "2.75")
        .with_idempotency_keys(IdempotencyKeys::Ignored);
    kill_during_requests("keys honoured", Mastodon::new());
    kill_during_requests("keys ignored", ignoring);
}

fn kill_during_requests(name: &str, mastodon: Mastodon) {
    let server = Server::start(mastodon);
    let proxy = Proxy::before(server.fake.url());
    if name == "keys honoured" {
        // NodeInfo must name the address that the program uses.
        proxy.replace(server.fake.url(), &proxy.url);
    }
    let mut project = super::project(&proxy.url, platform_fakes::mastodon::TOKEN, "");
    // A post before every request, so that the listing is known to reach back beyond them.
    server.post_by_hand("An earlier post");
    let wanted = trials(KILLS.0).min(KILLS.1);
    // A fixed generator makes failures reproducible (Knuth's MMIX constants).
    let mut chance: u64 = 20_261_128;
    let mut reached = 0;
    for kill in 1..=wanted {
        server.advance(&mut project, 10);
        project = project.post(
            &format!("posts/{kill:03}.md"),
            &format!("title: Post {kill:03}\ndate: 2026-11-20"),
        );
        proxy.fault(CREATE, 1, ProxyFault::Delay(DELAY));
        let requests = proxy.requests(CREATE);
        let mut child = project.start("build");
        proxy.wait_for(CREATE, requests + 1);
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let wait = (chance >> 33) % (2 * DELAY.as_millis() as u64);
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        reached += u32::from(count(&server, kill) == 1);
        finish(&server, &mut project, &proxy, kill);
    }
    let posts = server.fake.posts();
    assert_eq!(posts.len() as u32, wanted + 1, "each post is there once");
    assert_eq!(server.fake.refusals(), [""; 0]);
    #[expect(clippy::print_stdout, reason = "the figures of a soak are for people")]
    {
        println!(
            "{name}: {wanted} kills while a request was open, {reached} posts were there already, each is there once"
        );
    }
}

/// Builds until the post of `kill` is there. The request of the killed run may reach the server after the next run has
/// begun, so a miss counts only after some minutes.
fn finish(server: &Server, project: &mut Project, proxy: &Proxy, kill: u32) {
    proxy.wait_until_idle();
    for _ in 0..3 {
        let run = project.run("build");
        let count = count(server, kill);
        assert!(count <= 1, "kill {kill}: {count} posts\n{run}");
        if run.code == Some(0) {
            assert_eq!(count, 1, "kill {kill}\n{run}");
            return;
        }
        assert_eq!(run.code, Some(4), "{run}");
        server.advance(project, 5);
    }
    panic!("kill {kill} is not resolved:\n{}", project.run("build"));
}

fn count(server: &Server, kill: u32) -> usize {
    server.fake.posts_with(&format!("/{kill:03}/")).len()
}
