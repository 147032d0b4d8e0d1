//! GitHub's REST API for the comments of one pull request. Written from its OpenAPI description, against
//! which the test in `schemas` checks every exchange. It refuses what GitHub refuses: other paths, a
//! missing token or header, a body with other fields, and comments that are too long.

use std::sync::{Arc, Mutex, mpsc};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// The token of the job, which must appear in no output.
pub(super) const JOB_TOKEN: &str = "ghs_NeverToBeSeen0123456789abcdefghijklmn";

const COMMENTS: &str = "/repos/{owner}/{repo}/issues/{issue_number}/comments";
const COMMENT: &str = "/repos/{owner}/{repo}/issues/comments/{comment_id}";

/// The treatment of the next request of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Answers with 403 as for the token of a fork's run.
    ReadOnly,
    /// Answers with 502 without processing the request.
    Unavailable,
    /// Processes the request and answers with 502.
    Lost,
    /// Answers with a secondary rate limit that ends at once.
    Limited,
}

#[derive(Default)]
struct ApiState {
    url: String,
    comments: Vec<Value>,
    faults: Vec<(&'static str, Fault)>,
    /// Method, path as described, request, status and response.
    exchanges: Vec<Value>,
    /// The login of a personal token; `None` for the token of a job.
    login: Option<&'static str>,
}

/// A server that runs until the test process ends.
pub(super) struct GithubApi {
    pub(super) url: String,
    state: Arc<Mutex<ApiState>>,
}

impl GithubApi {
    pub(super) fn start() -> Self {
        let state = Arc::new(Mutex::new(ApiState::default()));
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&state));
        let (ready, address) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
                let listener = listener.expect("a free port");
                ready.send(listener.local_addr().expect("an address")).ok();
                axum::serve(listener, router).await.ok();
            });
        });
        let url = format!("http://{}", address.recv().expect("an address"));
        state.lock().unwrap().url.clone_from(&url);
        Self { url, state }
    }

    /// Makes the token one of this person instead of the job's.
    pub(super) fn with_login(self, login: &'static str) -> Self {
        self.state.lock().unwrap().login = Some(login);
        self
    }

    /// Adds a fault for the next request of this method.
    pub(super) fn fail(&self, method: &'static str, fault: Fault) {
        self.state.lock().unwrap().faults.push((method, fault));
    }

    /// Adds a comment of this author, whose type is `Bot` or `User`.
    pub(super) fn comment(&self, login: &str, kind: &str, body: &str) {
        let mut state = self.state.lock().unwrap();
        let comment = comment(&state, login, kind, body);
        state.comments.push(comment);
    }

    /// Returns the texts of the comments that begin with the marker.
    pub(super) fn marked(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let bodies = state
            .comments
            .iter()
            .map(|comment| comment["body"].as_str().unwrap());
        let marked = bodies.filter(|body| body.starts_with("<!-- syndicate-preview -->\n"));
        marked.map(str::to_owned).collect()
    }

    /// Returns the methods and paths of the requests.
    pub(super) fn requests(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let exchanges = state.exchanges.iter();
        exchanges
            .map(|one| format!("{} {}", one["method"].as_str().unwrap(), one["status"]))
            .collect()
    }

    /// Returns all exchanges, for the check against the schemas.
    pub(super) fn exchanges(&self) -> Vec<Value> {
        self.state.lock().unwrap().exchanges.clone()
    }
}

fn comment(state: &ApiState, login: &str, kind: &str, body: &str) -> Value {
    let id = state.comments.len() + 100;
    let path = login.replace('[', "%5B").replace(']', "%5D");
    let user = format!("{}/users/{path}", state.url);
    json!({
        "id": id,
        "node_id": format!("IC_{id}"),
        "url": format!("{}/repos/octo/site/issues/comments/{id}", state.url),
        "html_url": format!("https://github.example.org/octo/site/pull/5#issuecomment-{id}"),
        "issue_url": format!("{}/repos/octo/site/issues/5", state.url),
        "body": body,
        "created_at": "2026-11-22T12:00:00Z",
        "updated_at": "2026-11-22T12:00:00Z",
        "author_association": "NONE",
        "performed_via_github_app": null,
        "user": {
            "login": login,
            "id": 41_898_282,
            "node_id": "MDM6Qm90",
            "avatar_url": format!("{user}/avatar"),
            "gravatar_id": "",
            "url": user,
            "html_url": user,
            "followers_url": user,
            "following_url": user,
            "gists_url": user,
            "starred_url": user,
            "subscriptions_url": user,
            "organizations_url": user,
            "repos_url": user,
            "events_url": user,
            "received_events_url": user,
            "type": kind,
            "site_admin": false,
        },
    })
}

fn error(status: u16, message: &str) -> (u16, Value) {
    let json = json!({"message": message, "documentation_url": "https://docs.github.com/rest"});
    (status, json)
}

async fn answer(State(state): State<Arc<Mutex<ApiState>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let method = head.method.to_string();
    let mut state = state.lock().unwrap();
    let fault = state.faults.iter().position(|(of, _)| *of == method);
    let fault = fault.map(|at| state.faults.remove(at).1);
    let mut headers = HeaderMap::new();
    let path = head.uri.path();
    let (described, status, json) = match fault {
        Some(Fault::ReadOnly) => {
            let (status, json) = error(403, "Resource not accessible by integration");
            (COMMENTS, status, json)
        }
        Some(Fault::Unavailable) => (COMMENTS, 502, Value::Null),
        Some(Fault::Limited) => {
            headers.insert("retry-after", "0".parse().unwrap());
            let (status, json) = error(403, "You have exceeded a secondary rate limit.");
            (COMMENTS, status, json)
        }
        Some(Fault::Lost) | None => {
            let (path, status, json) =
                process(&mut state, &head, &method, path, &body, &mut headers);
            match fault {
                Some(_) => (path, 502, Value::Null),
                None => (path, status, json),
            }
        }
    };
    let sent: Value = serde_json::from_slice(&body).unwrap_or_default();
    state.exchanges.push(json!({
        "method": method, "path": described, "request": sent, "status": status, "response": json,
    }));
    let status = StatusCode::from_u16(status).unwrap();
    (status, headers, json.to_string()).into_response()
}

fn process(
    state: &mut ApiState,
    head: &axum::http::request::Parts,
    method: &str,
    path: &str,
    body: &Bytes,
    headers: &mut HeaderMap,
) -> (&'static str, u16, Value) {
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let described = match path {
        "/user" => "/user",
        "/repos/octo/site/issues/5/comments" => COMMENTS,
        path if path.starts_with("/repos/octo/site/issues/comments/") => COMMENT,
        _ => "/unknown",
    };
    let refused = |status, message| {
        let (status, json) = error(status, message);
        (described, status, json)
    };
    if header("authorization") != Some(&format!("Bearer {JOB_TOKEN}")) {
        return refused(401, "Bad credentials");
    }
    if header("user-agent").is_none_or(|agent| !agent.starts_with("syndicate/")) {
        return refused(403, "Request forbidden by administrative rules");
    }
    let is_current = header("x-github-api-version") == Some("2022-11-28");
    if !is_current || header("accept") != Some("application/vnd.github+json") {
        return refused(400, "Unsupported version");
    }
    let text = || {
        let sent: Value = serde_json::from_slice(body).ok()?;
        let text = sent["body"].as_str()?.to_owned();
        let is_valid = sent.as_object()?.len() == 1 && !text.is_empty() && text.len() < 65_536;
        is_valid.then_some(text)
    };
    match (method, described) {
        ("GET", "/user") => match state.login {
            Some(login) => {
                let user = comment(state, login, "User", "")["user"].take();
                let mut user = user;
                let more = json!({
                    "user_view_type": "public", "name": null, "company": null, "blog": null,
                    "location": null, "email": null, "hireable": null, "bio": null,
                    "public_repos": 1, "public_gists": 0, "followers": 0, "following": 0,
                    "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z",
                });
                user.as_object_mut()
                    .unwrap()
                    .extend(more.as_object().unwrap().clone());
                (described, 200, user)
            }
            None => refused(403, "Resource not accessible by integration"),
        },
        ("GET", COMMENTS) => {
            let query = head.uri.query().unwrap_or_default();
            let number = |name: &str, default| {
                let pairs = url::form_urlencoded::parse(query.as_bytes());
                let value = pairs.filter(|(key, _)| key == name).last();
                value.map_or(default, |(_, value)| value.parse().unwrap())
            };
            let (size, page): (usize, usize) = (number("per_page", 30), number("page", 1));
            let from = size * (page - 1);
            if from + size < state.comments.len() {
                let next = format!("{}{path}?per_page={size}&page={}", state.url, page + 1);
                let link = format!("<{next}>; rel=\"next\", <{next}>; rel=\"last\"");
                headers.insert("link", link.parse().unwrap());
            }
            let comments: Vec<Value> = state
                .comments
                .iter()
                .skip(from)
                .take(size)
                .cloned()
                .collect();
            (described, 200, comments.into())
        }
        ("POST", COMMENTS) => match text() {
            Some(text) => {
                let (login, kind) = match state.login {
                    Some(login) => (login, "User"),
                    None => ("github-actions[bot]", "Bot"),
                };
                let made = comment(state, login, kind, &text);
                state.comments.push(made.clone());
                (described, 201, made)
            }
            None => refused(422, "Validation Failed"),
        },
        ("PATCH", COMMENT) => {
            let id = path
                .rsplit('/')
                .next()
                .and_then(|id| id.parse::<u64>().ok());
            let found = state
                .comments
                .iter_mut()
                .find(|comment| comment["id"].as_u64() == id);
            match (found, text()) {
                (Some(found), Some(text)) => {
                    found["body"] = text.into();
                    (described, 200, found.clone())
                }
                (None, _) => refused(404, "Not Found"),
                (_, None) => refused(422, "Validation Failed"),
            }
        }
        _ => refused(404, "Not Found"),
    }
}
