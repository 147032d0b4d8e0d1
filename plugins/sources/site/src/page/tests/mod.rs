//! Small pages for each rule, hostile ones, and the pages of real sites.

mod body;
mod corpus;
mod head;
mod hostile;
mod signs;
mod structured;

use jiff::tz::TimeZone;
use syndicate_api::{Image, Moment, Origin};
use url::Url;

use super::{Candidates, Page};

/// Reads a page that lies at `https://example.org/posts/first/`, with dates meant in UTC.
fn page(html: &str) -> Page {
    let address = Url::parse("https://example.org/posts/first/").unwrap();
    super::read(html.as_bytes(), Some(&address), &TimeZone::UTC)
}

/// Values as a test writes them.
trait Said {
    fn said(&self) -> String;
}

impl Said for String {
    fn said(&self) -> String {
        self.clone()
    }
}

impl Said for Vec<String> {
    fn said(&self) -> String {
        self.join(" + ")
    }
}

impl Said for Moment {
    fn said(&self) -> String {
        if self.day_only {
            self.at.date().to_string()
        } else {
            self.at.timestamp().to_string()
        }
    }
}

impl Said for Image {
    fn said(&self) -> String {
        let alt = self.alt.as_ref().map(|alt| format!(" ({alt})"));
        format!("{}{}", self.url.as_ref().unwrap(), alt.unwrap_or_default())
    }
}

/// Every candidate as `origin: value`.
fn all<T: Said>(candidates: &Candidates<T>) -> Vec<String> {
    let said = candidates.iter().map(|(value, origin)| match origin {
        Origin::Page(what) => format!("{what}: {}", value.said()),
        other => panic!("`{other}` is no place on a page"),
    });
    said.collect()
}

/// The value of the first candidate, empty without one.
fn best<T: Said>(candidates: &Candidates<T>) -> String {
    candidates
        .best()
        .map_or_else(String::new, |(value, _)| value.said())
}
