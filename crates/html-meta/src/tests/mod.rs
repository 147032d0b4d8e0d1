//! Small pages for each rule, and hostile ones.

mod body;
mod head;
mod hostile;
mod pictures;
mod signals;
mod structured;

use url::Url;

use crate::{Candidates, DateText, Page, PageImage};

/// Reads a page that is at `https://example.org/posts/first/`.
fn page(html: &str) -> Page {
    let address = Url::parse("https://example.org/posts/first/").unwrap();
    crate::read(html.as_bytes(), Some(&address))
}

/// Values as a test writes them.
trait Written {
    fn written(&self) -> String;
}

impl Written for String {
    fn written(&self) -> String {
        self.clone()
    }
}

impl Written for Vec<String> {
    fn written(&self) -> String {
        self.join(" + ")
    }
}

impl Written for DateText {
    fn written(&self) -> String {
        let visible = self.visible.as_ref().map(|text| format!(" ({text})"));
        format!("{}{}", self.text, visible.unwrap_or_default())
    }
}

impl Written for PageImage {
    fn written(&self) -> String {
        let alt = self.alt.as_ref().map(|alt| format!(" ({alt})"));
        format!("{}{}", self.url, alt.unwrap_or_default())
    }
}

/// Returns every candidate as `origin: value`.
fn all<T: Written>(candidates: &Candidates<T>) -> Vec<String> {
    let candidates = candidates.iter();
    candidates
        .map(|candidate| format!("{}: {}", candidate.origin, candidate.value.written()))
        .collect()
}

/// Returns the value of the first candidate, empty without one.
fn best<T: Written>(candidates: &Candidates<T>) -> String {
    let best = candidates.best();
    best.map_or_else(String::new, |candidate| candidate.value.written())
}
