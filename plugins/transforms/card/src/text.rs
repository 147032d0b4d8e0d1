//! The texts of a post's card.

use card_renderer::CardText;
use syndicate_api::{Item, PostDate};

/// Returns the texts of the card of `item`. `site` and `date` are options; an empty text leaves the field out.
pub(crate) fn card_text(item: &Item, site: Option<&str>, date: Option<&str>) -> CardText {
    let site = site.map(str::to_owned).or_else(|| item.site.title.clone());
    let host = || host(item.url.as_deref().or(item.site.url.as_deref())?);
    let lang = item.lang.clone().or_else(|| item.site.lang.clone());
    let published = item.published.as_ref();
    CardText {
        title: item.title.clone().unwrap_or_default(),
        site: site.or_else(host).unwrap_or_default(),
        author: item.author.clone().unwrap_or_default(),
        date: published
            .map(|published| format_date(published, date, lang.as_deref()))
            .unwrap_or_default(),
        tags: item.tags.clone(),
        lang,
    }
}

/// Returns the host of `url`, without `www.`.
fn host(url: &str) -> Option<String> {
    let host = syndicate_api::url_host(url)?;
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// Formats the day of `date`. Names of months are English, so other languages get numbers.
fn format_date(date: &PostDate, form: Option<&str>, lang: Option<&str>) -> String {
    let is_english = lang.is_none_or(|lang| {
        let primary = lang.split(['-', '_']).next().unwrap_or_default();
        primary.eq_ignore_ascii_case("en")
    });
    let default = if is_english { "%B %-d, %Y" } else { "%Y-%m-%d" };
    date.at.date().strftime(form.unwrap_or(default)).to_string()
}
