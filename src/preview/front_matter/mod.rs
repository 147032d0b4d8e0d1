//! Writing into the front matter of a post what its author decides on the preview page: the
//! `syndicate:` block, and every other byte of the file as it was. What cannot be written so is
//! refused with the reason, and the author writes it by hand.
//!
//! The text is edited and the result is read again: unless it says exactly what it said before, with
//! the one key changed, nothing is written. TOML is edited by `toml_edit`. YAML is edited here, line by
//! line: the crate `yaml-edit` 0.3.6 edits 322 of 322 front matters of real sites and 146 of 148 hard
//! cases rightly, but writes a text such as `2026-01-01`, or one with a tab, without quotation marks, and
//! generators that read YAML 1.1 (Jekyll, Pelican) take the first for a date and refuse the second.

mod file;
mod flow;
mod refusal;
mod remarks;
mod render;
mod says;
mod table;
mod toml;
mod yaml;

use serde_json::Value;
use syndicate_api::Diagnostic;

pub(crate) use file::change;
use refusal::by_hand;

/// The text of a file with the key at `path` set to `value`, or taken out for `None`.
///
/// # Errors
/// When it cannot be done without touching anything else.
pub(crate) fn edit(text: &str, path: &[&str], value: Option<&Value>) -> Result<String, Diagnostic> {
    let split = split(text)?;
    // Lines end as the fence does.
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
    Ok(format!("{}{edited}{}", split.before, split.after))
}

/// The notation of front matter.
enum Notation {
    Yaml,
    Toml,
}

struct Split<'t> {
    notation: Notation,
    /// The opening fence, with whatever stands before it.
    before: &'t str,
    source: &'t str,
    /// The closing fence and the post.
    after: &'t str,
}

fn split(text: &str) -> Result<Split<'_>, Diagnostic> {
    let start = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fence = start.lines().next().unwrap_or_default().trim_end();
    let notation = match fence {
        "+++" => Notation::Toml,
        _ if fence.len() >= 3 && fence.chars().all(|c| c == '-') => Notation::Yaml,
        _ => {
            let message = "its front matter is neither YAML between `---` nor TOML between `+++`";
            return Err(by_hand(message));
        }
    };
    let opening = start.find('\n').map_or(start.len(), |at| at + 1);
    let from = text.len() - start.len() + opening;
    let mut end = from;
    for line in text[from..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Ok(Split {
                notation,
                before: &text[..from],
                source: &text[from..end],
                after: &text[end..],
            });
        }
        end += line.len();
    }
    Err(by_hand(format!(
        "the front matter that `{fence}` opens never closes"
    )))
}

#[cfg(test)]
mod tests;
