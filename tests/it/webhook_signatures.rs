//! The receiver of `platform-fakes` against the library of Standard Webhooks: it takes what the library
//! signs, and keeps it so that the library can verify it. `tests/run` installs the library.

use crate::support::clock;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use jiff::{SignedDuration, Timestamp};
use platform_fakes::Fake;
use platform_fakes::webhook::Receiver;

use crate::support::standard_webhooks::{sign, verify};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLwSw";
const BODY: &str = "{\"title\": \"Größe 🦀\"}\n";

/// Delivers `body` with a signature of [`BODY`], and returns the status line.
fn deliver(receiver: &Fake<Receiver>, time: Timestamp, body: &str) -> String {
    let signature = sign(SECRET, "msg_1", time.as_second(), BODY);
    let address = receiver.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!(
        "POST /hook HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\nWebhook-Id: msg_1\r\n\
         Webhook-Timestamp: {}\r\nWebhook-Signature: {signature}\r\n\r\n{body}",
        body.len(),
        time.as_second()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
#[ignore = "needs standardwebhooks from PyPI: tests/run installs it"]
fn signed_delivery_is_verified() {
    let receiver = Fake::start(Receiver::new(), clock::now);
    let status = deliver(&receiver, clock::now(), BODY);
    assert_eq!(status, "HTTP/1.1 204 No Content");
    let [delivery] = receiver.posts().try_into().unwrap();
    assert_eq!(verify(SECRET, &delivery), Ok(()));
    let other_secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let mismatch = Err("No matching signature found".to_owned());
    assert_eq!(verify(other_secret, &delivery), mismatch);
}

#[test]
#[ignore = "needs standardwebhooks from PyPI: tests/run installs it"]
fn changed_body_is_not_verified() {
    let receiver = Fake::start(Receiver::new(), clock::now);
    deliver(&receiver, clock::now(), BODY.trim_end());
    let [delivery] = receiver.posts().try_into().unwrap();
    let mismatch = Err("No matching signature found".to_owned());
    assert_eq!(verify(SECRET, &delivery), mismatch);
}

#[test]
#[ignore = "needs standardwebhooks from PyPI: tests/run installs it"]
fn old_delivery_is_not_verified() {
    let old = clock::now() - SignedDuration::from_mins(6);
    let receiver = Fake::start(Receiver::new(), move || old);
    deliver(&receiver, old, BODY);
    let [delivery] = receiver.posts().try_into().unwrap();
    let too_old = Err("Message timestamp too old".to_owned());
    assert_eq!(verify(SECRET, &delivery), too_old);
}
