//! Collects the values that a built page offers for each field.

use syndicate_api::Field;

use super::rank::{Offers, date, picture};
use crate::page::{Candidates, Page};

/// Returns the values for all fields, in the order of precedence.
pub(super) fn offers(page: &Page) -> Offers {
    let text = |text: &String| Some(text.clone());
    let mut offers = Offers::new();
    let mut offer = |field, values| offers.insert(field, values);
    offer(Field::Url, shown(&page.url, text));
    offer(Field::Title, shown(&page.title, text));
    offer(Field::Description, shown(&page.description, text));
    offer(Field::Image, shown(&page.images, picture));
    offer(
        Field::Published,
        shown(&page.published, |published| Some(date(published))),
    );
    offer(
        Field::Updated,
        shown(&page.updated, |updated| Some(date(updated))),
    );
    offer(Field::Tags, shown(&page.tags, |tags| Some(tags.join(", "))));
    offer(Field::Author, shown(&page.author, text));
    offer(Field::Lang, shown(&page.lang, text));
    offers
}

fn shown<T>(
    candidates: &Candidates<T>,
    text: impl Fn(&T) -> Option<String>,
) -> Vec<(syndicate_api::Origin, String)> {
    let values = candidates.iter();
    values
        .filter_map(|(value, origin)| Some((origin.clone(), text(value)?)))
        .collect()
}
