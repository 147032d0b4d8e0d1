//! The attributes of a text element that name a field.

use resvg::usvg::roxmltree::Node;

use super::tokens::Canvas;
use crate::error::DrawError;
use crate::text::TextBox;

/// The horizontal alignment of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// The side at which readers of the text's direction start.
    Start,
    Middle,
    End,
}

/// The vertical alignment of lines in their box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Top,
    Middle,
    Bottom,
}

/// The box and the style of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldStyle {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) area: TextBox,
    pub(crate) align: Align,
    pub(crate) anchor: Anchor,
    pub(crate) family: String,
    pub(crate) weight: u16,
}

impl FieldStyle {
    /// Reads the attributes of `node`. The box is given by its distances from the edges of `canvas`.
    ///
    /// # Errors
    /// Returns an error if an attribute is missing or invalid, or the box is too small for a line.
    pub(super) fn of(node: Node<'_, '_>, canvas: Canvas) -> Result<Self, DrawError> {
        let size = required(node, "data-size")?;
        let edges = ["data-left", "data-top", "data-right", "data-bottom"];
        let [left, top, right, bottom] = edges.map(|name| required(node, name));
        let (left, top) = (left?, top?);
        let area = TextBox {
            width: canvas.width - left - right?,
            height: canvas.height - top - bottom?,
            size,
            min_size: number(node, "data-min-size")?.unwrap_or(size).min(size),
            lines: number(node, "data-lines")?.map_or(usize::MAX, |lines| lines as usize),
            line_height: number(node, "data-line-height")?.unwrap_or(1.2),
        };
        if area.width < area.min_size || area.height < area.min_size || area.min_size < 1.0 {
            return Err(invalid(
                node,
                "has a box that is too small for a line of its size",
            ));
        }
        let align = match node.attribute("data-align") {
            None | Some("start") => Align::Start,
            Some("middle") => Align::Middle,
            Some("end") => Align::End,
            Some(_) => return Err(invalid(node, "has an invalid `data-align`")),
        };
        let anchor = match node.attribute("data-anchor") {
            None | Some("top") => Anchor::Top,
            Some("middle") => Anchor::Middle,
            Some("bottom") => Anchor::Bottom,
            Some(_) => return Err(invalid(node, "has an invalid `data-anchor`")),
        };
        let weight = node.attribute("font-weight").unwrap_or("500");
        Ok(Self {
            left,
            top,
            area,
            align,
            anchor,
            family: node.attribute("font-family").unwrap_or("Inter").to_owned(),
            weight: weight
                .parse()
                .map_err(|_| invalid(node, "has a `font-weight` that is not a number"))?,
        })
    }

    /// Moves the box to the other side of `canvas`, where readers of text from right to left expect it.
    pub(crate) fn mirror(&mut self, canvas: Canvas) {
        self.left = canvas.width - self.left - self.area.width;
    }

    /// Returns the y coordinate of the first baseline of `lines` lines of this font size.
    pub(crate) fn first_baseline(&self, lines: usize, size: f32) -> f32 {
        // Capital letters of Latin fonts are about this high, which makes the edges of the box those of the letters.
        const CAPITAL: f32 = 0.73;
        let further = lines.saturating_sub(1) as f32 * self.area.line_height;
        let height = size * (CAPITAL + further);
        let free = self.area.height - height;
        let above = match self.anchor {
            Anchor::Top => 0.0,
            Anchor::Middle => free / 2.0,
            Anchor::Bottom => free,
        };
        self.top + above + size * CAPITAL
    }
}

fn required(node: Node<'_, '_>, name: &str) -> Result<f32, DrawError> {
    number(node, name)?.ok_or_else(|| invalid(node, &format!("has no `{name}`")))
}

fn number(node: Node<'_, '_>, name: &str) -> Result<Option<f32>, DrawError> {
    let Some(text) = node.attribute(name) else {
        return Ok(None);
    };
    let number = text.trim().parse().ok();
    let number = number.filter(|number: &f32| number.is_finite() && *number >= 0.0);
    let wrong = || invalid(node, &format!("has an invalid `{name}`: `{text}`"));
    number.ok_or_else(wrong).map(Some)
}

fn invalid(node: Node<'_, '_>, problem: &str) -> DrawError {
    let field = node.attribute("data-field").unwrap_or_default();
    DrawError::Template(format!("the text element of `{field}` {problem}"))
}
