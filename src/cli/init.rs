//! `syndicate init`: a pipeline for the site in this folder, a template and the ledger. It overwrites
//! nothing, and it takes today as the first day, so that no archive can go out.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use serde_json::json;
use syndicate_api::Detection;

use super::world::World;
use super::{Exit, Failure, Global, Hinted, print};
use crate::engine::head;
use crate::engine::render::Template;
use crate::engine::{InitMode, begin};
use crate::ledger::{Event, FILE_NAME, Head, Kind, LedgerError, RandomIds, Store};
use crate::registry::BUILT_IN;

/// Options of `init`.
#[derive(Args, Debug)]
#[command(after_help = "\
Writes pipeline.yaml, templates/linkedin.hbs and syndicate.ledger.jsonl; files that are there
already are left as they are. Commit all three.")]
pub(super) struct Options {
    /// Begin a new ledger and keep the present one as `syndicate.ledger.jsonl.old1`; posts that were
    /// sent before count as unsent
    #[arg(long)]
    fresh: bool,
}

/// Where the template is written, relative to pipeline.yaml.
const TEMPLATE: &str = "templates/linkedin.hbs";

pub(super) async fn run(global: &Global, options: &Options) -> Result<Exit, Failure> {
    let world = World::new(global, false)?;
    let pipeline = global.pipeline();
    if options.fresh && pipeline.exists() {
        return start_over(global, &world).await;
    }
    let folder = pipeline
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let base = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
    let (kind, detection) = detect(&base)?;
    let today = world.cx.now().to_zoned(world.zone.clone()).date();
    if !write_new(&pipeline, &pipeline_text(kind, &detection, today))? {
        return Err(Failure::Other(anyhow::Error::new(Hinted::new(
            format!("there is a `{}` already", pipeline.display()),
            "edit it, or take it away to begin anew",
        ))));
    }
    let mut written = vec![pipeline.display().to_string()];
    let template = pipeline.with_file_name(TEMPLATE);
    if write_new(&template, Template::BUILT_IN)? {
        written.push(template.display().to_string());
    }
    written.extend(create_ledger(global, &world).await?);
    report(global, &detection, &written, today)
}

/// Begins the ledger, unless there is one. Returns the file that was written.
async fn create_ledger(global: &Global, world: &World) -> Result<Option<String>, Failure> {
    let store = world.ledger(global);
    let Ok((stages, scanned)) = world.scanned(global, None).await else {
        return create_bare(global, world, &store).await;
    };
    let remembered = store.remembered_sites();
    let is_missing = matches!(store.read().await, Err(LedgerError::Missing { .. }));
    let own = head::sites(&scanned);
    if is_missing && remembered.is_some_and(|sites| sites.is_empty() || !sites.is_disjoint(&own)) {
        print::talk(
            "warning: this machine has sent posts with another ledger in this folder; with the new one \
             they count as unsent\nhint: to go on with that one, delete the new one and run \
             `syndicate status --restore`",
        )?;
    }
    let env = (&world.cx, &RandomIds);
    match begin(
        &store,
        (&stages, &scanned),
        InitMode::Backfill,
        env.0,
        env.1,
    )
    .await
    {
        Ok(_) => Ok(Some(ledger_name(global))),
        Err(LedgerError::Exists { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Begins the ledger of a site that cannot be read yet. The first build states what it is for.
async fn create_bare(
    global: &Global,
    world: &World,
    store: &dyn Store,
) -> Result<Option<String>, Failure> {
    let head = Head::default();
    let created = Event::new(&RandomIds, world.cx.now(), Kind::Created { head });
    match store.create(created).await {
        Ok(()) => Ok(Some(ledger_name(global))),
        Err(LedgerError::Exists { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn ledger_name(global: &Global) -> String {
    global
        .pipeline()
        .with_file_name(FILE_NAME)
        .display()
        .to_string()
}

/// Puts the ledger aside and begins a new one.
async fn start_over(global: &Global, world: &World) -> Result<Exit, Failure> {
    let file = global.pipeline().with_file_name(FILE_NAME);
    let aside = (1..).map(|number| file.with_file_name(format!("{FILE_NAME}.old{number}")));
    let aside = aside.into_iter().find(|aside| !aside.exists());
    let moved = match aside {
        Some(aside) if file.exists() => {
            std::fs::rename(&file, &aside).map_err(|error| {
                let message = format!("cannot rename `{}`", file.display());
                Failure::Other(anyhow::Error::new(error).context(message))
            })?;
            Some(aside.display().to_string())
        }
        _ => None,
    };
    let written = create_ledger(global, world).await?;
    if global.json {
        print::data(
            &json!({"v": 1, "written": Vec::from_iter(written), "aside": moved}).to_string(),
        )?;
        return Ok(Exit::Fine);
    }
    if let Some(aside) = moved {
        print::data(&format!("kept the former ledger as: {aside}"))?;
    }
    if let Some(written) = written {
        print::data(&format!("wrote: {written}"))?;
    }
    Ok(Exit::Fine)
}

fn detect(base: &Path) -> Result<(&'static str, Detection), Failure> {
    // The empty path can be joined to and not be listed.
    let here = base.as_os_str().is_empty();
    let base = if here { Path::new(".") } else { base };
    let found = BUILT_IN.sources.iter().filter_map(|plugin| {
        let detection = (plugin.detect)(base)?;
        Some((plugin.name, detection))
    });
    found
        .max_by_key(|(_, detection)| detection.weight)
        .ok_or_else(|| {
            Failure::Other(anyhow::Error::new(Hinted::new(
                format!("no posts were found in `{}`", base.display()),
                "run `init` in the site's folder, or name it with `-C DIR`",
            )))
        })
}

fn pipeline_text(kind: &str, detection: &Detection, today: Date) -> String {
    let options: String = detection
        .options
        .iter()
        .map(|(key, value)| format!("    {key}: {value}\n"))
        .collect();
    format!(
        "# {what}. All keys: `syndicate schema > pipeline.schema.json`, and for editors:\n\
         # yaml-language-server: $schema=pipeline.schema.json\n\
         sources:\n  blog:\n    type: {kind}\n{options}\
         sinks:\n  linkedin:\n    type: linkedin\n    template: {TEMPLATE}\n    author: me\n    \
         thumbnail: warn           # require | warn | skip: what to do about a post without a picture\n\
         policy:\n  since: {today}         # older posts are left alone\n  max_per_run: 3\n",
        what = detection.what,
    )
}

/// Writes a file that is not there yet; `false` when it is.
fn write_new(file: &Path, text: &str) -> Result<bool, Failure> {
    let failed = |error: std::io::Error| {
        let message = format!("cannot write `{}`", file.display());
        Failure::Other(anyhow::Error::new(error).context(message))
    };
    if let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(file) {
        Ok(mut opened) => opened
            .write_all(text.as_bytes())
            .map(|()| true)
            .map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

fn report(
    global: &Global,
    detection: &Detection,
    written: &[String],
    today: Date,
) -> Result<Exit, Failure> {
    if global.json {
        let value = json!({
            "v": 1,
            "found": detection.what,
            "written": written,
            "since": today,
            "notes": detection.notes,
        });
        print::data(&value.to_string())?;
        return Ok(Exit::Fine);
    }
    print::data(&format!("found: {}", detection.what))?;
    for file in written {
        print::data(&format!("wrote: {file}"))?;
    }
    for note in &detection.notes {
        print::talk(&format!("note: {note}"))?;
    }
    print::talk(&format!(
        "\nPosts dated before {today} are left alone. Next:\n  \
         syndicate items             what is read, and from where\n  \
         syndicate preview --all     what would be sent, and why the rest would not\n  \
         syndicate build --sandbox   a rehearsal on this machine, no account needed\n\
         Commit the ledger, and let git merge it by lines:\n  \
         echo 'syndicate.ledger.jsonl merge=union' >> .gitattributes"
    ))?;
    Ok(Exit::Fine)
}
