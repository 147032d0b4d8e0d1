//! Edits flow mappings of YAML, such as `{a: b, c: {d: e}}`, on one line. Members that are not edited
//! keep their text.

use serde_json::Value;

use super::render;

/// Sets or removes the member at `path` of `map`, which includes its braces. Returns `None` if `map` cannot
/// be split into members.
pub(super) fn edit(map: &str, path: &[&str], value: Option<&Value>) -> Option<String> {
    let inner = map.strip_prefix('{')?.strip_suffix('}')?;
    let (key, rest) = path.split_first()?;
    let mut members = members(inner)?;
    let place = members.iter().position(|member| name(member) == *key);
    match (place, value) {
        (None, None) => {}
        (None, Some(value)) => {
            if members.iter().all(|member| member.trim().is_empty()) {
                members.clear();
            }
            let margin = if members.is_empty() { "" } else { " " };
            members.push(format!("{margin}{key}: {}", nested(rest, value)));
        }
        (Some(place), value) if !rest.is_empty() => {
            let (head, inner) = members[place].split_once(':')?;
            let blank = &inner[..inner.len() - inner.trim_start().len()];
            let edited = edit(inner.trim(), rest, value)?;
            members[place] = format!("{head}:{blank}{edited}");
        }
        (Some(place), Some(value)) => {
            let member = &members[place];
            let margin = &member[..member.len() - member.trim_start().len()];
            members[place] = format!("{margin}{key}: {}", render::flow(value));
        }
        (Some(place), None) => {
            members.remove(place);
        }
    }
    Some(format!("{{{}}}", members.join(",")))
}

/// Renders `value` inside nested maps with the keys of `path`.
fn nested(path: &[&str], value: &Value) -> String {
    match path.split_first() {
        Some((key, rest)) => format!("{{{key}: {}}}", nested(rest, value)),
        None => render::flow(value),
    }
}

fn name(member: &str) -> &str {
    let name = member.split(':').next().unwrap_or_default().trim();
    name.trim_matches(['"', '\''])
}

/// Splits the members at commas outside quotes and brackets.
fn members(inner: &str) -> Option<Vec<String>> {
    let mut members = vec![String::new()];
    let mut depth = 0_usize;
    let mut quote = None;
    let mut escaped = false;
    for character in inner.chars() {
        match (quote, character) {
            (Some('"'), _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth = depth.checked_sub(1)?,
            (None, ',') if depth == 0 => {
                members.push(String::new());
                continue;
            }
            (None, _) => {}
        }
        members.last_mut()?.push(character);
    }
    (depth == 0 && quote.is_none()).then_some(members)
}
