//! Templates: SVG documents in which elements name fields.
//!
//! - `<text data-field="title" …/>` is replaced by the fitted text of the field, in a box that is given by its distances
//!   from the edges of the card.
//! - An element with `data-if="logo"` is kept only if the card has this field, one with `data-unless="logo"` only if not.
//! - `{{accent}}` and other tokens stand for colours, the size of the card and the logo; `{{bottom 80}}` is the
//!   coordinate 80 pixels above the lower edge.
//!
//! A template is drawn for a width of 1200 pixels and a height of 627, and is stretched to other sizes by its boxes and
//! tokens: the shapes keep their size relative to the shorter side.

mod area;
mod expand;
mod logo;
mod palette;
mod tokens;

use resvg::usvg::roxmltree::{Document, ParsingOptions};

pub(crate) use self::area::{Align, FieldStyle};
pub(crate) use self::expand::{escape, expand};
pub use self::logo::Logo;
pub(crate) use self::palette::Palette;
pub(crate) use self::tokens::{Canvas, replace_tokens};
use crate::error::DrawError;

/// The size for which templates are drawn.
const BASE: (f32, f32) = (1200.0, 627.0);

/// A template of cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    svg: String,
}

impl Template {
    /// The names of the built-in templates.
    pub const NAMES: [&'static str; 3] = ["editorial", "gradient", "terminal"];

    /// Returns the built-in template of this name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let svg = match name {
            "editorial" => include_str!("../../templates/editorial.svg"),
            "gradient" => include_str!("../../templates/gradient.svg"),
            "terminal" => include_str!("../../templates/terminal.svg"),
            _ => return None,
        };
        Some(Self {
            svg: svg.to_owned(),
        })
    }

    /// Returns a template of the user.
    ///
    /// # Errors
    /// Returns an error if it is not an SVG document, or has no text element for a title.
    pub fn parse(svg: &str) -> Result<Self, DrawError> {
        let document = svg_document(svg)?;
        let mut nodes = document.descendants();
        if !document
            .root_element()
            .has_tag_name(("http://www.w3.org/2000/svg", "svg"))
        {
            let problem = "its root element is not `svg` of `http://www.w3.org/2000/svg`";
            return Err(DrawError::Template(problem.to_owned()));
        }
        if !nodes.any(|node| node.attribute("data-field") == Some("title")) {
            let problem = "it has no `<text data-field=\"title\">`";
            return Err(DrawError::Template(problem.to_owned()));
        }
        Ok(Self {
            svg: svg.to_owned(),
        })
    }

    /// Returns the SVG text.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }
}

/// Parses an SVG document, whose document type may declare entities, as Adobe Illustrator does.
pub(crate) fn svg_document(svg: &str) -> Result<Document<'_>, DrawError> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(svg, options).map_err(|error| DrawError::Svg(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_templates_are_templates() {
        for name in Template::NAMES {
            let template = Template::built_in(name).unwrap();
            assert_eq!(Template::parse(template.svg()), Ok(template));
        }
        assert_eq!(Template::built_in("none"), None);
    }

    #[test]
    fn other_documents_are_refused() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'/>";
        let message = Template::parse(svg).unwrap_err().to_string();
        assert!(message.contains("no `<text data-field"), "{message}");
        assert!(Template::parse("<html/>").is_err());
        assert!(Template::parse("<svg").is_err());
    }
}
