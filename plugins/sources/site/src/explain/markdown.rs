//! Collects the values that a Markdown file offers for each field. The winning value is removed and the
//! file is read again, until no value is left. The values are therefore listed in order of precedence.

use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{FieldOrigin, ItemField};

use super::rank::{FIELDS, Offers, format_field};
use crate::document::Document;
use crate::fields;
use crate::post_file::PostFile;
use crate::site::Site;

/// The maximum number of values for a field.
const MAX_OFFERS: usize = 32;

/// Returns the values for all fields, in the order of precedence.
pub(super) fn offers(
    site: &Arc<Site>,
    file: &PostFile,
    document: &Document<'_>,
    now: Timestamp,
) -> Offers {
    let all = FIELDS
        .iter()
        .map(|field| (*field, field_offers(*field, site, file, document, now)));
    all.collect()
}

fn field_offers(
    field: ItemField,
    site: &Arc<Site>,
    file: &PostFile,
    document: &Document<'_>,
    now: Timestamp,
) -> Vec<(FieldOrigin, String)> {
    let mut offers: Vec<(FieldOrigin, String)> = Vec::new();
    let mut remaining = document.clone();
    while offers.len() < MAX_OFFERS {
        // The rest may be invalid, for example if the generator requires the date that was removed.
        let Ok(read) = fields::read_item(site, file, remaining.clone(), now) else {
            break;
        };
        let item = read.item;
        let (Some(origin), Some(value)) = (item.origin.get(&field), format_field(&item, field))
        else {
            break;
        };
        offers.push((origin.clone(), value));
        if !remove_value(&mut remaining, origin) {
            break;
        }
    }
    offers
}

/// Removes the source of a value; returns `false` if that is impossible, as for the file's name.
fn remove_value(document: &mut Document<'_>, origin: &FieldOrigin) -> bool {
    match origin {
        FieldOrigin::FrontMatter(key) => document.front.remove(key),
        FieldOrigin::Body(_) => document.remove_body(),
        _ => false,
    }
}
