//! A fake platform that accepts every post and reports the time at which its first byte arrived.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use crate::{BenchError, TIMEOUT};

/// A fake platform on loopback.
pub(crate) struct Platform {
    pub(crate) url: String,
    posted: Receiver<Instant>,
}

impl Platform {
    pub(crate) fn listen() -> Result<Self, BenchError> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let (sender, posted) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let sender = sender.clone();
                // A broken connection is handled by the measured program.
                std::thread::spawn(move || serve(stream, &sender).ok());
            }
        });
        Ok(Self { url, posted })
    }

    /// Returns the time at which the next post arrived.
    pub(crate) fn posted(&self) -> Result<Instant, BenchError> {
        Ok(self.posted.recv_timeout(TIMEOUT)?)
    }
}

fn serve(stream: TcpStream, sender: &Sender<Instant>) -> std::io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut requests = BufReader::new(stream);
    loop {
        if requests.fill_buf()?.is_empty() {
            return Ok(());
        }
        let received = Instant::now();
        let mut length = 0;
        let mut first = String::new();
        requests.read_line(&mut first)?;
        loop {
            let mut line = String::new();
            requests.read_line(&mut line)?;
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        std::io::copy(&mut requests.by_ref().take(length), &mut std::io::sink())?;
        if first.starts_with("POST /rest/posts") {
            sender.send(received).ok();
        }
        answers.write_all(
            b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:1\r\nContent-Length: 0\r\n\r\n",
        )?;
    }
}
