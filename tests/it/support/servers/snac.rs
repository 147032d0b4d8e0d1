//! snac2, a server with the Mastodon API that ignores `Idempotency-Key`.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use syndicate_api::http::HttpRequest;
use url::form_urlencoded;

use super::process::{ServerProcess, script};
use crate::support::client::{get, json_request, send, try_send};
use crate::support::tools;

/// The redirect address of programs that let the user paste the code.
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Timeout of the wait for the server's first answer.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// A running server with one account.
pub(crate) struct Snac {
    pub(crate) url: String,
    /// The name of the account, without the server.
    pub(crate) user: &'static str,
    pub(crate) password: String,
    /// An access token of the account.
    pub(crate) token: String,
    process: ServerProcess,
}

impl Snac {
    /// Starts a server and creates an account and an access token.
    pub(crate) fn start() -> Self {
        let program = tools("snac").join("usr/bin/snac");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        let port = free_port();
        let password = create_data(&program, &data, port);
        let mut command = Command::new(script("snac/run.sh"));
        command.args([program.as_path(), &data, folder.path()]);
        let process = ServerProcess::start(&mut command, folder);
        let mut server = Self {
            url: format!("http://127.0.0.1:{port}"),
            user: USER,
            password,
            token: String::new(),
            process,
        };
        server.wait();
        server.token = server.sign_in();
        server
    }

    /// Waits until the server answers.
    fn wait(&self) {
        let start = Instant::now();
        let url = format!("{}/api/v1/instance", self.url);
        while try_send(HttpRequest::new("GET", url.as_str())).is_err() {
            assert!(
                start.elapsed() < START_TIMEOUT,
                "no server: {}",
                self.process.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Registers an app and exchanges a code for an access token.
    fn sign_in(&self) -> String {
        let app = json!({
            "client_name": "tests", "redirect_uris": OUT_OF_BAND, "scopes": "read write",
        });
        let url = format!("{}/api/v1/apps", self.url);
        let app = send(json_request("POST", &url, "", &app)).json();
        let field = |name: &str| app[name].as_str().unwrap_or_else(|| panic!("{app}"));
        let token = self.form(
            "/oauth/token",
            &[
                ("grant_type", "authorization_code"),
                ("code", &self.consent(field("client_id"))),
                ("client_id", field("client_id")),
                ("client_secret", field("client_secret")),
                ("redirect_uri", OUT_OF_BAND),
            ],
        );
        let token: Value = serde_json::from_str(&token).unwrap_or_else(|_| panic!("{token}"));
        token["access_token"].as_str().expect("a token").to_owned()
    }

    /// Signs in on the page that asks the user for consent, and returns the code that it shows to be pasted.
    pub(crate) fn consent(&self, client_id: &str) -> String {
        self.form(
            "/oauth/x-snac-login",
            &[
                ("login", self.user),
                ("passwd", &self.password),
                ("cid", client_id),
                ("redir", OUT_OF_BAND),
            ],
        )
    }

    /// Sends a form and returns the body of the response.
    fn form(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = HttpRequest::new("POST", format!("{}{path}", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.into());
        let response = send(request);
        let body = String::from_utf8(response.body.to_vec()).expect("UTF-8");
        assert_eq!(response.status, 200, "{path}: {body}");
        body
    }

    /// Returns the statuses of the account, newest first.
    pub(crate) fn statuses(&self) -> Vec<Value> {
        let account = format!("{}/api/v1/accounts/verify_credentials", self.url);
        let account = get(&account, &self.token).json();
        let id = account["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{account}"));
        let url = format!("{}/api/v1/accounts/{id}/statuses?limit=40", self.url);
        let statuses = get(&url, &self.token).json();
        let listed = statuses.as_array().cloned();
        listed.unwrap_or_else(|| panic!("no list: {statuses}"))
    }
}

const USER: &str = "alice";

/// Creates the server's data with one account and returns its password.
fn create_data(program: &Path, data: &Path, port: u16) -> String {
    let answers = format!("127.0.0.1\n{port}\n127.0.0.1:{port}\n\n\n");
    run(program, "init", data, &[], &answers);
    let path = data.join("server.json");
    let options = std::fs::read_to_string(&path).expect("the options");
    let mut options: Value = serde_json::from_str(&options).expect("JSON");
    options["protocol"] = "http".into();
    std::fs::write(path, options.to_string()).expect("the options");
    let output = run(program, "adduser", data, &[USER], "");
    let password = output
        .lines()
        .find_map(|line| line.strip_prefix("User password is "));
    password
        .unwrap_or_else(|| panic!("no password: {output}"))
        .to_owned()
}

/// Runs a command of snac with this input and returns its output.
fn run(program: &Path, command: &str, data: &Path, arguments: &[&str], input: &str) -> String {
    use std::io::Write as _;
    let mut child = Command::new(program)
        .arg(command)
        .arg(data)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run snac: {error}"));
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "snac {command}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Returns a free port. snac cannot choose one itself.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
