//! The fields of an item, each with its origin: which keys of the front matter give it, and what
//! stands in where they are silent.

mod dates;
mod draft;
mod hidden;
mod image;
mod locate;
mod lookup;
mod missing;
mod names;
mod protection;
mod text;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::path::Path;

use jiff::Timestamp;
use syndicate_api::dates::ParsedDate;
use syndicate_api::{
    Diagnostic, FieldOrigins, Item, ItemField, PostDate, TextDigest, TextKind, normalise_url,
    record_origin,
};

use crate::document::{Document, Front};

use crate::generators::{Excerpt, FileNameParts, Route, RouteError, RouteInput};
use crate::markdown::{self, Prose};
use crate::post_file::PostFile;
use crate::site::Site;
use crate::value::Sourced;
use crate::walk::is_mdx;
use crate::{address, identity, overrides};
use dates::Dates;
pub(crate) use protection::close;

/// What a file was read as.
pub(crate) struct FileItem {
    pub(crate) item: Item,
    /// Why it has no address, if it should have one.
    pub(crate) unrouted: Option<RouteError>,
    /// What keeps some readers from its text, no part of which is in `item` then.
    protection: Option<String>,
}

impl FileItem {
    /// Returns whether not all readers may see the text.
    pub(crate) fn is_protected(&self) -> bool {
        self.protection.is_some()
    }

    /// Returns the note that the text is not for all readers, if it is not.
    pub(crate) fn protection_note(&self) -> Option<String> {
        let reason = self.protection.as_ref()?;
        Some(format!(
            "its text is for some readers alone, by {reason}: no part of it is published"
        ))
    }
}

/// Returns the item that a file is.
pub(crate) fn item(
    site: &Site,
    file: &PostFile,
    document: Document,
    now: Timestamp,
) -> Result<FileItem, Diagnostic> {
    let Document { front, body } = document;
    let keys = &site.options.fields;
    let name = site.generator.name_parts(file);
    let protection = protection::reason(site, &front);
    let prose = LazyCell::new(|| {
        let prose = read_text(site, file, &front, &body);
        match protection {
            Some(_) => prose.closed(),
            None => prose,
        }
    });
    let dates = Dates::read(site, &front, name.date)?;
    let mut origins = FieldOrigins::new();

    let draft = draft::read(&front, keys, file)?;
    let title = text::title(site, &front, &|| prose.heading.clone(), file, &name);
    let routed = RouteInput {
        file,
        name: &name,
        front: &front,
        title: title.as_ref().map_or("", |(title, _)| title),
        published: dates.published.as_ref().map(|(dated, _)| dated),
        zone: &site.zone,
        pattern: site.options.permalink.as_deref(),
        is_joined: site.options.output.is_some(),
    };
    let as_built = built_name(site, file);
    let built = RouteInput {
        file: as_built.as_ref().map_or(file, |(file, _)| file),
        name: as_built.as_ref().map_or(&name, |(_, name)| name),
        ..routed
    };
    let (route, unrouted) = match site.generator.route(&built) {
        Ok(route) => (Some(route), None),
        // A draft gets its date when it is published.
        Err(_) if draft.is_some() => (None, None),
        Err(unrouted) => (None, Some(unrouted)),
    };
    let url = route
        .as_ref()
        .and_then(|route| Some((page_address(site, route)?, route.origin.clone())));
    let url = record_origin(&mut origins, ItemField::Url, url);

    let context = locate::ResolveContext {
        site,
        file,
        asset_folder: name.asset_folder.as_deref(),
        page: url.as_deref(),
        route: route.as_ref(),
    };
    let image = image::read(&front, keys, &|| prose.pictures.clone(), &context);
    let about = site.about(name.part);
    let mut item = Item {
        keys: identity::keys(site, &routed, route.as_ref(), url.as_deref()),
        source: site.source.clone(),
        path: Some(site.beside_pipeline(&file.on_disk)),
        canonical: identity::canonical(site, &front),
        link: url.clone(),
        title: record_origin(&mut origins, ItemField::Title, title),
        description: record_origin(
            &mut origins,
            ItemField::Description,
            text::description(site, &front, &|| excerpt(site, &prose)),
        ),
        image: record_origin(&mut origins, ItemField::Image, image),
        published: record_origin(
            &mut origins,
            ItemField::Published,
            post_date(dates.published),
        ),
        updated: record_origin(&mut origins, ItemField::Updated, post_date(dates.updated)),
        tags: record_origin(&mut origins, ItemField::Tags, names::tags(site, &front))
            .unwrap_or_default(),
        author: record_origin(
            &mut origins,
            ItemField::Author,
            names::author(site, &about, &front),
        ),
        lang: record_origin(
            &mut origins,
            ItemField::Lang,
            names::lang(&front, keys, &name, &about),
        ),
        draft: record_origin(
            &mut origins,
            ItemField::Draft,
            draft.map(|origin| ((), origin)),
        )
        .is_some(),
        text: TextDigest::of(TextKind::Markdown, &prose.words),
        hold: site
            .generator
            .skip_reason(file, &front, &site.zone, now)?
            .or_else(|| hidden::read(&front)),
        overrides: overrides::read(&front, &site.zone, &|name| context.find_file(name))?,
        site: about,
        url,
        ..Item::default()
    };
    drop(prose);
    item.origin = origins;
    item.front = front.map;
    if protection.is_none() {
        item.body = markdown::without_hidden(&body).into_owned();
    }
    Ok(FileItem {
        item,
        unrouted,
        protection,
    })
}

/// Reads the text of a post as its generator reads it.
fn read_text(site: &Site, file: &PostFile, front: &Front, body: &str) -> Prose {
    let mut text = site.generator.text(front, body);
    if is_mdx(Path::new(&file.path)) {
        text = Cow::Owned(markdown::without_mdx(&text).into_owned());
    }
    markdown::read_by(&text, site.conventions.text)
}

/// Returns the file and its name in the Unicode form that its page has, where that is another one.
fn built_name(site: &Site, file: &PostFile) -> Option<(PostFile, FileNameParts)> {
    let differs = site.conventions.keeps_unicode_form && file.on_disk != file.path;
    differs.then(|| {
        let file = file.as_on_disk();
        let name = site.generator.name_parts(&file);
        (file, name)
    })
}

fn post_date(found: Sourced<ParsedDate>) -> Sourced<PostDate> {
    found.map(|(parsed, origin)| (parsed.date, origin))
}

/// The words that stand in for a description, and what they are called.
fn excerpt(site: &Site, prose: &Prose) -> (String, &'static str) {
    let text = if site.conventions.excerpt_has_headings {
        &prose.headed
    } else {
        &prose.excerpt
    };
    let kind = site.conventions.excerpt;
    if prose.marked && kind != Excerpt::Line {
        return (text.clone(), "text before the excerpt marker");
    }
    match kind {
        Excerpt::Beginning => (text.clone(), "beginning of the text"),
        Excerpt::Line => (prose.line.clone(), "first line"),
        Excerpt::Paragraph => (prose.paragraph.clone(), "first paragraph"),
        Excerpt::Words(most) => {
            let words = text.split(' ').take(most).collect::<Vec<_>>().join(" ");
            let end = if words == *text { "" } else { "…" };
            (format!("{words}{end}"), "beginning of the text")
        }
    }
}

/// The address of the page at `route`.
fn page_address(site: &Site, route: &Route) -> Option<String> {
    if address::is_remote(&route.path) {
        // Only what can be a key is an address.
        normalise_url(&route.path)?;
        return Some(address::encode_address(&route.path));
    }
    Some(site.base.as_ref()?.join(&route.path))
}
