//! What makes two addresses one post, and which addresses are nobody else's to open. Keys must
//! survive whatever does not change the page: the scheme, the host's case, a trailing slash or
//! `index.html`, campaign parameters, a fragment.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use url::{Host, Url};

/// Query parameters that campaigns add; none of them selects another page.
const TRACKING: &[&str] = &[
    "_hsenc",
    "_hsmi",
    "dclid",
    "fbclid",
    "gclid",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "trk",
    "trackingId",
    "twclid",
    "yclid",
];

/// Pages that a folder's address stands for.
const INDEX_PAGES: &[&str] = &["index.html", "index.htm", "index.php"];

/// The normal form of a post's address, used as a key and never as a link: `https`, host in lower
/// case, no default port, credentials, fragment, tracking parameters, index page or trailing slash.
///
/// Returns `None` for anything that is not an `http` or `https` address with a host.
#[must_use]
pub fn normalise_url(address: &str) -> Option<String> {
    let mut key = normalise_url_with_fragment(address)?;
    if let Some(fragment) = key.find('#') {
        key.truncate(fragment);
    }
    Some(key)
}

/// Returns the normal form of an address whose fragment tells two posts apart, as in a changelog of
/// which a feed links each section. In all else it is [`normalise_url`].
#[must_use]
pub fn normalise_url_with_fragment(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.');
    let mut key = format!("https://{host}");
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443)) {
        key.push_str(&format!(":{port}"));
    }
    key.push_str(&normalise_path(url.path()));
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if !kept.is_empty() {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .finish();
        key.push('?');
        key.push_str(&query);
    }
    if let Some(fragment) = url.fragment().filter(|fragment| !fragment.is_empty()) {
        let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
        key.push('#');
        key.push_str(&encode_path(&nfc(&decoded)));
    }
    Some(key)
}

/// Returns `key` as it is compared: an address in its normal form with its fragment, anything else
/// in Unicode normalization form C. Keys of ledgers that earlier versions wrote are read by it.
#[must_use]
pub fn normalise_key(key: &str) -> String {
    if is_plain_key(key) {
        return key.to_owned();
    }
    if key.starts_with("https://") || key.starts_with("http://") {
        return normalise_url_with_fragment(key).unwrap_or_else(|| key.to_owned());
    }
    nfc(key).into_owned()
}

/// Returns whether `key` is surely in its normal form. Ledgers hold hundreds of thousands of keys, and
/// parsing each address would take most of the time of reading them.
fn is_plain_key(key: &str) -> bool {
    let Some(address) = key.strip_prefix("https://") else {
        return key.is_ascii() && !key.starts_with("http://");
    };
    let (host, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    let in_host = |byte: u8| byte.is_ascii_lowercase() || byte == b'-' || byte == b'.';
    // Numbers may be an IPv4 address in another notation, and a name in Punycode may be invalid.
    let is_host = host.bytes().all(in_host) && host.contains('.') && !host.contains("--");
    let in_path = |byte: u8| byte.is_ascii_alphanumeric() || b"-_~/".contains(&byte);
    is_host
        && !host.ends_with('.')
        && !host.starts_with('.')
        && !host.contains("..")
        && path.bytes().all(in_path)
        && !path.ends_with('/')
}

/// Returns `text` in Unicode normalization form C, in which systems and editors agree: macOS hands
/// out names in form D, git and most editors write form C.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Returns the names under which a file system may have `path`: as it is written, in form C and in
/// form D. Each differs from those before it.
#[must_use]
pub fn unicode_forms(path: &str) -> Vec<Cow<'_, str>> {
    let mut forms = vec![Cow::Borrowed(path)];
    if !path.is_ascii() {
        let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(path);
        for form in [nfc(path), decomposed] {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}

/// Returns the host of `address` without `www.` and port, in lower case, if a public one.
#[must_use]
pub fn url_host(address: &str) -> Option<String> {
    if !url_is_public(address) {
        return None;
    }
    let url = Url::parse(address.trim()).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// Percent-encodes a path one way, without its index page and trailing slash.
fn normalise_path(path: &str) -> String {
    let mut path = percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .map_or_else(|_| path.to_owned(), |decoded| encode_path(&nfc(&decoded)));
    for page in INDEX_PAGES {
        if let Some(folder) = path
            .strip_suffix(page)
            .filter(|folder| folder.ends_with('/'))
        {
            path.truncate(folder.len());
            break;
        }
    }
    path.truncate(path.trim_end_matches('/').len());
    path
}

fn encode_path(path: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'/');
    percent_encoding::utf8_percent_encode(path, KEPT).to_string()
}

/// Whether the host of `address` can be a public one: not loopback, private, link-local or reserved
/// by RFC 2606 and RFC 6761. `example.com` and its kin pass, since so many documents use them.
#[must_use]
pub fn url_is_public(address: &str) -> bool {
    match Url::parse(address).ok().as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name_is_public(name),
        Some(Host::Ipv4(ip)) => ip_is_public(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => ip_is_public(IpAddr::V6(ip)),
        None => false,
    }
}

/// Whether the host of `address` is this very machine by its own word: `localhost` or an address of the
/// loopback range. Names below `localhost`, or with a dot at the end, are left to whoever resolves
/// names, and may lead elsewhere.
#[must_use]
pub fn url_is_loopback(address: &str) -> bool {
    match Url::parse(address).ok().as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn name_is_public(name: &str) -> bool {
    const RESERVED: &[&str] = &[
        "example",
        "home.arpa",
        "internal",
        "invalid",
        "lan",
        "local",
        "localhost",
        "test",
    ];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let reserved = RESERVED
        .iter()
        .any(|suffix| name == *suffix || name.ends_with(&format!(".{suffix}")));
    !reserved && name.contains('.')
}

/// Whether `ip` is reachable from everywhere, as far as its range tells (RFC 6890).
#[must_use]
pub(crate) fn ip_is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let reserved = ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (18..20).contains(&b));
            !reserved
        }
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => ip_is_public(IpAddr::V4(ip)),
            None => ipv6_is_public(ip),
        },
    }
}

fn ipv6_is_public(ip: Ipv6Addr) -> bool {
    let first = ip.segments()[0];
    let reserved = ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || (first & 0xfe00) == 0xfc00
        || (first & 0xffc0) == 0xfe80
        || (first & 0xffc0) == 0xfec0
        || (first == 0x2001 && ip.segments()[1] == 0xdb8)
        // Addresses that carry an IPv4 address of any kind: NAT64, 6to4, Teredo, IPv4-compatible.
        || (first == 0x64 && ip.segments()[1] == 0xff9b)
        || first == 0x2002
        || (first == 0x2001 && ip.segments()[1] == 0)
        || ip.segments()[..6] == [0; 6];
    !reserved
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_change_the_page_does_not_change_the_key() {
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
    fn what_changes_the_page_changes_the_key() {
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
    fn hosts_that_only_we_can_open_are_not_public() {
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
    fn loopback_is_this_machine_and_nothing_that_is_named_like_it() {
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
    fn fragment_counts_only_where_asked_for() {
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
    fn host_of_a_site_has_neither_www_nor_port() {
        assert_eq!(
            url_host("https://www.Feng.lu:8443/x").as_deref(),
            Some("feng.lu")
        );
        assert_eq!(url_host("http://localhost:1313/x"), None);
        assert_eq!(url_host("nothing"), None);
    }

    #[test]
    fn plain_keys_are_in_their_normal_form() {
        for key in [
            "https://a-b.org/x/y_z~1",
            "https://a.org",
            "blog:posts/a.md",
            "id:x",
        ] {
            assert!(is_plain_key(key), "{key}");
        }
        for key in [
            "https://a.org/",
            "https://a.org/i.html",
            "https://A.org",
            "http://a.org/x",
        ] {
            assert!(!is_plain_key(key), "{key}");
        }
    }

    proptest! {
        #[test]
        fn plain_key_is_what_parsing_returns(key in "https://[a-z.-]{1,12}(/[a-zA-Z0-9_~/-]{0,12})?") {
            if is_plain_key(&key) {
                let parsed = normalise_url_with_fragment(&key);
                prop_assert_eq!(parsed.as_deref(), Some(key.as_str()));
            }
        }

        #[test]
        fn normalising_twice_changes_nothing(path in "[a-zA-Z0-9 %/._~ü-]{0,30}") {
            if let Some(once) = normalise_url(&format!("http://example.org/{path}")) {
                let twice = normalise_url(&once);
                prop_assert_eq!(twice.as_deref(), Some(once.as_str()));
            }
        }
    }
}
