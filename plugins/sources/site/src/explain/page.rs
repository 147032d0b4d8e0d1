//! Collects the values that a built page offers for each field.

use syndicate_api::ItemField;

use super::rank::{Offers, date, picture};
use crate::page::{Candidates, Page};

/// Returns the values for all fields, in the order of precedence.
pub(super) fn offers(page: &Page) -> Offers {
    let text = |text: &String| Some(text.clone());
    let mut offers = Offers::new();
    let mut offer = |field, values| offers.insert(field, values);
    offer(ItemField::Url, shown(&page.url, text));
    offer(ItemField::Title, shown(&page.title, text));
    offer(ItemField::Description, shown(&page.description, text));
    offer(ItemField::Image, shown(&page.images, picture));
    offer(
        ItemField::Published,
        shown(&page.published, |published| Some(date(published))),
    );
    offer(
        ItemField::Updated,
        shown(&page.updated, |updated| Some(date(updated))),
    );
    offer(
        ItemField::Tags,
        shown(&page.tags, |tags| Some(tags.join(", "))),
    );
    offer(ItemField::Author, shown(&page.author, text));
    offer(ItemField::Lang, shown(&page.lang, text));
    offers
}

fn shown<T>(
    candidates: &Candidates<T>,
    text: impl Fn(&T) -> Option<String>,
) -> Vec<(syndicate_api::FieldOrigin, String)> {
    let values = candidates.iter();
    values
        .filter_map(|(value, origin)| Some((origin.clone(), text(value)?)))
        .collect()
}
