//! An OAuth server on loopback, and a user with a browser. The server validates requests as a real one
//! does, returns the tokens set by the test, and records the requests.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStderr, Stdio};
use std::sync::{Arc, Mutex, mpsc};

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use syndicate_api::http::{Http, HttpRequest};
use url::form_urlencoded;

use super::project::{Project, Run};

/// The app's client secret, which must never appear in any output.
pub(crate) const CLIENT_SECRET: &str = "WPL_AP1.never-to-be-seen";

/// The only valid authorization code.
pub(crate) const CODE: &str = "AQR-code-never-to-be-seen";

/// The refresh token of apps that have one.
pub(crate) const REFRESH: &str = "AQW-refresh-never-to-be-seen";

type Form = BTreeMap<String, String>;

#[derive(Default)]
struct OAuthState {
    /// Responses to the next token requests, in order; the last one is repeated.
    tokens: Vec<Value>,
    requests: Vec<(&'static str, Form)>,
}

/// An OAuth server that runs until the test process ends.
pub(crate) struct OAuth {
    pub(crate) url: String,
    state: Arc<Mutex<OAuthState>>,
}

/// Returns the token response for an app without refresh tokens.
pub(crate) fn token(access_token: &str) -> Value {
    json!({
        "access_token": access_token, "expires_in": 5_184_000, "token_type": "Bearer",
        "scope": "openid,profile,w_member_social",
    })
}

/// Returns the token response for an app with refresh tokens; the refresh token expires after this time.
pub(crate) fn renewable(access_token: &str, refresh_seconds: u32) -> Value {
    let mut token = token(access_token);
    token["refresh_token"] = REFRESH.into();
    token["refresh_token_expires_in"] = refresh_seconds.into();
    token
}

impl OAuth {
    /// Starts a server that returns these tokens, one after the other.
    pub(crate) fn with_tokens(tokens: &[Value]) -> Self {
        let state = Arc::new(Mutex::new(OAuthState {
            tokens: tokens.to_vec(),
            ..OAuthState::default()
        }));
        let router = Router::new()
            .route("/oauth/v2/accessToken", post(access_token))
            .route("/oauth/v2/revoke", post(revoke))
            .route("/oauth/v2/introspectToken", post(introspect))
            .with_state(Arc::clone(&state));
        let (ready, address) = mpsc::channel();
        std::thread::spawn(move || {
            super::platform::runtime().block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
                let listener = listener.expect("a free port");
                ready.send(listener.local_addr().expect("an address")).ok();
                axum::serve(listener, router).await.ok();
            });
        });
        let address = address.recv().expect("an address");
        Self {
            url: format!("http://{address}"),
            state,
        }
    }

    /// Sets the tokens of the next requests.
    pub(crate) fn set_tokens(&self, tokens: &[Value]) {
        self.state.lock().unwrap().tokens = tokens.to_vec();
    }

    /// Returns the forms of the requests to `path`.
    pub(crate) fn requests(&self, path: &str) -> Vec<Form> {
        let state = self.state.lock().unwrap();
        let asked = state.requests.iter().filter(|(asked, _)| *asked == path);
        asked.map(|(_, form)| form.clone()).collect()
    }
}

type Shared = State<Arc<Mutex<OAuthState>>>;

/// Parses the form of a request, which must be in the body and not in the query.
fn form(query: Option<String>, headers: &HeaderMap, body: &str) -> Result<Form, Value> {
    let kind = headers.get("content-type").and_then(|v| v.to_str().ok());
    if query.is_some() || kind != Some("application/x-www-form-urlencoded") {
        return Err(json!({"error": "invalid_request", "error_description": "not a form"}));
    }
    let form: Form = form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    let is = |name: &str, value: &str| form.get(name).is_some_and(|given| given == value);
    if is("client_id", "86app") && is("client_secret", CLIENT_SECRET) {
        Ok(form)
    } else {
        // The description repeats the secret, which the program must not show.
        let description = format!("no such app, its secret is not {body}");
        Err(json!({"error": "invalid_client", "error_description": description}))
    }
}

async fn access_token(
    State(state): Shared,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    let form = match form(query, &headers, &body) {
        Ok(form) => form,
        Err(error) => return (StatusCode::UNAUTHORIZED, Json(error)),
    };
    let value = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let is_valid = match value("grant_type") {
        "authorization_code" => value("code") == CODE && !value("redirect_uri").is_empty(),
        "refresh_token" => value("refresh_token") == REFRESH,
        _ => false,
    };
    if !is_valid {
        let description = format!("no good code: {}", value("code"));
        let error = json!({"error": "invalid_request", "error_description": description});
        return (StatusCode::BAD_REQUEST, Json(error));
    }
    let mut state = state.lock().unwrap();
    state.requests.push(("accessToken", form));
    let token = if state.tokens.len() > 1 {
        state.tokens.remove(0)
    } else {
        state.tokens[0].clone()
    };
    (StatusCode::OK, Json(token))
}

async fn revoke(
    State(state): Shared,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    match form(query, &headers, &body) {
        Ok(form) => {
            state.lock().unwrap().requests.push(("revoke", form));
            (StatusCode::OK, Json(json!({})))
        }
        Err(error) => (StatusCode::UNAUTHORIZED, Json(error)),
    }
}

async fn introspect(
    State(state): Shared,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, Json<Value>) {
    match form(query, &headers, &body) {
        Ok(form) => {
            state
                .lock()
                .unwrap()
                .requests
                .push(("introspectToken", form));
            // 2027-01-21T12:00:00Z
            let introspection =
                json!({"active": true, "status": "active", "expires_at": 1_800_532_800});
            (StatusCode::OK, Json(introspection))
        }
        Err(error) => (StatusCode::UNAUTHORIZED, Json(error)),
    }
}

/// A running `auth login`, which waits for the browser.
pub(crate) struct Login {
    arguments: Vec<String>,
    child: Child,
    stderr: BufReader<ChildStderr>,
    said: String,
    /// The address that the user opens.
    pub(crate) address: url::Url,
}

impl Login {
    /// Starts `syndicate auth login linkedin --no-browser` with these additional arguments.
    pub(crate) fn start(project: &Project, arguments: &str) -> Self {
        Self::with_input(project, arguments, "")
    }

    /// Starts `syndicate auth login` for another platform.
    pub(crate) fn at(project: &Project, platform: &str) -> Self {
        Self::spawn(project, &format!("auth login {platform} --no-browser"), "")
    }

    /// Starts the login with a line on standard input.
    pub(crate) fn with_input(project: &Project, arguments: &str, input: &str) -> Self {
        let all = format!("auth login linkedin --no-browser {arguments}");
        Self::spawn(project, &all, input)
    }

    fn spawn(project: &Project, all: &str, input: &str) -> Self {
        let arguments: Vec<String> = all.split_whitespace().map(str::to_owned).collect();
        let borrowed: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut child = project
            .command(&borrowed)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("cannot run the program");
        let stdin = child.stdin.as_mut().expect("a pipe");
        writeln!(stdin, "{input}").expect("the program reads");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut said = String::new();
        let address = loop {
            let mut line = String::new();
            let count = stderr.read_line(&mut line).expect("UTF-8");
            said.push_str(&line);
            assert!(
                count > 0,
                "the program exited before it printed an address:\n{said}"
            );
            if line.contains("://") && line.contains("response_type=code") {
                break line.trim().parse().expect("an address");
            }
        };
        Self {
            arguments,
            child,
            stderr,
            said,
            address,
        }
    }

    /// Returns a parameter of the address.
    pub(crate) fn parameter(&self, name: &str) -> String {
        let mut pairs = self.address.query_pairs();
        let pair = pairs.find(|(key, _)| key == name);
        pair.unwrap_or_else(|| panic!("no `{name}` in {}", self.address))
            .1
            .into_owned()
    }

    /// Returns the redirect address with `answer` as the first parameters and the state.
    pub(crate) fn redirect_url(&self, answer: &str) -> String {
        let (redirect, state) = (self.parameter("redirect_uri"), self.parameter("state"));
        format!("{redirect}?{answer}&state={state}")
    }

    /// Requests `address` as the browser does, and returns the status.
    pub(crate) fn browse(&self, address: &str) -> u16 {
        let address = address.replace("://localhost:", "://127.0.0.1:");
        super::platform::runtime().block_on(async {
            let answer = Http::new();
            let answer = answer.send(HttpRequest::new("GET", address)).await;
            answer.expect("a page").status
        })
    }

    /// Opens the authorization address and follows the platform's redirect.
    pub(crate) fn visit(&self, more: &str) {
        let address = format!("{}{more}", self.address);
        let back = super::platform::runtime().block_on(async {
            let answer = Http::new();
            let answer = answer.send(HttpRequest::new("GET", address)).await;
            let answer = answer.expect("a page");
            answer.header("location").expect("a redirect").to_owned()
        });
        assert_eq!(self.browse(&back), 200);
    }

    /// Writes a line to standard input, as a user who pastes it.
    pub(crate) fn paste(&mut self, line: &str) {
        let stdin = self.child.stdin.as_mut().expect("a pipe");
        writeln!(stdin, "{line}").expect("the program reads");
    }

    /// Waits until the program exits.
    pub(crate) fn finish(mut self) -> Run {
        // Standard input stays open, as on a terminal.
        let stdin = self.child.stdin.take();
        self.stderr.read_to_string(&mut self.said).expect("UTF-8");
        let mut output = self.child.wait_with_output().expect("it ends");
        drop(stdin);
        output.stderr = self.said.into_bytes();
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        Run::of(&arguments, output)
    }

    /// Grants consent: the browser follows the redirect with the code. Waits until the program exits.
    pub(crate) fn consent(self) -> Run {
        let back = self.redirect_url(&format!("code={CODE}"));
        assert_eq!(self.browse(&back), 200);
        self.finish()
    }
}
