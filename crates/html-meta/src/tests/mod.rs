//! Small pages for each rule, and malformed pages.

mod body;
mod head;
mod hostile;
mod pictures;
mod quick;
mod signals;
mod structured;

use url::Url;

use crate::{Candidates, DateText, Page, PageImage};

/// Reads a page with the URL `https://example.org/posts/first/`.
fn page(html: &str) -> Page {
    let address = Url::parse("https://example.org/posts/first/").unwrap();
    crate::read(html.as_bytes(), Some(&address))
}

/// Formats a value for comparison in a test.
trait ToTestString {
    fn to_test_string(&self) -> String;
}

impl ToTestString for String {
    fn to_test_string(&self) -> String {
        self.clone()
    }
}

impl ToTestString for Vec<String> {
    fn to_test_string(&self) -> String {
        self.join(" + ")
    }
}

impl ToTestString for DateText {
    fn to_test_string(&self) -> String {
        let visible = self.visible.as_ref().map(|text| format!(" ({text})"));
        format!("{}{}", self.text, visible.unwrap_or_default())
    }
}

impl ToTestString for PageImage {
    fn to_test_string(&self) -> String {
        let alt = self.alt.as_ref().map(|alt| format!(" ({alt})"));
        format!("{}{}", self.url, alt.unwrap_or_default())
    }
}

/// Returns every candidate as `origin: value`.
fn all<T: ToTestString>(candidates: &Candidates<T>) -> Vec<String> {
    let candidates = candidates.iter();
    candidates
        .map(|candidate| format!("{}: {}", candidate.origin, candidate.value.to_test_string()))
        .collect()
}

/// Returns the value of the first candidate, or an empty string.
fn best<T: ToTestString>(candidates: &Candidates<T>) -> String {
    let best = candidates.best();
    best.map_or_else(String::new, |candidate| candidate.value.to_test_string())
}
