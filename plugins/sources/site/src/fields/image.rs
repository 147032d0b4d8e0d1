//! The picture of a post: the one its front matter names, else the first one that its text shows.

use serde_json::Value;
use syndicate_api::{Image, Origin};

use super::locate::ResolveContext;
use super::lookup::with_own;
use crate::document::Front;
use crate::markdown::{Picture, plain};
use crate::options::FieldKeys;
use crate::value::{Sourced, scalar};

const IMAGE: &[&str] = &[
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

const ALT: &[&str] = &[
    "image_alt",
    "cover_alt",
    "cover_image_alt",
    "thumbnail_alt",
    "banner_alt",
    "hero_alt",
    "header.alt",
];

/// Keys of a map that describes a picture.
const TARGET: &[&str] = &["url", "src", "path", "image", "file", "relative"];
const TEXT: &[&str] = &["alt", "caption", "title"];

/// Parts of the addresses of pictures that tell about a project's state.
const BADGES: &[&str] = &[
    "badge",
    "shields.io",
    "travis-ci.",
    "codecov.io",
    "circleci.com",
    "/workflows/",
];

/// The picture of the post, found where it lies.
pub(super) fn read(
    front: &Front,
    keys: &FieldKeys,
    shown: &dyn Fn() -> Vec<Picture>,
    context: &ResolveContext<'_>,
) -> Sourced<Image> {
    let alt = || {
        let (_, value) = front.first(with_own(&keys.image_alt, ALT))?;
        scalar(value).map(|alt| plain(&alt))
    };
    let own = with_own(&keys.image, IMAGE).into_iter().find_map(|key| {
        let picture = described(front.get(key)?)?;
        let mut image = context.find_named(&picture)?;
        image.alt = image.alt.or_else(alt);
        Some((image, Origin::FrontMatter(key.to_owned())))
    });
    let own = own.or_else(|| {
        let (target, origin) = context.own_picture(front)?;
        let mut image = context.find_named(&Picture::at(&target))?;
        image.alt = alt();
        Some((image, origin))
    });
    own.or_else(|| {
        let (mut image, what) = from_text(&shown(), context)?;
        image.alt = image.alt.or_else(alt);
        Some((image, Origin::Body(what.to_owned())))
    })
}

/// The picture that a value of the front matter describes: a path, a map, or the first of a list.
fn described(value: &Value) -> Option<Picture> {
    match value {
        Value::String(text) if !text.trim().is_empty() && !text.starts_with('#') => {
            Some(Picture::at(text.trim()))
        }
        Value::Array(values) => values.iter().find_map(described),
        Value::Object(map) => {
            let mut picture = TARGET.iter().find_map(|key| described(map.get(*key)?))?;
            let alt = TEXT.iter().find_map(|key| map.get(*key)?.as_str());
            picture.alt = picture.alt.or_else(|| alt.map(plain));
            Some(picture)
        }
        _ => None,
    }
}

/// The first picture of the text that is no drawing, for few platforms take those, else the first of
/// all. A badge is none. A picture that is not there counts as well: another one in its stead would
/// be a surprise.
fn from_text(shown: &[Picture], context: &ResolveContext<'_>) -> Option<(Image, &'static str)> {
    let mut candidates = shown
        .iter()
        .filter(|picture| !is_badge(&picture.target))
        .filter_map(|picture| Some((is_vector(&picture.target), context.find(picture)?)));
    let (vector, first) = candidates.next()?;
    let raster = if vector {
        candidates.find(|(vector, _)| !vector)
    } else {
        None
    };
    Some(match raster {
        Some((_, image)) => (image, "first picture in the text that is no SVG"),
        None => (first, "first picture in the text"),
    })
}

fn is_vector(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or(target);
    path.to_ascii_lowercase().ends_with(".svg")
}

fn is_badge(target: &str) -> bool {
    crate::address::is_remote(target) && BADGES.iter().any(|part| target.contains(part))
}
