//! Disturbs a fleet: workers are killed, connections are cut, and the server crashes.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use postgres_fixture::{CuttingProxy, Server};

use super::worker::Worker;
use crate::support::Chance;

/// The intervals of random kills, of cuts of all connections, and of crashes of the server, in milliseconds.
const INTERVALS: [(u64, u64); 3] = [(3000, 12_000), (2000, 6000), (2000, 8000)];

/// The fleet and what can happen to it.
pub(super) struct Chaos<'a> {
    pub(super) workers: &'a [Worker],
    pub(super) proxies: &'a [CuttingProxy],
    pub(super) server: &'a Server,
    /// The workers whose requests are open.
    pub(super) victims: &'a Receiver<usize>,
    pub(super) chance: Chance,
    /// The factor of the intervals.
    pub(super) pace: u32,
    /// The number of crashes of the server.
    pub(super) crashes: usize,
}

impl Chaos<'_> {
    /// Disturbs the fleet while `goes_on` returns `true`.
    pub(super) fn run(&mut self, mut goes_on: impl FnMut() -> bool) {
        let mut times = INTERVALS.map(|interval| self.after(interval));
        while goes_on() {
            if let Ok(worker) = self.victims.recv_timeout(Duration::from_millis(10)) {
                self.workers[worker].kill();
            }
            for event in 0..times.len() {
                if Instant::now() >= times[event] {
                    self.cause(event);
                    times[event] = self.after(INTERVALS[event]);
                }
            }
        }
    }

    fn after(&mut self, (least, most): (u64, u64)) -> Instant {
        Instant::now() + self.chance.millis(least, most) * self.pace
    }

    fn cause(&mut self, event: usize) {
        match event {
            0 => {
                let worker = self.chance.below(self.workers.len() as u64);
                self.workers[worker as usize].kill();
            }
            1 => self.proxies.iter().for_each(CuttingProxy::cut_all),
            _ => {
                self.server.crash();
                std::thread::sleep(self.chance.millis(0, 500));
                self.server.resume();
                self.crashes += 1;
            }
        }
    }
}
