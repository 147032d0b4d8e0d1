//! Whether the site keeps a post unpublished. A flag that is neither true nor false is a fault: to
//! send a draft is worse than to send nothing.

use serde_json::Value;
use syndicate_api::dates::parse_date;
use syndicate_api::{Diagnostic, FieldOrigin, FileSpan};

use crate::document::Front;

use crate::options::FieldKeys;
use crate::post_file::PostFile;
use crate::value::{invalid, scalar, yes_or_no};
use jiff::tz::TimeZone;

/// The folder of drafts of Hexo and Jekyll.
const FOLDER: &str = "_drafts";

/// What `status` says of a post that is not for all to see.
const UNPUBLISHED: &[&str] = &["draft", "hidden", "private", "skip", "unpublished"];

/// What makes a draft of the post, if anything does.
pub(super) fn read(
    front: &Front,
    keys: &FieldKeys,
    file: &PostFile,
) -> Result<Option<FieldOrigin>, Diagnostic> {
    if file.is_in(FOLDER) {
        return Ok(Some(FieldOrigin::Path));
    }
    let own = keys.draft.iter().map(String::as_str);
    for key in own.chain(["draft", "hidden", "is_draft", "private"]) {
        if let Some(value) = front.get(key)
            && flag(front, key, value)?
        {
            return Ok(Some(FieldOrigin::FrontMatter(key.to_owned())));
        }
    }
    // `published` may be a date as well; `publish` is how Obsidian Publish calls it.
    for key in ["published", "publish"] {
        if let Some(value) = front.get(key)
            && !is_date(value)
            && !flag(front, key, value)?
        {
            return Ok(Some(FieldOrigin::FrontMatter(key.to_owned())));
        }
    }
    let status = front.get("status").and_then(Value::as_str);
    let unpublished =
        status.is_some_and(|status| UNPUBLISHED.contains(&status.trim().to_lowercase().as_str()));
    Ok(unpublished.then(|| FieldOrigin::FrontMatter("status".to_owned())))
}

fn is_date(value: &Value) -> bool {
    let text = scalar(value);
    text.is_some_and(|text| parse_date(&text, &TimeZone::UTC).is_ok())
}

fn flag(front: &Front, key: &str, value: &Value) -> Result<bool, Diagnostic> {
    yes_or_no(value).ok_or_else(|| {
        let text = scalar(value).unwrap_or_else(|| value.to_string());
        invalid(format!(
            "`{key}` is neither true nor false: `{}`",
            text.trim().to_lowercase()
        ))
        .at(front.line_of(key).map(FileSpan::of_line))
        .with_hint("write `true` or `false`")
    })
}
