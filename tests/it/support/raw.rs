//! A server that answers every request with the same bytes or not at all, and counts requests.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A server on a free loopback port, which runs until the test process exits.
pub(crate) struct RawServer {
    pub(crate) url: String,
    requests: Arc<AtomicUsize>,
}

impl RawServer {
    /// Answers each request with `answer` and closes the connection.
    pub(crate) fn answering(answer: &'static [u8]) -> Self {
        Self::serving(move |mut stream| {
            read_request(stream);
            stream.write_all(answer).ok();
        })
    }

    /// Answers each request with the result of `reply` and closes the connection.
    pub(crate) fn replying(reply: impl Fn() -> Vec<u8> + Send + 'static) -> Self {
        Self::serving(move |mut stream| {
            read_request(stream);
            stream.write_all(&reply()).ok();
        })
    }

    /// Answers each request with `answer`, one byte at a time.
    pub(crate) fn answering_slowly(answer: &'static [u8]) -> Self {
        Self::serving(move |mut stream| {
            read_request(stream);
            for byte in answer {
                stream.write_all(&[*byte]).ok();
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
        })
    }

    /// Closes each connection before it reads anything.
    pub(crate) fn closing() -> Self {
        Self::serving(|_| {})
    }

    fn serving(serve: impl Fn(&TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                counter.fetch_add(1, Ordering::SeqCst);
                serve(&stream);
            }
        });
        Self { url, requests }
    }

    /// Returns the number of requests.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// Reads one request with a body of known length, and returns its bytes, or `None` if the client closes the
/// connection before.
pub(super) fn read_request(mut stream: &TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut chunk) {
        bytes.extend_from_slice(&chunk[..count]);
        if is_complete(&bytes) {
            return Some(bytes);
        }
    }
    None
}

fn is_complete(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    request.len() >= end + 4 + length
}
