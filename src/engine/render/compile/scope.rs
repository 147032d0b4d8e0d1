//! Resolves names in a template. The meaning of a name depends on the blocks around it: `{{#each}}` and
//! `{{#with}}` change the current value, and blocks add names (`@index`, `as |tag|`).

use handlebars::{Path, PathSeg};
use syndicate_api::{Code, Diagnostic, did_you_mean, nearest};

use crate::engine::render::helpers;
use crate::engine::render::shape::{ROOT, ValueShape};

/// The open blocks that change the meaning of names, the outermost first.
pub(super) struct Scopes(Vec<Scope>);

struct Scope {
    shape: ValueShape,
    /// The names declared by `as |name|`.
    named: Vec<(String, ValueShape)>,
    /// `true` if `@index`, `@key`, `@first` and `@last` are defined.
    counted: bool,
}

impl Scopes {
    pub(super) fn new() -> Self {
        Self(vec![Scope {
            shape: ROOT,
            named: Vec::new(),
            counted: false,
        }])
    }

    /// Enters an `{{#each}}` (`counted`) or a `{{#with}}` block.
    pub(super) fn enter(
        &mut self,
        shape: ValueShape,
        named: Vec<(String, ValueShape)>,
        counted: bool,
    ) {
        self.0.push(Scope {
            shape,
            named,
            counted,
        });
    }

    pub(super) fn leave(&mut self) {
        self.0.pop();
    }

    /// Returns the shape of the value at `path` in the current scope.
    pub(super) fn resolve(&self, path: &Path) -> Result<ValueShape, Diagnostic> {
        match path {
            Path::Local((_, name, raw)) => self.counter(name, raw),
            Path::Relative((segments, raw)) => {
                let keys: Vec<&str> = segments.iter().filter_map(key).collect();
                self.relative(raw, &keys)
            }
        }
    }

    fn counter(&self, name: &str, raw: &str) -> Result<ValueShape, Diagnostic> {
        const COUNTERS: &[&str] = &["@first", "@index", "@key", "@last"];
        let is_there = self.0.iter().any(|scope| scope.counted);
        let counter = format!("@{name}");
        if is_there && COUNTERS.contains(&counter.as_str()) {
            return Ok(ValueShape::Scalar);
        }
        let hint = if is_there {
            did_you_mean(&counter, COUNTERS.iter().copied())
        } else {
            Some("`@index`, `@key`, `@first` and `@last` exist only inside `{{#each}}`".to_owned())
        };
        Err(
            Diagnostic::new(Code::TemplateError, format!("unknown name `{raw}`"))
                .with_optional_hint(hint),
        )
    }

    fn relative(&self, raw: &str, keys: &[&str]) -> Result<ValueShape, Diagnostic> {
        let is_plain = !raw.starts_with(['.', '@']) && raw.split(['.', '/']).next() != Some("this");
        if is_plain
            && let Some((first, rest)) = keys.split_first()
            && let Some(shape) = self.named(first)
        {
            return walk(shape, first, rest);
        }
        let base = if raw.starts_with("@root") {
            ROOT
        } else {
            let ups = raw.split('/').take_while(|step| *step == "..").count();
            let scope = self.0.iter().rev().nth(ups).ok_or_else(|| {
                Diagnostic::new(
                    Code::TemplateError,
                    format!("`{raw}` points outside the template"),
                )
                .with_hint("use `../` only inside a block: it refers to the enclosing one")
            })?;
            scope.shape
        };
        let Some((first, rest)) = keys.split_first() else {
            return Ok(base);
        };
        match base.below(first) {
            Some(shape) => walk(shape, first, rest),
            None => Err(self.unknown(base, first, rest)),
        }
    }

    fn named(&self, name: &str) -> Option<ValueShape> {
        let mut all = self.0.iter().rev().flat_map(|scope| &scope.named);
        all.find(|(known, _)| known == name)
            .map(|(_, shape)| *shape)
    }

    /// Builds the error for an unknown first segment of a path.
    fn unknown(&self, base: ValueShape, name: &str, rest: &[&str]) -> Diagnostic {
        let named = self.0.iter().flat_map(|scope| &scope.named);
        let mut here: Vec<&str> = base.names().chain(helpers::names()).collect();
        here.extend(named.map(|(name, _)| name.as_str()));
        let outside = if base == ROOT { "" } else { "@root." };
        let from_root = |name: &str| {
            let path = [&[name], rest].concat().join(".");
            format!("inside this block, write `@root.{path}`")
        };
        let hint = if ROOT.below(name).is_some() {
            from_root(name)
        } else if let Some(hint) = did_you_mean(name, here) {
            hint
        } else if let Some(near) = nearest(name, ROOT.names()) {
            from_root(near)
        } else {
            format!("for a key of the front matter, write `{{{{{outside}front.{name}}}}}`")
        };
        Diagnostic::new(Code::TemplateError, format!("unknown name `{name}`")).with_hint(hint)
    }
}

/// Follows `keys` from the value called `name`.
fn walk(shape: ValueShape, name: &str, keys: &[&str]) -> Result<ValueShape, Diagnostic> {
    let mut shape = shape;
    let mut walked = name.to_owned();
    for key in keys {
        shape = shape
            .below(key)
            .ok_or_else(|| missing_below(shape, &walked, key))?;
        walked = format!("{walked}.{key}");
    }
    Ok(shape)
}

/// Builds the error for a value called `walked` that has no key `key`.
fn missing_below(shape: ValueShape, walked: &str, key: &str) -> Diagnostic {
    let problem = Diagnostic::new(
        Code::TemplateError,
        format!("unknown name `{walked}.{key}`"),
    );
    match shape {
        ValueShape::List => problem.with_hint(format!(
            "`{walked}` is a list: `{{{{join {walked}}}}}`, `{{{{len {walked}}}}}` or \
             `{{{{#each {walked}}}}}`"
        )),
        ValueShape::Record(_) => {
            let known: Vec<String> = shape
                .names()
                .map(|name| format!("{walked}.{name}"))
                .collect();
            let near = did_you_mean(&format!("{walked}.{key}"), known.iter().map(String::as_str));
            problem.with_hint(near.unwrap_or_else(|| {
                let names: Vec<&str> = shape.names().collect();
                format!("`{walked}` has the keys `{}`", names.join("`, `"))
            }))
        }
        ValueShape::Scalar | ValueShape::Open => {
            problem.with_hint(format!("`{walked}` is a single value"))
        }
    }
}

fn key(segment: &PathSeg) -> Option<&str> {
    match segment {
        PathSeg::Named(name) => Some(name),
        _ => None,
    }
}
