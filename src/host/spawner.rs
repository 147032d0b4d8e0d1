//! The thread that starts the processes of plugins.
//!
//! Linux ends a process when the *thread* that started it ends, so this thread outlives every plugin: each process
//! holds a [`Spawner`].

use std::io;
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// Starts processes from one thread, which ends with the last copy of this value.
#[derive(Clone, Debug)]
pub(super) struct Spawner(Sender<Order>);

#[derive(Debug)]
struct Order {
    command: Command,
    reply: Sender<io::Result<Child>>,
}

impl Spawner {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system refuses another thread.
    pub(super) fn start() -> io::Result<Self> {
        let (sender, orders) = channel::<Order>();
        let work = move || {
            for Order { mut command, reply } in orders {
                // The caller waits for it.
                drop(reply.send(command.spawn()));
            }
        };
        thread::Builder::new()
            .name("plugin-spawner".to_owned())
            .spawn(work)?;
        Ok(Self(sender))
    }

    /// Starts `command`.
    ///
    /// # Errors
    /// If the process cannot be started.
    pub(super) fn spawn(&self, command: Command) -> io::Result<Child> {
        let (reply, answer) = channel();
        let ended = || io::Error::other("the thread that starts plugins has ended");
        self.0.send(Order { command, reply }).map_err(|_| ended())?;
        answer.recv().map_err(|_| ended())?
    }
}
