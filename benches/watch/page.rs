//! The page of `preview --serve`, as a browser sees it: news come as events, and then it looks again.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::site::{Running, Site};
use crate::{LONG, Trouble};

/// The page.
pub(crate) struct Page {
    host: String,
    cookie: String,
    news: Receiver<()>,
    _serving: Running,
}

impl Page {
    pub(crate) fn open(site: &Site) -> Result<Self, Trouble> {
        let mut serving = site
            .command(&["preview", "--serve", "--json"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(serving.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let serving = Running(serving);
        let said: serde_json::Value = serde_json::from_str(&line)?;
        let url = said["url"].as_str().ok_or("no address")?;
        let (host, path) = url
            .trim_start_matches("http://")
            .split_once('/')
            .ok_or("no address")?;
        let host = host.to_owned();
        let welcome = get(&host, &format!("/{path}"), "")?;
        let cookie = welcome
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .and_then(|cookie| cookie.split(';').next())
            .ok_or("no cookie")?
            .to_owned();
        let mut events = ask(&host, "/events", &cookie)?;
        let (tell, news) = channel();
        std::thread::spawn(move || {
            let mut lines = BufReader::new(&mut events).lines().map_while(Result::ok);
            while lines.any(|line| line.starts_with("data:")) {
                if tell.send(()).is_err() {
                    return;
                }
            }
        });
        // The first is about nothing but the connection.
        news.recv_timeout(LONG)?;
        Ok(Self {
            host,
            cookie,
            news,
            _serving: serving,
        })
    }

    /// Saves a post, and waits until it stands on the page.
    pub(crate) fn save(&self, site: &Site, number: usize) -> Result<Duration, Trouble> {
        let start = site.save(number)?;
        loop {
            self.news.recv_timeout(LONG)?;
            let page = get(&self.host, "/", &self.cookie)?;
            if page.contains(&format!("New {number}.")) {
                return Ok(Instant::now() - start);
            }
        }
    }
}

fn ask(host: &str, path: &str, cookie: &str) -> Result<TcpStream, Trouble> {
    let mut stream = TcpStream::connect(host)?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    )?;
    Ok(stream)
}

fn get(host: &str, path: &str, cookie: &str) -> Result<String, Trouble> {
    let mut answer = String::new();
    ask(host, path, cookie)?.read_to_string(&mut answer)?;
    Ok(answer)
}
