//! The picture of a post: the one its front matter names, else the first one that its text shows.

use html_meta::is_decoration_url;
use serde_json::Value;
use syndicate_api::{FieldOrigin, FileSpan, Image};

use super::locate::ResolveContext;
use super::lookup::with_own;
use crate::address::is_remote;
use crate::document::Front;
use crate::markdown::{Picture, WrittenPicture, in_value, plain};
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

/// Endings of files that a text can show in place of a picture and that are none.
const OTHER_MEDIA: &[&str] = &[
    ".canvas", ".html", ".m4a", ".md", ".mov", ".mp3", ".mp4", ".ogg", ".ogv", ".pdf", ".wav",
    ".webm",
];

/// Parts of the addresses of films, which some editors show where a text names them like a picture.
const FILMS: &[&str] = &["youtube.com/", "youtu.be/", "vimeo.com/"];

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
        let mut image = match described(front.get(key)?)? {
            WrittenPicture::Picture(picture) => context.find_named(&picture)?,
            WrittenPicture::Unreadable(text) => Image {
                missing: Some(Box::new(context.unreadable(&text))),
                ..Image::default()
            },
        };
        image.missing = image.missing.map(|missing| {
            let line = front.line_of(key).map(FileSpan::of_line);
            Box::new(missing.at(line))
        });
        image.alt = image.alt.or_else(alt);
        Some((image, FieldOrigin::FrontMatter(key.to_owned())))
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
        Some((image, FieldOrigin::Body(what.to_owned())))
    })
}

/// The picture that a value of the front matter describes: a path, a map, or the first of a list. Two
/// lists within each other are an embed of Obsidian without quotes.
fn described(value: &Value) -> Option<WrittenPicture> {
    match value {
        Value::String(text) if !text.starts_with('#') => in_value(text),
        Value::Array(values) => match &values[..] {
            [Value::Array(inner)] if inner.len() == 1 => {
                in_value(&format!("[[{}]]", scalar(inner.first()?)?))
            }
            values => values.iter().find_map(described),
        },
        Value::Object(map) => {
            let mut described = TARGET.iter().find_map(|key| described(map.get(*key)?))?;
            let alt = TEXT.iter().find_map(|key| map.get(*key)?.as_str());
            if let WrittenPicture::Picture(picture) = &mut described {
                picture.alt = picture.alt.take().or_else(|| alt.map(plain));
            }
            Some(described)
        }
        _ => None,
    }
}

/// The first picture of the text that is no drawing, for few platforms take those, else the first of
/// all. Badges and counters are none. A picture that is not there counts as well: another one in its
/// stead would be a surprise.
fn from_text(shown: &[Picture], context: &ResolveContext<'_>) -> Option<(Image, &'static str)> {
    let mut candidates = shown
        .iter()
        .filter(|picture| !is_decoration_url(&picture.target) && !is_other_medium(&picture.target))
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

fn is_other_medium(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    let path = target.split(['?', '#']).next().unwrap_or(&target);
    OTHER_MEDIA.iter().any(|ending| path.ends_with(ending))
        || (is_remote(&target) && FILMS.iter().any(|part| target.contains(part)))
}
