//! A sink whose post has a step before and a step after the creating request. Its answers follow a script.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::{Value, json};
use syndicate_api::{
    Capabilities, Code, Context, Diagnostic, Found, Limits, Measure, Medium, MediumBytes, Payload,
    Post, Prepared, PublishError, PublishErrorKind, ReadMedium, Readiness, Ready, Receipt, Repeat,
    Request, Revision, RichText, Role, ServerInfo, Sink, Sought, Step, slot,
};

use crate::engine::tests::crash;

/// The script, and the requests that the platform got.
pub(super) struct Script {
    /// The errors of the next requests with each role.
    pub(super) before: VecDeque<PublishErrorKind>,
    pub(super) create: VecDeque<PublishErrorKind>,
    pub(super) follow_up: VecDeque<PublishErrorKind>,
    /// The post that `prepare` finds.
    pub(super) exists: Option<Receipt>,
    /// The answer of `find`; `None` if the sink cannot search.
    pub(super) found: Option<Found>,
    pub(super) updates: VecDeque<Result<Receipt, PublishErrorKind>>,
    /// The time after the intent within which a repeated request creates no second post.
    pub(super) keyed_for: Option<u64>,
    /// The time after the intent before which the platform may not know the key yet.
    pub(super) keyed_after: Option<u64>,
    /// `true` if the program crashes when it sends a creating request.
    pub(super) crash: bool,
    /// The role of the steps in which the sink panics; `Prepare` for `prepare`.
    pub(super) panics: Option<Role>,
    pub(super) panics_in_compose: bool,
    /// The seconds that a creating request takes.
    pub(super) takes: u64,
    pub(super) account: &'static str,
    /// `true` if the picture of the post changes after the plan is made.
    pub(super) changes_picture: bool,
    /// The name and body of each request.
    pub(super) requests: Vec<(String, Value)>,
    /// The second at which each creating request was sent.
    pub(super) created_at: Vec<u64>,
}

/// The picture of the post in its file.
#[derive(Debug)]
struct PictureFile(&'static str);

impl ReadMedium for PictureFile {
    fn read(&self) -> Result<MediumBytes, Diagnostic> {
        Ok(self.0.into())
    }
}

/// The sink. Clones share the script.
#[derive(Clone)]
pub(super) struct ScriptedSink {
    script: Arc<Mutex<Script>>,
    /// Seconds of true time.
    pub(super) passed: &'static AtomicU64,
}

impl ScriptedSink {
    pub(super) fn new() -> Self {
        let script = Script {
            before: VecDeque::new(),
            create: VecDeque::new(),
            follow_up: VecDeque::new(),
            exists: None,
            found: None,
            updates: VecDeque::new(),
            keyed_for: None,
            keyed_after: None,
            crash: false,
            panics: None,
            panics_in_compose: false,
            takes: 0,
            account: "me",
            changes_picture: false,
            requests: Vec::new(),
            created_at: Vec::new(),
        };
        Self {
            script: Arc::new(Mutex::new(script)),
            // The clock requires a static; each test leaks eight bytes.
            passed: Box::leak(Box::new(AtomicU64::new(0))),
        }
    }

    pub(super) fn script(&self) -> MutexGuard<'_, Script> {
        // A panic of the sink poisons the lock.
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records the request of `step`, and returns the error that answers it.
    fn receive(&self, step: &Step) -> Option<PublishErrorKind> {
        let mut script = self.script();
        let body = step.request.body.as_json().clone();
        script.requests.push((step.name.to_string(), body));
        if step.role == Role::Create {
            script.created_at.push(self.passed.load(Ordering::SeqCst));
        }
        assert!(script.panics != Some(step.role), "as the script says");
        match step.role {
            Role::Before => script.before.pop_front(),
            Role::Create if script.crash => None,
            Role::Create => {
                self.passed.fetch_add(script.takes, Ordering::SeqCst);
                script.create.pop_front()
            }
            Role::FollowUp => script.follow_up.pop_front(),
            Role::Prepare => panic!("the engine sent a preparing step"),
        }
    }

    /// Returns the bodies of the requests of the step with this name.
    pub(super) fn requests(&self, step: &str) -> Vec<Value> {
        let script = self.script();
        let requests = script.requests.iter().filter(|(name, _)| name == step);
        requests.map(|(_, body)| body.clone()).collect()
    }
}

/// Returns the receipt of the post in this version.
pub(super) fn receipt(version: u32) -> Receipt {
    let mut receipt = Receipt::new("post-1");
    receipt.extra.insert("version".to_owned(), version.into());
    receipt
}

fn error(kind: PublishErrorKind) -> PublishError {
    PublishError::new(kind, Code::Rejected, "as the script says")
}

fn step(name: &'static str, role: Role, body: Value) -> Step {
    Step::new(name, role, Request::post("/").json(body))
}

#[async_trait]
impl Sink for ScriptedSink {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            edits: true,
            retracts: true,
            finds: self.script().found.is_some(),
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
        assert!(!self.script().panics_in_compose, "as the script says");
        let text = post.text.plain();
        let reference = json!({
            "key": slot("key"), "text": text, "id": slot("receipt:/id"), "version": slot("receipt:/extra/version"),
        });
        let found = if self.script().changes_picture {
            "another"
        } else {
            "picture"
        };
        Ok(Payload {
            media: vec![Medium {
                bytes: MediumBytes::from("picture").in_file(Arc::new(PictureFile(found))),
                file: Some("a.png".to_owned()),
                ..Medium::default()
            }],
            steps: vec![
                step("document", Role::Before, json!({"key": slot("key")})),
                step(
                    "post",
                    Role::Create,
                    json!({"key": slot("key"), "text": text}),
                ),
                step("reference", Role::FollowUp, reference),
            ],
            ..Payload::post("platform", "/", Value::Null)
        })
    }

    async fn account(&self, _: &Context) -> Result<Option<String>, PublishError> {
        Ok(Some(self.script().account.to_owned()))
    }

    async fn prepare(
        &self,
        _: &Context,
        _: &[Step],
        media: &[Medium],
    ) -> Result<Readiness, PublishError> {
        assert_eq!(media[0].bytes.read().unwrap(), "picture");
        let script = self.script();
        assert!(script.panics != Some(Role::Prepare), "as the script says");
        Ok(match script.exists.clone() {
            Some(receipt) => Readiness::Exists(receipt),
            None => Readiness::Ready(Ready {
                account: Some(script.account.to_owned()),
                ..Ready::default()
            }),
        })
    }

    async fn send(
        &self,
        _: &Context,
        prepared: &Prepared,
        step: usize,
    ) -> Result<Receipt, PublishError> {
        let step = &prepared.steps[step];
        let next = self.receive(step);
        if step.role == Role::Create && self.script().crash {
            return crash().await;
        }
        next.map_or(Ok(receipt(1)), |kind| Err(error(kind)))
    }

    fn reaches_readers(&self) -> bool {
        false
    }

    fn repeat(&self, role: Role, sent: Timestamp) -> Repeat {
        let (keyed_after, keyed_for) = {
            let script = self.script();
            (script.keyed_after, script.keyed_for)
        };
        let after_intent = |seconds| sent + Duration::from_secs(seconds);
        match (role, keyed_for) {
            (Role::Create, None) => Repeat::Never,
            (Role::Create, Some(seconds)) => Repeat::Keyed {
                from: keyed_after.map(after_intent),
                until: after_intent(seconds),
            },
            _ => Repeat::ALWAYS,
        }
    }

    async fn find(&self, _: &Context, _: &Sought<'_>) -> Result<Found, PublishError> {
        Ok(self.script().found.clone().unwrap())
    }

    fn revise(&self, payload: &Payload) -> Option<Revision> {
        let text = payload.create()?.body.as_json()["text"].clone();
        let body = json!({"text": text, "version": slot("receipt:/extra/version")});
        Some(Revision {
            steps: vec![step("update", Role::FollowUp, body)],
            editable: text,
            fixed: Value::Null,
            changes: "the text".into(),
            keeps: "nothing".into(),
        })
    }

    async fn update(
        &self,
        _: &Context,
        _: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        let mut script = self.script();
        let body = change.steps[0].request.body.as_json().clone();
        script.requests.push(("update".to_owned(), body));
        let next = script.updates.pop_front();
        next.unwrap_or(Ok(receipt(1))).map_err(error)
    }
}
