//! The colours of a card.

use resvg::usvg::roxmltree::Document;

use crate::colour::Colour;
use crate::error::DrawError;

/// The id of the gradient that is added to the document.
pub(super) const GRADIENT: &str = "card-background";

/// The colours of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Palette {
    /// One colour, or the colours of a gradient from the upper left to the lower right corner.
    pub(crate) background: Vec<Colour>,
    pub(crate) text: Colour,
    pub(crate) accent: Colour,
}

impl Palette {
    /// Reads the colours of a template's root element.
    ///
    /// # Errors
    /// Returns an error if one of them is invalid.
    pub(crate) fn of_template(document: &Document<'_>) -> Result<Self, DrawError> {
        let root = document.root_element();
        let colours = |name: &str, default: &str| -> Result<Vec<Colour>, DrawError> {
            let value = root.attribute(name).unwrap_or(default);
            let colours = value.split_whitespace().map(str::parse);
            let colours: Result<Vec<Colour>, String> = colours.collect();
            match colours {
                Ok(colours) if colours.is_empty() => Err(format!("`{name}` is empty")),
                colours => colours,
            }
            .map_err(DrawError::Template)
        };
        let one = |name, default| Ok(colours(name, default)?[0]);
        Ok(Self {
            background: colours("data-background", "#ffffff")?,
            text: one("data-text", "#111111")?,
            accent: one("data-accent", "#2563eb")?,
        })
    }

    /// Replaces the background. Text that would be hard to read on it becomes black or white.
    pub(crate) fn set_background(&mut self, background: Vec<Colour>) {
        /// The contrast that WCAG 2 requires of large text.
        const READABLE: f32 = 3.0;
        let worst = |colour: Colour| {
            let contrasts = background.iter().map(|it| it.contrast(colour));
            contrasts.fold(f32::MAX, f32::min)
        };
        let (dark, light) = (Colour::rgb(0x11, 0x18, 0x27), Colour::rgb(0xff, 0xff, 0xff));
        let best = if worst(dark) > worst(light) {
            dark
        } else {
            light
        };
        if worst(self.text) < 1.5 * READABLE {
            self.text = best;
        }
        if worst(self.accent) < READABLE {
            self.accent = self.text;
        }
        self.background = background;
    }

    /// Returns the colour of less important text.
    pub(super) fn muted(&self) -> Colour {
        self.text.mixed(self.ground(), 0.32)
    }

    /// Returns the colour of lines and faint shapes.
    pub(super) fn line(&self) -> Colour {
        self.text.mixed(self.ground(), 0.84)
    }

    fn ground(&self) -> Colour {
        let mut colours = self.background.iter().copied();
        let first = colours.next().unwrap_or(Colour::rgb(255, 255, 255));
        colours
            .next_back()
            .map_or(first, |last| first.mixed(last, 0.5))
    }

    /// Returns the value of `fill` for the background.
    pub(super) fn background_paint(&self) -> String {
        match &self.background[..] {
            [colour] => colour.to_string(),
            _ => format!("url(#{GRADIENT})"),
        }
    }

    /// Returns the definition of the background's gradient, if it is one.
    pub(super) fn gradient(&self) -> Option<String> {
        let last = self.background.len().checked_sub(1).filter(|it| *it > 0)?;
        let stops = self.background.iter().enumerate().map(|(index, colour)| {
            let offset = index as f32 / last as f32;
            format!("<stop offset=\"{offset}\" stop-color=\"{colour}\"/>")
        });
        let stops: String = stops.collect();
        Some(format!(
            "<linearGradient id=\"{GRADIENT}\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"1\">{stops}</linearGradient>"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_on_any_background() {
        let own = Palette {
            background: vec![Colour::rgb(255, 255, 255)],
            text: Colour::rgb(17, 17, 17),
            accent: Colour::rgb(0x25, 0x63, 0xeb),
        };
        for background in ["#000", "#123", "#808080", "#ffd400", "#fff", "#e11d48"] {
            let mut palette = own.clone();
            let background: Colour = background.parse().unwrap();
            palette.set_background(vec![background]);
            assert!(palette.text.contrast(background) >= 3.0, "{background}");
            assert!(palette.accent.contrast(background) >= 3.0, "{background}");
        }
        let mut light = own.clone();
        light.set_background(vec![Colour::rgb(250, 250, 250)]);
        assert_eq!((light.text, light.accent), (own.text, own.accent));
    }

    #[test]
    fn gradient_has_a_stop_for_each_colour() {
        let mut palette = Palette::of_template(&Document::parse("<svg/>").unwrap()).unwrap();
        assert_eq!(
            (palette.gradient(), &*palette.background_paint()),
            (None, "#ffffff")
        );
        palette.background = ["#000", "#888", "#fff"]
            .map(|it| it.parse().unwrap())
            .into();
        let gradient = palette.gradient().unwrap();
        assert!(
            gradient.contains("offset=\"0.5\" stop-color=\"#888888\""),
            "{gradient}"
        );
        assert_eq!(palette.background_paint(), "url(#card-background)");
    }
}
