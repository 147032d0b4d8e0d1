//! Watches a site and publishes changes. `change_watcher` detects changed files; `watch_loop` plans again
//! after each change and sends deliveries whose grace period is over. The loop neither parses
//! configuration nor prints: its caller provides a load function and an observer.

mod change_watcher;
mod event;
mod read_errors;
mod roots;
mod watch_loop;

pub(crate) use self::change_watcher::{AddWatches, ChangeWatcher, ChangedFiles, load_watched};
pub(crate) use self::event::{PendingDelivery, Waiting, WatchEvent, WatchObserver};
pub(crate) use self::roots::{REREAD_INTERVAL, watch_roots};
pub(crate) use self::watch_loop::{WatchContext, WatchLoop};
