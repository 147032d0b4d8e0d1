//! A client of the page of `preview --serve`: like a browser, it waits for an event and reloads.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use anyhow::Context as _;

use super::{RunningProgram, TIMEOUT};
use crate::process::Runnable;

/// A running `preview --serve` and a client of its page.
pub(super) struct Page {
    host: String,
    secrets: Secrets,
    events: Receiver<Instant>,
    _serving: RunningProgram,
}

impl Page {
    pub(super) fn open(syndicate: &Runnable) -> anyhow::Result<Self> {
        let command = syndicate.clone().args("preview --serve --json");
        let (serving, mut output) = RunningProgram::start(&command)?;
        let mut line = String::new();
        output.read_line(&mut line)?;
        let announced: serde_json::Value = serde_json::from_str(&line)?;
        let url = announced["url"].as_str().unwrap_or_default();
        let address = url.trim_start_matches("http://").split_once('/');
        let (host, path) = address.context("no address")?;
        let welcome = get(host, &format!("/{path}"), &Secrets::default())?;
        let secrets = Secrets::of(&welcome).context("no secrets")?;
        let events = listen(host, &secrets)?;
        // The first event only confirms the connection.
        events.recv_timeout(TIMEOUT)?;
        Ok(Self {
            host: host.to_owned(),
            secrets,
            events,
            _serving: serving,
        })
    }

    /// Forgets events that belong to earlier saves.
    pub(super) fn forget_events(&self) {
        self.events.try_iter().for_each(drop);
    }

    /// Returns the time of the next event.
    pub(super) fn next_event(&self) -> anyhow::Result<Instant> {
        Ok(self.events.recv_timeout(TIMEOUT)?)
    }

    /// Waits until the page shows `text`.
    pub(super) fn wait_for(&self, text: &str) -> anyhow::Result<()> {
        while !get(&self.host, "/", &self.secrets)?.contains(text) {
            self.next_event()?;
        }
        Ok(())
    }
}

/// The secrets that a request of the page carries.
#[derive(Default)]
struct Secrets {
    cookie: String,
    page: String,
}

impl Secrets {
    /// Reads the secrets from the answer to the request with the token.
    fn of(welcome: &str) -> Option<Self> {
        let mut lines = welcome.lines();
        let cookie = lines.find_map(|line| line.strip_prefix("set-cookie: "))?;
        let page = lines.find_map(|line| line.strip_prefix("location: /#page="))?;
        Some(Self {
            cookie: cookie.split(';').next()?.to_owned(),
            page: page.to_owned(),
        })
    }
}

/// Returns the times of the page's events.
fn listen(host: &str, secrets: &Secrets) -> anyhow::Result<Receiver<Instant>> {
    let stream = send_request(host, "/events", secrets)?;
    let (sender, events) = channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        while lines.any(|line| line.starts_with("data:")) {
            if sender.send(Instant::now()).is_err() {
                return;
            }
        }
    });
    Ok(events)
}

fn send_request(host: &str, path: &str, secrets: &Secrets) -> anyhow::Result<TcpStream> {
    let mut stream = TcpStream::connect(host)?;
    let Secrets { cookie, page } = secrets;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nX-Syndicate-Page: {page}\r\n\
         Connection: close\r\n\r\n"
    )?;
    Ok(stream)
}

fn get(host: &str, path: &str, secrets: &Secrets) -> anyhow::Result<String> {
    let mut answer = String::new();
    send_request(host, path, secrets)?.read_to_string(&mut answer)?;
    Ok(answer)
}
