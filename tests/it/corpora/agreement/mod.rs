//! Real sites against their own generators: what `items` says of each post, compared with what the
//! generator made of it. Prints a table of agreement, field by field;
//! `AGREEMENT=all cargo test --test it agreement -- --ignored --nocapture` lists every disagreement too.

mod site;
mod table;

use self::site::Site;
use self::table::Table;
use crate::sites::{Field, Reading};

/// What must be reached of each field, in hundredths.
type Floors = [(Field, usize)];

/// What must be reached if built pages are read.
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
fn built_pages_say_what_the_generator_says() {
    agrees(Reading::Pages, PAGE_FLOORS);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn markdown_alone_says_what_the_generator_says() {
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
    agrees(Reading::Markdown, FLOORS);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn markdown_joined_with_its_page_says_what_the_generator_says() {
    agrees(Reading::Joined, PAGE_FLOORS);
}

fn agrees(reading: Reading, floors: &Floors) {
    let mut table = Table::new(reading);
    for site in Site::all() {
        if let Some(items) = site.read(reading) {
            table.add(&site, &items);
        }
    }
    table.print();
    table.must_reach(floors);
}
