//! What the generators of static sites hold different: one file (or folder) per generator. A
//! generator reads its own config file and answers, for a site and for each of its files, what that
//! generator would do. Reading files, dates and front matter is the same for all and lives outside.
//!
//! Adding one: a file here that implements [`Generator`], a row in [`load`] and in [`KNOWN`], a value
//! of [`Choice`].

mod astro;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod jekyll;
mod pelican;
mod plain;
mod react;
mod routes;
mod settings;
mod words;
mod zola;

use std::borrow::Cow;
use std::fmt::Debug;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use syndicate_api::{Code, Origin, Result};

use crate::document::{Dialect, Front};

use crate::fields::DESCRIPTION;
use crate::flaw::Flaw;
use crate::moment::{self, Dated, NoDate};
use crate::post_file::PostFile;
use crate::value::scalar;
use crate::walk::EXTENSIONS;

pub(crate) use plain::is_paper;
pub(crate) use words::{Facts, Folder, Located, Name, Route, Routed, Unrouted};

/// The generator whose rules to follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Whichever is recognised in the folder, else plain.
    #[default]
    Auto,
    /// Astro.
    Astro,
    /// Docusaurus.
    Docusaurus,
    /// Eleventy.
    Eleventy,
    /// Gatsby.
    Gatsby,
    /// Hexo.
    Hexo,
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// Next.js.
    Next,
    /// Pelican.
    Pelican,
    /// Zola.
    Zola,
    /// A folder of Markdown files.
    Plain,
}

/// A generator's rules for one site.
pub(crate) trait Generator: Debug + Send + Sync {
    /// What its config file says about the site.
    fn facts(&self) -> &Facts;

    /// What it says about the part of the site that a file is in, such as one of its languages.
    fn facts_for(&self, _: &PostFile) -> &Facts {
        self.facts()
    }

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

    /// Which pages are posts, in words, where that needs any.
    fn describe(&self) -> Option<String> {
        None
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

    /// The keys that say when a post is published, from the first to look at, where the generator
    /// has its own; [`FILE_NAME`] stands for the date in the file's name.
    fn date_keys(&self) -> Option<&[String]> {
        None
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

    /// What an alias of the front matter means: a path below the site's address, or none of this
    /// page alone.
    fn alias(&self, _: &PostFile, _: &Route, alias: &str) -> Option<String> {
        Some(alias.to_owned())
    }

    /// The folder of pictures that belongs to this post alone, relative to the site's root.
    fn asset_folder(&self, file: &PostFile) -> Option<String>;

    /// The path on the site, with a slash at its end, at which the files of that folder appear.
    fn asset_path(&self, route: &Route) -> String {
        let page = route.path.strip_suffix(".html").unwrap_or(&route.path);
        format!("{}/", page.trim_end_matches('/'))
    }

    /// The picture that a post has by the name of one of its files, as the front matter would name
    /// it.
    fn own_picture(&self, _: &PostFile, _: &Front) -> Option<(String, Origin)> {
        None
    }

    /// Whether a picture that the front matter names without a leading slash, and that does not lie
    /// beside the post, is meant below the site's root.
    fn roots_pictures(&self) -> bool {
        false
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

    /// Whether plain quotation marks, dashes and dots of the text become typographic ones.
    fn text_is_smart(&self) -> bool {
        false
    }

    /// Whether those of a description in the front matter do.
    fn descriptions_are_smart(&self) -> bool {
        false
    }

    /// Whether a title is text as it stands, so that backticks in it are read as backticks. Elsewhere
    /// themes run titles through Markdown, and a card shows none of its marks.
    fn titles_are_text(&self) -> bool {
        false
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

    /// What readers see of a tag that posts name by `key`.
    fn tag_label(&self, _key: &str) -> Option<String> {
        None
    }

    /// The name of the author whom the site knows by `key`.
    fn author(&self, _key: &str) -> Option<String> {
        None
    }

    /// The Markdown that a text stands for, where it has notations of this generator's own.
    fn text<'a>(&self, _: &Front, body: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(body)
    }

    /// Whether what the generator takes from the beginning of a text has its headings in it, since
    /// it strips the tags of the finished page and no more.
    fn excerpt_has_headings(&self) -> bool {
        false
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
    /// The first line that has words, whatever the author marked.
    Line,
    /// The first paragraph that has words.
    Paragraph,
    /// So many words.
    Words(usize),
}

/// Stands for the date in a file's name among the keys of a date.
pub(crate) const FILE_NAME: &str = ":filename";

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
        Choice::Astro => Box::new(astro::Astro::load(root)?),
        Choice::Docusaurus => Box::new(docusaurus::Docusaurus::load(root)?),
        Choice::Eleventy => Box::new(eleventy::Eleventy::load(root)?),
        Choice::Gatsby => Box::new(react::React::gatsby(root)?),
        Choice::Hexo => Box::new(hexo::Hexo::load(root)?),
        Choice::Hugo => Box::new(hugo::Hugo::load(root)?),
        Choice::Jekyll => Box::new(jekyll::Jekyll::load(root)?),
        Choice::Next => Box::new(react::React::next(root)?),
        Choice::Pelican => Box::new(pelican::Pelican::load(root)?),
        Choice::Zola => Box::new(zola::Zola::load(root)?),
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
    Known {
        choice: Choice::Hugo,
        name: "Hugo",
        is_site: hugo::is_site,
    },
    Known {
        choice: Choice::Zola,
        name: "Zola",
        is_site: zola::is_site,
    },
    Known {
        choice: Choice::Docusaurus,
        name: "Docusaurus",
        is_site: docusaurus::is_site,
    },
    Known {
        choice: Choice::Astro,
        name: "Astro",
        is_site: astro::is_site,
    },
    Known {
        choice: Choice::Eleventy,
        name: "Eleventy",
        is_site: eleventy::is_site,
    },
    Known {
        choice: Choice::Gatsby,
        name: "Gatsby",
        is_site: react::is_gatsby_site,
    },
    Known {
        choice: Choice::Next,
        name: "Next.js",
        is_site: react::is_next_site,
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
