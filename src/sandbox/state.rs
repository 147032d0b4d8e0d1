//! What the sandbox remembers: posts, images, the record of requests and how much of the day's
//! share each member has used. It is plain data; the rules stand with the endpoints.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::journal::Entry;
use super::media::Medium;
use super::oauth::Grants;

/// Everything that this LinkedIn knows.
#[derive(Debug, Default)]
pub(super) struct World {
    /// Accepted posts, deleted ones too, in the order of their arrival.
    pub(super) posts: Vec<StoredPost>,
    /// Media by their URN.
    pub(super) media: BTreeMap<String, Medium>,
    /// What members granted to apps.
    pub(super) grants: Grants,
    /// The last requests, the newest last.
    pub(super) journal: VecDeque<Entry>,
    /// Requests of the day, by member.
    pub(super) calls: BTreeMap<String, (Date, u32)>,
    /// How many requests came in so far.
    pub(super) requests: u128,
}

/// A post, as it was sent and as it stands.
#[derive(Clone, Debug)]
pub(super) struct StoredPost {
    /// Its URN.
    pub(super) id: String,
    /// The body of the request that created it.
    pub(super) raw: Value,
    /// Its fields as they stand after edits.
    pub(super) fields: Value,
    /// When it was accepted.
    pub(super) created: Timestamp,
    /// When it was last edited, if it was.
    pub(super) edited: Option<Timestamp>,
    /// When it was deleted, if it was.
    pub(super) deleted: Option<Timestamp>,
    /// Whether its commentary is plain text and no little text, as the older API takes it.
    pub(super) plain: bool,
}

impl StoredPost {
    /// A post that was just accepted.
    pub(super) fn new(id: String, raw: Value, created: Timestamp) -> Self {
        Self {
            id,
            fields: raw.clone(),
            raw,
            created,
            edited: None,
            deleted: None,
            plain: false,
        }
    }

    /// Sets the fields of `patch`.
    pub(super) fn edit(&mut self, patch: &Value, now: Timestamp) {
        for (name, value) in patch.as_object().into_iter().flatten() {
            self.fields[name.as_str()] = value.clone();
        }
        self.edited = Some(now);
    }
}

impl World {
    /// The URN of a new post, made as LinkedIn makes them: milliseconds in the upper bits. `kind` is
    /// `share` or `ugcPost`.
    pub(super) fn next_urn(&self, kind: &str, now: Timestamp) -> String {
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
        let id = (milliseconds << 22) + self.posts.len() as u64;
        format!("urn:li:{kind}:{id:019}")
    }

    /// Counts a request of `member` on `today`; `false` when that is more than `limit`.
    pub(super) fn count_call(&mut self, member: &str, today: Date, limit: u32) -> bool {
        let (day, calls) = self.calls.entry(member.to_owned()).or_insert((today, 0));
        if *day != today {
            (*day, *calls) = (today, 0);
        }
        *calls += 1;
        *calls <= limit
    }
}

/// A string of `length` letters and digits that looks random and is the same in every run, so that
/// recorded rehearsals can be compared.
pub(super) fn opaque(purpose: &str, number: usize, length: usize) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    Sha256::digest(format!("{purpose}:{number}"))
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
        .take(length)
        .collect()
}
