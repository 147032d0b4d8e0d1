//! One item of a Markdown file and its page. The page's facts win for address, title, description,
//! picture and date, since they are what readers and search engines get; the front matter wins for
//! what the author wants: draft, tags, author, language, overrides. What a page merely shows, and does
//! not state of itself, wins only where the front matter is silent.

use std::collections::BTreeMap;

use syndicate_api::{Field, Image, Item, Moment, Origin, normalise_url};

use super::Built;
use super::titles::SiteName;
use crate::page::{Candidates, Page};

/// `item` with what the page in `file` says.
pub(super) fn merge(
    built: &Built<'_>,
    mut item: Item,
    file: &str,
    page: &Page,
    names: &SiteName,
) -> Item {
    item.page = Some(built.output.beside_pipeline(file));
    if let Some((url, origin)) = built.own_address(file, page, &BTreeMap::new()) {
        rename(&mut item, &url, built.foreign_key(page));
        item.link = Some(url.clone());
        set(
            &mut item.url,
            Some((url, origin)),
            Field::Url,
            &mut item.origin,
        );
    }
    let title = names.title_of(page).map(|title| (title.text, title.origin));
    set(&mut item.title, title, Field::Title, &mut item.origin);

    let description = facts(&page.description, is_written(&item, Field::Description));
    set(
        &mut item.description,
        description,
        Field::Description,
        &mut item.origin,
    );
    let image = facts(&page.images, is_written(&item, Field::Image));
    let image =
        image.map(|(image, origin)| (picture(built.located(&image), item.image.take()), origin));
    set(&mut item.image, image, Field::Image, &mut item.origin);

    let published = published(page, item.published.as_ref());
    set(
        &mut item.published,
        published,
        Field::Published,
        &mut item.origin,
    );
    let updated = facts(&page.updated, true);
    set(&mut item.updated, updated, Field::Updated, &mut item.origin);
    if !is_written(&item, Field::Author) {
        set(
            &mut item.author,
            facts(&page.author, true),
            Field::Author,
            &mut item.origin,
        );
    }
    if item.lang.is_none() {
        set(
            &mut item.lang,
            facts(&page.lang, true),
            Field::Lang,
            &mut item.origin,
        );
    }
    item
}

/// Whether the front matter gives a field.
fn is_written(item: &Item, field: Field) -> bool {
    matches!(item.origin.get(&field), Some(Origin::FrontMatter(_)))
}

/// The page's value: one that it states, or, unless there is a better one, that it shows.
fn facts<T: Clone>(candidates: &Candidates<T>, stated: bool) -> Option<(T, Origin)> {
    let best = if stated {
        candidates.best_stated()
    } else {
        candidates.best()
    };
    best.cloned()
}

/// Replaces a value by a better one, if there is one.
fn set<T>(
    value: &mut Option<T>,
    better: Option<(T, Origin)>,
    field: Field,
    origins: &mut syndicate_api::Origins,
) {
    if let Some((better, origin)) = better {
        *value = Some(better);
        origins.insert(field, origin);
    }
}

/// Gives the item the keys of its real address; the one that was worked out goes, as it may be that of
/// another post.
fn rename(item: &mut Item, url: &str, foreign: Option<String>) {
    let guessed = item.url.as_deref().and_then(normalise_url);
    let mut keys: Vec<String> = normalise_url(url).into_iter().chain(foreign).collect();
    for key in std::mem::take(&mut item.keys) {
        if Some(&key) != guessed.as_ref() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    item.keys = keys;
}

/// The page's picture. One that the Markdown shows at the same address lends it its file, where the
/// output folder lacks it, and its words.
fn picture(mut image: Image, own: Option<Image>) -> Image {
    if let Some(own) = own.filter(|own| own.url.is_some() && own.url == image.url) {
        image.file = image.file.or(own.file);
        image.alt = image.alt.or(own.alt);
    }
    image
}

/// When the page says that it appeared. The same instant stays in the zone in which the author wrote
/// it; where the page has the day alone, the Markdown's time of that day is the better answer.
fn published(page: &Page, own: Option<&Moment>) -> Option<(Moment, Origin)> {
    let Some(own) = own else {
        return page.published.best().cloned();
    };
    let (moment, origin) = page.published.best_stated()?;
    let same_day = moment.day_only && moment.at.date() == own.at.date();
    let same = same_day || moment.at.timestamp() == own.at.timestamp();
    (!same).then(|| (moment.clone(), origin.clone()))
}
