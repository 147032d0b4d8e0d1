//! The dialects of LinkedIn's API in which a post can be encoded. The dialect is an option, because
//! some apps have access only to an older API.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::RichText;

use crate::{little_text, plain_text};

/// A dialect of LinkedIn's API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Dialect {
    /// The current Posts API.
    #[default]
    Posts,
    /// The UGC Post API, its predecessor. It has no versions that expire.
    Ugc,
    /// The Share API of 2019, which LinkedIn has switched off.
    Shares,
}

impl Dialect {
    /// Returns its name in options and payloads.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Ugc => "ugc",
            Self::Shares => "shares",
        }
    }

    /// Returns the path of the creating request.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Posts => "/rest/posts",
            Self::Ugc => "/v2/ugcPosts",
            Self::Shares => "/v2/shares",
        }
    }

    /// Returns `true` if the commentary of a sent post can be updated.
    pub(crate) const fn edits(self) -> bool {
        match self {
            Self::Posts | Self::Ugc => true,
            Self::Shares => false,
        }
    }

    /// Returns the length of `text` as LinkedIn counts it.
    pub(crate) fn measure(self, text: &RichText) -> usize {
        match self {
            Self::Posts => little_text::measure(text),
            Self::Ugc | Self::Shares => plain_text::measure(text),
        }
    }
}
