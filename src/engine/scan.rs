//! Scan: what all sources yield. Two items that share a key are one post to every reader. Within one
//! source that is a slip, and a fault that names both; where two sources read the same site, the one
//! that stands first in the file has it, and a note says so.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::Context as _;
use syndicate_api::{Context, Fault, Item, Scan};

use super::Stages;

/// What all sources yielded.
#[derive(Clone, Debug, Default)]
pub struct Scanned {
    /// The items, each with the index of its source.
    pub items: Vec<(usize, Arc<Item>)>,
    /// The files that could not be read.
    pub faults: Vec<Fault>,
    /// Remarks about the sites as a whole.
    pub notes: Vec<String>,
}

/// Reads every source.
///
/// # Errors
/// When a source cannot be read at all.
pub async fn scan(stages: &Stages, cx: &Context) -> anyhow::Result<Scanned> {
    let mut scanned = Scanned::default();
    // Which item has a key, and the source it comes from.
    let mut owners: HashMap<String, (usize, String)> = HashMap::new();
    for (index, (name, source)) in stages.sources.iter().enumerate() {
        let Scan {
            items,
            faults,
            notes,
        } = source
            .scan(cx)
            .await
            .with_context(|| format!("source `{name}`"))?;
        scanned.faults.extend(faults);
        scanned.notes.extend(notes);
        let mut shared = BTreeMap::new();
        for item in items {
            match clash(&item, &owners) {
                Some((_, (owner, label))) if *owner == index => {
                    scanned.faults.push(twice(&item, label));
                }
                Some((_, (owner, _))) => *shared.entry(*owner).or_insert(0) += 1,
                None => {
                    for key in &item.keys {
                        owners.insert(key.clone(), (index, item.label().to_owned()));
                    }
                    scanned.items.push((index, Arc::new(item)));
                }
            }
        }
        for (owner, count) in shared {
            let owner = &stages.sources[owner].0;
            scanned.notes.push(format!(
                "{count} posts of source `{name}` are those of `{owner}`, which stands first and has them"
            ));
        }
    }
    Ok(scanned)
}

/// Who has one of the item's keys already.
fn clash<'o>(
    item: &Item,
    owners: &'o HashMap<String, (usize, String)>,
) -> Option<(&'o String, &'o (usize, String))> {
    item.keys.iter().find_map(|key| owners.get_key_value(key))
}

fn twice(item: &Item, owner: &str) -> Fault {
    Fault {
        path: item.label().to_owned(),
        line: None,
        column: None,
        message: format!("`{owner}` is the same post: they share an address or another key"),
        hint: Some("give one of them another address or `syndicate.id`".to_owned()),
    }
}
