//! `syndicate card write`: adds the drawn cards to the pages of the built site.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use serde_json::{Value, json};
use syndicate_api::Item;
use syndicate_api::text::plural;

use crate::cli::output::{eprint_status, format_diagnostic, print_json, print_result};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{PageCard, add_page_cards};
use crate::session::LoadedPipeline;

/// Options of `card write`.
#[derive(Args, Debug)]
#[command(after_help = "\
Run it after each build of the site. Only pages without a picture are changed,
and only their heads. A second run changes nothing.

  syndicate card write --output public
      draw the cards of all posts whose pages have no picture")]
pub(super) struct WriteOptions {
    /// The folder of the built site
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &WriteOptions,
) -> Result<ExitStatus, CliError> {
    let folder = &options.output;
    if !folder.is_dir() {
        let message = format!("`{}` is not a folder", folder.display());
        return Err(CliError::hinted(message, "build the site first"));
    }
    let session = open_session(global, false)?;
    let LoadedPipeline { stages, scanned } = session.load_and_scan().await?;
    let done = add_page_cards(&stages, &scanned, folder);
    let failed = done
        .iter()
        .filter(|(_, card)| matches!(card, PageCard::Failed(_)))
        .count();
    if global.json {
        print_json(&as_json(&done, folder))?;
    } else {
        print(&done, folder)?;
    }
    Ok(match failed {
        0 => ExitStatus::Success,
        _ => ExitStatus::Partial,
    })
}

/// Prints each page that was changed or needs a hand, and the numbers of all.
fn print(done: &[(&Item, PageCard)], folder: &Path) -> Result<(), CliError> {
    for (item, card) in done {
        let label = item.label();
        match card {
            PageCard::Added { page, .. } => {
                let page = below(page, folder);
                print_result(&format!("card   {label} → {}", page.display()))?;
            }
            PageCard::OwnPicture => eprint_status(&format!(
                "note: the page of `{label}` does not name the post's own picture; have the template of the site write \
                 `og:image`"
            ))?,
            PageCard::Failed(fault) => eprint_status(&format_diagnostic(fault, Path::new("")))?,
            PageCard::Kept | PageCard::HasPicture | PageCard::NoPage => {}
        }
    }
    let count = |is: fn(&PageCard) -> bool| done.iter().filter(|(_, card)| is(card)).count();
    let added = count(|card| matches!(card, PageCard::Added { .. }));
    let kept = count(|card| matches!(card, PageCard::Kept));
    let with_picture = count(|card| matches!(card, PageCard::HasPicture | PageCard::OwnPicture));
    let without_page = count(|card| matches!(card, PageCard::NoPage));
    let mut parts = vec![format!("added cards to {}", plural(added, "page"))];
    for (count, what) in [
        (kept, "had theirs"),
        (with_picture, "with another picture"),
        (without_page, "without a page in UTF-8"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    eprint_status(&parts.join(", "))?;
    Ok(())
}

fn as_json(done: &[(&Item, PageCard)], folder: &Path) -> Value {
    let posts = done.iter().map(|(item, card)| {
        let (outcome, more) = match card {
            PageCard::Added { page, picture } => {
                let (page, picture) = (below(page, folder), below(picture, folder));
                ("added", json!({"page": page, "picture": picture}))
            }
            PageCard::Kept => ("kept", json!({})),
            PageCard::HasPicture => ("has_picture", json!({})),
            PageCard::OwnPicture => ("own_picture", json!({})),
            PageCard::NoPage => ("no_page", json!({})),
            PageCard::Failed(fault) => ("failed", json!({"diagnostic": fault})),
        };
        let mut post = more;
        post["path"] = item.label().into();
        post["outcome"] = outcome.into();
        post
    });
    json!({"v": 1, "posts": posts.collect::<Vec<Value>>()})
}

/// Returns the path of `file` in `folder`.
fn below<'a>(file: &'a Path, folder: &Path) -> &'a Path {
    // The paths of pages have no links.
    let root = folder.canonicalize();
    let root = root.as_deref().unwrap_or(folder);
    let relative = file
        .strip_prefix(root)
        .or_else(|_| file.strip_prefix(folder));
    relative.unwrap_or(file)
}
