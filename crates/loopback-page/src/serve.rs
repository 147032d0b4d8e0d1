//! Serves a router and closes connections whose client is silent. `axum::serve` waits without limit for
//! the rest of a request. On a server with one user, such a connection belongs to a suspended browser,
//! a port scanner or a hanging program.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::{Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::idle_body::limit_idle_time;
use crate::log_request::log_request;

/// The longest time that a client can take for the headers of a request, and between two requests.
pub const HEADER_TIMEOUT: Duration = Duration::from_secs(15);

/// The pause after the system refuses to accept a connection, for example with too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// Serves `router` on `listener` until `shutdown` completes, then finishes open requests for at most
/// `grace`. A connection is closed if its client stops in the middle of a request or sends none.
///
/// # Errors
/// Fails if `listener` fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
    grace: Duration,
) -> io::Result<()> {
    let router = router
        .layer(middleware::map_request(limit_idle_time))
        .layer(middleware::from_fn(log_request));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT);
    let connections = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            // The client has already closed the connection.
            Err(error) if is_connection_error(&error) => continue,
            Err(error) if error.raw_os_error().is_some() => {
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
            Err(error) => return Err(error),
        };
        // Responses are small, so Nagle's algorithm would only delay them.
        stream.set_nodelay(true).ok();
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        // An error of one connection does not affect the server.
        tokio::spawn(async move { connection.await.ok() });
    }
    timeout(grace, connections.shutdown()).await.ok();
    Ok(())
}

fn is_connection_error(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use axum::extract::Request;
    use axum::http::StatusCode;
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;
    use tokio::time::Instant;

    use super::*;
    use crate::idle_body::BODY_TIMEOUT;

    struct TestServer {
        address: std::net::SocketAddr,
        stop: oneshot::Sender<()>,
        task: JoinHandle<io::Result<()>>,
    }

    async fn count(request: Request) -> Result<String, StatusCode> {
        let body = axum::body::to_bytes(request.into_body(), 1 << 20).await;
        body.map(|body| body.len().to_string())
            .map_err(|_| StatusCode::REQUEST_TIMEOUT)
    }

    async fn start() -> TestServer {
        let slow = || async {
            sleep(Duration::from_secs(60)).await;
            "slow"
        };
        let router = Router::new()
            .route("/", get(|| async { "hello" }))
            .route("/slow", get(slow))
            .route("/count", post(count));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            stopped.await.ok();
        };
        let grace = Duration::from_secs(120);
        let task = tokio::spawn(serve(listener, router, shutdown, grace));
        TestServer {
            address,
            stop,
            task,
        }
    }

    /// Sends `parts` with `pause` between them. Returns the response and the lifetime of the connection.
    async fn send_with_pauses(
        server: &TestServer,
        parts: &[&str],
        pause: Duration,
    ) -> (String, Duration) {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let began = Instant::now();
        for part in parts {
            // The server can have closed the connection already.
            stream.write_all(part.as_bytes()).await.ok();
            sleep(pause).await;
        }
        let mut answer = Vec::new();
        // A connection that the server closes while bytes are in transit is reset.
        stream.read_to_end(&mut answer).await.ok();
        let answer = String::from_utf8(answer).unwrap();
        (answer, began.elapsed())
    }

    fn is_near(took: Duration, limit: Duration) -> bool {
        took >= limit && took < limit + Duration::from_secs(5)
    }

    #[tokio::test(start_paused = true)]
    async fn silent_connection_is_closed() {
        let server = start().await;
        let (answer, took) = send_with_pauses(&server, &[], Duration::ZERO).await;
        assert_eq!(answer, "");
        assert!(is_near(took, HEADER_TIMEOUT), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn incomplete_headers_close_connection() {
        let server = start().await;
        let half = ["GET / HTTP/1.1\r\nHost: a\r\n"];
        let (_, took) = send_with_pauses(&server, &half, Duration::ZERO).await;
        assert!(is_near(took, HEADER_TIMEOUT), "{took:?}");
        // Slowly sent headers do not extend the time limit.
        let drops: Vec<&str> = std::iter::repeat_n("X: y\r\n", 9).collect();
        let drops = [&half[..], &drops].concat();
        let (answer, _) = send_with_pauses(&server, &drops, Duration::from_secs(4)).await;
        assert!(!answer.contains("hello"), "{answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn idle_connection_is_closed_after_answer() {
        let server = start().await;
        let request = ["GET / HTTP/1.1\r\nHost: a\r\n\r\n"];
        let (answer, took) = send_with_pauses(&server, &request, Duration::ZERO).await;
        assert!(answer.ends_with("hello"), "{answer}");
        assert!(is_near(took, HEADER_TIMEOUT), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn incomplete_body_closes_connection() {
        let server = start().await;
        let head = "POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n";
        let (answer, took) = send_with_pauses(&server, &[head, "abc"], Duration::ZERO).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(is_near(took, BODY_TIMEOUT), "{took:?}");
        // A body that keeps arriving is accepted.
        let parts = [head, "abc", "def", "ghi"];
        let (answer, _) = send_with_pauses(&server, &parts, Duration::from_secs(6)).await;
        assert!(answer.ends_with('9'), "{answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn slow_response_finishes_at_shutdown() {
        let server = start().await;
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let request = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
        stream.write_all(request).await.unwrap();
        sleep(Duration::from_secs(1)).await;
        server.stop.send(()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("slow"), "{answer}");
        server.task.await.unwrap().unwrap();
    }
}
