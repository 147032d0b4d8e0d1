//! The token reaches only the remote's own host, also beside credentials that a checkout persisted. A small
//! HTTP server on loopback passes requests to `git http-backend`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use syndicate_api::{Code, CodedError as _};

use super::*;

/// `x-access-token:sekrit-77` in Base64.
const EXPECTED: &str = "Basic eC1hY2Nlc3MtdG9rZW46c2Vrcml0LTc3";

/// A server with the repositories of a folder, which requires the credential.
struct Server {
    url: String,
    /// The values of all `Authorization` headers, by request.
    seen: Arc<Mutex<Vec<Vec<String>>>>,
}

/// The request line and the headers of a request, with its body.
struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split_whitespace();
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let header = |name: &str| headers.iter().find(|(of, _)| of == name).map(|(_, v)| v);
        if header("expect").is_some() {
            (&mut &*stream)
                .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
                .ok()?;
        }
        let length = header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        Some(Self {
            method,
            target,
            headers,
            body,
        })
    }

    fn header(&self, name: &str) -> Vec<String> {
        let of_name = self.headers.iter().filter(|(of, _)| of == name);
        of_name.map(|(_, value)| value.clone()).collect()
    }
}

impl Server {
    fn start(root: &Path, expected: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let server = Self {
            url,
            seen: Arc::clone(&seen),
        };
        let root = root.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let Some(request) = Request::read(&stream) else {
                    continue;
                };
                let tokens = request.header("authorization");
                let is_allowed = tokens == [expected];
                seen.lock().unwrap().push(tokens);
                let answer = if is_allowed {
                    backend(&root, &request)
                } else {
                    b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"t\"\r\n\
                      Content-Length: 0\r\nConnection: close\r\n\r\n"
                        .to_vec()
                };
                (&mut &stream).write_all(&answer).ok();
            }
        });
        server
    }

    fn seen(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut *self.seen.lock().unwrap())
    }
}

/// Runs `git http-backend`, which is a CGI program (RFC 3875).
fn backend(root: &Path, request: &Request) -> Vec<u8> {
    let (path, query) = request
        .target
        .split_once('?')
        .unwrap_or((&request.target, ""));
    let first = |name: &str| request.header(name).pop().unwrap_or_default();
    let mut child = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("REMOTE_USER", "u")
        .env("REQUEST_METHOD", &request.method)
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query)
        .env("CONTENT_TYPE", first("content-type"))
        .env("CONTENT_LENGTH", request.body.len().to_string())
        .env("HTTP_CONTENT_ENCODING", first("content-encoding"))
        .env("GIT_PROTOCOL", first("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let body = request.body.clone();
    let writer = std::thread::spawn(move || stdin.write_all(&body));
    let mut printed = child.wait_with_output().unwrap().stdout;
    writer.join().unwrap().ok();
    let status = b"HTTP/1.1 200 OK\r\nConnection: close\r\n";
    printed.splice(0..0, status.iter().copied());
    printed
}

fn with_token(folder: &Path, env: Env) -> GitRef {
    let context = GitRefContext { env, ..context() };
    GitRef::open(&GitLedger::default(), folder, context).unwrap()
}

async fn push_and_read(store: &GitRef) {
    store.create(event(1, created())).await.unwrap();
    lock(store).await.append(sent_of(2)).await.unwrap();
}

fn clone_of(server: &Server, repository: &Repository) -> PathBuf {
    let clone = repository.clone("clone", "");
    let url = format!("{}/remote.git", server.url);
    git(&clone, &["remote", "set-url", "origin", &url]);
    clone
}

const TOKEN: [(&str, &str); 1] = [("SYNDICATE_GIT_TOKEN", "sekrit-77")];

#[tokio::test]
async fn token_is_sent_once_and_kept_nowhere() {
    let repository = Repository::new();
    let server = Server::start(repository.temp.path(), EXPECTED);
    let clone = clone_of(&server, &repository);
    let read = open(&clone).read().await.unwrap_err();
    assert_eq!(read.code(), Some(Code::LedgerUnreachable));
    let config = std::fs::read_to_string(clone.join(".git/config")).unwrap();
    push_and_read(&with_token(&clone, Env::from_pairs(TOKEN))).await;
    assert_eq!(repository.ledger_ids(), ["0001-created", "0002-sent"]);
    assert!(server.seen().iter().all(|tokens| tokens.len() <= 1));
    assert_eq!(
        std::fs::read_to_string(clone.join(".git/config")).unwrap(),
        config
    );
}

#[tokio::test]
async fn token_replaces_persisted_credentials() {
    let repository = Repository::new();
    let server = Server::start(repository.temp.path(), EXPECTED);
    let clone = clone_of(&server, &repository);
    // As `actions/checkout` persists a token that may only read.
    let header = format!("http.{}/.extraheader", server.url);
    git(
        &clone,
        &["config", &header, "AUTHORIZATION: basic cmVhZC1vbmx5"],
    );
    git(
        &clone,
        &[
            "config",
            "credential.helper",
            "!echo username=u; echo password=other;:",
        ],
    );
    push_and_read(&with_token(&clone, Env::from_pairs(TOKEN))).await;
    let seen = server.seen();
    let is_expected = |tokens: &Vec<String>| tokens.is_empty() || tokens == &[EXPECTED];
    assert!(seen.iter().all(is_expected), "{seen:?}");
}

#[tokio::test]
async fn token_replaces_password_in_address() {
    let repository = Repository::new();
    let server = Server::start(repository.temp.path(), EXPECTED);
    let clone = clone_of(&server, &repository);
    // As GitLab's runners write the address.
    let url = server
        .url
        .replace("http://", "http://gitlab-ci-token:read-only-5@");
    git(
        &clone,
        &["remote", "set-url", "origin", &format!("{url}/remote.git")],
    );
    push_and_read(&with_token(&clone, Env::from_pairs(TOKEN))).await;
    let seen = server.seen();
    let is_expected = |tokens: &Vec<String>| tokens.is_empty() || tokens == &[EXPECTED];
    assert!(seen.iter().all(is_expected), "{seen:?}");
}

#[tokio::test]
async fn persisted_credentials_work_without_token() {
    let repository = Repository::new();
    let server = Server::start(repository.temp.path(), EXPECTED);
    let clone = clone_of(&server, &repository);
    let header = format!("http.{}/.extraheader", server.url);
    git(
        &clone,
        &["config", &header, &format!("Authorization: {EXPECTED}")],
    );
    push_and_read(&open(&clone)).await;
}

#[tokio::test]
async fn token_of_service_is_not_for_other_hosts() {
    let repository = Repository::new();
    let server = Server::start(repository.temp.path(), EXPECTED);
    let clone = clone_of(&server, &repository);
    let env = |url: &str| {
        Env::from_pairs([
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SERVER_URL", url),
            ("GITHUB_TOKEN", "sekrit-77"),
        ])
    };
    let other = with_token(&clone, env("https://github.com")).read().await;
    assert_eq!(other.unwrap_err().code(), Some(Code::LedgerUnreachable));
    assert!(server.seen().iter().all(Vec::is_empty));
    push_and_read(&with_token(&clone, env(&server.url))).await;
}

#[tokio::test]
async fn token_does_not_follow_redirect() {
    let repository = Repository::new();
    let other = Server::start(repository.temp.path(), EXPECTED);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let target = other.url.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Some(request) = Request::read(&stream) else {
                continue;
            };
            let answer = format!(
                "HTTP/1.1 302 Found\r\nLocation: {target}{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                request.target
            );
            (&mut &stream).write_all(answer.as_bytes()).ok();
        }
    });
    let clone = clone_of(&other, &repository);
    git(
        &clone,
        &["remote", "set-url", "origin", &format!("{url}/remote.git")],
    );
    let read = with_token(&clone, Env::from_pairs(TOKEN)).read().await;
    assert_eq!(read.unwrap_err().code(), Some(Code::LedgerUnreachable));
    let seen = other.seen();
    assert!(
        !seen.is_empty() && seen.iter().all(Vec::is_empty),
        "{seen:?}"
    );
}

#[tokio::test]
async fn wrong_token_is_not_printed() {
    let repository = Repository::new();
    let server = Server::start(repository.temp.path(), "Basic other");
    let clone = clone_of(&server, &repository);
    let error = with_token(&clone, Env::from_pairs(TOKEN))
        .read()
        .await
        .unwrap_err();
    let text = format!("{error:?}");
    assert!(
        text.contains("127.0.0.1") && !text.contains("sekrit-77"),
        "{text}"
    );
}
