//! Errors of a ledger. A run reacts to each variant differently: it offers a baseline, names a line,
//! waits longer, or stops.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use syndicate_api::{Code, CodedError, Diagnostics};

/// Hint if `--offline`, or `check` without `--online`, forbids to read the ledger.
pub(super) const OFFLINE_HINT: &str = "run the command without `--offline`";

/// Hint for a file system without locks, where two runs could send the same post.
const NO_LOCKS: &str = "nothing is sent without a lock; put pipeline.yaml and the ledger on a file \
    system that has locks, such as a local disk";

/// Hint if this machine sent posts from a ledger at this path before.
const REMEMBERED: &str = "this machine used a ledger at this path before: restore it from git, or run \
    `syndicate status --restore` to write it from the journal; `syndicate init --fresh` starts a new one";

/// Hint if this machine sent posts from a ledger in this ref before.
const REMEMBERED_REF: &str = "this machine used this ledger before: run `syndicate status --restore` to push it \
    again from the journal; `syndicate init --fresh` starts a new one";

/// Hint if a ref does not exist, for a machine that never sent from it.
const MISSING_REF: &str = "`syndicate build --baseline` creates the ref and marks all present posts as known; \
    `syndicate ledger move git` moves a ledger file into it; if it was deleted, run \
    `syndicate status --restore` on a machine that has sent from it";

/// Hint if this machine sent posts from a ledger in this database before.
const REMEMBERED_DATABASE: &str = "this machine used this ledger before: check that the URL names the right database, \
    or restore the database; `syndicate status --restore` writes the ledger from the journal; `syndicate init --fresh` \
    starts a new one";

/// Hint if a database does not have the ledger, for a machine that never sent from it.
const MISSING_DATABASE: &str = "`syndicate build --baseline` creates the ledger in the database and marks all present \
    posts as known; `syndicate ledger move postgres` moves an existing ledger into it";

/// Hint if a ledger file is missing, for a machine that never sent from it: its journal has nothing to restore.
const MISSING_FILE: &str =
    "`build --baseline` marks all present posts as known, `build --backfill` treats them as new";

/// Hint if the ledger in a database belongs to another site: a database has the ledgers of many sites.
const FOREIGN_DATABASE: &str = "if it is the ledger of another site, give this site one with another name: \
    `ledger: {postgres: {url: …, name: NAME}}`; if the site has moved, run `syndicate build --same-site`";

/// Hint if a database lacks what this machine has recorded.
const REWOUND_DATABASE: &str = "check that the URL names the right server, then run `syndicate status --restore` to \
    append what is missing; `syndicate status --forget` discards the record of this machine, and then those posts \
    count as unsent";

/// Returns `true` if `ledger` is the name of a ledger in a database.
fn is_in_database(ledger: &str) -> bool {
    ledger.starts_with("postgresql:")
}

/// Returns the remedy for a missing ledger. A name that begins with `refs/` is that of a ref.
fn missing_hint(ledger: &str, is_remembered: bool) -> &'static str {
    if is_in_database(ledger) {
        return match is_remembered {
            true => REMEMBERED_DATABASE,
            false => MISSING_DATABASE,
        };
    }
    match (ledger.starts_with("refs/"), is_remembered) {
        (true, true) => REMEMBERED_REF,
        (true, false) => MISSING_REF,
        (false, true) => REMEMBERED,
        (false, false) => MISSING_FILE,
    }
}

/// Hint if a ledger is to be created where there is one.
const EXISTS: &str = "to add a source or sink to it, name it: `--baseline NAME` marks its present posts as known, \
    `--backfill NAME` treats them as new";

/// Hint if the target of a move has a ledger with another id.
const OTHER_LEDGER: &str = "name another store, such as `--ref refs/syndicate/NAME`; two ledgers are not \
    joined, because each would then answer for the posts of the other";

/// As [`OTHER_LEDGER`], for a database.
const OTHER_LEDGER_DATABASE: &str = "name another ledger of the database with `--name NAME`; two ledgers are not \
    joined, because each would then answer for the posts of the other";

/// Hint for a database that was restored, or whose standby took over.
const OTHER_SERVER: &str = "run `syndicate status --restore` on each machine that sends, to append what the server \
    lacks; or `syndicate status --forget` if it is complete; for standbys that confirm each commit, set \
    `ledger: {postgres: {failover: synchronous}}`";

/// Hint for a file that exists and cannot be read.
const UNREADABLE: &str = "check that the file is not a folder, and that you may read it";

/// Number of items that an error lists by name.
const NAMED: usize = 3;

fn hosts(hosts: &BTreeSet<String>) -> String {
    let hosts: Vec<String> = hosts.iter().map(|host| format!("`{host}`")).collect();
    hosts.join(", ")
}

fn some(items: &[String]) -> String {
    let mut named: Vec<String> = items
        .iter()
        .take(NAMED)
        .map(|item| format!("`{item}`"))
        .collect();
    match items.len().saturating_sub(NAMED) {
        0 => {}
        1 => named.push("1 more post".to_owned()),
        more => named.push(format!("{more} more posts")),
    }
    named.join(", ")
}

/// A message of git, of a remote or of a database, without credentials.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct RemoteError(pub(super) String);

/// An error while reading or writing a ledger.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LedgerError {
    /// The ledger does not exist or has no event. Nothing may be sent, because nothing is known.
    #[error("missing ledger `{ledger}`")]
    Missing {
        /// The ledger's display name.
        ledger: String,
        /// The sites of the ledger that this machine's journal remembers at this path.
        remembered: Option<BTreeSet<String>>,
    },
    /// The ledger belongs to another site, for example in a copied repository.
    #[error(
        "the ledger `{ledger}` belongs to {}, but the pipeline's posts are on {}",
        hosts(sites),
        hosts(own)
    )]
    Foreign {
        /// The ledger's display name.
        ledger: String,
        /// The sites in the ledger.
        sites: BTreeSet<String>,
        /// The sites of this pipeline.
        own: BTreeSet<String>,
    },
    /// The ledger lacks posts that this machine has sent, for example after a checkout of an old branch.
    #[error(
        "the ledger `{ledger}` lacks what this machine has recorded of {}",
        some(lost)
    )]
    Rewound {
        /// The ledger's display name.
        ledger: String,
        /// The affected items.
        lost: Vec<String>,
    },
    /// Another server has the ledger: it was restored from a backup, or a standby took over. It may lack events.
    #[error("another server has the ledger `{ledger}` now: {change}")]
    OtherServer {
        /// The ledger's display name.
        ledger: String,
        /// The difference between the servers.
        change: String,
    },
    /// Another copy of the ledger has more events.
    #[error("the ledger `{ledger}` lacks what `{copy}` records of {}", some(lost))]
    Behind {
        /// The ledger's display name.
        ledger: String,
        /// The other copy's display name.
        copy: String,
        /// The affected items.
        lost: Vec<String>,
        /// The remedy, if it is not that of the code.
        hint: Option<&'static str>,
    },
    /// The ledger was moved to another store.
    #[error("the ledger `{ledger}` was moved to `{to}` and is closed")]
    Moved {
        /// The ledger's display name.
        ledger: String,
        /// The other store.
        to: String,
    },
    /// The ledger would be lost with this machine, which is a temporary CI runner.
    #[error("the variable `CI` is set, and the ledger file `{ledger}` is lost after a CI run")]
    NotKept {
        /// The ledger's display name.
        ledger: String,
    },
    /// A ledger exists although a new one was to be created.
    #[error("the ledger `{ledger}` already exists")]
    Exists {
        /// The ledger's display name.
        ledger: String,
    },
    /// A line cannot be read and is not a truncated last line.
    #[error("{ledger}:{line}: {message}")]
    Damaged {
        /// The ledger's display name.
        ledger: String,
        /// The line number, starting at 1.
        line: usize,
        /// The reason.
        message: String,
        /// The remedy.
        hint: &'static str,
    },
    /// Another run holds the lock.
    #[error("another run still holds the ledger `{ledger}` after {}", seconds(*waited))]
    Locked {
        /// The ledger's display name.
        ledger: String,
        /// The time waited for the lock.
        waited: Duration,
    },
    /// pipeline.yaml, which names the store, cannot be read.
    #[error(transparent)]
    Unconfigured(Diagnostics),
    /// The store has another ledger.
    #[error("the ledger in `{ledger}` is another one")]
    OtherLedger {
        /// The ledger's display name.
        ledger: String,
    },
    /// Another run appended first. Nothing was recorded, and the session has read the other run's events:
    /// the caller plans again.
    #[error("another run appended to the ledger `{ledger}` first")]
    Overtaken {
        /// The ledger's display name.
        ledger: String,
    },
    /// The remote refused to update the ledger's ref, and no other run was the reason.
    #[error("the remote refused to update the ledger `{ledger}`")]
    PushRefused {
        /// The ledger's display name.
        ledger: String,
        /// The remote's message.
        source: RemoteError,
        /// The remedy.
        hint: Option<String>,
    },
    /// The remote or the database that keeps the ledger cannot be read or written.
    #[error("cannot reach the ledger `{ledger}`")]
    Unreachable {
        /// The ledger's display name.
        ledger: String,
        /// The message of git or of the database.
        source: RemoteError,
        /// The remedy.
        hint: Option<String>,
    },
    /// The operating system reported an error.
    #[error("cannot {doing} the ledger `{ledger}`")]
    Io {
        /// The ledger's display name.
        ledger: String,
        /// The failed operation, as a verb.
        doing: &'static str,
        /// The system's error.
        source: io::Error,
    },
}

impl CodedError for LedgerError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Missing { .. } => Some(Code::LedgerMissing),
            Self::Foreign { .. } | Self::OtherLedger { .. } => Some(Code::LedgerForeign),
            Self::Rewound { .. } | Self::OtherServer { .. } => Some(Code::LedgerRewound),
            Self::Behind { .. } => Some(Code::LedgerBehind),
            Self::Moved { .. } => Some(Code::LedgerMoved),
            Self::NotKept { .. } => Some(Code::LedgerNotKept),
            Self::Damaged { .. } => Some(Code::LedgerDamaged),
            Self::Locked { .. } => Some(Code::LedgerLocked),
            Self::Unconfigured(_) => Some(Code::InvalidConfig),
            Self::Overtaken { .. } => Some(Code::LedgerOvertaken),
            Self::PushRefused { .. } => Some(Code::LedgerPushRefused),
            Self::Unreachable { .. } => Some(Code::LedgerUnreachable),
            Self::Io { doing: "read", .. } | Self::Exists { .. } => None,
            Self::Io { .. } => Some(Code::LedgerUnwritable),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Damaged { hint, .. }
            | Self::Behind {
                hint: Some(hint), ..
            } => Some((*hint).to_owned()),
            Self::Exists { .. } => Some(EXISTS.to_owned()),
            Self::Foreign { ledger, .. } if is_in_database(ledger) => {
                Some(FOREIGN_DATABASE.to_owned())
            }
            Self::Rewound { ledger, .. } if is_in_database(ledger) => {
                Some(REWOUND_DATABASE.to_owned())
            }
            Self::OtherLedger { ledger } if is_in_database(ledger) => {
                Some(OTHER_LEDGER_DATABASE.to_owned())
            }
            Self::OtherLedger { .. } => Some(OTHER_LEDGER.to_owned()),
            Self::OtherServer { .. } => Some(OTHER_SERVER.to_owned()),
            Self::PushRefused {
                hint: Some(hint), ..
            }
            | Self::Unreachable {
                hint: Some(hint), ..
            } => Some(hint.clone()),
            Self::Missing { ledger, remembered } => {
                Some(missing_hint(ledger, remembered.is_some()).to_owned())
            }
            Self::Io { doing: "lock", .. } => Some(NO_LOCKS.to_owned()),
            Self::Io { doing: "read", .. } => Some(UNREADABLE.to_owned()),
            other => other.code().and_then(Code::hint),
        }
    }
}

impl LedgerError {
    /// Returns `true` if the ledger was not read because this command contacts no other machine.
    #[must_use]
    pub(crate) fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { hint: Some(hint), .. } if hint == OFFLINE_HINT)
    }
}

fn seconds(time: Duration) -> String {
    match time.as_secs_f32() {
        1.0 => "1 second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hint_for_database_names_its_remedy() {
        let site = |site: &str| BTreeSet::from([site.to_owned()]);
        let foreign = |ledger: &str| LedgerError::Foreign {
            ledger: ledger.to_owned(),
            sites: site("a.example"),
            own: site("b.example"),
        };
        let other = |ledger: &str| LedgerError::OtherLedger {
            ledger: ledger.to_owned(),
        };
        let rewound = |ledger: &str| LedgerError::Rewound {
            ledger: ledger.to_owned(),
            lost: vec!["a".to_owned()],
        };
        let hint = |error: LedgerError| error.hint().unwrap();
        for (in_database, elsewhere, remedy, wrong) in [
            (
                foreign("postgresql:default"),
                foreign("refs/x"),
                "name: NAME",
                "init --fresh",
            ),
            (
                other("postgresql:default"),
                other("refs/x"),
                "--name NAME",
                "--ref",
            ),
            (
                rewound("postgresql:default"),
                rewound("refs/x"),
                "the URL",
                "pull",
            ),
        ] {
            let (in_database, elsewhere) = (hint(in_database), hint(elsewhere));
            assert!(in_database.contains(remedy), "{in_database}");
            assert!(!in_database.contains(wrong), "{in_database}");
            assert!(elsewhere.contains(wrong), "{elsewhere}");
        }
    }
}
