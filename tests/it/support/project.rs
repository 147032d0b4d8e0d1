//! A project in a temporary folder.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// The current time of every test that does not set another one.
pub(crate) const NOW: &str = "2026-11-22T12:00:00Z";

/// A token that must never appear in any output.
pub(crate) const TOKEN: &str = "AQX-never-to-be-seen-0123456789";

/// A project in a temporary folder, which is removed when dropped.
pub(crate) struct Project {
    folder: tempfile::TempDir,
    env: Vec<(String, String)>,
}

impl Project {
    /// Creates an empty folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            folder,
            env: vec![("SYNDICATE_NOW".to_owned(), NOW.to_owned())],
        }
    }

    /// Creates a project with this pipeline.
    pub(crate) fn with_pipeline(pipeline: &str) -> Self {
        Self::new().file("pipeline.yaml", pipeline)
    }

    /// Adds a file.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Adds a post with this front matter and a body.
    pub(crate) fn post(self, path: &str, front: &str) -> Self {
        self.file(
            path,
            format!("---\n{front}\n---\n\nA body that says something.\n"),
        )
    }

    /// Adds a PNG picture of this size in pixels.
    pub(crate) fn picture(self, path: &str, width: u32, height: u32) -> Self {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 128]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture");
        self.file(path, bytes.into_inner())
    }

    /// Uses the system clock instead of the fixed one.
    pub(crate) fn with_system_clock(self) -> Self {
        self.without_env("SYNDICATE_NOW")
    }

    /// Sets an environment variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.set_env(name, value);
        self
    }

    /// Removes an environment variable.
    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.env.retain(|(known, _)| known != name);
        self
    }

    /// Sets an environment variable for the commands that follow.
    pub(crate) fn set_env(&mut self, name: &str, value: &str) {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.to_owned()));
    }

    /// Adds a new ledger.
    pub(crate) fn with_ledger(self) -> Self {
        let line = r#"{"v":1,"id":"0","at":"2026-01-01T00:00:00Z","kind":"created"}"#;
        self.file("syndicate.ledger.jsonl", format!("{line}\n"))
    }

    /// Writes a file, and creates its folder.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// Returns the text of a file.
    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program here; arguments are separated by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_args(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    pub(crate) fn run_args(&self, arguments: &[&str]) -> Run {
        self.finished(self.command(arguments), arguments)
    }

    /// Runs `command`, which was built from `arguments`, and waits until it exits.
    pub(crate) fn finished(&self, mut command: Command, arguments: &[&str]) -> Run {
        let output = command.output().expect("cannot run the program");
        Run::of(arguments, output)
    }

    /// Starts the program here without input and output; arguments are separated by spaces.
    pub(crate) fn start(&self, arguments: &str) -> Child {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = self.command(&arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().expect("cannot run the program")
    }

    /// Returns the command that runs the program here, for tests that configure it further.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let built = || env!("CARGO_BIN_EXE_syndicate").into();
        let program = std::env::var_os("SYNDICATE_TEST_PROGRAM").unwrap_or_else(built);
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path().join(".home"))
            .env("TZ", "UTC")
            .envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// The result of a run of the program.
pub(crate) struct Run {
    command: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Builds the result of a run with these arguments from its output.
    pub(crate) fn of(arguments: &[&str], output: std::process::Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self {
            command: format!("syndicate {}", arguments.join(" ")),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// Checks that each of `parts` appears on one of the two streams.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            let said = self.stdout.contains(part) || self.stderr.contains(part);
            assert!(said, "missing from the output: {part}\n{self}");
        }
        self
    }

    /// Checks that none of `parts` appears on one of the two streams.
    #[track_caller]
    pub(crate) fn lacks(self, parts: &[&str]) -> Self {
        for part in parts {
            let said = self.stdout.contains(part) || self.stderr.contains(part);
            assert!(!said, "in the output: {part}\n{self}");
        }
        self
    }

    /// Parses standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }

    /// Parses standard output as one JSON value per line.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let parse = |line: &str| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{self}"))
        };
        self.stdout.lines().map(parse).collect()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            command,
            code,
            stdout,
            stderr,
        } = self;
        write!(
            f,
            "$ {command}\nexit code: {code:?}\n--- stdout\n{stdout}--- stderr\n{stderr}"
        )
    }
}
