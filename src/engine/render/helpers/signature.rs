//! Checks that a call of a template is one of a helper, as it has to be called.

use std::collections::HashMap;

use handlebars::template::Parameter;

use super::definition::Use;
use super::{find, names};
use crate::engine::render::fault::{Complaint, did_you_mean};
use crate::engine::render::shape::ROOT;

/// Checks a call of `name` at `place`.
pub(in crate::engine::render) fn check(
    name: &str,
    place: Use,
    parameters: &[Parameter],
    options: &HashMap<String, Parameter>,
) -> Result<(), Complaint> {
    let Some(signature) = find(name) else {
        return Err(unknown(name, place));
    };
    let usage = || Some(format!("write `{}`", signature.usage));
    if !signature.uses.contains(&place) {
        let message = match place {
            Use::Inline => format!("`{name}` prints nothing by itself"),
            Use::Block => format!("`{name}` is no block"),
            Use::Nested => format!("`{name}` cannot be given to another helper"),
        };
        return Err(Complaint::new(message).hinted(usage()));
    }
    if !signature.parameters.contains(&parameters.len()) {
        let count = parameters.len();
        let message = match count {
            0 => format!("`{name}` is given nothing"),
            1 => format!("`{name}` is given one value"),
            _ => format!("`{name}` is given {count} values"),
        };
        return Err(Complaint::new(message).hinted(usage()));
    }
    let is_unknown = |option: &&String| !signature.options.contains(&option.as_str());
    // The least, since the order of a map is not the template's.
    if let Some(option) = options.keys().filter(is_unknown).min() {
        let hint = did_you_mean(option, signature.options.iter().copied()).or_else(usage);
        return Err(Complaint::new(format!("`{name}` has no option `{option}`")).hinted(hint));
    }
    Ok(())
}

/// What to write instead of a helper of handlebars that is left out on purpose.
fn left_out(name: &str) -> Option<&'static str> {
    match name {
        // A name made up at run time cannot be checked before.
        "lookup" => Some("write `front.[a key]`, or `tags.[0]` for an entry of a list"),
        // A template makes text and nothing else.
        "log" => Some("a template only makes text"),
        "raw" => Some("braces that mean themselves are written `\\{{`"),
        _ => None,
    }
}

fn unknown(name: &str, place: Use) -> Complaint {
    let complaint = Complaint::new(format!("unknown helper `{name}`"));
    if let Some(hint) = left_out(name) {
        return complaint.hinted(hint.to_owned());
    }
    if ROOT.below(name).is_some() {
        return complaint.hinted(match place {
            Use::Block => format!("write `{{{{#if {name}}}}}`"),
            Use::Inline => format!("`{name}` is a value and takes nothing: `{{{{{name}}}}}`"),
            Use::Nested => format!("`{name}` is a value and needs no parentheses"),
        });
    }
    let known: Vec<&str> = names()
        .filter(|known| find(known).is_some_and(|known| known.uses.contains(&place)))
        .collect();
    let near = did_you_mean(name, known.iter().copied());
    complaint.hinted(near.unwrap_or_else(|| format!("helpers are `{}`", known.join("`, `"))))
}
