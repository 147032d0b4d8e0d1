//! The drawn card of one post, whether or not a delivery needs it.

use std::sync::Arc;

use syndicate_api::{Code, Diagnostic, Drawing, DrawnPicture, Item, Transform, TransformOutcome};

use super::StageChain;

/// Draws the card of [`post_card`].
///
/// # Errors
/// Returns an error if the card cannot be drawn, or the item has no title.
pub(crate) fn draw_post_card(
    stages: &StageChain,
    source: usize,
    item: &Item,
) -> Result<DrawnPicture, Diagnostic> {
    post_card(stages, source, item)?.draw()
}

/// Returns the card that `item` of the source with the index `source` has or would have without its own picture: that of
/// the first transform on its way that draws one, else the one of `thumbnail: draw`.
///
/// # Errors
/// Returns an error if the item has no title.
pub(crate) fn post_card(
    stages: &StageChain,
    source: usize,
    item: &Item,
) -> Result<Drawing, Diagnostic> {
    let bare = Item {
        image: None,
        ..item.clone()
    };
    let routes = stages.routes.iter().filter(|route| route.source == source);
    let of_route = routes.filter_map(|route| {
        let transforms = route.transforms.iter();
        let transforms = transforms.map(|index| &*stages.transforms[*index].1);
        drawing(&bare, transforms)
    });
    let default = stages.default_card.as_ref().map(Arc::as_ref);
    let drawing = of_route
        .chain(std::iter::once_with(|| drawing(&bare, default.into_iter())).flatten())
        .next();
    let without_title = || {
        let message = format!("`{}` has no title", item.label());
        Diagnostic::new(Code::TitleMissing, message)
    };
    drawing.ok_or_else(without_title)
}

/// Returns the drawing of `item` after `transforms`. A filter does not hide the card of a post that is not sent.
fn drawing<'a>(
    item: &Item,
    transforms: impl Iterator<Item = &'a (dyn Transform + 'a)>,
) -> Option<Drawing> {
    let mut item = item.clone();
    for transform in transforms {
        if let Ok(TransformOutcome::Keep(kept)) = transform.apply(item.clone()) {
            item = *kept;
        }
    }
    item.image?.drawing
}
