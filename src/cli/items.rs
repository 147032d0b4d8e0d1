//! `syndicate items`: what the sources read.

use clap::Args;

use super::world::World;
use super::{Exit, Failure, Global, explain, print};
use crate::preview::{fault_json, item_json};
use syndicate_api::{Field, Item};

/// Options of `items`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  syndicate items                     each post with where its facts came from
  syndicate items --json | jq .url    one JSON object per line
  syndicate items --explain public/hello/index.html")]
pub(super) struct Options {
    /// Explain one file: whether it is a post, every value that its fields could have, and why
    #[arg(long, value_name = "PATH")]
    explain: Option<String>,
}

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    if let Some(path) = &options.explain {
        return explain::run(global, path).await;
    }
    let world = World::new(global, false)?;
    let (_, scanned) = world.scanned(global, None).await?;
    for (_, item) in &scanned.items {
        let text = if global.json {
            item_json(item).to_string()
        } else {
            describe(item)
        };
        print::data(&text)?;
    }
    for fault in &scanned.faults {
        if global.json {
            print::data(&fault_json(fault).to_string())?;
        } else {
            print::talk(&format!("error: {fault}"))?;
            if let Some(hint) = &fault.hint {
                print::talk(&format!("hint: {hint}"))?;
            }
        }
    }
    if !global.json {
        for note in &scanned.notes {
            print::talk(&format!("note: {note}"))?;
        }
        let (items, faults) = (scanned.items.len(), scanned.faults.len());
        print::talk(&format!("{items} posts, {faults} unreadable files"))?;
    }
    Ok(if scanned.faults.is_empty() {
        Exit::Fine
    } else {
        Exit::Partly
    })
}

fn describe(item: &Item) -> String {
    let state = match &item.hold {
        _ if item.draft => " (draft)".to_owned(),
        Some((code, reason)) => format!(" ({code}: {reason})"),
        None => String::new(),
    };
    let mut text = format!("{}{state}\n", item.label());
    if let Some(origin) = item.origin.get(&Field::Post) {
        text.push_str(&format!("  post    ← {origin}\n"));
    }
    let image = item
        .image
        .as_ref()
        .and_then(|image| image.file.as_ref().or(image.url.as_ref()));
    let published = item.published.as_ref().map(|moment| {
        let format = if moment.day_only {
            "%Y-%m-%d"
        } else {
            "%Y-%m-%d %H:%M %:z"
        };
        moment.at.strftime(format).to_string()
    });
    let tags = Some(item.tags.join(", ")).filter(|tags| !tags.is_empty());
    let fields = [
        (Field::Url, "url", item.url.clone()),
        (Field::Title, "title", item.title.clone()),
        (Field::Description, "text", item.description.clone()),
        (Field::Image, "image", image.cloned()),
        (Field::Published, "date", published),
        (Field::Tags, "tags", tags),
        (Field::Lang, "lang", item.lang.clone()),
        (Field::Author, "author", item.author.clone()),
    ];
    for (field, name, value) in fields {
        let Some(value) = value else { continue };
        let origin = item
            .origin
            .get(&field)
            .map(|origin| format!("  ← {origin}"));
        text.push_str(&format!(
            "  {name:<7} {value}{}\n",
            origin.unwrap_or_default()
        ));
    }
    text
}
