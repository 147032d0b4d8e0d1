//! Draws cards.

use crate::colour::Colour;
use crate::draw::{parse, render};
use crate::error::DrawError;
use crate::fonts::Fonts;
use crate::template::{
    Align, Canvas, FieldStyle, Logo, Palette, Template, escape, expand, replace_tokens,
    svg_document,
};
use crate::text::{FittedText, Line, Typeface, clean, fit, fit_list, is_rtl, missing_glyphs};

/// The space between two tags, which is wider than that between the words of one.
const TAG_GAP: &str = "\u{a0}\u{a0} ";

/// The look of cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardDesign {
    /// The template.
    pub template: Template,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// The background instead of the template's: one colour, or the colours of a gradient. The template's if empty.
    pub background: Vec<Colour>,
    /// The colour of text instead of the template's.
    pub text: Option<Colour>,
    /// The colour of accents instead of the template's.
    pub accent: Option<Colour>,
    /// The family of all text, instead of those of the template.
    pub font: Option<String>,
    /// The site's logo.
    pub logo: Option<Logo>,
}

/// The texts of a card. Empty texts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CardText {
    /// The title.
    pub title: String,
    /// The name of the site.
    pub site: String,
    /// The author or authors.
    pub author: String,
    /// The date, formatted.
    pub date: String,
    /// The tags, without `#`.
    pub tags: Vec<String>,
    /// The language, as a BCP 47 tag, for the hyphenation.
    pub lang: Option<String>,
}

/// A card that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnCard {
    /// The PNG file.
    pub png: Vec<u8>,
    /// Width and height in pixels.
    pub pixels: (u32, u32),
    /// The names of the fields whose text is shortened, because it is too long even in the smallest size.
    pub shortened: Vec<String>,
}

/// Draws a card.
///
/// # Errors
/// Returns an error if no font has one of the characters, or the template is invalid.
pub fn draw_card(
    design: &CardDesign,
    text: &CardText,
    fonts: &Fonts,
) -> Result<DrawnCard, DrawError> {
    let fields = Fields::of(text);
    let loaded = fonts.with_system_faces(&fields.texts());
    let fonts = loaded.as_ref().unwrap_or(fonts);
    let mut card = Card {
        design,
        fields: &fields,
        fonts,
        missing: Vec::new(),
        shortened: Vec::new(),
        background: Vec::new(),
    };
    let svg = card.svg()?;
    if !card.missing.is_empty() {
        return Err(DrawError::MissingGlyphs(card.missing));
    }
    let tree = parse(&svg, fonts)?;
    Ok(DrawnCard {
        png: render(&tree, design.size, &card.background)?,
        pixels: design.size,
        shortened: card.shortened,
    })
}

/// The cleaned texts of a card.
struct Fields {
    /// The name of each field with its parts. A part is shown whole or not at all.
    values: Vec<(&'static str, Vec<String>)>,
    is_rtl: bool,
    lang: Option<String>,
}

impl Fields {
    fn of(text: &CardText) -> Self {
        let one = |text: &String| vec![clean(text)];
        let tags = text
            .tags
            .iter()
            .map(|tag| format!("#{}", clean(tag).replace(' ', "\u{a0}")));
        let mut values = vec![
            ("title", one(&text.title)),
            ("site", one(&text.site)),
            ("author", one(&text.author)),
            ("date", one(&text.date)),
            ("byline", vec![clean(&text.author), clean(&text.date)]),
            ("tags", tags.filter(|tag| tag != "#").collect()),
        ];
        for (_, parts) in &mut values {
            parts.retain(|part| !part.is_empty());
        }
        let is_rtl = is_rtl(&clean(&text.title));
        Self {
            values,
            is_rtl,
            lang: text.lang.clone(),
        }
    }

    fn parts(&self, field: &str) -> &[String] {
        let mut values = self.values.iter();
        values
            .find(|(name, _)| *name == field)
            .map_or(&[], |(_, parts)| parts)
    }

    fn texts(&self) -> Vec<&str> {
        let parts = self.values.iter().flat_map(|(_, parts)| parts);
        parts.map(String::as_str).collect()
    }
}

/// A card that is being laid out.
struct Card<'a> {
    design: &'a CardDesign,
    fields: &'a Fields,
    fonts: &'a Fonts,
    missing: Vec<String>,
    shortened: Vec<String>,
    /// The colours of the gradient below the document.
    background: Vec<Colour>,
}

impl Card<'_> {
    /// Returns the card as an SVG document whose text has fixed places.
    fn svg(&mut self) -> Result<String, DrawError> {
        let (design, fields) = (self.design, self.fields);
        let canvas = Canvas::of(design.size, fields.is_rtl);
        let palette = self.palette()?;
        let logo = design.logo.as_ref().map(Logo::url);
        let svg = replace_tokens(design.template.svg(), canvas, &palette, logo)?;
        let has = |field: &str| match field {
            "logo" => logo.is_some(),
            field => !fields.parts(field).is_empty(),
        };
        let expanded = expand(
            &svg,
            (design.size, canvas),
            &palette,
            &has,
            &mut |field, style| {
                let mut style = style.clone();
                if canvas.is_rtl {
                    style.mirror(canvas);
                }
                self.field(field, &style)
            },
        )?;
        if expanded.lacks_background {
            self.background = palette.background;
        }
        Ok(expanded.svg)
    }

    fn palette(&self) -> Result<Palette, DrawError> {
        let design = self.design;
        let mut palette = Palette::of_template(&svg_document(design.template.svg())?)?;
        if !design.background.is_empty() {
            palette.set_background(design.background.clone());
        }
        palette.text = design.text.unwrap_or(palette.text);
        palette.accent = design.accent.unwrap_or(palette.accent);
        Ok(palette)
    }

    /// Returns the elements of a field.
    fn field(&mut self, field: &str, style: &FieldStyle) -> Result<String, DrawError> {
        let family = self.design.font.as_deref().unwrap_or(&style.family);
        let typeface = Typeface {
            fonts: self.fonts,
            faces: self.fonts.faces_for(family, style.weight),
        };
        let parts = self.fields.parts(field);
        for part in parts {
            missing_glyphs(part, &typeface, &mut self.missing);
        }
        let lang = self.fields.lang.as_deref();
        let fitted = match parts {
            [] => return Ok(String::new()),
            [text] => Some(fit(text, is_rtl(text), lang, &style.area, &typeface)),
            parts => {
                let separator = if field == "tags" { TAG_GAP } else { " · " };
                let direction = (is_rtl(&parts.concat()), lang);
                fit_list(parts, separator, direction, &style.area, &typeface)
            }
        };
        let Some(fitted) = fitted else {
            return Ok(String::new());
        };
        if fitted.is_shortened {
            self.shortened.push(field.to_owned());
        }
        Ok(elements(&fitted, style, self.fields.is_rtl))
    }
}

/// Returns a text element for each piece of each line.
fn elements(fitted: &FittedText, style: &FieldStyle, is_rtl: bool) -> String {
    let FittedText { lines, size, .. } = fitted;
    let mut y = style.first_baseline(lines.len(), *size);
    let mut svg = String::new();
    for line in lines {
        let left = left(line, *size, style, is_rtl);
        for piece in &line.pieces {
            let x = left + piece.x * size;
            let font = Fonts::name_of(piece.face);
            // The renderer reads text from left to right, so other text is marked to be reordered as a whole.
            let (before, after) = match piece.is_rtl {
                true => ("\u{202e}", "\u{202c}"),
                false => ("", ""),
            };
            let text = escape(&piece.text);
            svg.push_str(&format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-family=\"{font}\" xml:space=\"preserve\">{before}{text}{after}</text>"
            ));
        }
        y += size * style.area.line_height;
    }
    svg
}

/// Returns the x coordinate at which a line starts.
fn left(line: &Line, size: f32, style: &FieldStyle, is_rtl: bool) -> f32 {
    let free = style.area.width - line.width * size;
    let share = match (style.align, is_rtl) {
        (Align::Start, false) | (Align::End, true) => 0.0,
        (Align::Middle, _) => 0.5,
        (Align::Start, true) | (Align::End, false) => 1.0,
    };
    style.left + free * share
}
