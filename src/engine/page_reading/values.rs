//! The values of single elements, and the gaps of those that a page lacks.

use html_meta::HeadValues;
use syndicate_api::{Item, PageElement, PartNeed, PartRule};

use super::gap::{GapKind, PageGap};
use super::suggestion::suggested;
use crate::engine::render::clean_line;

/// Returns the text of an element, on one line. Blank texts count as missing.
pub(super) fn value(head: &HeadValues, element: PageElement) -> Option<String> {
    let text = match element {
        PageElement::Meta(key) => head.meta(key),
        PageElement::Title => head.title(),
        PageElement::Link(relation) => head.links(relation).next(),
        PageElement::JsonLd { types, key } => head.json_ld(types, key),
    };
    let text = clean_line(text?);
    (!text.is_empty()).then_some(text)
}

/// Returns the gap of a part without a value, unless it may be missing.
pub(super) fn missing(item: &Item, rule: &PartRule) -> Option<PageGap> {
    if rule.need == PartNeed::Optional {
        return None;
    }
    let element = rule.suggested_element()?;
    let message = format!("the page has no `{element}`");
    let gap = PageGap::new(rule.part, GapKind::Missing, message, rule.missing_effect);
    Some(
        gap.with_element(suggested(item, rule))
            .if_important(rule.need == PartNeed::Needed),
    )
}
