//! Digests: what tells, from the ledger alone, whether a post that is out has changed since. What the
//! item brought is told apart from what the template made of it, as an edit of the template must not
//! touch old posts; and what a platform lets one change from what it does not.

use serde_json::{Value, json};
use syndicate_api::{Item, Revision, canonical_json, sha256_hex};

use super::SinkStage;
use super::own_commentary::own_commentary;
use super::render::item_values;
use crate::ledger::Digests;

/// The version of what [`of_item`] is made of. Digests of different versions cannot be compared, so
/// that an update of this program changes no old post either.
const VERSION: &str = "1:";

/// How many hexadecimal digits tell two posts apart; nobody gains anything by an equal pair.
const DIGITS: usize = 16;

/// The digests of `item`, of which `revision` was made for `stage`.
pub(super) fn of(item: &Item, stage: &SinkStage, revision: &Revision) -> Digests {
    Digests {
        item: of_item(item, stage),
        editable: digest(&json!(revision.requests)),
        fixed: digest(&revision.fixed),
    }
}

/// The digest of all that `item` brings to a post. What its site is called is no part of it: that
/// changes for all posts at once.
pub(super) fn of_item(item: &Item, stage: &SinkStage) -> String {
    let value = json!({"values": item_values(item), "words": own_commentary(item, stage)});
    format!("{VERSION}{}", digest(&value))
}

/// Whether two digests of items say that the item has changed.
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
