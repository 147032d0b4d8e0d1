//! What a user may write, and what `init` recognises.

use serde_json::json;

use crate::PLUGIN;

#[test]
fn the_declaration_keeps_the_contract() {
    let example = json!({"path": "public/feed.xml", "max_items": 20, "timezone": "Europe/Oslo"});
    syndicate_api::testkit::check_source(&PLUGIN, &example);
}

#[test]
fn options_that_cannot_be_meant_are_faults() {
    for (options, says) in [
        (json!({}), "needs `url` or `path`"),
        (json!({"url": "https://a.org", "path": "a.xml"}), "not both"),
        (json!({"url": "a.org/feed"}), "`url` is no web address"),
        (
            json!({"url": "file:///etc/passwd"}),
            "`url` is no web address",
        ),
        (
            json!({"url": "https://me:secret@a.org/"}),
            "a name or a password",
        ),
        (json!({"path": " "}), "must name a file"),
        (json!({"path": "a", "max_items": 0}), "at least 1"),
        (
            json!({"path": "a", "timezone": "Oslo"}),
            "no time zone `Oslo`",
        ),
    ] {
        let faults = (PLUGIN.load)(&options)
            .err()
            .unwrap_or_else(|| panic!("{options} loads"));
        let text = format!("{faults:?}");
        assert!(text.contains(says), "{options}: {text}");
        assert!(!text.contains("secret"), "{text}");
    }
}

#[test]
fn a_folder_with_one_feed_and_nothing_else_is_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let detect = || (PLUGIN.detect)(folder.path());
    assert_eq!(detect(), None);
    std::fs::write(folder.path().join("my feed.xml"), "<?xml?>\n<rss>").unwrap();
    std::fs::write(folder.path().join(".hidden"), "").unwrap();
    let found = detect().unwrap();
    assert_eq!(
        found.options,
        [("path".to_owned(), "'my feed.xml'".to_owned())]
    );
    assert!(found.confidence < 10, "a site beats a feed");
    std::fs::write(folder.path().join("post.md"), "text").unwrap();
    assert_eq!(detect(), None);
}

#[test]
fn a_file_that_is_no_feed_is_not_recognised() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pom.xml"), "<project/>").unwrap();
    assert_eq!((PLUGIN.detect)(folder.path()), None);
}
