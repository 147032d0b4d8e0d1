//! One site as a scan sees it: the user's options over the generator's rules and its config. It is
//! made anew for each scan, because the config may have changed since the last.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use syndicate_api::{Error, Place, Result};

use crate::address::Base;
use crate::generators::{self, Facts, Folder, Generator};
use crate::options::{Content, SiteOptions};
use crate::paths::{normalize, or_dot};
use crate::post_file::PostFile;
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
    pub(crate) generator: Box<dyn Generator>,
    /// The address that posts' addresses begin with.
    pub(crate) base: Option<Base>,
    /// The zone of dates without an offset.
    pub(crate) zone: TimeZone,
    /// What most items tell about their site.
    about: Arc<syndicate_api::Site>,
    timezone: Option<String>,
}

impl Site {
    /// Reads the generator's config.
    ///
    /// # Errors
    /// When the config cannot be read or names a time zone that does not exist.
    pub(crate) fn load(options: &SiteOptions, place: &Place) -> Result<Self> {
        let root = root(options, place);
        let generator = generators::load(options.generator, &root)?;
        let facts = generator.facts();
        let timezone = options.timezone.clone().or_else(|| facts.timezone.clone());
        let zone = match &timezone {
            Some(name) => TimeZone::get(name)
                .map_err(|_| Error::msg(format!("there is no time zone `{name}`")))?,
            None => TimeZone::UTC,
        };
        let url = options.url.as_ref().or(facts.url.as_ref());
        let base = url.and_then(|url| Base::parse(url));
        let about = about(facts, base.as_ref(), timezone.clone());
        Ok(Self {
            source: place.name.clone(),
            prefix: prefix(options.path.as_deref().unwrap_or("."), &place.base),
            pipeline_folder: place.base.clone(),
            root,
            options: options.clone(),
            base,
            zone,
            about: Arc::new(about),
            timezone,
            generator,
        })
    }

    /// What the item of a file tells about its site.
    pub(crate) fn about(&self, file: &PostFile) -> Arc<syndicate_api::Site> {
        let facts = self.generator.facts_for(file);
        if std::ptr::eq(facts, self.generator.facts()) {
            return Arc::clone(&self.about);
        }
        Arc::new(about(facts, self.base.as_ref(), self.timezone.clone()))
    }

    /// What items tell about their site whatever file they are.
    pub(crate) fn about_all(&self) -> Arc<syndicate_api::Site> {
        Arc::clone(&self.about)
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
        let about = about(self.generator.facts(), Some(&base), self.timezone.clone());
        Self {
            about: Arc::new(about),
            base: Some(base),
            ..self
        }
    }

    /// The folders of posts: the user's, else the generator's.
    pub(crate) fn content(&self) -> Vec<Folder> {
        let folder = |path: &String| Folder {
            path: tidy(path),
            required: true,
        };
        match &self.options.content {
            Content::Usual => self.generator.content(),
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
        Selection::all(self.generator.extensions()).narrow(
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

fn about(facts: &Facts, base: Option<&Base>, timezone: Option<String>) -> syndicate_api::Site {
    syndicate_api::Site {
        title: facts.title.clone(),
        description: facts.description.clone(),
        url: base.map(|base| base.as_str().to_owned()),
        author: facts.author.clone(),
        lang: facts.lang.as_deref().map(language_tag),
        timezone,
    }
}

/// The site's root on this machine.
pub(crate) fn root(options: &SiteOptions, place: &Place) -> PathBuf {
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

/// A language as a BCP 47 tag: many sites write `zh_CN`.
pub(crate) fn language_tag(text: &str) -> String {
    text.trim().replace('_', "-")
}
