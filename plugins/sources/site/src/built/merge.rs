//! Merges the item of a Markdown file with its built page. The page wins for URL, title, description,
//! picture and date, because readers and search engines get these. The front matter wins for draft,
//! tags, author, language and overrides, which are the author's decision. Visible text of the page that
//! is not stated in its metadata wins only over values that are not from the front matter.

use syndicate_api::{FieldOrigin, Image, Item, ItemAuthor, ItemField, PostDate, normalise_url};

use super::build_time_dates::is_made_by_jekyll;
use super::titles::SiteName;
use super::{BuiltSite, escapes};
use crate::page::{Candidates, Page};
use crate::value::Sourced;

/// Returns `item` merged with the data of the page in `file`.
pub(super) fn merge(
    built: &BuiltSite<'_>,
    item: Item,
    file: &str,
    page: &Page,
    names: &SiteName,
) -> Item {
    let mut merged = MergedItem { item, page };
    merged.item.page = Some(built.output.relative_to_pipeline(file));
    merged.set_url(built, file);
    let own = merged.item.title.as_deref();
    let title = names.title_beside(page, own, merged.is_from_front_matter(ItemField::Title));
    let title = title.map(|title| (title.text, title.origin));
    let title = merged.undo_double_escaping(ItemField::Title, &merged.item.title, title);
    merged.set(ItemField::Title, |item| &mut item.title, title);
    let description = merged.page_value(ItemField::Description, &page.description);
    let description = merged.undo_double_escaping(
        ItemField::Description,
        &merged.item.description,
        description,
    );
    merged.set(
        ItemField::Description,
        |item| &mut item.description,
        description,
    );
    if page.signals.has_password_prompt && !merged.is_from_front_matter(ItemField::Description) {
        // A description that was derived from the Markdown would reveal the protected text.
        let stated = page.description.best_stated().map(|(text, _)| text.clone());
        if stated.is_none() {
            merged.item.origin.remove(&ItemField::Description);
        }
        merged.item.description = stated;
    }
    let image = merged.page_value(ItemField::Image, &page.images);
    let own = merged.item.image.clone();
    let image =
        image.map(|(image, origin)| (merge_picture(built.with_local_file(&image), own), origin));
    merged.set(ItemField::Image, |item| &mut item.image, image);
    let published = published_date(page, merged.item.published.as_ref());
    merged.set(ItemField::Published, |item| &mut item.published, published);
    let updated = page.updated.best_stated().cloned();
    merged.set(ItemField::Updated, |item| &mut item.updated, updated);
    if !merged.is_from_front_matter(ItemField::Author) {
        let author = page.author.best_stated().cloned();
        if let Some((names, _)) = &author {
            merged.item.authors = page_authors(names);
        }
        merged.set(ItemField::Author, |item| &mut item.author, author);
    }
    if merged.item.lang.is_none() {
        let lang = page.lang.best_stated().cloned();
        merged.set(ItemField::Lang, |item| &mut item.lang, lang);
    }
    let mut item = merged.item;
    item.origin = std::mem::take(&mut item.origin).shared();
    item
}

/// Returns the authors that a page names in one text, separated by commas.
pub(super) fn page_authors(names: &str) -> Vec<ItemAuthor> {
    names.split(", ").map(ItemAuthor::named).collect()
}

/// An item and the page that is merged into it.
struct MergedItem<'a> {
    item: Item,
    page: &'a Page,
}

impl MergedItem<'_> {
    /// Sets the URL that the page states, else keeps the item's own if it leads to the page.
    fn set_url(&mut self, built: &BuiltSite<'_>, file: &str) {
        let own = self
            .item
            .url
            .clone()
            .filter(|url| built.leads_to(url, file));
        let better = built.stated_url(file, self.page, self.item.url.as_deref());
        let better = better.or_else(|| own.is_none().then(|| built.url_of(file))?);
        let url = better.as_ref().map(|(url, _)| url.clone()).or(own);
        if let Some(url) = url {
            let foreign = built.foreign_canonical(file, self.page);
            self.item.canonical = foreign.clone().or(self.item.canonical.take());
            replace_url_key(&mut self.item, &url, foreign);
            self.item.link = Some(url);
        }
        self.set(ItemField::Url, |item| &mut item.url, better);
    }

    /// Returns `true` if the value of a field is from the front matter.
    fn is_from_front_matter(&self, field: ItemField) -> bool {
        matches!(
            self.item.origin.get(&field),
            Some(FieldOrigin::FrontMatter(_))
        )
    }

    /// Returns the page's value for a field. Only a stated value replaces one from the front matter.
    fn page_value<T: Clone>(&self, field: ItemField, candidates: &Candidates<T>) -> Sourced<T> {
        let best = if self.is_from_front_matter(field) {
            candidates.best_stated()
        } else {
            candidates.best()
        };
        best.cloned()
    }

    /// Returns the page's text for a field without its theme's double escaping.
    fn undo_double_escaping(
        &self,
        field: ItemField,
        own: &Option<String>,
        stated: Sourced<String>,
    ) -> Sourced<String> {
        escapes::undo_double_escaping(stated, own.as_deref(), self.is_from_front_matter(field))
    }

    /// Replaces the value of a field if `better` has one.
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

/// Replaces the item's URL key by the page's. The derived URL is dropped, because it may be that of
/// another post.
fn replace_url_key(item: &mut Item, url: &str, foreign: Option<String>) {
    let guessed = item.url.as_deref().and_then(normalise_url);
    let mut keys: Vec<String> = normalise_url(url).into_iter().chain(foreign).collect();
    for key in std::mem::take(&mut item.keys) {
        if Some(&key) != guessed.as_ref() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    item.keys = keys;
}

/// Returns the page's picture. If the Markdown has a picture with the same URL, its file and alt text
/// fill the gaps.
fn merge_picture(mut image: Image, own: Option<Image>) -> Image {
    if let Some(own) = own.filter(|own| own.url.is_some() && own.url == image.url) {
        image.file = image.file.or(own.file);
        image.alt = image.alt.or(own.alt);
        image.missing = own.missing.filter(|_| image.file.is_none());
    }
    image
}

/// Returns the page's publication date if it is better than `own`, the date from the Markdown. An equal
/// timestamp keeps the author's time zone, and a page's bare day does not replace the Markdown's time
/// on that day. If the Markdown has no date, a date from Jekyll is the build time and is ignored.
fn published_date(page: &Page, own: Option<&PostDate>) -> Option<(PostDate, FieldOrigin)> {
    let Some(own) = own else {
        let is_build_time = is_made_by_jekyll(page);
        return page.published.best().filter(|_| !is_build_time).cloned();
    };
    let (date, origin) = page.published.best_stated()?;
    let same_day = date.day_only && date.at.date() == own.at.date();
    let same = same_day || date.at.timestamp() == own.at.timestamp();
    (!same).then(|| (date.clone(), origin.clone()))
}
