//! Validates options whose types are correct.

use jiff::tz::TimeZone;
use syndicate_api::Diagnostic;

use super::{ContentOption, FieldKeys, PagePatterns, SiteOptions};
use crate::urls::BaseUrl;
use crate::walk::glob;

/// Returns the problems of `options` that can be found without reading the site.
pub(crate) fn validate(options: &SiteOptions) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if let Some(url) = &options.url
        && BaseUrl::parse(url).is_none()
    {
        diagnostics.push(
            Diagnostic::option(&["url"], format!("invalid URL `{url}`"))
                .with_hint("set the site's public URL, such as `https://example.com`"),
        );
    }
    if let Some(name) = &options.timezone
        && TimeZone::get(name).is_err()
    {
        diagnostics.push(
            Diagnostic::option(&["timezone"], format!("unknown time zone `{name}`"))
                .with_hint("use a name of the IANA database, such as `Europe/Oslo`"),
        );
    }
    diagnostics.extend(content_diagnostics(&options.content));
    diagnostics.extend(output_diagnostics(options));
    diagnostics.extend(glob_diagnostics(&[], &options.include, &options.exclude));
    diagnostics.extend(glob_diagnostics(
        &["pages"],
        &options.pages.include,
        &options.pages.exclude,
    ));
    diagnostics
}

/// Checks that the content folders are inside the site.
fn content_diagnostics(content: &ContentOption) -> Vec<Diagnostic> {
    let ContentOption::Folders(folders) = content else {
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
                format!("`{folder}` is not a folder inside `path`"),
            )
            .with_hint("set `path` to a folder that contains it")
        })
        .collect()
}

/// Checks the options about built pages, and options that have no effect without or beside others.
fn output_diagnostics(options: &SiteOptions) -> Vec<Diagnostic> {
    let built_alone = options.content == ContentOption::Built;
    let mut diagnostics = Vec::new();
    match &options.output {
        Some(folder) if folder.trim().is_empty() => diagnostics.push(
            Diagnostic::option(&["output"], "expected a folder, found an empty string")
                .with_hint("write `.` for `path` itself"),
        ),
        None if built_alone => diagnostics.push(
            Diagnostic::option(&["content"], "`content: false` requires built pages")
                .with_hint("set `output` to the folder of the built pages"),
        ),
        _ => {}
    }
    if !built_alone && options.pages != PagePatterns::default() {
        diagnostics.push(
            Diagnostic::option(
                &["pages"],
                "`pages` has no effect unless `content` is `false`",
            )
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
        diagnostics.push(
            Diagnostic::option(
                &[key],
                "it applies to Markdown, which `content: false` does not read",
            )
            .with_hint("use `pages` to select built pages"),
        );
    }
    diagnostics
}

/// Checks the syntax of the globs under the option `path`.
fn glob_diagnostics(path: &[&str], include: &[String], exclude: &[String]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (key, patterns) in [("include", include), ("exclude", exclude)] {
        for (index, pattern) in patterns.iter().enumerate() {
            if let Err(error) = glob(pattern) {
                let index = index.to_string();
                let path: Vec<&str> = path.iter().copied().chain([key, &index]).collect();
                let message = format!("invalid glob `{pattern}`: {}", error.kind());
                diagnostics.push(Diagnostic::option(&path, message));
            }
        }
    }
    diagnostics
}
