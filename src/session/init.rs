//! Sets up a first pipeline for a site: pipeline.yaml, a template and the ledger. It overwrites
//! nothing, and only posts dated today or later are new, so that no archive is sent. The site's
//! generator must not publish these files: the template has a path that generators ignore, and for
//! a generator that publishes every file of its folder, exclusions are added to its config.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::Date;
use syndicate_api::{DEFAULT_TEMPLATE, DetectedSource, Exclusion, SourcePlugin};

use super::error::SessionError;
use super::open::Session;
use crate::engine::{InitMode, init, pipeline_names};
use crate::ledger::{
    ConfiguredStore, Event, EventKind, FILE_NAME, GitRef, LedgerError, LedgerStore as _,
    PipelineNames,
};
use crate::registry::BUILT_IN;

/// Path of the template relative to pipeline.yaml. Jekyll ignores folders that begin with `_`;
/// Eleventy up to version 2 turns every `.hbs` file into a page, so the extension is `.handlebars`.
const TEMPLATE: &str = "_syndicate/linkedin.handlebars";

/// The place of a new ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LedgerPlace {
    /// The file beside pipeline.yaml.
    File,
    /// The ref of the repository's remote.
    Git,
}

/// The result of `init`.
pub(crate) struct Initialized {
    /// The detected site.
    pub(crate) detection: DetectedSource,
    /// The files that were written.
    pub(crate) written: Vec<String>,
    /// The site's config files that were changed to exclude the written files.
    pub(crate) changed: Vec<String>,
    /// Notes for the user.
    pub(crate) notes: Vec<String>,
    /// The date from which posts are new.
    pub(crate) since: Date,
    /// The place of the ledger.
    pub(crate) place: LedgerPlace,
    /// `true` if this machine has sent posts with another ledger in this folder.
    pub(crate) has_former_ledger: bool,
}

/// A ledger that replaced another one.
pub(crate) struct ReplacedLedger {
    /// The new ledger's file or ref, or `None` if another process created one at the same time.
    pub(crate) written: Option<String>,
    /// The former ledger's new file name, or the commit that has it, if there was a former ledger.
    pub(crate) aside: Option<String>,
    /// `true` if this machine has sent posts with another ledger in this folder.
    pub(crate) has_former_ledger: bool,
}

/// The result of creating the ledger.
#[derive(Default)]
struct CreatedLedger {
    written: Option<String>,
    has_former: bool,
}

impl Session {
    /// Writes pipeline.yaml, the template and the ledger for the site in this folder.
    pub(crate) async fn init(&mut self, place: LedgerPlace) -> Result<Initialized, SessionError> {
        let base = self.base();
        let (plugin, detection) = detect(&base)?;
        let since = self.today();
        let text = pipeline_text(plugin.name, &detection, since, place);
        let exists = || {
            SessionError::hinted(
                format!("`{}` already exists", self.file.display()),
                "edit it, or delete it to start again",
            )
        };
        if self.file.exists() {
            return Err(exists());
        }
        // Without the template, pipeline.yaml would not be valid.
        let template = self.file.with_file_name(TEMPLATE);
        let has_template = write_new(&template, DEFAULT_TEMPLATE)?;
        if !write_new(&self.file, &text)? {
            return Err(exists());
        }
        self.choose_store();
        let mut written = vec![self.file.display().to_string()];
        if has_template {
            written.push(template.display().to_string());
        }
        let mut notes = detection.notes.clone();
        let ledger = match self.create_ledger().await {
            // The remote may not exist yet, or need a person.
            Err(error) if place == LedgerPlace::Git => {
                notes.push(format!(
                    "the ledger is not created yet: {error:#}; later, run `syndicate build --baseline` \
                     here, or start the CI configuration by hand with the command `baseline`"
                ));
                CreatedLedger::default()
            }
            created => created?,
        };
        written.extend(ledger.written);
        let changed = match (plugin.exclude)(&base, &self.own_files()) {
            Some(Exclusion::Edit { file, text }) => {
                let file = base.join(file);
                std::fs::write(&file, text)
                    .with_context(|| format!("cannot write `{}`", file.display()))?;
                vec![
                    self.file
                        .with_file_name(file.file_name().unwrap_or_default()),
                ]
            }
            Some(Exclusion::ByHand(note)) => {
                notes.push(note);
                Vec::new()
            }
            None => Vec::new(),
        };
        Ok(Initialized {
            detection,
            written,
            changed: changed
                .iter()
                .map(|file| file.display().to_string())
                .collect(),
            notes,
            since,
            place,
            has_former_ledger: ledger.has_former,
        })
    }

    /// Returns the folder of pipeline.yaml.
    pub(super) fn base(&self) -> PathBuf {
        let folder = self.file.parent();
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
    }

    /// Returns the text that `init` writes into pipeline.yaml.
    pub(super) fn new_pipeline(&self, place: LedgerPlace) -> Result<String, SessionError> {
        let (plugin, detection) = detect(&self.base())?;
        Ok(pipeline_text(plugin.name, &detection, self.today(), place))
    }

    fn today(&self) -> Date {
        let now = self.cx().now();
        now.to_zoned(self.context.cx.zone.clone()).date()
    }

    /// Returns the names of the files and folders that `init` writes, relative to pipeline.yaml.
    fn own_files(&self) -> [&str; 3] {
        let pipeline = self.file.file_name().and_then(OsStr::to_str);
        let folder = TEMPLATE.split('/').next();
        [
            pipeline.unwrap_or(crate::config::FILE_NAME),
            folder.unwrap_or(TEMPLATE),
            FILE_NAME,
        ]
    }

    /// Creates a new ledger in place of the former one, which is renamed; in a ref it stays in the history.
    pub(crate) async fn replace_ledger(&self) -> Result<ReplacedLedger, SessionError> {
        if let ConfiguredStore::Git(git) = self.ledger().store() {
            return self.replace_ref(git).await;
        }
        if let ConfiguredStore::Postgres(postgres) = self.ledger().store() {
            let first = self.first_event().await;
            let former = postgres.start_over(first).await?;
            return Ok(ReplacedLedger {
                written: Some(postgres.name().to_owned()),
                has_former_ledger: former.is_none() && self.ledger().remembered_sites().is_some(),
                aside: former.map(|name| format!("postgresql:{name}")),
            });
        }
        let file = self.ledger_file();
        let aside = (1..).map(|number| file.with_file_name(format!("{FILE_NAME}.old{number}")));
        let aside = aside.into_iter().find(|aside| !aside.exists());
        let aside = match aside {
            Some(aside) if file.exists() => {
                std::fs::rename(&file, &aside)
                    .with_context(|| format!("cannot rename `{}`", file.display()))?;
                Some(aside.display().to_string())
            }
            _ => None,
        };
        let ledger = self.create_ledger().await;
        if let (Err(_), Some(aside)) = (&ledger, &aside) {
            std::fs::rename(aside, &file)
                .with_context(|| format!("cannot rename `{aside}` back"))?;
        }
        let ledger = ledger?;
        Ok(ReplacedLedger {
            written: ledger.written,
            aside,
            has_former_ledger: ledger.has_former,
        })
    }

    /// Begins a new ledger in the ref of `git`.
    async fn replace_ref(&self, git: &GitRef) -> Result<ReplacedLedger, SessionError> {
        let former = git.start_over(self.first_event().await).await?;
        Ok(ReplacedLedger {
            written: Some(git.name().to_owned()),
            has_former_ledger: former.is_none() && self.ledger().remembered_sites().is_some(),
            aside: former,
        })
    }

    /// Returns the first event of a new ledger. If the site cannot be read, the first build records its names.
    async fn first_event(&self) -> Event {
        let read = self.load_and_scan().await;
        let pipeline_names = read.map_or_else(
            |_| PipelineNames::default(),
            |read| pipeline_names::of(&read.stages, &read.scanned),
        );
        let kind = EventKind::Created { pipeline_names };
        Event::new(self.ids(), self.cx().now(), kind)
    }

    /// Creates the ledger unless it exists.
    async fn create_ledger(&self) -> Result<CreatedLedger, SessionError> {
        let mut has_former = false;
        let created = match self.load_and_scan().await {
            Ok(read) => {
                let remembered = self.ledger().remembered_sites();
                let own = pipeline_names::sites(&read.scanned);
                let is_missing =
                    matches!(self.ledger().read().await, Err(LedgerError::Missing { .. }));
                let is_own = |sites: &std::collections::BTreeSet<String>| {
                    sites.is_empty() || !sites.is_disjoint(&own)
                };
                has_former = is_missing && remembered.as_ref().is_some_and(is_own);
                let read = (&read.stages, &read.scanned);
                let begun = init(
                    self.ledger(),
                    read,
                    InitMode::Backfill,
                    self.cx(),
                    self.ids(),
                );
                begun.await.map(|_| ())
            }
            // The site cannot be read yet. The first build records the ledger's sites.
            Err(_) => {
                let pipeline_names = PipelineNames::default();
                let first = Event::new(
                    self.ids(),
                    self.cx().now(),
                    EventKind::Created { pipeline_names },
                );
                self.ledger().create(first).await
            }
        };
        let written = match created {
            Ok(()) => self.ledger().store().shown_name(),
            Err(LedgerError::Exists { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(CreatedLedger {
            written,
            has_former,
        })
    }
}

pub(super) fn detect(base: &Path) -> Result<(&'static SourcePlugin, DetectedSource), SessionError> {
    let found = BUILT_IN.sources.iter().filter_map(|plugin| {
        let detection = (plugin.detect)(base)?;
        Some((plugin, detection))
    });
    found
        .max_by_key(|(_, detection)| detection.confidence)
        .ok_or_else(|| {
            SessionError::hinted(
                format!("no posts were found in `{}`", base.display()),
                "run `init` in the site's folder, or name it with `-C DIR`",
            )
        })
}

fn pipeline_text(
    kind: &str,
    detection: &DetectedSource,
    today: Date,
    place: LedgerPlace,
) -> String {
    let ledger = match place {
        LedgerPlace::File => "",
        LedgerPlace::Git => {
            "ledger:\n  git: true                  # in a ref of the remote, for CI runners\n"
        }
    };
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
         thumbnail: require        # require | warn | skip | draw: what to do about a post without a picture\n\
         policy:\n  since: {today}         # older posts are not sent\n  max_per_run: 3\n{ledger}",
        what = detection.description,
    )
}

/// Writes a new file. Returns `false` if it already exists.
pub(super) fn write_new(file: &Path, text: &str) -> anyhow::Result<bool> {
    let message = || format!("cannot write `{}`", file.display());
    if let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).with_context(message)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(file) {
        Ok(mut opened) => {
            opened.write_all(text.as_bytes()).with_context(message)?;
            Ok(true)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(message),
    }
}
