//! `preview --serve`: access control, the served content, and the rule that only a previewed payload is
//! acted on. `preview_browser` tests the page in a browser.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Child;

use serde_json::{Value, json};

use crate::build::pipeline;
use crate::support::{Platform, Project, announced};

/// A running `preview --serve`, which is stopped when dropped.
pub(crate) struct Served {
    /// The address with the token.
    pub(crate) url: String,
    host: String,
    cookie: String,
    /// The secret that the page sends with each request.
    page: String,
    child: Child,
}

/// A response: status, head and body.
pub(crate) struct PageResponse {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Served {
    pub(crate) fn of(project: &Project, arguments: &[&str]) -> Self {
        let own = ["preview", "--serve", "--json"];
        let (child, url) = announced(project, &[&own, arguments].concat());
        let host = url.split('/').nth(2).unwrap().to_owned();
        let mut served = Self {
            url,
            host,
            cookie: String::new(),
            page: String::new(),
            child,
        };
        let path = served.url.split_once(&served.host).unwrap().1.to_owned();
        let welcome = served.ask(
            &format!("GET {path} HTTP/1.1\r\nHost: {}\r\n", served.host),
            "",
        );
        assert_eq!(welcome.status, 303, "{}", welcome.head);
        let cookie = welcome.header("set-cookie");
        assert!(
            cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
            "{cookie}"
        );
        let page = welcome.header("location").strip_prefix("/#page=");
        served.page = page.expect("a secret in the fragment").to_owned();
        served.cookie = cookie.split(';').next().unwrap().to_owned();
        served
    }

    /// Sends a request with these head lines and this body, and returns the response.
    pub(crate) fn ask(&self, head: &str, body: &str) -> PageResponse {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let length = body.len();
        let request = format!("{head}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        PageResponse {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn get(&self, path: &str) -> PageResponse {
        let Self {
            host, cookie, page, ..
        } = self;
        self.ask(
            &format!(
                "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: a=b; {cookie}\r\n\
                 X-Syndicate-Page: {page}\r\n"
            ),
            "",
        )
    }

    /// Sends a command as the page does, and returns the result.
    pub(crate) fn order(&self, order: &Value) -> Value {
        let Self {
            host, cookie, page, ..
        } = self;
        let answer = self.ask(
            &format!(
                "POST /act HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n\
                 X-Syndicate-Page: {page}\r\nContent-Type: application/json\r\n"
            ),
            &order.to_string(),
        );
        assert_eq!(answer.status, 200, "{}\n{}", answer.head, answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

impl PageResponse {
    fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn project(endpoint: &str) -> Project {
    Project::with_pipeline(&pipeline(endpoint))
        .with_ledger()
        .picture("posts/a.png", 1200, 627)
        .post("posts/one.md", "title: One\ndate: 2026-11-20\nimage: a.png")
}

fn entry(project: &Project) -> Value {
    let plan = project.run("preview --json").json();
    let entry = &plan["plan"][0];
    json!({"item": entry["item"], "sink": entry["sink"], "hash": entry["hash"]})
}

/// Returns a command for the only post in its current state.
fn order(project: &Project, action: &str, value: Value) -> Value {
    let mut order = entry(project);
    order["action"] = json!(action);
    order["value"] = value;
    order
}

#[test]
fn page_requires_token() {
    let project = project("http://127.0.0.1:9");
    let served = Served::of(&project, &[]);
    let Served { host, cookie, .. } = &served;
    let port = host.split(':').nth(1).unwrap();
    let page = served.get("/");
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(!page.body.contains("token="));
    for (head, status) in [
        (format!("Host: {host}"), 401),
        (
            format!("Host: {host}\r\nCookie: syndicate-preview-{port}=0000"),
            401,
        ),
        (
            format!("Host: evil.example:{port}\r\nCookie: {cookie}"),
            421,
        ),
        (format!("Host: evil.example\r\nCookie: {cookie}"), 421),
        (format!("Host: 127.0.0.1:1\r\nCookie: {cookie}"), 421),
        (format!("Host: localhost:{port}\r\nCookie: {cookie}"), 200),
    ] {
        for path in ["/", "/style.css"] {
            let answer = served.ask(&format!("GET {path} HTTP/1.1\r\n{head}\r\n"), "");
            assert_eq!(answer.status, status, "{path} {head}");
        }
    }
    let wrong = served.ask(&format!("GET /?token=00 HTTP/1.1\r\nHost: {host}\r\n"), "");
    assert_eq!(wrong.status, 401);
}

#[test]
fn other_origin_changes_nothing() {
    let project = project("http://127.0.0.1:9");
    let served = Served::of(&project, &[]);
    let Served {
        host, cookie, page, ..
    } = &served;
    let skip = order(&project, "skip", Value::Null).to_string();
    let port = host.split(':').nth(1).unwrap();
    for origin in [
        String::new(),
        "Origin: http://evil.example\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
        "Origin: http://127.0.0.1:1\r\n".to_owned(),
        format!("Origin: https://127.0.0.1:{port}\r\n"),
    ] {
        let head = format!(
            "POST /act HTTP/1.1\r\nHost: {host}\r\n{origin}Cookie: {cookie}\r\nX-Syndicate-Page: {page}\r\nContent-Type: application/json\r\n"
        );
        assert_eq!(served.ask(&head, &skip).status, 403, "{origin}");
    }
    let form = format!(
        "POST /act HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\nX-Syndicate-Page: {page}\r\nContent-Type: text/plain\r\n"
    );
    assert_eq!(served.ask(&form, &skip).status, 415);
    assert!(!project.read("posts/one.md").contains("skip"));
}

/// A browser sends cookies to every port of a host, so another local server may know the cookie.
#[test]
fn cookie_alone_is_not_enough() {
    let project = project("http://127.0.0.1:9");
    let served = Served::of(&project, &[]);
    let Served {
        host, cookie, page, ..
    } = &served;
    assert!(served.get("/").body.contains("posts/one.md"));
    let skip = order(&project, "skip", Value::Null).to_string();
    let pass = cookie.split_once('=').unwrap().1;
    for secret in [String::new(), "0".repeat(64), pass.to_owned()] {
        let header = match secret.is_empty() {
            true => String::new(),
            false => format!("X-Syndicate-Page: {secret}\r\n"),
        };
        let head = format!("Host: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n{header}");
        let shell = served.ask(&format!("GET / HTTP/1.1\r\n{head}"), "");
        assert_eq!(shell.status, if secret.is_empty() { 200 } else { 401 });
        for private in ["posts/one.md", "One", page, pass, "pipeline.yaml"] {
            assert!(!shell.body.contains(private), "{private}: {}", shell.body);
        }
        let json = "Content-Type: application/json\r\n";
        let order = served.ask(&format!("POST /act HTTP/1.1\r\n{head}{json}"), &skip);
        assert_eq!(order.status, 401);
        for path in ["/events", &format!("/events?page={secret}")] {
            let events = served.ask(&format!("GET {path} HTTP/1.1\r\n{head}"), "");
            assert_eq!(events.status, 401, "{path}");
        }
    }
    // The page's secret without the cookie is not enough either.
    let head = format!("Host: {host}\r\nX-Syndicate-Page: {page}\r\n");
    let alone = served.ask(&format!("GET / HTTP/1.1\r\n{head}"), "");
    assert_eq!(alone.status, 401);
    assert!(!project.read("posts/one.md").contains("skip"));
    let icon = served.ask(
        &format!("GET /favicon.ico HTTP/1.1\r\nHost: {host}\r\n"),
        "",
    );
    assert_eq!(
        (icon.status, icon.header("content-type")),
        (200, "image/svg+xml")
    );
}

#[test]
fn page_serves_only_pictures() {
    let project = project("http://127.0.0.1:9");
    let served = Served::of(&project, &[]);
    let plan = project.run("preview --json").json();
    let sha256 = plan["plan"][0]["payload"]["media"][0]["sha256"]
        .as_str()
        .unwrap();
    let picture = served.get(&format!("/media/{sha256}"));
    assert_eq!(
        (picture.status, picture.header("content-type")),
        (200, "image/png")
    );
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    for path in [
        "/media/0000",
        "/media/..%2f..%2fpipeline.yaml",
        "/media/posts%2fa.png",
        "/pipeline.yaml",
        "/posts/a.png",
    ] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
}

#[test]
fn outdated_hash_is_refused() {
    let platform = Platform::start();
    let project = project(&platform.url);
    let served = Served::of(&project, &[]);
    let seen = entry(&project);
    project.write(
        "posts/one.md",
        "---\ntitle: Another\ndate: 2026-11-20\nimage: a.png\n---\nText\n",
    );
    for action in ["send", "approve", "skip", "edit", "schedule"] {
        let mut order = seen.clone();
        order["action"] = json!(action);
        order["value"] = json!("2030-01-01T00:00");
        let answer = served.order(&order);
        assert_eq!(answer["done"], false, "{answer}");
        assert!(
            answer["message"]
                .as_str()
                .unwrap()
                .contains("has changed since you opened it")
        );
    }
    assert!(platform.feed().is_empty());
    assert!(!project.read("posts/one.md").contains("syndicate"));
    assert_eq!(project.read("syndicate.ledger.jsonl").lines().count(), 1);
}

#[test]
fn page_sends_shown_payload_once() {
    let platform = Platform::start();
    let project = project(&platform.url);
    let served = Served::of(&project, &[]);
    let order = order(&project, "send", Value::Null);
    let answer = served.order(&order);
    assert_eq!(answer["done"], true, "{answer}");
    let again = served.order(&order);
    assert_eq!(again["done"], false, "{again}");
    assert_eq!(platform.feed().len(), 1);
    let ledger = project.read("syndicate.ledger.jsonl");
    assert!(ledger.contains(order["hash"].as_str().unwrap()));
    project.run("build").exits(0).says(&["already_sent"]);
    assert!(served.get("/").body.contains("already_sent"));
}

#[test]
fn page_approval_is_recorded() {
    let platform = Platform::start();
    let yaml = pipeline(&platform.url).replace("2026-11-01}", "2026-11-01, approve: true}");
    let project = project(&platform.url).file("pipeline.yaml", yaml);
    let served = Served::of(&project, &[]);
    let held = served.order(&order(&project, "send", Value::Null));
    assert!(
        held["message"].as_str().unwrap().contains("[not_approved]"),
        "{held}"
    );
    let answer = served.order(&order(&project, "approve", Value::Null));
    assert_eq!(answer["done"], true, "{answer}");
    project.run("build").exits(0).says(&["1 sent"]);
}

#[test]
fn sandbox_page_sends_to_sandbox() {
    let project = project("http://127.0.0.1:9");
    let served = Served::of(&project, &["--sandbox"]);
    let page = served.get("/").body;
    assert!(page.contains("Sandbox: posts are sent"));
    let plan = project.run("preview --sandbox --json").json();
    let entry = &plan["plan"][0];
    let answer = served.order(&json!({
        "action": "send", "item": entry["item"], "sink": entry["sink"], "hash": entry["hash"],
    }));
    assert_eq!(answer["done"], true, "{answer}");
    assert_eq!(project.read("syndicate.ledger.jsonl").lines().count(), 1);
}

#[test]
fn page_without_ledger_sends_nothing() {
    let platform = Platform::start();
    let project = project(&platform.url);
    std::fs::remove_file(project.path("syndicate.ledger.jsonl")).unwrap();
    let served = Served::of(&project, &[]);
    assert!(served.get("/").body.contains("missing ledger"));
    let answer = served.order(&order(&project, "send", Value::Null));
    assert!(
        answer["message"]
            .as_str()
            .unwrap()
            .contains("build --baseline"),
        "{answer}"
    );
    assert!(platform.feed().is_empty());
}

#[test]
fn page_of_broken_pipeline_shows_only_error() {
    let project = project("http://127.0.0.1:9");
    let pipeline = project.read("pipeline.yaml");
    project.write("pipeline.yaml", pipeline.replace("sinks:", "snks:"));
    let body = Served::of(&project, &[]).get("/").body;
    assert!(body.contains("snks"), "{body}");
    for claim in ["contain no posts", "the last version"] {
        assert!(!body.contains(claim), "{claim}: {body}");
    }
}
