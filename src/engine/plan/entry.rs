//! One delivery of a plan.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use syndicate_api::{Code, CodeKind, Diagnostic, Item, Receipt};

use super::super::{Composed, Outcome};
use super::guard::SkipReason;
use crate::ledger::{Attempt, GroupId};

/// What is to be done with a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It goes out.
    Send,
    /// It is out, and is changed there.
    Update,
    /// It goes out later by itself.
    Wait,
    /// Somebody has to decide.
    Ask,
    /// It stays here.
    Skip,
}

/// One delivery: an item and a sink, what is to be done, why, and in the end what came of it.
#[derive(Clone, Debug)]
pub struct PlanEntry {
    /// The item, as the transforms left it.
    pub item: Arc<Item>,
    /// The sink's place in the pipeline.
    pub sink_index: usize,
    /// The sink's name.
    pub sink: String,
    /// What is to be done.
    pub action: Action,
    /// Why, as a stable code.
    pub code: Code,
    /// Why, in words.
    pub reason: String,
    /// When that ends by itself, where it does and that is known.
    pub until: Option<Timestamp>,
    /// What would be sent, where that was worked out.
    pub composed: Option<Composed>,
    /// What is wrong, where something is.
    pub problem: Option<Diagnostic>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What the platform answered; for a post that is to be changed, what it had answered.
    pub receipt: Option<Receipt>,
    /// The attempt that this goes on with: the one that created the post that is to be changed, or
    /// that got no answer and is made again under its key.
    pub(in super::super) earlier: Option<Attempt>,
    /// The groups of events about the item, in the book that the plan was made with.
    pub groups: Vec<GroupId>,
    /// The post that it may be: one on record, or one that the platform names.
    pub same_as: Option<String>,
}

impl PlanEntry {
    pub(super) fn new(item: Arc<Item>, sink_index: usize, sink: &str) -> Self {
        Self {
            item,
            sink_index,
            sink: sink.to_owned(),
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
            same_as: None,
        }
    }

    /// The same with this reason, and the action that the reason's code stands for.
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
            self.problem = Some(Diagnostic::new(code, self.reason.clone()));
        }
        self
    }

    /// The same, held back.
    pub(super) fn held(self, hold: SkipReason) -> Self {
        Self {
            until: hold.until,
            same_as: hold.same_as,
            ..self.with(hold.code, hold.reason)
        }
    }

    pub(super) fn with_composed(mut self, composed: Composed) -> Self {
        self.composed = Some(composed);
        self
    }

    pub(super) fn with_problem(self, problem: Diagnostic) -> Self {
        let mut entry = self.with(problem.code, problem.to_string());
        entry.problem = Some(problem);
        entry
    }

    /// Records that it has to wait after all.
    pub(in super::super) fn wait(&mut self, code: Code, reason: String) {
        self.action = Action::Wait;
        self.code = code;
        self.reason = reason;
        self.until = None;
    }

    /// Records that its platform takes nothing for now, so that it goes out later by itself.
    pub(in super::super) fn defer(&mut self, problem: Diagnostic) {
        self.wait(problem.code, problem.message.clone());
        self.outcome = Some(Outcome::Waiting);
        self.problem = Some(problem);
    }

    /// Records that it was tried in vain.
    pub(in super::super) fn fail(&mut self, outcome: Outcome, problem: Diagnostic) {
        self.outcome = Some(outcome);
        self.code = problem.code;
        self.reason = problem.to_string();
        self.problem = Some(problem);
    }
}
