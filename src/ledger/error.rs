//! What can be wrong with a ledger. Each kind is one on which a run decides differently: whether
//! to offer a baseline, to name a line, to wait longer, or to give up.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use syndicate_api::{Code, CodedError};

/// Two runs on a ledger that cannot be locked could send the same post.
const NO_LOCKS: &str = "nothing is sent without a lock; put pipeline.yaml and the ledger on a file \
    system that has locks, such as a local disk";

/// This machine sent posts from a ledger at that place.
const REMEMBERED: &str = "this machine remembers a ledger at that place: get it back from git, or run \
    `syndicate status --restore` to write it from the journal; `syndicate init --fresh` begins a new one";

/// How many items an error names.
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

/// Why a ledger could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LedgerError {
    /// There is none, or one without any event. Nothing may be sent, as nothing is known.
    #[error("there is no ledger `{ledger}`")]
    Missing {
        /// The ledger, as it was named.
        ledger: String,
        /// The sites of the ledger that the journal of this machine remembers at that place.
        remembered: Option<BTreeSet<String>>,
    },
    /// It belongs to another site, as with a copied repository.
    #[error(
        "the ledger `{ledger}` is of {}, and the pipeline's posts are on {}",
        hosts(sites),
        hosts(own)
    )]
    Foreign {
        /// The ledger, as it was named.
        ledger: String,
        /// The sites that it names.
        sites: BTreeSet<String>,
        /// The sites of the pipeline.
        own: BTreeSet<String>,
    },
    /// It lacks what this machine has sent, as after the checkout of an old branch.
    #[error(
        "the ledger `{ledger}` lacks what this machine has recorded of {}",
        some(lost)
    )]
    Rewound {
        /// The ledger, as it was named.
        ledger: String,
        /// The items in question.
        lost: Vec<String>,
    },
    /// Another copy of it knows more.
    #[error("the ledger `{ledger}` lacks what `{copy}` records of {}", some(lost))]
    Behind {
        /// The ledger, as it was named.
        ledger: String,
        /// The copy, for people.
        copy: String,
        /// The items in question.
        lost: Vec<String>,
    },
    /// It was moved to another store.
    #[error("the ledger `{ledger}` was moved to `{to}` and is closed")]
    Moved {
        /// The ledger, as it was named.
        ledger: String,
        /// The other store.
        to: String,
    },
    /// It would be gone with the machine that this runs on.
    #[error("the variable `CI` is set, and the ledger file `{ledger}` is gone after a CI run")]
    NotKept {
        /// The ledger, as it was named.
        ledger: String,
    },
    /// There is one where none was expected.
    #[error("there is a ledger `{ledger}` already")]
    Exists {
        /// The ledger, as it was named.
        ledger: String,
    },
    /// A line, other than a last one that was cut short, cannot be read.
    #[error("{ledger}:{line}: {message}")]
    Damaged {
        /// The ledger, as it was named.
        ledger: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
        /// What to do about it.
        hint: &'static str,
    },
    /// Another run holds it.
    #[error("another run holds the ledger `{ledger}`, and {} seconds were not enough", waited.as_secs_f32())]
    Locked {
        /// The ledger, as it was named.
        ledger: String,
        /// How long was waited.
        waited: Duration,
    },
    /// The system refused.
    #[error("cannot {doing} the ledger `{ledger}`")]
    Io {
        /// The ledger, as it was named.
        ledger: String,
        /// What was tried, as a verb.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl CodedError for LedgerError {
    fn code(&self) -> Option<Code> {
        match self {
            Self::Missing { .. } => Some(Code::LedgerMissing),
            Self::Foreign { .. } => Some(Code::LedgerForeign),
            Self::Rewound { .. } => Some(Code::LedgerRewound),
            Self::Behind { .. } => Some(Code::LedgerBehind),
            Self::Moved { .. } => Some(Code::LedgerMoved),
            Self::NotKept { .. } => Some(Code::LedgerNotKept),
            Self::Damaged { .. } => Some(Code::LedgerDamaged),
            Self::Locked { .. } => Some(Code::LedgerLocked),
            Self::Io { doing: "read", .. } | Self::Exists { .. } => None,
            Self::Io { .. } => Some(Code::LedgerUnwritable),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Damaged { hint, .. } => Some((*hint).to_owned()),
            Self::Missing {
                remembered: Some(_),
                ..
            } => Some(REMEMBERED.to_owned()),
            Self::Io { doing: "lock", .. } => Some(NO_LOCKS.to_owned()),
            other => other.code().and_then(Code::hint),
        }
    }
}
