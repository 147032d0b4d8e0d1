//! The words in which a generator is asked and answers.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use syndicate_api::{Origin, nfc};

use crate::document::Front;
use crate::moment::Dated;

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

/// Where one file of posts lies. Everything that is derived from its name (slug, date, key) uses the
/// name in Unicode normalization form C, since macOS writes form D and git form C for the same file;
/// only what opens files uses [`PostFile::on_disk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PostFile {
    /// Relative to the site's root, with `/` between folders, in form C.
    pub(crate) path: String,
    /// Relative to its content folder, in form C.
    pub(crate) below: String,
    /// [`PostFile::path`] as the file system has it.
    pub(crate) on_disk: String,
}

impl PostFile {
    /// Returns the file at `path`, which is `below` its content folder.
    pub(crate) fn new(path: String, below: &str) -> Self {
        Self {
            path: nfc(&path).into_owned(),
            below: nfc(below).into_owned(),
            on_disk: path,
        }
    }

    /// Returns the folder that holds the file, as the file system has it, empty for the site's root.
    pub(crate) fn folder_on_disk(&self) -> &str {
        self.on_disk
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    }

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
