//! What is wrong with options although each is of the right kind.

use jiff::tz::TimeZone;
use syndicate_api::Diagnostic;

use super::{Content, FieldKeys, Patterns, SiteOptions};
use crate::urls::BaseUrl;
use crate::walk::glob;

/// Everything wrong with `options` that they show by themselves.
pub(crate) fn of(options: &SiteOptions) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    if let Some(url) = &options.url
        && BaseUrl::parse(url).is_none()
    {
        faults.push(
            Diagnostic::option(&["url"], format!("`{url}` is no web address"))
                .with_hint("give the site's public address, such as `https://example.com`"),
        );
    }
    if let Some(name) = &options.timezone
        && TimeZone::get(name).is_err()
    {
        faults.push(
            Diagnostic::option(&["timezone"], format!("there is no time zone `{name}`"))
                .with_hint("use a name of the IANA database, such as `Europe/Oslo`"),
        );
    }
    faults.extend(content(&options.content));
    faults.extend(built(options));
    faults.extend(glob_faults(&[], &options.include, &options.exclude));
    faults.extend(glob_faults(
        &["pages"],
        &options.pages.include,
        &options.pages.exclude,
    ));
    faults
}

/// Folders of posts that lie elsewhere.
fn content(content: &Content) -> Vec<Diagnostic> {
    let Content::Folders(folders) = content else {
        return Vec::new();
    };
    let outside = folders.iter().enumerate().filter(|(_, folder)| {
        let leaves = folder.split(['/', '\\']).any(|part| part == "..");
        leaves || folder.starts_with('/') || folder.trim().is_empty()
    });
    outside
        .map(|(index, folder)| {
            Diagnostic::option(
                &["content", &index.to_string()],
                format!("`{folder}` is no folder inside `path`"),
            )
            .with_hint("set `path` to a folder that holds it")
        })
        .collect()
}

/// Options about built pages that say nothing without one another.
fn built(options: &SiteOptions) -> Vec<Diagnostic> {
    let built_alone = options.content == Content::Built;
    let mut faults = Vec::new();
    match &options.output {
        Some(folder) if folder.trim().is_empty() => faults.push(
            Diagnostic::option(&["output"], "it names no folder")
                .with_hint("write `.` for `path` itself"),
        ),
        None if built_alone => faults.push(
            Diagnostic::option(
                &["content"],
                "without Markdown there have to be built pages",
            )
            .with_hint("set `output` to the folder that they lie in"),
        ),
        _ => {}
    }
    if !built_alone && options.pages != Patterns::default() {
        faults.push(
            Diagnostic::option(&["pages"], "with Markdown, its files are the posts")
                .with_hint("use `include` and `exclude`, or set `content: false`"),
        );
    }
    let markdown_alone = [
        (!options.include.is_empty(), "include"),
        (!options.exclude.is_empty(), "exclude"),
        (options.permalink.is_some(), "permalink"),
        (options.fields != FieldKeys::default(), "fields"),
    ];
    for (_, key) in markdown_alone.iter().filter(|(set, _)| *set && built_alone) {
        faults.push(
            Diagnostic::option(
                &[key],
                "it is about Markdown, and `content: false` reads none",
            )
            .with_hint("choose among built pages by `pages`"),
        );
    }
    faults
}

/// The patterns below `path` that are no globs.
fn glob_faults(path: &[&str], include: &[String], exclude: &[String]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (key, patterns) in [("include", include), ("exclude", exclude)] {
        for (index, pattern) in patterns.iter().enumerate() {
            if let Err(error) = glob(pattern) {
                let index = index.to_string();
                let path: Vec<&str> = path.iter().copied().chain([key, &index]).collect();
                let message = format!("`{pattern}` is no glob: {}", error.kind());
                faults.push(Diagnostic::option(&path, message));
            }
        }
    }
    faults
}
