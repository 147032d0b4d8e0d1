//! From a template's text to one that can be rendered: bound its nesting, parse it, explain what the
//! parser refuses, find what could fail later, and settle two of handlebars' habits.

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

/// A template of pipeline.yaml, checked. Rendering it can still fail, for one item at a time: a key
/// of the front matter may be missing.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    name: String,
    source: String,
    parsed: Parsed,
    people: Arc<MentionTable>,
}

impl Template {
    /// What is used where pipeline.yaml names no template.
    pub(crate) const BUILT_IN: &str = include_str!("../default.hbs");

    /// Reads a template that mentions nobody. `name` is how messages call it: its path relative to
    /// pipeline.yaml, or the key that holds it, such as `sinks.linkedin.commentary`.
    ///
    /// # Errors
    /// Every fault that can be found without an item, with line and column.
    pub(crate) fn compile(name: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        Self::compile_for(name, text, &Arc::default())
    }

    /// Reads a template that may mention `people`.
    ///
    /// # Errors
    /// As [`Template::compile`].
    pub(crate) fn compile_for(
        name: &str,
        text: &str,
        people: &Arc<MentionTable>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let source = clean(text).into_owned();
        syntax::check_nesting(name, &source)?;
        let mut parsed = Parsed::compile(&source)
            .map_err(|error| vec![syntax::explain(name, &source, &error)])?;
        let faults = lint::lint(name, &source, &parsed, people);
        if !faults.is_empty() {
            return Err(faults);
        }
        rewrite::rewrite(&mut parsed);
        Ok(Self {
            name: name.to_owned(),
            source,
            parsed,
            people: Arc::clone(people),
        })
    }

    /// How messages call it.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn people(&self) -> &MentionTable {
        &self.people
    }

    pub(super) fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// Returns the place of `word` in the `{{…}}` that begins at the line and column `tag`.
    pub(super) fn span_of(&self, tag: (usize, usize), word: &str) -> Option<FileSpan> {
        lint::span_of(&self.source, tag, word)
    }
}
