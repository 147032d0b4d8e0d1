//! Origins of field values. `items` prints them, so that users can see the source of a title or a picture.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Index;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The fields of an item with a recorded origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "all but the first are the fields of `Item` of the same name"
)]
#[non_exhaustive]
pub enum ItemField {
    /// The fact that the file is a post, if not every file of its kind is one.
    Post,
    Url,
    Title,
    Description,
    Image,
    Published,
    Updated,
    Tags,
    Author,
    Lang,
    Draft,
}

/// The origin of a value, from the most to the least explicit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldOrigin {
    /// A key of the front matter.
    FrontMatter(String),
    /// A key of pipeline.yaml.
    Pipeline(String),
    /// A setting of the generator's own config file.
    Generator(String),
    /// An element of the built page, such as `og:title`.
    Page(Cow<'static, str>),
    /// An element of a feed's entry.
    Feed(String),
    /// A part of the text, such as the first picture.
    Body(String),
    /// The file's name or folder.
    Path,
    /// The site's permalink rule applied to this post.
    Permalink(String),
    /// A transform of this name.
    Transform(String),
    /// The plugin of the source of this name.
    Plugin(String),
}

impl fmt::Display for FieldOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FrontMatter(key) => write!(f, "front matter `{key}`"),
            Self::Pipeline(key) => write!(f, "pipeline.yaml `{key}`"),
            Self::Generator(key) => write!(f, "site config `{key}`"),
            Self::Page(what) => write!(f, "page `{what}`"),
            Self::Feed(what) => write!(f, "feed `{what}`"),
            Self::Body(what) => f.write_str(what),
            Self::Path => f.write_str("file path"),
            Self::Permalink(pattern) => write!(f, "permalink `{pattern}`"),
            Self::Transform(name) => write!(f, "transform `{name}`"),
            Self::Plugin(name) => write!(f, "plugin of `{name}`"),
        }
    }
}

impl Serialize for FieldOrigin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The number of fields of most items.
const USUAL_FIELDS: usize = 9;

/// The number of combinations that [`FieldOrigins::shared`] remembers. A site has a few.
const MAX_KNOWN: usize = 16;

thread_local! {
    static KNOWN: RefCell<Vec<FieldOrigins>> = const { RefCell::new(Vec::new()) };
}

/// The origin of each field that has a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldOrigins(Option<Arc<Vec<(ItemField, FieldOrigin)>>>);

impl FieldOrigins {
    /// Returns the origins of an item without values.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns the origin of a field.
    #[must_use]
    pub fn get(&self, field: &ItemField) -> Option<&FieldOrigin> {
        let (_, origin) = self.iter().find(|(known, _)| known == field)?;
        Some(origin)
    }

    /// Returns `true` if the field has an origin.
    #[must_use]
    pub fn contains_key(&self, field: &ItemField) -> bool {
        self.get(field).is_some()
    }

    /// Returns `true` if no field has an origin.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Iterates over the fields with their origins, in the order of [`ItemField`].
    pub fn iter(&self) -> std::slice::Iter<'_, (ItemField, FieldOrigin)> {
        match &self.0 {
            Some(origins) => origins.iter(),
            None => [].iter(),
        }
    }

    /// Sets the origin of a field.
    pub fn insert(&mut self, field: ItemField, origin: FieldOrigin) {
        let new = || Arc::new(Vec::with_capacity(USUAL_FIELDS));
        let origins = Arc::make_mut(self.0.get_or_insert_with(new));
        match origins.binary_search_by_key(&field, |(known, _)| *known) {
            Ok(at) => origins[at].1 = origin,
            Err(at) => origins.insert(at, (field, origin)),
        }
    }

    /// Removes the origin of a field.
    pub fn remove(&mut self, field: &ItemField) {
        if self.contains_key(field)
            && let Some(origins) = &mut self.0
        {
            Arc::make_mut(origins).retain(|(known, _)| known != field);
        }
        if self.is_empty() {
            self.0 = None;
        }
    }

    /// Returns the same origins in memory that the items of this thread share. The items of a site have few different
    /// ones.
    #[must_use]
    pub fn shared(self) -> Self {
        KNOWN.with_borrow_mut(|known| {
            if let Some(same) = known.iter().find(|known| **known == self) {
                return same.clone();
            }
            if known.len() == MAX_KNOWN {
                known.remove(0);
            }
            known.push(self.clone());
            self
        })
    }
}

impl FromIterator<(ItemField, FieldOrigin)> for FieldOrigins {
    fn from_iter<I: IntoIterator<Item = (ItemField, FieldOrigin)>>(pairs: I) -> Self {
        let mut origins = Self::new();
        for (field, origin) in pairs {
            origins.insert(field, origin);
        }
        origins
    }
}

impl Index<&ItemField> for FieldOrigins {
    type Output = FieldOrigin;

    /// Returns the origin of a field.
    ///
    /// # Panics
    /// Panics if the field has no origin.
    fn index(&self, field: &ItemField) -> &FieldOrigin {
        self.get(field).expect("the field has an origin")
    }
}

impl Serialize for FieldOrigins {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(field, origin)| (field, origin)))
    }
}

/// Returns the value, if there is one, and adds its origin to `origins`.
pub fn record_origin<T>(
    origins: &mut FieldOrigins,
    field: ItemField,
    found: Option<(T, FieldOrigin)>,
) -> Option<T> {
    let (value, origin) = found?;
    origins.insert(field, origin);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(key: &str) -> FieldOrigins {
        let title = FieldOrigin::FrontMatter(key.to_owned());
        [
            (ItemField::Url, FieldOrigin::Path),
            (ItemField::Title, title),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn equal_origins_share_memory() {
        let (one, same) = (title("title").shared(), title("title").shared());
        assert!(Arc::ptr_eq(
            one.0.as_ref().unwrap(),
            same.0.as_ref().unwrap()
        ));
        for at in 0..2 * MAX_KNOWN {
            let other = title(&at.to_string());
            assert_eq!(other.clone().shared(), other);
        }
        let mut changed = one.clone();
        changed.remove(&ItemField::Title);
        assert_eq!(changed.get(&ItemField::Title), None);
        assert_eq!(one, title("title"));
    }

    #[test]
    fn origins_are_in_order_of_fields() {
        let mut origins = title("title");
        origins.insert(ItemField::Title, FieldOrigin::Path);
        let fields: Vec<ItemField> = origins.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [ItemField::Url, ItemField::Title]);
        assert_eq!(origins[&ItemField::Title], FieldOrigin::Path);
        origins.remove(&ItemField::Title);
        origins.remove(&ItemField::Url);
        assert_eq!(origins, FieldOrigins::new());
    }
}
