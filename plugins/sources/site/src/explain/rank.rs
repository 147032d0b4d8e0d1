//! Which of the offered values each field has, and why it is not another one.

use std::collections::BTreeMap;

use syndicate_api::{FieldCandidate, FieldOrigin, Image, Item, ItemField, PostDate};

/// The fields, in the order in which people care for them.
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

/// The values that something offers for each field, with their origins, in their order.
pub(super) type Offers = BTreeMap<ItemField, Vec<(FieldOrigin, String)>>;

/// What the fields of `item` could be by its page and by its Markdown, and what they are.
pub(super) fn rank(
    item: &Item,
    page: &Offers,
    markdown: &Offers,
) -> Vec<(ItemField, Vec<FieldCandidate>)> {
    let fields = FIELDS
        .iter()
        .map(|field| (*field, of_field(*field, item, page, markdown)));
    fields
        .filter(|(_, candidates)| !candidates.is_empty())
        .collect()
}

fn of_field(
    field: ItemField,
    item: &Item,
    page: &Offers,
    markdown: &Offers,
) -> Vec<FieldCandidate> {
    let own = |offers: &Offers| offers.get(&field).cloned().unwrap_or_default();
    let mut offered = own(page);
    offered.extend(own(markdown));
    let origin = item.origin.get(&field);
    let Some((origin, value)) = origin.cloned().zip(shown(item, field)) else {
        return offered
            .into_iter()
            .map(|offer| lost(offer, unused(field)))
            .collect();
    };
    let is_exactly = |offer: &(FieldOrigin, String)| offer.0 == origin && offer.1 == value;
    let exact = offered.iter().position(is_exactly);
    let winner = exact.or_else(|| offered.iter().position(|(known, _)| *known == origin));
    let winner = winner.unwrap_or_else(|| {
        // It was made up where nothing that was offered would do.
        offered.push((origin.clone(), value.clone()));
        offered.len() - 1
    });
    let offered = offered.into_iter().enumerate();
    offered
        .map(|(at, offer)| match at.cmp(&winner) {
            std::cmp::Ordering::Less => lost(offer, passed_over(field)),
            std::cmp::Ordering::Equal => won(field, offer, &value),
            std::cmp::Ordering::Greater => lost(offer, format!("{origin} comes first")),
        })
        .collect()
}

fn won(field: ItemField, (origin, offered): (FieldOrigin, String), value: &str) -> FieldCandidate {
    let why = match field {
        _ if offered == value => "the first that will do".to_owned(),
        ItemField::Title => format!("the first that will do, without the site's name: `{value}`"),
        ItemField::Url => format!("the first that will do, without its index page: `{value}`"),
        _ => format!("the first that will do, as `{value}`"),
    };
    FieldCandidate {
        origin,
        value: offered,
        is_chosen: true,
        reason: why,
    }
}

fn lost((origin, value): (FieldOrigin, String), why: impl Into<String>) -> FieldCandidate {
    FieldCandidate {
        origin,
        value,
        is_chosen: false,
        reason: why.into(),
    }
}

/// Why a value of the page was not taken although it comes first.
fn passed_over(field: ItemField) -> &'static str {
    match field {
        ItemField::Url => "it is the address of another page or site",
        ItemField::Published => "the Markdown has the same moment, or the page does not state it",
        ItemField::Tags | ItemField::Author | ItemField::Lang => "here the author's word counts",
        ItemField::Title => {
            "it is the title of the window, or the page shows it and does not state it"
        }
        _ => "the page shows it and does not state it of itself",
    }
}

/// Why a value was not taken although there is no other.
fn unused(field: ItemField) -> &'static str {
    match field {
        ItemField::Tags => "tags are taken from the Markdown alone",
        _ => "the page shows it and does not state it of itself",
    }
}

/// The value of a field of `item`, as text.
pub(super) fn shown(item: &Item, field: ItemField) -> Option<String> {
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

/// A picture's address, or its file where it has none.
pub(super) fn picture(image: &Image) -> Option<String> {
    image.url.clone().or_else(|| image.file.clone())
}

/// A date, or an instant with its offset.
pub(super) fn date(date: &PostDate) -> String {
    let format = if date.day_only {
        "%Y-%m-%d"
    } else {
        "%Y-%m-%dT%H:%M:%S%:z"
    };
    date.at.strftime(format).to_string()
}
