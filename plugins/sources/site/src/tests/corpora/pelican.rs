//! A real Pelican site, whose posts begin with a header of lines.

use serde_json::json;

use super::{Corpus, text};
use crate::markdown;

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn a_pelican_site_is_read_as_pelican_builds_it() {
    let corpus = Corpus::load("pelican-jakevdp", &json!({}));
    assert_eq!(corpus.strangers(), (vec![], vec![]));
    assert_eq!(corpus.addresses(), [""; 0]);
    assert_eq!(corpus.titles(), [""; 0]);
    assert_eq!(corpus.dates(), [""; 0]);
    assert_eq!(corpus.drafts(), [""; 0]);
    assert_eq!(corpus.tags(), [""; 0]);
    assert_eq!(corpus.descriptions(), [""; 0]);
    assert_eq!(corpus.images(), [""; 0]);
    // The theme shows no description; the article has its summary all the same.
    let excerpts = corpus.excerpts(|post| {
        let summary = text(&post["model"]["summary"])?;
        Some(markdown::read(&summary).excerpt)
    });
    assert_eq!(excerpts, [""; 0]);
    assert_eq!(corpus.sent_pages(), [""; 0]);
}
