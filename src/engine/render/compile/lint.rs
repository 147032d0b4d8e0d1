//! Checks a parsed template for unknown names, unknown helpers and invalid helper calls.
//!
//! Every branch is checked, including branches that no current post takes: the next post may take them.

use handlebars::Path;
use handlebars::template::{BlockParam, HelperTemplate, Parameter, Template, TemplateElement};
use serde_json::Value;
use syndicate_api::{Code, Diagnostic, FileSpan};

use super::markup::{Tag, find_name, offset_of, tags};
use super::scope::Scopes;
use crate::engine::render::helpers::{self, CallSite, MENTION};
use crate::engine::render::mention_table::MentionTable;
use crate::engine::render::shape::ValueShape;

/// Returns all errors in `template`, which was parsed from `source` and may use `mentions`.
pub(super) fn lint(
    name: &str,
    source: &str,
    template: &Template,
    mentions: &MentionTable,
) -> Vec<Diagnostic> {
    let mut linter = Linter {
        name,
        source,
        mentions,
        tags: tags(source),
        scopes: Scopes::new(),
        seen: 0,
        faults: Vec::new(),
    };
    linter.template(template);
    linter.faults
}

struct Linter<'a> {
    name: &'a str,
    source: &'a str,
    mentions: &'a MentionTable,
    tags: Vec<Tag<'a>>,
    scopes: Scopes,
    /// The offset from which tags are searched. The parsed template has no position for
    /// `{{else if …}}`, so its tag is searched from here.
    seen: usize,
    faults: Vec<Diagnostic>,
}

impl Linter<'_> {
    fn template(&mut self, template: &Template) {
        for (index, element) in template.elements.iter().enumerate() {
            if let Some(place) = template.mapping.get(index) {
                self.seen = offset_of(self.source, (place.0, place.1));
            }
            self.element(element);
        }
    }

    fn element(&mut self, element: &TemplateElement) {
        match element {
            TemplateElement::Expression(call) | TemplateElement::HtmlExpression(call) => {
                self.expression(call);
            }
            TemplateElement::HelperBlock(call) => self.block(call),
            TemplateElement::PartialExpression(_) | TemplateElement::PartialBlock(_) => {
                let problem = Diagnostic::new(
                    Code::TemplateError,
                    "a template cannot include another template",
                );
                self.report(
                    None,
                    problem.with_hint("write the text of that template here"),
                );
            }
            TemplateElement::DecoratorExpression(_) | TemplateElement::DecoratorBlock(_) => {
                let hint = "remove `{{* …}}` or `{{#* …}}`".to_owned();
                self.report(
                    None,
                    Diagnostic::new(Code::TemplateError, "decorators are not supported")
                        .with_hint(hint),
                );
            }
            // Text and comments need no check.
            _ => {}
        }
    }

    /// Checks `{{name}}` or `{{helper …}}`.
    fn expression(&mut self, call: &HelperTemplate) {
        let is_bare = call.params.is_empty() && call.hash.is_empty();
        match &call.name {
            Parameter::Path(Path::Relative((_, raw)))
                if is_bare && helpers::find(raw).is_some() =>
            {
                self.call(call, raw, CallSite::Inline);
            }
            Parameter::Path(path) if is_bare => self.printed(path),
            Parameter::Name(name) => {
                self.call(call, name, CallSite::Inline);
            }
            other => {
                self.parameter(other);
            }
        }
        self.pass_tag();
    }

    /// Checks that a printed value is not a list or an object.
    fn printed(&mut self, path: &Path) {
        let raw = raw(path);
        let problem = match self.scopes.resolve(path) {
            Ok(ValueShape::Scalar | ValueShape::Open) => return,
            Ok(ValueShape::List) => {
                let hint = format!("write `{{{{join {raw}}}}}` or `{{{{hashtags {raw}}}}}`");
                Diagnostic::new(Code::TemplateError, format!("`{raw}` is a list")).with_hint(hint)
            }
            Ok(record @ ValueShape::Record(_)) => {
                let example = record.names().max_by_key(|name| *name == "title");
                let hint = example
                    .map(|name| format!("use one of its values, such as `{{{{{raw}.{name}}}}}`"));
                Diagnostic::new(
                    Code::TemplateError,
                    format!("`{raw}` is an object, not a single value"),
                )
                .with_optional_hint(hint)
            }
            Err(problem) => problem,
        };
        self.report(Some(raw), problem);
    }

    /// Checks `{{#helper …}}…{{else}}…{{/helper}}`.
    fn block(&mut self, call: &HelperTemplate) {
        let name = match &call.name {
            Parameter::Name(name) => name.as_str(),
            Parameter::Path(path) => raw(path),
            _ => "",
        };
        let subject = self.call(call, name, CallSite::Block);
        self.pass_tag();
        let inside = match name {
            "each" => Some(
                subject
                    .and_then(ValueShape::each)
                    .unwrap_or(ValueShape::Open),
            ),
            "with" => Some(subject.unwrap_or(ValueShape::Open)),
            _ => None,
        };
        if let Some(shape) = inside {
            let named = names_of(call.block_param.as_ref(), shape);
            self.scopes.enter(shape, named, name == "each");
        }
        call.template.iter().for_each(|body| self.template(body));
        if inside.is_some() {
            self.scopes.leave();
        }
        call.inverse.iter().for_each(|body| self.template(body));
    }

    /// Checks the name and the arguments of a helper call. Returns the shape of its first parameter.
    fn call(&mut self, call: &HelperTemplate, name: &str, place: CallSite) -> Option<ValueShape> {
        if let Err(problem) = helpers::check(name, place, &call.params, &call.hash) {
            self.report(Some(name), problem);
        }
        if name == MENTION
            && let Some(Parameter::Literal(Value::String(key))) = call.params.first()
            && let Err(problem) = self.mentions.find(key)
        {
            self.report(Some(name), problem);
        }
        let shapes: Vec<_> = call
            .params
            .iter()
            .map(|given| self.parameter(given))
            .collect();
        let mut options: Vec<_> = call.hash.iter().collect();
        options.sort_by_key(|(key, _)| key.as_str());
        for (_, given) in options {
            self.parameter(given);
        }
        let subject = shapes.into_iter().next().flatten();
        if name == "each" && subject == Some(ValueShape::Scalar) {
            let problem = Diagnostic::new(
                Code::TemplateError,
                "`{{#each}}` expects a list, found a single value",
            );
            let hint =
                "pass a list such as `tags`, or use `{{#if …}}` for a single value".to_owned();
            self.report(Some(name), problem.with_hint(hint));
        }
        subject
    }

    /// Checks an argument of a helper. Returns `None` if its shape is unknown.
    fn parameter(&mut self, parameter: &Parameter) -> Option<ValueShape> {
        match parameter {
            Parameter::Literal(_) => Some(ValueShape::Scalar),
            Parameter::Path(path) => match self.scopes.resolve(path) {
                Ok(shape) => Some(shape),
                Err(problem) => {
                    self.report(Some(raw(path)), problem);
                    None
                }
            },
            Parameter::Subexpression(inner) => {
                if let TemplateElement::Expression(call) = inner.as_element() {
                    self.call(call, inner.name(), CallSite::Nested);
                }
                None
            }
            _ => None,
        }
    }

    /// Adds `problem` at the position of `word` in the current tag, or in the next tag that contains it.
    fn report(&mut self, word: Option<&str>, problem: Diagnostic) {
        let mut ahead = self.tags.iter().filter(|tag| tag.start >= self.seen);
        let first = ahead.clone().next().map_or(self.seen, |tag| tag.start);
        let offset = word
            .and_then(|word| ahead.find_map(|tag| tag.find(word)))
            .unwrap_or(first);
        let span = FileSpan::at_offset(self.source, offset);
        self.faults.push(problem.in_file(self.name).at(span));
    }

    /// Moves past the current tag.
    fn pass_tag(&mut self) {
        self.seen += 1;
    }
}

/// Returns the span of `word` in the tag of `source` that begins at the line and column `tag`.
pub(super) fn span_of(source: &str, tag: (usize, usize), word: &str) -> Option<FileSpan> {
    let start = offset_of(source, tag);
    let tag = tags(source).into_iter().find(|tag| tag.start >= start)?;
    Some(FileSpan::at_offset(source, tag.find(word)?))
}

impl Tag<'_> {
    /// Returns the byte offset of `word` in the tag.
    fn find(&self, word: &str) -> Option<usize> {
        find_name(self.inner, word).map(|found| self.inner_start + found)
    }
}

fn raw(path: &Path) -> &str {
    match path {
        Path::Relative((_, raw)) | Path::Local((_, _, raw)) => raw,
    }
}

fn names_of(names: Option<&BlockParam>, shape: ValueShape) -> Vec<(String, ValueShape)> {
    let named = |parameter: &Parameter, shape| match parameter {
        Parameter::Name(name) => Some((name.clone(), shape)),
        _ => None,
    };
    match names {
        Some(BlockParam::Single(value)) => named(value, shape).into_iter().collect(),
        Some(BlockParam::Pair((value, key))) => named(value, shape)
            .into_iter()
            .chain(named(key, ValueShape::Scalar))
            .collect(),
        _ => Vec::new(),
    }
}
