//! Logs each request to the API, and adds the headers that LinkedIn's support asks for to its
//! response.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use uuid::Uuid;

use crate::app::AppState;
use crate::state::journal::{JournalEntry, JournalNote};

/// The number of requests that the log keeps.
const KEPT: usize = 200;

/// The number of characters of a path that the log keeps.
const PATH_LENGTH: usize = 160;

/// The number of characters of a note that the log keeps. Some notes repeat the request.
const NOTE_LENGTH: usize = 800;

/// Logs a request and gives its response an identifier.
pub(crate) async fn record_request(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().to_string();
    let path = start(request.uri().path(), PATH_LENGTH);
    let mut response = next.run(request).await;

    let note = response.extensions().get::<JournalNote>();
    let entry = JournalEntry {
        time: app.now(),
        method,
        path,
        status: response.status().as_u16(),
        note: note.map_or_else(String::new, |JournalNote(text)| start(text, NOTE_LENGTH)),
    };
    let number = {
        let mut state = app.state();
        state.journal.push_back(entry);
        if state.journal.len() > KEPT {
            state.journal.pop_front();
        }
        state.requests += 1;
        state.requests
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
