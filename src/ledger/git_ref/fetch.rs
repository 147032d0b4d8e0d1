//! Reads the ledger from its ref: on the remote, or as last fetched.
//!
//! The remote is asked for exactly this ref first. Only an empty answer means that the ref does not exist;
//! every failure is an error, because a ledger that could not be read is not an empty one.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tracing::info;

use super::target::{Target, escape};
use crate::ledger::error::RemoteError;
use crate::ledger::lines::{self, TrailingBytes};
use crate::ledger::{Event, LedgerError};

/// Maximum number of fetches while another process holds a lock of git, and the pause between them.
const MAX_FETCHES: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// Parts of git's messages if a remote asks for credentials or refuses them.
const DENIALS: [&str; 4] = [
    "could not read Username",
    "could not read Password",
    "Authentication failed",
    "error: 403",
];

/// The ledger at one commit.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    /// The commit, or `None` if the ref does not exist.
    pub(super) tip: Option<String>,
    /// The text of the ledger, or `None` if the commit does not have the file.
    pub(super) text: Option<Vec<u8>>,
    pub(super) events: Vec<Event>,
}

impl Target {
    /// Returns the commit that the remote has at the ref now.
    pub(super) fn remote_tip(&self) -> Result<Option<String>, LedgerError> {
        let listed = self
            .remote
            .run(&["ls-remote", self.remote.name(), &self.name], b"");
        let listed = listed
            .into_stdout()
            .map_err(|error| self.unreachable(error))?;
        let listed = String::from_utf8_lossy(&listed);
        let mut refs = listed.lines().filter_map(|line| line.split_once('\t'));
        // git lists every ref that ends with the name.
        let found = refs.find(|(_, name)| *name == self.name);
        Ok(found.map(|(commit, _)| commit.to_owned()))
    }

    /// Reads the ledger from the remote. Reuses `known` if the remote still has that commit.
    pub(super) fn fetch(
        &self,
        known: Option<&Snapshot>,
        now: Timestamp,
    ) -> Result<Snapshot, LedgerError> {
        let tip = self.remote_tip()?;
        if let Some(known) = known
            && known.tip == tip
        {
            self.write_fetch_time(now);
            return Ok(known.clone());
        }
        let Some(tip) = tip else {
            return Ok(Snapshot::default());
        };
        if self.fetched_tip().as_deref() != Some(tip.as_str()) {
            self.fetch_unless_locked(&tip)
                .map_err(|error| self.unreachable(error))?;
        }
        // The ref may have moved since it was listed.
        let tip = self.fetched_tip().ok_or_else(|| {
            let message = format!("the fetched commit {tip} is missing");
            self.unreachable(RemoteError(message))
        })?;
        self.write_fetch_time(now);
        self.read(tip)
    }

    /// Reads the ledger as last fetched, with the time of that, or `None` if it was never fetched.
    pub(super) fn last_fetched(
        &self,
    ) -> Result<Option<(Snapshot, Option<Timestamp>)>, LedgerError> {
        let Some(tip) = self.fetched_tip() else {
            return Ok(None);
        };
        Ok(Some((self.read(tip)?, self.fetch_time())))
    }

    /// Returns the time of the last successful fetch.
    pub(super) fn fetch_time(&self) -> Option<Timestamp> {
        let at = fs::read_to_string(self.fetch_time_file()).ok()?;
        at.trim().parse().ok()
    }

    /// Records that this clone has `tip`, which is on the remote.
    pub(super) fn set_fetched(&self, tip: &str, now: Timestamp) {
        // A failure costs only another fetch.
        self.remote
            .git()
            .ask(&["update-ref", "--no-deref", &self.fetched, tip]);
        self.write_fetch_time(now);
    }

    fn fetched_tip(&self) -> Option<String> {
        let commit = format!("{}^{{commit}}", self.fetched);
        self.remote
            .git()
            .ask_line(&["rev-parse", "--verify", "--quiet", &commit])
    }

    /// Fetches the ref. Another process of this clone may fetch it at the same time and hold git's locks.
    fn fetch_unless_locked(&self, tip: &str) -> Result<(), RemoteError> {
        let mut count = 1;
        loop {
            match self.fetch_objects() {
                Err(_) if self.fetched_tip().as_deref() == Some(tip) => return Ok(()),
                Err(error) if count < MAX_FETCHES && error.0.contains("lock") => {
                    thread::sleep(LOCK_PAUSE * count);
                    count += 1;
                }
                fetched => return fetched,
            }
        }
    }

    fn fetch_objects(&self) -> Result<(), RemoteError> {
        let mut arguments = vec![
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--no-prune",
            "--no-auto-gc",
            "--refmap=",
        ];
        if !self.is_shared {
            // A partial clone would fetch the ledger's file one object at a time.
            arguments.push("--no-filter");
            // In other clones a depth would make the whole clone shallow, and on a shared branch it would
            // cut the history that the user has fetched.
            let git = self.remote.git();
            let is_shallow = git.ask_line(&["rev-parse", "--is-shallow-repository"]);
            if is_shallow.as_deref() == Some("true") {
                arguments.push("--depth=1");
            }
        }
        let refspec = format!("+{}:{}", self.name, self.fetched);
        arguments.extend([self.remote.name(), &refspec]);
        self.remote.run(&arguments, b"").into_stdout().map(drop)
    }

    /// Reads the ledger at `tip`. A partial clone may fetch its objects.
    fn read(&self, tip: String) -> Result<Snapshot, LedgerError> {
        let text = self
            .file_at(&tip)
            .map_err(|error| self.unreachable(error))?;
        let events = match &text {
            Some(text) => self.events(text)?,
            None => Vec::new(),
        };
        info!(
            name = self.name,
            tip,
            events = events.len(),
            "ledger fetched"
        );
        Ok(Snapshot {
            tip: Some(tip),
            text,
            events,
        })
    }

    fn events(&self, text: &[u8]) -> Result<Vec<Event>, LedgerError> {
        let name = self.display_name();
        let read = lines::read(&name, text)?;
        match read.tail {
            TrailingBytes::Whole | TrailingBytes::Unended => Ok(read.events),
            // No crash leaves half a line in a commit.
            TrailingBytes::Torn { .. } => Err(LedgerError::Damaged {
                ledger: name,
                line: text.split(|byte| *byte == b'\n').count(),
                message: "incomplete line".to_owned(),
                hint: "restore the line from an older commit of the ref",
            }),
        }
    }

    /// Returns the error of a failed call to the remote.
    pub(super) fn unreachable(&self, source: RemoteError) -> LedgerError {
        let is_denied = DENIALS.iter().any(|message| source.0.contains(message));
        let hint = is_denied.then(|| self.remote.access_hint().to_owned());
        LedgerError::Unreachable {
            ledger: self.display_name(),
            source,
            hint,
        }
    }

    /// Returns the error of a failed local step.
    pub(super) fn unwritable(&self, error: RemoteError) -> LedgerError {
        LedgerError::Io {
            ledger: self.display_name(),
            doing: "write",
            source: io::Error::other(error),
        }
    }

    /// Returns the error of a missing ref or file.
    pub(super) fn missing(&self) -> LedgerError {
        LedgerError::Missing {
            ledger: self.display_name(),
            remembered: None,
        }
    }

    fn fetch_time_file(&self) -> PathBuf {
        let name = escape(self.fetched.as_bytes());
        self.common.join("syndicate").join(name)
    }

    /// Records the time of a successful fetch, for the note about a state that is read offline.
    fn write_fetch_time(&self, now: Timestamp) {
        let file = self.fetch_time_file();
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).ok();
        }
        fs::write(file, format!("{now}\n")).ok();
    }
}
