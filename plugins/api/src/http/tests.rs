use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// A server that answers a number of requests on each connection, and closes it when the next one has arrived.
struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Server {
    async fn answering(per_connection: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let [connections, requests] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        let counted = (Arc::clone(&connections), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.0.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(answer(stream, per_connection, Arc::clone(&counted.1)));
            }
        });
        Self {
            url,
            connections,
            requests,
        }
    }

    /// Returns the number of connections and of requests so far.
    fn counts(&self) -> (usize, usize) {
        let [connections, requests] = [&self.connections, &self.requests];
        (
            connections.load(Ordering::SeqCst),
            requests.load(Ordering::SeqCst),
        )
    }
}

/// Reads requests without a body.
async fn answer(mut stream: TcpStream, limit: usize, requests: Arc<AtomicUsize>) {
    let mut answered = 0;
    let mut read = Vec::new();
    while stream
        .read_buf(&mut read)
        .await
        .is_ok_and(|bytes| bytes > 0)
    {
        if !read.ends_with(b"\r\n\r\n") {
            continue;
        }
        read.clear();
        requests.fetch_add(1, Ordering::SeqCst);
        if answered == limit || stream.write_all(ANSWER).await.is_err() {
            return;
        }
        answered += 1;
    }
}

#[tokio::test]
async fn repeatable_requests_share_connection() {
    let server = Server::answering(9).await;
    let http = Http::new();
    let upload = || HttpRequest::new("POST", &server.url).repeatable();
    for request in [upload(), HttpRequest::new("GET", &server.url), upload()] {
        assert_eq!(http.send(request).await.unwrap().status, 200);
    }
    assert_eq!(server.counts(), (1, 3));
}

#[tokio::test]
async fn other_request_opens_connection() {
    let server = Server::answering(9).await;
    let http = Http::new();
    for method in ["GET", "POST", "POST", "DELETE"] {
        let request = HttpRequest::new(method, &server.url);
        assert_eq!(http.send(request).await.unwrap().status, 200);
    }
    assert_eq!(server.counts(), (4, 4));
}

#[tokio::test]
async fn repeatable_request_survives_closed_connection() {
    let server = Server::answering(1).await;
    let http = Http::new();
    for _ in 0..2 {
        let request = HttpRequest::new("GET", &server.url);
        assert_eq!(http.send(request).await.unwrap().status, 200);
    }
    assert_eq!(server.counts(), (2, 3));
}

#[tokio::test]
async fn only_repeatable_request_is_repeated() {
    for (method, times) in [("GET", 2), ("POST", 1)] {
        let server = Server::answering(0).await;
        let request = HttpRequest::new(method, &server.url);
        let outcome = Http::new().send(request).await;
        assert!(
            matches!(outcome, Err(HttpError::NoResponse(_))),
            "{method}: {outcome:?}"
        );
        assert_eq!(server.counts(), (times, times), "{method}");
    }
}
