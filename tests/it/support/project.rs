//! A project in a temporary folder.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The instant at which every test runs, unless it says otherwise.
pub(crate) const NOW: &str = "2026-11-22T12:00:00Z";

/// A token that must never be seen anywhere.
pub(crate) const TOKEN: &str = "AQX-never-to-be-seen-0123456789";

/// A project in a temporary folder that is gone when it is dropped.
pub(crate) struct Project {
    folder: tempfile::TempDir,
    env: Vec<(String, String)>,
}

impl Project {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self {
            folder,
            env: vec![("SYNDICATE_NOW".to_owned(), NOW.to_owned())],
        }
    }

    /// A project of this pipeline.
    pub(crate) fn with_pipeline(pipeline: &str) -> Self {
        Self::new().file("pipeline.yaml", pipeline)
    }

    /// The same with a file.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// The same with a post: front matter and a body.
    pub(crate) fn post(self, path: &str, front: &str) -> Self {
        self.file(
            path,
            format!("---\n{front}\n---\n\nA body that says something.\n"),
        )
    }

    /// The same with a PNG picture of this size.
    pub(crate) fn picture(self, path: &str, width: u32, height: u32) -> Self {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 128]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture");
        self.file(path, bytes.into_inner())
    }

    /// With a clock that goes, and tells the time.
    pub(crate) fn by_the_clock(mut self) -> Self {
        self.env.retain(|(known, _)| known != "SYNDICATE_NOW");
        self
    }

    /// The same with a variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a ledger that has just begun.
    pub(crate) fn with_ledger(self) -> Self {
        let line = r#"{"v":1,"id":"0","at":"2026-01-01T00:00:00Z","kind":"created"}"#;
        self.file("syndicate.ledger.jsonl", format!("{line}\n"))
    }

    /// Writes a file later.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// The text of a file.
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

    /// Runs `command`, which was made of `arguments`, to its end.
    pub(crate) fn finished(&self, mut command: Command, arguments: &[&str]) -> Run {
        let output = command.output().expect("the program runs");
        Run::of(arguments, output)
    }

    /// The command to run, for tests that do more with it.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_syndicate"));
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

/// How a run of the program ended.
pub(crate) struct Run {
    command: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// What a run with these arguments left.
    pub(crate) fn of(arguments: &[&str], output: std::process::Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self {
            command: format!("syndicate {}", arguments.join(" ")),
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The same, having ended with `code`.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// The same, with all of `parts` on one of the streams.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            let said = self.stdout.contains(part) || self.stderr.contains(part);
            assert!(said, "not said: {part}\n{self}");
        }
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }

    /// Standard output as a JSON value per line.
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
