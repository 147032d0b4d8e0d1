//! Lost answers and refusals. Each case ends with one post.

use std::process::Stdio;
use std::time::Duration;

use super::{PUT, build, events, project_behind_proxies, texts};
use crate::support::ProxyFault;
use crate::support::servers::Pds;

/// The request is repeated while the run still lives. The server makes one commit.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn repeat_after_cut_answer_makes_one_commit() {
    for fault in [
        ProxyFault::CutAnswer,
        ProxyFault::CutAnswerAt(20),
        ProxyFault::ReplaceAnswer(
            b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n".to_vec(),
        ),
    ] {
        let pds = Pds::shared();
        let (account, project, [proxy, _plc]) = project_behind_proxies(pds, "cut");
        proxy.fault(PUT, 1, fault.clone());
        proxy.fault(PUT, 2, ProxyFault::Delay(Duration::from_secs(1)));
        let mut command = project.command(&["build"]);
        let child = command.stdout(Stdio::piped()).spawn().unwrap();
        // The second request waits before the server, which has processed the first.
        proxy.wait_for(PUT, 2);
        assert_eq!(texts(pds, &account).len(), 1, "{fault:?}");
        let revision = pds.revision(&account.did);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{fault:?}");
        assert_eq!(pds.revision(&account.did), revision, "{fault:?}");
        assert_eq!(texts(pds, &account).len(), 1, "{fault:?}");
        assert_eq!(events(&project, "intent").len(), 1, "{fault:?}");
    }
}

/// No answer arrives in one run. The next one finds the post.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn lost_answers_are_resolved_by_next_run() {
    for fault in [ProxyFault::CutAnswer, ProxyFault::CutRequest] {
        let pds = Pds::shared();
        let (account, project, [proxy, _plc]) = project_behind_proxies(pds, "lost");
        proxy.fault_all(PUT, fault.clone());
        project.run("build").exits(4);
        proxy.clear();
        project.run("build").exits(0);
        assert_eq!(texts(pds, &account).len(), 1, "{fault:?}");
        let status = project.run("status").exits(0);
        assert!(!status.stdout.contains("unknown"), "{status}");
    }
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn expired_token_is_renewed_under_same_intent() {
    let pds = Pds::shared();
    let (account, project, [proxy, _plc]) = project_behind_proxies(pds, "renews");
    let body = r#"{"error":"ExpiredToken","message":"Token has expired"}"#;
    let refusal = format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    proxy.fault(PUT, 1, ProxyFault::ReplaceRequest(refusal.into_bytes()));
    assert_eq!(build(&project, 0)["outcome"], "sent");
    assert_eq!(
        proxy.requests("POST /xrpc/com.atproto.server.refreshSession"),
        1
    );
    assert_eq!(
        proxy.requests("POST /xrpc/com.atproto.server.createSession"),
        1
    );
    assert_eq!(proxy.requests(PUT), 2);
    assert_eq!(events(&project, "intent").len(), 1);
    assert_eq!(texts(pds, &account).len(), 1);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn wrong_password_sends_nothing() {
    let pds = Pds::shared();
    let (account, mut project, [proxy, _plc]) = project_behind_proxies(pds, "wrong");
    project.set_env("BLUESKY_APP_PASSWORD", "abcd-efgh-ijkl-mnop");
    let entry = build(&project, 3);
    assert_eq!(entry["code"], "unauthorized", "{entry}");
    assert_eq!(proxy.requests(PUT), 0);
    project.set_env("BLUESKY_APP_PASSWORD", &account.app_password);
    assert_eq!(build(&project, 0)["outcome"], "sent");
}

/// An edit of the post after a crash does not change what is repeated.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn edit_after_lost_answer_keeps_one_post() {
    let pds = Pds::shared();
    let (account, project, [proxy, _plc]) = project_behind_proxies(pds, "edits");
    proxy.fault_all(PUT, ProxyFault::CutAnswer);
    project.run("build").exits(4);
    proxy.clear();
    let project = project.post("posts/one.md", "title: One, corrected\ndate: 2026-11-20");
    project.run("build").exits(0);
    let texts = texts(pds, &account);
    assert_eq!(texts, ["One: blog.example.org/one/ #rust"]);
}
