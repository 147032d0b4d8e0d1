//! The configuration of a site for one scan: the user's options combined with the generator's rules and
//! config. It is loaded for each scan, because the config may have changed since the last one.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Zoned;
use jiff::tz::TimeZone;
use syndicate_api::text::language_tag;
use syndicate_api::{ComponentContext, Diagnostic, Error, Item, Result};

use crate::generators::{self, Conventions, Folder, Generator, MachineClock, SiteConfig};
use crate::options::{ContentOption, SiteOptions};
use crate::paths::{is_certainly_normal, join, normalize, or_dot};
use crate::picture_index::PictureIndex;
use crate::site_folders::SiteFolders;
use crate::urls::BaseUrl;
use crate::walk::Selection;

/// A site that is ready to be scanned.
#[derive(Debug)]
pub(crate) struct Site {
    /// The component's name in pipeline.yaml.
    pub(crate) source: String,
    /// The site's root on disk.
    pub(crate) root: PathBuf,
    /// The folder of pipeline.yaml on disk.
    pub(crate) pipeline_folder: PathBuf,
    /// The site's root relative to pipeline.yaml; empty if they are the same.
    prefix: String,
    pub(crate) options: SiteOptions,
    /// The generator's rules that apply to every post.
    pub(crate) conventions: Conventions,
    /// The generator's rules that depend on the file.
    pub(crate) generator: Box<dyn Generator>,
    /// The base URL of the site, if it is known.
    pub(crate) base: Option<BaseUrl>,
    /// The time zone of dates without an offset.
    pub(crate) zone: TimeZone,
    /// The time zone of this machine, which some generators use for dates in URLs.
    local: TimeZone,
    /// The pictures in the site's folder, listed when a post first refers to one by name only.
    pictures: OnceLock<PictureIndex>,
    /// The folders that were searched for the files that posts refer to.
    pub(crate) folders: SiteFolders,
    /// The site's metadata for most items.
    about: Arc<syndicate_api::Site>,
    timezone: Option<String>,
}

impl Site {
    /// Loads the generator's config. `local` is the time zone of this machine.
    ///
    /// # Errors
    /// Returns an error if the config cannot be read or names an unknown time zone.
    pub(crate) fn load(
        options: &SiteOptions,
        place: &ComponentContext,
        local: &TimeZone,
    ) -> Result<Self> {
        let root = root(options, place);
        let prefix = prefix(options.path.as_deref().unwrap_or("."), &place.base);
        let (conventions, generator) = generators::load(options.generator, &root)
            .map_err(|error| relative_to_site(error, &root, &prefix))?;
        let config = &conventions.config;
        let timezone = options.timezone.clone();
        let timezone = timezone.or_else(|| config.timezone.clone());
        let zone = match &timezone {
            Some(name) => TimeZone::get(name)
                .map_err(|_| Error::msg(format!("unknown time zone `{name}`")))?,
            None if conventions.dates_are_local => local.clone(),
            None => TimeZone::UTC,
        };
        let url = options.url.as_ref().or(config.url.as_ref());
        let base = url.and_then(|url| BaseUrl::parse(url));
        let about = site_info(config, base.as_ref(), timezone.clone());
        Ok(Self {
            source: place.name.clone(),
            prefix,
            pipeline_folder: place.base.clone(),
            root,
            options: options.clone(),
            base,
            zone,
            local: local.clone(),
            about: Arc::new(about),
            timezone,
            conventions,
            generator,
            pictures: OnceLock::new(),
            folders: SiteFolders::default(),
        })
    }

    /// Returns the index of the pictures in the site's folder.
    pub(crate) fn picture_index(&self) -> &PictureIndex {
        let list = || PictureIndex::of(&self.root, self.output().as_deref());
        self.pictures.get_or_init(list)
    }

    /// Returns the site's metadata for the items of one of its parts, or of the main part for `None`.
    pub(crate) fn info(&self, part: Option<usize>) -> Arc<syndicate_api::Site> {
        if part.is_none() {
            return Arc::clone(&self.about);
        }
        let config = self.conventions.config_of(part);
        Arc::new(site_info(config, self.base.as_ref(), self.timezone.clone()))
    }

    /// Returns `true` if the note of [`Self::zone_note`] counts posts.
    pub(crate) fn counts_zone_differences(&self) -> bool {
        self.timezone.is_some()
    }

    /// Returns a note if some of `items` have a different URL when the site is built in another time zone.
    pub(crate) fn zone_note<'i>(
        &self,
        items: impl IntoIterator<Item = &'i Item>,
    ) -> Option<String> {
        let clock = self
            .generator
            .machine_clock(self.options.permalink.as_deref())?;
        let at = items.into_iter().filter_map(|item| item.published.as_ref());
        let times: Vec<_> = at.map(|date| &date.at).collect();
        if self.timezone.is_none() {
            let is_exact = clock == MachineClock::Instant;
            return (is_exact && !times.is_empty()).then(|| {
                "URLs depend on the time zone of the machine that builds the site, because the \
                 config sets none: set `timezone` there"
                    .to_owned()
            });
        }
        let differ = |at: &&&Zoned| {
            let (there, here) = (
                at.with_time_zone(self.zone.clone()),
                at.with_time_zone(self.local.clone()),
            );
            match clock {
                MachineClock::Day => there.date() != here.date(),
                MachineClock::Time => there.datetime() != here.datetime(),
                MachineClock::Instant => false,
            }
        };
        let count = times.iter().filter(differ).count();
        (count > 0).then(|| {
            let zone = self.timezone.as_deref().unwrap_or("UTC");
            let posts = match count {
                1 => "the URL of 1 post is".to_owned(),
                count => format!("the URLs of {count} posts are"),
            };
            format!(
                "{posts} based on `timezone` (`{zone}`), but the generator uses the time zone of \
                 the machine that builds the site: if you build on this machine, run the generator \
                 with `TZ={zone}`"
            )
        })
    }

    /// Returns the site's title from its config.
    pub(crate) fn title(&self) -> Option<&str> {
        self.about.title.as_deref()
    }

    /// Returns the folder of built pages relative to the site's root.
    pub(crate) fn output(&self) -> Option<String> {
        Some(or_dot(&clean_path(self.options.output.as_deref()?)))
    }

    /// Returns the same site with the base URL `base`.
    pub(crate) fn with_base(self, base: BaseUrl) -> Self {
        let about = site_info(&self.conventions.config, Some(&base), self.timezone.clone());
        Self {
            about: Arc::new(about),
            base: Some(base),
            ..self
        }
    }

    /// Returns the folders of posts: the user's, else the generator's.
    pub(crate) fn content(&self) -> Vec<Folder> {
        let folder = |path: &String| Folder::required(clean_path(path));
        match &self.options.content {
            ContentOption::Usual => self.conventions.content.clone(),
            ContentOption::Folders(folders) => folders.iter().map(folder).collect(),
            ContentOption::Built => Vec::new(),
        }
    }

    /// Returns the rules for choosing files of the content folders.
    ///
    /// # Errors
    /// Returns an error if a pattern of the options is not a glob.
    pub(crate) fn selection(&self) -> Result<Selection> {
        let options = &self.options;
        let selection = Selection::all(self.conventions.extensions);
        selection
            .with_unsupported(self.conventions.unsupported_extensions)
            .narrow(
                &options.include,
                &options.exclude,
                options.output.as_deref(),
            )
    }

    /// Returns `path`, which is relative to the site's root, relative to pipeline.yaml.
    pub(crate) fn relative_to_pipeline(&self, path: &str) -> String {
        let path = join(&self.prefix, path);
        match !path.is_empty() && is_certainly_normal(&path) {
            true => path,
            false => or_dot(&normalize(&path)),
        }
    }
}

/// Changes the file of an error, an absolute path below `root`, to a path below `prefix`, the root relative to
/// pipeline.yaml.
fn relative_to_site(error: Error, root: &Path, prefix: &str) -> Error {
    match error.downcast::<Diagnostic>() {
        Ok(diagnostic) => {
            let path = diagnostic.path.as_deref().map(Path::new);
            let below = path.and_then(|path| path.strip_prefix(root).ok());
            match below.map(|below| join(prefix, &below.to_string_lossy().replace('\\', "/"))) {
                Some(path) => diagnostic.in_file(path).into(),
                None => diagnostic.into(),
            }
        }
        Err(error) => error,
    }
}

fn site_info(
    config: &SiteConfig,
    base: Option<&BaseUrl>,
    timezone: Option<String>,
) -> syndicate_api::Site {
    syndicate_api::Site {
        title: config.title.clone(),
        description: config.description.clone(),
        url: base.map(|base| base.as_str().to_owned()),
        author: config.author.clone(),
        lang: config.lang.as_deref().map(language_tag),
        timezone,
    }
}

/// Returns the site's root on disk.
pub(crate) fn root(options: &SiteOptions, place: &ComponentContext) -> PathBuf {
    match options.path.as_deref().unwrap_or(".") {
        "." | "" => place.base.clone(),
        path => place.base.join(path),
    }
}

/// Returns the root as a prefix of paths in messages: relative to pipeline.yaml if possible.
fn prefix(path: &str, base: &Path) -> String {
    let relative = Path::new(path)
        .strip_prefix(base)
        .unwrap_or(Path::new(path));
    clean_path(&relative.to_string_lossy())
        .trim_start_matches("./")
        .to_owned()
}

/// Returns a path without `.` parts, with `/` between folders and no trailing slash.
fn clean_path(path: &str) -> String {
    let mut clean_path = String::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => clean_path.push('/'),
            part => {
                if !clean_path.is_empty() && !clean_path.ends_with('/') {
                    clean_path.push('/');
                }
                clean_path.push_str(&part.as_os_str().to_string_lossy());
            }
        }
    }
    clean_path
}
