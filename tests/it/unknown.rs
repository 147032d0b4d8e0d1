//! What may have gone out is never sent again by itself.

use crate::build::pipeline;
use crate::support::{Platform, Project, Raw, Stop};

/// A project whose only request is the creating one.
pub(crate) fn project(server: &Raw) -> Project {
    let options = "author: 'urn:li:person:me', thumbnail: skip";
    Project::with_pipeline(&pipeline(&server.url).replace("token:", &format!("{options}, token:")))
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
}

#[test]
fn without_a_clear_answer_the_outcome_is_unknown_and_stays_so() {
    for (what, answer) in [
        ("cut off", &b""[..]),
        ("half a head", b"HTTP/1.1 20"),
        (
            "created without an id",
            b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n",
        ),
        ("500", b"HTTP/1.1 500 Oops\r\ncontent-length: 2\r\n\r\n{}"),
        (
            "502 in HTML",
            b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n<html>",
        ),
        ("503", b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"),
        (
            "504 after accepting",
            b"HTTP/1.1 504 Timeout\r\ncontent-length: 0\r\n\r\n",
        ),
        (
            "a welcome page instead of an answer",
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>",
        ),
    ] {
        let server = Raw::answering(answer);
        let project = project(&server);
        let plan = project.run("build --json").exits(4).json();
        assert_eq!(plan["plan"][0]["outcome"], "unknown", "{what}");
        let next = plan["plan"][0]["next"].as_str().unwrap();
        assert!(next.contains("`syndicate settle posts/one.md"), "{next}");
        assert_eq!(plan["plan"][0]["code"], "outcome_unknown", "{what}");
        let plan = project.run("build --json").exits(4).json();
        assert_eq!(plan["plan"][0]["action"], "ask", "{what}");
        project.run("build --only posts/one.md").exits(4);
        assert_eq!(server.requests(), 1, "{what}: one request and no more");
        project
            .run("status")
            .exits(0)
            .says(&["unknown", "look at the platform"]);
    }
}

#[test]
fn a_created_post_counts_even_when_its_answer_breaks_off() {
    let server = Raw::answering(
        b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:7\r\ncontent-length: 100\r\n\r\n{\"half",
    );
    let project = project(&server);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["outcome"], "sent");
    assert_eq!(plan["plan"][0]["receipt"]["id"], "urn:li:share:7");
}

#[test]
fn a_slow_answer_is_an_answer() {
    let server = Raw::dribbling(
        b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:7\r\ncontent-length: 0\r\n\r\n",
    );
    let plan = project(&server).run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["receipt"]["id"], "urn:li:share:7");
}

#[test]
fn a_connection_that_is_cut_before_anything_was_read_is_unknown_all_the_same() {
    // What was written may lie in the other side's buffers: it was accepted as far as we can tell.
    let server = Raw::hanging_up();
    let project = project(&server);
    let plan = project.run("build --json").exits(4).json();
    assert_eq!(plan["plan"][0]["outcome"], "unknown");
    project.run("build --json").exits(4);
    assert_eq!(server.requests(), 1);
}

#[test]
fn a_connection_that_never_came_about_is_repeated_and_leaves_the_post_free() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let server = Raw::answering(b"");
    let project = project(&server);
    let pipeline = project.read("pipeline.yaml");
    let elsewhere = pipeline.replace(&server.url, &format!("http://{address}"));
    project.write("pipeline.yaml", elsewhere);
    let plan = project.run("build --json").exits(3).json();
    assert_eq!(plan["plan"][0]["outcome"], "failed");
    assert_eq!(plan["plan"][0]["code"], "unavailable");
    assert_eq!(plan["plan"][0]["next"], "`syndicate build --failed`");
    let platform = Platform::start();
    let mended = pipeline.replace(&server.url, &platform.url);
    project.write(
        "pipeline.yaml",
        mended.replace("author: 'urn:li:person:me', ", ""),
    );
    project.run("build --failed").exits(0).says(&["sent"]);
    assert_eq!(platform.feed().len(), 1);
}

#[test]
fn a_handshake_that_fails_leaves_the_post_free() {
    let server = Raw::hanging_up();
    let project = project(&server);
    let pipeline = project.read("pipeline.yaml");
    project.write(
        "pipeline.yaml",
        pipeline.replace("http://127", "https://127"),
    );
    let plan = project.run("build --json").exits(3).json();
    assert_eq!(plan["plan"][0]["outcome"], "failed");
    assert_eq!(plan["plan"][0]["code"], "unavailable");
    assert!(
        server.requests() > 1,
        "nothing was sent, so it is tried again"
    );
}

#[test]
fn a_platform_that_had_enough_for_today_is_left_alone_until_midnight() {
    let server = Raw::answering(
        b"HTTP/1.1 429 Too Many\r\ncontent-length: 93\r\n\r\n{\"serviceErrorCode\":101,\"message\":\"Resource level throttle MEMBER DAY limit\",\"status\":429}   ",
    );
    let project = project(&server).post("posts/two.md", "title: Two\ndate: 2026-11-21");
    let plan = project.run("build --json").exits(0).json();
    for entry in plan["plan"].as_array().unwrap() {
        assert_eq!(entry["action"], "wait", "{entry}");
        assert_eq!(entry["code"], "throttled");
        let reason = entry["reason"].as_str().unwrap();
        assert!(reason.contains("2026-11-23 00:00 UTC"), "{reason}");
    }
    assert_eq!(server.requests(), 1, "the second is not even tried");
    project.run("build --fail-on wait").exits(3);
    assert_eq!(
        server.requests(),
        1,
        "and neither is the first, on the same day"
    );
    let project = project.env("SYNDICATE_NOW", "2026-11-23T00:00:00Z");
    project.run("build").exits(0);
    assert_eq!(server.requests(), 2);
}

#[test]
fn the_intent_is_on_disk_before_the_request_leaves() {
    let server = Raw::answering(b"");
    let project = project(&server);
    project.run("build").exits(4);
    let kinds: Vec<String> = project
        .read("syndicate.ledger.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["kind"].to_string())
        .collect();
    assert_eq!(
        kinds,
        ["\"created\"", "\"known\"", "\"intent\"", "\"unknown\""]
    );

    let read_only = Raw::answering(b"");
    let project = self::project(&read_only);
    let file = project.path("syndicate.ledger.jsonl");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    project.run("build").exits(1).says(&["ledger"]);
    assert_eq!(
        read_only.requests(),
        0,
        "nothing leaves that cannot be recorded"
    );
}

#[test]
fn a_person_settles_what_no_answer_told() {
    let server = Raw::answering(b"");
    let project = project(&server);
    project.run("build").exits(4).says(&["syndicate settle"]);
    project
        .run("settle")
        .exits(0)
        .says(&["1 open", "blog.example.org/one"]);
    project
        .run("settle posts/other.md --not-sent")
        .exits(1)
        .says(&["nothing about `posts/other.md`"]);

    project
        .run("settle posts/one.md --not-sent")
        .exits(0)
        .says(&["settled as not sent"]);
    project.run("build").exits(4);
    assert_eq!(
        server.requests(),
        2,
        "it may be sent again once somebody looked"
    );

    project
        .run("settle https://blog.example.org/one/ --sent urn:li:share:9")
        .exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
    assert_eq!(server.requests(), 2);
    project.run("settle").exits(0).says(&["0 open"]);
}

/// A project whose creating request gets no clear answer the first time.
fn in_doubt(platform: &Platform, options: &str) -> Project {
    let pipeline = pipeline(&platform.url).replace("token:", &format!("{options}token:"));
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn a_sink_that_may_probe_finds_out_by_itself() {
    for stop in [Stop::Lost, Stop::Refused] {
        let (platform, _gate) = Platform::gated("POST", "/rest/posts", stop);
        let project = in_doubt(&platform, "on_unknown: probe, ");
        let plan = project.run("build --json").exits(0).json();
        assert_eq!(plan["plan"][0]["outcome"], "sent", "{stop:?}");
        assert_eq!(platform.feed().len(), 1, "{stop:?}");
        assert_eq!(plan["plan"][0]["receipt"]["id"], platform.feed()[0]["id"]);
        project.run("build").exits(0).says(&["already_sent"]);
    }
}

#[test]
fn the_next_run_finds_out_what_a_dead_one_left_open() {
    for (stop, now, probed) in [
        (Stop::After, "2026-11-22T12:01:00Z", true),
        (Stop::Before, "2026-11-22T12:01:00Z", true),
        (Stop::After, "2026-11-22T12:10:01Z", false),
    ] {
        let (platform, gate) = Platform::gated("POST", "/rest/posts", stop);
        let project = in_doubt(&platform, "on_unknown: probe, ");
        let mut child = project
            .command(&["build"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        gate.wait();
        child.kill().unwrap();
        child.wait().unwrap();
        gate.open();
        let project = project.env("SYNDICATE_NOW", now);
        let (code, exit) = match probed {
            true => ("already_sent", 0),
            false => ("outcome_unknown", 4),
        };
        let plan = project.run("build --json").exits(exit).json();
        assert_eq!(plan["plan"][0]["code"], code, "{stop:?} {now}");
        assert_eq!(platform.feed().len(), 1, "{stop:?} {now}");
        let probes = project
            .read("syndicate.ledger.jsonl")
            .matches("\"probed\"")
            .count();
        assert_eq!(probes, usize::from(probed), "{stop:?} {now}");
    }
}

#[test]
fn a_person_may_probe_in_the_window_and_not_outside() {
    for stop in [Stop::Lost, Stop::Refused] {
        let (platform, _gate) = Platform::gated("POST", "/rest/posts", stop);
        let project = in_doubt(&platform, "");
        project.run("build").exits(4);
        project
            .run("settle posts/one.md --probe")
            .exits(1)
            .says(&["too early"]);
        let project = project.env("SYNDICATE_NOW", "2026-11-22T12:10:01Z");
        project
            .run("settle posts/one.md --probe")
            .exits(1)
            .says(&["too late"]);
        let project = project.env("SYNDICATE_NOW", "2026-11-22T12:01:00Z");
        let post = project.read("posts/one.md");
        project.write("posts/one.md", post.replace("One", "Uno"));
        project
            .run("settle posts/one.md --probe")
            .exits(1)
            .says(&["has changed"]);
        project.write("posts/one.md", post);
        project
            .run("settle posts/one.md --probe")
            .exits(0)
            .says(&["settled as sent"]);
        assert_eq!(platform.feed().len(), 1, "{stop:?}");
        project.run("build").exits(0).says(&["already_sent"]);
    }
}
