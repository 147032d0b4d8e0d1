//! A platform that takes posts or not, as a script says, and that outlives the program.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use serde_json::{Value, json};
use syndicate_api::{
    Code, ComposeError, Context, FileRules, Form, Limits, MediaRules, Payload, PicturePolicy, Post,
    Prepared, PublishError, PublishErrorKind, Receipt, Repeat, Request, Revision, RichText, Sink,
};

use super::die;

/// What becomes of a creating request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is taken, and answered.
    Taken,
    /// It is taken, and the answer is lost.
    TakenUnheard,
    /// It is not taken, and no answer tells.
    Lost,
    /// It is refused for good.
    Refused,
    /// It never arrived, and that is known.
    NotSent,
    /// The platform had enough.
    Throttled,
    /// The program dies, and the request never left.
    DeadBefore,
    /// The program dies once it is taken.
    DeadAfter,
}

/// What becomes of the preparation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preparation {
    Done,
    Refused,
    Dead,
}

#[derive(Default)]
pub(super) struct World {
    /// The posts that are there: their texts, by identifier.
    pub(super) posts: BTreeMap<String, String>,
    /// How many were ever created of each text.
    pub(super) created: BTreeMap<String, usize>,
    pub(super) requests: VecDeque<Fate>,
    pub(super) preparations: VecDeque<Preparation>,
}

/// The platform, as the program's sink.
#[derive(Clone)]
pub(super) struct Platform {
    pub(super) world: Arc<Mutex<World>>,
    pub(super) repeat: Repeat,
}

impl Platform {
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// Creates the post of `text`, unless it is there and the platform knows how to tell.
    fn create(&self, text: &str) -> Result<Receipt, PublishError> {
        let mut world = self.world();
        let there = world.posts.iter().find(|(_, of)| *of == text);
        if let Some((id, _)) = there {
            let receipt = receipt(id);
            match self.repeat {
                Repeat::Keyed => return Ok(receipt),
                Repeat::Evidence { .. } => {
                    let mut error = error(PublishErrorKind::Rejected);
                    error.existing = Some(receipt);
                    return Err(error);
                }
                Repeat::Never => {}
            }
        }
        let id = format!("post-{}", world.created.values().sum::<usize>());
        world.posts.insert(id.clone(), text.to_owned());
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
        Limits {
            text: 1000,
            card: false,
            picture: PicturePolicy::Skip,
            media: MediaRules {
                types: &[],
                max_pixels: 0,
                max_bytes: 0,
                max_frames: 0,
            },
            form: Form::Text,
            documents: FileRules::NONE,
            videos: FileRules::NONE,
        }
    }

    fn measure(&self, text: &RichText) -> usize {
        text.plain().len()
    }

    fn compose(&self, post: &Post) -> Result<Payload, ComposeError> {
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

    async fn prepare(&self, _: &Context, payload: &Payload) -> Result<Prepared, PublishError> {
        let next = self.world().preparations.pop_front();
        match next.unwrap_or(Preparation::Done) {
            Preparation::Done => Ok(payload.fill(BTreeMap::new()).unwrap()),
            Preparation::Refused => Err(error(PublishErrorKind::Rejected)),
            Preparation::Dead => die(),
        }
    }

    async fn publish(&self, _: &Context, prepared: &Prepared) -> Result<Receipt, PublishError> {
        let text = prepared.requests[0].body["text"].as_str().unwrap();
        let next = self.world().requests.pop_front();
        match next.unwrap_or(Fate::Taken) {
            Fate::Taken => self.create(text),
            Fate::TakenUnheard => {
                self.create(text).ok();
                Err(error(PublishErrorKind::Unknown))
            }
            Fate::Lost => Err(error(PublishErrorKind::Unknown)),
            Fate::Refused => Err(error(PublishErrorKind::Rejected)),
            Fate::NotSent => Err(error(PublishErrorKind::Unavailable)),
            Fate::Throttled => Err(error(PublishErrorKind::Throttled { until: None })),
            Fate::DeadBefore => die(),
            Fate::DeadAfter => {
                self.create(text).ok();
                die()
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
        self.world().posts.remove(&receipt.id);
        Ok(())
    }
}
