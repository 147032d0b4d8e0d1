//! Reads the picture that a page names, and compares its file with what the crawler accepts.

use html_meta::HeadValues;
use syndicate_api::{Item, Medium, PageElement, PagePart, PageRules, PartRule, url_is_public};
use url::Url;

use super::built_file::built_file;
use super::gap::{GapKind, PageGap};
use super::reading::PagePicture;
use super::suggestion::with_content;
use super::values::{missing, value};
use crate::engine::gather::Pictures;

/// The effect of a picture that the crawler cannot use.
const NO_PICTURE: &str = "the card has no picture";

/// Reads the picture by the rule for it. Its alternative text is a part of its own.
pub(super) fn read_picture(
    item: &Item,
    (rules, rule): (&PageRules, &PartRule),
    head: &HeadValues,
    pictures: &Pictures,
    gaps: &mut Vec<PageGap>,
) -> Option<PagePicture> {
    let mut elements = rule.elements.iter().chain(rule.fallback);
    let found = elements.find_map(|element| {
        let written = value(head, *element)?;
        Some((*element, head.resolve(&written)?, written))
    });
    let Some((element, url, written)) = found else {
        gaps.extend(missing(item, rule));
        return None;
    };
    let unusable =
        |kind, message: String| PageGap::new(PagePart::Picture, kind, message, NO_PICTURE);
    if !url_is_public(&url) {
        let message = format!("the page's `{element}` is `{url}`, which is not a public address");
        gaps.push(unusable(GapKind::Value, message));
    } else if !rules.picture.resolves_relative && Url::parse(&written).is_err() {
        let message = format!("the page's `{element}` is `{written}`, without a host");
        let absolute = with_content(element, &url);
        gaps.push(unusable(GapKind::Value, message).with_element(absolute));
    }
    let medium = picture_file(item, &url).and_then(|file| match pictures.unchanged(&file) {
        Ok(medium) => Some(medium),
        Err(error) => {
            let message = format!("the page's `{element}` is `{url}`, but {}", error.message);
            gaps.push(unusable(GapKind::Unusable, message));
            None
        }
    });
    if let Some(medium) = &medium {
        gaps.extend(refused(rules, element, medium));
    }
    Some(PagePicture {
        url,
        alt: None,
        origin: element.to_string(),
        medium,
    })
}

/// Returns the gap of a picture that the crawler does not accept.
fn refused(rules: &PageRules, element: PageElement, medium: &Medium) -> Option<PageGap> {
    let rule = &rules.picture;
    let file = medium.file.as_deref().unwrap_or_default();
    let (width, height) = medium.pixels.unwrap_or((u32::MAX, u32::MAX));
    let is_small =
        |(min_width, min_height): &(u32, u32)| width < *min_width || height < *min_height;
    let crawler = rules.crawler;
    let problem = if !rule.formats.is_empty() && !rule.formats.contains(&&*medium.media_type) {
        format!("is {}, which {crawler} does not accept", medium.media_type)
    } else if let Some(most) = rule.max_bytes.filter(|most| medium.bytes.length() > *most) {
        let (kilobytes, most) = (medium.bytes.length().div_ceil(1_000), most / 1_000);
        format!("has {kilobytes} kB; {crawler} accepts at most {most}")
    } else if let Some((min_width, min_height)) = rule.min_pixels.filter(is_small) {
        format!("has {width}×{height} pixels; {crawler} needs {min_width}×{min_height}")
    } else {
        return None;
    };
    let message = format!("the page's `{element}`, `{file}`, {problem}");
    Some(PageGap::new(
        PagePart::Picture,
        GapKind::Unusable,
        message,
        NO_PICTURE,
    ))
}

/// Returns the file of the picture at `url`, relative to pipeline.yaml.
fn picture_file(item: &Item, url: &str) -> Option<String> {
    let image = item.image.as_ref();
    let own = image.filter(|image| image.url.as_deref() == Some(url));
    own.and_then(|image| image.file.clone())
        .or_else(|| built_file(item, &Url::parse(url).ok()?))
}
