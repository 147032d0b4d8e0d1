//! Gives posts without a picture a card.

use std::sync::Arc;

use syndicate_api::{Drawing, Image, Item, Result, Transform, TransformOutcome};

use crate::design::Design;
use crate::drawer::Drawer;
use crate::text::card_text;

pub(crate) struct Card {
    pub(crate) design: Arc<Design>,
    /// The option `site`.
    pub(crate) site: Option<String>,
    /// The option `date`.
    pub(crate) date: Option<String>,
}

impl Card {
    /// Returns the card of `item`, or `None` if it has no title, without which a card says nothing.
    fn image(&self, item: &Item) -> Option<Image> {
        let title = item
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty())?;
        let text = card_text(item, self.site.as_deref(), self.date.as_deref());
        let drawer = Drawer::new(Arc::clone(&self.design), text, item.label());
        Some(Image {
            alt: Some(title.to_owned()),
            drawing: Some(Drawing::new(drawer)),
            ..Image::default()
        })
    }
}

impl Transform for Card {
    fn apply(&self, mut item: Item) -> Result<TransformOutcome> {
        // A picture that is named but missing is the author's to correct.
        if item.image.is_none() {
            item.image = self.image(&item);
        }
        Ok(TransformOutcome::Keep(Box::new(item)))
    }
}
