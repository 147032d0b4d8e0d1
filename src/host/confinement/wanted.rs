//! The paths that a plugin asks for, which can be values of its options.

use serde_json::{Map, Value};

/// Returns `paths` with `{key}` replaced by the option. A path is left out if the option has no value, because then
/// nothing is asked for.
pub(crate) fn wanted_paths(
    paths: &[String],
    options: &Map<String, Value>,
) -> impl Iterator<Item = String> {
    paths.iter().filter_map(|path| fill(path, options))
}

fn fill(path: &str, options: &Map<String, Value>) -> Option<String> {
    let key = path
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match key {
        Some(key) => Some(options.get(key)?.as_str()?.to_owned()),
        None => Some(path.to_owned()),
    }
}
