//! A platform that takes every post, and tells when the first byte of it came.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use crate::{LONG, Trouble};

/// The platform.
pub(crate) struct Platform {
    pub(crate) url: String,
    posted: Receiver<Instant>,
}

impl Platform {
    pub(crate) fn listen() -> Result<Self, Trouble> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let (tell, posted) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let tell = tell.clone();
                // A connection that breaks is the measured program's to mend.
                std::thread::spawn(move || serve(stream, &tell).ok());
            }
        });
        Ok(Self { url, posted })
    }

    /// When the next post came.
    pub(crate) fn posted(&self) -> Result<Instant, Trouble> {
        Ok(self.posted.recv_timeout(LONG)?)
    }
}

fn serve(stream: TcpStream, tell: &Sender<Instant>) -> std::io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut requests = BufReader::new(stream);
    loop {
        if requests.fill_buf()?.is_empty() {
            return Ok(());
        }
        let came = Instant::now();
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
            tell.send(came).ok();
        }
        answers.write_all(
            b"HTTP/1.1 201 Created\r\nx-restli-id: urn:li:share:1\r\nContent-Length: 0\r\n\r\n",
        )?;
    }
}
