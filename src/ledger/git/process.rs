//! Runs a child process with a time limit. The child gets a process group of its own, so that its helpers
//! (`ssh`, `git-remote-https`) end with it, and so that a Ctrl-C in the terminal does not end a push
//! halfway.

use std::io::{self, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::redact::redact;
use crate::ledger::error::RemoteError;

/// The time between two checks for the end of the child.
const PAUSE: Duration = Duration::from_millis(20);

/// The time to wait for the output of a child that has ended. A helper that stays in the background, such
/// as a shared SSH connection, may keep the pipe open.
const REST: Duration = Duration::from_millis(500);

/// The result of a process.
#[derive(Debug)]
pub(in crate::ledger) struct GitOutput {
    /// `true` if the process ended in time with status 0.
    pub(in crate::ledger) is_success: bool,
    /// `true` if the process was ended at the time limit.
    pub(in crate::ledger) is_timed_out: bool,
    pub(in crate::ledger) stdout: Vec<u8>,
    /// The messages, without credentials.
    pub(in crate::ledger) stderr: String,
}

impl GitOutput {
    /// Returns the standard output.
    ///
    /// # Errors
    /// The messages of the process, if it failed.
    pub(in crate::ledger) fn into_stdout(self) -> Result<Vec<u8>, RemoteError> {
        if self.is_success {
            Ok(self.stdout)
        } else {
            Err(self.error())
        }
    }

    /// Returns the messages of the process as an error.
    pub(in crate::ledger) fn error(&self) -> RemoteError {
        RemoteError(self.stderr.clone())
    }

    fn failed(error: &io::Error) -> Self {
        Self {
            is_success: false,
            is_timed_out: false,
            stdout: Vec::new(),
            stderr: format!("cannot run `git`: {error}"),
        }
    }
}

/// A part of the output.
enum Chunk {
    Stdout(Vec<u8>),
    Stderr(Vec<u8>),
}

/// Runs `command` with `input` as its standard input, for at most `timeout`.
pub(super) fn run(command: &mut Command, input: &[u8], timeout: Duration) -> GitOutput {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    own_group(command);
    match command.spawn() {
        Ok(child) => {
            finish(child, input, timeout).unwrap_or_else(|error| GitOutput::failed(&error))
        }
        Err(error) => GitOutput::failed(&error),
    }
}

fn finish(mut child: Child, input: &[u8], timeout: Duration) -> io::Result<GitOutput> {
    let (sender, receiver) = mpsc::channel();
    if let Some(mut stdin) = child.stdin.take() {
        let input = input.to_owned();
        // A child that ends early closes the pipe; its status has the reason.
        thread::spawn(move || stdin.write_all(&input).ok());
    }
    if let Some(stdout) = child.stdout.take() {
        read(stdout, sender.clone(), Chunk::Stdout);
    }
    if let Some(stderr) = child.stderr.take() {
        read(stderr, sender, Chunk::Stderr);
    }
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let mut keep = |chunk| match chunk {
        Chunk::Stdout(bytes) => stdout.extend(bytes),
        Chunk::Stderr(bytes) => stderr.extend(bytes),
    };
    let status = wait(&mut child, &receiver, &mut keep, timeout)?;
    if status.is_none() {
        end(&mut child);
        child.wait()?;
    }
    let mut text = String::from_utf8_lossy(&stderr).trim().to_owned();
    if status.is_none() {
        let limit = format!("no answer after {} seconds", timeout.as_secs());
        text = [limit, text].join("\n").trim().to_owned();
    }
    if text.is_empty() {
        text = "git failed without a message".to_owned();
    }
    Ok(GitOutput {
        is_success: status.is_some_and(|status| status.success()),
        is_timed_out: status.is_none(),
        stdout,
        stderr: redact(&text),
    })
}

/// Collects the output until the child has ended. Returns `None` at the time limit.
fn wait(
    child: &mut Child,
    receiver: &Receiver<Chunk>,
    keep: &mut impl FnMut(Chunk),
    timeout: Duration,
) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        let is_complete = match receiver.recv_timeout(PAUSE) {
            Ok(chunk) => {
                keep(chunk);
                if start.elapsed() < timeout {
                    continue;
                }
                false
            }
            Err(RecvTimeoutError::Disconnected) => true,
            Err(RecvTimeoutError::Timeout) => false,
        };
        if ended.is_none() {
            ended = child.try_wait()?.map(|status| (status, Instant::now()));
        }
        if let Some((status, at)) = ended
            && (is_complete || at.elapsed() >= REST)
        {
            return Ok(Some(status));
        }
        if start.elapsed() >= timeout {
            return Ok(None);
        }
        if is_complete {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Sends everything that `source` yields, from another thread, because a pipe has no read timeout.
fn read(
    mut source: impl Read + Send + 'static,
    sender: Sender<Chunk>,
    chunk: fn(Vec<u8>) -> Chunk,
) {
    thread::spawn(move || {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(count @ 1..) = source.read(&mut buffer) {
            if sender.send(chunk(buffer[..count].to_vec())).is_err() {
                return;
            }
        }
    });
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

/// Ends the child and its helpers.
fn end(child: &mut Child) {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            kill_process_group(group, Signal::KILL).ok();
        }
    }
    child.kill().ok();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn run_for(script: &str, input: &[u8], milliseconds: u64) -> GitOutput {
        run(
            &mut shell(script),
            input,
            Duration::from_millis(milliseconds),
        )
    }

    #[test]
    fn process_reads_input_and_returns_output() {
        let input = b"line\n".repeat(100_000);
        let output = run_for("cat; echo done >&2", &input, 60_000);
        assert!(output.is_success);
        assert_eq!(output.stdout, input);
        assert_eq!(output.stderr, "done");
    }

    #[test]
    fn process_failure_keeps_output() {
        let output = run_for("echo part; echo no >&2; exit 3", b"", 60_000);
        assert!(!output.is_success && !output.is_timed_out);
        assert_eq!(output.stdout, b"part\n");
        assert_eq!(output.into_stdout().unwrap_err().to_string(), "no");
    }

    #[test]
    fn process_that_hangs_is_ended_with_its_children() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("late");
        let script = format!("(sleep 2; touch {}) & sleep 60", file.display());
        let start = Instant::now();
        let output = run_for(&script, b"", 100);
        assert!(output.is_timed_out && !output.is_success);
        assert!(output.stderr.starts_with("no answer after 0 seconds"));
        assert!(start.elapsed() < Duration::from_secs(30));
        thread::sleep(Duration::from_secs(3));
        assert!(!file.exists());
    }

    #[test]
    fn output_does_not_extend_time_limit() {
        let mut child = shell("sleep 60").spawn().unwrap();
        let (sender, receiver) = mpsc::channel();
        for _ in 0..9 {
            sender.send(Chunk::Stdout(Vec::new())).unwrap();
        }
        let mut count = 0;
        let status = wait(&mut child, &receiver, &mut |_| count += 1, Duration::ZERO);
        end(&mut child);
        child.wait().unwrap();
        assert!(status.unwrap().is_none());
        assert_eq!(count, 1);
    }

    #[test]
    fn helper_in_background_does_not_block() {
        let start = Instant::now();
        let output = run_for("sleep 30 & echo ready", b"", 20_000);
        assert!(output.is_success);
        assert_eq!(output.stdout, b"ready\n");
        assert!(start.elapsed() < Duration::from_secs(15));
    }
}
