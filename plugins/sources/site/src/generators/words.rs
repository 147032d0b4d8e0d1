//! The words in which a generator is asked and answers.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use syndicate_api::Origin;

use crate::document::Front;
use crate::moment::Dated;
use crate::post_file::PostFile;

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
