//! What the generators of static sites hold different: one file (or folder) per generator. A
//! generator reads its own config file and answers, for a site and for each of its files, what that
//! generator would do. Reading files, dates and front matter is the same for all and lives outside.
//!
//! Adding one: a file here that implements [`Generator`], a row in [`load`] and in [`KNOWN`], a value
//! of [`Choice`].

mod hexo;
mod jekyll;
mod paths;
mod pelican;
mod plain;

use std::borrow::Cow;
use std::fmt::Debug;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use syndicate_api::{Code, Origin, Result};

use crate::document::{Dialect, Front, scalar};
use crate::fields::DESCRIPTION;
use crate::flaw::Flaw;
use crate::moment::{self, Dated, NoDate};
use crate::walk::EXTENSIONS;

pub(crate) use plain::{is_paper, split_date};

/// The generator whose rules to follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Whichever is recognised in the folder, else plain.
    #[default]
    Auto,
    /// Hexo.
    Hexo,
    /// Jekyll.
    Jekyll,
    /// Pelican.
    Pelican,
    /// A folder of Markdown files.
    Plain,
}

/// A generator's rules for one site.
pub(crate) trait Generator: Debug + Send + Sync {
    /// What its config file says about the site.
    fn facts(&self) -> &Facts;

    /// The folders that hold posts, relative to the site's root.
    fn content(&self) -> Vec<Folder>;

    /// The folders whose files appear at the site's root address, relative to the site's root.
    fn statics(&self) -> Vec<String>;

    /// The files, relative to the site's root, that decide about every post.
    fn config_files(&self) -> Vec<String>;

    /// What it tolerates in front matter.
    fn dialect(&self) -> Dialect {
        Dialect::default()
    }

    /// Whether the file can be a post, judged by its name.
    fn takes(&self, file: &PostFile) -> bool;

    /// Whether a file without front matter can be a post, judged by its name.
    fn takes_without_front_matter(&self, file: &PostFile) -> bool;

    /// Whether a page that can be read is a post.
    fn is_post(&self, _: &PostFile, _: &Front) -> bool {
        true
    }

    /// What holds for a page whose front matter does not say otherwise.
    fn inherited(&self, _: &PostFile, _: &Front) -> Map<String, Value> {
        Map::new()
    }

    /// Why a post must not be sent at `now` although it is no draft.
    ///
    /// # Errors
    /// When what the front matter says about it cannot be understood.
    fn hold(
        &self,
        _file: &PostFile,
        _front: &Front,
        _zone: &TimeZone,
        _now: Timestamp,
    ) -> Result<Option<(Code, String)>, Flaw> {
        Ok(None)
    }

    /// Whether a string of tags is a list, with commas between.
    fn splits_tags(&self) -> bool;

    /// What the file's name says.
    fn name(&self, file: &PostFile) -> Name;

    /// Where the post appears.
    ///
    /// # Errors
    /// Why it cannot be said.
    fn route(&self, post: &Routed<'_>) -> Result<Route, Unrouted>;

    /// The folder of pictures that belongs to this post alone, relative to the site's root.
    fn asset_folder(&self, file: &PostFile) -> Option<String>;

    /// The path on the site, with a slash at its end, at which the files of that folder appear.
    fn asset_path(&self, route: &Route) -> String {
        let page = route.path.strip_suffix(".html").unwrap_or(&route.path);
        format!("{}/", page.trim_end_matches('/'))
    }

    /// The extensions of its posts, in lower case.
    fn extensions(&self) -> &'static [&'static str] {
        EXTENSIONS
    }

    /// Remarks about the site as a whole.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// What the date at `path` in the front matter means on a site in `zone`. `None` asks the
    /// generator to find the date out by means that are not ours, such as the file's history.
    ///
    /// # Errors
    /// When it is no date.
    fn date(&self, front: &Front, path: &str, zone: &TimeZone) -> Result<Option<Dated>, NoDate> {
        let text = front.get(path).and_then(scalar).ok_or(NoDate)?;
        moment::parse(&text, zone).map(Some).ok_or(NoDate)
    }

    /// What a post without a title is called; `None` where the generator leaves that to the theme.
    fn title(&self, _: &PostFile) -> Option<String> {
        None
    }

    /// The keys of a description, from the most to the least like one.
    fn description_keys(&self) -> &'static [&'static str] {
        DESCRIPTION
    }

    /// The tags that a string under `key` stands for.
    fn tags(&self, _key: &str, text: &str) -> Vec<String> {
        if self.splits_tags() {
            text.split(',').map(str::to_owned).collect()
        } else {
            vec![text.to_owned()]
        }
    }

    /// Whether readers see a tag, rather than the site's own machinery alone.
    fn shows_tag(&self, _: &str) -> bool {
        true
    }

    /// The name of the author whom the site knows by `key`.
    fn author(&self, _key: &str) -> Option<String> {
        None
    }

    /// The Markdown that a text stands for, where it has notations of this generator's own.
    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(body)
    }

    /// What stands in for a description where neither the front matter nor a marker says.
    fn excerpt(&self) -> Excerpt {
        Excerpt::Beginning
    }

    /// Where a picture lies that a post names in a way of this generator's own.
    fn picture(&self, _: &PostFile, _target: &str) -> Option<Located> {
        None
    }
}

/// How much of a text stands in for a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Excerpt {
    /// As much of its beginning as there is room for.
    Beginning,
    /// The first paragraph that has words.
    Paragraph,
    /// So many words.
    Words(usize),
}

/// Where a picture lies, by a generator's own rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    /// The file, relative to the site's root; it need not be there.
    pub(crate) file: String,
    /// The path on the site at which it appears; `None` where the generator gives it a new name.
    pub(crate) path: Option<String>,
}

/// A folder of posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    /// Relative to the site's root, `.` for the root itself.
    pub(crate) path: String,
    /// Whether it is an error that it is not there.
    pub(crate) required: bool,
}

/// What a config file says about the site. Nothing of it is certain.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) timezone: Option<String>,
    /// What looks wrong with the address, for a person.
    pub(crate) url_notes: Vec<String>,
}

/// Where one file of posts lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PostFile {
    /// Relative to the site's root, with `/` between folders.
    pub(crate) path: String,
    /// Relative to its content folder.
    pub(crate) below: String,
}

impl PostFile {
    /// The path below the content folder without its extension.
    pub(crate) fn stem(&self) -> &str {
        let name = self.below.rfind('/').map_or(0, |at| at + 1);
        match self.below[name..].rfind('.') {
            Some(dot) if dot > 0 => &self.below[..name + dot],
            _ => &self.below,
        }
    }

    /// The name without folders and extension.
    pub(crate) fn base_name(&self) -> &str {
        last_part(self.stem())
    }

    /// Whether it lies in a folder called `name`.
    pub(crate) fn is_in(&self, name: &str) -> bool {
        self.path
            .rsplit_once('/')
            .is_some_and(|(folders, _)| folders.split('/').any(|folder| folder == name))
    }
}

/// What follows the last slash.
pub(crate) fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What a file's name says about its post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    /// What the placeholder `:title` stands for.
    pub(crate) slug: String,
    /// The date.
    pub(crate) date: Option<Date>,
    /// Values of further placeholders.
    pub(crate) extra: Vec<(String, String)>,
}

/// What is known about a post when its address is asked for.
pub(crate) struct Routed<'a> {
    pub(crate) file: &'a PostFile,
    pub(crate) name: &'a Name,
    pub(crate) front: &'a Front,
    pub(crate) title: &'a str,
    /// When it was published, by whichever key.
    pub(crate) published: Option<&'a Dated>,
    /// The site's time zone.
    pub(crate) zone: &'a TimeZone,
    /// The user's `permalink` option.
    pub(crate) pattern: Option<&'a str>,
}

/// Where a post appears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    /// The path below the site's address, not yet percent-encoded, or a whole address.
    pub(crate) path: String,
    /// Which rule said so.
    pub(crate) origin: Origin,
}

/// Why a post has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unrouted {
    /// The permalink pattern.
    pub(crate) pattern: String,
    /// The placeholder that has no value, without the colon that some patterns put before it.
    pub(crate) placeholder: String,
}

impl Unrouted {
    /// Why, in words.
    pub(crate) fn reason(&self) -> String {
        let Self {
            pattern,
            placeholder,
        } = self;
        let colon = if pattern.contains(&format!(":{placeholder}")) {
            ":"
        } else {
            ""
        };
        format!("the permalink `{pattern}` needs a value for `{colon}{placeholder}`")
    }
}

/// The rules of the generator that `choice` names or that is recognised at `root`.
///
/// # Errors
/// When the generator's config file cannot be read.
pub(crate) fn load(choice: Choice, root: &Path) -> Result<Box<dyn Generator>> {
    Ok(match choice {
        Choice::Auto => match recognise(root) {
            Some((known, Ok(()))) => return load(known.choice, root),
            Some((_, Err(error))) => return Err(error),
            None => Box::new(plain::Plain),
        },
        Choice::Hexo => Box::new(hexo::Hexo::load(root)?),
        Choice::Jekyll => Box::new(jekyll::Jekyll::load(root)?),
        Choice::Pelican => Box::new(pelican::Pelican::load(root)?),
        Choice::Plain => Box::new(plain::Plain),
    })
}

/// A generator that is recognised by its config file.
pub(crate) struct Known {
    pub(crate) choice: Choice,
    pub(crate) name: &'static str,
    /// Whether its site lies in a folder; an error where it does and its config cannot be read.
    is_site: fn(&Path) -> Result<bool>,
}

/// In the order of asking. Files of one name are told apart by their keys, not by this order.
const KNOWN: &[Known] = &[
    Known {
        choice: Choice::Jekyll,
        name: "Jekyll",
        is_site: jekyll::is_site,
    },
    Known {
        choice: Choice::Hexo,
        name: "Hexo",
        is_site: hexo::is_site,
    },
    Known {
        choice: Choice::Pelican,
        name: "Pelican",
        is_site: pelican::is_site,
    },
];

/// The generator whose config lies at `root`, and whether that config can be read.
pub(crate) fn recognise(root: &Path) -> Option<(&'static Known, Result<()>)> {
    KNOWN.iter().find_map(|known| match (known.is_site)(root) {
        Ok(true) => Some((known, Ok(()))),
        Ok(false) => None,
        Err(error) => Some((known, Err(error))),
    })
}
