//! Reads the fields of an item, each with its origin: from the keys of the front matter, or from a
//! fallback if those have no value.

mod dates;
mod draft;
mod excerpt;
mod faults;
mod gaps;
mod hidden;
mod image;
mod locate;
mod lookup;
mod metadata;
mod missing;
mod protection;
mod text;

use std::cell::{LazyCell, OnceCell};
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::dates::ParsedDate;
use syndicate_api::{
    Diagnostic, FieldOrigins, Item, ItemAuthor, ItemField, ItemFront, ItemText, PostDate,
    normalise_url, record_origin,
};

use crate::document::Document;

use crate::generators::{FileNameParts, Route, RouteError, RouteInput};
use crate::markdown;
use crate::post_file::PostFile;
use crate::post_prose::text_of;
use crate::post_text::PostText;
use crate::site::Site;
use crate::value::Sourced;
use crate::{identity, overrides, urls};
use dates::Dates;
use faults::FieldFaults;
use gaps::GapContext;
pub(crate) use protection::redact;

/// An item and the problems found while reading its file.
pub(crate) struct FileItem {
    pub(crate) item: Item,
    /// The reason why the item has no URL, if it should have one.
    pub(crate) route_error: Option<RouteError>,
    /// The reason why the text is restricted to some readers. `item` then contains no part of the text.
    protection: Option<String>,
}

impl FileItem {
    /// Returns `true` if the text is restricted to some readers.
    pub(crate) fn is_protected(&self) -> bool {
        self.protection.is_some()
    }

    /// Returns a note that the text is restricted to some readers, if it is.
    pub(crate) fn protection_note(&self) -> Option<String> {
        let reason = self.protection.as_ref()?;
        Some(format!(
            "its text is restricted to some readers by {reason}: no part of it is published"
        ))
    }
}

/// Builds the item of a file.
///
/// # Errors
/// Returns a diagnostic for each invalid value of the front matter.
pub(crate) fn read_item(
    site: &Arc<Site>,
    file: &PostFile,
    document: Document<'_>,
    now: Timestamp,
) -> Result<FileItem, Vec<Diagnostic>> {
    let mut faults = FieldFaults::default();
    let (front, body) = (&document.front, document.body());
    let keys = &site.options.fields;
    let name = site.generator.name_parts(file);
    let protection = protection::reason(site, front);
    let text = LazyCell::new(|| text_of(site, file, front, body));
    let whole = OnceCell::new();
    let prose = || {
        whole.get_or_init(|| {
            let prose = markdown::read_with(&text, site.conventions.text);
            match protection {
                Some(_) => prose.words_only(),
                None => prose,
            }
        })
    };
    let excerpt = || {
        let read_beginning = || {
            let rules = site.conventions.text;
            markdown::read_beginning(&text, rules, |prose| excerpt::of_beginning(site, &prose))
        };
        let is_open = protection.is_none() && whole.get().is_none();
        let beginning = is_open.then(read_beginning).flatten();
        beginning.unwrap_or_else(|| excerpt::of_text(site, prose()))
    };
    let dates = Dates::read(site, front, name.date, &mut faults);
    let mut origins = FieldOrigins::new();

    let draft = faults.take(draft::read(front, keys, file));
    let line_of = |written: &str| {
        let index = body.lines().position(|line| line.contains(written))?;
        Some(document.body_line() + index)
    };
    let gaps = GapContext {
        prose: &prose,
        line_of: &line_of,
    };
    let heading = || prose().heading.clone();
    let mut title = faults.take(text::title(site, front, &heading, file, &name));
    let title_gap = gaps.take(ItemField::Title, &mut title);
    let mut description = faults.take(text::description(site, front, &excerpt));
    let description_gap = gaps.take(ItemField::Description, &mut description);
    let routed = RouteInput {
        file,
        name: &name,
        front,
        title: title.as_ref().map_or("", |(title, _)| title),
        published: dates.published.as_ref().map(|(dated, _)| dated),
        zone: &site.zone,
        pattern: site.options.permalink.as_deref(),
        is_joined: site.options.output.is_some(),
    };
    let on_disk = name_on_disk(site, file);
    let built = RouteInput {
        file: on_disk.as_ref().map_or(file, |(file, _)| file),
        name: on_disk.as_ref().map_or(&name, |(_, name)| name),
        ..routed
    };
    let (route, route_error) = match site.generator.route(&built).and_then(check_url) {
        Ok(route) => (Some(route), None),
        // A draft without a URL is not an error: it gets its date when it is published.
        Err(_) if draft.is_some() => (None, None),
        Err(route_error) => (None, Some(route_error)),
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
    let pictures = || match markdown::may_have_pictures(&text) {
        true => prose().pictures.clone(),
        false => Vec::new(),
    };
    let image = image::read(front, keys, &pictures, &line_of, &context);
    let about = site.info(name.part);
    let authors = metadata::authors(site, &about, front);
    let authors = record_origin(&mut origins, ItemField::Author, authors).unwrap_or_default();
    let tags = faults.take(metadata::tags(site, front));
    let hold = faults.take(site.generator.skip_reason(file, front, &site.zone, now));
    let overrides = overrides::read(front, &site.zone, &|name| context.find_file(name));
    let overrides = faults.take(overrides);
    faults.into_result()?;
    let mut item = Item {
        keys: identity::keys(site, &routed, route.as_ref(), url.as_deref()),
        source: site.source.clone(),
        path: Some(site.relative_to_pipeline(&file.on_disk)),
        canonical: identity::canonical(site, front),
        link: url.clone(),
        title: record_origin(&mut origins, ItemField::Title, title),
        description: record_origin(&mut origins, ItemField::Description, description),
        gaps: title_gap.into_iter().chain(description_gap).collect(),
        image: record_origin(&mut origins, ItemField::Image, image),
        published: record_origin(
            &mut origins,
            ItemField::Published,
            post_date(dates.published),
        ),
        updated: record_origin(&mut origins, ItemField::Updated, post_date(dates.updated)),
        tags: record_origin(&mut origins, ItemField::Tags, tags).unwrap_or_default(),
        author: ItemAuthor::joined_names(&authors),
        authors,
        lang: record_origin(
            &mut origins,
            ItemField::Lang,
            metadata::lang(front, keys, &name, &about),
        ),
        draft: record_origin(
            &mut origins,
            ItemField::Draft,
            draft.map(|origin| ((), origin)),
        )
        .is_some(),
        text: ItemText::filed(PostText::new(site, file, document.body_place())),
        hold: hold.or_else(|| hidden::read(front)),
        overrides: overrides.into(),
        site: about,
        url,
        ..Item::default()
    };
    item.origin = origins;
    item.front = ItemFront::filed(&item.text);
    if protection.is_some() {
        item.text.hide();
    }
    Ok(FileItem {
        item,
        route_error,
        protection,
    })
}

/// Returns `route`, unless it is a URL that is not valid.
fn check_url(route: Route) -> Result<Route, RouteError> {
    match urls::is_remote(&route.path) && normalise_url(&route.path).is_none() {
        true => Err(RouteError::InvalidUrl(route.path)),
        false => Ok(route),
    }
}

/// Returns the file and its name parts in the Unicode form of the name on disk, which the built page's
/// URL has; `None` if it is the same.
fn name_on_disk(site: &Site, file: &PostFile) -> Option<(PostFile, FileNameParts)> {
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

/// Returns the URL of the page at `route`.
fn page_address(site: &Site, route: &Route) -> Option<String> {
    if urls::is_remote(&route.path) {
        return Some(urls::encode_url(&route.path));
    }
    Some(site.base.as_ref()?.join(&route.path))
}
