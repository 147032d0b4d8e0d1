//! Tests of the API through the router, without a port and with a fixed clock.

mod accepted;
mod changed;
mod faults;
mod gateway;
mod images;
mod kinds;
mod legacy;
mod oauth;
mod pages;
mod refused;
mod videos;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use jiff::Timestamp;

use crate::Sandbox;
use crate::settings::Clock;

const BASE: &str = "http://127.0.0.1:4747";
const DEMO: &str = "urn:li:person:s4ndb0xQ";
const NOON: &str = "2026-11-22T12:00:00Z";

/// A client of a sandbox whose clock shows noon.
struct Client {
    sandbox: Sandbox,
    router: Router,
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// A request that is valid until a test changes parts of it.
struct Call {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
}

impl Client {
    fn new() -> Self {
        Self::of(Sandbox::new(at(NOON)))
    }

    fn of(sandbox: Sandbox) -> Self {
        Self {
            router: sandbox.router(BASE),
            sandbox,
        }
    }

    /// Returns a client of the same sandbox at another time.
    fn at(&self, time: &str) -> Self {
        let mut sandbox = self.sandbox.clone();
        sandbox.settings.clock = Clock::new(at(time));
        Self::of(sandbox)
    }

    async fn send(&self, call: Call) -> Reply {
        let mut request = Request::builder().method(call.method).uri(call.path);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(call.body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Reply {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Reply {
        self.send(Call::bare(Method::GET, path)).await
    }

    async fn post(&self, body: &Value) -> Reply {
        self.send(Call::rest(Method::POST, "/rest/posts").json(body))
            .await
    }

    /// Opens an upload of a picture for `owner`. Returns its URN and the path for `PUT`.
    async fn open_upload(&self, owner: &str) -> (String, String) {
        self.open_medium("image", owner).await
    }

    /// Opens an upload of an `image` or a `document`.
    async fn open_medium(&self, kind: &str, owner: &str) -> (String, String) {
        let body = json!({"initializeUploadRequest": {"owner": owner}});
        let path = format!("/rest/{kind}s?action=initializeUpload");
        let reply = self.send(Call::rest(Method::POST, &path).json(&body)).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let value = &reply.json()["value"];
        let url = value["uploadUrl"].as_str().unwrap();
        (
            value[kind].as_str().unwrap().to_owned(),
            url.strip_prefix(BASE).unwrap().to_owned(),
        )
    }

    async fn put(&self, path: &str, bytes: &[u8]) -> Reply {
        self.send(Call::upload(path, bytes)).await
    }
}

impl Call {
    fn bare(method: Method, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: vec![("host", "127.0.0.1:4747".to_owned())],
            body: Bytes::new(),
        }
    }

    fn rest(method: Method, path: &str) -> Self {
        Self::bare(method, path)
            .with("authorization", "Bearer any")
            .with("linkedin-version", "202609")
            .with("x-restli-protocol-version", "2.0.0")
    }

    fn upload(path: &str, bytes: &[u8]) -> Self {
        let mut call = Self::bare(Method::PUT, path)
            .with("authorization", "Bearer any")
            .with("content-length", &bytes.len().to_string());
        call.body = Bytes::copy_from_slice(bytes);
        call
    }

    fn json(mut self, body: &Value) -> Self {
        self.body = Bytes::from(body.to_string());
        self.with("content-type", "application/json")
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(header, _)| *header != name);
        self
    }
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// Sends `request` to the server at `address` and returns the response.
async fn exchange(address: &str, request: String) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let answer = tokio::task::spawn_blocking(move || {
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // The server can close or reset the connection; only the bytes before that matter.
        drop(stream.read_to_end(&mut answer));
        String::from_utf8(answer).unwrap()
    });
    answer.await.unwrap()
}

/// Returns a clock that shows `time`.
fn at(time: &str) -> impl Fn() -> Timestamp + Send + Sync + 'static {
    let time: Timestamp = time.parse().unwrap();
    move || time
}

/// Returns a valid post without a card.
fn text_post(commentary: &str) -> Value {
    json!({
        "author": DEMO,
        "commentary": commentary,
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": false,
    })
}

/// Returns a valid post with a card without a picture.
fn article_post(commentary: &str) -> Value {
    let mut post = text_post(commentary);
    post["content"] = json!({"article": {
        "source": "https://www.example.org/a",
        "title": "A title (plain)",
        "description": "A description",
    }});
    post
}

/// Returns a picture of `width` × `height` pixels in `format`.
fn picture(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([20, 120, 100]))
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}
