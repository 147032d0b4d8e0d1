//! The state of a history: two machines, three checkouts of one site, the pushed ledger and the true time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use proptest::sample::Index;
use tempfile::TempDir;

use super::checkout::{Checkout, union};
use super::delivery::Model;
use super::pipeline::{ITEMS, Pipeline, title};
use super::steps::Step;
use super::{build, fetched};
use crate::engine::tests::ledger::FlakyLedger;
use crate::engine::tests::platform::{OnRepeat, Platform};
use crate::ledger::{LedgerError, LedgerState};

/// The machine of each checkout.
const MACHINES: [usize; 3] = [0, 0, 1];

pub(super) struct Harness {
    pub(super) pipeline: Arc<Pipeline>,
    /// The checkouts; their clocks are those of their machines.
    pub(super) checkouts: Vec<Checkout>,
    /// The index of the sending machine.
    pub(super) sender: usize,
    /// The pushed ledger.
    pub(super) origin: Arc<Mutex<LedgerState>>,
    /// Every event that was ever in a ledger.
    pub(super) all: LedgerState,
    /// Earlier states of the ledgers, for rollbacks.
    versions: Vec<LedgerState>,
    pub(super) passed: &'static AtomicU64,
    folder: TempDir,
}

impl Harness {
    pub(super) fn new(on_repeat: OnRepeat) -> Self {
        let (mut harness, first) = Self::without_checkouts(on_repeat, ITEMS);
        let checkouts = MACHINES.into_iter().enumerate();
        harness.checkouts = checkouts
            .map(|place| {
                let ledger = FlakyLedger::default();
                ledger.replace(Some(first.clone()));
                harness.checkout(place, ledger)
            })
            .collect();
        harness
    }

    /// Returns two machines, each with a clone, that share a ledger in a git ref. Runs send at most
    /// `max_per_run` posts.
    pub(super) fn racing(on_repeat: OnRepeat, max_per_run: usize) -> Self {
        let (mut harness, first) = Self::without_checkouts(on_repeat, max_per_run);
        let ledgers = FlakyLedger::git_ref(first).into_iter().enumerate();
        harness.checkouts = ledgers
            .map(|(machine, ledger)| harness.checkout((machine, machine), ledger))
            .collect();
        harness
    }

    fn checkout(&self, (number, machine): (usize, usize), ledger: FlakyLedger) -> Checkout {
        let root = self.folder.path().canonicalize().unwrap();
        let site = root.join(format!("checkout-{number}"));
        std::fs::create_dir(&site).unwrap();
        Checkout {
            machine,
            ledger,
            place: site.join("l.jsonl"),
            state: root.join(format!("machine-{machine}")),
            pipeline: Arc::clone(&self.pipeline),
            start: start(),
            passed: self.passed,
        }
    }

    fn without_checkouts(on_repeat: OnRepeat, max_per_run: usize) -> (Self, LedgerState) {
        // The clock requires a static; each history leaks eight bytes.
        let passed: &'static AtomicU64 = Box::leak(Box::new(AtomicU64::new(0)));
        let platform = Platform {
            world: Arc::default(),
            on_repeat,
            passed,
            start: start(),
        };
        let pipeline = Arc::new(Pipeline::with_cap(&platform, max_per_run));
        let folder = tempfile::tempdir().unwrap();
        let first = LedgerState::from_iter([pipeline.created(start())]);
        let harness = Self {
            checkouts: Vec::new(),
            pipeline: Arc::clone(&pipeline),
            sender: 0,
            origin: Arc::new(Mutex::new(first.clone())),
            all: first.clone(),
            versions: vec![first.clone()],
            passed,
            folder,
        };
        (harness, first)
    }

    pub(super) fn take(&mut self, step: &Step) {
        // Every step takes time, so that no two events have the same millisecond.
        self.wait(1);
        match step {
            Step::Build { copy, run } => {
                let checkout = self.sending(copy);
                build::run(self, &checkout, run);
            }
            Step::Settle(copy, number) => {
                let checkout = self.sending(copy);
                // Otherwise the program asks the user to restore the ledger or to pull first.
                if checkout.is_sendable() {
                    checkout.settle(*number);
                }
            }
            Step::Retract(copy, number) => {
                let checkout = self.sending(copy);
                if checkout.is_sendable() {
                    checkout.retract(*number);
                }
            }
            Step::Wait(seconds) => self.wait(*seconds),
            Step::SetClock { machine, offset } => self.set_clock(*machine, *offset),
            Step::Sync(copy) => self.sync(&self.sending(copy)),
            Step::Fetch => self.fetch(self.sender),
            Step::RollBack { copy, to } => {
                let version = to.get(&self.versions).clone();
                self.sending(copy).ledger.replace(Some(version));
            }
            Step::CopyFile { from, to } => {
                let content = from.get(&self.checkouts).ledger.content();
                if content.is_some() {
                    to.get(&self.checkouts).ledger.replace(content);
                }
            }
            Step::Lose(copy) => self.sending(copy).ledger.replace(None),
            Step::Restore(copy) => self.restore(&self.sending(copy)),
            Step::Forget(copy) => self.forget(&self.sending(copy)),
            Step::HandOver => self.hand_over(),
        }
        self.remember();
    }

    /// Returns one of the checkouts of the sending machine.
    fn sending(&self, index: &Index) -> Checkout {
        index.get(&self.checkouts_of(self.sender)).clone()
    }

    pub(super) fn checkouts_of(&self, machine: usize) -> Vec<Checkout> {
        let all = self.checkouts.iter();
        all.filter(|checkout| checkout.machine == machine)
            .cloned()
            .collect()
    }

    pub(super) fn wait(&self, seconds: u64) {
        self.passed.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(super) fn set_clock(&mut self, machine: usize, offset: i64) {
        for checkout in &mut self.checkouts {
            if checkout.machine == machine {
                checkout.start = start() + SignedDuration::from_secs(offset);
            }
        }
    }

    pub(super) fn set_clocks_right(&mut self) {
        (0..MACHINES.len()).for_each(|machine| self.set_clock(machine, 0));
    }

    /// Stores the current events of all ledgers.
    pub(super) fn remember(&mut self) {
        for checkout in &self.checkouts {
            let Some(ledger_state) = checkout.ledger.content() else {
                continue;
            };
            let is_new = ledger_state
                .events()
                .iter()
                .any(|event| !self.all.has(&event.id));
            if is_new {
                union(&mut self.all, &ledger_state);
                self.versions.push(ledger_state);
            }
        }
    }

    /// Pulls into `checkout` and pushes the result. A missing ledger is checked out again.
    pub(super) fn sync(&self, checkout: &Checkout) {
        let mut origin = self.origin.lock().unwrap();
        if let Some(ledger_state) = checkout.ledger.content() {
            union(&mut origin, &ledger_state);
        }
        checkout.ledger.merge(&origin);
        drop(origin);
        self.fetch(checkout.machine);
    }

    fn fetch(&self, machine: usize) {
        let origin = self.origin.lock().unwrap();
        for checkout in self.checkouts_of(machine) {
            fetched::fetch(&checkout.place, &origin);
        }
    }

    fn restore(&self, checkout: &Checkout) {
        match checkout.restore() {
            Ok(_) => {
                let trouble = checkout.view().unwrap().trouble;
                let is_rewound = matches!(trouble, Some(LedgerError::Rewound { .. }));
                assert!(!is_rewound, "still rewound after its restoration");
            }
            // This checkout has no journal entry yet.
            Err(LedgerError::Missing { .. }) => {}
            Err(error) => panic!("cannot restore: {error}"),
        }
    }

    /// Accepts the current ledger if the user can see that nothing is lost.
    fn forget(&self, checkout: &Checkout) {
        if checkout.ledger.content().is_none() {
            return;
        }
        let is_true = |number: usize| {
            let item = self.pipeline.item(number);
            let world = self.pipeline.platform.world();
            let is_there = world.posts.values().any(|text| *text == title(number));
            match checkout.model(number) {
                Model::Sent => is_there,
                Model::Open => true,
                Model::Retracted => !is_there,
                Model::Free | Model::Failed => {
                    !is_there && Model::of(&self.all, item) != Model::Retracted
                }
            }
        };
        if (0..ITEMS).all(is_true) {
            (0..ITEMS).for_each(|number| checkout.settle(number));
            checkout.forget();
        }
    }

    /// Repairs the ledger of `checkout` as the program's hints suggest.
    pub(super) fn repair(&self, checkout: &Checkout) {
        if checkout.ledger.content().is_none() {
            self.restore(checkout);
        }
        if checkout.ledger.content().is_none() {
            self.sync(checkout);
        }
        self.restore(checkout);
        checkout.open();
    }

    fn hand_over(&mut self) {
        for checkout in self.checkouts_of(self.sender) {
            self.repair(&checkout);
            self.sync(&checkout);
        }
        self.sender = 1 - self.sender;
        // The machine's other checkouts have fetched but merged nothing.
        self.sync(&self.checkouts_of(self.sender)[0]);
    }
}

impl Drop for Harness {
    fn drop(&mut self) {
        for checkout in &self.checkouts {
            fetched::remove(&checkout.place);
        }
    }
}

/// Returns the true time at the start.
pub(super) fn start() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}
