//! Serves a fake: reads the whole request, applies the faults, lets the platform answer, and records
//! all of it.

use std::net::TcpListener;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::Response;
use multer::Multipart;
use tokio::sync::oneshot;

use crate::answer::Answer;
use crate::broken_body::cut_connection;
use crate::faults::{Effect, next_effect};
use crate::request::{Part, Request};
use crate::shared::{Exchange, Platform, Shared, lock};

/// The largest body that is read, in bytes.
const MAX_BODY: usize = 64 << 20;

/// A server's state.
struct Server<P> {
    shared: Arc<Shared<P>>,
    base_url: String,
}

impl<P> Clone for Server<P> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            base_url: self.base_url.clone(),
        }
    }
}

/// Serves requests until `stopped`.
pub(crate) async fn serve<P: Platform>(
    listener: TcpListener,
    shared: Arc<Shared<P>>,
    base_url: String,
    stopped: oneshot::Receiver<()>,
) {
    listener
        .set_nonblocking(true)
        .expect("a listener that does not block");
    let listener = tokio::net::TcpListener::from_std(listener).expect("a bound listener");
    let router = Router::new()
        .fallback(handle::<P>)
        .with_state(Server { shared, base_url });
    tokio::select! {
        served = axum::serve(listener, router) => served.expect("a server"),
        // Dropping the server closes the open connections.
        _ = stopped => {}
    }
}

async fn handle<P: Platform>(
    State(server): State<Server<P>>,
    request: axum::extract::Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return cut_connection();
    };
    let request = complete(parts, body).await;
    let effect = next_effect(&mut lock(&server.shared.faults), &request);
    match effect {
        Some(Effect::CutBefore) => {
            server.record(request, None);
            cut_connection()
        }
        Some(Effect::Instead(answer)) => {
            server.record(request, None);
            answer.into_response()
        }
        None => server.process(request).into_response(),
        Some(Effect::After(answer)) => {
            server.process(request);
            answer.into_response()
        }
        Some(Effect::CutAfter) => {
            server.process(request);
            cut_connection()
        }
        Some(Effect::Held) => {
            let mut releases = server.shared.releases.subscribe();
            let answer = server.process(request);
            // An error means that the fake was dropped.
            releases.changed().await.ok();
            answer.into_response()
        }
    }
}

impl<P: Platform> Server<P> {
    /// Lets the platform answer, and records the exchange.
    fn process(&self, request: Request) -> Answer {
        let now = self.shared.clock.now();
        let answer = lock(&self.shared.platform).answer(&request, &self.base_url, now);
        if answer.is_strict() {
            let body = String::from_utf8_lossy(&answer.body);
            let line = format!("{} {}: {body}", request.method, request.path);
            lock(&self.shared.refusals).push(line);
        }
        self.record(request, Some(&answer));
        answer
    }

    fn record(&self, request: Request, answer: Option<&Answer>) {
        let exchange = Exchange {
            request,
            time: self.shared.clock.now(),
            status: answer.map(|answer| answer.status),
        };
        lock(&self.shared.exchanges).push(exchange);
    }
}

async fn complete(parts: Parts, body: Bytes) -> Request {
    let declared = parts.headers.get(header::CONTENT_TYPE);
    let declared = declared.and_then(|value| value.to_str().ok());
    let is_multipart = declared.is_some_and(|value| value.starts_with("multipart/form-data"));
    let form = match declared {
        Some(value) if is_multipart => Some(read_parts(value, body.clone()).await),
        _ => None,
    };
    Request {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body,
        parts: form,
    }
}

async fn read_parts(content_type: &str, body: Bytes) -> Result<Vec<Part>, String> {
    let boundary = multer::parse_boundary(content_type).map_err(|error| error.to_string())?;
    let mut multipart = Multipart::new(Body::from(body).into_data_stream(), boundary);
    let mut parts = Vec::new();
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| error.to_string())?
    {
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(ToString::to_string),
            bytes: field.bytes().await.map_err(|error| error.to_string())?,
        });
    }
    Ok(parts)
}
