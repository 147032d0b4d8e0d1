//! The options of standard.site.

use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::Diagnostic;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::identifier::{PUBLICATIONS, RecordAddress, is_did};
use crate::rich_text::web_url;

/// The longest name of a publication, in grapheme clusters.
const MAX_NAME: usize = 500;

/// The publication on standard.site that the posts belong to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StandardSite {
    /// The URL of the publication, such as `https://example.org/blog`. The URLs of its posts begin with it.
    pub(crate) url: String,
    /// The name of the publication. Required unless `publication` is set.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// One sentence about the publication.
    #[serde(default)]
    pub(crate) description: Option<String>,
    /// The URI of an existing publication, such as `at://did:plc:…/site.standard.publication/…`, which is then left
    /// unchanged.
    #[serde(default)]
    pub(crate) publication: Option<String>,
    /// `true` (the default) if documents contain the text of the article, for searches and readers.
    #[serde(default = "yes")]
    pub(crate) text: bool,
}

fn yes() -> bool {
    true
}

impl StandardSite {
    /// Returns the URL without a trailing slash.
    pub(crate) fn base(&self) -> &str {
        self.url.trim().trim_end_matches('/')
    }

    /// Validates the options.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut add = |key: &str, message: String, hint: &str| {
            let keys = ["standard_site", key];
            diagnostics.push(Diagnostic::option(&keys, message).with_hint(hint));
        };
        let url = web_url(&self.url);
        if url.is_none_or(|url| url.query().is_some() || url.fragment().is_some()) {
            let message = format!("invalid URL `{}` of a publication", self.url);
            add(
                "url",
                message,
                "use the address of the site, such as `https://example.org`",
            );
        }
        let name = self.name.as_deref().map(str::trim);
        match (&self.publication, name) {
            (None, None | Some("")) => {
                let hint = "add `name:` with the name of the site";
                add("name", "missing key `name`".to_owned(), hint);
            }
            (_, Some(name)) if name.graphemes(true).count() > MAX_NAME => {
                let message = format!("the name is longer than {MAX_NAME} graphemes");
                add("name", message, "shorten it");
            }
            _ => {}
        }
        let is_publication = |uri: &String| {
            let address = RecordAddress::parse(uri);
            address
                .is_some_and(|address| address.collection == PUBLICATIONS && is_did(&address.repo))
        };
        if let Some(uri) = self.publication.as_ref().filter(|uri| !is_publication(uri)) {
            let message = format!("invalid URI `{uri}` of a publication");
            let hint = "use a URI such as `at://did:plc:…/site.standard.publication/…`";
            add("publication", message, hint);
        }
        diagnostics
    }
}
