//! The loopback listener that the browser comes back to. It answers one path with pages that repeat
//! nothing of what was asked, to nobody but this machine, and hands the answer on.

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

/// How long a browser may take to read its page.
const FAREWELL: Duration = Duration::from_millis(500);

/// A socket that is bound and does not answer yet.
#[derive(Debug)]
pub(crate) struct Listener {
    sockets: Vec<TcpListener>,
    port: u16,
}

/// A listener at work.
pub(super) struct Listening {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Listening {
    /// Ends it, once the page that it is sending has arrived.
    pub(super) async fn end(self) {
        // An error means that nobody listens any more.
        self.stop.send(true).ok();
        for task in self.tasks {
            // A browser that takes its time must not keep the login from going on.
            tokio::time::timeout(FAREWELL, task).await.ok();
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
    /// Listens on `port` of this machine, or on any that is free for 0. Browsers take `localhost`
    /// for IPv6 as well, which is listened to where there is any.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub(crate) async fn bind(port: u16) -> std::io::Result<Self> {
        let first = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = first.local_addr()?.port();
        let mut sockets = vec![first];
        sockets.extend(TcpListener::bind(("::1", port)).await.ok());
        Ok(Self { sockets, port })
    }

    /// The port.
    #[must_use]
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Answers the browser from now on.
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
                // A listener that breaks leaves the pasted address as a way.
                serve(socket, router, stop, FAREWELL).await.ok();
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
        let text = "This address is for the machine itself.";
        return page(StatusCode::FORBIDDEN, "Not here", text);
    }
    let came = state.pending.take(&query.unwrap_or_default());
    let answer = match &came {
        Callback::Code(_) => page(
            StatusCode::OK,
            "You are back",
            "The rest is in the terminal; this page can be closed.",
        ),
        Callback::OAuthError(_) => page(
            StatusCode::OK,
            "Not signed in",
            "The terminal says why; this page can be closed.",
        ),
        Callback::Stray(_) => page(
            StatusCode::UNAUTHORIZED,
            "Not the answer",
            "This is not the answer that <code>syndicate</code> waits for, so it changes nothing. \
             Use the page that the terminal names.",
        ),
    };
    // With the receiver gone the login is over, and nobody needs to hear of it.
    state.answers.send(came).ok();
    answer
}

/// Whether the request was meant for this machine, and not for a name that somebody else's DNS leads
/// here.
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
        Http::new().unwrap().send(call).await.unwrap()
    }

    #[tokio::test]
    async fn a_wrong_state_is_told_so_and_the_right_one_still_counts() {
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
