//! Declares the plugin: its name, and how it is built from its options.

use std::sync::Arc;

use syndicate_api::{ComponentContext, Diagnostic, Result, Transform, TransformOptions};

use crate::design::Design;
use crate::options::Options;
use crate::transform::Card;

impl TransformOptions for Options {
    const NAME: &'static str = "card";
    const SUMMARY: &'static str = "Draws a card as the picture of posts that have none.";
    const EXAMPLE: &'static str = "template: editorial";

    fn validate(&self) -> Vec<Diagnostic> {
        self.faults()
    }

    fn build(&self, context: &ComponentContext) -> Result<Box<dyn Transform>> {
        Ok(Box::new(Card {
            design: Arc::new(Design::load(self, &context.base)?),
            site: self.site.clone(),
            date: self.date.clone(),
        }))
    }
}
