//! A site in a temporary folder, and the program that runs in it.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::BenchError;

/// A site in a temporary folder.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

/// A child process that is killed when it is dropped.
pub(crate) struct RunningProgram(pub(crate) Child);

impl Drop for RunningProgram {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Site {
    /// Creates a site with this many old posts. Its sink posts to the platform at `endpoint`.
    pub(crate) fn new(posts: usize, endpoint: &str) -> Result<Self, BenchError> {
        let folder = tempfile::tempdir()?;
        let site = Self { folder };
        fs::create_dir(site.posts())?;
        fs::write(site.folder.path().join("words.hbs"), "{{title}}")?;
        fs::write(
            site.folder.path().join("pipeline.yaml"),
            format!(
                "sources:\n  blog: {{type: site, path: ., content: posts, url: \"https://blog.example.org\", permalink: \"/:slug/\"}}\n\
                 sinks:\n  linkedin: {{type: linkedin, endpoint: \"{endpoint}\", token: x, author: \"urn:li:person:x\", template: words.hbs, thumbnail: skip}}\n\
                 policy: {{grace: 0s, max_per_run: 1000000}}\n"
            ),
        )?;
        let paragraph = "A sentence of some length that says something. ".repeat(12);
        for number in 0..posts {
            fs::write(
                site.posts().join(format!("old-{number}.md")),
                format!(
                    "---\ntitle: Old {number}\ndate: 2020-01-01\ntags: [a, b]\n---\n\n{paragraph}\n\n## More\n\n{paragraph}\n\n{paragraph}\n"
                ),
            )?;
        }
        let ended = site.command(&["build", "--baseline"]).status()?;
        if !ended.success() {
            return Err("cannot create the ledger".into());
        }
        Ok(site)
    }

    fn posts(&self) -> std::path::PathBuf {
        self.folder.path().join("posts")
    }

    /// Returns a command that runs the program in this site.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_syndicate"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Starts `syndicate watch`, and waits until it is ready.
    pub(crate) fn watch(&self) -> Result<RunningProgram, BenchError> {
        let mut watching = self
            .command(&["watch", "--json"])
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = watching.stdout.take().ok_or("missing output")?;
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(stdout));
        // The first two lines are the watched folders and the first plan.
        for _ in 0..2 {
            lines.next().ok_or("`watch` did not start")??;
        }
        // Later output must be read, or else the program blocks on a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(RunningProgram(watching))
    }

    /// Saves a new post. Returns the time at which the save began.
    pub(crate) fn save(&self, number: usize) -> Result<Instant, BenchError> {
        write(&self.posts(), number)
    }
}

/// Writes a post into `folder`. Returns the time at which the write began.
pub(crate) fn write(folder: &Path, number: usize) -> Result<Instant, BenchError> {
    let start = Instant::now();
    fs::write(
        folder.join(format!("new-{number}.md")),
        format!("---\ntitle: New {number}.\ndate: 2026-11-20\n---\n\nSome words.\n"),
    )?;
    Ok(start)
}
