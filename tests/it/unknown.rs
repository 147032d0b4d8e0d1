//! Unknown outcomes: a post that may exist on the platform is never sent again automatically.

use crate::build::pipeline;
use crate::support::{GateAction, Platform, Project, RawServer};

/// Returns a project that needs only the create request.
pub(crate) fn project(server: &RawServer) -> Project {
    let options = "author: 'urn:li:person:me', thumbnail: skip";
    Project::with_pipeline(&pipeline(&server.url).replace("token:", &format!("{options}, token:")))
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
}

#[test]
fn unclear_response_is_unknown_outcome() {
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
        let server = RawServer::answering(answer);
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
            .says(&["unknown", "check the platform"]);
    }
}

#[test]
fn truncated_success_counts_as_sent() {
    let server = RawServer::answering(
        b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:7\r\ncontent-length: 100\r\n\r\n{\"half",
    );
    let project = project(&server);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["outcome"], "sent");
    assert_eq!(plan["plan"][0]["receipt"]["id"], "urn:li:share:7");
}

#[test]
fn slow_response_counts_as_sent() {
    let server = RawServer::answering_slowly(
        b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:7\r\ncontent-length: 0\r\n\r\n",
    );
    let plan = project(&server).run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["receipt"]["id"], "urn:li:share:7");
}

#[test]
fn closed_connection_is_unknown_outcome() {
    // The request may be in the server's buffers, so it counts as sent.
    let server = RawServer::closing();
    let project = project(&server);
    let plan = project.run("build --json").exits(4).json();
    assert_eq!(plan["plan"][0]["outcome"], "unknown");
    project.run("build --json").exits(4);
    assert_eq!(server.requests(), 1);
}

#[test]
fn failed_connection_is_retried() {
    // No other test can get this port, unlike one that was bound and closed again.
    let address = "127.0.0.1:1";
    let server = RawServer::answering(b"");
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
fn failed_handshake_is_not_sent() {
    let server = RawServer::closing();
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
fn daily_limit_waits_until_midnight() {
    let server = RawServer::answering(
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
fn intent_is_written_before_request() {
    let server = RawServer::answering(b"");
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

    let read_only = RawServer::answering(b"");
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
fn settle_records_unknown_outcome() {
    let server = RawServer::answering(b"");
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
    assert_eq!(server.requests(), 2, "a settled post may be sent again");

    project
        .run("settle https://blog.example.org/one/ --sent urn:li:share:9")
        .exits(0);
    let plan = project.run("build --json").exits(0).json();
    assert_eq!(plan["plan"][0]["code"], "already_sent");
    assert_eq!(server.requests(), 2);
    project.run("settle").exits(0).says(&["0 open"]);
}

/// Returns a project whose first create request gets no clear response.
fn in_doubt(platform: &Platform, options: &str) -> Project {
    let pipeline = pipeline(&platform.url).replace("token:", &format!("{options}token:"));
    Project::with_pipeline(&pipeline)
        .with_ledger()
        .picture("posts/a.png", 60, 31)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

#[test]
fn probe_resolves_unknown_outcome() {
    for stop in [GateAction::LoseResponse, GateAction::RefuseRequest] {
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
fn next_run_probes_open_intent() {
    for (stop, now, probed) in [
        (GateAction::BlockResponse, "2026-11-22T12:01:00Z", true),
        (GateAction::BlockRequest, "2026-11-22T12:01:00Z", true),
        (GateAction::BlockResponse, "2026-11-22T12:10:01Z", false),
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
fn probe_is_refused_outside_window() {
    for stop in [GateAction::LoseResponse, GateAction::RefuseRequest] {
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
        // An edit does not matter, because the journal has the request.
        let post = project.read("posts/one.md");
        project.write("posts/one.md", post.replace("One", "Uno"));
        project
            .run("settle posts/one.md --probe")
            .exits(0)
            .says(&["settled as sent"]);
        assert_eq!(platform.feed().len(), 1, "{stop:?}");
        project.write("posts/one.md", post);
        project.run("build").exits(0).says(&["already_sent"]);
    }
}

/// Two items may have equal payloads, so that the platform refuses the repetition as a duplicate of the other's post.
#[test]
fn probe_takes_no_post_of_other_item() {
    let (platform, _gate) = Platform::gated("POST", "/rest/posts", GateAction::RefuseRequest);
    let options = "post: text, commentary: There is a new post., ";
    let project = in_doubt(&platform, options).post("posts/two.md", "title: Two\ndate: 2026-11-21");
    project.run("build").exits(4);
    assert_eq!(platform.feed().len(), 1);
    let project = project.env("SYNDICATE_NOW", "2026-11-22T12:01:00Z");
    project
        .run("settle posts/one.md --probe")
        .exits(1)
        .says(&["proves nothing"]);
    let plan = project.run("build --json").exits(4).json();
    assert_eq!(plan["plan"][0]["code"], "outcome_unknown");
    let reason = plan["plan"][0]["reason"].as_str().unwrap();
    assert!(
        reason.contains("is on record as the post of `https://blog.example.org/two`"),
        "{reason}"
    );
}

/// The platform still refuses the text of a retracted post.
#[test]
fn probe_takes_no_retracted_post() {
    let platform = Platform::start();
    let project = in_doubt(&platform, "thumbnail: skip, ");
    project.run("build").exits(0);
    let author = platform.feed()[0]["author"].as_str().unwrap().to_owned();
    project.run("retract posts/one.md").exits(0);
    let silent = RawServer::closing();
    let yaml = project.read("pipeline.yaml");
    let elsewhere = yaml
        .replace(&platform.url, &silent.url)
        .replace("token:", &format!("author: '{author}', token:"));
    project.write("pipeline.yaml", elsewhere);
    project.run("build --only posts/one.md").exits(4);
    project.write("pipeline.yaml", yaml);
    let project = project.env("SYNDICATE_NOW", "2026-11-22T12:01:00Z");
    project
        .run("settle posts/one.md --probe")
        .exits(1)
        .says(&["proves nothing"]);
    project
        .run("status")
        .exits(0)
        .says(&["was retracted on 2026-11-22"]);
}

#[test]
fn unknown_of_removed_post_or_sink_stays_reported() {
    let server = RawServer::answering(b"");
    let project =
        project(&server).post("posts/two.md", "title: Two\ndate: 2026-11-20\ndraft: true");
    project.run("build").exits(4);
    let says = |command: &str, code| {
        let run = project.run(command).exits(code);
        run.says(&[
            "[outcome_unknown]",
            "`syndicate settle https://blog.example.org/one`",
        ]);
    };
    // Another post is selected, by name or not at all.
    says("build --only posts/two.md", 4);
    std::fs::remove_file(project.path("posts/one.md")).unwrap();
    says("build", 4);
    says("build --dry-run", 4);
    says("preview", 0);
    project.run("status").exits(0).says(&["unknown"]);
    let yaml = project.read("pipeline.yaml");
    project.write(
        "pipeline.yaml",
        yaml.replace("linkedin: {type", "other: {type"),
    );
    says("build", 4);
    project
        .run("settle https://blog.example.org/one --not-sent")
        .exits(0);
    project.run("build").exits(0);
    assert_eq!(server.requests(), 1);
}
