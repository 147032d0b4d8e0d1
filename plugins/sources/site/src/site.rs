//! One site as a scan sees it: the user's options over the generator's rules and its config. It is
//! made anew for each scan, because the config may have changed since the last.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Zoned;
use jiff::tz::TimeZone;
use syndicate_api::text::language_tag;
use syndicate_api::{ComponentContext, Error, Item, Result};

use crate::address::Base;
use crate::generators::{self, Conventions, Folder, Generator, MachineClock, SiteConfig};
use crate::options::{Content, SiteOptions};
use crate::paths::{normalize, or_dot};
use crate::picture_index::PictureIndex;
use crate::walk::Selection;

/// A site, ready to be read.
#[derive(Debug)]
pub(crate) struct Site {
    /// The component's name in pipeline.yaml.
    pub(crate) source: String,
    /// The site's root on this machine.
    pub(crate) root: PathBuf,
    /// The folder of pipeline.yaml on this machine.
    pub(crate) pipeline_folder: PathBuf,
    /// The site's root relative to pipeline.yaml, empty where they are the same.
    prefix: String,
    pub(crate) options: SiteOptions,
    /// What the site's generator does with every post.
    pub(crate) conventions: Conventions,
    /// What it decides from file to file.
    pub(crate) generator: Box<dyn Generator>,
    /// The address that posts' addresses begin with.
    pub(crate) base: Option<Base>,
    /// The zone of dates without an offset.
    pub(crate) zone: TimeZone,
    /// The zone of this machine, by which some generators write dates into addresses.
    local: TimeZone,
    /// The pictures in the site's folder, listed when the first post wants one by its name alone.
    pictures: OnceLock<PictureIndex>,
    /// What most items tell about their site.
    about: Arc<syndicate_api::Site>,
    timezone: Option<String>,
}

impl Site {
    /// Reads the generator's config on a machine whose time zone is `local`.
    ///
    /// # Errors
    /// When the config cannot be read or names a time zone that does not exist.
    pub(crate) fn load(
        options: &SiteOptions,
        place: &ComponentContext,
        local: &TimeZone,
    ) -> Result<Self> {
        let root = root(options, place);
        let (conventions, generator) = generators::load(options.generator, &root)?;
        let config = &conventions.config;
        let timezone = options.timezone.clone();
        let timezone = timezone.or_else(|| config.timezone.clone());
        let zone = match &timezone {
            Some(name) => TimeZone::get(name)
                .map_err(|_| Error::msg(format!("there is no time zone `{name}`")))?,
            None if conventions.dates_are_local => local.clone(),
            None => TimeZone::UTC,
        };
        let url = options.url.as_ref().or(config.url.as_ref());
        let base = url.and_then(|url| Base::parse(url));
        let about = about(config, base.as_ref(), timezone.clone());
        Ok(Self {
            source: place.name.clone(),
            prefix: prefix(options.path.as_deref().unwrap_or("."), &place.base),
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
        })
    }

    /// Returns the pictures in the site's folder by name.
    pub(crate) fn picture_index(&self) -> &PictureIndex {
        let list = || PictureIndex::of(&self.root, self.output().as_deref());
        self.pictures.get_or_init(list)
    }

    /// Returns what the items of a part of the site say about it; of the main part for `None`.
    pub(crate) fn about(&self, part: Option<usize>) -> Arc<syndicate_api::Site> {
        if part.is_none() {
            return Arc::clone(&self.about);
        }
        let config = self.conventions.config_of(part);
        Arc::new(about(config, self.base.as_ref(), self.timezone.clone()))
    }

    /// Returns a remark for the user if some of `items` have another address where the site is built in
    /// another time zone.
    pub(crate) fn zone_note(&self, items: &[Item]) -> Option<String> {
        let clock = self
            .generator
            .machine_clock(self.options.permalink.as_deref())?;
        let at = items.iter().filter_map(|item| item.published.as_ref());
        let times: Vec<_> = at.map(|date| &date.at).collect();
        if self.timezone.is_none() {
            let is_exact = clock == MachineClock::Instant;
            return (is_exact && !times.is_empty()).then(|| {
                "addresses depend on the time zone of the machine that builds the site, since its \
                 config names none: set `timezone` there"
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
                1 => "the address of one post follows".to_owned(),
                count => format!("the addresses of {count} posts follow"),
            };
            format!(
                "{posts} `timezone`, `{zone}`, but the generator takes \
                 the clock of the machine that builds the site: if that is this machine, build with \
                 `TZ={zone}`"
            )
        })
    }

    /// The name of the site, as its config has it.
    pub(crate) fn title(&self) -> Option<&str> {
        self.about.title.as_deref()
    }

    /// The folder of built pages, relative to the site's root.
    pub(crate) fn output(&self) -> Option<String> {
        Some(or_dot(&tidy(self.options.output.as_deref()?)))
    }

    /// The same site at `base`.
    pub(crate) fn at(self, base: Base) -> Self {
        let about = about(&self.conventions.config, Some(&base), self.timezone.clone());
        Self {
            about: Arc::new(about),
            base: Some(base),
            ..self
        }
    }

    /// The folders of posts: the user's, else the generator's.
    pub(crate) fn content(&self) -> Vec<Folder> {
        let folder = |path: &String| Folder::required(tidy(path));
        match &self.options.content {
            Content::Usual => self.conventions.content.clone(),
            Content::Folders(folders) => folders.iter().map(folder).collect(),
            Content::Built => Vec::new(),
        }
    }

    /// Returns which files of the content folders to read.
    ///
    /// # Errors
    /// Returns an error if a pattern of the options is not a glob.
    pub(crate) fn selection(&self) -> Result<Selection> {
        let options = &self.options;
        let selection = Selection::all(self.conventions.extensions);
        selection.with_unread(self.conventions.unread).narrow(
            &options.include,
            &options.exclude,
            options.output.as_deref(),
        )
    }

    /// `path`, which is relative to the site's root, relative to pipeline.yaml.
    pub(crate) fn beside_pipeline(&self, path: &str) -> String {
        let path = format!("{}/{path}", self.prefix);
        or_dot(&normalize(if self.prefix.is_empty() {
            &path[1..]
        } else {
            &path
        }))
    }
}

fn about(
    config: &SiteConfig,
    base: Option<&Base>,
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

/// The site's root on this machine.
pub(crate) fn root(options: &SiteOptions, place: &ComponentContext) -> PathBuf {
    match options.path.as_deref().unwrap_or(".") {
        "." | "" => place.base.clone(),
        path => place.base.join(path),
    }
}

/// The root as paths in messages begin with it: relative to pipeline.yaml where that can be said.
fn prefix(path: &str, base: &Path) -> String {
    let relative = Path::new(path)
        .strip_prefix(base)
        .unwrap_or(Path::new(path));
    tidy(&relative.to_string_lossy())
        .trim_start_matches("./")
        .to_owned()
}

/// A path without `.` parts, with `/` between folders and none at its end.
fn tidy(path: &str) -> String {
    let mut tidy = String::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::RootDir => tidy.push('/'),
            part => {
                if !tidy.is_empty() && !tidy.ends_with('/') {
                    tidy.push('/');
                }
                tidy.push_str(&part.as_os_str().to_string_lossy());
            }
        }
    }
    tidy
}
