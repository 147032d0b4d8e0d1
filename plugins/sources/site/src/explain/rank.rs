//! Ranks the offered values of each field and gives the reason for each choice.

use std::collections::BTreeMap;

use syndicate_api::{FieldCandidate, FieldOrigin, Image, Item, ItemField, PostDate};

/// The fields in display order, most important first.
pub(super) const FIELDS: &[ItemField] = &[
    ItemField::Url,
    ItemField::Title,
    ItemField::Description,
    ItemField::Image,
    ItemField::Published,
    ItemField::Updated,
    ItemField::Tags,
    ItemField::Author,
    ItemField::Lang,
    ItemField::Draft,
];

/// The values offered for each field, with their origins, in the order of precedence.
pub(super) type Offers = BTreeMap<ItemField, Vec<(FieldOrigin, String)>>;

/// Returns the candidates for each field of `item` from its page and its Markdown, with the winner
/// marked.
pub(super) fn rank(
    item: &Item,
    page: &Offers,
    markdown: &Offers,
) -> Vec<(ItemField, Vec<FieldCandidate>)> {
    let fields = FIELDS
        .iter()
        .map(|field| (*field, rank_field(*field, item, page, markdown)));
    fields
        .filter(|(_, candidates)| !candidates.is_empty())
        .collect()
}

fn rank_field(
    field: ItemField,
    item: &Item,
    page: &Offers,
    markdown: &Offers,
) -> Vec<FieldCandidate> {
    let own = |offers: &Offers| offers.get(&field).cloned().unwrap_or_default();
    let mut offered = own(page);
    offered.extend(own(markdown));
    let origin = item.origin.get(&field);
    let Some((origin, value)) = origin.cloned().zip(format_field(item, field)) else {
        return offered
            .into_iter()
            .map(|offer| rejected(offer, reason_unused(field)))
            .collect();
    };
    let is_exactly = |offer: &(FieldOrigin, String)| offer.0 == origin && offer.1 == value;
    let exact = offered.iter().position(is_exactly);
    let winner = exact.or_else(|| offered.iter().position(|(known, _)| *known == origin));
    let winner = winner.unwrap_or_else(|| {
        // The value was derived, because no offered value was usable.
        offered.push((origin.clone(), value.clone()));
        offered.len() - 1
    });
    let offered = offered.into_iter().enumerate();
    offered
        .map(|(at, offer)| match at.cmp(&winner) {
            std::cmp::Ordering::Less => rejected(offer, reason_passed_over(field)),
            std::cmp::Ordering::Equal => chosen(field, offer, &value),
            std::cmp::Ordering::Greater => rejected(offer, format!("{origin} takes precedence")),
        })
        .collect()
}

fn chosen(
    field: ItemField,
    (origin, offered): (FieldOrigin, String),
    value: &str,
) -> FieldCandidate {
    let why = match field {
        _ if offered == value => "the first usable value".to_owned(),
        ItemField::Title => format!("the first usable value, without the site's name: `{value}`"),
        ItemField::Url => format!("the first usable value, without its index page: `{value}`"),
        _ => format!("the first usable value, as `{value}`"),
    };
    FieldCandidate {
        origin,
        value: offered,
        is_chosen: true,
        reason: why,
    }
}

fn rejected((origin, value): (FieldOrigin, String), why: impl Into<String>) -> FieldCandidate {
    FieldCandidate {
        origin,
        value,
        is_chosen: false,
        reason: why.into(),
    }
}

/// Returns why a value of the page was not used although it has the highest precedence.
fn reason_passed_over(field: ItemField) -> &'static str {
    match field {
        ItemField::Url => "it is the URL of another page or site",
        ItemField::Published => {
            "the Markdown has the same time, or the page does not state it in its metadata"
        }
        ItemField::Tags | ItemField::Author | ItemField::Lang => {
            "the author's value takes precedence"
        }
        ItemField::Title => {
            "it is the title of the browser window, or the page does not state it in its metadata"
        }
        _ => "the page shows it but does not state it in its metadata",
    }
}

/// Returns why the only offered value was not used.
fn reason_unused(field: ItemField) -> &'static str {
    match field {
        ItemField::Tags => "tags are only read from the Markdown",
        _ => "the page shows it but does not state it in its metadata",
    }
}

/// Formats the value of a field of `item`.
pub(super) fn format_field(item: &Item, field: ItemField) -> Option<String> {
    match field {
        ItemField::Url => item.url.clone(),
        ItemField::Title => item.title.clone(),
        ItemField::Description => item.description.clone(),
        ItemField::Image => item.image.as_ref().and_then(picture),
        ItemField::Published => item.published.as_ref().map(date),
        ItemField::Updated => item.updated.as_ref().map(date),
        ItemField::Tags => (!item.tags.is_empty()).then(|| item.tags.join(", ")),
        ItemField::Author => item.author.clone(),
        ItemField::Lang => item.lang.clone(),
        ItemField::Draft => item.draft.then(|| "true".to_owned()),
        _ => None,
    }
}

/// Returns a picture's URL, else its file.
pub(super) fn picture(image: &Image) -> Option<String> {
    image.url.clone().or_else(|| image.file.clone())
}

/// Formats a day, or a timestamp with its offset.
pub(super) fn date(date: &PostDate) -> String {
    let format = if date.day_only {
        "%Y-%m-%d"
    } else {
        "%Y-%m-%dT%H:%M:%S%:z"
    };
    date.at.strftime(format).to_string()
}
