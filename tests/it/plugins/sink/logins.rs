//! Sinks whose token comes from a login: a session of a password, or OAuth 2.0.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use platform_fakes::{Answer, Fake, Platform, Request};
use serde_json::{Value, json};

use super::super::with_python;
use super::journal::build;
use crate::support::oauth::{CLIENT_SECRET, renewable, token};
use crate::support::{Login, OAuth, Project};

const PASSWORD: &str = "club-Password-4711";

/// A plugin for the server. `AUTH` is its rule for credentials.
const PLUGIN: &str = r#"
hello("sink", platform="Club", endpoint="{site}", SECRETS,
    options={"required": ["site"], "properties": {"site": {"type": "string"}, "name": {"type": "string"}}},
    capabilities={"account": True})

for id, request in requests():
    do = request.get("do")
    if do == "limits":
        say({"id": id, "ok": {"text": [{"count": "graphemes", "limit": 300}]}})
    elif do == "compose":
        say({"id": id, "ok": {"steps": [{"name": "post", "role": "create",
            "request": {"method": "POST", "path": ["posts"], "json": {"text": request["post"]["text"]}},
            "answers": [{"status": 201, "is": "sent", "receipt": {"id": "/id"}},
                {"status": 401, "at": "/error", "is": "unauthorized", "say": "/error"}]}]}})
    elif do == "account":
        say({"id": id, "call": [{"method": "GET", "path": ["me"]}]})
        [me] = json.loads(sys.stdin.readline())["answers"]
        if me["status"] == 200:
            say({"id": id, "ok": {"id": me["json"]["id"], "name": me["json"]["name"]}})
        else:
            say({"id": id, "error": {"is": "unauthorized", "message": "the club does not know you"}})
    elif "cancel" not in request:
        say({"id": id, "ok": {}})
"#;

/// The credentials of a session.
const SESSION: &str = r#"wants={"secrets": {"password": []}}, auth=[{"kind": "session", "user": "{name}", "secret": "password",
    "login": {"method": "POST", "path": ["session"], "json": {"name": {"$slot": "user"}, "password": {"$slot": "secret"}}},
    "renew": {"method": "POST", "path": ["session", "renew"]},
    "token": "/tokens/access", "refresh_token": "/tokens/refresh", "expires_in": "/lifetime"}]"#;

/// The credentials of OAuth 2.0.
const OAUTH: &str = r#"wants={"secrets": {"client_id": [], "client_secret": ["{name}"]}}, auth=[{"kind": "oauth2",
    "client_id": "client_id", "client_secret": "client_secret", "scopes": ["read", "write"],
    "authorize": "{name}/oauth/v2/authorization", "token": "{name}/oauth/v2/accessToken",
    "setup": "add {redirect} to your app"}]"#;

/// The state of the server.
#[derive(Debug, Default)]
struct State {
    /// The access token that is valid, and the number of sessions so far.
    access: String,
    sessions: usize,
    refuses_renewal: bool,
    posts: Vec<Value>,
}

/// The rules of the server.
struct Rules(Arc<Mutex<State>>);

impl Platform for Rules {
    fn answer(&mut self, request: &Request, _: &str, _: Timestamp) -> Answer {
        let mut state = self.0.lock().unwrap();
        let authorization = request.header("authorization").unwrap_or_default();
        let refused = || Answer::json(401, &json!({"error": "no such credential"}));
        match (request.method.as_str(), &*request.path) {
            ("POST", "/session")
                if request.json() == json!({"name": "ann", "password": PASSWORD}) =>
            {
                session(&mut state)
            }
            ("POST", "/session/renew") => {
                let refresh = format!("Bearer club-refresh-{}", state.sessions);
                match authorization == refresh && !state.refuses_renewal {
                    true => session(&mut state),
                    false => refused(),
                }
            }
            _ if authorization != format!("Bearer {}", state.access) => refused(),
            ("GET", "/me") => Answer::json(200, &json!({"id": "u1", "name": "@ann"})),
            ("POST", "/posts") => {
                state.posts.push(request.json());
                Answer::json(201, &json!({"id": state.posts.len().to_string()}))
            }
            _ => Answer::empty(404),
        }
    }
}

/// Starts a new session, whose tokens replace the earlier ones.
fn session(state: &mut State) -> Answer {
    state.sessions += 1;
    let number = state.sessions;
    state.access = format!("club-access-{number}");
    let tokens = json!({"access": state.access, "refresh": format!("club-refresh-{number}")});
    Answer::json(200, &json!({"tokens": tokens, "lifetime": 3600}))
}

struct Club {
    fake: Fake<Rules>,
    state: Arc<Mutex<State>>,
}

impl Club {
    fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let fake = Fake::start(Rules(Arc::clone(&state)), || {
            crate::support::project::NOW.parse().unwrap()
        });
        Self { fake, state }
    }

    /// Returns a project whose plugin has these credentials, with these options.
    fn project(&self, credentials: &str, options: &str) -> Project {
        let script = PLUGIN.replace("SECRETS", credentials);
        let site = self.fake.url();
        let project = Project::with_pipeline(&format!(
            "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", \
             permalink: \"/:slug/\"}}\nsinks:\n  club: {{type: test, site: \"{site}\", timeout: 20s, {options}}}\n\
             policy: {{since: 2026-11-01, live_check: false, max_per_run: 10}}\n"
        ));
        let project = project
            .with_ledger()
            .post("posts/one.md", "title: One\ndate: 2026-11-20");
        with_python(project, &script)
    }

    fn with_session(&self) -> Project {
        let project = self.project(SESSION, "name: ann, password: \"${CLUB_PASSWORD}\"");
        project.env("CLUB_PASSWORD", PASSWORD)
    }

    fn with_oauth(&self, oauth: &OAuth, more: &str) -> Project {
        let options = format!(
            "name: \"{}\", client_id: \"${{CLUB_ID}}\", client_secret: \"${{CLUB_SECRET}}\"{more}",
            oauth.url
        );
        let project = self.project(OAUTH, &options);
        project
            .env("CLUB_ID", "86app")
            .env("CLUB_SECRET", CLIENT_SECRET)
    }

    fn count(&self, path: &str) -> usize {
        let requests = self.fake.requests();
        requests
            .iter()
            .filter(|request| request.path == path)
            .count()
    }

    fn posts(&self) -> usize {
        self.state.lock().unwrap().posts.len()
    }

    /// Makes the server forget the access token.
    fn expire(&self) {
        self.state.lock().unwrap().access = "another".to_owned();
    }
}

#[test]
fn session_is_used_by_later_runs() {
    let club = Club::start();
    let project = club.with_session();
    project.run("preview").exits(0);
    assert_eq!(club.count("/session"), 0);
    assert_eq!(build(&project, 0)["outcome"], "sent");
    project.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\nText.\n",
    );
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!((club.posts(), club.count("/session")), (2, 1));
    let ledger = project.read("syndicate.ledger.jsonl");
    assert!(!ledger.contains("club-access") && !ledger.contains(PASSWORD));
}

#[test]
fn refused_token_is_renewed_once() {
    let club = Club::start();
    let project = club.with_session();
    build(&project, 0);
    for (title, refuses) in [("Two", false), ("Three", true)] {
        // A new account is not known, so the first request is one of a dialogue; then it is the creating request.
        club.expire();
        club.state.lock().unwrap().refuses_renewal = refuses;
        project.write(
            &format!("posts/{title}.md"),
            format!("---\ntitle: {title}\nslug: {title}\ndate: 2026-11-21\n---\nText.\n"),
        );
        project.run("build").exits(0).says(&["1 sent"]);
    }
    assert_eq!(club.posts(), 3);
    assert_eq!(
        (club.count("/session"), club.count("/session/renew")),
        (2, 2)
    );
}

#[test]
fn dialogue_renews_refused_token() {
    let club = Club::start();
    let project = club.with_session();
    build(&project, 0);
    club.expire();
    // Without the remembered account, it is asked for again.
    std::fs::remove_dir_all(project.path(".home/.cache")).ok();
    project.write(
        "posts/two.md",
        "---\ntitle: Two\ndate: 2026-11-21\n---\nText.\n",
    );
    project.run("build").exits(0).says(&["1 sent"]);
    assert_eq!((club.posts(), club.count("/session/renew")), (2, 1));
}

#[test]
fn wrong_password_is_an_error() {
    let club = Club::start();
    let project = club.with_session().env("CLUB_PASSWORD", "wrong-Password-1");
    let run = project.run("build").exits(3);
    let run = run.says(&[
        "Club answered the login with status 401",
        "no such credential",
        "correct the user name",
    ]);
    assert!(!run.stdout.contains("wrong-Password") && !run.stderr.contains("wrong-Password"));
    assert_eq!(club.posts(), 0);
    let project = project.without_env("CLUB_PASSWORD");
    project
        .run("check --offline")
        .exits(1)
        .says(&["CLUB_PASSWORD"]);
    project
        .run("auth login club")
        .exits(2)
        .says(&["`club` has no sign-in"]);
}

#[test]
fn user_signs_in_with_oauth() {
    let (club, oauth) = (Club::start(), OAuth::with_tokens(&[token("club-member")]));
    club.state.lock().unwrap().access = "club-member".to_owned();
    let project = club.with_oauth(&oauth, "");
    project
        .run("build")
        .exits(3)
        .says(&["run `syndicate auth login club`"]);
    let login = Login::at(&project, "club");
    assert_eq!(login.parameter("scope"), "read write");
    login.consent().exits(0).says(&["@ann", "add http"]);
    project
        .run("check --offline")
        .says(&["the profile `default` is signed in as @ann"]);
    project.run("auth status").exits(0).says(&["@ann"]);
    let preview = project.run("preview --json").exits(0).json();
    assert_eq!(preview["plan"][0]["sender"]["name"], "@ann");
    assert_eq!(build(&project, 0)["outcome"], "sent");
    assert_eq!(club.posts(), 1);
    project.run("auth logout club").exits(0);
    project
        .run("check --offline")
        .exits(1)
        .says(&["not signed in"]);
}

#[test]
fn refused_token_of_oauth_is_renewed() {
    let oauth = OAuth::with_tokens(&[renewable("club-member", 86_400), token("club-renewed")]);
    let club = Club::start();
    club.state.lock().unwrap().access = "club-member".to_owned();
    let project = club.with_oauth(&oauth, ", profile: work");
    Login::at(&project, "club")
        .consent()
        .exits(0)
        .says(&["work"]);
    club.state.lock().unwrap().access = "club-renewed".to_owned();
    assert_eq!(build(&project, 0)["outcome"], "sent");
    assert_eq!((club.posts(), oauth.requests("accessToken").len()), (1, 2));
}

#[test]
fn oauth_hosts_and_options_are_checked() {
    let (club, oauth) = (Club::start(), OAuth::with_tokens(&[token("t")]));
    let foreign = OAUTH.replace("{name}/oauth/v2/accessToken", "https://id.example/token");
    let project = club.project(
        &foreign,
        &format!(
            "name: \"{}\", client_id: a, client_secret: \"${{B}}\"",
            oauth.url
        ),
    );
    project
        .run("preview")
        .exits(1)
        .says(&["sends requests to `id.example`, which is not granted"]);
    let project = club.project(SESSION, "name: ann, password: \"${P}\", profile: work");
    project.run("preview").exits(1).says(&[
        "plugin `test` has no `syndicate auth login`",
        "remove `profile`",
    ]);
    let unbound = OAUTH.replace(r#"["{name}"]"#, "[]");
    let options = format!(
        "name: \"{}\", client_id: a, client_secret: \"${{B}}\"",
        oauth.url
    );
    let project = club.project(&unbound, &options);
    project.run("preview").exits(1).says(&[
        "plugin `test` would send the secret `client_secret` to",
        "`wants.secrets` does not bind it",
    ]);
    let anonymous = PLUGIN.replace(r#"capabilities={"account": True}"#, "capabilities={}");
    let project = club.with_oauth(&oauth, "");
    let script = anonymous.replace("SECRETS", OAUTH);
    let project = with_python(project, &script);
    project
        .run("preview")
        .says(&["`oauth2` needs the capability `account`"]);
}
