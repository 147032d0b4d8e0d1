//! The login with an app password, and the renewal of its session.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::{Value, json};

use super::{PUT, build, project_behind_proxies, texts};
use crate::support::servers::{Pds, PdsAccount};
use crate::support::{Project, Proxy, ProxyFault, Run};

const CREATE: &str = "POST /xrpc/com.atproto.server.createSession";
const REFRESH: &str = "POST /xrpc/com.atproto.server.refreshSession";

/// A user who signed in, and whose sink has no password.
struct User {
    account: PdsAccount,
    project: Project,
    proxy: Proxy,
    _plc: Proxy,
    /// The configuration folder, which several projects can share.
    config: tempfile::TempDir,
}

impl User {
    fn signed_in(name: &str) -> Self {
        let (account, project, [proxy, plc]) = project_behind_proxies(Pds::shared(), name);
        let config = tempfile::tempdir().unwrap();
        let folder = config.path().to_str().unwrap();
        let user = Self {
            account,
            project: project
                .without_env("BLUESKY_APP_PASSWORD")
                .env("XDG_CONFIG_HOME", folder),
            proxy,
            _plc: plc,
            config,
        };
        user.login().exits(0);
        user
    }

    /// Runs `auth login` with the app password on standard input.
    fn login(&self) -> Run {
        let arguments = ["auth", "login", "bsky", "--secret-stdin"];
        let mut command = self.project.command(&arguments);
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        writeln!(stdin, "{}", self.account.app_password).unwrap();
        drop(stdin);
        Run::of(&arguments, child.wait_with_output().unwrap())
    }

    fn file(&self) -> PathBuf {
        let tokens = self.config.path().join("syndicate/tokens");
        tokens.join("bluesky/default.json")
    }

    fn session(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.file()).unwrap()).unwrap()
    }

    /// Makes the stored session look expired. The server still accepts it.
    fn expire(&self) {
        let mut session = self.session();
        session["issued"] = json!("2020-01-01T00:00:00Z");
        session["expires"] = json!("2020-01-01T02:00:00Z");
        std::fs::write(self.file(), session.to_string()).unwrap();
    }

    fn posts(&self) -> usize {
        texts(Pds::shared(), &self.account).len()
    }
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn login_stores_session_without_password() {
    let user = User::signed_in("login");
    let text = user.session().to_string();
    assert!(!text.contains(&user.account.app_password), "{text}");
    assert_eq!(user.session()["account"], user.account.did.as_str());
    let handle = user.account.handle.as_str();
    let status = user.project.run("auth status").exits(0);
    status.says(&[handle, "renewed when it expires"]);
    user.project.run("check").exits(0).says(&["found a login"]);
    assert_eq!(build(&user.project, 0)["outcome"], "sent");
    assert_eq!(user.proxy.requests(CREATE), 1, "only by the login");

    let session = user.session();
    user.project
        .run("auth logout bsky")
        .exits(0)
        .says(&["signed out"]);
    assert!(!user.file().exists());
    let token = session["refresh_token"].as_str().unwrap();
    let refresh = "com.atproto.server.refreshSession";
    let refused = Pds::shared().call(refresh, token, &json!({}));
    assert_eq!(refused.status, 400, "the session is revoked");
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn wrong_password_stores_nothing() {
    let mut user = User::signed_in("typo");
    let before = user.session();
    user.account.app_password = "abcd-efgh-ijkl-mnop".to_owned();
    let refused = user.login().exits(1);
    assert!(!refused.stderr.contains("abcd-efgh"), "{refused}");
    assert_eq!(user.session(), before);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn refused_token_is_renewed_and_stored() {
    let user = User::signed_in("refused");
    let before = user.session();
    let body = r#"{"error":"ExpiredToken","message":"Token has expired"}"#;
    let length = body.len();
    let refusal = format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    user.proxy
        .fault(PUT, 1, ProxyFault::ReplaceRequest(refusal.into_bytes()));
    assert_eq!(build(&user.project, 0)["outcome"], "sent");
    assert_eq!(
        (user.proxy.requests(PUT), user.proxy.requests(REFRESH)),
        (2, 1)
    );
    let after = user.session();
    assert_ne!(after["refresh_token"], before["refresh_token"]);
    assert_eq!(after["renewal_started"], Value::Null);
    assert_eq!(user.posts(), 1);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn parallel_processes_renew_once() {
    let user = User::signed_in("parallel");
    user.expire();
    let arguments = ["check", "--online", "--json"];
    let start = || {
        let mut command = user.project.command(&arguments);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let running: Vec<_> = (0..4).map(|_| start()).collect();
    for child in running {
        let run = Run::of(&arguments, child.wait_with_output().unwrap());
        assert!(run.stdout.contains("signed in as"), "{run}");
    }
    assert_eq!(user.proxy.requests(REFRESH), 1);
    assert_eq!(build(&user.project, 0)["outcome"], "sent");
    assert_eq!(user.proxy.requests(REFRESH), 1);
}

#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn unwritable_session_is_not_renewed() {
    let user = User::signed_in("readonly");
    user.expire();
    let before = user.session();
    let locks = user.config.path().join("syndicate/token-locks");
    std::fs::remove_dir_all(&locks).unwrap();
    std::fs::write(&locks, "").unwrap();
    let reason = ["cannot be stored", "XDG_CONFIG_HOME"];
    user.project.run("check").says(&reason);
    assert_eq!(build(&user.project, 3)["code"], "token_expired");
    assert_eq!(user.proxy.requests(REFRESH), 0);
    assert_eq!(user.session(), before);
    std::fs::remove_file(&locks).unwrap();
    assert_eq!(build(&user.project, 0)["outcome"], "sent");
    assert_eq!((user.proxy.requests(REFRESH), user.posts()), (1, 1));
}

/// The server has replaced the refresh token, and accepts the old one again for two hours.
#[test]
#[ignore = "needs the Bluesky PDS: tests/run installs it"]
fn lost_renewal_is_repeated_by_next_run() {
    let user = User::signed_in("answer");
    user.expire();
    user.proxy.fault_all(REFRESH, ProxyFault::CutAnswer);
    let entry = build(&user.project, 3);
    assert_eq!(entry["code"], "unavailable", "{entry}");
    let status = user.project.run("auth status");
    status.says(&["no answer on", "the next use repeats it"]);
    user.proxy.clear();
    assert_eq!(build(&user.project, 0)["outcome"], "sent");
    assert_eq!(user.posts(), 1);
}
