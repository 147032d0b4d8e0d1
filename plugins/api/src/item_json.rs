//! Renders items for `items --json`, directly from the item: a site has thousands. It is in this crate, which is compiled
//! for speed.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use crate::{Code, FieldOrigins, Image, Item, ItemAuthor, ItemField, PostDate};

/// One item as JSON, a line of `items --json`. Its fields are in alphabetical order, like those of all other output.
#[derive(Serialize)]
pub struct ItemJson<'a> {
    author: Option<&'a str>,
    authors: Vec<AuthorJson<'a>>,
    description: Option<&'a str>,
    draft: bool,
    hold: Option<HoldJson<'a>>,
    id: &'a str,
    image: Option<ImageJson<'a>>,
    keys: &'a [String],
    lang: Option<&'a str>,
    origin: Cow<'a, RawValue>,
    page: Option<&'a str>,
    path: Option<&'a str>,
    published: Option<String>,
    source: &'a str,
    tags: &'a [String],
    title: Option<&'a str>,
    updated: Option<String>,
    url: Option<&'a str>,
    v: u32,
}

#[derive(Serialize)]
struct AuthorJson<'a> {
    key: Option<&'a str>,
    name: &'a str,
}

impl<'a> AuthorJson<'a> {
    fn of(author: &'a ItemAuthor) -> Self {
        Self {
            key: author.key.as_deref(),
            name: &author.name,
        }
    }
}

#[derive(Serialize)]
struct HoldJson<'a> {
    code: Code,
    reason: &'a str,
}

#[derive(Serialize)]
struct ImageJson<'a> {
    alt: Option<&'a str>,
    file: Option<&'a str>,
    url: Option<&'a str>,
}

/// The fields of an item with an origin, in the alphabetical order of their names.
const FIELDS: &[ItemField] = &[
    ItemField::Author,
    ItemField::Description,
    ItemField::Draft,
    ItemField::Image,
    ItemField::Lang,
    ItemField::Post,
    ItemField::Published,
    ItemField::Tags,
    ItemField::Title,
    ItemField::Updated,
    ItemField::Url,
];

struct OriginsJson<'a>(&'a FieldOrigins);

impl Serialize for OriginsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let origins = FIELDS
            .iter()
            .filter_map(|field| Some((field, self.0.get(field)?)));
        serializer.collect_map(origins)
    }
}

/// The usual length of the text of an item in bytes.
const LEN: usize = 1024;

impl<'a> ItemJson<'a> {
    /// Returns the JSON of `item` in the version `v` of the format.
    #[must_use]
    pub fn new(item: &'a Item, v: u32) -> Self {
        Self::with_origin(item, Cow::Owned(origins_json(&item.origin)), v)
    }

    fn with_origin(item: &'a Item, origin: Cow<'a, RawValue>, v: u32) -> Self {
        Self {
            author: item.author.as_deref(),
            authors: item.authors.iter().map(AuthorJson::of).collect(),
            description: item.description.as_deref(),
            draft: item.draft,
            hold: item.hold.as_ref().map(|(code, reason)| HoldJson {
                code: *code,
                reason,
            }),
            id: item.id(),
            image: item
                .image
                .as_ref()
                .filter(|image| is_known(image))
                .map(|image| ImageJson {
                    alt: image.alt.as_deref(),
                    file: image.file.as_deref(),
                    url: image.url.as_deref(),
                }),
            keys: &item.keys,
            lang: item.lang.as_deref(),
            origin,
            page: item.page.as_deref(),
            path: item.path.as_deref(),
            published: item.published.as_ref().map(moment),
            source: &item.source,
            tags: &item.tags,
            title: item.title.as_deref(),
            updated: item.updated.as_ref().map(moment),
            url: item.url.as_deref(),
            v,
        }
    }

    fn to_text(&self) -> String {
        let mut text = Vec::with_capacity(LEN);
        serde_json::to_writer(&mut text, self).expect("all keys are texts");
        String::from_utf8(text).expect("JSON is UTF-8")
    }
}

/// The number of combinations of origins that [`ItemLines`] remembers. A site has a few.
const MAX_ORIGINS: usize = 16;

/// Renders many items, each on a line. Most items of a site share their origins, which are rendered once.
#[derive(Debug)]
pub struct ItemLines {
    v: u32,
    origins: Vec<(FieldOrigins, Box<RawValue>)>,
}

impl ItemLines {
    /// Creates a renderer for the version `v` of the format.
    #[must_use]
    pub fn new(v: u32) -> Self {
        Self {
            v,
            origins: Vec::new(),
        }
    }

    /// Returns the line of an item, without a line end.
    pub fn line(&mut self, item: &Item) -> String {
        let known = self
            .origins
            .iter()
            .position(|(known, _)| *known == item.origin);
        let at = known.unwrap_or_else(|| {
            self.origins.truncate(MAX_ORIGINS - 1);
            let origin = item.origin.clone();
            let json = origins_json(&origin);
            self.origins.push((origin, json));
            self.origins.len() - 1
        });
        let origin = Cow::Borrowed(&*self.origins[at].1);
        ItemJson::with_origin(item, origin, self.v).to_text()
    }
}

fn origins_json(origins: &FieldOrigins) -> Box<RawValue> {
    to_raw_value(&OriginsJson(origins)).expect("all keys are texts")
}

/// Returns `true` if the image has a URL or a file.
fn is_known(image: &Image) -> bool {
    image.url.is_some() || image.file.is_some()
}

/// Formats a date as RFC 3339, with the offset of the time zone that it was written in.
fn moment(moment: &PostDate) -> String {
    moment.at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[cfg(test)]
mod tests {
    use crate::{FieldOrigin, FieldOrigins};
    use serde_json::json;

    use super::{FIELDS, OriginsJson};

    #[test]
    fn origins_are_in_alphabetical_order() {
        let origins: FieldOrigins = FIELDS
            .iter()
            .map(|field| (*field, FieldOrigin::Path))
            .collect();
        let sorted = json!(origins).to_string();
        assert_eq!(
            serde_json::to_string(&OriginsJson(&origins)).unwrap(),
            sorted
        );
    }
}
