//! A platform that accepts posts or not, as a script says, and that outlives the program.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use syndicate_api::{
    Clock, Code, Context, Diagnostic, Limits, Payload, Post, Prepared, PublishError,
    PublishErrorKind, Receipt, Repeat, Request, Revision, RichText, Sink,
};

use super::crash;

/// Whose posts they are.
const ACCOUNT: &str = "me";

/// What becomes of a creating request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestOutcome {
    /// It is accepted, and answered.
    Accepted,
    /// It is accepted, and the answer is lost.
    AcceptedUnheard,
    /// It is not accepted, and no answer says so.
    Lost,
    /// It is refused for good.
    Refused,
    /// It never arrived, and that is known.
    NotSent,
    /// The platform takes nothing more, for so many seconds where it says so.
    Throttled(Option<u64>),
    /// The program crashes, and the request never left.
    CrashBefore,
    /// The program crashes once it is accepted.
    CrashAfter,
}

/// What becomes of the preparation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preparation {
    Done,
    Refused,
    Crash,
}

#[derive(Default)]
pub(super) struct World {
    /// The posts that are there: their texts, by identifier.
    pub(super) posts: BTreeMap<String, String>,
    /// When each post was created, in seconds of true time.
    born: BTreeMap<String, u64>,
    /// How many were ever created of each text.
    pub(super) created: BTreeMap<String, usize>,
    /// How many creating requests came for each text.
    pub(super) requested: BTreeMap<String, usize>,
    /// The texts of posts that were ever taken back.
    pub(super) retracted: BTreeSet<String>,
    /// The texts that a person asked for by name since they were last taken back.
    pub(super) asked: BTreeSet<String>,
    /// The texts that were created again although no person asked for it.
    pub(super) unasked: Vec<String>,
    pub(super) requests: VecDeque<RequestOutcome>,
    pub(super) preparations: VecDeque<Preparation>,
}

/// The platform, as the program's sink.
#[derive(Clone)]
pub(super) struct Platform {
    pub(super) world: Arc<Mutex<World>>,
    pub(super) repeat: Repeat,
    /// The seconds of true time.
    pub(super) passed: &'static AtomicU64,
    /// What a right clock shows at the beginning of true time.
    pub(super) start: Timestamp,
}

impl Platform {
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// Says that the program's clock is wrong, as the client of a platform does whose answers have the
    /// time. Those have it that take a repetition as evidence for a limited time.
    fn check_clock(&self, cx: &Context) -> Result<(), PublishError> {
        let now = Clock::manual(self.start, self.passed).now();
        let is_wrong = cx.now().duration_since(now).abs() > SignedDuration::from_mins(2);
        if is_wrong && matches!(self.repeat, Repeat::Evidence { .. }) {
            let kind = PublishErrorKind::Rejected;
            return Err(PublishError::new(kind, Code::ClockWrong, "another time"));
        }
        Ok(())
    }

    /// Creates the post of `text`, unless it is there and the platform recognizes it. It recognizes an
    /// equal text no longer than it promises.
    fn create(&self, text: &str) -> Result<Receipt, PublishError> {
        let now = self.passed.load(Ordering::SeqCst);
        let mut world = self.world();
        let there = world.posts.iter().find(|(_, of)| *of == text);
        if let Some((id, _)) = there {
            let receipt = receipt(id);
            match self.repeat {
                Repeat::Keyed => return Ok(receipt),
                Repeat::Evidence { within, .. }
                    if Duration::from_secs(now - world.born[id]) <= within =>
                {
                    let mut error = error(PublishErrorKind::Rejected);
                    error.code = Code::Duplicate;
                    error.existing = Some(receipt);
                    return Err(error);
                }
                Repeat::Evidence { .. } | Repeat::Never => {}
            }
        }
        let id = format!("post-{}", world.created.values().sum::<usize>());
        if world.created.contains_key(text) && !world.asked.contains(text) {
            world.unasked.push(text.to_owned());
        }
        world.posts.insert(id.clone(), text.to_owned());
        world.born.insert(id.clone(), now);
        *world.created.entry(text.to_owned()).or_default() += 1;
        Ok(receipt(&id))
    }
}

fn receipt(id: &str) -> Receipt {
    Receipt {
        id: id.to_owned(),
        url: None,
    }
}

fn error(kind: PublishErrorKind) -> PublishError {
    PublishError::new(kind, Code::Rejected, "as the script says")
}

#[async_trait]
impl Sink for Platform {
    fn limits(&self) -> Limits {
        Limits::text(1000)
    }

    fn measure(&self, text: &RichText) -> usize {
        text.plain().len()
    }

    fn compose(&self, post: &Post) -> Result<Payload, Diagnostic> {
        let body = json!({"text": post.text.plain()});
        Ok(Payload {
            sink: "platform",
            dialect: "one",
            requests: vec![Request {
                method: "POST",
                path: "/".to_owned(),
                body,
            }],
            media: Vec::new(),
        })
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        self.check_clock(cx)?;
        Ok(Some(ACCOUNT.to_owned()))
    }

    async fn prepare(&self, cx: &Context, payload: &Payload) -> Result<Prepared, PublishError> {
        self.check_clock(cx)?;
        let next = self.world().preparations.pop_front();
        match next.unwrap_or(Preparation::Done) {
            Preparation::Done => Ok(Prepared {
                account: Some(ACCOUNT.to_owned()),
                ..payload.fill(BTreeMap::new()).unwrap()
            }),
            Preparation::Refused => Err(error(PublishErrorKind::Rejected)),
            Preparation::Crash => crash(),
        }
    }

    async fn publish(&self, cx: &Context, prepared: &Prepared) -> Result<Receipt, PublishError> {
        let text = prepared.requests[0].body["text"].as_str().unwrap();
        let mut world = self.world();
        *world.requested.entry(text.to_owned()).or_default() += 1;
        let next = world.requests.pop_front();
        drop(world);
        match next.unwrap_or(RequestOutcome::Accepted) {
            RequestOutcome::Accepted => self.create(text),
            RequestOutcome::AcceptedUnheard => {
                self.create(text).ok();
                Err(error(PublishErrorKind::Unknown))
            }
            RequestOutcome::Lost => Err(error(PublishErrorKind::Unknown)),
            RequestOutcome::Refused => Err(error(PublishErrorKind::Rejected)),
            RequestOutcome::NotSent => Err(error(PublishErrorKind::Unavailable)),
            RequestOutcome::Throttled(seconds) => {
                let until = seconds.map(|seconds| cx.now() + Duration::from_secs(seconds));
                Err(error(PublishErrorKind::Throttled { until }))
            }
            RequestOutcome::CrashBefore => crash(),
            RequestOutcome::CrashAfter => {
                self.create(text).ok();
                crash()
            }
        }
    }

    fn reaches_readers(&self) -> bool {
        false
    }

    fn repeat(&self) -> Repeat {
        self.repeat
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        Some(Revision {
            requests: payload.requests.clone(),
            fixed: Value::Null,
            changes: "the text",
            keeps: "nothing",
        })
    }

    async fn retract(&self, _: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        let mut world = self.world();
        if let Some(text) = world.posts.remove(&receipt.id) {
            world.asked.remove(&text);
            world.retracted.insert(text);
        }
        Ok(())
    }
}
