//! Eleventy's starter; one of its posts has front matter in JavaScript.

use serde_json::json;

use super::Corpus;

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_eleventy_matches_pages() {
    let corpus = Corpus::load("eleventy-base", &json!({}));
    assert_eq!(corpus.unexpected(), (vec![], vec![]));
    assert_eq!(corpus.addresses(), [""; 0]);
    assert_eq!(corpus.titles(), [""; 0]);
    assert_eq!(corpus.dates(), [""; 0]);
    assert_eq!(corpus.drafts(), [""; 0]);
    assert_eq!(corpus.tags(), [""; 0]);
    assert_eq!(corpus.descriptions(), [""; 0]);
    assert_eq!(corpus.images(), [""; 0]);
    assert_eq!(corpus.sent_pages(), [""; 0]);
}
