//! Tokens of a template: `{{accent}}`, `{{bottom 80}}`.

use super::palette::Palette;
use crate::error::DrawError;

/// The size of a card in pixels of the template.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Canvas {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// `true` if the title is read from right to left.
    pub(crate) is_rtl: bool,
}

impl Canvas {
    /// Returns the canvas of a card of this size. The shapes of a template are as large as the shorter side, compared
    /// with that of the size for which it was drawn, allows.
    pub(crate) fn of((width, height): (u32, u32), is_rtl: bool) -> Self {
        let (base_width, base_height) = super::BASE;
        let (width, height) = (width.max(1) as f32, height.max(1) as f32);
        let scale = (width / base_width).min(height / base_height);
        Self {
            width: width / scale,
            height: height / scale,
            is_rtl,
        }
    }
}

/// Replaces the tokens of `svg`.
///
/// # Errors
/// Returns an error if it has another token.
pub(crate) fn replace_tokens(
    svg: &str,
    canvas: Canvas,
    palette: &Palette,
    logo: Option<&str>,
) -> Result<String, DrawError> {
    let mut replaced = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((token, after)) = after.split_once("}}") else {
            return Err(DrawError::Template("a `{{` is not closed".to_owned()));
        };
        replaced.push_str(before);
        replaced.push_str(&value(token.trim(), canvas, palette, logo)?);
        rest = after;
    }
    replaced.push_str(rest);
    Ok(replaced)
}

fn value(
    token: &str,
    canvas: Canvas,
    palette: &Palette,
    logo: Option<&str>,
) -> Result<String, DrawError> {
    if let Some(place) = place(token, canvas) {
        return Ok(place.to_string());
    }
    Ok(match token {
        "start" => if canvas.is_rtl { "xMax" } else { "xMin" }.to_owned(),
        "end" => if canvas.is_rtl { "xMin" } else { "xMax" }.to_owned(),
        "width" => canvas.width.to_string(),
        "height" => canvas.height.to_string(),
        "background" => palette.background_paint(),
        "text" => palette.text.to_string(),
        "muted" => palette.muted().to_string(),
        "line" => palette.line().to_string(),
        "accent" => palette.accent.to_string(),
        "logo" => logo.unwrap_or_default().to_owned(),
        _ => {
            return Err(DrawError::Template(format!(
                "unknown token `{{{{{token}}}}}`"
            )));
        }
    })
}

/// Returns the coordinate of a token such as `bottom 80`, or of `start-box 84 200`: a box of 200 pixels, 84 pixels from the
/// edge at which readers start.
fn place(token: &str, canvas: Canvas) -> Option<f32> {
    let mut words = token.split_whitespace();
    let name = words.next()?;
    let numbers: Option<Vec<f32>> = words.map(|word| word.parse().ok()).collect();
    let Canvas {
        width,
        height,
        is_rtl,
    } = canvas;
    Some(match (name, &numbers?[..]) {
        ("right", [distance]) => width - distance,
        ("bottom", [distance]) => height - distance,
        ("start-box", [distance, _]) if !is_rtl => *distance,
        ("end-box", [distance, _]) if is_rtl => *distance,
        ("start-box" | "end-box", [distance, side]) => width - distance - side,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::Colour;

    #[test]
    fn tokens_are_replaced() {
        let canvas = Canvas::of((1080, 1080), false);
        assert_eq!((canvas.width, canvas.height), (1200.0, 1200.0));
        let palette = Palette {
            background: vec![Colour::rgb(0, 0, 0)],
            text: Colour::rgb(255, 255, 255),
            accent: Colour::rgb(255, 0, 0),
        };
        let replaced = |svg| replace_tokens(svg, canvas, &palette, Some("data:x"));
        assert_eq!(
            replaced("{{ accent }} {{right 100}} {{bottom 0}} {{background}} {{logo}} {x}"),
            Ok("#ff0000 1100 1200 #000000 data:x {x}".to_owned())
        );
        assert_eq!(
            replaced("{{start-box 84 200}} {{end-box 84 200}} {{start}}").unwrap(),
            "84 916 xMin"
        );
        assert!(replaced("{{colour}}").is_err());
        assert!(replaced("{{accent").is_err());
    }
}
