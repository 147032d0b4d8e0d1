//! Edits the `syndicate:` block in the front matter of a post and keeps every other byte of the file. An
//! edit that is not possible is refused with the reason, so that the author can make it in an editor.
//!
//! Each edit is checked: the result is parsed, and refused unless its data equals the data before with
//! the one key changed, and unless the front matter still ends at the same line. `toml_edit` parses TOML.
//! YAML is edited here, line by line: the crate
//! `yaml-edit` 0.3.6 handles 322 of 322 front matters of real sites and 146 of 148 hard cases, but writes
//! texts such as `2026-01-01`, or with a tab, without quotes. Generators that read YAML 1.1 (Jekyll,
//! Pelican) parse the first as a date and reject the second.

mod comments;
mod data;
mod fence;
mod file;
mod flow;
mod refusal;
mod render;
mod table;
mod toml;
mod yaml;

use serde_json::Value;
use syndicate_api::Diagnostic;

pub(crate) use file::{edit_file, replace_text};
use refusal::{edit_by_hand, ends_early};

/// Sets the key at `path` in the front matter of `text` to `value`, or removes it for `None`.
///
/// # Errors
/// Returns an error if the edit would change anything else.
pub(crate) fn edit(text: &str, path: &[&str], value: Option<&Value>) -> Result<String, Diagnostic> {
    let split = split(text)?;
    // New lines use the line ending of the opening fence.
    let line_end = if split.before.ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let edit = match split.notation {
        Notation::Yaml => yaml::edit,
        Notation::Toml => toml::edit,
    };
    let edited = edit(split.source, line_end, path, value)?;
    let whole = format!("{}{edited}{}", split.before, split.after);
    is_end_kept(&whole, &edited, &split)
        .then_some(whole)
        .ok_or_else(|| ends_early(path.last().unwrap_or(&"")))
}

/// Returns `true` if the front matter of `whole`, the text after an edit, still is `edited` for every generator.
fn is_end_kept(whole: &str, edited: &str, before: &Split<'_>) -> bool {
    let added = fence::count_closing(edited, before.fence)
        .saturating_sub(fence::count_closing(before.source, before.fence));
    added == 0 && split(whole).is_ok_and(|split| split.source == edited)
}

/// Sets the key at `path` in a whole YAML document to `value`, or removes it for `None`.
///
/// # Errors
/// Returns an error if the edit would change anything else.
pub(crate) fn edit_yaml(
    text: &str,
    path: &[&str],
    value: Option<&Value>,
) -> Result<String, Diagnostic> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    yaml::edit(text, line_end, path, value)
}

/// The format of front matter.
enum Notation {
    Yaml,
    Toml,
}

struct Split<'t> {
    notation: Notation,
    fence: &'t str,
    /// The opening fence and everything before it.
    before: &'t str,
    source: &'t str,
    /// The closing fence and the body.
    after: &'t str,
}

fn split(text: &str) -> Result<Split<'_>, Diagnostic> {
    let start = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fence = start.lines().next().unwrap_or_default().trim_end();
    let notation = match fence {
        "+++" => Notation::Toml,
        _ if fence.len() >= 3 && fence.chars().all(|c| c == '-') => Notation::Yaml,
        _ => {
            let message = "the front matter is neither YAML between `---` nor TOML between `+++`";
            return Err(edit_by_hand(message));
        }
    };
    let opening = start.find('\n').map_or(start.len(), |at| at + 1);
    let from = text.len() - start.len() + opening;
    let mut end = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Ok(Split {
                notation,
                fence,
                before: &text[..from],
                source: &text[from..end],
                after: &text[end..],
            });
        }
        end += line.len();
    }
    Err(edit_by_hand(format!(
        "unclosed front matter: missing closing `{fence}`"
    )))
}

#[cfg(test)]
mod tests;
