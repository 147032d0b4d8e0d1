//! The process of a server.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

const LOG: &str = "log";

/// A running server, which stops when this is dropped. Its program must stop when its standard input closes,
/// which also happens if the test process is killed, and then remove its folder.
pub(super) struct ServerProcess {
    child: Child,
    /// Keeps the pipe open, so that the server can write to it.
    stdout: BufReader<ChildStdout>,
    folder: TempDir,
}

impl ServerProcess {
    /// Starts `command`, whose data is in `folder`. Its log is also there.
    pub(super) fn start(command: &mut Command, folder: TempDir) -> Self {
        let log = File::create(folder.path().join(LOG)).expect("a log");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            stdout,
            folder,
        }
    }

    /// Waits for a line of output. Panics with the log if the server exits instead.
    pub(super) fn read_line(&mut self) -> String {
        let mut line = String::new();
        let count = self.stdout.read_line(&mut line).expect("UTF-8");
        assert!(count > 0, "the server exited: {}", self.log());
        line
    }

    /// Returns what the server wrote to standard error.
    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join(LOG)).expect("a log")
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().ok();
    }
}

/// Returns the path of a file in `tests/servers`.
pub(super) fn script(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/servers")
        .join(path)
}
