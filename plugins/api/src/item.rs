//! The item: one post of the site as a source read it. It contains facts and the author's settings, and nothing
//! that depends on a platform.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    Code, Drawing, FieldOrigin, FieldOrigins, ItemEvidence, ItemField, ItemFront, ItemOverrides,
    ItemText, LazyDiagnostic, LazyEvidence, PostDate,
};

/// One post of the site. Build it with `Item { …, ..Item::default() }`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The keys that identify the post, never empty: its normalised URL first if it has one, then aliases,
    /// `SOURCE:PATH` and `id:…`, each as [`normalise_key`](crate::normalise_key) returns it. The source sets them;
    /// transforms do not change them.
    pub keys: Vec<String>,
    /// The name of the source that read it.
    pub source: String,
    /// The Markdown file, relative to pipeline.yaml, with `/` between folders.
    pub path: Option<String>,
    /// The built page, relative to pipeline.yaml.
    pub page: Option<String>,
    /// The URL of the post.
    pub url: Option<String>,
    /// The URL that a card opens: [`Item::url`], unless a transform added campaign parameters.
    pub link: Option<String>,
    /// The canonical URL that the post or its page declares, if it is on another host. It is one of the keys; a
    /// card still opens [`Item::link`].
    pub canonical: Option<String>,
    /// The title, without markup.
    pub title: Option<String>,
    /// One paragraph about the post, without markup.
    pub description: Option<String>,
    /// The titles and descriptions from the text that lack the words of a template tag.
    pub gaps: Vec<TextGap>,
    /// The picture of the card.
    pub image: Option<Image>,
    /// The date of publication, which may be in the future.
    pub published: Option<PostDate>,
    /// The date of the last change.
    pub updated: Option<PostDate>,
    /// The tags as the author wrote them.
    pub tags: Vec<String>,
    /// The names of the author or authors, in one text.
    pub author: Option<String>,
    /// The authors one by one. Empty if the source knows only [`Item::author`].
    pub authors: Vec<ItemAuthor>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// `true` if the site keeps the post unpublished.
    pub draft: bool,
    /// A reason of the source for not sending the post, apart from its date and draft flag: a code and the text
    /// that names the cause.
    pub hold: Option<(Code, String)>,
    /// The text without its front matter. Transforms do not change it.
    pub text: ItemText,
    /// The format of [`Item::text`].
    pub body_format: BodyFormat,
    /// The evidence for recognising the post in the ledger, fixed before any transform; see [`Item::evidence`].
    pub fixed_evidence: LazyEvidence,
    /// The whole front matter.
    pub front: ItemFront,
    /// Values that transforms pass to templates.
    pub vars: Map<String, Value>,
    /// The `syndicate:` block of the front matter.
    pub overrides: ItemOverrides,
    /// A commentary that a transform sets.
    pub commentary: Option<String>,
    /// The site that the post belongs to.
    pub site: Arc<Site>,
    /// The origin of each field.
    pub origin: FieldOrigins,
}

impl Item {
    /// Returns the name of the item in plans, ledgers and messages: its first key.
    ///
    /// Returns the empty string for an item without keys, which no source creates.
    #[must_use]
    pub fn id(&self) -> &str {
        self.keys.first().map_or("", String::as_str)
    }

    /// Returns the name of the item for people: the file, else the URL.
    #[must_use]
    pub fn label(&self) -> &str {
        self.path
            .as_deref()
            .or(self.url.as_deref())
            .unwrap_or_else(|| self.id())
    }

    /// Returns the evidence of this item as its source read it, without that of its text. A title that was derived
    /// from the file name is not evidence.
    #[must_use]
    pub fn evidence_without_text(&self) -> &ItemEvidence {
        self.fixed_evidence.get_or_init(|| {
            let is_derived = matches!(self.origin.get(&ItemField::Title), Some(FieldOrigin::Path));
            let title = self.title.as_deref().filter(|_| !is_derived);
            let day = self.published.as_ref().map(|moment| moment.at.date());
            ItemEvidence::new(title, day, self.lang.as_deref())
        })
    }

    /// Returns the evidence of this item as its source read it. It lacks the text if that is in a file that has
    /// changed; no payload is composed of such an item.
    #[must_use]
    pub fn evidence(&self) -> ItemEvidence {
        ItemEvidence {
            text: self.text.digest().ok().flatten().cloned(),
            ..self.evidence_without_text().clone()
        }
    }

    /// Returns [`Item::evidence`] for the ledger; `None` if nothing could agree with it.
    #[must_use]
    pub fn recorded_evidence(&self) -> Option<ItemEvidence> {
        Some(self.evidence()).filter(|evidence| !evidence.is_empty())
    }
}

/// The format of the text of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyFormat {
    /// Markdown, with the notations of the site's generator.
    #[default]
    Markdown,
    /// HTML of the text alone, without the page around it.
    Html,
    /// Text without markup.
    Text,
}

/// An author of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ItemAuthor {
    /// The display name.
    pub name: String,
    /// The key under which the site lists the author, such as `jane` in `authors.yml`.
    pub key: Option<String>,
}

impl ItemAuthor {
    /// Returns an author without a key.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            key: None,
        }
    }

    /// Returns the names of all authors in one text, the value of [`Item::author`].
    #[must_use]
    pub fn joined_names(authors: &[Self]) -> Option<String> {
        let names: Vec<&str> = authors.iter().map(|author| author.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// A title or description that lacks the words of a template tag of the site's generator, such as
/// `{{ site.author }}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextGap {
    /// The field, [`ItemField::Title`] or [`ItemField::Description`].
    pub field: ItemField,
    /// The value of the field without those words. If the field has another value, the gap is filled.
    pub value: String,
    /// The tag.
    pub tag: String,
    /// The line of the tag in the file [`Item::path`].
    pub line: Option<usize>,
}

/// A picture of the post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Its public URL.
    pub url: Option<String>,
    /// The file on this machine, relative to pipeline.yaml.
    pub file: Option<String>,
    /// The alternative text, for readers who cannot see it.
    pub alt: Option<String>,
    /// The reason that [`Image::file`] is unknown although the post names a file of its own site. A card without a
    /// picture reports it, unless the picture is at [`Image::url`].
    pub missing: Option<LazyDiagnostic>,
    /// The picture that is drawn for a post without a file or URL of its own.
    pub drawing: Option<Drawing>,
}

/// Facts that all posts of a site share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub title: Option<String>,
    /// The description of the site.
    pub description: Option<String>,
    /// The URL that its posts' URLs start with, without a trailing slash.
    pub url: Option<String>,
    /// The author of posts that name none.
    pub author: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Its IANA time zone, in which dates without an offset are read. `None` means UTC.
    pub timezone: Option<String>,
}
