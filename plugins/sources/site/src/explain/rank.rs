//! Ranks the offered values of each field and gives the reason for each choice.

use std::collections::BTreeMap;

use syndicate_api::{Candidate, Field, Image, Item, Origin, PostDate};

/// The fields in display order, most important first.
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

/// The values offered for each field, with their origins, in the order of precedence.
pub(super) type Offers = BTreeMap<Field, Vec<(Origin, String)>>;

/// Returns the candidates for each field of `item` from its page and its Markdown, with the winner
/// marked.
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
        // The value was derived, because no offered value was usable.
        offered.push((origin.clone(), value.clone()));
        offered.len() - 1
    });
    let offered = offered.into_iter().enumerate();
    offered
        .map(|(at, offer)| match at.cmp(&winner) {
            std::cmp::Ordering::Less => losing(offer, reason_passed_over(field)),
            std::cmp::Ordering::Equal => winning(field, offer, &value),
            std::cmp::Ordering::Greater => losing(offer, format!("{origin} takes precedence")),
        })
        .collect()
}

fn winning(field: Field, (origin, offered): (Origin, String), value: &str) -> Candidate {
    let why = match field {
        _ if offered == value => "the first usable value".to_owned(),
        Field::Title => format!("the first usable value, without the site's name: `{value}`"),
        Field::Url => format!("the first usable value, without its index page: `{value}`"),
        _ => format!("the first usable value, as `{value}`"),
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

/// Returns why a value of the page lost although it comes first.
fn reason_passed_over(field: Field) -> &'static str {
    match field {
        Field::Url => "it is the URL of another page or site",
        Field::Published => {
            "the Markdown has the same time, or the page does not state it in its metadata"
        }
        Field::Tags | Field::Author | Field::Lang => "the author's value takes precedence",
        Field::Title => {
            "it is the title of the browser window, or the page does not state it in its metadata"
        }
        _ => "the page shows it but does not state it in its metadata",
    }
}

/// Returns why the only offered value was not used.
fn reason_unused(field: Field) -> &'static str {
    match field {
        Field::Tags => "tags are only read from the Markdown",
        _ => "the page shows it but does not state it in its metadata",
    }
}

/// Formats the value of a field of `item`.
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
