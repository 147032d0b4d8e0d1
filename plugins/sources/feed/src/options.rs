//! What a user writes under `type: feed`.

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::{ComponentContext, Diagnostic, Result, Source, SourceOptions};
use url::Url;

use crate::source::{FeedLocation, FeedSource};

/// Options of `feed`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FeedOptions {
    /// The feed's `http` or `https` address; either this or `path`.
    pub url: Option<String>,
    /// The feed's file, relative to pipeline.yaml; either this or `url`.
    pub path: Option<String>,
    /// How many entries are read, the newest first.
    pub max_items: usize,
    /// The IANA time zone, such as `Europe/Oslo`, that dates without an offset are meant in; UTC by
    /// default.
    pub timezone: Option<String>,
    /// Whether the date of the last change stands in where a feed gives no date of publication.
    pub updated_as_published: bool,
}

impl Default for FeedOptions {
    fn default() -> Self {
        Self {
            url: None,
            path: None,
            max_items: 50,
            timezone: None,
            updated_as_published: false,
        }
    }
}

impl SourceOptions for FeedOptions {
    const NAME: &'static str = "feed";
    const SUMMARY: &'static str = "Reads the entries of one RSS, Atom or JSON feed.";
    const EXAMPLE: &'static str = "\
path: public/feed.xml
max_items: 20
timezone: Europe/Oslo
";

    fn validate(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        match (&self.url, &self.path) {
            (Some(_), Some(_)) => faults.push(
                Diagnostic::option(&["path"], "a feed has `url` or `path`, not both")
                    .with_hint("take one of them away"),
            ),
            (None, None) => faults.push(
                Diagnostic::option(&[], "a feed needs `url` or `path`")
                    .with_hint("add `url:` with the feed's address, or `path:` with its file"),
            ),
            (Some(url), None) => faults.extend(address_fault(url)),
            (None, Some(path)) if path.trim().is_empty() => {
                faults.push(Diagnostic::option(&["path"], "`path` must name a file"));
            }
            (None, Some(_)) => {}
        }
        if self.max_items == 0 {
            faults.push(
                Diagnostic::option(&["max_items"], "`max_items` must be at least 1")
                    .with_hint("take the source away if nothing is to be read"),
            );
        }
        if let Some(name) = &self.timezone
            && TimeZone::get(name).is_err()
        {
            faults.push(
                Diagnostic::option(&["timezone"], format!("there is no time zone `{name}`"))
                    .with_hint("use a name of the IANA database, such as `Europe/Oslo`"),
            );
        }
        faults
    }

    fn build(&self, place: &ComponentContext) -> Result<Box<dyn Source>> {
        let zone = match &self.timezone {
            Some(name) => TimeZone::get(name)?,
            None => TimeZone::UTC,
        };
        let location = match &self.url {
            Some(url) => FeedLocation::Web(Url::parse(url.trim())?),
            None => FeedLocation::File(self.path.clone().unwrap_or_default()),
        };
        Ok(Box::new(FeedSource {
            place: place.clone(),
            location,
            max_items: self.max_items,
            timezone: self.timezone.clone(),
            zone,
            updated_as_published: self.updated_as_published,
        }))
    }
}

/// What is wrong with an address. It is not shown, as it may hold a secret.
fn address_fault(url: &str) -> Option<Diagnostic> {
    let fault = |message| Diagnostic::option(&["url"], message);
    let parsed = Url::parse(url.trim()).ok();
    let Some(url) = parsed.filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return Some(
            fault("`url` is no web address").with_hint(
                "write it like `https://example.com/feed.xml`; a file is given by `path`",
            ),
        );
    };
    let signs_in = !url.username().is_empty() || url.password().is_some();
    signs_in.then(|| {
        fault("`url` holds a name or a password")
            .with_hint("feeds behind a sign-in are not read: save it to a file and give its `path`")
    })
}
