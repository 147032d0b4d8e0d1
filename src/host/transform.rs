//! A transform that is another program. Items are sent many at a time, so that the program works while answers are on
//! their way; their order is that of the items.

use std::path::Path;
use std::sync::Arc;

use plugin_protocol::{ErrorAnswer, Reply, Task, TransformOk, TransformTask, WRITABLE_FIELDS};
use rayon::prelude::*;
use serde_json::{Map, Value};
use syndicate_api::{
    BuildTransform, Code, ComponentContext, Diagnostic, Item, Result, Transform, TransformOutcome,
};

use super::answer_fields::read_fields;
use super::component::{ConfiguredPlugin, PluginComponent};
use super::failure::{FailureKind, PluginFailure};
use super::item_fields::needed_fields;
use super::item_patch;
use super::made_picture::{MadePictures, is_kept};
use super::verdicts::Verdicts;

/// The number of items that are sent together.
const BATCH: usize = 256;

/// A transform that is another program.
pub(crate) struct ProgramTransform {
    component: Arc<PluginComponent>,
    /// The answers that were given before, if they count.
    verdicts: Option<Verdicts>,
}

/// The answer for one item.
type Answer = Result<TransformOk, ErrorAnswer>;

/// An item before its outcome is known.
enum Prepared {
    /// Its fields cannot be read.
    Unreadable(Diagnostic),
    /// The plugin has answered for it before.
    Answered(TransformOk),
    /// The plugin is asked, and its answer is kept under this key.
    Asked { key: Option<String> },
}

impl ProgramTransform {
    /// Passes the options to the plugin. If it fails, the items try again.
    ///
    /// # Errors
    /// If the plugin refuses an option.
    pub(super) fn open(component: Arc<PluginComponent>) -> Result<Self> {
        component.open_or_retry()?;
        let verdicts = component.verdicts();
        Ok(Self {
            component,
            verdicts,
        })
    }

    /// Finds the answer for an item that was given before. Otherwise also returns the fields to ask about.
    fn prepare(&self, item: &Item) -> (Prepared, Option<Map<String, Value>>) {
        let fields = match needed_fields(item, &self.component.manifest.needs) {
            Ok(fields) => fields,
            Err(unreadable) => return (Prepared::Unreadable(unreadable), None),
        };
        let key = self.verdicts.as_ref().map(|kept| kept.key(&fields));
        let kept = self.verdicts.as_ref().zip(key.as_deref());
        let kept = kept.and_then(|(kept, key)| kept.get(key));
        if let Some(ok) = kept.filter(|ok| self.has_picture(ok)) {
            return (Prepared::Answered(ok), None);
        }
        (Prepared::Asked { key }, Some(fields))
    }

    /// Returns `true` unless `ok` has a picture that the plugin made and whose copy is lost.
    fn has_picture(&self, ok: &TransformOk) -> bool {
        let image = ok.patch.as_ref().and_then(|patch| patch.get("image"));
        let file = image.and_then(|image| image.get("file")?.as_str());
        let is_made = |file: &&str| Path::new(file).is_absolute();
        file.filter(is_made)
            .is_none_or(|file| is_kept(file, self.component.picture_store().as_deref()))
    }

    /// Sends `items`. Returns the answers that the plugin gave before it failed, `None` for the other items.
    fn ask(&self, items: Vec<Map<String, Value>>) -> (Vec<Option<Answer>>, Option<PluginFailure>) {
        if items.is_empty() {
            return (Vec::new(), None);
        }
        let mut answers: Vec<Option<Answer>> = items.iter().map(|_| None).collect();
        let tasks = items.into_iter();
        let tasks = tasks.map(|item| Task::Transform(TransformTask { item }));
        let done = self.component.with(|conversation, _| {
            let pictures = self.component.made_pictures(conversation);
            conversation.exchange(tasks, |index, reply| {
                answers[index] = Some(read_answer(reply, &pictures)?);
                Ok(())
            })
        });
        (answers, done.err())
    }

    /// Sends the item that the plugin did not answer before it failed once more, and alone, so that only the item with
    /// which it fails has the error.
    fn ask_again(&self, item: &Item) -> Result<Answer, PluginFailure> {
        let fields = match needed_fields(item, &self.component.manifest.needs) {
            Ok(fields) => fields,
            Err(unreadable) => return Ok(Err(ErrorAnswer::of(unreadable.message))),
        };
        let (mut answers, failure) = self.ask(vec![fields]);
        match answers.pop().flatten() {
            Some(answer) => Ok(answer),
            None => Err(failure.unwrap_or_else(|| self.no_answer())),
        }
    }

    /// Returns the failure of an item that has no answer although the plugin did not fail.
    fn no_answer(&self) -> PluginFailure {
        PluginFailure {
            program: self.component.spec.shown.clone(),
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
            let program = &self.component.spec.shown;
            item_patch::apply(
                &mut item,
                patch,
                (&self.component.name, &self.component.spec),
                self.component.picture_store().as_deref(),
            )
            .map_err(|error| anyhow::anyhow!("plugin `{program}`: invalid patch: {error}"))?;
        }
        Ok(TransformOutcome::Keep(Box::new(item)))
    }
}

/// Reads the answer for one item. One of the wrong form is an error of the item.
///
/// # Errors
/// If it is not the answer of a transform.
fn read_answer(reply: Reply, pictures: &MadePictures) -> Result<Answer, FailureKind> {
    let mut ok = match reply {
        Reply::Ok(ok) => ok,
        Reply::Error(error) => return Ok(Err(error)),
        Reply::Item(_) | Reply::Fault(_) | Reply::Call(_) => {
            let message = "a transform answers with `ok` or `error`".to_owned();
            return Err(FailureKind::Protocol(message));
        }
    };
    let misplaced = ok.as_object().and_then(|fields| {
        let is_field = |name: &&String| WRITABLE_FIELDS.contains(&name.as_str());
        fields.keys().find(is_field).cloned()
    });
    if let Some(name) = misplaced {
        let message = format!("the plugin's answer has `{name}` beside `patch`");
        let hint = Some(format!(r#"write `{{"patch":{{"{name}":…}}}}`"#));
        return Ok(Err(ErrorAnswer {
            hint,
            ..ErrorAnswer::of(message)
        }));
    }
    let patch = ok.get_mut("patch").and_then(Value::as_object_mut);
    if let Some(Err(error)) = patch.map(|patch| pictures.keep(patch)) {
        return Ok(Err(ErrorAnswer::of(error)));
    }
    Ok(read_fields(ok)
        .map_err(|error| ErrorAnswer::of(format!("the plugin's answer is not valid: {error}"))))
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
        // Most of the time goes into reading the texts.
        let prepared = items.par_iter().map(|item| self.prepare(item));
        let (prepared, asked): (Vec<Prepared>, Vec<_>) = prepared.unzip();
        let (answers, _) = self.ask(asked.into_iter().flatten().collect());
        let mut answers = answers.into_iter();
        let mut new = Vec::new();
        let items = items.into_iter().zip(prepared);
        let outcomes = items
            .map(|(item, prepared)| {
                let answer = match prepared {
                    Prepared::Unreadable(fault) => return Err(fault.into()),
                    Prepared::Answered(ok) => Ok(Ok(ok)),
                    Prepared::Asked { key } => {
                        let answer = answers.next().flatten();
                        let answer = answer.map_or_else(|| self.ask_again(&item), Ok);
                        if let (Some(key), Ok(Ok(ok))) = (key, &answer) {
                            new.push((key, ok.clone()));
                        }
                        answer
                    }
                };
                self.outcome(item, answer)
            })
            .collect();
        if let Some(kept) = &self.verdicts {
            kept.add(new);
        }
        outcomes
    }
}
