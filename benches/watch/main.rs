//! Measures the time from the beginning of a save until it is noticed: by a plain file watch (the lower
//! bound), by the page of `preview --serve`, and by the platform that `watch` posts to. The three are
//! measured alternately on sites of several sizes, so that their ratios are comparable.
//!
//! Run `cargo bench --bench watch`, or `SAVES=200 cargo bench --bench watch` for more samples.

mod page;
mod platform;
mod site;

use std::io::{Write as _, stdout};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecursiveMode, Watcher as _};

use page::Page;
use platform::Platform;
use site::Site;

/// The numbers of posts in the sites.
const SIZES: [usize; 3] = [10, 300, 3000];

/// The timeout of every wait.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Any error of the benchmark.
type BenchError = Box<dyn std::error::Error>;

#[expect(clippy::disallowed_methods, reason = "a benchmark prints its results")]
fn main() -> Result<(), BenchError> {
    let saves = std::env::var("SAVES").map_or(Ok(40), |saves| saves.parse())?;
    let mut out = stdout().lock();
    writeln!(
        out,
        "time from the beginning of a save in ms: median (90th percentile), and the medians relative to the plain event's\n\n\
         | posts | plain event | on the page | at the platform | page / plain | platform / plain |\n\
         |--:|--:|--:|--:|--:|--:|"
    )?;
    for size in SIZES {
        let mut measured = [Vec::new(), Vec::new(), Vec::new()];
        let plain = PlainWatch::new()?;
        let shown = Site::new(size, "http://127.0.0.1:9")?;
        let page = Page::open(&shown)?;
        let platform = Platform::listen()?;
        let sent = Site::new(size, &platform.url)?;
        let _watching = sent.watch()?;
        for save in 0..saves {
            measured[0].push(plain.save(save)?);
            measured[1].push(page.save(&shown, save)?);
            let start = sent.save(save)?;
            measured[2].push(platform.posted()? - start);
        }
        let [plain, page, posted] = measured.map(Percentiles::of);
        writeln!(
            out,
            "| {size} | {plain} | {page} | {posted} | {:.0} | {:.0} |",
            page.median / plain.median,
            posted.median / plain.median
        )?;
    }
    Ok(())
}

/// The median and the 90th percentile, in milliseconds.
struct Percentiles {
    median: f64,
    p90: f64,
}

impl Percentiles {
    fn of(mut durations: Vec<Duration>) -> Self {
        durations.sort();
        let at = |place: usize| {
            durations
                .get(place)
                .map_or(f64::NAN, |it| it.as_secs_f64() * 1e3)
        };
        Self {
            median: at(durations.len() / 2),
            p90: at(durations.len() * 9 / 10),
        }
    }
}

impl std::fmt::Display for Percentiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} ({:.1})", self.median, self.p90)
    }
}

/// A plain file watch of a folder, without `syndicate`.
struct PlainWatch {
    folder: tempfile::TempDir,
    closed: Receiver<Instant>,
    _watcher: notify::RecommendedWatcher,
}

impl PlainWatch {
    fn new() -> Result<Self, BenchError> {
        let folder = tempfile::tempdir()?;
        let (sender, closed) = channel();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
                if event.is_ok_and(|event| event.kind == close) {
                    // The receiver is dropped at the end of the benchmark.
                    sender.send(Instant::now()).ok();
                }
            })?;
        watcher.watch(folder.path(), RecursiveMode::Recursive)?;
        Ok(Self {
            folder,
            closed,
            _watcher: watcher,
        })
    }

    fn save(&self, number: usize) -> Result<Duration, BenchError> {
        let start = site::write(self.folder.path(), number)?;
        Ok(self.closed.recv_timeout(TIMEOUT)? - start)
    }
}
