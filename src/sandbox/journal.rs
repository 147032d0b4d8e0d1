//! The record of the last requests to the API, for the page that shows them. It holds what a
//! person needs to see why something failed and nothing that is secret: no header, no query, no
//! body.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use jiff::Timestamp;
use uuid::Uuid;

use super::App;

/// How many requests are kept.
const KEPT: usize = 200;

/// How many characters of a path are kept.
const PATH_LENGTH: usize = 160;

/// How many characters of a note are kept; some repeat what was sent.
const NOTE_LENGTH: usize = 800;

/// What the record is to say about an answer; handlers attach it to their response.
#[derive(Clone, Debug)]
pub(super) struct Note(pub(super) String);

/// One request.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) time: Timestamp,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) status: u16,
    pub(super) note: String,
}

/// Puts a request on record and its answer under an identifier, as LinkedIn's support asks for.
pub(super) async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().to_string();
    let path = start(request.uri().path(), PATH_LENGTH);
    let mut response = next.run(request).await;

    let note = response.extensions().get::<Note>();
    let entry = Entry {
        time: app.sandbox.clock.now(),
        method,
        path,
        status: response.status().as_u16(),
        note: note.map_or_else(String::new, |Note(text)| start(text, NOTE_LENGTH)),
    };
    let number = {
        let mut world = app.sandbox.world();
        world.journal.push_back(entry);
        if world.journal.len() > KEPT {
            world.journal.pop_front();
        }
        world.requests += 1;
        world.requests
    };

    let headers = response.headers_mut();
    headers.insert("x-li-fabric", HeaderValue::from_static("sandbox"));
    headers.insert("x-li-pop", HeaderValue::from_static("sandbox"));
    headers.insert("x-li-proto", HeaderValue::from_static("http/1.1"));
    if let Ok(uuid) = HeaderValue::from_str(&Uuid::from_u128(number).to_string()) {
        headers.insert("x-li-uuid", uuid);
    }
    response
}

fn start(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}
