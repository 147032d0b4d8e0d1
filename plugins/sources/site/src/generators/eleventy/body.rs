//! Evaluates the template outputs in a post's text ("Using Data in Templates", Eleventy's documentation) that name a
//! literal of its data.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::outputs::{apply_filter, fill};
use super::data::COMPUTED_DATA;
use crate::document::FrontMatter;
use crate::value::scalar;

/// Replaces the outputs whose value is known; `global` is the global data by the name of its file.
pub(super) fn fill_outputs<'a>(
    text: &'a str,
    front: &FrontMatter,
    global: &Map<String, Value>,
) -> Cow<'a, str> {
    fill(text, ("{{", "}}"), &|output| {
        let mut parts = output.split('|').map(str::trim);
        let text = value(parts.next()?, front, global)?;
        parts.try_fold(text, |text, filter| apply_filter(&text, filter))
    })
}

fn value(path: &str, front: &FrontMatter, global: &Map<String, Value>) -> Option<String> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let computed = front.get(COMPUTED_DATA);
    if computed.is_some_and(|computed| computed.get(first).is_some()) {
        return None;
    }
    if front.get(first).is_some() {
        return scalar(front.get(path)?);
    }
    let keys = rest.split('.').filter(|key| !key.is_empty());
    let found = keys.fold(global.get(first), |value, key| value?.get(key))?;
    scalar(found)
}
