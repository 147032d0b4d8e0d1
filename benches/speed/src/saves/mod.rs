//! The time from the end of a save until it is noticed: by a plain file watch, by the platform that `watch` posts
//! to, and by the page of `preview --serve`. They are measured in turn, save by save.

mod copy;
mod page;
mod plain;
mod watch;

use std::fs::{self, File};
use std::io::{BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::platform::Platform;
use crate::process::{Runnable, percentile};

pub(crate) use self::copy::SiteCopy;

/// The timeout of every wait.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

/// The pause between two saves: a person does not save faster.
const PAUSE: Duration = Duration::from_millis(30);

/// The times of all saves, in milliseconds.
#[derive(Default)]
pub(crate) struct Delays {
    /// Until the event of a plain file watch.
    pub(crate) plain: Vec<f64>,
    /// Until the first byte of the request that creates the post.
    pub(crate) posted: Vec<f64>,
    /// Until the event on the preview page.
    pub(crate) page: Vec<f64>,
}

impl Delays {
    /// Formats the median, the 90th and the 99th percentile.
    pub(crate) fn format(delays: &[f64]) -> String {
        let at = |rank| percentile(delays.iter().copied(), rank);
        format!(
            "p50 {:8.1}  p90 {:8.1}  p99 {:8.1} ms",
            at(0.5),
            at(0.9),
            at(0.99)
        )
    }
}

/// Saves `saves` new posts in a copy of a site, and measures each of them three times.
///
/// # Errors
/// If a program does not start, or a save is not noticed within a minute.
pub(crate) fn measure(
    syndicate: &Runnable,
    site: &SiteCopy,
    saves: usize,
) -> anyhow::Result<Delays> {
    let platform = Platform::listen()?;
    // The journal of an earlier copy has posts that the ledger of this one lacks.
    let state = tempfile::tempdir()?;
    let state_home = state.path().display().to_string();
    let program = syndicate.clone().env("EP", platform.url.clone());
    let program = program.env("XDG_STATE_HOME", state_home);
    let plain = plain::PlainWatch::new()?;
    let mut delays = Delays::default();
    let watching = watch::Watching::start(&program)?;
    for number in 0..saves {
        delays.plain.push(millis(plain.save(number)?));
        let saved = save(&site.posts(), number)?;
        delays.posted.push(millis(
            platform.posted(TIMEOUT)?.saturating_duration_since(saved),
        ));
        std::thread::sleep(PAUSE);
    }
    drop(watching);
    let page = page::Page::open(&program)?;
    for number in saves..2 * saves {
        page.forget_events();
        let saved = save(&site.posts(), number)?;
        delays
            .page
            .push(millis(page.next_event()?.saturating_duration_since(saved)));
        page.wait_for(&format!("New {number}."))?;
        std::thread::sleep(PAUSE);
    }
    Ok(delays)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// Writes a new post into `folder`. Returns the time at which it was closed.
fn save(folder: &Path, number: usize) -> anyhow::Result<Instant> {
    // A post with the text of another one would be held back as a copy.
    let body = format!("Body words of post {number} that a reader reads, one after the other. ")
        .repeat(100);
    let text = format!(
        "---\ntitle: New {number}.\ndate: 2026-01-01\ndescription: The news of {number}\nslug: new-{number}\n---\n{body}\n"
    );
    fs::create_dir_all(folder)?;
    let mut file = File::create(folder.join(format!("new-{number}.md")))?;
    file.write_all(text.as_bytes())?;
    drop(file);
    Ok(Instant::now())
}

/// A child process that is killed when it is dropped.
struct RunningProgram(Child);

impl RunningProgram {
    /// Starts `command`. Returns it with its output.
    fn start(command: &Runnable) -> anyhow::Result<(Self, BufReader<ChildStdout>)> {
        let mut child = command.command().stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("no output")?;
        Ok((Self(child), BufReader::new(output)))
    }
}

impl Drop for RunningProgram {
    fn drop(&mut self) {
        // It may have ended already.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
