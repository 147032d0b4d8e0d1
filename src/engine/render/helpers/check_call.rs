//! Checks that a call of a template is one of a helper, as it has to be called.

use std::collections::HashMap;

use handlebars::template::Parameter;
use syndicate_api::{Code, Diagnostic, did_you_mean};

use super::signature::CallSite;
use super::{find, names};
use crate::engine::render::shape::ROOT;

/// Checks a call of `name` at `place`.
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
            CallSite::Inline => format!("`{name}` prints nothing by itself"),
            CallSite::Block => format!("`{name}` is no block"),
            CallSite::Nested => format!("`{name}` cannot be given to another helper"),
        };
        return Err(Diagnostic::new(Code::TemplateError, message).with_hint(usage()));
    }
    if !signature.parameters.contains(&parameters.len()) {
        let count = parameters.len();
        let message = match count {
            0 => format!("`{name}` is given nothing"),
            1 => format!("`{name}` is given one value"),
            _ => format!("`{name}` is given {count} values"),
        };
        return Err(Diagnostic::new(Code::TemplateError, message).with_hint(usage()));
    }
    let is_unknown = |option: &&String| !signature.options.contains(&option.as_str());
    // The least, since the order of a map is not the template's.
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

/// What to write instead of a helper of handlebars that is left out on purpose.
fn skipped_in_sandbox(name: &str) -> Option<&'static str> {
    match name {
        // A name made up at run time cannot be checked before.
        "lookup" => Some("write `front.[a key]`, or `tags.[0]` for an entry of a list"),
        // A template makes text and nothing else.
        "log" => Some("a template only makes text"),
        "raw" => Some("braces that mean themselves are written `\\{{`"),
        _ => None,
    }
}

fn unknown(name: &str, place: CallSite) -> Diagnostic {
    let complaint = Diagnostic::new(Code::TemplateError, format!("unknown helper `{name}`"));
    if let Some(hint) = skipped_in_sandbox(name) {
        return complaint.with_hint(hint);
    }
    if ROOT.below(name).is_some() {
        return complaint.with_hint(match place {
            CallSite::Block => format!("write `{{{{#if {name}}}}}`"),
            CallSite::Inline => format!("`{name}` is a value and takes nothing: `{{{{{name}}}}}`"),
            CallSite::Nested => format!("`{name}` is a value and needs no parentheses"),
        });
    }
    let known: Vec<&str> = names()
        .filter(|known| find(known).is_some_and(|known| known.uses.contains(&place)))
        .collect();
    let near = did_you_mean(name, known.iter().copied());
    complaint.with_hint(near.unwrap_or_else(|| format!("helpers are `{}`", known.join("`, `"))))
}
