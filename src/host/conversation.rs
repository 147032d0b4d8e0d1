//! The conversation with a running plugin: the handshake, then requests with numbers. Answers may come in any order;
//! the number of open requests and their size are limited.

use std::path::Path;
use std::time::{Duration, Instant};

use plugin_protocol::{
    Answer, Cancel, ErrorAnswer, HelloError, HostGreeting, HostHello, MAX_LINE, Manifest,
    PROTOCOLS, PluginLine, Reply, Request, Task, check_protocol,
};
use serde::Serialize;
use serde_json::Value;

use super::answer_fields::read_fields;
use super::failure::FailureKind;
use super::last_words::LastWords;
use super::open_requests::OpenRequests;
use super::process::{Killer, PluginProcess};
use super::stop_signal::StopSignal;

/// The number of bytes from which requests are passed to the plugin while others are still being encoded.
const SENT_BYTES: usize = 64 << 10;

/// Maximum number of answers to no open request. A plugin with more of them is out of step.
const MAX_UNKNOWN: usize = 100;

/// The time that a plugin has to stop after it was asked to.
pub(super) const CANCEL_TIME: Duration = Duration::from_secs(2);

/// The time between two looks at whether a request was cancelled. Longer than two pauses of the process, so that its end
/// is noticed.
const POLL: Duration = Duration::from_millis(300);

/// A running plugin that has introduced itself.
pub(super) struct Conversation {
    process: PluginProcess,
    timeout: Duration,
    stop: StopSignal,
    next_id: u64,
    unknown: usize,
}

impl Conversation {
    /// Greets a new process. Returns the conversation and the plugin's description of itself.
    pub(super) fn begin(
        mut process: PluginProcess,
        timeout: Duration,
        stop: &StopSignal,
    ) -> Result<(Self, Manifest), (FailureKind, LastWords)> {
        let words = process.last_words.clone();
        let greeting = HostHello {
            hello: HostGreeting {
                protocol: PROTOCOLS,
                host: concat!("syndicate ", env!("CARGO_PKG_VERSION")).to_owned(),
            },
        };
        let hello = encode(&greeting).and_then(|line| {
            process.send(line);
            match process.next_line(timeout, stop)? {
                PluginLine::Hello(hello) => read_hello(hello),
                PluginLine::Invalid(error) => Err(FailureKind::Protocol(error)),
                _ => Err(FailureKind::NoHello),
            }
        });
        match hello {
            Ok(manifest) => {
                let conversation = Self {
                    process,
                    timeout,
                    stop: stop.clone(),
                    next_id: 1,
                    unknown: 0,
                };
                Ok((conversation, manifest))
            }
            Err(failure) => {
                process.killer().kill();
                Err((failure, words))
            }
        }
    }

    /// Returns the last lines of the plugin's output.
    pub(super) fn last_words(&self) -> Option<String> {
        self.process.last_words.text()
    }

    /// Returns the private folder of the process.
    pub(super) fn scratch(&self) -> &Path {
        self.process.scratch()
    }

    /// Returns a value that ends the process from another thread.
    pub(super) fn killer(&self) -> Killer {
        self.process.killer()
    }

    /// Sends one request and returns its result.
    pub(super) fn ask(&mut self, task: Task) -> Result<Result<Value, ErrorAnswer>, FailureKind> {
        let mut result = None;
        self.exchange([task].into_iter(), |_, reply| match reply {
            Reply::Ok(ok) => {
                result = Some(Ok(ok));
                Ok(())
            }
            Reply::Error(error) => {
                result = Some(Err(error));
                Ok(())
            }
            Reply::Item(_) | Reply::Fault(_) | Reply::Call(_) => Err(unexpected()),
        })?;
        result.ok_or_else(unexpected)
    }

    /// Sends a request and returns its number, for a conversation with several turns.
    pub(super) fn begin_request(&mut self, task: Task) -> Result<u64, FailureKind> {
        let id = self.next_id;
        self.next_id += 1;
        self.write_line(encode_request(id, task)?)?;
        Ok(id)
    }

    /// Writes a message.
    ///
    /// # Errors
    /// If it is too long for a line.
    pub(super) fn write(&self, message: &impl Serialize) -> Result<(), FailureKind> {
        self.write_line(encode(message)?)
    }

    fn write_line(&self, line: Vec<u8>) -> Result<(), FailureKind> {
        if line.len() > MAX_LINE {
            return Err(FailureKind::Protocol(too_long().message));
        }
        self.process.send(line);
        Ok(())
    }

    /// Returns the next part of the answer to the request `id`, which is the only open one.
    ///
    /// # Errors
    /// If the plugin cannot be used any more, or does not answer within `timeout`, by default that of the plugin.
    pub(super) fn next_reply(
        &mut self,
        id: u64,
        timeout: Option<Duration>,
    ) -> Result<Reply, FailureKind> {
        loop {
            let answer = self.next_answer(timeout.unwrap_or(self.timeout))?;
            if answer.id == id {
                return Ok(answer.reply);
            }
            self.count_unknown()?;
        }
    }

    /// Returns the answer to the request `id`, which is the only open one. Waits for it although the run is to end. As soon
    /// as `is_cancelled` returns `true`, the plugin is asked to stop, and has two seconds to answer.
    ///
    /// # Errors
    /// If the plugin cannot be used any more, or does not answer in time.
    pub(super) fn last_reply(
        &mut self,
        id: u64,
        is_cancelled: impl Fn() -> bool,
    ) -> Result<Reply, FailureKind> {
        let mut end = Instant::now() + self.timeout;
        let mut has_asked = false;
        loop {
            if !has_asked && is_cancelled() {
                has_asked = true;
                end = end.min(Instant::now() + CANCEL_TIME);
                self.write(&Cancel { cancel: id })?;
            }
            let line = match self.process.next_line(POLL, &StopSignal::default()) {
                Err(FailureKind::TimedOut(_)) if Instant::now() < end => continue,
                Err(FailureKind::TimedOut(_)) => return Err(FailureKind::TimedOut(self.timeout)),
                line => line?,
            };
            match self.answer_of(line)? {
                Some(answer) if answer.id == id => return Ok(answer.reply),
                Some(_) => self.count_unknown()?,
                None => {}
            }
        }
    }

    /// Sends a request for each of `tasks`, several at a time, and passes each part of an answer to `receive` with the
    /// index of its task. A request that is too long gets an error as its answer.
    ///
    /// # Errors
    /// If the plugin cannot be used any more, or `receive` fails.
    pub(super) fn exchange(
        &mut self,
        tasks: impl Iterator<Item = Task>,
        mut receive: impl FnMut(usize, Reply) -> Result<(), FailureKind>,
    ) -> Result<(), FailureKind> {
        let mut tasks = tasks.enumerate().fuse();
        let mut open = OpenRequests::default();
        loop {
            self.send_some(&mut tasks, &mut open, &mut receive)?;
            if open.is_empty() {
                return Ok(());
            }
            // All answers that have arrived come before further requests, so that the plugin gets many of these at once.
            let mut arrived = Some(self.next_answer(self.timeout)?);
            while let Some(answer) = arrived {
                self.take_answer(answer, &mut open, &mut receive)?;
                arrived = match open.is_empty() {
                    true => None,
                    false => self.waiting_answer()?,
                };
            }
        }
    }

    /// Sends requests until as many are open as are allowed, or no task is left.
    fn send_some(
        &mut self,
        tasks: &mut impl Iterator<Item = (usize, Task)>,
        open: &mut OpenRequests,
        receive: &mut impl FnMut(usize, Reply) -> Result<(), FailureKind>,
    ) -> Result<(), FailureKind> {
        let mut lines = Vec::new();
        while open.has_capacity()
            && let Some((index, task)) = tasks.next()
        {
            let id = self.next_id;
            let line = encode_request(id, task)?;
            if line.len() > MAX_LINE {
                receive(index, Reply::Error(too_long()))?;
                continue;
            }
            self.next_id += 1;
            open.add(id, index, line.len());
            lines.extend(line);
            if lines.len() >= SENT_BYTES {
                self.process.send(std::mem::take(&mut lines));
            }
        }
        if !lines.is_empty() {
            self.process.send(lines);
        }
        Ok(())
    }

    fn take_answer(
        &mut self,
        Answer { id, reply }: Answer,
        open: &mut OpenRequests,
        receive: &mut impl FnMut(usize, Reply) -> Result<(), FailureKind>,
    ) -> Result<(), FailureKind> {
        let Some(index) = open.index_of(id) else {
            let stray = format!("(an answer to request {id}, which is not open)");
            self.process.last_words.push(stray.as_bytes());
            return self.count_unknown();
        };
        let is_last = matches!(reply, Reply::Ok(_) | Reply::Error(_));
        receive(index, reply)?;
        if is_last {
            open.remove(id);
        }
        Ok(())
    }

    /// Returns the next answer, if it has arrived.
    fn waiting_answer(&mut self) -> Result<Option<Answer>, FailureKind> {
        while let Some(line) = self.process.waiting_line()? {
            if let Some(answer) = self.answer_of(line)? {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    fn next_answer(&mut self, timeout: Duration) -> Result<Answer, FailureKind> {
        loop {
            let line = self.process.next_line(timeout, &self.stop)?;
            if let Some(answer) = self.answer_of(line)? {
                return Ok(answer);
            }
        }
    }

    /// Returns the answer in `line`, if it is one.
    fn answer_of(&mut self, line: PluginLine) -> Result<Option<Answer>, FailureKind> {
        match line {
            PluginLine::Answer(answer) => Ok(Some(answer)),
            PluginLine::Invalid(error) => Err(FailureKind::Protocol(error)),
            PluginLine::Hello(_) | PluginLine::Log => self.count_unknown().map(|()| None),
        }
    }

    fn count_unknown(&mut self) -> Result<(), FailureKind> {
        self.unknown += 1;
        if self.unknown <= MAX_UNKNOWN {
            return Ok(());
        }
        let message = format!("more than {MAX_UNKNOWN} answers to requests that are not open");
        Err(FailureKind::Protocol(message))
    }
}

/// Reads the plugin's description of itself. Checks its version before it reads anything else, because another version
/// may have other fields.
fn read_hello(hello: Value) -> Result<Manifest, FailureKind> {
    check_protocol(&hello)?;
    Ok(read_fields(hello).map_err(HelloError::Invalid)?)
}

fn encode(message: &impl Serialize) -> Result<Vec<u8>, FailureKind> {
    let mut line = serde_json::to_vec(message).map_err(not_encoded)?;
    line.push(b'\n');
    Ok(line)
}

fn encode_request(id: u64, task: Task) -> Result<Vec<u8>, FailureKind> {
    Request { id, task }.to_line().map_err(not_encoded)
}

fn not_encoded(error: serde_json::Error) -> FailureKind {
    FailureKind::Protocol(format!("a request cannot be encoded: {error}"))
}

pub(super) fn unexpected() -> FailureKind {
    FailureKind::Protocol("the answer is not one for this request".to_owned())
}

fn too_long() -> ErrorAnswer {
    ErrorAnswer::of(format!(
        "the request would be longer than {} MiB, the limit of the protocol",
        MAX_LINE >> 20
    ))
}
