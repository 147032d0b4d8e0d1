//! Digests that reveal from the ledger alone whether a sent post has changed. Values of the item have
//! their own digest, separate from the rendered text, so that an edited template does not affect old
//! posts. Parts that the platform can update are separate from parts that it cannot.

use serde_json::{Value, json};
use syndicate_api::{Diagnostic, Item, Revision, canonical_json, sha256_hex};

use super::SinkStage;
use super::own_commentary::own_commentary;
use super::render::item_values;
use crate::ledger::Digests;

/// The version of the input of [`of_item`]. Digests of different versions are not compared, so a new
/// version of this program does not mark old posts as changed.
const VERSION: &str = "1:";

/// Number of hexadecimal digits of a digest. Collisions are not a security risk here.
const DIGITS: usize = 16;

/// Returns the digests of `item` and of its `revision` for `stage`.
///
/// # Errors
/// Returns a diagnostic if the file of the item has changed.
pub(super) fn of(
    item: &Item,
    stage: &SinkStage,
    revision: &Revision,
) -> Result<Digests, Diagnostic> {
    Ok(Digests {
        item: of_item(item, stage)?,
        editable: digest(&revision.editable),
        fixed: digest(&revision.fixed),
    })
}

/// Returns the digest of all values that `item` adds to a post. The site's name is excluded, because it
/// changes for all posts at once.
///
/// # Errors
/// Returns a diagnostic if the file of the item has changed.
pub(super) fn of_item(item: &Item, stage: &SinkStage) -> Result<String, Diagnostic> {
    let value = json!({"values": item_values(item)?, "words": own_commentary(item, stage)});
    Ok(format!("{VERSION}{}", digest(&value)))
}

/// Returns `true` if the digests of two versions of an item differ.
pub(super) fn has_changed(then: &str, now: &str) -> bool {
    then != now && then.starts_with(VERSION)
}

fn digest(value: &Value) -> String {
    let mut digits = sha256_hex(canonical_json(value).as_bytes());
    digits.truncate(DIGITS);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_another_version_tell_nothing() {
        assert!(has_changed("1:aa", "1:bb"));
        assert!(!has_changed("1:aa", "1:aa"));
        assert!(!has_changed("0:aa", "1:bb"));
    }
}
