//! Every kind of fault, on one platform at a time.

use std::thread;

use jiff::SignedDuration;
use platform_fakes::{Answer, Fault};
use serde_json::Value;

use super::sinks::{Resolves, SINKS, SinkCase};
use super::{POST, Servers, build};
use crate::support::Project;

/// The page of a gateway.
const PAGE: &str = "<html><body><h1>Bad gateway</h1></body></html>";

/// Longer than any of the throttles lasts.
const THROTTLE_IS_OVER: SignedDuration = SignedDuration::from_hours(13);

/// The time between two builds.
const LATER: SignedDuration = SignedDuration::from_mins(10);

fn sink(name: &str) -> &'static SinkCase {
    SINKS.iter().find(|sink| sink.name == name).unwrap()
}

/// Makes every creating request of `sink` fail with `fault`, builds, and returns the entry of the sink.
fn fail(servers: &Servers, project: &Project, sink: &SinkCase, fault: Fault, code: i32) -> Value {
    let case = format!("{} with {fault:?}", sink.name);
    servers.server(sink.name).inject(fault.always());
    let entry = build(project, code, sink.name, &case);
    servers.check_others(sink.name, &case);
    servers.server(sink.name).clear_faults();
    entry
}

/// Checks that a build without faults sends what is left, and that a further one sends nothing.
#[track_caller]
fn finish(servers: &Servers, project: &Project, sink: &SinkCase, case: &str) {
    let entry = build(project, 0, sink.name, case);
    let is_out = entry["outcome"] == "sent" || entry["code"] == "already_sent";
    assert!(is_out, "{case}: {entry}");
    let creates = servers.creates(sink);
    let entry = build(project, 0, sink.name, case);
    assert_eq!(entry["code"], "already_sent", "{case}: {entry}");
    assert_eq!(servers.creates(sink), creates, "{case}");
    servers.check_others(sink.name, case);
    assert_eq!(servers.posts(sink.name), 1, "{case}");
}

/// Checks faults after which the post is certainly not there.
fn check_refusals(sink: &SinkCase) {
    let (method, path) = sink.create;
    // A renewed token is tried once under the same intent.
    for (answer, most) in [((sink.refused)(), 1), ((sink.unauthorized)(), 2)] {
        let servers = Servers::start();
        let project = servers.project();
        let case = format!("{} with {answer:?}", sink.name);
        let entry = fail(
            &servers,
            &project,
            sink,
            Fault::answer(method, path, answer),
            3,
        );
        assert_eq!(entry["outcome"], "failed", "{case}: {entry}");
        assert!((1..=most).contains(&servers.creates(sink)), "{case}");
        finish(&servers, &project, sink, &case);
    }
}

fn check_throttle(sink: &SinkCase) {
    let (method, path) = sink.create;
    let servers = Servers::start();
    let mut project = servers.project();
    let fault = Fault::answer(method, path, (sink.throttled)());
    let entry = fail(&servers, &project, sink, fault, 0);
    assert_eq!(entry["action"], "wait", "{entry}");
    let entry = build(&project, 0, sink.name, "throttled");
    assert_eq!(
        (&entry["action"], servers.creates(sink)),
        (&"wait".into(), 1),
        "{entry}"
    );
    servers.advance(&mut project, THROTTLE_IS_OVER);
    finish(&servers, &project, sink, "throttle is over");
}

/// Checks faults before the creating request, which is not sent.
fn check_preparation(sink: &SinkCase) {
    let Some((method, path)) = sink.prepare else {
        return;
    };
    for fault in [
        Fault::answer(method, path, Answer::empty(503)),
        Fault::answer(method, path, Answer::html(502, PAGE)),
        Fault::cut_after(method, path),
    ] {
        let servers = Servers::start();
        let project = servers.project();
        let case = format!("{} with {fault:?}", sink.name);
        let entry = fail(&servers, &project, sink, fault, 3);
        assert_eq!(entry["outcome"], "failed", "{case}: {entry}");
        assert_eq!(servers.creates(sink), 0, "{case}");
        finish(&servers, &project, sink, &case);
    }
}

/// Checks a server that refuses connections.
fn check_unreachable(sink: &SinkCase) {
    let servers = Servers::start();
    let mut project = servers.project();
    project.set_env(sink.url_variable, "http://127.0.0.1:1");
    let entry = build(&project, 3, sink.name, sink.name);
    assert_eq!(entry["outcome"], "failed", "{entry}");
    servers.check_others(sink.name, sink.name);
    project.set_env(sink.url_variable, servers.server(sink.name).url());
    finish(&servers, &project, sink, sink.name);
}

/// Checks faults after which the post may be there.
fn check_lost_answers(sink: &SinkCase) {
    let (method, path) = sink.create;
    for fault in [
        Fault::answer(method, path, Answer::empty(302).with("location", "/")),
        Fault::answer(method, path, Answer::empty(500)),
        Fault::answer_after(method, path, Answer::empty(504)),
        Fault::answer(method, path, Answer::html(502, PAGE)),
        Fault::answer_after(method, path, Answer::html(200, PAGE)),
        Fault::cut_before(method, path),
        Fault::cut_after(method, path),
    ] {
        let servers = Servers::start();
        let mut project = servers.project();
        let case = format!("{} with {fault:?}", sink.name);
        let entry = fail(&servers, &project, sink, fault, 4);
        assert_eq!(entry["outcome"], "unknown", "{case}: {entry}");
        resolve(&servers, &mut project, sink, &case);
        finish(&servers, &project, sink, &case);
    }
}

/// Resolves the open attempt of `sink`: by further builds, or by the answer of a user who looks at the platform.
fn resolve(servers: &Servers, project: &mut Project, sink: &SinkCase, case: &str) {
    let creates = servers.creates(sink);
    servers.advance(project, LATER);
    match sink.resolves {
        Resolves::Repeats => {
            finish(servers, project, sink, case);
        }
        Resolves::Reads if servers.posts(sink.name) == 0 => {
            // The request may still arrive.
            let entry = build(project, 4, sink.name, case);
            assert_eq!(entry["action"], "ask", "{case}: {entry}");
            assert_eq!(servers.creates(sink), creates, "{case}");
            servers.advance(project, LATER);
        }
        Resolves::Reads => {
            finish(servers, project, sink, case);
            assert_eq!(servers.creates(sink), creates, "{case}");
        }
        Resolves::Asks => {
            let entry = build(project, 4, sink.name, case);
            assert_eq!(entry["action"], "ask", "{case}: {entry}");
            assert_eq!(servers.creates(sink), creates, "{case}");
            let answer = match servers.posts(sink.name) {
                0 => "--not-sent".to_owned(),
                _ => format!("--sent {}", servers.address(sink.name)),
            };
            let settle = format!("settle {POST} --sink {} {answer}", sink.name);
            project.run(&settle).exits(0);
        }
    }
}

fn check_all(name: &str) {
    let sink = sink(name);
    check_refusals(sink);
    check_throttle(sink);
    check_preparation(sink);
    check_unreachable(sink);
    check_lost_answers(sink);
}

#[test]
fn linkedin_fault_leaves_others_sent() {
    check_all("linkedin");
}

#[test]
fn bluesky_fault_leaves_others_sent() {
    check_all("bluesky");
}

#[test]
fn mastodon_fault_leaves_others_sent() {
    check_all("mastodon");
}

#[test]
fn devto_fault_leaves_others_sent() {
    check_all("devto");
}

#[test]
fn chat_fault_leaves_others_sent() {
    check_all("chat");
}

/// Each case waits for the timeout of a request, so that all run at the same time.
#[test]
fn hanging_server_leaves_others_sent() {
    let check = |sink: &SinkCase| {
        let servers = Servers::start();
        let mut project = servers.project();
        let (method, path) = sink.create;
        servers.server(sink.name).inject(Fault::held(method, path));
        match sink.resolves {
            Resolves::Repeats => {
                let entry = build(&project, 0, sink.name, sink.name);
                assert_eq!(entry["outcome"], "sent", "{entry}");
                assert_eq!(servers.creates(sink), 2, "the repeat has the key");
            }
            Resolves::Reads | Resolves::Asks => {
                let entry = build(&project, 4, sink.name, sink.name);
                assert_eq!(entry["outcome"], "unknown", "{entry}");
                resolve(&servers, &mut project, sink, sink.name);
            }
        }
        finish(&servers, &project, sink, sink.name);
    };
    thread::scope(|scope| {
        for sink in SINKS {
            scope.spawn(move || check(sink));
        }
    });
}

#[test]
fn diagnostic_of_one_sink_leaves_others_sent() {
    let sink = sink("mastodon");
    let servers = Servers::start();
    let project = servers.project();
    let post = project.read(POST);
    let long = "word ".repeat(200);
    let with_text = post.replace(
        "lang: en",
        &format!("lang: en\nsyndicate: {{mastodon: {{commentary: \"{long}\"}}}}"),
    );
    project.write(POST, with_text);
    let entry = build(&project, 3, sink.name, "too long");
    assert_eq!(entry["code"], "text_too_long", "{entry}");
    servers.check_others(sink.name, "too long");
    assert_eq!(servers.creates(sink), 0);
    project.write(POST, post);
    finish(&servers, &project, sink, "corrected");
}
