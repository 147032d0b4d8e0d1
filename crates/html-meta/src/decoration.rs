//! Recognizes pictures that are unrelated to the content of a post: icons, avatars, emoji, flags,
//! project badges and tracking pixels. Only the `<img>` element is checked, never the picture's
//! bytes.

/// Words in a class that mark a decoration.
const CLASSES: &[&str] = &[
    "avatar", "badge", "emoji", "favicon", "flag", "gravatar", "icon", "logo", "pixel", "profile",
    "smiley",
];

/// Parts of the URLs of avatars, emoji, badges and buttons. Each part is specific to the service
/// that creates them, because a single word such as `badge` may occur in the picture of a post.
const URL_PARTS: &[&str] = &[
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

/// Parts of the URLs of tracking pixels and visitor counters.
const TRACKERS: &[&str] = &[
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

/// Minimum size in CSS pixels. A picture with both sides below it is an icon.
const MIN_SIZE: f32 = 65.0;

/// Returns `true` if an `<img>` with the URL `target` is decoration. `attribute` returns the value
/// of another attribute of the element by name.
pub fn is_decoration(target: &str, attribute: impl Fn(&str) -> Option<String>) -> bool {
    let class = attribute("class").unwrap_or_default();
    let is_marked = class
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .any(|word| CLASSES.iter().any(|mark| word.eq_ignore_ascii_case(mark)));
    let style = attribute("style").unwrap_or_default().to_ascii_lowercase();
    let side = |name: &str| {
        let by_attribute = attribute(name).and_then(|length| pixels(&length));
        by_attribute.or_else(|| pixels(style_value(&style, name)?))
    };
    let is_small = match (side("width"), side("height")) {
        (Some(width), Some(height)) => width.max(height) < MIN_SIZE || width.min(height) <= 1.0,
        (Some(side), None) | (None, Some(side)) => side < MIN_SIZE,
        (None, None) => false,
    };
    is_marked
        || is_small
        || is_hidden_by_style(&style)
        || attribute("hidden").is_some()
        || is_decoration_url(target)
}

/// Returns `true` if `target` is the URL of a known badge, avatar, emoji or tracker.
pub fn is_decoration_url(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| target.contains(part));
    has(URL_PARTS) || has(TRACKERS) || is_workflow_badge(&target)
}

/// Returns `true` if `target` is the status badge of a GitHub workflow, with a current or a former
/// URL.
fn is_workflow_badge(target: &str) -> bool {
    target.contains("github.com/") && target.contains("/workflows/")
}

/// Parses a length in CSS pixels. Returns `None` for a percentage.
fn pixels(length: &str) -> Option<f32> {
    let length = length.trim();
    let em = length.strip_suffix("rem").or(length.strip_suffix("em"));
    match em {
        Some(em) => em.trim().parse::<f32>().ok().map(|em| em * 16.0),
        None => length.trim_end_matches("px").trim().parse().ok(),
    }
}

/// Returns the value of `property` in a `style` attribute.
fn style_value<'a>(style: &'a str, property: &str) -> Option<&'a str> {
    style.split(';').find_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        (name.trim() == property).then(|| value.trim_end_matches("!important").trim())
    })
}

fn is_hidden_by_style(style: &str) -> bool {
    style_value(style, "display") == Some("none")
        || style_value(style, "visibility") == Some("hidden")
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
    fn small_or_hidden_picture_is_decoration() {
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
    fn badge_and_tracker_urls_are_known() {
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
