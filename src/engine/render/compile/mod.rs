//! Compiles the text of a template: checks its nesting, parses it, explains syntax errors, finds
//! errors that would occur during rendering, and adjusts two behaviours of handlebars.

mod lint;
mod markup;
mod rewrite;
mod scope;
mod syntax;

use std::sync::Arc;

use handlebars::Template as Parsed;
use syndicate_api::{Diagnostic, FileSpan};

use super::clean::clean;
use super::mention_table::MentionTable;

/// A checked template of pipeline.yaml. Rendering can still fail for an item, for example if its front
/// matter lacks a key.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    name: String,
    source: String,
    parsed: Parsed,
    mentions: Arc<MentionTable>,
}

impl Template {
    /// Compiles a template without mentions. `name` identifies it in messages: its path relative to
    /// pipeline.yaml, or the key that contains it, such as `sinks.linkedin.commentary`.
    ///
    /// # Errors
    /// Returns every error that can be found without an item, with line and column.
    pub(crate) fn compile(name: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        Self::compile_for(name, text, &Arc::default())
    }

    /// Compiles a template that may use `mentions`.
    ///
    /// # Errors
    /// As [`Template::compile`].
    pub(crate) fn compile_for(
        name: &str,
        text: &str,
        mentions: &Arc<MentionTable>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let source = clean(text).into_owned();
        syntax::check_nesting(name, &source)?;
        let mut parsed = Parsed::compile(&source)
            .map_err(|error| vec![syntax::explain(name, &source, &error)])?;
        let faults = lint::lint(name, &source, &parsed, mentions);
        if !faults.is_empty() {
            return Err(faults);
        }
        rewrite::rewrite(&mut parsed);
        Ok(Self {
            name: name.to_owned(),
            source,
            parsed,
            mentions: Arc::clone(mentions),
        })
    }

    /// Returns the name of the template in messages.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn mentions(&self) -> &MentionTable {
        &self.mentions
    }

    pub(super) fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// Returns the span of `word` in the `{{…}}` that begins at the line and column `tag`.
    pub(super) fn span_of(&self, tag: (usize, usize), word: &str) -> Option<FileSpan> {
        lint::span_of(&self.source, tag, word)
    }
}
