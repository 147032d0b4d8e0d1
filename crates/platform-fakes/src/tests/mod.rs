//! Tests of a running fake: requests over a connection, and the faults.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use jiff::{SignedDuration, Timestamp};

use crate::mastodon::{Mastodon, TOKEN};
use crate::{Answer, Fake, Fault, ManualClock};

fn noon() -> Timestamp {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

fn start() -> Fake<Mastodon> {
    Fake::start(Mastodon::new(), noon)
}

/// Opens a connection and sends a post. Returns the connection.
fn send_post(fake: &Fake<Mastodon>, text: &str) -> TcpStream {
    let address = fake.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let body = format!("status={text}");
    let request = format!(
        "POST /api/v1/statuses HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {TOKEN}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

fn read(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn post(fake: &Fake<Mastodon>, text: &str) -> String {
    read(send_post(fake, text))
}

#[test]
fn running_fake_answers_and_records() {
    let fake = start();
    let answer = post(&fake, "hi");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert_eq!(fake.posts()[0].text, "hi");
    let [exchange] = fake.exchanges().try_into().unwrap();
    assert_eq!(exchange.status.unwrap(), 200);
    assert_eq!(exchange.time, noon());
    assert_eq!(exchange.request.text(), "status=hi");
    assert_eq!(fake.requests().len(), 1);
    assert!(fake.refusals().is_empty());
}

#[test]
fn strict_refusals_are_listed() {
    let fake = start();
    post(&fake, "hi&languag=en");
    let [refusal] = fake.refusals().try_into().unwrap();
    assert!(refusal.starts_with("POST /api/v1/statuses"), "{refusal}");
    assert!(refusal.contains("languag"), "{refusal}");
}

#[test]
fn fault_replaces_the_answer() {
    let fake = start();
    let busy = Answer::text(503, "busy").with("retry-after", "5");
    fake.inject(Fault::answer("POST", "/api/v1/statuses", busy));
    let answer = post(&fake, "hi");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("retry-after: 5\r\n") && answer.ends_with("busy"));
    assert!(fake.posts().is_empty());
    assert_eq!(fake.exchanges()[0].status, None);
    assert!(post(&fake, "hi").starts_with("HTTP/1.1 200 "));
}

#[test]
fn fault_after_processing_keeps_the_post() {
    let fake = start();
    let late = Answer::text(504, "late");
    fake.inject(Fault::answer_after("POST", "/api/v1/statuses", late));
    assert!(post(&fake, "hi").starts_with("HTTP/1.1 504 "));
    assert_eq!(fake.posts().len(), 1);
}

#[test]
fn connection_is_cut_before_or_after() {
    let fake = start();
    fake.inject(Fault::cut_before("POST", "/api/v1/statuses"));
    assert_eq!(post(&fake, "hi"), "");
    assert!(fake.posts().is_empty());
    fake.clear_faults();
    fake.inject(Fault::cut_after("POST", "/api/v1/statuses"));
    assert_eq!(post(&fake, "hi"), "");
    assert_eq!(fake.posts().len(), 1);
}

#[test]
fn held_answer_waits_for_release() {
    let fake = start();
    fake.inject(Fault::held("POST", "/api/v1/statuses"));
    let stream = send_post(&fake, "hi");
    while fake.posts().is_empty() {
        std::thread::yield_now();
    }
    stream.set_nonblocking(true).unwrap();
    let early = (&stream).read(&mut [0; 1]).unwrap_err();
    assert_eq!(early.kind(), std::io::ErrorKind::WouldBlock);
    stream.set_nonblocking(false).unwrap();
    fake.release();
    assert!(read(stream).starts_with("HTTP/1.1 200 "));
}

#[test]
fn dropped_fake_closes_connections() {
    let fake = start();
    fake.inject(Fault::held("POST", "/api/v1/statuses"));
    let stream = send_post(&fake, "hi");
    while fake.posts().is_empty() {
        std::thread::yield_now();
    }
    drop(fake);
    assert_eq!(read(stream), "");
}

#[test]
fn manual_clock_moves_the_fake() {
    let clock = ManualClock::new(noon());
    let fake = Fake::start(Mastodon::new(), clock.reader());
    post(&fake, "hi");
    clock.advance(SignedDuration::from_secs(1));
    post(&fake, "ho");
    let [first, second] = fake.posts().try_into().unwrap();
    let between = second.created_at.duration_since(first.created_at);
    assert_eq!(between, SignedDuration::from_secs(1));
}

#[test]
fn multipart_body_has_parts() {
    let fake = start();
    let address = fake.url().strip_prefix("http://").unwrap();
    let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
                Content-Type: image/png\r\n\r\n\u{89}PNG\r\n--x--\r\n";
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!(
        "POST /api/v2/media HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {TOKEN}\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    assert!(read(stream).starts_with("HTTP/1.1 422 "));
    let parts = fake.requests()[0].parts.clone().unwrap().unwrap();
    assert_eq!(parts[0].name, "file");
    assert_eq!(parts[0].file_name.as_deref(), Some("a.png"));
    assert_eq!(parts[0].content_type.as_deref(), Some("image/png"));
}
