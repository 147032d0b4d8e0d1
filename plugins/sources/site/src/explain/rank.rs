//! Which of the offered values each field has, and why it is not another one.

use std::collections::BTreeMap;

use syndicate_api::{Candidate, Field, Image, Item, Origin, PostDate};

/// The fields, in the order in which people care for them.
pub(super) const FIELDS: &[Field] = &[
    Field::Url,
    Field::Title,
    Field::Description,
    Field::Image,
    Field::Published,
    Field::Updated,
    Field::Tags,
    Field::Author,
    Field::Lang,
    Field::Draft,
];

/// The values that something offers for each field, with their origins, in their order.
pub(super) type Offers = BTreeMap<Field, Vec<(Origin, String)>>;

/// What the fields of `item` could be by its page and by its Markdown, and what they are.
pub(super) fn rank(item: &Item, page: &Offers, markdown: &Offers) -> Vec<(Field, Vec<Candidate>)> {
    let fields = FIELDS
        .iter()
        .map(|field| (*field, of_field(*field, item, page, markdown)));
    fields
        .filter(|(_, candidates)| !candidates.is_empty())
        .collect()
}

fn of_field(field: Field, item: &Item, page: &Offers, markdown: &Offers) -> Vec<Candidate> {
    let own = |offers: &Offers| offers.get(&field).cloned().unwrap_or_default();
    let mut offered = own(page);
    offered.extend(own(markdown));
    let origin = item.origin.get(&field);
    let Some((origin, value)) = origin.cloned().zip(shown(item, field)) else {
        return offered
            .into_iter()
            .map(|offer| losing(offer, reason_unused(field)))
            .collect();
    };
    let is_exactly = |offer: &(Origin, String)| offer.0 == origin && offer.1 == value;
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
            std::cmp::Ordering::Less => losing(offer, reason_passed_over(field)),
            std::cmp::Ordering::Equal => winning(field, offer, &value),
            std::cmp::Ordering::Greater => losing(offer, format!("{origin} comes first")),
        })
        .collect()
}

fn winning(field: Field, (origin, offered): (Origin, String), value: &str) -> Candidate {
    let why = match field {
        _ if offered == value => "the first that will do".to_owned(),
        Field::Title => format!("the first that will do, without the site's name: `{value}`"),
        Field::Url => format!("the first that will do, without its index page: `{value}`"),
        _ => format!("the first that will do, as `{value}`"),
    };
    Candidate {
        origin,
        value: offered,
        won: true,
        why,
    }
}

fn losing((origin, value): (Origin, String), why: impl Into<String>) -> Candidate {
    Candidate {
        origin,
        value,
        won: false,
        why: why.into(),
    }
}

/// Why a value of the page was not taken although it comes first.
fn reason_passed_over(field: Field) -> &'static str {
    match field {
        Field::Url => "it is the address of another page or site",
        Field::Published => "the Markdown has the same moment, or the page does not state it",
        Field::Tags | Field::Author | Field::Lang => "here the author's word counts",
        Field::Title => "it is the title of the window, or the page shows it and does not state it",
        _ => "the page shows it and does not state it of itself",
    }
}

/// Why a value was not taken although there is no other.
fn reason_unused(field: Field) -> &'static str {
    match field {
        Field::Tags => "tags are taken from the Markdown alone",
        _ => "the page shows it and does not state it of itself",
    }
}

/// The value of a field of `item`, as text.
pub(super) fn shown(item: &Item, field: Field) -> Option<String> {
    match field {
        Field::Url => item.url.clone(),
        Field::Title => item.title.clone(),
        Field::Description => item.description.clone(),
        Field::Image => item.image.as_ref().and_then(picture),
        Field::Published => item.published.as_ref().map(date),
        Field::Updated => item.updated.as_ref().map(date),
        Field::Tags => (!item.tags.is_empty()).then(|| item.tags.join(", ")),
        Field::Author => item.author.clone(),
        Field::Lang => item.lang.clone(),
        Field::Draft => item.draft.then(|| "true".to_owned()),
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
