//! The state of the sandbox: posts, media, consents, the log of requests and the daily use of each
//! member. It is plain data; the rules are in the modules of the endpoints.

pub(crate) mod grants;
pub(crate) mod journal;
pub(crate) mod medium;
pub(crate) mod opaque_id;
pub(crate) mod scopes;
pub(crate) mod stored_post;

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use jiff::civil::Date;

use self::grants::Grants;
use self::journal::JournalEntry;
use self::medium::{MediaKind, Medium, OpenedUpload, VideoPart};
use self::stored_post::StoredPost;

/// The state of a sandbox.
#[derive(Debug, Default)]
pub(crate) struct SandboxState {
    /// Accepted posts in the order of their arrival, including deleted ones.
    pub(crate) posts: Vec<StoredPost>,
    /// Media by their URN.
    pub(crate) media: BTreeMap<String, Medium>,
    /// The consents of members, with codes and tokens.
    pub(crate) grants: Grants,
    /// The last requests, the newest last.
    pub(crate) journal: VecDeque<JournalEntry>,
    /// The day of the last request and the number of requests on that day, by member.
    pub(crate) calls: BTreeMap<String, (Date, u32)>,
    /// The number of requests so far.
    pub(crate) requests: u128,
}

impl SandboxState {
    /// Returns the URN of a new post. Like LinkedIn's, it has the milliseconds in its upper bits. `kind`
    /// is `share` or `ugcPost`.
    pub(crate) fn next_urn(&self, kind: &str, now: Timestamp) -> String {
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
        let id = (milliseconds << 22) + self.posts.len() as u64;
        format!("urn:li:{kind}:{id:019}")
    }

    /// Counts a request of `member` on `today`. Returns `false` if the count exceeds `limit`.
    pub(crate) fn count_call(&mut self, member: &str, today: Date, limit: u32) -> bool {
        let (day, calls) = self.calls.entry(member.to_owned()).or_insert((today, 0));
        if *day != today {
            (*day, *calls) = (today, 0);
        }
        *calls += 1;
        *calls <= limit
    }

    /// Opens an upload for `owner`.
    pub(crate) fn open_upload(
        &mut self,
        kind: MediaKind,
        owner: &str,
        parts: Vec<VideoPart>,
        now: Timestamp,
    ) -> OpenedUpload {
        let (opened, medium) = Medium::open(kind, owner, parts, self.media.len(), now);
        self.media.insert(opened.urn.clone(), medium);
        opened
    }

    /// Returns the medium with the identifier `id`.
    pub(crate) fn medium_by_id(&self, id: &str) -> Option<&Medium> {
        MediaKind::ALL
            .iter()
            .find_map(|kind| self.media.get(&format!("{}{id}", kind.prefix())))
    }
}
