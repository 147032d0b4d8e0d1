//! A platform for tests whose answers follow a script. It survives simulated crashes.

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

/// The account that owns the posts.
const ACCOUNT: &str = "me";

/// The result of a creating request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestOutcome {
    /// It is accepted, and the answer arrives.
    Accepted,
    /// It is accepted, and the answer is lost.
    AcceptedAnswerLost,
    /// It is not accepted, and no answer arrives.
    Lost,
    /// It is refused permanently.
    Refused,
    /// It was certainly not sent.
    NotSent,
    /// The platform accepts nothing for this number of seconds, if given.
    Throttled(Option<u64>),
    /// The program crashes before the request is sent.
    CrashBefore,
    /// The program crashes after the request was accepted.
    CrashAfter,
}

/// The result of the preparation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preparation {
    Done,
    Refused,
    Crash,
}

#[derive(Default)]
pub(super) struct PlatformState {
    /// The existing posts: texts by id.
    pub(super) posts: BTreeMap<String, String>,
    /// The creation time of each post, in seconds of true time.
    created_at: BTreeMap<String, u64>,
    /// Number of posts ever created with each text.
    pub(super) created: BTreeMap<String, usize>,
    /// Number of creating requests for each text.
    pub(super) requested: BTreeMap<String, usize>,
    /// The texts of all retracted posts.
    pub(super) retracted: BTreeSet<String>,
    /// The texts that the user requested by name since they were last retracted.
    pub(super) asked: BTreeSet<String>,
    /// The texts that were created again without a request of the user.
    pub(super) unrequested: Vec<String>,
    pub(super) requests: VecDeque<RequestOutcome>,
    pub(super) preparations: VecDeque<Preparation>,
}

/// The platform, as the program's sink.
#[derive(Clone)]
pub(super) struct Platform {
    pub(super) world: Arc<Mutex<PlatformState>>,
    pub(super) repeat: Repeat,
    /// Seconds of true time.
    pub(super) passed: &'static AtomicU64,
    /// The correct time at true time zero.
    pub(super) start: Timestamp,
}

impl Platform {
    pub(super) fn world(&self) -> MutexGuard<'_, PlatformState> {
        self.world.lock().unwrap()
    }

    /// Fails if the program's clock is wrong, like a client whose platform sends its time. Only platforms
    /// that detect duplicates for a limited time need this check.
    fn check_clock(&self, cx: &Context) -> Result<(), PublishError> {
        let now = Clock::manual(self.start, self.passed).now();
        let is_wrong = cx.now().duration_since(now).abs() > SignedDuration::from_mins(2);
        if is_wrong && matches!(self.repeat, Repeat::Evidence { .. }) {
            let kind = PublishErrorKind::Rejected;
            return Err(PublishError::new(kind, Code::ClockWrong, "another time"));
        }
        Ok(())
    }

    /// Creates the post of `text`, unless it exists and the platform detects the duplicate within the
    /// promised time.
    fn create(&self, text: &str) -> Result<Receipt, PublishError> {
        let now = self.passed.load(Ordering::SeqCst);
        let mut world = self.world();
        let there = world.posts.iter().find(|(_, of)| *of == text);
        if let Some((id, _)) = there {
            let receipt = receipt(id);
            match self.repeat {
                Repeat::Keyed => return Ok(receipt),
                Repeat::Evidence { within, .. }
                    if Duration::from_secs(now - world.created_at[id]) <= within =>
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
            world.unrequested.push(text.to_owned());
        }
        world.posts.insert(id.clone(), text.to_owned());
        world.created_at.insert(id.clone(), now);
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
            RequestOutcome::AcceptedAnswerLost => {
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
