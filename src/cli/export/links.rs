//! `syndicate export links`: writes the addresses of sent posts and the links of pages as data, or adds the links to the
//! built pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use head_editor::{HeadEditor, HeadElement, UnsupportedEncoding};
use serde_json::{Map, Value, json};
use syndicate_api::PageLink;
use syndicate_api::text::plural;
use url::Url;

use crate::cli::output::{eprint_status, print_json, print_json_lines, print_lines};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::config::LinkFormat;
use crate::engine::{
    SiteLinks, find_page, format_copies, published_copies, site_links, write_changed,
};
use crate::ledger::{LedgerError, LedgerState};
use crate::session::LoadedPipeline;

/// Options of `export links`.
#[derive(Args, Debug)]
#[command(after_help = "\
  syndicate export links --output data/syndication.json
      before the site is built, for a template that links to the sent posts
  syndicate export links --format csv
      a table of the sent posts
  syndicate export links --inject public
      after the site is built: adds the links to its pages")]
pub(super) struct LinksOptions {
    /// Format of the data; by default that of the ending of FILE, else JSON
    #[arg(long, value_enum, conflicts_with = "inject")]
    format: Option<LinkFormat>,
    /// Write the data into FILE instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Add the links to the built pages in FOLDER, and write the files of the site there
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with = "output")]
    inject: Option<PathBuf>,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &LinksOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let LoadedPipeline { stages, scanned } = session.load_and_scan().await?;
    let ledger_state = match session.store().view().await {
        Ok(view) => view.ledger_state,
        // Nothing was sent yet.
        Err(LedgerError::Missing { .. }) => LedgerState::default(),
        Err(error) => return Err(error.into()),
    };
    let found = site_links(&stages, &scanned, &ledger_state, session.cx()).await?;
    for note in &found.notes {
        eprint_status(&format!("note: {note}"))?;
    }
    if let Some(folder) = &options.inject {
        if found.files.is_empty() && found.pages.is_empty() {
            let message = "no sink of this pipeline has links for pages";
            let hint = "set `standard_site` of a sink of the type `bluesky`";
            return Err(CliError::hinted(message, hint));
        }
        return inject(global, &found, &stages.base, folder);
    }
    let copies = published_copies(&stages, &scanned, &ledger_state);
    let of_file = options.output.as_deref().and_then(LinkFormat::of_path);
    let format = options.format.or(of_file).unwrap_or_default();
    let data = format_copies(&copies, format, &page_links(&found))?;
    let Some(file) = &options.output else {
        let data = data.trim_end();
        match format {
            LinkFormat::Json => print_json_lines([data.to_owned()])?,
            _ => print_lines(data)?,
        }
        return Ok(ExitStatus::Success);
    };
    write(file, &data)?;
    let (posts, pages) = (copies.len(), found.pages.len());
    if global.json {
        print_json(&json!({"v": 1, "written": file, "posts": posts, "pages": pages}))?;
    }
    let (posts, file) = (plural(posts, "post"), global.path_from_start(file));
    let links = match pages {
        0 => String::new(),
        pages => format!(" and the links of {}", plural(pages, "page")),
    };
    eprint_status(&format!(
        "wrote the addresses of {posts}{links} to `{}`",
        file.display()
    ))?;
    Ok(ExitStatus::Success)
}

/// Returns the links by the path of each page, and the texts of the files by their paths. Empty if no sink has any.
fn page_links(found: &SiteLinks) -> BTreeMap<String, Value> {
    if found.files.is_empty() && found.pages.is_empty() {
        return BTreeMap::new();
    }
    let files = found.files.iter();
    let files: Map<String, Value> = files
        .map(|file| (format!("/{}", file.path), file.text.as_str().into()))
        .collect();
    let pages = found.pages.iter().map(|(url, page)| {
        let path = Url::parse(url).map_or_else(|_| url.clone(), |url| url.path().to_owned());
        (path, json!(page.all_links()))
    });
    let pages = pages.collect::<Map<_, _>>();
    [
        ("files".to_owned(), files.into()),
        ("pages".to_owned(), pages.into()),
    ]
    .into()
}

fn inject(
    global: &GlobalOptions,
    found: &SiteLinks,
    base: &Path,
    folder: &Path,
) -> Result<ExitStatus, CliError> {
    if !folder.is_dir() {
        let message = format!("`{}` is not a folder", folder.display());
        return Err(CliError::hinted(message, "build the site first"));
    }
    let (mut linked, mut missing) = (0, Vec::new());
    for (url, page) in &found.pages {
        let known = page.file.as_ref().map(|file| base.join(file));
        let Some(file) = find_page(folder, known.as_deref(), url) else {
            missing.push(url);
            continue;
        };
        let html = std::fs::read(&file).map_err(|error| unreadable(&file, &error))?;
        match with_links(&html, &page.all_links()) {
            Ok(changed) => {
                write(&file, &changed)?;
                linked += 1;
            }
            Err(UnsupportedEncoding) => missing.push(url),
        }
    }
    for file in &found.files {
        write(&folder.join(&*file.path), &file.text)?;
    }
    if global.json {
        print_json(&json!({"v": 1, "pages": linked, "missing": missing}))?;
    }
    for url in &missing {
        eprint_status(&format!("note: no built page in UTF-8 found for `{url}`"))?;
    }
    let pages = plural(linked, "page");
    eprint_status(&format!("{pages} of `{}` with links", folder.display()))?;
    Ok(ExitStatus::Success)
}

/// Returns `html` with `links` in its head instead of those of the same relations.
fn with_links(html: &[u8], links: &[PageLink]) -> Result<Vec<u8>, UnsupportedEncoding> {
    let mut head = HeadEditor::new(html)?;
    let relations: BTreeSet<&str> = links.iter().map(|link| &*link.rel).collect();
    for relation in relations {
        let own = links.iter().filter(|link| link.rel == relation);
        let own: Vec<HeadElement> = own
            .map(|link| HeadElement::link(relation, link.href.as_str()))
            .collect();
        head.set_all(&own);
    }
    Ok(head.finish())
}

/// Writes `file` unless it has this content.
fn write(file: &Path, content: impl AsRef<[u8]>) -> Result<(), CliError> {
    write_changed(file, content.as_ref()).map_err(|error| CliError::unwritable(file, &error))
}

fn unreadable(file: &Path, error: &std::io::Error) -> CliError {
    CliError::hinted(
        format!("cannot read `{}`: {error}", file.display()),
        "build the site again",
    )
}
