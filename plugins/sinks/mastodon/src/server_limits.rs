//! The limits of the server, as [`ServerInfo`] stores them. A value that the server does not name has the default of
//! Mastodon's documentation.

use serde_json::{Map, Value};
use syndicate_api::{FileRules, MediaRules, ServerInfo};

/// The names of the stored values.
pub(crate) mod key {
    pub(crate) const MAX_CHARACTERS: &str = "max_characters";
    pub(crate) const URL_LENGTH: &str = "characters_reserved_per_url";
    pub(crate) const MAX_MEDIA: &str = "max_media_attachments";
    pub(crate) const ALT_LENGTH: &str = "description_limit";
    pub(crate) const IMAGE_BYTES: &str = "image_size_limit";
    pub(crate) const IMAGE_PIXELS: &str = "image_matrix_limit";
    pub(crate) const VIDEO_BYTES: &str = "video_size_limit";
    pub(crate) const MEDIA_TYPES: &str = "supported_mime_types";
    pub(crate) const SOFTWARE: &str = "software";
    pub(crate) const SOFTWARE_VERSION: &str = "software_version";
    pub(crate) const ACCOUNT: &str = "account";
    pub(crate) const ACCOUNT_NAME: &str = "account_name";
}

/// The places of the limits in `GET /api/v2/instance` and `GET /api/v1/instance`, which have the same layout. The
/// last two are those of Pleroma, which precede Mastodon's.
const PLACES: &[(&str, &str)] = &[
    (
        key::MAX_CHARACTERS,
        "/configuration/statuses/max_characters",
    ),
    (
        key::URL_LENGTH,
        "/configuration/statuses/characters_reserved_per_url",
    ),
    (
        key::MAX_MEDIA,
        "/configuration/statuses/max_media_attachments",
    ),
    (
        key::ALT_LENGTH,
        "/configuration/media_attachments/description_limit",
    ),
    (
        key::IMAGE_BYTES,
        "/configuration/media_attachments/image_size_limit",
    ),
    (
        key::IMAGE_PIXELS,
        "/configuration/media_attachments/image_matrix_limit",
    ),
    (
        key::VIDEO_BYTES,
        "/configuration/media_attachments/video_size_limit",
    ),
    (key::MAX_CHARACTERS, "/max_toot_chars"),
    (key::ALT_LENGTH, "/description_limit"),
];

/// The picture types that browsers show, and every server accepts the first three of them.
const PICTURES: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp"];

/// The video types that Mastodon accepts.
const VIDEOS: &[&str] = &["video/mp4", "video/quicktime", "video/webm"];

/// The software that counts URLs in full and code points instead of grapheme clusters.
const COUNTS_CODE_POINTS: &str = "gotosocial";

/// The limits of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ServerLimits {
    /// The longest text with its content warning.
    pub(crate) max_characters: usize,
    /// The number of characters that every URL counts as.
    pub(crate) url_length: usize,
    /// The largest number of attached media.
    pub(crate) max_media: usize,
    /// The longest alternative text.
    pub(crate) alt_length: usize,
    /// The largest picture in bytes.
    pub(crate) image_bytes: u64,
    /// The largest picture in pixels.
    pub(crate) image_pixels: u64,
    /// The largest video in bytes.
    pub(crate) video_bytes: u64,
    /// `true` if the server accepts WebP.
    pub(crate) accepts_webp: bool,
    /// `true` if the server counts every code point of the text, also those of a URL.
    pub(crate) counts_code_points: bool,
}

impl ServerLimits {
    /// Returns the limits in `info`.
    pub(crate) fn of(info: &ServerInfo) -> Self {
        let number = |name, default| info.number(name).unwrap_or(default);
        let size = |name, default| usize::try_from(number(name, default)).unwrap_or(usize::MAX);
        let types = info.values.get(key::MEDIA_TYPES).and_then(Value::as_array);
        Self {
            max_characters: size(key::MAX_CHARACTERS, 500),
            url_length: size(key::URL_LENGTH, 23),
            max_media: size(key::MAX_MEDIA, 4),
            alt_length: size(key::ALT_LENGTH, 1500),
            image_bytes: number(key::IMAGE_BYTES, 10 << 20),
            image_pixels: number(key::IMAGE_PIXELS, 1 << 24),
            video_bytes: number(key::VIDEO_BYTES, 40 << 20),
            accepts_webp: types.is_none_or(|types| types.iter().any(|known| known == "image/webp")),
            counts_code_points: info.text(key::SOFTWARE) == Some(COUNTS_CODE_POINTS),
        }
    }

    /// Returns the rules for pictures.
    pub(crate) fn pictures(&self) -> MediaRules {
        MediaRules {
            types: match self.accepts_webp {
                true => PICTURES,
                false => &PICTURES[..3],
            },
            max_pixels: self.image_pixels,
            max_bytes: self.image_bytes,
            max_frames: usize::MAX,
        }
    }

    /// Returns the rules for videos. The server's limits of frame rate and picture size are not checked here; it
    /// refuses such a video before the post is created.
    pub(crate) fn videos(&self) -> FileRules {
        FileRules {
            types: VIDEOS,
            min_bytes: 1,
            max_bytes: self.video_bytes,
            seconds: (0, u64::MAX),
            max_pages: None,
        }
    }
}

/// Returns the limits that the body of `GET /api/v2/instance` or `GET /api/v1/instance` names.
pub(crate) fn read_limits(instance: &Value) -> Map<String, Value> {
    let mut values = Map::new();
    for (name, pointer) in PLACES {
        let limit = instance.pointer(pointer).and_then(Value::as_u64);
        if let Some(limit) = limit.filter(|limit| *limit > 0) {
            values.entry(*name).or_insert_with(|| limit.into());
        }
    }
    let types = instance.pointer("/configuration/media_attachments/supported_mime_types");
    let types = types
        .and_then(Value::as_array)
        .filter(|types| !types.is_empty());
    if let Some(types) = types {
        let types = types.iter().filter(|known| known.is_string()).cloned();
        values.insert(key::MEDIA_TYPES.to_owned(), types.collect());
    }
    values
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn limits(instance: &Value) -> ServerLimits {
        ServerLimits::of(&ServerInfo {
            values: read_limits(instance),
            as_of: None,
        })
    }

    #[test]
    fn missing_limits_have_defaults() {
        for instance in [
            json!({}),
            json!(null),
            json!({"configuration": {"statuses": {"max_characters": 0}}}),
            json!({"configuration": {"statuses": {"max_characters": "5000"}}}),
        ] {
            let limits = limits(&instance);
            assert_eq!((limits.max_characters, limits.url_length), (500, 23));
            assert_eq!((limits.max_media, limits.alt_length), (4, 1500));
            assert!(limits.accepts_webp);
        }
    }

    #[test]
    fn limits_of_server_win() {
        let instance = json!({
            "max_toot_chars": 7,
            "configuration": {
                "statuses": {"max_characters": 100_000, "characters_reserved_per_url": 32},
                "media_attachments": {
                    "description_limit": 10_000, "image_size_limit": 5,
                    "supported_mime_types": ["image/png", 7],
                },
            },
        });
        let limits = limits(&instance);
        assert_eq!((limits.max_characters, limits.url_length), (100_000, 32));
        assert_eq!((limits.alt_length, limits.image_bytes), (10_000, 5));
        assert!(!limits.accepts_webp && !limits.pictures().types.contains(&"image/webp"));
    }

    #[test]
    fn pleroma_names_limits_at_top() {
        let limits = limits(&json!({"max_toot_chars": 5000, "description_limit": 5000}));
        assert_eq!((limits.max_characters, limits.alt_length), (5000, 5000));
    }
}
