//! Words the notes and diagnostics of a scan that are about several posts or a folder of posts.

use syndicate_api::{Code, Diagnostic, Error, did_you_mean, suggest};

use crate::clashes::join_names;
use crate::generators::RouteError;
use crate::permalink::PLACEHOLDERS;
use crate::site::Site;

/// Returns the note about a post without a URL.
pub(crate) fn missing_url_note(error: &RouteError) -> String {
    format!("it has no URL, because {}", error.reason())
}

/// Combines a note and the files at `paths` that it is about into one message.
pub(crate) fn combine_note(note: &str, paths: &[String]) -> String {
    let names: Vec<&str> = paths.iter().map(String::as_str).collect();
    let names = join_names(&names);
    let posts = match paths.len() {
        1 => return format!("{names}: {note}"),
        2 | 3 => names,
        count => format!("{count} posts ({names})"),
    };
    match note.strip_prefix("it has ") {
        Some(rest) => format!("{posts} have {rest}"),
        None => format!("{posts}, each: {note}"),
    }
}

pub(crate) fn unknown_placeholder(pattern: &str, name: &str) -> Diagnostic {
    let message = format!(
        "unknown placeholder `{name}` in the option `permalink`, `{pattern}`: no post has a value for it"
    );
    let diagnostic = Diagnostic::new(Code::InvalidConfig, message);
    match suggest(name, PLACEHOLDERS) {
        Some(hint) => diagnostic.with_hint(hint),
        None => diagnostic,
    }
}

/// Returns the error for a missing folder of posts, with a suggestion of a similar folder.
pub(crate) fn missing_folder(site: &Site, path: &str) -> Error {
    let shown = site.relative_to_pipeline(path);
    let entries = std::fs::read_dir(&site.root)
        .into_iter()
        .flatten()
        .flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let names: Vec<String> = names.collect();
    let hint = did_you_mean(path, names.iter().map(String::as_str));
    let hint = hint
        .unwrap_or_else(|| "set `content` to the folder of posts, relative to `path`".to_owned());
    let source = &site.source;
    let message = format!("the folder of posts `{shown}` of source `{source}` is missing");
    Diagnostic::option(&["content"], message)
        .with_hint(hint)
        .into()
}
