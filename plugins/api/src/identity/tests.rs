//! The normal form of keys and addresses, and which addresses are public.

use super::*;
use proptest::prelude::*;

#[test]
fn key_ignores_irrelevant_parts() {
    let key = "https://feng.lu/a/b%20c";
    for address in [
        "https://feng.lu/a/b%20c",
        "http://feng.lu/a/b%20c/",
        "https://FENG.lu:443/a/b c/index.html",
        "https://feng.lu/a/b%20c/?utm_source=x&fbclid=1#top",
        "http://user@feng.lu:80/a/b%20c/index.htm",
    ] {
        assert_eq!(normalise_url(address).as_deref(), Some(key), "{address}");
    }
}

#[test]
fn key_keeps_relevant_parts() {
    let key = normalise_url("https://a.org/x?p=1");
    for address in [
        "https://a.org/x?p=2",
        "https://a.org/x",
        "https://b.org/x?p=1",
        "https://a.org/X?p=1",
    ] {
        assert_ne!(normalise_url(address), key, "{address}");
    }
    assert_eq!(normalise_url("/no/host"), None);
    assert_eq!(normalise_url("mailto:a@b.org"), None);
}

#[test]
fn private_hosts_are_not_public() {
    for host in [
        "localhost",
        "127.0.0.1",
        "[::1]",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.1.1",
        "0.0.0.0",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "[fec0::1]",
        "blog.test",
        "x.local",
        "intranet",
        "100.64.0.1",
        "2130706433",
    ] {
        assert!(!url_is_public(&format!("http://{host}/a")), "{host}");
    }
    for host in ["feng.lu", "example.org", "93.184.216.34", "[2606:2800::1]"] {
        assert!(url_is_public(&format!("https://{host}/a")), "{host}");
    }
    assert!(!url_is_public("not an address"));
}

#[test]
fn loopback_excludes_similar_names() {
    for host in [
        "localhost",
        "LOCALHOST",
        "LocalHost:8080",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.255.255.254",
        "127.1",
        "2130706433",
        "[::1]",
        "[0:0:0:0:0:0:0:1]:80",
    ] {
        assert!(url_is_loopback(&format!("http://{host}/a")), "{host}");
    }
    for host in [
        "localhost.",
        "localhost.example.org",
        "localhost.localdomain",
        "blog.localhost",
        "example.org",
        "127.0.0.1.example.org",
        "localhost@example.org",
        "126.255.255.255",
        "128.0.0.0",
        "0.0.0.0",
        "[::]",
        "[::2]",
        "[::ffff:127.0.0.1]",
    ] {
        assert!(!url_is_loopback(&format!("http://{host}/a")), "{host}");
    }
    for text in ["", "localhost", "mailto:me@localhost", "file:///localhost"] {
        assert!(!url_is_loopback(text), "{text}");
    }
}

#[test]
fn url_forms_of_unicode_share_a_key() {
    let composed = normalise_url("https://a.org/\u{fc}ber/");
    assert_eq!(normalise_url("https://a.org/u\u{308}ber"), composed);
    assert_eq!(normalise_url("https://a.org/u%CC%88ber"), composed);
    assert_eq!(normalise_key("blog:u\u{308}.md"), "blog:\u{fc}.md");
    assert_eq!(normalise_key("http://a.org/x/"), "https://a.org/x");
}

#[test]
fn unicode_forms_of_ascii_are_one() {
    assert_eq!(unicode_forms("a/b.md"), ["a/b.md"]);
    let both = ["\u{fc}.md", "u\u{308}.md"];
    assert_eq!(unicode_forms(both[0]), both);
    assert_eq!(unicode_forms(both[1]), [both[1], both[0]]);
    assert_eq!(unicode_forms("\u{4e16}"), ["\u{4e16}"]);
}

#[test]
fn fragment_counts_only_on_request() {
    let address = "https://a.org/changes/#v2.0";
    assert_eq!(
        normalise_url(address).as_deref(),
        Some("https://a.org/changes")
    );
    let with = normalise_url_with_fragment(address).unwrap();
    assert_eq!(with, "https://a.org/changes#v2.0");
    assert_eq!(normalise_key(&with), with);
    assert_eq!(
        normalise_url_with_fragment("https://a.org/x#").unwrap(),
        "https://a.org/x"
    );
}

#[test]
fn url_host_drops_www_and_port() {
    assert_eq!(
        url_host("https://www.Feng.lu:8443/x").as_deref(),
        Some("feng.lu")
    );
    assert_eq!(url_host("http://localhost:1313/x"), None);
    assert_eq!(url_host("nothing"), None);
}

#[test]
fn plain_key_is_normal() {
    for key in [
        "https://a-b.org/x/y_z~1",
        "https://a.org",
        "blog:posts/a.md",
        "id:x",
    ] {
        assert!(is_normal_key(key), "{key}");
    }
    for key in [
        "https://a.org/",
        "https://a.org/i.html",
        "https://A.org",
        "http://a.org/x",
    ] {
        assert!(!is_normal_key(key), "{key}");
    }
}

proptest! {
    #[test]
    fn plain_key_agrees_with_parser(key in "https://[a-z.-]{1,12}(/[a-zA-Z0-9_~/-]{0,12})?") {
        let parsed = Url::parse(&key).ok().and_then(|url| normalise_parsed(&url));
        if is_normal_key(&key) {
            prop_assert_eq!(parsed.as_deref(), Some(key.as_str()));
        }
        prop_assert_eq!(normalise_url_with_fragment(&key), parsed);
    }

    #[test]
    fn normalise_url_is_idempotent(path in "[a-zA-Z0-9 %/._~ü-]{0,30}") {
        if let Some(once) = normalise_url(&format!("http://example.org/{path}")) {
            let twice = normalise_url(&once);
            prop_assert_eq!(twice.as_deref(), Some(once.as_str()));
        }
    }
}
