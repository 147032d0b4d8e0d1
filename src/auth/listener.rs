//! The loopback listener that receives the redirect of a login. It serves one path, answers only
//! requests addressed to this machine, and passes the callback on. Its pages repeat nothing of the
//! request.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use loopback_page::{ICON_PATH, icon, serve};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::Pending;
use super::pending::Callback;
use super::redirect::RedirectUri;

/// Time that a browser gets to read the last page before the listener closes.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(500);

/// A listener with bound sockets that does not answer yet.
#[derive(Debug)]
pub(crate) struct Listener {
    sockets: Vec<TcpListener>,
    port: u16,
}

/// A listener that answers requests.
pub(super) struct Listening {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Listening {
    /// Stops the listener after the page in transfer has been sent.
    pub(super) async fn end(self) {
        // An error means that every task has ended already.
        self.stop.send(true).ok();
        for task in self.tasks {
            // A slow browser must not delay the login.
            tokio::time::timeout(SHUTDOWN_TIMEOUT, task).await.ok();
        }
    }
}

#[derive(Clone)]
struct ListenerState {
    pending: Arc<Pending>,
    port: u16,
    answers: mpsc::UnboundedSender<Callback>,
}

impl Listener {
    /// Listens on `port` of the loopback interface; port 0 selects a free one. Also listens on IPv6
    /// if the system has it, because browsers may resolve `localhost` to `::1`.
    ///
    /// # Errors
    /// Fails if the port is in use or not permitted.
    pub(crate) async fn bind(port: u16) -> std::io::Result<Self> {
        let first = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = first.local_addr()?.port();
        let mut sockets = vec![first];
        sockets.extend(TcpListener::bind(("::1", port)).await.ok());
        Ok(Self { sockets, port })
    }

    /// Returns the port.
    #[must_use]
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Starts to answer requests and sends each callback to `answers`.
    pub(super) fn answer(
        self,
        redirect: &RedirectUri,
        pending: Arc<Pending>,
        answers: mpsc::UnboundedSender<Callback>,
    ) -> Listening {
        let path = redirect.listens().map_or("/", |(_, path)| path);
        let state = ListenerState {
            pending,
            port: self.port,
            answers,
        };
        let router = Router::new()
            .route(path, get(receive))
            .route(ICON_PATH, get(icon))
            .with_state(state);
        let (stop, stopped) = watch::channel(false);
        let tasks = self.sockets.into_iter().map(|socket| {
            let (router, mut stopped) = (router.clone(), stopped.clone());
            let stop = async move {
                stopped.changed().await.ok();
            };
            tokio::spawn(async move {
                // If the listener fails, the user can still paste the address.
                serve(socket, router, stop, SHUTDOWN_TIMEOUT).await.ok();
            })
        });
        Listening {
            tasks: tasks.collect(),
            stop,
        }
    }
}

async fn receive(
    State(state): State<ListenerState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if !is_local(&headers, state.port) {
        let text = "This address can only be used from the machine itself.";
        return page(StatusCode::FORBIDDEN, "Not here", text);
    }
    let callback = state.pending.take(&query.unwrap_or_default());
    let answer = match &callback {
        Callback::Code(_) => page(
            StatusCode::OK,
            "Signed in",
            "Return to the terminal; you can close this page.",
        ),
        Callback::OAuthError(_) => page(
            StatusCode::OK,
            "Not signed in",
            "See the terminal for the reason; you can close this page.",
        ),
        Callback::Stray(_) => page(
            StatusCode::UNAUTHORIZED,
            "Unexpected response",
            "This is not the response that <code>syndicate</code> expects, so it changes nothing. \
             Open the address shown in the terminal.",
        ),
    };
    // Sending fails only if the login has ended, and then the callback is not needed.
    state.answers.send(callback).ok();
    answer
}

/// Returns `true` if the `Host` header names this machine. Another name that resolves to loopback
/// (DNS rebinding) is rejected.
fn is_local(headers: &HeaderMap, port: u16) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let Some(host) = host else { return false };
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host == format!("{name}:{port}") || (port == 80 && host == *name))
}

fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <h1>{title}</h1><p>{text}</p></html>"
    );
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; img-src 'self'",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use syndicate_api::ExposeSecret as _;
    use syndicate_api::http::{Http, HttpRequest, HttpResponse};

    async fn ask(port: u16, target: &str, host: Option<&str>) -> HttpResponse {
        let mut call = HttpRequest::new("GET", format!("http://127.0.0.1:{port}{target}"));
        if let Some(host) = host {
            call = call.header("Host", host);
        }
        Http::new().send(call).await.unwrap()
    }

    #[tokio::test]
    async fn listener_rejects_wrong_state() {
        let listener = Listener::bind(0).await.unwrap();
        let port = listener.port();
        let pending = Arc::new(Pending::new(&[1; 32]));
        let state = pending.state().unwrap().expose_secret().to_owned();
        let (send, mut answers) = mpsc::unbounded_channel();
        let redirect = RedirectUri::local(port);
        let listening = listener.answer(&redirect, Arc::clone(&pending), send);

        let wrong = ask(port, "/callback?code=evil&state=guess", None).await;
        assert_eq!(wrong.status, 401);
        let text = String::from_utf8_lossy(&wrong.body).into_owned();
        assert!(
            text.contains("changes nothing") && !text.contains("evil"),
            "{text}"
        );
        assert!(matches!(answers.recv().await, Some(Callback::Stray(_))));

        let target = format!("/callback?code=good&state={state}");
        let elsewhere = ask(port, &target, Some("evil.example")).await;
        assert_eq!(elsewhere.status, 403);

        assert_eq!(ask(port, &target, None).await.status, 200);
        assert!(matches!(answers.recv().await, Some(Callback::Code(_))));
        assert_eq!(ask(port, &target, None).await.status, 401);
        assert_eq!(ask(port, "/other", None).await.status, 404);
        assert_eq!(ask(port, ICON_PATH, None).await.status, 200);
        listening.end().await;
        assert!(Listener::bind(port).await.is_ok(), "the port is free again");
    }
}
