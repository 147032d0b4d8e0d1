//! The pictures that say nothing about a post: icons, avatars, emoji, flags, badges that report the
//! state of a project, and the dots by which readers are counted. A picture is judged by how it is
//! written, never by its bytes.

/// Words in a class that mark decoration.
const CLASSES: &[&str] = &[
    "avatar", "badge", "emoji", "favicon", "flag", "gravatar", "icon", "logo", "pixel", "profile",
    "smiley",
];

/// Parts of the addresses of avatars, emoji, badges and buttons, as their makers name them; a word
/// alone may be that of a post.
const ADDRESSES: &[&str] = &[
    "/avatar.",
    "/avatars/",
    "/badge.svg",
    "/badges/",
    "/favicon.",
    "/images/core/emoji/",
    "/images/icons/emoji/",
    "badge.fury.io",
    "badgen.net",
    "buymeacoffee.com/button",
    "cdn.buymeacoffee.com",
    "ci.appveyor.com/api",
    "circleci.com",
    "codecov.io",
    "colab-badge.",
    "coveralls.io",
    "flagcdn.com",
    "goreportcard.com/badge",
    "gravatar.com",
    "mybinder.org/badge",
    "paypalobjects.com",
    "readthedocs.org/projects",
    "shields.io",
    "travis-ci.",
    "twemoji",
];

/// Parts of the addresses of pictures whose only use is to count readers.
const COUNTERS: &[&str] = &[
    "/1x1.",
    "/beacon.gif",
    "/blank.gif",
    "/matomo.php",
    "/piwik.php",
    "/pixel.gif",
    "/pixel.png",
    "/spacer.gif",
    "/tracking_pixel",
    "/transparent.gif",
    "bat.bing.com",
    "count.getloli.com",
    "doubleclick.net",
    "facebook.com/tr",
    "feeds.feedburner.com/~",
    "feeds.wordpress.com/1.0/",
    "ga-beacon",
    "google-analytics.com",
    "hits.dwyl.com",
    "hits.seeyoufarm.com",
    "komarev.com/ghpvc",
    "mc.yandex.ru/watch",
    "medium.com/_/stat",
    "pixel.wp.com",
    "profile-counter.",
    "px.ads.linkedin.com",
    "quantserve.com",
    "scorecardresearch.com",
    "statcounter.com",
    "stats.wordpress.com",
    "visitor-badge.",
];

/// The size in CSS pixels below which a picture is an icon, if both sides are smaller.
const SMALLEST: f32 = 65.0;

/// Returns whether an `<img>` with the address `target` is decoration; `attribute` gives its other
/// attributes.
pub fn is_decoration(target: &str, attribute: impl Fn(&str) -> Option<String>) -> bool {
    let class = attribute("class").unwrap_or_default();
    let is_marked = class
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .any(|word| CLASSES.iter().any(|mark| word.eq_ignore_ascii_case(mark)));
    let style = attribute("style").unwrap_or_default().to_ascii_lowercase();
    let side = |name: &str| {
        let written = attribute(name).and_then(|length| pixels(&length));
        written.or_else(|| pixels(declared(&style, name)?))
    };
    let is_small = match (side("width"), side("height")) {
        (Some(width), Some(height)) => width.max(height) < SMALLEST || width.min(height) <= 1.0,
        (Some(side), None) | (None, Some(side)) => side < SMALLEST,
        (None, None) => false,
    };
    is_marked
        || is_small
        || is_unseen(&style)
        || attribute("hidden").is_some()
        || is_decoration_url(target)
}

/// Returns whether `target` is the address of a badge, an avatar, an emoji or a counter by its host
/// and path.
pub fn is_decoration_url(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| target.contains(part));
    has(ADDRESSES) || has(COUNTERS) || is_workflow_badge(&target)
}

/// Badges of GitHub's workflows end in `badge.svg`, with or without a query, or have the old form.
fn is_workflow_badge(target: &str) -> bool {
    target.contains("github.com/") && target.contains("/workflows/")
}

/// Returns a length in CSS pixels; a share of the line is none.
fn pixels(length: &str) -> Option<f32> {
    let length = length.trim();
    let em = length.strip_suffix("rem").or(length.strip_suffix("em"));
    match em {
        Some(em) => em.trim().parse::<f32>().ok().map(|em| em * 16.0),
        None => length.trim_end_matches("px").trim().parse().ok(),
    }
}

/// Returns what a style declares for a property.
fn declared<'a>(style: &'a str, property: &str) -> Option<&'a str> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        (name.trim() == property).then(|| value.trim_end_matches("!important").trim())
    })
}

fn is_unseen(style: &str) -> bool {
    declared(style, "display") == Some("none") || declared(style, "visibility") == Some("hidden")
}

#[cfg(test)]
mod tests {
    use super::is_decoration;

    fn is(target: &str, attributes: &[(&str, &str)]) -> bool {
        is_decoration(target, |name| {
            let found = attributes.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn small_and_unseen_pictures_are_decoration() {
        for attributes in [
            &[("width", "1"), ("height", "1")][..],
            &[("height", "0")],
            &[("width", "600"), ("height", "1")],
            &[("width", "20px")],
            &[("style", "width: 1px; height:1px")],
            &[("style", "height: 1em !important")],
            &[("style", "display:none")],
            &[("hidden", "")],
            &[("class", "nav-logo")],
            &[("class", "flag flag-de")],
        ] {
            assert!(is("/x.png", attributes), "{attributes:?}");
        }
        for attributes in [
            &[][..],
            &[("width", "50%")],
            &[("width", "auto"), ("height", "auto")],
            &[("width", "300"), ("height", "40")],
            &[("style", "max-width:20px; width:100%")],
            &[("class", "iconic-view")],
        ] {
            assert!(!is("/x.png", attributes), "{attributes:?}");
        }
    }

    #[test]
    fn badges_and_counters_are_known_by_address() {
        for target in [
            "https://img.shields.io/badge/build-passing-green.svg",
            "https://github.com/a/b/actions/workflows/ci.yml/badge.svg?branch=main",
            "https://github.com/a/b/workflows/CI/badge.png",
            "https://gitlab.com/a/b/badges/main/pipeline.svg",
            "https://pixel.wp.com/b.gif?host=x",
            "//c.statcounter.com/1/0/a/1/",
            "https://hits.dwyl.com/a/b.svg",
            "https://s.w.org/images/core/emoji/15/72x72/1f600.png",
        ] {
            assert!(is(target, &[]), "{target}");
        }
        for target in [
            "/img/my-badge-collection.jpg",
            "/workflows/a.png",
            "pixel-art.png",
        ] {
            assert!(!is(target, &[]), "{target}");
        }
    }
}
