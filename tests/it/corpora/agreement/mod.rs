//! Compares real sites with their own generators: the items of `items` against the pages that the
//! generator built. Prints a table of agreement by field.
//! `AGREEMENT=all cargo test --test it agreement -- --ignored --nocapture` also lists every disagreement.

mod site;
mod table;

use self::site::Site;
use self::table::Table;
use crate::sites::{Field, Reading};

/// Minimum agreement of each field, in percent.
type Floors = [(Field, usize)];

/// Minimum agreement when built pages are read.
const PAGE_FLOORS: &Floors = &[
    (Field::Url, 100),
    (Field::Title, 100),
    (Field::Description, 99),
    (Field::Image, 99),
    (Field::Date, 99),
    (Field::Tags, 99),
    (Field::Draft, 99),
];

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn built_pages_agree_with_generator() {
    assert_agreement(Reading::Pages, PAGE_FLOORS);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn markdown_agrees_with_generator() {
    const FLOORS: &Floors = &[
        (Field::Url, 99),
        (Field::Title, 99),
        (Field::Description, 99),
        (Field::Excerpt, 95),
        (Field::Image, 95),
        (Field::Date, 99),
        (Field::Tags, 99),
        (Field::Draft, 99),
    ];
    assert_agreement(Reading::Markdown, FLOORS);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn joined_pages_agree_with_generator() {
    assert_agreement(Reading::Joined, PAGE_FLOORS);
}

fn assert_agreement(reading: Reading, floors: &Floors) {
    let mut table = Table::new(reading);
    for site in Site::all() {
        if let Some(items) = site.read(reading) {
            table.add(&site, &items);
        }
    }
    table.print();
    table.must_reach(floors);
}
