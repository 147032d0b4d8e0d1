//! The texts and pictures that a platform accepts, as its plugin describes them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use plugin_protocol::{LimitsOk, LimitsTask, PictureLimits, Task, TextCount};
use syndicate_api::{
    Diagnostic, Limits, Measure, MediaRules, PicturePolicy, RichText, ServerInfo, TextSpan,
};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::host::component::{PluginComponent, parse};
use crate::host::failure::{FailureKind, PluginFailure};

/// The length of a commentary without a limit. The engine computes with it.
const UNLIMITED: usize = 1_000_000;

/// Maximum number of pixels of a picture for which the plugin names no limit.
const MAX_PIXELS: u64 = 36_000_000;

/// Maximum size of a picture for which the plugin names no limit, in bytes.
const MAX_BYTES: u64 = 8 << 20;

/// The pictures that can be converted to one another. A list of types is always a part of this one.
const TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// The limits for each state of the server that was asked for.
pub(super) struct LimitsCache {
    component: Arc<PluginComponent>,
    known: Mutex<BTreeMap<String, Arc<LimitsOk>>>,
}

impl LimitsCache {
    /// Creates an empty cache.
    pub(super) fn new(component: Arc<PluginComponent>) -> Self {
        Self {
            component,
            known: Mutex::default(),
        }
    }

    /// Checks that the limits are known, without which no post may be composed.
    ///
    /// # Errors
    /// If the plugin refuses or fails. The next call asks again.
    pub(super) fn check(&self, server_info: &ServerInfo) -> Result<(), Diagnostic> {
        match self.ask(server_info) {
            Ok(_) => Ok(()),
            Err(failure) => Err(failure.to_diagnostic()),
        }
    }

    fn ask(&self, server_info: &ServerInfo) -> Result<Arc<LimitsOk>, PluginFailure> {
        let key = serde_json::to_string(&server_info.values).unwrap_or_default();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limits) = known.get(&key) {
            return Ok(Arc::clone(limits));
        }
        let limits = Arc::new(ask(&self.component, server_info)?);
        known.insert(key, Arc::clone(&limits));
        Ok(limits)
    }

    /// Returns the limits of this server; none if the plugin fails, because its posts are not composed then.
    fn of(&self, server_info: &ServerInfo) -> Arc<LimitsOk> {
        self.ask(server_info).unwrap_or_default()
    }

    /// Returns the texts and pictures that the platform accepts.
    pub(super) fn limits(&self, server_info: &ServerInfo) -> Limits {
        let limits = self.of(server_info);
        let text = limits.text.first().map_or(UNLIMITED, |limit| limit.limit);
        match &limits.pictures {
            None => Limits::text(text),
            Some(pictures) => Limits {
                picture: match pictures.required {
                    true => PicturePolicy::Require,
                    false => PicturePolicy::Warn,
                },
                media: media_rules(pictures),
                ..Limits::text(text)
            },
        }
    }

    /// Returns the length of `text` by each rule of the platform.
    pub(super) fn measure(&self, text: &RichText, server_info: &ServerInfo) -> Vec<Measure> {
        let limits = self.of(server_info);
        if limits.text.is_empty() {
            let used = text.plain().chars().count();
            return vec![Measure::new("characters", used, UNLIMITED)];
        }
        let measures = limits.text.iter().map(|limit| {
            let used = length(text, limit.count, limit.url);
            Measure::new(unit(limit.count), used, limit.limit)
        });
        measures.collect()
    }
}

fn ask(component: &PluginComponent, server_info: &ServerInfo) -> Result<LimitsOk, PluginFailure> {
    let task = LimitsTask {
        server_info: server_info.values.clone(),
    };
    component.with(|conversation, _| {
        let limits = conversation.ask(Task::Limits(task))?;
        let limits: LimitsOk = parse(limits.map_err(FailureKind::Refused)?, "limits")?;
        check_types(&limits).map_err(FailureKind::Protocol)?;
        Ok(limits)
    })
}

/// Checks that at least one type of pictures is known, without which every post would lose its picture. Others are
/// ignored, because a plugin may know more types than this version.
fn check_types(limits: &LimitsOk) -> Result<(), String> {
    let Some(pictures) = &limits.pictures else {
        return Ok(());
    };
    if !types(&pictures.types).is_empty() {
        return Ok(());
    }
    Err(format!(
        "the answer to `limits`: `pictures.types` has none of `{}`",
        TYPES.join("`, `")
    ))
}

fn media_rules(pictures: &PictureLimits) -> MediaRules {
    MediaRules {
        types: types(&pictures.types),
        max_pixels: pictures.pixels.unwrap_or(MAX_PIXELS),
        max_bytes: pictures.bytes.unwrap_or(MAX_BYTES),
        max_frames: usize::MAX,
    }
}

/// Returns the known ones of `wanted`. There are few possible lists, which live as long as the program.
fn types(wanted: &[String]) -> &'static [&'static str] {
    static LISTS: Mutex<Vec<&'static [&'static str]>> = Mutex::new(Vec::new());
    let is_wanted = |known: &&str| wanted.iter().any(|wanted| wanted == known);
    let list: Vec<&'static str> = TYPES.into_iter().filter(is_wanted).collect();
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lists.iter().find(|known| **known == list) {
        return known;
    }
    let list: &'static [&'static str] = list.leak();
    lists.push(list);
    list
}

fn unit(count: TextCount) -> &'static str {
    match count {
        TextCount::Graphemes | TextCount::CodePoints => "characters",
        TextCount::Utf8 => "bytes",
        TextCount::Utf16 => "UTF-16 units",
        TextCount::XWeighted => "weighted characters",
    }
}

fn length(text: &RichText, count: TextCount, url: Option<usize>) -> usize {
    let Some(url) = url else {
        return count_of(&text.plain(), count);
    };
    let spans = text.0.iter().map(|span| match span {
        TextSpan::Link(_) => url,
        other => count_of(&RichText(vec![other.clone()]).plain(), count),
    });
    spans.sum()
}

fn count_of(text: &str, count: TextCount) -> usize {
    match count {
        TextCount::Graphemes => text.graphemes(true).count(),
        TextCount::Utf8 => text.len(),
        TextCount::Utf16 => text.encode_utf16().count(),
        TextCount::CodePoints => text.chars().count(),
        TextCount::XWeighted => text.graphemes(true).map(weight).sum(),
    }
}

/// Returns the weight of a character by the counting rules of X: 1 for Latin and a few other scripts, otherwise 2; an
/// emoji of several code points counts once.
fn weight(grapheme: &str) -> usize {
    let is_light =
        |c: char| matches!(u32::from(c), 0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247);
    let is_joined = |c: char| matches!(u32::from(c), 0x200d | 0xfe0f | 0x20e3 | 0x1f3fb..=0x1f3ff);
    let is_emoji = grapheme
        .chars()
        .any(|c| is_joined(c) || matches!(u32::from(c), 0x1f1e6..=0x1f1ff));
    match is_emoji {
        true => 2,
        false => grapheme
            .chars()
            .map(|c| if is_light(c) { 1 } else { 2 })
            .sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_counts_differently() {
        let text = RichText(vec![
            TextSpan::Text("é👩‍👩‍👧‍👦日 ".to_owned()),
            TextSpan::Link("https://example.org/a/".to_owned()),
        ]);
        let lengths = |url| {
            let counts = [
                TextCount::Graphemes,
                TextCount::CodePoints,
                TextCount::Utf16,
                TextCount::Utf8,
                TextCount::XWeighted,
            ];
            counts.map(|count| length(&text, count, url))
        };
        assert_eq!(lengths(None), [26, 32, 36, 53, 28]);
        assert_eq!(lengths(Some(23)), [27, 33, 37, 54, 29]);
    }

    #[test]
    fn known_picture_type_is_needed() {
        let check = |types: serde_json::Value| {
            let limits = serde_json::json!({"pictures": {"types": types}});
            check_types(&serde_json::from_value(limits).unwrap())
        };
        for types in [
            serde_json::json!(["png", "jpeg"]),
            serde_json::json!(["image/avif"]),
            serde_json::json!([]),
        ] {
            let error = check(types).unwrap_err();
            assert!(
                error.contains("none of `image/jpeg`, `image/png`"),
                "{error}"
            );
        }
        assert_eq!(
            check(serde_json::json!(["image/avif", "image/png"])),
            Ok(())
        );
        assert_eq!(check_types(&LimitsOk::default()), Ok(()));
    }

    #[test]
    fn lists_of_types_are_shared() {
        let wanted =
            |names: &[&str]| types(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
        let list = wanted(&["image/png", "image/tiff", "image/jpeg"]);
        assert_eq!(list, ["image/jpeg", "image/png"]);
        assert!(std::ptr::eq(list, wanted(&["image/jpeg", "image/png"])));
        assert_eq!(wanted(&[]).len(), 0);
    }
}
