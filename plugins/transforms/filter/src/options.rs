//! The options of `type: filter`.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{ComponentContext, Diagnostic, Result, Transform, TransformOptions};

use crate::authors::AuthorRules;
use crate::expression::Expression;
use crate::names::NameRules;
use crate::rules::{Filter, Scalar};

/// Options of `filter`. An item must match all rules that are given.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Tags that an item must have or must not have. Case does not count.
    pub tags: NameRules,
    /// Authors that an item must have or must not have, by name or by the key that the site lists them under. Case and
    /// accents do not count.
    pub authors: NameRules,
    /// Patterns that an item's path, relative to pipeline.yaml, must match or must not match.
    pub paths: Paths,
    /// The languages to keep, such as `en`; `en` also keeps `en-GB`.
    pub langs: Vec<String>,
    /// Keys of the front matter with the value that each must have.
    pub front: BTreeMap<String, Scalar>,
    /// An expression in the Common Expression Language (CEL) over the fields of the item that must be true, such as
    /// `size(title) < 80 && !("meta" in tags)`.
    pub when: Option<String>,
}

/// Rules on paths.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Paths {
    /// At least one of these patterns matches.
    pub include: Vec<String>,
    /// None of these patterns matches.
    pub exclude: Vec<String>,
}

impl TransformOptions for Options {
    const NAME: &'static str = "filter";
    const SUMMARY: &'static str = "Keeps the items that match, skips the rest with a reason.";
    const EXAMPLE: &'static str = "tags: {none: [note]}";

    fn validate(&self) -> Vec<Diagnostic> {
        let lists = [
            ("include", &self.paths.include),
            ("exclude", &self.paths.exclude),
        ];
        let mut faults = Vec::new();
        for (name, patterns) in lists {
            for (index, pattern) in patterns.iter().enumerate() {
                if let Err(error) = glob(pattern) {
                    let message = format!("invalid pattern `{pattern}`: {}", error.kind());
                    faults.push(Diagnostic::option(
                        &["paths", name, &index.to_string()],
                        message,
                    ));
                }
            }
        }
        if let Some(Err(fault)) = self.when.as_deref().map(Expression::parse) {
            faults.push(fault);
        }
        let Self {
            tags,
            authors,
            paths,
            langs,
            front,
            when,
        } = self;
        let given = [
            &tags.any,
            &tags.all,
            &tags.none,
            &authors.any,
            &authors.all,
            &authors.none,
            &paths.include,
            &paths.exclude,
            langs,
        ];
        if given.iter().all(|list| list.is_empty()) && front.is_empty() && when.is_none() {
            let fault = Diagnostic::option(&[], "missing rule: this filter keeps everything");
            faults.push(fault.with_hint("add a rule, such as `tags: {none: [note]}`"));
        }
        faults
    }

    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Transform>> {
        Ok(Box::new(Filter {
            tags: self.tags.clone(),
            authors: AuthorRules::new(&self.authors),
            include: glob_set(&self.paths.include)?,
            exclude: glob_set(&self.paths.exclude)?,
            langs: self.langs.clone(),
            front: self.front.clone(),
            when: self.when.as_deref().map(Expression::parse).transpose()?,
        }))
    }
}

fn glob(pattern: &str) -> Result<globset::Glob, globset::Error> {
    GlobBuilder::new(pattern).literal_separator(true).build()
}

fn glob_set(patterns: &[String]) -> Result<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        builder.add(glob(pattern)?);
    }
    Ok(builder.build()?)
}
