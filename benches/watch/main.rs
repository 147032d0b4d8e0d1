//! How long a save takes to be seen, from its beginning: by a bare watch of the system (the floor that nobody gets below), by
//! the page of `preview --serve`, and by the platform that `watch` posts to. All three are measured in
//! turn, save by save, on sites of several sizes, so that what counts are the ratios.
//!
//! `cargo bench --bench watch`; `SAVES=200 cargo bench --bench watch` for a longer look.

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

/// How many posts the sites have.
const SIZES: [usize; 3] = [10, 300, 3000];

/// How long anything is waited for.
const LONG: Duration = Duration::from_secs(30);

/// What nothing was heard of.
type Trouble = Box<dyn std::error::Error>;

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark prints its own figures"
)]
fn main() -> Result<(), Trouble> {
    let saves = std::env::var("SAVES").map_or(Ok(40), |saves| saves.parse())?;
    let mut out = stdout().lock();
    writeln!(
        out,
        "from the beginning of a save; median and 90th percentile in ms, and the median against the bare event's\n\n\
         | posts besides | bare event | on the page | at the platform | page / bare | platform / bare |\n\
         |--:|--:|--:|--:|--:|--:|"
    )?;
    for size in SIZES {
        let mut measured = [Vec::new(), Vec::new(), Vec::new()];
        let bare = Bare::new()?;
        let shown = Site::new(size, "http://127.0.0.1:9")?;
        let page = Page::open(&shown)?;
        let platform = Platform::listen()?;
        let sent = Site::new(size, &platform.url)?;
        let _watching = sent.watch()?;
        for save in 0..saves {
            measured[0].push(bare.save(save)?);
            measured[1].push(page.save(&shown, save)?);
            let start = sent.save(save)?;
            measured[2].push(platform.posted()? - start);
        }
        let [bare, page, posted] = measured.map(Figures::of);
        writeln!(
            out,
            "| {size} | {bare} | {page} | {posted} | {:.0} | {:.0} |",
            page.median / bare.median,
            posted.median / bare.median
        )?;
    }
    Ok(())
}

/// Milliseconds.
struct Figures {
    median: f64,
    p90: f64,
}

impl Figures {
    fn of(mut took: Vec<Duration>) -> Self {
        took.sort();
        let at = |place: usize| {
            took.get(place)
                .map_or(f64::NAN, |it| it.as_secs_f64() * 1e3)
        };
        Self {
            median: at(took.len() / 2),
            p90: at(took.len() * 9 / 10),
        }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} ({:.1})", self.median, self.p90)
    }
}

/// A bare watch of a folder.
struct Bare {
    folder: tempfile::TempDir,
    closed: Receiver<Instant>,
    _watcher: notify::RecommendedWatcher,
}

impl Bare {
    fn new() -> Result<Self, Trouble> {
        let folder = tempfile::tempdir()?;
        let (tell, closed) = channel();
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
                if event.is_ok_and(|event| event.kind == close) {
                    // Nobody listens any more at the end.
                    tell.send(Instant::now()).ok();
                }
            })?;
        watcher.watch(folder.path(), RecursiveMode::Recursive)?;
        Ok(Self {
            folder,
            closed,
            _watcher: watcher,
        })
    }

    fn save(&self, number: usize) -> Result<Duration, Trouble> {
        let start = site::write(self.folder.path(), number)?;
        Ok(self.closed.recv_timeout(LONG)? - start)
    }
}
