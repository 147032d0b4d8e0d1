//! A client of the page of `preview --serve`: like a browser, it waits for an event and reloads.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::site::{RunningProgram, Site};
use crate::{BenchError, TIMEOUT};

/// A running `preview --serve` and a client of its page.
pub(crate) struct Page {
    host: String,
    cookie: String,
    events_seen: Receiver<()>,
    _serving: RunningProgram,
}

impl Page {
    pub(crate) fn open(site: &Site) -> Result<Self, BenchError> {
        let mut serving = site
            .command(&["preview", "--serve", "--json"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(serving.stdout.take().ok_or("missing output")?).read_line(&mut line)?;
        let serving = RunningProgram(serving);
        let output: serde_json::Value = serde_json::from_str(&line)?;
        let url = output["url"].as_str().ok_or("missing address")?;
        let (host, path) = url
            .trim_start_matches("http://")
            .split_once('/')
            .ok_or("missing address")?;
        let host = host.to_owned();
        let welcome = get(&host, &format!("/{path}"), "")?;
        let cookie = welcome
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .and_then(|cookie| cookie.split(';').next())
            .ok_or("missing cookie")?
            .to_owned();
        let mut events = send_request(&host, "/events", &cookie)?;
        let (sender, events_seen) = channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(&mut events).lines().map_while(Result::ok);
            while lines.any(|line| line.starts_with("data:")) {
                if sender.send(()).is_err() {
                    return;
                }
            }
        });
        // The first event only confirms the connection.
        events_seen.recv_timeout(TIMEOUT)?;
        Ok(Self {
            host,
            cookie,
            events_seen,
            _serving: serving,
        })
    }

    /// Saves a post, and waits until the page shows it.
    pub(crate) fn save(&self, site: &Site, number: usize) -> Result<Duration, BenchError> {
        let start = site.save(number)?;
        loop {
            self.events_seen.recv_timeout(TIMEOUT)?;
            let page = get(&self.host, "/", &self.cookie)?;
            if page.contains(&format!("New {number}.")) {
                return Ok(Instant::now() - start);
            }
        }
    }
}

fn send_request(host: &str, path: &str, cookie: &str) -> Result<TcpStream, BenchError> {
    let mut stream = TcpStream::connect(host)?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    )?;
    Ok(stream)
}

fn get(host: &str, path: &str, cookie: &str) -> Result<String, BenchError> {
    let mut answer = String::new();
    send_request(host, path, cookie)?.read_to_string(&mut answer)?;
    Ok(answer)
}
