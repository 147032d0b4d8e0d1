//! Collects the values that a built page offers for each field.

use syndicate_api::ItemField;

use super::rank::{Offers, date, picture};
use crate::page::{Candidates, Page};

/// Returns the values that the page offers for each field, in order of precedence.
pub(super) fn offers(page: &Page) -> Offers {
    let text = |text: &String| Some(text.clone());
    let mut offers = Offers::new();
    let mut offer = |field, values| offers.insert(field, values);
    offer(ItemField::Url, format_candidates(&page.url, text));
    offer(ItemField::Title, format_candidates(&page.title, text));
    offer(
        ItemField::Description,
        format_candidates(&page.description, text),
    );
    offer(ItemField::Image, format_candidates(&page.images, picture));
    offer(
        ItemField::Published,
        format_candidates(&page.published, |published| Some(date(published))),
    );
    offer(
        ItemField::Updated,
        format_candidates(&page.updated, |updated| Some(date(updated))),
    );
    offer(
        ItemField::Tags,
        format_candidates(&page.tags, |tags| Some(tags.join(", "))),
    );
    offer(ItemField::Author, format_candidates(&page.author, text));
    offer(ItemField::Lang, format_candidates(&page.lang, text));
    offers
}

fn format_candidates<T>(
    candidates: &Candidates<T>,
    text: impl Fn(&T) -> Option<String>,
) -> Vec<(syndicate_api::FieldOrigin, String)> {
    let values = candidates.iter();
    values
        .filter_map(|(value, origin)| Some((origin.clone(), text(value)?)))
        .collect()
}
