//! Turns an item of a plugin into an item of the pipeline. The plugin names facts; the keys that identify a post are
//! made here, so that a plugin cannot make two posts of one.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use plugin_protocol::{ItemFormat, ItemImage, OpenOk, SiteInfo, SourceItem};
use syndicate_api::dates::{DATE_HINT, parse_date};
use syndicate_api::text::{distinct, language_tag};
use syndicate_api::{
    BodyFormat, Diagnostic, FieldOrigin, FieldOrigins, Image, Item, ItemAuthor, ItemField,
    ItemText, PostDate, Site, TextDigest, TextKind, nfc, normalise_key, normalise_url,
    record_origin,
};

use super::made_picture::is_kept;
use super::overrides::{self, invalid};
use super::plugin_host::ProgramSpec;

/// Reads the items of one source.
pub(super) struct ItemReader {
    source: String,
    spec: ProgramSpec,
    store: Option<PathBuf>,
    zone: TimeZone,
    site: Arc<Site>,
}

impl ItemReader {
    /// Returns the reader for the source `source`, whose program has the copies of its pictures in `store`.
    ///
    /// # Errors
    /// If the time zone of the site is not valid.
    pub(super) fn new(
        source: &str,
        (spec, store): (&ProgramSpec, Option<PathBuf>),
        opened: &OpenOk,
    ) -> Result<Self, String> {
        let SiteInfo {
            title,
            description,
            url,
            author,
            lang,
            timezone,
        } = opened.site.clone().unwrap_or_default();
        let zone = match &timezone {
            Some(name) => {
                TimeZone::get(name).map_err(|_| format!("the time zone `{name}` is not known"))?
            }
            None => TimeZone::UTC,
        };
        let url = url.map(|url| url.trim_end_matches('/').to_owned());
        let lang = lang.as_deref().map(language_tag);
        let site = Arc::new(Site {
            title,
            description,
            url,
            author,
            lang,
            timezone,
        });
        Ok(Self {
            source: source.to_owned(),
            spec: spec.clone(),
            store,
            zone,
            site,
        })
    }

    /// Reads an item.
    ///
    /// # Errors
    /// If a field is not valid, or nothing identifies the item.
    pub(super) fn read(&self, item: SourceItem) -> Result<Item, Diagnostic> {
        let label = [&item.path, &item.url, &item.id];
        let label = label.into_iter().flatten().next().cloned();
        let read = self.read_fields(item);
        read.map_err(|fault| match label {
            Some(label) => fault.in_file(label),
            None => fault,
        })
    }

    fn read_fields(&self, item: SourceItem) -> Result<Item, Diagnostic> {
        let keys = self.keys(&item)?;
        let overrides = overrides::read(&item, &self.zone)?;
        let keys = keys.chain_id(overrides.id.as_deref());
        let published = self.date("published", item.published.as_deref())?;
        let updated = self.date("updated", item.updated.as_deref())?;
        let image = item
            .image
            .map(|image| image_of(image, &self.spec, self.store.as_deref()));
        let image = image.transpose().map_err(invalid)?;
        let authors: Vec<ItemAuthor> = item.authors.into_iter().map(ItemAuthor::named).collect();
        let tags = distinct(item.tags);
        let mut origins = FieldOrigins::new();
        let origin = || FieldOrigin::Plugin(self.source.clone());
        let with_origin = |value: Option<String>| {
            let value = value.filter(|value| !value.trim().is_empty());
            value.map(|value| (value, origin()))
        };
        let mut read = Item {
            keys,
            source: self.source.clone(),
            path: item.path,
            title: record_origin(&mut origins, ItemField::Title, with_origin(item.title)),
            description: record_origin(
                &mut origins,
                ItemField::Description,
                with_origin(item.description),
            ),
            url: record_origin(&mut origins, ItemField::Url, with_origin(item.url)),
            image: record_origin(
                &mut origins,
                ItemField::Image,
                image.map(|image| (image, origin())),
            ),
            published: record_origin(
                &mut origins,
                ItemField::Published,
                published.map(|date| (date, origin())),
            ),
            updated: record_origin(
                &mut origins,
                ItemField::Updated,
                updated.map(|date| (date, origin())),
            ),
            lang: record_origin(
                &mut origins,
                ItemField::Lang,
                with_origin(item.lang.as_deref().map(language_tag)),
            ),
            author: ItemAuthor::joined_names(&authors),
            authors,
            tags,
            draft: item.draft,
            text: text(item.body, item.format),
            body_format: match item.format {
                ItemFormat::Markdown => BodyFormat::Markdown,
                ItemFormat::Html => BodyFormat::Html,
                ItemFormat::Text => BodyFormat::Text,
            },
            front: item.front.into(),
            overrides: overrides.into(),
            site: Arc::clone(&self.site),
            ..Item::default()
        };
        if !read.tags.is_empty() {
            origins.insert(ItemField::Tags, origin());
        }
        if read.author.is_some() {
            origins.insert(ItemField::Author, origin());
        }
        if read.draft {
            origins.insert(ItemField::Draft, origin());
        }
        read.link = read.url.clone();
        read.origin = origins.shared();
        Ok(read)
    }

    fn keys(&self, item: &SourceItem) -> Result<Keys, Diagnostic> {
        let mut keys = Keys(Vec::new());
        for address in item.url.iter().chain(&item.aliases) {
            let key = normalise_url(address).ok_or_else(|| {
                invalid(format!("invalid address `{address}`"))
                    .with_hint("write it in full, such as `https://blog.example/a/`")
            })?;
            keys.add(key);
        }
        if let Some(path) = &item.path {
            if !is_below(path) {
                let message = format!("invalid path `{path}`");
                let hint = "name a file below the folder of pipeline.yaml, relative to it";
                return Err(invalid(message).with_hint(hint));
            }
            keys.add(format!("{}:{}", self.source, nfc(path)));
        }
        if let Some(id) = item
            .id
            .as_deref()
            .map(str::trim)
            .filter(|id| !id.is_empty())
        {
            keys.add(format!("{}:{}", self.source, nfc(id)));
        }
        match keys.0.is_empty() {
            true => Err(invalid("an item has no `url`, no `path` and no `id`")),
            false => Ok(keys),
        }
    }

    fn date(&self, field: &str, text: Option<&str>) -> Result<Option<PostDate>, Diagnostic> {
        let Some(text) = text else { return Ok(None) };
        match parse_date(text, &self.zone) {
            Ok(parsed) => Ok(Some(parsed.date)),
            Err(_) => {
                Err(invalid(format!("invalid date `{text}` in `{field}`")).with_hint(DATE_HINT))
            }
        }
    }
}

/// The keys of an item, each once.
struct Keys(Vec<String>);

impl Keys {
    fn add(&mut self, key: String) {
        let key = normalise_key(&key);
        if !self.0.contains(&key) {
            self.0.push(key);
        }
    }

    fn chain_id(mut self, id: Option<&str>) -> Vec<String> {
        if let Some(id) = id {
            self.add(format!("id:{id}"));
        }
        self.0
    }
}

fn text(body: Option<String>, format: ItemFormat) -> ItemText {
    let body = body.unwrap_or_default();
    // The words are not those of a Markdown file of a site, whose notations are removed.
    let digest = match format {
        ItemFormat::Html => {
            TextDigest::of(TextKind::Feed, &html_meta::article_text(body.as_bytes()))
        }
        ItemFormat::Markdown | ItemFormat::Text => TextDigest::of(TextKind::Feed, &body),
    };
    ItemText::held(body, digest)
}

/// Returns a picture of the plugin `spec`.
///
/// # Errors
/// If its file is neither below the folder of pipeline.yaml nor in `store`, or is a link to a file that the plugin may not
/// read.
pub(super) fn image_of(
    image: ItemImage,
    spec: &ProgramSpec,
    store: Option<&Path>,
) -> Result<Image, String> {
    let ItemImage { url, file, alt } = image;
    let is_made = |file: &&str| is_kept(file, store);
    if let Some(file) = file.as_deref().filter(is_made) {
        return Ok(Image {
            url,
            file: Some(file.to_owned()),
            alt,
            ..Image::default()
        });
    }
    if let Some(file) = file.as_deref().filter(|file| !is_below(file)) {
        return Err(format!(
            "the picture `{file}` is not a path below the folder of pipeline.yaml"
        ));
    }
    if let Some(file) = file.as_deref().filter(|file| leads_outside(file, spec)) {
        return Err(format!(
            "the picture `{file}` is a link to a file outside the folder of pipeline.yaml that the plugin may not read"
        ));
    }
    Ok(Image {
        url,
        file,
        alt,
        ..Image::default()
    })
}

/// Returns `true` if symbolic links in `path` lead to a file that is neither below the folder of pipeline.yaml nor
/// granted to the plugin, which must not have the host read it.
fn leads_outside(path: &str, spec: &ProgramSpec) -> bool {
    let Ok(real) = spec.root.join(path).canonicalize() else {
        return false;
    };
    let root = spec.root.canonicalize();
    !root.is_ok_and(|root| real.starts_with(root)) && !spec.permissions.may_read(&real)
}

/// Returns `true` if `path` is relative and leads to a place below its start.
pub(super) fn is_below(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.is_empty()
        && !path.contains('\\')
        && parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
