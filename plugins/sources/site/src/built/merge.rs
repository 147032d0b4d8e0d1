//! One item of a Markdown file and its page. The page's facts win for address, title, description,
//! picture and date, since they are what readers and search engines get; the front matter wins for
//! what the author wants: draft, tags, author, language, overrides. What a page merely shows, and does
//! not state of itself, wins only where the front matter is silent.

use syndicate_api::{FieldOrigin, Image, Item, ItemField, PostDate, normalise_url};

use super::build_time_dates::is_jekylls;
use super::titles::SiteName;
use super::{Built, escapes};
use crate::page::{Candidates, Page};
use crate::value::Sourced;

/// `item` with what the page in `file` says.
pub(super) fn merge(
    built: &Built<'_>,
    item: Item,
    file: &str,
    page: &Page,
    names: &SiteName,
) -> Item {
    let mut merged = Merged { item, page };
    merged.item.page = Some(built.output.beside_pipeline(file));
    merged.address(built, file);
    let own = merged.item.title.as_deref();
    let title = names.title_beside(page, own, merged.is_written(ItemField::Title));
    let title = title.map(|title| (title.text, title.origin));
    let title = merged.undo_escapes(ItemField::Title, &merged.item.title, title);
    merged.set(ItemField::Title, |item| &mut item.title, title);
    let description = merged.fact(ItemField::Description, &page.description);
    let description = merged.undo_escapes(
        ItemField::Description,
        &merged.item.description,
        description,
    );
    merged.set(
        ItemField::Description,
        |item| &mut item.description,
        description,
    );
    if page.signals.has_password_prompt && !merged.is_written(ItemField::Description) {
        // The text of the Markdown is what the password keeps from readers.
        let stated = page.description.best_stated().map(|(text, _)| text.clone());
        if stated.is_none() {
            merged.item.origin.remove(&ItemField::Description);
        }
        merged.item.description = stated;
    }
    let image = merged.fact(ItemField::Image, &page.images);
    let own = merged.item.image.clone();
    let image = image.map(|(image, origin)| (picture(built.located(&image), own), origin));
    merged.set(ItemField::Image, |item| &mut item.image, image);
    let published = published(page, merged.item.published.as_ref());
    merged.set(ItemField::Published, |item| &mut item.published, published);
    let updated = page.updated.best_stated().cloned();
    merged.set(ItemField::Updated, |item| &mut item.updated, updated);
    if !merged.is_written(ItemField::Author) {
        let author = page.author.best_stated().cloned();
        merged.set(ItemField::Author, |item| &mut item.author, author);
    }
    if merged.item.lang.is_none() {
        let lang = page.lang.best_stated().cloned();
        merged.set(ItemField::Lang, |item| &mut item.lang, lang);
    }
    merged.item
}

/// An item while its page is read into it.
struct Merged<'a> {
    item: Item,
    page: &'a Page,
}

impl Merged<'_> {
    /// Takes the address that the page gives, else keeps one that leads to the page.
    fn address(&mut self, built: &Built<'_>, file: &str) {
        let own = self
            .item
            .url
            .clone()
            .filter(|url| built.leads_to(url, file));
        let better = built.given_address(file, self.page, self.item.url.as_deref());
        let better = better.or_else(|| own.is_none().then(|| built.address_of(file))?);
        let url = better.as_ref().map(|(url, _)| url.clone()).or(own);
        if let Some(url) = url {
            let foreign = built.foreign_key(self.page);
            self.item.canonical = foreign.clone().or(self.item.canonical.take());
            rename(&mut self.item, &url, foreign);
            self.item.link = Some(url);
        }
        self.set(ItemField::Url, |item| &mut item.url, better);
    }

    /// Whether the front matter gives a field.
    fn is_written(&self, field: ItemField) -> bool {
        matches!(
            self.item.origin.get(&field),
            Some(FieldOrigin::FrontMatter(_))
        )
    }

    /// The page's value: one that it states, or, where the front matter is silent, that it shows.
    fn fact<T: Clone>(&self, field: ItemField, candidates: &Candidates<T>) -> Sourced<T> {
        let best = if self.is_written(field) {
            candidates.best_stated()
        } else {
            candidates.best()
        };
        best.cloned()
    }

    /// The page's text for a field, without what its theme escaped twice.
    fn undo_escapes(
        &self,
        field: ItemField,
        own: &Option<String>,
        stated: Sourced<String>,
    ) -> Sourced<String> {
        escapes::undo(stated, own.as_deref(), self.is_written(field))
    }

    /// Replaces the value of a field by a better one, if there is one.
    fn set<T>(
        &mut self,
        field: ItemField,
        slot: fn(&mut Item) -> &mut Option<T>,
        better: Sourced<T>,
    ) {
        if let Some((value, origin)) = better {
            *slot(&mut self.item) = Some(value);
            self.item.origin.insert(field, origin);
        }
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
        image.missing = own.missing.filter(|_| image.file.is_none());
    }
    image
}

/// When the page says that it appeared. The same instant stays in the zone in which the author wrote
/// it; where the page has the day alone, the Markdown's time of that day is the better answer. Where the
/// Markdown has no date, neither has what Jekyll says of it.
fn published(page: &Page, own: Option<&PostDate>) -> Option<(PostDate, FieldOrigin)> {
    let Some(own) = own else {
        let is_build_time = is_jekylls(page);
        return page.published.best().filter(|_| !is_build_time).cloned();
    };
    let (moment, origin) = page.published.best_stated()?;
    let same_day = moment.day_only && moment.at.date() == own.at.date();
    let same = same_day || moment.at.timestamp() == own.at.timestamp();
    (!same).then(|| (moment.clone(), origin.clone()))
}
