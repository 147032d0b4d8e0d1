//! A platform for tests whose answers follow a script. It survives simulated crashes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use syndicate_api::{
    Capabilities, Clock, Code, Context, Diagnostic, Found, FoundBy, Limits, Measure, Medium,
    Payload, Post, Prepared, PublishError, PublishErrorKind, Readiness, Ready, Receipt, Repeat,
    Request, Revision, RichText, Role, ServerInfo, Sink, Sought, Step, slot,
};

use super::crash;

/// A time that no test outlasts.
pub(super) const FOREVER: Duration = Duration::from_secs(100_000_000);

/// The name of the step that follows the creating request.
const REFERENCE: &str = "reference";

/// The account that owns the posts.
const ACCOUNT: &str = "me";

/// The behaviour of the platform if a creating request is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnRepeat {
    /// It creates a second post.
    Creates,
    /// It creates a second post, and its posts can be searched for the key of their request.
    CreatesAndFinds,
    /// It returns the first post of the key for this time, then creates a second one.
    Keyed(Duration),
    /// It refuses a post with an equal text.
    Refuses {
        /// The time after which it recognises the first post.
        after: Duration,
        /// The time within which it refuses a duplicate.
        within: Duration,
        /// `true` if a run may repeat the request without a command of the user.
        by_itself: bool,
    },
}

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

/// The result of the request that follows a creating one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FollowUpOutcome {
    /// It is accepted, and the answer arrives.
    Accepted,
    /// It is accepted, and the answer is lost.
    AcceptedAnswerLost,
    /// It is not accepted, and no answer arrives.
    Lost,
    /// It is refused.
    Refused,
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
    /// The post and the time of the first request with each key.
    keys: BTreeMap<String, (String, u64)>,
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
    /// The body of the accepted request that follows a creating one, by the key of the attempt.
    pub(super) followed: BTreeMap<String, Value>,
    pub(super) requests: VecDeque<RequestOutcome>,
    pub(super) follow_ups: VecDeque<FollowUpOutcome>,
    pub(super) preparations: VecDeque<Preparation>,
}

/// The platform, as the program's sink.
#[derive(Clone)]
pub(super) struct Platform {
    pub(super) world: Arc<Mutex<PlatformState>>,
    pub(super) on_repeat: OnRepeat,
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
        if is_wrong
            && matches!(
                self.on_repeat,
                OnRepeat::Refuses { .. } | OnRepeat::Keyed(_)
            )
        {
            let kind = PublishErrorKind::Rejected;
            return Err(PublishError::new(kind, Code::ClockWrong, "another time"));
        }
        Ok(())
    }

    /// Creates the post of `text`, unless the platform knows the key or detects the duplicate within the promised time.
    fn create(&self, text: &str, key: &str) -> Result<Receipt, PublishError> {
        let now = self.passed.load(Ordering::SeqCst);
        let mut world = self.world();
        if let (OnRepeat::Keyed(within), Some((id, first))) = (self.on_repeat, world.keys.get(key))
            && Duration::from_secs(now.saturating_sub(*first)) <= within
        {
            return Ok(receipt(id));
        }
        let there = world.posts.iter().find(|(_, of)| *of == text);
        if let (OnRepeat::Refuses { within, .. }, Some((id, _))) = (self.on_repeat, there)
            && Duration::from_secs(now - world.created_at[id]) <= within
        {
            let mut error = error(PublishErrorKind::Rejected);
            error.code = Code::Duplicate;
            error.existing = Some(receipt(id));
            return Err(error);
        }
        let id = format!("post-{}", world.created.values().sum::<usize>());
        if world.created.contains_key(text) && !world.asked.contains(text) {
            world.unrequested.push(text.to_owned());
        }
        world.keys.insert(key.to_owned(), (id.clone(), now));
        world.posts.insert(id.clone(), text.to_owned());
        world.created_at.insert(id.clone(), now);
        *world.created.entry(text.to_owned()).or_default() += 1;
        Ok(receipt(&id))
    }

    /// Answers the request that follows a creating one. Its key must always have the same body.
    async fn follow_up(&self, body: &Value) -> Result<Receipt, PublishError> {
        let next = self.world().follow_ups.pop_front();
        let next = next.unwrap_or(FollowUpOutcome::Accepted);
        if next == FollowUpOutcome::CrashBefore {
            return crash().await;
        }
        let key = body["key"].as_str().unwrap().to_owned();
        match next {
            FollowUpOutcome::Lost => return Err(error(PublishErrorKind::Unavailable)),
            FollowUpOutcome::Refused => return Err(error(PublishErrorKind::Rejected)),
            _ => {}
        }
        {
            let mut world = self.world();
            let first = world.followed.entry(key).or_insert_with(|| body.clone());
            assert_eq!(first, body, "a step after the post has another body");
        }
        match next {
            FollowUpOutcome::CrashAfter => crash().await,
            FollowUpOutcome::AcceptedAnswerLost => Err(error(PublishErrorKind::Unavailable)),
            _ => Ok(Receipt::default()),
        }
    }
}

fn receipt(id: &str) -> Receipt {
    Receipt::new(id)
}

fn error(kind: PublishErrorKind) -> PublishError {
    PublishError::new(kind, Code::Rejected, "as the script says")
}

#[async_trait]
impl Sink for Platform {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            edits: true,
            retracts: true,
            finds: self.on_repeat == OnRepeat::CreatesAndFinds,
            ..Capabilities::default()
        }
    }

    fn limits(&self, _: &ServerInfo) -> Limits {
        Limits::text(1000)
    }

    fn measure(&self, text: &RichText, _: &ServerInfo) -> Vec<Measure> {
        vec![Measure::new("bytes", text.plain().len(), 1000)]
    }

    fn compose(&self, post: &Post, _: &ServerInfo) -> Result<Payload, Diagnostic> {
        let body = json!({"text": post.text.plain(), "key": slot("key")});
        let mut payload = Payload::post("platform", "/", body);
        let body = json!({"key": slot("key"), "id": slot("receipt:/id")});
        let request = Request::post("/references").json(body);
        payload
            .steps
            .push(Step::new(REFERENCE, Role::FollowUp, request));
        Ok(payload)
    }

    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        self.check_clock(cx)?;
        Ok(Some(ACCOUNT.to_owned()))
    }

    async fn prepare(
        &self,
        cx: &Context,
        _: &[Step],
        _: &[Medium],
    ) -> Result<Readiness, PublishError> {
        self.check_clock(cx)?;
        let next = self.world().preparations.pop_front();
        match next.unwrap_or(Preparation::Done) {
            Preparation::Done => Ok(Readiness::Ready(Ready {
                account: Some(ACCOUNT.to_owned()),
                ..Ready::default()
            })),
            Preparation::Refused => Err(error(PublishErrorKind::Rejected)),
            Preparation::Crash => crash().await,
        }
    }

    async fn send(
        &self,
        cx: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let Step { role, request, .. } = &prepared.steps[step];
        let body = request.body.as_json();
        if *role == Role::FollowUp {
            return self.follow_up(body).await;
        }
        let (text, key) = (
            body["text"].as_str().unwrap(),
            body["key"].as_str().unwrap(),
        );
        let next = {
            let mut world = self.world();
            *world.requested.entry(text.to_owned()).or_default() += 1;
            world.requests.pop_front()
        };
        match next.unwrap_or(RequestOutcome::Accepted) {
            RequestOutcome::Accepted => self.create(text, key),
            RequestOutcome::AcceptedAnswerLost => {
                self.create(text, key).ok();
                Err(error(PublishErrorKind::Unknown))
            }
            RequestOutcome::Lost => Err(error(PublishErrorKind::Unknown)),
            RequestOutcome::Refused => Err(error(PublishErrorKind::Rejected)),
            RequestOutcome::NotSent => Err(error(PublishErrorKind::Unavailable)),
            RequestOutcome::Throttled(seconds) => {
                let until = seconds.map(|seconds| cx.now() + Duration::from_secs(seconds));
                Err(error(PublishErrorKind::Throttled { until }))
            }
            RequestOutcome::CrashBefore => crash().await,
            RequestOutcome::CrashAfter => {
                self.create(text, key).ok();
                crash().await
            }
        }
    }

    fn reaches_readers(&self) -> bool {
        false
    }

    fn repeat(&self, role: Role, sent: Timestamp) -> Repeat {
        if role == Role::FollowUp {
            return Repeat::ALWAYS;
        }
        assert_eq!(role, Role::Create);
        match self.on_repeat {
            OnRepeat::Creates | OnRepeat::CreatesAndFinds => Repeat::Never,
            OnRepeat::Keyed(within) => Repeat::Keyed {
                from: None,
                until: sent + within,
            },
            OnRepeat::Refuses {
                after,
                within,
                by_itself,
            } => Repeat::Evidence {
                from: sent + after,
                until: sent + within,
                by_itself,
            },
        }
    }

    async fn find(&self, _: &Context, sought: &Sought<'_>) -> Result<Found, PublishError> {
        let key = sought.intent.and_then(|(_, slots)| slots["key"].as_str());
        let world = self.world();
        let created = key.and_then(|key| world.keys.get(key));
        Ok(
            match created.filter(|(id, _)| world.posts.contains_key(id)) {
                Some((id, _)) => Found::Here {
                    receipt: receipt(id),
                    by: FoundBy::Key,
                },
                None => Found::NotThere,
            },
        )
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        Some(Revision {
            steps: payload.steps[..1].to_vec(),
            editable: payload.create()?.body.as_json().clone(),
            fixed: Value::Null,
            changes: "the text".into(),
            keeps: "nothing".into(),
        })
    }

    async fn retract(&self, _: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        let mut world = self.world();
        if let Some(text) = world.posts.remove(receipt.label()) {
            world.asked.remove(&text);
            world.retracted.insert(text);
        }
        Ok(())
    }
}
