//! The dialects of LinkedIn's interface. A post can be written down in each of them; which one is an
//! option, since some apps may use an older one only.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::RichText;

use crate::{little_text, plain_text};

/// A dialect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Dialect {
    /// The Posts API of today.
    #[default]
    Posts,
    /// The UGC Post API before it, which has no versions that end.
    Ugc,
    /// The Share API of 2019, which LinkedIn has switched off.
    Shares,
}

impl Dialect {
    /// Its name, in options and payloads.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Ugc => "ugc",
            Self::Shares => "shares",
        }
    }

    /// The path of the creating request.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Posts => "/rest/posts",
            Self::Ugc => "/v2/ugcPosts",
            Self::Shares => "/v2/shares",
        }
    }

    /// The length of `text` as LinkedIn counts it.
    pub(crate) fn measure(self, text: &RichText) -> usize {
        match self {
            Self::Posts => little_text::measure(text),
            Self::Ugc | Self::Shares => plain_text::measure(text),
        }
    }
}
