//! Selects the picture of a post: the one named in the front matter, otherwise the first one in the text.

use html_meta::is_decoration_url;
use serde_json::Value;
use syndicate_api::{FieldOrigin, Image};

use super::locate::{FoundPicture, ResolveContext};
use super::lookup::with_user_keys;
use crate::document::FrontMatter;
use crate::markdown::{Picture, WrittenPicture, parse_picture_value, plain};
use crate::options::FieldKeys;
use crate::urls::is_remote;
use crate::value::{Sourced, scalar};

const IMAGE_KEYS: &[&str] = &[
    "cover",
    "thumbnail",
    "banner",
    "image",
    "cover_image",
    "featured_image",
    "feature_image",
    "hero",
    "hero_image",
    "og_image",
    "photos",
    "images",
    "header.og_image",
    "header.overlay_image",
    "header.image",
    "header.teaser",
    "thumbnail_image",
    "teaser",
];

const ALT_KEYS: &[&str] = &[
    "image_alt",
    "cover_alt",
    "cover_image_alt",
    "thumbnail_alt",
    "banner_alt",
    "hero_alt",
    "header.alt",
];

/// Keys of the path in a map that describes a picture.
const TARGET_KEYS: &[&str] = &["url", "src", "path", "image", "file", "relative"];
const ALT_TEXT_KEYS: &[&str] = &["alt", "caption", "title"];

/// Extensions of files that are embedded like pictures but are other media.
const OTHER_MEDIA_EXTENSIONS: &[&str] = &[
    ".canvas", ".html", ".m4a", ".md", ".mov", ".mp3", ".mp4", ".ogg", ".ogv", ".pdf", ".wav",
    ".webm",
];

/// Parts of the URLs of videos, which some editors embed with the syntax of pictures.
const VIDEO_HOSTS: &[&str] = &["youtube.com/", "youtu.be/", "vimeo.com/"];

/// Returns the picture of the post, resolved to a file and a URL. `line_of` returns the line of the file in which the
/// text first contains a picture's target.
pub(super) fn read(
    front: &FrontMatter,
    keys: &FieldKeys,
    shown: &dyn Fn() -> Vec<Picture>,
    line_of: &dyn Fn(&str) -> Option<usize>,
    context: &ResolveContext<'_>,
) -> Sourced<Image> {
    let alt = || {
        let alt_keys = with_user_keys(&keys.image_alt, ALT_KEYS);
        let (_, value) = front.first(alt_keys.iter().copied())?;
        scalar(value).map(|alt| plain(&alt))
    };
    let image_keys = with_user_keys(&keys.image, IMAGE_KEYS);
    let own = image_keys.iter().find_map(|key| {
        let found = match picture_in(front.get(key)?)? {
            WrittenPicture::Picture(picture) => context.find_named(&picture)?,
            WrittenPicture::Unreadable(text) => context.unreadable(&text),
        };
        let mut image = found.into_image(|| front.line_of(key));
        image.alt = image.alt.or_else(alt);
        Some((image, FieldOrigin::FrontMatter((*key).to_owned())))
    });
    let own = own.or_else(|| {
        let (target, origin) = context.picture_by_name(front)?;
        let found = context.find_named(&Picture::at(&target))?;
        let mut image = found.into_image(|| None);
        image.alt = alt();
        Some((image, origin))
    });
    own.or_else(|| {
        let (written, found, what) = from_text(&shown(), context)?;
        let mut image = found.into_image(|| line_of(&written));
        image.alt = image.alt.or_else(alt);
        Some((image, FieldOrigin::Body(what.to_owned())))
    })
}

/// Parses the picture in a front matter value: a path, a map, or the first usable element of a list. A
/// list of one list is an Obsidian embed without quotes (`[[file]]`).
fn picture_in(value: &Value) -> Option<WrittenPicture> {
    match value {
        Value::String(text) if !text.starts_with('#') => parse_picture_value(text),
        Value::Array(values) => match &values[..] {
            [Value::Array(inner)] if inner.len() == 1 => {
                parse_picture_value(&format!("[[{}]]", scalar(inner.first()?)?))
            }
            values => values.iter().find_map(picture_in),
        },
        Value::Object(map) => {
            let mut described = TARGET_KEYS
                .iter()
                .find_map(|key| picture_in(map.get(*key)?))?;
            let alt = ALT_TEXT_KEYS.iter().find_map(|key| map.get(*key)?.as_str());
            if let WrittenPicture::Picture(picture) = &mut described {
                picture.alt = picture.alt.take().or_else(|| alt.map(plain));
            }
            Some(described)
        }
        _ => None,
    }
}

/// Returns the first raster picture of the text, otherwise the first vector picture, because few
/// platforms accept SVG. Badges and counters are skipped. A missing picture counts as well, because
/// replacing it by another one would be unexpected. A picture with an unusable URL, such as `file:`, counts if the text
/// has no other. Also returns its target as written, and its origin.
fn from_text(
    shown: &[Picture],
    context: &ResolveContext<'_>,
) -> Option<(String, FoundPicture, &'static str)> {
    let found = || {
        shown
            .iter()
            .filter(|picture| {
                !is_decoration_url(&picture.target) && !is_other_medium(&picture.target)
            })
            .filter_map(|picture| Some((picture, context.find(picture)?)))
    };
    let mut candidates = found().filter(|(_, found)| !found.has_unusable_url());
    let Some((picture, first)) = candidates.next() else {
        // Pages that load pictures late have `data:` URLs in their place.
        let (picture, unusable) = found().find(|(picture, _)| !is_embedded(&picture.target))?;
        return Some((picture.written(), unusable, "first picture in the text"));
    };
    let raster = if is_vector(&picture.target) {
        candidates.find(|(picture, _)| !is_vector(&picture.target))
    } else {
        None
    };
    Some(match raster {
        Some((picture, found)) => (
            picture.written(),
            found,
            "first picture in the text that is not an SVG",
        ),
        None => (picture.written(), first, "first picture in the text"),
    })
}

/// Returns `true` if the URL contains the picture itself.
fn is_embedded(target: &str) -> bool {
    let scheme = target.trim_start().get(.."data:".len());
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

fn is_vector(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or(target);
    path.to_ascii_lowercase().ends_with(".svg")
}

fn is_other_medium(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    let path = target.split(['?', '#']).next().unwrap_or(&target);
    OTHER_MEDIA_EXTENSIONS
        .iter()
        .any(|ending| path.ends_with(ending))
        || (is_remote(&target) && VIDEO_HOSTS.iter().any(|part| target.contains(part)))
}
