//! Reads the card that a platform makes from a post's page. The platform's crawler reads the published page later; this
//! module reads the built one, by the elements that crawlers agree on. It never affects a payload.

mod built_file;
#[cfg(test)]
mod tests;

use html_meta::{Candidates, Page};
use syndicate_api::{Item, Medium, url_is_public};
use url::Url;

use self::built_file::built_file;
use super::gather::Pictures;
use super::render::clean_line;

/// The elements that crawlers read, the preferred first.
const TITLE: &[&str] = &["og:title", "twitter:title", "title"];
const DESCRIPTION: &[&str] = &["og:description", "twitter:description", "meta description"];
const PICTURE: &[&str] = &["og:image", "twitter:image", "twitter:image:src"];
const SITE: &[&str] = &["og:site_name"];

/// The origin of a value that is not from the page, because the page could not be read.
const ITEM: &str = "post";

/// The card that a platform makes from a post's page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageCard {
    /// The built page, relative to pipeline.yaml. `None` if it could not be read; then the values are those of the post.
    pub page: Option<String>,
    /// The title.
    pub title: Option<PageField>,
    /// The description.
    pub description: Option<PageField>,
    /// The name of the site.
    pub site: Option<PageField>,
    /// The picture.
    pub picture: Option<PagePicture>,
    /// The elements that the card lacks.
    pub gaps: Vec<CardGap>,
}

/// A value of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageField {
    /// The text, on one line.
    pub text: String,
    /// The element that it is from, such as `og:title`.
    pub origin: String,
}

/// The picture of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct PagePicture {
    /// Its URL.
    pub url: String,
    /// The alternative text.
    pub alt: Option<String>,
    /// The element that it is from, such as `og:image`.
    pub origin: String,
    /// The file of the built site, if there is one. It is not sent.
    pub medium: Option<Medium>,
}

/// A part that a card lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardGap {
    /// The problem with the page.
    pub message: String,
    /// The effect on readers.
    pub meaning: String,
}

impl CardGap {
    fn new(message: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            meaning: meaning.into(),
        }
    }
}

/// Reads the card of `item`.
pub(super) fn page_card(item: &Item, pictures: &Pictures) -> PageCard {
    let Some(name) = &item.page else {
        let why = "the built page is not known";
        return unread_card(item, pictures, why.to_owned());
    };
    let Some(html) = pictures.read_page(name) else {
        return unread_card(item, pictures, format!("cannot read the page `{name}`"));
    };
    let url = item.url.as_deref().and_then(|url| Url::parse(url).ok());
    let page = html_meta::read(&html, url.as_ref());
    PageCard {
        page: Some(name.clone()),
        ..card_of(item, &page, pictures)
    }
}

/// Returns the card of an item whose page is not readable. Its metadata probably has the values of the item.
fn unread_card(item: &Item, pictures: &Pictures, why: String) -> PageCard {
    let field = |text: &Option<String>| {
        let text = text.as_deref().map(clean_line);
        let text = text.filter(|text| !text.is_empty());
        text.map(|text| PageField {
            text,
            origin: ITEM.to_owned(),
        })
    };
    let image = item.image.as_ref();
    let picture = image.and_then(|image| {
        let file = image.file.as_deref();
        Some(PagePicture {
            url: image.url.clone().or_else(|| image.file.clone())?,
            alt: image.alt.clone(),
            origin: ITEM.to_owned(),
            medium: file.and_then(|file| pictures.unchanged(file).ok()),
        })
    });
    let meaning = "the card shows the values of the post, and the platform may read others";
    PageCard {
        page: None,
        title: field(&item.title),
        description: field(&item.description),
        site: field(&item.site.title),
        picture,
        gaps: vec![CardGap::new(why, meaning)],
    }
}

fn card_of(item: &Item, page: &Page, pictures: &Pictures) -> PageCard {
    let mut gaps = Vec::new();
    let title = field(&page.title, TITLE);
    match &title {
        Some(title) if title.origin == "title" => gaps.push(CardGap::new(
            "the page has no `og:title`",
            "the card shows its `<title>`",
        )),
        Some(_) => {}
        None => gaps.push(CardGap::new(
            "the page has no title",
            "the card shows only an address, or there is none",
        )),
    }
    let description = field(&page.description, DESCRIPTION);
    if description.is_none() {
        let message = "the page has no `og:description`";
        gaps.push(CardGap::new(message, "the card has no description"));
    }
    PageCard {
        page: None,
        title,
        description,
        site: field(&page.site_name, SITE),
        picture: picture(item, page, pictures, &mut gaps),
        gaps,
    }
}

/// Returns the value of the first of `origins` that the page has.
fn field(candidates: &Candidates<String>, origins: &[&str]) -> Option<PageField> {
    origins.iter().find_map(|origin| {
        let mut of_origin = candidates.iter().filter(|found| found.origin == *origin);
        let text = of_origin.find_map(|found| {
            let text = clean_line(&found.value);
            (!text.is_empty()).then_some(text)
        })?;
        Some(PageField {
            text,
            origin: (*origin).to_owned(),
        })
    })
}

fn picture(
    item: &Item,
    page: &Page,
    pictures: &Pictures,
    gaps: &mut Vec<CardGap>,
) -> Option<PagePicture> {
    const NO_PICTURE: &str = "the card has no picture";
    let found = PICTURE.iter().find_map(|origin| {
        let mut images = page.images.iter();
        images.find(|image| image.origin == *origin)
    });
    let Some(found) = found else {
        gaps.push(CardGap::new("the page has no `og:image`", NO_PICTURE));
        return None;
    };
    let (url, origin) = (&found.value.url, &found.origin);
    if !url_is_public(url) {
        let message = format!("the page's `{origin}` is `{url}`, which is not a public address");
        gaps.push(CardGap::new(message, NO_PICTURE));
    }
    let file = picture_file(item, url);
    let medium = file.and_then(|file| match pictures.unchanged(&file) {
        Ok(medium) => Some(medium),
        Err(error) => {
            let message = format!("the page's `{origin}` is `{url}`, but {}", error.message);
            gaps.push(CardGap::new(message, NO_PICTURE));
            None
        }
    });
    Some(PagePicture {
        url: url.clone(),
        alt: found.value.alt.as_deref().map(clean_line),
        origin: origin.clone(),
        medium,
    })
}

/// Returns the file of the picture at `url`, relative to pipeline.yaml.
fn picture_file(item: &Item, url: &str) -> Option<String> {
    let image = item.image.as_ref();
    let own = image.filter(|image| image.url.as_deref() == Some(url));
    own.and_then(|image| image.file.clone())
        .or_else(|| built_file(item, &Url::parse(url).ok()?))
}
