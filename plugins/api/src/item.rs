//! The item: one post of the site as a source read it. It holds facts and the author's wishes; how
//! a platform words or counts anything is no concern of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Zoned;
use serde_json::{Map, Value};

use crate::{
    AttachmentSpec, Code, Diagnostic, FieldOrigin, FieldOrigins, ItemEvidence, ItemField, PostDate,
    TextDigest,
};

/// One post of the site. Build it with `Item { …, ..Item::default() }`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// What this post is known by, never empty: its normalised URL first where it has one, then
    /// aliases, `SOURCE:PATH` and `id:…`, each as [`normalise_key`](crate::normalise_key) returns it.
    /// Fixed by the source, before any transform.
    pub keys: Vec<String>,
    /// The name of the source that read it.
    pub source: String,
    /// The Markdown file, relative to pipeline.yaml, with `/` between folders.
    pub path: Option<String>,
    /// The built page, relative to pipeline.yaml.
    pub page: Option<String>,
    /// The post's own address.
    pub url: Option<String>,
    /// What a card points at: [`Item::url`], unless a transform added campaign parameters.
    pub link: Option<String>,
    /// The canonical address that the post or its page gives, if it is on another host, where the post
    /// appeared first. It is one of the keys; a card points at [`Item::link`] all the same.
    pub canonical: Option<String>,
    /// The title, free of markup.
    pub title: Option<String>,
    /// One paragraph that makes a reader want to open the post, free of markup.
    pub description: Option<String>,
    /// The picture of the card.
    pub image: Option<Image>,
    /// When the post appeared, or will.
    pub published: Option<PostDate>,
    /// When it was last changed.
    pub updated: Option<PostDate>,
    /// Tags as the author wrote them.
    pub tags: Vec<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// Whether the site keeps it unpublished.
    pub draft: bool,
    /// Why the source says that it must not be sent although it is no draft: a code and the words
    /// that name what says so. What a post's own date and draft flag tell is not repeated here.
    pub hold: Option<(Code, String)>,
    /// The text without its front matter, as it was written.
    pub body: String,
    /// The digest of the article's words; `None` for short ones and where the source cannot tell.
    pub text: Option<TextDigest>,
    /// What can show that this is a post on record, fixed before any transform.
    pub evidence: ItemEvidence,
    /// The whole front matter.
    pub front: Map<String, Value>,
    /// Values that transforms hand to templates.
    pub vars: Map<String, Value>,
    /// What the post's front matter asks of us under `syndicate:`.
    pub overrides: Overrides,
    /// A commentary that a transform proposes.
    pub commentary: Option<String>,
    /// The site it belongs to.
    pub site: Arc<Site>,
    /// Where each field came from.
    pub origin: FieldOrigins,
}

impl Item {
    /// How this item is named in plans, ledgers and messages: its first key.
    ///
    /// Sources give every item a key; an item without one would be named by the empty string.
    #[must_use]
    pub fn id(&self) -> &str {
        self.keys.first().map_or("", String::as_str)
    }

    /// What a person calls it: the file, else the address.
    #[must_use]
    pub fn label(&self) -> &str {
        self.path
            .as_deref()
            .or(self.url.as_deref())
            .unwrap_or_else(|| self.id())
    }

    /// Returns the evidence of this item as its source read it. A title that was derived from the
    /// file name shows nothing.
    #[must_use]
    pub fn read_evidence(&self) -> ItemEvidence {
        let is_derived = matches!(self.origin.get(&ItemField::Title), Some(FieldOrigin::Path));
        let title = self.title.as_deref().filter(|_| !is_derived);
        let day = self.published.as_ref().map(|moment| moment.at.date());
        ItemEvidence::new(title, day, self.text.clone(), self.lang.as_deref())
    }
}

/// A picture of the post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Its public address.
    pub url: Option<String>,
    /// The file on this machine, relative to pipeline.yaml.
    pub file: Option<String>,
    /// What it shows, for readers who cannot see it.
    pub alt: Option<String>,
    /// Why [`Image::file`] is unknown although the post names a file of its own site; the cause of a
    /// card without a picture if the picture is not at [`Image::url`] either.
    pub missing: Option<Box<Diagnostic>>,
}

/// Facts about the site that all its posts share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The address that its posts' addresses start with, without a trailing slash.
    pub url: Option<String>,
    /// The name of the author it gives for posts that name none.
    pub author: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Its IANA time zone; zone-less dates are meant in it. `None` means UTC.
    pub timezone: Option<String>,
}

/// The front matter's `syndicate:` block, which wins over pipeline.yaml.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// Where the post must not go.
    pub skip: SkippedSinks,
    /// A name that survives any move of the post.
    pub id: Option<String>,
    /// Not to be sent before this instant.
    pub at: Option<Zoned>,
    /// The commentary, word for word.
    pub commentary: Option<String>,
    /// The commentary for one sink, by the sink's name.
    pub sink_commentary: BTreeMap<String, String>,
    /// What the post brings along, to hang below its commentary in place of a card.
    pub attachment: Option<AttachmentSpec>,
    /// Every sink that the block names, so that a name that no sink has is noticed.
    pub named_sinks: Vec<SinkRef>,
}

/// A sink that the `syndicate:` block of a post names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SinkRef {
    /// Its name or type, as the author wrote it.
    pub name: String,
    /// The key that names it, such as `syndicate.skip`.
    pub key: String,
    /// The line of that key in the post's file.
    pub line: Option<usize>,
}

impl Overrides {
    /// The keys of the block besides [`AttachmentSpec::KEYS`]. Any other key is the name of a sink.
    pub const KEYS: &[&str] = &["skip", "id", "at", "commentary"];

    /// Whether `name` is a key of the block, so that no post could address a sink of this name.
    #[must_use]
    pub fn is_key(name: &str) -> bool {
        Self::KEYS.contains(&name) || AttachmentSpec::KEYS.contains(&name)
    }
}

/// Where a post must not go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SkippedSinks {
    /// It goes everywhere.
    #[default]
    None,
    /// It goes nowhere.
    All,
    /// Not to these sinks.
    Named(Vec<String>),
}

impl SkippedSinks {
    /// Whether the sink named `sink` is to be left out.
    #[must_use]
    pub fn contains(&self, sink: &str) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| name == sink),
        }
    }
}
