//! Detects drafts. A flag that is neither true nor false is an error, because sending a draft is worse
//! than sending nothing.

use serde_json::Value;
use syndicate_api::dates::parse_date;
use syndicate_api::{Diagnostic, FieldOrigin, FileSpan};

use crate::document::FrontMatter;

use crate::options::FieldKeys;
use crate::post_file::PostFile;
use crate::value::{invalid, parse_bool, scalar};
use jiff::tz::TimeZone;

/// The folder of drafts in Hexo and Jekyll.
const DRAFTS_FOLDER: &str = "_drafts";

/// Values of `status` that mark a post as not public.
const UNPUBLISHED_STATUS: &[&str] = &["draft", "hidden", "private", "skip", "unpublished"];

/// Returns the origin of the draft flag, or `None` if the post is not a draft.
///
/// # Errors
/// Returns a diagnostic if a flag is neither true nor false.
pub(super) fn read(
    front: &FrontMatter,
    keys: &FieldKeys,
    file: &PostFile,
) -> Result<Option<FieldOrigin>, Diagnostic> {
    if file.is_in_folder(DRAFTS_FOLDER) {
        return Ok(Some(FieldOrigin::Path));
    }
    let own = keys.draft.iter().map(String::as_str);
    for key in own.chain(["draft", "hidden", "is_draft", "private"]) {
        if let Some(value) = front.get(key)
            && read_flag(front, key, value)?
        {
            return Ok(Some(FieldOrigin::FrontMatter(key.to_owned())));
        }
    }
    // `published` may also be a date; `publish` is the key of Obsidian Publish.
    for key in ["published", "publish"] {
        if let Some(value) = front.get(key)
            && !is_date(value)
            && !read_flag(front, key, value)?
        {
            return Ok(Some(FieldOrigin::FrontMatter(key.to_owned())));
        }
    }
    let unpublished = front.get("status").is_some_and(is_unpublished);
    Ok(unpublished.then(|| FieldOrigin::FrontMatter("status".to_owned())))
}

/// Returns `true` if a status, or one in a list, marks a post as not public.
fn is_unpublished(status: &Value) -> bool {
    match status {
        Value::String(status) => {
            UNPUBLISHED_STATUS.contains(&status.trim().to_lowercase().as_str())
        }
        Value::Array(all) => all.iter().any(is_unpublished),
        _ => false,
    }
}

fn is_date(value: &Value) -> bool {
    let text = scalar(value);
    text.is_some_and(|text| parse_date(&text, &TimeZone::UTC).is_ok())
}

fn read_flag(front: &FrontMatter, key: &str, value: &Value) -> Result<bool, Diagnostic> {
    parse_bool(value).ok_or_else(|| {
        let text = scalar(value).unwrap_or_else(|| value.to_string());
        invalid(format!(
            "`{key}` is neither true nor false: `{}`",
            text.trim().to_lowercase()
        ))
        .at(front.line_of(key).map(FileSpan::of_line))
        .with_hint("write `true` or `false`")
    })
}
