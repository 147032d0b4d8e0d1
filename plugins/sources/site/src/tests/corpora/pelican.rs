//! A real Pelican site, whose posts begin with header lines.

use serde_json::json;

use super::{Corpus, text};
use crate::markdown;

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_pelican_matches_pages() {
    let corpus = Corpus::load("pelican-jakevdp", &json!({}));
    assert_eq!(corpus.unexpected(), (vec![], vec![]));
    assert_eq!(corpus.addresses(), [""; 0]);
    assert_eq!(corpus.titles(), [""; 0]);
    assert_eq!(corpus.dates(), [""; 0]);
    assert_eq!(corpus.drafts(), [""; 0]);
    assert_eq!(corpus.tags(), [""; 0]);
    assert_eq!(corpus.descriptions(), [""; 0]);
    assert_eq!(corpus.images(), [""; 0]);
    // The theme shows no description, but the article has a summary.
    let excerpts = corpus.excerpts(|post| {
        let summary = text(&post["model"]["summary"])?;
        Some(markdown::read(&summary).excerpt())
    });
    assert_eq!(excerpts, [""; 0]);
    assert_eq!(corpus.sent_pages(), [""; 0]);
}
