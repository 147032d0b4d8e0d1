//! One delivery of a plan.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use syndicate_api::{Code, CodeKind, Diagnostic, Item, Medium, Receipt, Sender};

use super::super::identity::Relation;
use super::super::{Composed, Outcome};
use super::guard::SkipReason;
use crate::ledger::{Attempt, GroupId};

/// The planned action for a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Send the post.
    Send,
    /// Update the sent post.
    Update,
    /// Send the post later, without further action by the user.
    Wait,
    /// Wait for a decision of the user.
    Ask,
    /// Do nothing.
    Skip,
}

/// One delivery of an item to a sink: the planned action, its reason and, after a run, the outcome.
#[derive(Clone, Debug)]
pub struct PlanEntry {
    /// The item after all transforms.
    pub item: Arc<Item>,
    /// The item as its source read it.
    pub(crate) read_item: Arc<Item>,
    /// The index of the item's source in the pipeline.
    pub(in super::super) source: usize,
    /// The sink's index in the pipeline.
    pub sink_index: usize,
    /// The sink's name.
    pub sink: String,
    /// The account that the sink posts as, as far as it is known without a request.
    pub sender: Arc<Sender>,
    /// `true` if the platform returns no identifier of a created post.
    pub omits_id: bool,
    /// The planned action.
    pub action: Action,
    /// The stable code of the reason.
    pub code: Code,
    /// The reason, for display.
    pub reason: String,
    /// The time at which the wait ends, if known.
    pub until: Option<Timestamp>,
    /// The composed payload, if it was needed.
    pub composed: Option<Box<Composed>>,
    /// The error, if any.
    pub problem: Option<Box<Diagnostic>>,
    /// The outcome of the run.
    pub outcome: Option<Outcome>,
    /// The platform's receipt; before an update, the receipt of the earlier request.
    pub receipt: Option<Box<Receipt>>,
    /// The attempt that this delivery continues: the one that created the post to be updated, or one
    /// without an answer that is repeated with its idempotency key.
    pub(in super::super) earlier: Option<Arc<Attempt>>,
    /// The groups of the item's events, in the ledger state used for the plan.
    pub groups: Vec<GroupId>,
    /// The relation of the item to the recorded posts.
    pub(in super::super) relation: Relation,
    /// `true` if the rate limits of the policy apply: the deliveries of other posts can change the entry.
    pub(in super::super) is_limited: bool,
    /// The post that this may be: a recorded one, or one named by the platform.
    pub same_as: Option<String>,
}

impl PlanEntry {
    /// Returns the number of the sink and the id of the item.
    pub(super) fn delivery(&self) -> (usize, &str) {
        (self.sink_index, self.item.id())
    }

    /// Returns the media of the payload.
    pub(in super::super) fn media(&self) -> &[Medium] {
        let composed = self.composed.as_ref();
        composed.map_or(&[], |composed| &composed.payload.media)
    }

    pub(in super::super) fn new(item: Arc<Item>, sink_index: usize, sink: &str) -> Self {
        Self {
            read_item: Arc::clone(&item),
            item,
            source: 0,
            sink_index,
            sink: sink.to_owned(),
            sender: Arc::default(),
            omits_id: false,
            action: Action::Skip,
            code: Code::New,
            reason: String::new(),
            until: None,
            composed: None,
            problem: None,
            outcome: None,
            receipt: None,
            earlier: None,
            groups: Vec::new(),
            relation: Relation::Keys,
            is_limited: false,
            same_as: None,
        }
    }

    /// Sets the reason, and the action that belongs to its code.
    pub(super) fn with(mut self, code: Code, reason: impl Into<String>) -> Self {
        self.action = match code.kind() {
            CodeKind::Send => Action::Send,
            CodeKind::Update => Action::Update,
            CodeKind::Wait => Action::Wait,
            CodeKind::Ask => Action::Ask,
            CodeKind::Skip
            | CodeKind::Fault
            | CodeKind::Stop
            | CodeKind::Note
            | CodeKind::Error => Action::Skip,
        };
        self.code = code;
        self.reason = reason.into();
        self.until = None;
        if code.kind() == CodeKind::Fault {
            self.problem = Some(Box::new(Diagnostic::new(code, self.reason.clone())));
        }
        self
    }

    /// Holds the delivery back.
    pub(super) fn with_skip_reason(self, skip_reason: SkipReason) -> Self {
        Self {
            until: skip_reason.until,
            same_as: skip_reason.same_as,
            ..self.with(skip_reason.code, skip_reason.reason)
        }
    }

    pub(super) fn with_composed(mut self, composed: Composed) -> Self {
        self.composed = Some(Box::new(composed));
        self
    }

    pub(super) fn with_problem(self, problem: Diagnostic) -> Self {
        let mut entry = self.with(problem.code, problem.to_string());
        entry.problem = Some(Box::new(problem));
        entry
    }

    /// Returns `earlier` instead of an entry that would be sent. It waits for a page that was not live a moment
    /// ago.
    pub(super) fn or_earlier(self, earlier: Option<&Self>) -> Self {
        match (self.action, earlier) {
            (Action::Send | Action::Update, Some(earlier)) => earlier.clone(),
            _ => self,
        }
    }

    /// Skips a delivery that would be sent.
    pub(super) fn skip(&mut self, code: Code, reason: String) {
        self.action = Action::Skip;
        self.code = code;
        self.reason = reason;
        self.until = None;
    }

    /// Makes the delivery wait.
    pub(in super::super) fn wait(&mut self, code: Code, reason: String) {
        self.action = Action::Wait;
        self.code = code;
        self.reason = reason;
        self.until = None;
    }

    /// Makes the delivery wait for `skip_reason`.
    pub(in super::super) fn wait_for(&mut self, skip_reason: SkipReason) {
        self.wait(skip_reason.code, skip_reason.reason);
        self.until = skip_reason.until;
    }

    /// Makes the delivery wait because the platform currently accepts no post.
    pub(in super::super) fn defer(&mut self, problem: Diagnostic) {
        self.wait(problem.code, problem.message.clone());
        self.outcome = Some(Outcome::Waiting);
        self.problem = Some(Box::new(problem));
    }

    /// Records a failed delivery.
    pub(in super::super) fn fail(&mut self, outcome: Outcome, problem: Diagnostic) {
        self.outcome = Some(outcome);
        self.code = problem.code;
        self.reason = problem.to_string();
        self.problem = Some(Box::new(problem));
    }
}
