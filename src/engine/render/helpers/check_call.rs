//! Checks that a call in a template names a known helper and has valid arguments.

use std::collections::HashMap;

use handlebars::template::Parameter;
use syndicate_api::{Code, Diagnostic, did_you_mean};

use super::signature::CallSite;
use super::{find, names};
use crate::engine::render::shape::ROOT;

/// Checks a call of `name` from `place`.
pub(in crate::engine::render) fn check(
    name: &str,
    place: CallSite,
    parameters: &[Parameter],
    options: &HashMap<String, Parameter>,
) -> Result<(), Diagnostic> {
    let Some(signature) = find(name) else {
        return Err(unknown(name, place));
    };
    let usage = || format!("write `{}`", signature.usage);
    if !signature.uses.contains(&place) {
        let message = match place {
            CallSite::Inline => format!("`{name}` cannot be printed"),
            CallSite::Block => format!("`{name}` is not a block helper"),
            CallSite::Nested => format!("`{name}` cannot be an argument of another helper"),
        };
        return Err(Diagnostic::new(Code::TemplateError, message).with_hint(usage()));
    }
    if !signature.parameters.contains(&parameters.len()) {
        let count = parameters.len();
        let message = match count {
            0 => format!("`{name}` is called without arguments"),
            1 => format!("`{name}` is called with 1 argument"),
            _ => format!("`{name}` is called with {count} arguments"),
        };
        return Err(Diagnostic::new(Code::TemplateError, message).with_hint(usage()));
    }
    let is_unknown = |option: &&String| !signature.options.contains(&option.as_str());
    // The smallest name, because the map has no stable order.
    if let Some(option) = options.keys().filter(is_unknown).min() {
        let hint = did_you_mean(option, signature.options.iter().copied()).unwrap_or_else(usage);
        return Err(Diagnostic::new(
            Code::TemplateError,
            format!("`{name}` has no option `{option}`"),
        )
        .with_hint(hint));
    }
    Ok(())
}

/// Returns the alternative to a handlebars helper that is disabled on purpose.
fn alternative_to_disabled(name: &str) -> Option<&'static str> {
    match name {
        // A name computed at run time cannot be checked in advance.
        "lookup" => Some("write `front.[a key]`, or `tags.[0]` for an entry of a list"),
        // Templates have no side effects.
        "log" => Some("remove it: a template only produces text"),
        "raw" => Some("braces that mean themselves are written `\\{{`"),
        _ => None,
    }
}

fn unknown(name: &str, place: CallSite) -> Diagnostic {
    let problem = Diagnostic::new(Code::TemplateError, format!("unknown helper `{name}`"));
    if let Some(hint) = alternative_to_disabled(name) {
        return problem.with_hint(hint);
    }
    if ROOT.below(name).is_some() {
        return problem.with_hint(match place {
            CallSite::Block => format!("write `{{{{#if {name}}}}}`"),
            CallSite::Inline => {
                format!("`{name}` is a value: write `{{{{{name}}}}}` without arguments")
            }
            CallSite::Nested => format!("`{name}` is a value: remove the parentheses"),
        });
    }
    let known: Vec<&str> = names()
        .filter(|known| find(known).is_some_and(|known| known.uses.contains(&place)))
        .collect();
    let near = did_you_mean(name, known.iter().copied());
    problem.with_hint(near.unwrap_or_else(|| format!("use one of `{}`", known.join("`, `"))))
}
