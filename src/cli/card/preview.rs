//! `syndicate card preview`: draws the card of a post into a file.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::json;

use crate::cli::output::{eprint_status, open_browser, print_json, print_result};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::engine::{Selection, draw_post_card};
use crate::session::LoadedPipeline;

/// Options of `card preview`.
#[derive(Args, Debug)]
#[command(after_help = "\
The card is that of the transform `card` of the pipeline, or the default one.
It is drawn even if the post has a picture of its own.

  syndicate card preview content/hello.md --open
      draw the card of a post and show it")]
pub(super) struct PreviewOptions {
    /// The post (file or URL)
    #[arg(value_name = "PATH")]
    post: String,
    /// Write the picture into FILE instead of the folder of temporary files
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Show the picture
    #[arg(long)]
    open: bool,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &PreviewOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let LoadedPipeline { stages, scanned } = session.load_and_scan().await?;
    let selection = Selection::new(std::slice::from_ref(&options.post), &scanned, &stages)?;
    let mut items = scanned.items.iter();
    let Some((source, item)) = items.find(|(_, item)| selection.names(item)) else {
        let message = format!("`{}` is not a post", options.post);
        return Err(CliError::hinted(message, "name its file or its URL"));
    };
    let card = draw_post_card(&stages, *source, item)?;
    let file = match &options.output {
        Some(file) => file.clone(),
        None => std::env::temp_dir().join("syndicate-card.png"),
    };
    std::fs::write(&file, &card.bytes).map_err(|error| CliError::unwritable(&file, &error))?;
    for note in &card.notes {
        eprint_status(&format!("note: the drawn card {note}"))?;
    }
    let shown = global.path_from_start(&file);
    if global.json {
        let (width, height) = card.pixels;
        print_json(&json!({
            "v": 1, "written": shown, "width": width, "height": height, "notes": card.notes,
        }))?;
    } else {
        print_result(&shown.display().to_string())?;
    }
    if options.open {
        open_browser(&shown.display().to_string())?;
    }
    Ok(ExitStatus::Success)
}
