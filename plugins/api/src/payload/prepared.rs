//! A payload on its way to the platform: first `prepare` fills what the platform assigns, then `seal` fixes time
//! and key and computes what follows from them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fill::fill_request;
use super::{Role, Slots, Step};
use crate::Receipt;

/// The result of [`Sink::prepare`](crate::Sink::prepare).
#[derive(Clone, Debug, PartialEq)]
pub enum Readiness {
    /// The payload can be sent.
    Ready(Ready),
    /// The platform has the post already. Nothing is sent, and the plan asks whether to adopt that post.
    Exists(Receipt),
}

/// The values that `prepare` found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ready {
    /// The slots that the platform fills.
    pub slots: Slots,
    /// The rules for repeating the steps, by index. Empty unless they depend on the platform's server; then
    /// [`Sink::repeat`](crate::Sink::repeat) is not asked.
    pub repeat: Vec<Repeat>,
    /// The account that creates the post, by the platform's identifier; `None` if the sink has no account.
    pub account: Option<String>,
}

/// The time and the key of an attempt. The intent records them, and every repeat uses them again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The time of the intent.
    pub now: Timestamp,
    /// The id of the attempt, which is never shared by two attempts.
    pub attempt: String,
}

/// The rule for repeating a step whose outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// Never repeat it: the platform would create a second post.
    Never,
    /// Repeat it: the request has a key, and the platform creates one post for each key.
    Keyed {
        /// The time from which the platform certainly knows the key of a first request that it accepted. `None` if it
        /// records the key before it creates the post, so that two requests at the same time create one post.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Timestamp>,
        /// The time until which the platform remembers the key.
        until: Timestamp,
    },
    /// Repeat it within a time window: the platform refuses a duplicate and names the first post
    /// ([`PublishError::existing`](crate::PublishError::existing)).
    Evidence {
        /// The time from which the platform recognises the first post.
        from: Timestamp,
        /// The time until which the platform certainly refuses a duplicate.
        until: Timestamp,
        /// `true` if a run may repeat the request without a command of the user.
        by_itself: bool,
    },
}

impl Repeat {
    /// A key that the platform never forgets.
    pub const ALWAYS: Self = Self::Keyed {
        from: None,
        until: Timestamp::MAX,
    };
}

/// A payload with filled slots. The ledger records slots, account and repeat rules before the creating request is
/// sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prepared {
    /// The steps as they are sent. Slots of a receipt are still open.
    pub steps: Vec<Step>,
    /// The values of the slots.
    pub slots: Slots,
    /// The rules for repeating the steps, by index; a step beyond the end is never repeated.
    pub repeat: Vec<Repeat>,
    /// The account that creates the post, by the platform's identifier; `None` if the sink has no account.
    pub account: Option<String>,
}

impl Prepared {
    /// Returns `steps` with the slots of `ready` filled. Steps of the role [`Role::Prepare`], which `prepare` has
    /// sent, stay as they are.
    ///
    /// # Errors
    /// Returns an error that names the first slot without a value.
    pub fn fill(steps: &[Step], ready: Ready) -> anyhow::Result<Self> {
        let Ready {
            slots,
            repeat,
            account,
        } = ready;
        let steps = filled(steps, &slots, None)?;
        Ok(Self {
            steps,
            slots,
            repeat,
            account,
        })
    }

    /// Returns the prepared payload with the slots of `receipt` filled, for a follow-up or an update.
    ///
    /// # Errors
    /// Returns an error that names the first value that the receipt lacks.
    pub fn with_receipt(&self, receipt: &Receipt) -> anyhow::Result<Self> {
        let receipt = serde_json::to_value(receipt)?;
        let steps = filled(&self.steps, &self.slots, Some(&receipt))?;
        Ok(Self {
            steps,
            ..self.clone()
        })
    }

    /// Returns the index of the step that creates the post.
    #[must_use]
    pub fn create_index(&self) -> Option<usize> {
        let mut steps = self.steps.iter();
        steps.position(|step| step.role == Role::Create)
    }

    /// Returns the step that creates the post; `None` if the payload is broken.
    #[must_use]
    pub fn create(&self) -> Option<&Step> {
        self.steps.get(self.create_index()?)
    }

    /// Returns the names of the steps that follow the creating request.
    #[must_use]
    pub fn follow_up_names(&self) -> Vec<String> {
        let steps = self.steps.iter();
        let follow_ups = steps.filter(|step| step.role == Role::FollowUp);
        follow_ups.map(|step| step.name.to_string()).collect()
    }

    /// Returns the rule for repeating the step with this index.
    #[must_use]
    pub fn repeat_of(&self, step: usize) -> Repeat {
        self.repeat.get(step).copied().unwrap_or(Repeat::Never)
    }
}

impl Stamp {
    /// Returns the slots `now` and `key`.
    #[must_use]
    pub fn slots(&self) -> [(String, Value); 2] {
        let now = self.now.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        [
            ("now".to_owned(), now.into()),
            ("key".to_owned(), self.attempt.as_str().into()),
        ]
    }
}

fn filled(steps: &[Step], slots: &Slots, receipt: Option<&Value>) -> anyhow::Result<Vec<Step>> {
    let filled = steps.iter().map(|step| {
        if step.role == Role::Prepare {
            return Ok(step.clone());
        }
        let request = fill_request(&step.request, slots, receipt)?;
        Ok(Step {
            request,
            ..step.clone()
        })
    });
    filled.collect()
}
