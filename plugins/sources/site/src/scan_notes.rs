//! Words the notes and diagnostics of a scan that are about several posts or a folder of posts.

use syndicate_api::{Diagnostic, Error, nearest, suggest};

use crate::clashes::join_names;
use crate::generators::{Folder, RouteError};
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

/// Returns the note about a site without posts.
pub(crate) fn no_posts_note(site: &Site) -> String {
    let folders: Vec<String> = site
        .content()
        .iter()
        .map(|folder| format!("`{}`", site.relative_to_pipeline(&folder.path)))
        .collect();
    match folders.as_slice() {
        [] => format!(
            "no posts found, because the site's config names no folder of posts: set `content` of source `{}`",
            site.source
        ),
        folders => format!("no posts found in {}", folders.join(" or ")),
    }
}

/// Returns the diagnostic for a placeholder `name` of the option `permalink` of the source `source`.
pub(crate) fn unknown_placeholder(source: &str, pattern: &str, name: &str) -> Diagnostic {
    let message = format!(
        "unknown placeholder `{name}` in the option `permalink` of source `{source}`, `{pattern}`: no post has a value for it"
    );
    let diagnostic = Diagnostic::option(&["permalink"], message);
    match suggest(name, PLACEHOLDERS) {
        Some(hint) => diagnostic.with_hint(hint),
        None => diagnostic,
    }
}

/// Returns the error for missing folders of posts, with suggestions of similar folders.
pub(crate) fn missing_folders(site: &Site, missing: &[Folder]) -> Error {
    let shown = missing
        .iter()
        .map(|folder| format!("`{}`", site.relative_to_pipeline(&folder.path)));
    // All of them are named, because the user has to correct each.
    let shown = shown.collect::<Vec<_>>().join(", ");
    let source = &site.source;
    let message = match missing.len() {
        1 => format!("the folder of posts {shown} of source `{source}` is missing"),
        _ => format!("the folders of posts {shown} of source `{source}` are missing"),
    };
    Diagnostic::option(&["content"], message)
        .with_hint(similar_folders(site, missing))
        .into()
}

/// Returns a hint with the folders whose names are similar to the missing ones.
fn similar_folders(site: &Site, missing: &[Folder]) -> String {
    let entries = std::fs::read_dir(&site.root)
        .into_iter()
        .flatten()
        .flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let names: Vec<String> = names.collect();
    let similar = missing
        .iter()
        .filter_map(|folder| nearest(&folder.path, names.iter().map(String::as_str)));
    let similar: Vec<String> = similar.map(|name| format!("`{name}`")).collect();
    match (similar.is_empty(), missing.len()) {
        (false, _) => format!("did you mean {}?", similar.join(" and ")),
        (true, 1) => "set `content` to the folder of posts, relative to `path`".to_owned(),
        (true, _) => "set `content` to the folders of posts, relative to `path`".to_owned(),
    }
}
