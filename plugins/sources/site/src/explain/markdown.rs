//! The values that a Markdown file offers: what wins is taken away and the file read again, until
//! nothing is left. So the order is by nature the one in which the fields are looked for.

use jiff::Timestamp;
use syndicate_api::{FieldOrigin, ItemField};

use super::rank::{FIELDS, Offers, shown};
use crate::document::Document;
use crate::fields;
use crate::post_file::PostFile;
use crate::site::Site;

/// No field is offered more values.
const MAX: usize = 32;

/// All of them, the first to be looked at first.
pub(super) fn offers(site: &Site, file: &PostFile, document: &Document, now: Timestamp) -> Offers {
    let all = FIELDS
        .iter()
        .map(|field| (*field, of_field(*field, site, file, document, now)));
    all.collect()
}

fn of_field(
    field: ItemField,
    site: &Site,
    file: &PostFile,
    document: &Document,
    now: Timestamp,
) -> Vec<(FieldOrigin, String)> {
    let mut offers: Vec<(FieldOrigin, String)> = Vec::new();
    let mut left = document.clone();
    while offers.len() < MAX {
        // What is left may make no item, as of a post that needs the date that was taken away.
        let Ok(read) = fields::item(site, file, left.clone(), now) else {
            break;
        };
        let item = read.item;
        let (Some(origin), Some(value)) = (item.origin.get(&field), shown(&item, field)) else {
            break;
        };
        offers.push((origin.clone(), value));
        if !take_away(&mut left, origin) {
            break;
        }
    }
    offers
}

/// Takes away what gave a value; `false` for what cannot be, such as the file's name.
fn take_away(document: &mut Document, origin: &FieldOrigin) -> bool {
    match origin {
        FieldOrigin::FrontMatter(key) => document.front.hide(key),
        FieldOrigin::Body(_) => !std::mem::take(&mut document.body).is_empty(),
        _ => false,
    }
}
