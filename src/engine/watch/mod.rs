//! Watching: `notices` reports changed files, `watch_loop` makes the plan again after each change and
//! sends what has rested. The loop reads no configuration and prints nothing: it loads the pipeline by
//! a function that its caller gives it, and reports to an observer.

mod change_watcher;
mod event;
mod roots;
mod watch_loop;

pub(crate) use self::change_watcher::{AddWatches, ChangeWatcher, load_watched};
pub(crate) use self::event::{PendingDelivery, Waiting, WatchEvent, WatchObserver};
pub(crate) use self::roots::{REREAD_INTERVAL, watch_roots};
pub(crate) use self::watch_loop::{WatchContext, WatchLoop};
