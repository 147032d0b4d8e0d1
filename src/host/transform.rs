//! A transform that is another program. Items are sent many at a time, so that the program works while answers are on
//! their way; their order is that of the items.

use std::sync::Arc;

use plugin_protocol::{ErrorAnswer, Reply, Task, TransformOk, TransformTask};
use serde_json::{Map, Value};
use syndicate_api::{
    BuildTransform, Code, ComponentContext, Diagnostic, Item, Result, Transform, TransformOutcome,
};

use super::component::{ConfiguredPlugin, PluginComponent, parse};
use super::failure::{FailureKind, PluginFailure};
use super::item_fields::needed_fields;
use super::item_patch;

/// The number of items that are sent together.
const BATCH: usize = 256;

/// A transform that is another program.
pub(crate) struct ProgramTransform(Arc<PluginComponent>);

/// The answer for one item.
type Answer = Result<TransformOk, ErrorAnswer>;

impl ProgramTransform {
    /// Passes the options to the plugin.
    ///
    /// # Errors
    /// If the plugin refuses them, or fails.
    pub(super) fn open(component: Arc<PluginComponent>) -> Result<Self> {
        component
            .open()
            .map_err(|failure| failure.to_diagnostic())?;
        Ok(Self(component))
    }

    /// Sends the fields of many items. Answers that the plugin gave before it failed count; the other items have the
    /// failure as their error.
    fn ask(&self, items: Vec<Map<String, Value>>) -> Vec<Result<Answer, PluginFailure>> {
        let mut answers: Vec<Option<Answer>> = items.iter().map(|_| None).collect();
        let tasks = items.into_iter();
        let tasks = tasks.map(|item| Task::Transform(TransformTask { item }));
        let done = self.0.with(|conversation, _| {
            conversation.exchange(tasks, |index, reply| {
                answers[index] = Some(match reply {
                    Reply::Ok(ok) => Ok(parse(ok, "transform")?),
                    Reply::Error(error) => Err(error),
                    Reply::Item(_) | Reply::Fault(_) => {
                        let message = "a transform answers with `ok` or `error`".to_owned();
                        return Err(FailureKind::Protocol(message));
                    }
                });
                Ok(())
            })
        });
        let failure = done.err().unwrap_or_else(|| self.no_answer());
        let answers = answers.into_iter();
        answers
            .map(|answer| answer.ok_or_else(|| failure.clone()))
            .collect()
    }

    /// Returns the failure of an item that has no answer although the plugin did not fail.
    fn no_answer(&self) -> PluginFailure {
        PluginFailure {
            program: self.0.spec.shown.clone(),
            kind: FailureKind::Protocol("an answer is missing".to_owned()),
            last_words: None,
        }
    }

    fn outcome(
        &self,
        mut item: Item,
        answer: Result<Answer, PluginFailure>,
    ) -> Result<TransformOutcome> {
        let answer = answer.map_err(|failure| anyhow::anyhow!(failure.to_text()))?;
        let TransformOk { patch, skip } = answer.map_err(|error| refused(&error))?;
        if let Some(reason) = skip {
            return Ok(TransformOutcome::Skip { reason });
        }
        if let Some(patch) = patch {
            let program = &self.0.spec.shown;
            item_patch::apply(&mut item, patch, &self.0.name)
                .map_err(|error| anyhow::anyhow!("plugin `{program}`: invalid patch: {error}"))?;
        }
        Ok(TransformOutcome::Keep(Box::new(item)))
    }
}

fn refused(error: &ErrorAnswer) -> anyhow::Error {
    let ErrorAnswer { message, hint, .. } = error;
    let text = match hint {
        Some(hint) => format!("{message}; {hint}"),
        None => message.clone(),
    };
    anyhow::Error::new(Diagnostic::new(Code::TransformFailed, text))
}

impl BuildTransform for ConfiguredPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Transform>> {
        Ok(Box::new(ProgramTransform::open(Arc::clone(&self.0))?))
    }
}

impl Transform for ProgramTransform {
    fn apply(&self, item: Item) -> Result<TransformOutcome> {
        let mut outcomes = self.apply_all(vec![item]);
        outcomes
            .pop()
            .unwrap_or_else(|| Err(anyhow::anyhow!("the plugin gave no answer")))
    }

    fn batch_size(&self) -> usize {
        BATCH
    }

    fn apply_all(&self, items: Vec<Item>) -> Vec<Result<TransformOutcome>> {
        let needs = &self.0.manifest.needs;
        let mut sent = Vec::with_capacity(items.len());
        let unreadable: Vec<Option<Diagnostic>> = items
            .iter()
            .map(|item| match needed_fields(item, needs) {
                Ok(fields) => {
                    sent.push(fields);
                    None
                }
                Err(unreadable) => Some(unreadable),
            })
            .collect();
        let mut answers = self.ask(sent).into_iter();
        let items = items.into_iter().zip(unreadable);
        items
            .map(|(item, unreadable)| match unreadable {
                Some(unreadable) => Err(unreadable.into()),
                None => {
                    let answer = answers.next().unwrap_or_else(|| Err(self.no_answer()));
                    self.outcome(item, answer)
                }
            })
            .collect()
    }
}
