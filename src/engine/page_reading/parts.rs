//! Applies the rules of a crawler to the head of a page.

use html_meta::HeadValues;
use syndicate_api::{
    Item, PageElement, PagePart, PageRules, PartNeed, PartRule, normalise_url, url_host,
    url_is_public,
};

use super::gap::{GapKind, PageGap};
use super::picture::read_picture;
use super::reading::{PageReading, ReadPart};
use super::suggestion::suggested;
use super::values::{missing, value};
use crate::engine::gather::Pictures;

/// Adds the parts of `rules` to `reading`.
pub(super) fn read_parts(
    item: &Item,
    rules: &PageRules,
    head: &HeadValues,
    pictures: &Pictures,
    reading: &mut PageReading,
) {
    for rule in rules.parts {
        let mut gaps = Vec::new();
        match rule.part {
            PagePart::Picture => {
                reading.picture = read_picture(item, (rules, rule), head, pictures, &mut gaps);
            }
            // A page without a picture has nothing to describe.
            PagePart::PictureAlt if reading.picture.is_none() => {}
            part => {
                let found = read_part(item, rule, head, &mut gaps);
                match (&found, &mut reading.picture) {
                    (Some(found), Some(picture)) if part == PagePart::PictureAlt => {
                        picture.alt = Some(found.text.clone());
                    }
                    _ => reading.parts.extend(found),
                }
            }
        }
        reading.gaps.extend(gaps.into_iter().map(|gap| PageGap {
            occasion: rules.occasion,
            ..gap
        }));
    }
}

fn read_part(
    item: &Item,
    rule: &PartRule,
    head: &HeadValues,
    gaps: &mut Vec<PageGap>,
) -> Option<ReadPart> {
    let (found, is_fallback) = find(rule, head);
    let Some((element, text)) = found else {
        gaps.extend(missing(item, rule));
        return None;
    };
    if is_fallback {
        gaps.extend(rule.suggested_element().map(|element| {
            let message = format!("the page has no `{element}`");
            PageGap::new(rule.part, GapKind::Fallback, message, rule.fallback_effect)
                .with_element(suggested(item, rule))
                .if_important(rule.need == PartNeed::Needed)
        }));
    }
    if let Some(value) = &rule.value
        && !(value.is_met)(&text)
    {
        let message = format!("the page's `{element}` is `{text}`");
        let gap = PageGap::new(rule.part, GapKind::Value, message, value.effect);
        gaps.push(
            gap.with_element(suggested(item, rule))
                .if_important(rule.need == PartNeed::Needed),
        );
    }
    let mut text = text;
    if rule.part == PagePart::Address {
        text = head.resolve(&text).unwrap_or(text);
        gaps.extend(wrong_address(item, element, &text));
    }
    Some(ReadPart {
        part: rule.part,
        text,
        origin: element.to_string(),
    })
}

/// Returns the first value of `rule`, and `true` if it is from a fallback.
fn find(rule: &PartRule, head: &HeadValues) -> (Option<(PageElement, String)>, bool) {
    let first = |elements: &[PageElement]| {
        let mut elements = elements.iter();
        elements.find_map(|element| Some((*element, value(head, *element)?)))
    };
    match first(rule.elements) {
        Some(found) => (Some(found), false),
        None => (first(rule.fallback), true),
    }
}

/// Returns the gap of an address that readers cannot open, or that is not the post's. Plans warn about an address on
/// another host.
fn wrong_address(item: &Item, element: PageElement, address: &str) -> Option<PageGap> {
    let own = item.url.as_deref()?;
    let is_same = normalise_url(address) == normalise_url(own);
    let problem = if !url_is_public(address) {
        "which is not a public address".to_owned()
    } else if url_host(address) == url_host(own) && !is_same {
        format!("and not the post's address `{own}`")
    } else {
        return None;
    };
    let message = format!("the page's `{element}` is `{address}`, {problem}");
    let effect = "the card may lead there";
    let gap = PageGap::new(PagePart::Address, GapKind::Value, message, effect);
    Some(gap.if_important(false))
}
