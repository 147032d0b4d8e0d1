//! Normal forms of URLs and keys, and the check for public hosts. Two spellings of one page have the same
//! key: scheme, case of the host, trailing slash, `index.html`, campaign parameters and fragment do not count.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv6Addr};

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use url::{Host, Url};

/// Query parameters of campaigns, which never select another page.
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

/// File names that a folder's URL stands for.
const INDEX_PAGES: &[&str] = &["index.html", "index.htm", "index.php"];

/// Returns the normal form of a post's URL, which is a key and never a link: `https`, host in lower case, no
/// default port, credentials, fragment, tracking parameters, index page or trailing slash.
///
/// Returns `None` unless `address` is an `http` or `https` URL with a host.
#[must_use]
pub fn normalise_url(address: &str) -> Option<String> {
    let mut key = normalise_url_with_fragment(address)?;
    if let Some(fragment) = key.find('#') {
        key.truncate(fragment);
    }
    Some(key)
}

/// Returns the normal form of a URL with its fragment, for feeds whose entries are sections of one page, such
/// as a changelog. Everything else is as in [`normalise_url`].
#[must_use]
pub fn normalise_url_with_fragment(address: &str) -> Option<String> {
    let folder = address.trim_end_matches('/');
    if folder.starts_with("https://") && is_normal_key(folder) {
        return Some(folder.to_owned());
    }
    normalise_parsed(&Url::parse(address.trim()).ok()?)
}

fn normalise_parsed(url: &Url) -> Option<String> {
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

/// Returns the normal form of `key`: a URL in normal form with its fragment, any other key in Unicode
/// normalization form C. It also normalises keys that earlier versions wrote to ledgers.
#[must_use]
pub fn normalise_key(key: &str) -> String {
    if is_normal_key(key) {
        return key.to_owned();
    }
    if key.starts_with("https://") || key.starts_with("http://") {
        return normalise_url_with_fragment(key).unwrap_or_else(|| key.to_owned());
    }
    nfc(key).into_owned()
}

/// Returns `true` if `key` is certainly in normal form. Ledgers contain hundreds of thousands of keys, and
/// parsing each as a URL would dominate the time of reading them.
#[must_use]
pub fn is_normal_key(key: &str) -> bool {
    let Some(address) = key.strip_prefix("https://") else {
        return key.is_ascii() && !key.starts_with("http://");
    };
    let slash = address.bytes().position(|byte| byte == b'/');
    let (host, path) = address.split_at(slash.unwrap_or(address.len()));
    let mut before = b'.';
    let mut has_dot = false;
    let in_host = |byte: u8| {
        has_dot |= byte == b'.';
        let follows = std::mem::replace(&mut before, byte);
        match byte {
            b'.' => follows != b'.',
            // A Punycode name may be invalid.
            b'-' => follows != b'-',
            // A number may be an IPv4 address in another notation.
            byte => byte.is_ascii_lowercase(),
        }
    };
    let is_host = host.bytes().all(in_host) && has_dot && before != b'.';
    let in_path =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'/');
    is_host && path.bytes().all(in_path) && !path.ends_with('/')
}

/// Returns `text` in Unicode normalization form C. macOS returns file names in form D, while git and most
/// editors write form C.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Returns the names that a file system may use for `path`: as written, in form C and in form D, without
/// duplicates.
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

/// Returns the host of `address` in lower case, without `www.` and port. Returns `None` if it is not public.
#[must_use]
pub fn url_host(address: &str) -> Option<String> {
    if !url_is_public(address) {
        return None;
    }
    let url = Url::parse(address.trim()).ok()?;
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// Percent-encodes a path in one way and removes its index page and trailing slash.
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

/// Returns `true` if the host of `address` can be public: not loopback, private, link-local or reserved by
/// RFC 2606 and RFC 6761. `example.com` and its siblings count as public, because many documents use them.
#[must_use]
pub fn url_is_public(address: &str) -> bool {
    match Url::parse(address).ok().as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name_is_public(name),
        Some(Host::Ipv4(ip)) => ip_is_public(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => ip_is_public(IpAddr::V6(ip)),
        None => false,
    }
}

/// Returns `true` if the host of `address` is `localhost` or an address of the loopback range. Subdomains of
/// `localhost` and names with a trailing dot do not count, because a resolver may map them to another host.
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

/// Returns `true` if `ip` is globally reachable (RFC 6890).
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
        // Addresses that contain an IPv4 address: NAT64, 6to4, Teredo, IPv4-compatible.
        || (first == 0x64 && ip.segments()[1] == 0xff9b)
        || first == 0x2002
        || (first == 0x2001 && ip.segments()[1] == 0)
        || ip.segments()[..6] == [0; 6];
    !reserved
}

#[cfg(test)]
mod tests;
