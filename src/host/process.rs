//! The process of a plugin: its pipes, its output, its end.
//!
//! Three threads serve the pipes, so that neither side waits for the other to read: one writes requests, one parses the
//! lines on standard output, one keeps the last words on standard error. The line channel is bounded, so that a plugin
//! that writes faster than it is read has to wait.

use std::io::{BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use plugin_protocol::{PluginLine, parse_line};
use tracing::info;

use super::confinement::ScratchFolder;
use super::failure::FailureKind;
use super::last_words::LastWords;
use super::lines::{LineError, Lines};
use super::spawner::Spawner;
use super::stop_signal::StopSignal;

/// The time that a plugin has to end after its standard input is closed.
const GRACE: Duration = Duration::from_secs(2);

/// The time to read the last words of a process that has ended.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The time between two checks for the end of a process.
const PAUSE: Duration = Duration::from_millis(100);

/// Lines that are read ahead.
const LINES_AHEAD: usize = 256;

/// Maximum amount of output between two messages that is not part of an answer, in MiB.
const MAX_LOG: usize = 16;

/// A line on standard output, or the reason why there will be no more.
pub(super) enum Event {
    Line(PluginLine),
    End(Option<FailureKind>),
}

/// A running plugin. Dropping it ends the process and its group.
pub(super) struct PluginProcess {
    input: Option<Sender<Vec<u8>>>,
    events: Receiver<Event>,
    pub(super) last_words: LastWords,
    child: Arc<Mutex<Option<Child>>>,
    /// Is closed at the end of standard error.
    errors_end: Receiver<()>,
    /// Keeps the thread that started the process.
    _spawner: Spawner,
    /// Is removed after the end of the process.
    scratch: ScratchFolder,
}

/// Ends a process from another thread.
#[derive(Clone)]
pub(super) struct Killer(Arc<Mutex<Option<Child>>>);

impl Killer {
    /// Ends the process and its group at once.
    pub(super) fn kill(&self) {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(child) = child.as_mut() {
            kill_group(child);
        }
    }
}

impl PluginProcess {
    /// Starts `command`, whose messages are logged for the plugin `name`.
    pub(super) fn start(
        mut command: std::process::Command,
        spawner: &Spawner,
        scratch: ScratchFolder,
        name: &str,
    ) -> Result<Self, FailureKind> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        own_group(&mut command);
        let not_started = |error: std::io::Error| FailureKind::NotStarted(error.to_string());
        let mut child = spawner.spawn(command).map_err(not_started)?;
        let (input, requests) = channel();
        let (read_to_end, errors_end) = channel();
        let (sender, events) = sync_channel(LINES_AHEAD);
        let last_words = LastWords::default();
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let process = Self {
            input: Some(input),
            events,
            last_words: last_words.clone(),
            child: Arc::new(Mutex::new(Some(child))),
            errors_end,
            _spawner: spawner.clone(),
            scratch,
        };
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(FailureKind::NotStarted("it has no pipes".to_owned()));
        };
        let (name, words) = (name.to_owned(), last_words.clone());
        let reader = OutputReader {
            name: name.clone(),
            last_words,
            sender,
        };
        thread_of("plugin-input", move || write_all(stdin, &requests)).map_err(not_started)?;
        thread_of("plugin-output", move || reader.read(stdout)).map_err(not_started)?;
        let read_errors = move || {
            read_log(stderr, &name, &words);
            drop(read_to_end);
        };
        thread_of("plugin-errors", read_errors).map_err(not_started)?;
        Ok(process)
    }

    /// Sends a line. It is written by another thread.
    pub(super) fn send(&self, line: Vec<u8>) {
        if let Some(input) = &self.input {
            // A process that has ended is noticed at its output.
            drop(input.send(line));
        }
    }

    /// Returns the next line that is part of the protocol.
    ///
    /// # Errors
    /// If the process ends or writes no such line within `timeout`, or the run is to end.
    pub(super) fn next_line(
        &mut self,
        timeout: Duration,
        stop: &StopSignal,
    ) -> Result<PluginLine, FailureKind> {
        let start = Instant::now();
        let mut has_ended = false;
        loop {
            let left = timeout.saturating_sub(start.elapsed());
            match self.events.recv_timeout(left.min(PAUSE)) {
                Ok(Event::Line(line)) => return Ok(line),
                Ok(Event::End(Some(failure))) => return Err(failure),
                Ok(Event::End(None)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(self.ended());
                }
                // A helper that outlives the plugin may keep its output open.
                Err(RecvTimeoutError::Timeout) if has_ended => return Err(self.ended()),
                Err(RecvTimeoutError::Timeout) => has_ended = self.has_ended(),
            }
            if stop.is_given() {
                return Err(FailureKind::Stopped);
            }
            if start.elapsed() >= timeout {
                return Err(FailureKind::TimedOut(timeout));
            }
        }
    }

    /// Returns the next line that is part of the protocol, if it has arrived.
    ///
    /// # Errors
    /// If the output of the process is not that of a plugin.
    pub(super) fn waiting_line(&mut self) -> Result<Option<PluginLine>, FailureKind> {
        match self.events.try_recv() {
            Ok(Event::Line(line)) => Ok(Some(line)),
            Ok(Event::End(Some(failure))) => Err(failure),
            // The next wait for a line notices the end.
            Ok(Event::End(None)) | Err(_) => Ok(None),
        }
    }

    /// Returns its private folder.
    pub(super) fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// Returns a value that ends the process from another thread.
    pub(super) fn killer(&self) -> Killer {
        Killer(Arc::clone(&self.child))
    }

    /// Closes the standard input of the process. Returns `true` if it ends without being ended.
    pub(super) fn ends_with_input(&mut self) -> bool {
        self.wait_for_end();
        self.has_ended()
    }

    fn has_ended(&self) -> bool {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child.as_mut().is_none_or(has_ended)
    }

    fn ended(&mut self) -> FailureKind {
        let status = self.end();
        // Its last words explain the end. A process that left the group may keep the pipe open.
        self.errors_end.recv_timeout(LAST_WORDS).ok();
        let status = status.map_or_else(|| "killed".to_owned(), |status| status.to_string());
        FailureKind::Ended(status)
    }

    /// Closes the standard input of the process, waits for its end, and ends it with its group after a while.
    fn end(&mut self) -> Option<ExitStatus> {
        self.wait_for_end();
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let mut child = child.take()?;
        kill_group(&mut child);
        child.wait().ok()
    }

    /// Closes the standard input of the process, and waits for its end for a while.
    fn wait_for_end(&mut self) {
        self.input = None;
        let start = Instant::now();
        let mut pause = Duration::from_millis(1);
        while !self.has_ended() && start.elapsed() < GRACE {
            // Lines that it still writes must not keep it from ending.
            while self.events.try_recv().is_ok() {}
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

impl Drop for PluginProcess {
    fn drop(&mut self) {
        self.end();
    }
}

fn thread_of(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
}

/// Writes the lines of `requests` until the channel or the pipe is closed. Lines that wait are written together.
fn write_all(mut stdin: ChildStdin, requests: &Receiver<Vec<u8>>) {
    const ENOUGH: usize = 1 << 16;
    while let Ok(mut lines) = requests.recv() {
        while lines.len() < ENOUGH
            && let Ok(more) = requests.try_recv()
        {
            lines.extend(more);
        }
        if stdin.write_all(&lines).is_err() {
            return;
        }
    }
}

/// Reads the standard output of a plugin.
struct OutputReader {
    name: String,
    last_words: LastWords,
    sender: SyncSender<Event>,
}

impl OutputReader {
    fn read(self, stdout: impl Read) {
        let failure = self.read_lines(stdout).err();
        // The plugin may have been dropped already.
        drop(self.sender.send(Event::End(failure)));
    }

    fn read_lines(&self, stdout: impl Read) -> Result<(), FailureKind> {
        let mut lines = Lines::of(BufReader::with_capacity(1 << 16, stdout));
        let mut logged = 0;
        loop {
            let line = match lines.next_line() {
                Ok(Some(line)) => line,
                Ok(None) | Err(LineError::Closed) => return Ok(()),
                Err(LineError::TooLong) => return Err(FailureKind::LongLine),
            };
            match parse_line(line.text) {
                PluginLine::Log => {
                    logged += line.text.len() + 1;
                    if logged > MAX_LOG << 20 {
                        return Err(FailureKind::Flood(MAX_LOG));
                    }
                    log(line.text, &self.name, &self.last_words);
                }
                // The plugin ended while it wrote, and its end is what matters.
                PluginLine::Invalid(_) if !line.is_whole => {}
                message => {
                    logged = 0;
                    if self.sender.send(Event::Line(message)).is_err() {
                        return Ok(());
                    }
                }
            }
        }
    }
}

/// Reads the standard error of a plugin to its end.
fn read_log(stderr: impl Read, name: &str, last_words: &LastWords) {
    let mut lines = Lines::of(BufReader::new(stderr));
    loop {
        match lines.next_line() {
            Ok(Some(line)) => log(line.text, name, last_words),
            Err(LineError::TooLong) => {}
            Ok(None) | Err(LineError::Closed) => return,
        }
    }
}

/// Logs a line of the plugin `name`.
fn log(line: &[u8], name: &str, last_words: &LastWords) {
    if let Some(text) = last_words.push(line) {
        info!(plugin = name, "{text}");
    }
}

#[cfg(unix)]
fn own_group(command: &mut std::process::Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut std::process::Command) {}

/// Returns `true` if the process has ended. It is not reaped, so that its number and group are not used again.
#[cfg(unix)]
fn has_ended(child: &mut Child) -> bool {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    let Some(pid) = pid_of(child) else {
        return true;
    };
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(waitid(WaitId::Pid(pid), options), Ok(None))
}

#[cfg(not(unix))]
fn has_ended(child: &mut Child) -> bool {
    !matches!(child.try_wait(), Ok(None))
}

/// Ends a process that was not reaped, and its group.
fn kill_group(child: &mut Child) {
    #[cfg(unix)]
    if let Some(pid) = pid_of(child) {
        use rustix::process::{Signal, kill_process_group};
        kill_process_group(pid, Signal::KILL).ok();
    }
    child.kill().ok();
}

#[cfg(unix)]
fn pid_of(child: &Child) -> Option<rustix::process::Pid> {
    let id = i32::try_from(child.id()).ok()?;
    rustix::process::Pid::from_raw(id)
}
