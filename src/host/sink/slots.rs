//! The slots that a plugin fills.

use serde_json::{Map, Value};
use syndicate_api::{PublishError, Slots};

use super::dialogue::broken;

/// Maximum size of the slots of a plugin in bytes. The ledger records them.
const MAX_SLOTS: usize = 64 << 10;

/// Adds the slots of a plugin.
///
/// # Errors
/// If a slot has a value already, or all are too large.
pub(super) fn add_slots(slots: &mut Slots, more: Map<String, Value>) -> Result<(), PublishError> {
    for (name, value) in more {
        let is_own = matches!(&*name, "now" | "key") || name.starts_with("receipt:");
        if is_own || slots.contains_key(&name) {
            return Err(broken(format!(
                "it sets the slot `{name}`, which has a value"
            )));
        }
        slots.insert(name, value);
    }
    let size = serde_json::to_vec(slots).map_or(0, |text| text.len());
    match size > MAX_SLOTS {
        true => Err(broken(format!(
            "its slots are larger than {} KiB",
            MAX_SLOTS >> 10
        ))),
        false => Ok(()),
    }
}
