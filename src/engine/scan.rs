//! Scan: what all sources yield. Two items that share a key are one post to every reader, so the
//! second of them is a fault that names both, whichever sources they come from.

use std::collections::HashMap;
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
    let mut owners: HashMap<String, String> = HashMap::new();
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
        for item in items {
            match clash(&item, &owners) {
                Some(fault) => scanned.faults.push(fault),
                None => {
                    for key in &item.keys {
                        owners.insert(key.clone(), item.label().to_owned());
                    }
                    scanned.items.push((index, Arc::new(item)));
                }
            }
        }
    }
    Ok(scanned)
}

fn clash(item: &Item, owners: &HashMap<String, String>) -> Option<Fault> {
    let (key, owner) = item
        .keys
        .iter()
        .find_map(|key| Some((key, owners.get(key)?)))?;
    Some(Fault {
        path: item.label().to_owned(),
        line: None,
        column: None,
        message: format!("`{owner}` is known by `{key}` too"),
        hint: Some("give one of them another address or `syndicate.id`".to_owned()),
    })
}
