//! Speaks to a plugin without the tolerance of the host: each line is sent as it is, and each answer is kept.

use std::collections::BTreeMap;
use std::time::Duration;

use plugin_protocol::{Answer, ErrorAnswer, PluginLine, Reply};
use serde::Serialize;
use serde_json::{Value, json};
use syndicate_api::text::plural;

use crate::host::failure::FailureKind;
use crate::host::plugin_host::{PluginStarter, ProgramSpec};
use crate::host::process::PluginProcess;
use crate::host::source::format_counts;
use crate::host::stop_signal::StopSignal;

/// A process of the plugin under test.
pub(super) struct Driver {
    process: PluginProcess,
    timeout: Duration,
    stop: StopSignal,
    next_id: u64,
    replies: BTreeMap<u64, Replies>,
}

/// The parts of the answers to one request, or to several.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Replies {
    pub(super) items: Vec<Value>,
    pub(super) faults: Vec<Value>,
    /// The value of `ok`.
    pub(super) end: Option<Value>,
    pub(super) error: Option<ErrorAnswer>,
    /// The answers by the name of their item.
    named: BTreeMap<String, Self>,
}

impl Driver {
    /// Starts a process. Returns it with the value of its `hello`. The host offers versions that do not exist yet.
    pub(super) fn start(
        starter: &PluginStarter,
        spec: &ProgramSpec,
    ) -> Result<(Self, Value), String> {
        let process = starter.process(spec).map_err(|failure| failure.to_text())?;
        let mut driver = Self {
            process,
            timeout: spec.timeout,
            stop: starter.stop.clone(),
            next_id: 1,
            replies: BTreeMap::new(),
        };
        let host = concat!("syndicate ", env!("CARGO_PKG_VERSION"));
        let hello = json!({"protocol": [1, 9], "host": host, "unknown_field": true});
        driver.write(&json!({"hello": hello}).to_string());
        match driver.next_line()? {
            PluginLine::Hello(hello) => Ok((driver, hello)),
            PluginLine::Invalid(error) => Err(error),
            PluginLine::Answer(_) | PluginLine::Log => Err(FailureKind::NoHello.to_string()),
        }
    }

    /// Sends a request, an object. Returns its number, which comes first in the line, as the host writes it: scripts in
    /// languages that cannot read JSON search for it there.
    pub(super) fn send(&mut self, request: &impl Serialize) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        // Values and tasks have no keys that are not texts.
        let request = serde_json::to_string(request).unwrap_or_default();
        let fields = request.strip_prefix('{').unwrap_or_default();
        self.write(&format!("{{\"id\":{id},{fields}"));
        id
    }

    /// Sends a request and waits for the end of its answer.
    pub(super) fn ask(&mut self, request: &impl Serialize) -> Result<Replies, String> {
        let id = self.send(request);
        self.replies_to(id)
    }

    /// Waits for the end of the answer to the request `id`.
    pub(super) fn replies_to(&mut self, id: u64) -> Result<Replies, String> {
        loop {
            let is_complete = |replies: &Replies| replies.end.is_some() || replies.error.is_some();
            if self.replies.get(&id).is_some_and(is_complete) {
                return Ok(self.replies.remove(&id).unwrap_or_default());
            }
            match self.next_line()? {
                PluginLine::Answer(answer) => self.keep(answer)?,
                PluginLine::Invalid(error) => return Err(error),
                PluginLine::Hello(_) => return Err("it says `hello` twice".to_owned()),
                PluginLine::Log => {}
            }
        }
    }

    /// Closes standard input. Returns `true` if the process ends soon.
    pub(super) fn ends_with_input(mut self) -> bool {
        self.process.ends_with_input()
    }

    fn keep(&mut self, Answer { id, reply }: Answer) -> Result<(), String> {
        if id == 0 || id >= self.next_id {
            return Err(format!("it answers the request {id}, which was not made"));
        }
        let replies = self.replies.entry(id).or_default();
        if replies.end.is_some() || replies.error.is_some() {
            return Err(format!("it answers the request {id} twice"));
        }
        match reply {
            Reply::Item(item) => replies.items.push(item),
            Reply::Fault(fault) => replies.faults.push(fault),
            Reply::Ok(end) => replies.end = Some(end),
            Reply::Error(error) => replies.error = Some(error),
            Reply::Call(_) => {
                return Err(
                    "it asks for an HTTP request before a request of the host that allows one"
                        .to_owned(),
                );
            }
        }
        Ok(())
    }

    fn write(&self, message: &str) {
        self.process.send(format!("{message}\n").into_bytes());
    }

    fn next_line(&mut self) -> Result<PluginLine, String> {
        self.process
            .next_line(self.timeout, &self.stop)
            .map_err(|kind| match self.process.last_words.text() {
                Some(words) => format!("{kind}; its last output: {words}"),
                None => kind.to_string(),
            })
    }
}

impl Replies {
    /// Returns the value of `ok`, or the message of the error.
    pub(super) fn ok(self) -> Result<Value, String> {
        match (self.end, self.error) {
            (_, Some(error)) => Err(error.message),
            (end, None) => Ok(end.unwrap_or_default()),
        }
    }

    /// Adds the answer for the item `name`.
    pub(super) fn add(&mut self, name: &str, replies: Self) {
        self.named.insert(name.to_owned(), replies);
    }

    /// Returns the numbers of answers.
    pub(super) fn describe(&self) -> String {
        match self.named.len() {
            0 => format_counts(self.items.len() as u64, self.faults.len() as u64),
            count => plural(count, "item"),
        }
    }

    /// Returns a difference between two answers to the same requests. The `state` of a scan may differ.
    pub(super) fn differs_from(&self, other: &Self) -> Option<String> {
        let changed = self
            .named
            .iter()
            .find(|(name, replies)| other.named.get(*name) != Some(replies));
        if let Some((name, _)) = changed {
            return Some(format!("the answer for the item `{name}` differs"));
        }
        let is_same = self.items == other.items && self.faults == other.faults;
        (!is_same).then(|| "a second scan of the same files differs".to_owned())
    }

    /// Returns the name of the first of `secrets` whose value is part of an answer.
    pub(super) fn find<'s>(&self, secrets: &'s [(String, String)]) -> Option<&'s str> {
        let text = format!("{self:?}");
        let found = secrets.iter().find(|(_, value)| text.contains(value));
        found.map(|(name, _)| name.as_str())
    }
}
