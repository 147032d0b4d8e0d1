//! A platform that answers the requests of an article post with a picture at once. It checks nothing.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// A platform on loopback.
pub(crate) struct Platform {
    pub(crate) url: String,
    arrived: Receiver<Arrival>,
}

/// A request that arrived.
struct Arrival {
    /// The time at which its first byte arrived.
    at: Instant,
    /// `true` if it creates a post.
    is_post: bool,
}

impl Platform {
    /// Starts to listen.
    ///
    /// # Errors
    /// If no port is free.
    pub(crate) fn listen() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let host = listener.local_addr()?.to_string();
        let url = format!("http://{host}");
        let (sender, arrived) = channel();
        let ids = Arc::new(AtomicU64::new(1));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (sender, ids, host) = (sender.clone(), ids.clone(), host.clone());
                // A broken connection is handled by the measured program.
                std::thread::spawn(move || serve(stream, &host, &ids, &sender).ok());
            }
        });
        Ok(Self { url, arrived })
    }

    /// Returns the time at which the next post arrived.
    ///
    /// # Errors
    /// If none arrives within `timeout`.
    pub(crate) fn posted(&self, timeout: Duration) -> anyhow::Result<Instant> {
        loop {
            let arrival = self.arrived.recv_timeout(timeout)?;
            if arrival.is_post {
                return Ok(arrival.at);
            }
        }
    }

    /// Returns the posts per second between the first and the last request that arrived so far.
    pub(crate) fn rate(&self) -> f64 {
        let arrivals: Vec<Arrival> = self.arrived.try_iter().collect();
        let posts = arrivals.iter().filter(|arrival| arrival.is_post).count();
        match (arrivals.first(), arrivals.last()) {
            (Some(first), Some(last)) => posts as f64 / (last.at - first.at).as_secs_f64(),
            _ => f64::NAN,
        }
    }
}

fn serve(
    stream: TcpStream,
    host: &str,
    ids: &AtomicU64,
    sender: &Sender<Arrival>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut answers = stream.try_clone()?;
    let mut requests = BufReader::with_capacity(1 << 16, stream);
    while !requests.fill_buf()?.is_empty() {
        let at = Instant::now();
        let mut first = String::new();
        requests.read_line(&mut first)?;
        let length = read_length(&mut requests)?;
        io::copy(&mut requests.by_ref().take(length), &mut io::sink())?;
        let is_post = first.starts_with("POST /rest/posts");
        // The receiver is dropped at the end of the measurement.
        sender.send(Arrival { at, is_post }).ok();
        let id = ids.fetch_add(1, Ordering::Relaxed);
        answers.write_all(answer(&first, host, id).as_bytes())?;
    }
    Ok(())
}

/// Reads the headers and returns the length of the body.
fn read_length(requests: &mut BufReader<TcpStream>) -> io::Result<u64> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        requests.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            return Ok(length);
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
}

fn answer(first: &str, host: &str, id: u64) -> String {
    let (status, header, body) = if first.starts_with("POST /rest/images?action=initializeUpload") {
        let body = format!(
            "{{\"value\":{{\"uploadUrlExpiresAt\":4102444800000,\"uploadUrl\":\"http://{host}/up/{id}\",\"image\":\"urn:li:image:C{id}\"}}}}"
        );
        ("200 OK", String::new(), body)
    } else if first.starts_with("PUT /up") {
        ("201 Created", String::new(), String::new())
    } else if let Some(path) = first.strip_prefix("GET /rest/images/") {
        let image = path.split([' ', '?', '/']).next().unwrap_or_default();
        let image = image.replace("%3A", ":");
        let body = format!(
            "{{\"id\":\"{image}\",\"status\":\"AVAILABLE\",\"owner\":\"urn:li:person:abc\"}}"
        );
        ("200 OK", String::new(), body)
    } else if first.starts_with("POST /rest/posts") {
        let header = format!("x-restli-id: urn:li:share:{id}\r\n");
        ("201 Created", header, String::new())
    } else if first.starts_with("GET /v2/userinfo") {
        (
            "200 OK",
            String::new(),
            "{\"sub\":\"abc\",\"name\":\"A B\"}".to_owned(),
        )
    } else {
        ("200 OK", String::new(), "{}".to_owned())
    };
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{header}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}
