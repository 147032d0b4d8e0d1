//! A real Jekyll site in a subfolder of its repository.

use serde_json::json;

use super::{Corpus, text};

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_jekyll_matches_pages() {
    let options = json!({"path": "docs"});
    let corpus = Corpus::load("jekyll-basically", &options);
    assert_eq!(corpus.unexpected(), (vec![], vec![]));
    assert_eq!(corpus.addresses(), [""; 0]);
    assert_eq!(corpus.titles(), [""; 0]);
    assert_eq!(corpus.dates(), [""; 0]);
    assert_eq!(corpus.drafts(), [""; 0]);
    assert_eq!(corpus.tags(), [""; 0]);
    assert_eq!(corpus.descriptions(), [""; 0]);
    assert_eq!(corpus.images(), [""; 0]);
    let excerpts = corpus.excerpts(|post| {
        let excerpt = text(&post["description"])?;
        // A post that begins with a video gets the site's description.
        let own = excerpt != "Your new default Jekyll theme";
        (own && post["description_kind"] == "auto-excerpt").then_some(excerpt)
    });
    assert_eq!(excerpts, [""; 0]);
    assert_eq!(corpus.sent_pages(), [""; 0]);
}

#[test]
#[ignore = "needs large real sites: set SYNDICATE_CORPORA"]
fn corpus_jekyll_collections_are_posts() {
    let named = json!({"path": "docs", "content": ["_posts"]});
    for (options, missing) in [(json!({"path": "docs"}), 0), (named, 3)] {
        let corpus = Corpus::load("jekyll-basically", &options);
        let (absent, extra) = corpus.unexpected();
        assert_eq!((absent.len(), extra.len()), (missing, 0), "{options}");
        assert!(
            absent.iter().all(|path| path.contains("/_recipes/")),
            "{absent:?}"
        );
    }
}
