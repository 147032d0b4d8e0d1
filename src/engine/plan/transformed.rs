//! Passes items through the transforms of their route: one by one, or many at a time for transforms that are other
//! programs.

use std::collections::HashMap;
use std::sync::Arc;

use syndicate_api::{Code, Item, TransformOutcome};

use super::unrouted::{SkippedByTransform, failure};
use crate::engine::StageChain;

/// An item after the transforms of a route, or the reason why one of them skipped it.
pub(super) type Transformed = Result<Arc<Item>, SkippedByTransform>;

/// The results of transforms that get many items at a time, for the next deliveries.
#[derive(Default)]
pub(super) struct TransformedAhead {
    /// By the address of the item, and the transforms. The items live as long as the plan.
    results: HashMap<(usize, Vec<usize>), Transformed>,
}

impl TransformedAhead {
    /// Replaces the results by those for `deliveries`: transforms and an item.
    pub(super) fn fill<'d>(
        &mut self,
        stages: &StageChain,
        deliveries: impl Iterator<Item = (&'d [usize], &'d Arc<Item>)>,
    ) {
        self.results.clear();
        let mut items: HashMap<&[usize], Vec<&Arc<Item>>> = HashMap::new();
        for (transforms, item) in deliveries {
            let items = items.entry(transforms).or_default();
            // The deliveries of one item are next to each other.
            if items.last().is_none_or(|last| !Arc::ptr_eq(last, item)) {
                items.push(item);
            }
        }
        for (transforms, items) in items {
            let results = apply(stages, transforms, &items);
            let keys = items
                .iter()
                .map(|item| (address(item), transforms.to_vec()));
            self.results.extend(keys.zip(results));
        }
    }

    /// Returns the result for an item, if it was made ahead.
    pub(super) fn get(&self, transforms: &[usize], item: &Arc<Item>) -> Option<Transformed> {
        if self.results.is_empty() {
            return None;
        }
        self.results
            .get(&(address(item), transforms.to_vec()))
            .cloned()
    }
}

fn address(item: &Arc<Item>) -> usize {
    Arc::as_ptr(item).addr()
}

/// Returns the number of deliveries whose items are best transformed together; 1 if no transform gains by that.
pub(super) fn batch_size(stages: &StageChain) -> usize {
    let sizes = stages.transforms.iter();
    let sizes = sizes.map(|(_, transform)| transform.batch_size());
    sizes.max().unwrap_or(1)
}

/// Passes `items` through `transforms`, and returns the results in their order.
pub(super) fn apply(
    stages: &StageChain,
    transforms: &[usize],
    items: &[&Arc<Item>],
) -> Vec<Transformed> {
    if transforms.is_empty() {
        return items.iter().map(|item| Ok(Arc::clone(item))).collect();
    }
    let current = items.iter().map(|item| Ok(Item::clone(item)));
    let mut current: Vec<Result<Item, SkippedByTransform>> = current.collect();
    for index in transforms {
        let (name, transform) = &stages.transforms[*index];
        let (kept, present) = take_kept(&mut current);
        let outcomes = transform.apply_all(kept);
        for (at, outcome) in present.into_iter().zip(outcomes) {
            let (code, reason) = match outcome {
                Ok(TransformOutcome::Keep(item)) => {
                    current[at] = Ok(*item);
                    continue;
                }
                Ok(TransformOutcome::Skip { reason }) => (Code::Filtered, reason),
                Err(error) => failure(&error),
            };
            current[at] = Err(SkippedByTransform {
                code,
                transform: name.clone(),
                reason,
            });
        }
    }
    let current = current.into_iter().zip(items);
    current
        .map(|(transformed, item)| transformed.map(|changed| with_identity_of(changed, item)))
        .collect()
}

/// Takes the items that no transform has skipped, and returns them with their positions.
fn take_kept(current: &mut [Result<Item, SkippedByTransform>]) -> (Vec<Item>, Vec<usize>) {
    let all = current.iter_mut().enumerate();
    let kept = all.filter_map(|(at, item)| Some((std::mem::take(item.as_mut().ok()?), at)));
    kept.unzip()
}

/// Only the source defines an item's identity; a transform that changed it could cause a second post.
fn with_identity_of(mut changed: Item, item: &Item) -> Arc<Item> {
    changed.keys.clone_from(&item.keys);
    changed.text.clone_from(&item.text);
    // A transform may change the title, and the evidence is that of the source.
    changed.fixed_evidence = item.evidence_without_text().clone().into();
    Arc::new(changed)
}
