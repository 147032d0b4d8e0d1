//! Tests of the options and of the detection for `init`.

use serde_json::json;

use crate::PLUGIN;

#[test]
fn plugin_passes_source_contract() {
    let example = json!({"path": "public/feed.xml", "max_items": 20, "timezone": "Europe/Oslo"});
    syndicate_api::testkit::check_source(&PLUGIN, &example);
}

#[test]
fn invalid_options_are_faults() {
    for (options, says) in [
        (json!({}), "missing `url` or `path`"),
        (
            json!({"url": "https://a.org", "path": "a.xml"}),
            "are both set",
        ),
        (
            json!({"url": "a.org/feed"}),
            "`url` is not an http or https address",
        ),
        (
            json!({"url": "file:///etc/passwd"}),
            "`url` is not an http or https address",
        ),
        (
            json!({"url": "https://me:secret@a.org/"}),
            "a user name or a password",
        ),
        (json!({"path": " "}), "`path` is empty"),
        (json!({"path": "a", "max_items": 0}), "at least 1"),
        (
            json!({"path": "a", "timezone": "Oslo"}),
            "unknown time zone `Oslo`",
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
fn folder_with_only_a_feed_is_detected() {
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
fn other_xml_file_is_not_detected() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pom.xml"), "<project/>").unwrap();
    assert_eq!((PLUGIN.detect)(folder.path()), None);
}
