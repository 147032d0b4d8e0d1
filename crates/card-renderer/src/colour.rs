//! Colours of a card, and what follows from them.

use std::fmt;
use std::str::FromStr;

use resvg::tiny_skia::{ColorU8, PremultipliedColorU8};

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, green and blue.
    rgb: [u8; 3],
}

impl Colour {
    /// Returns the colour of these components.
    #[must_use]
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self {
            rgb: [red, green, blue],
        }
    }

    /// Returns the colour as a pixel of a picture.
    #[must_use]
    pub(crate) fn to_pixel(self) -> PremultipliedColorU8 {
        let [red, green, blue] = self.rgb;
        ColorU8::from_rgba(red, green, blue, u8::MAX).premultiply()
    }

    /// Returns this colour mixed with `share` of `other`, from 0 to 1.
    #[must_use]
    pub(crate) fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |own: u8, other: u8| {
            let mixed = f32::from(own) * (1.0 - share) + f32::from(other) * share;
            mixed.round() as u8
        };
        let [a, b, c] = self.rgb;
        let [d, e, f] = other.rgb;
        Self::rgb(mix(a, d), mix(b, e), mix(c, f))
    }

    /// Returns the relative luminance of WCAG 2, from 0 for black to 1 for white.
    #[must_use]
    pub(crate) fn luminance(self) -> f32 {
        let linear = |component: u8| {
            let value = f32::from(component) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.rgb.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Returns the contrast ratio of WCAG 2 between two colours, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.rgb;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = String;

    /// Parses `#rgb` or `#rrggbb`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || format!("invalid colour `{text}`");
        let digits = text.strip_prefix('#').ok_or_else(invalid)?;
        let digits: Vec<u8> = digits
            .chars()
            .map(|digit| {
                digit
                    .to_digit(16)
                    .and_then(|digit| u8::try_from(digit).ok())
            })
            .collect::<Option<_>>()
            .ok_or_else(invalid)?;
        match digits[..] {
            [r, g, b] => Ok(Self::rgb(r * 17, g * 17, b * 17)),
            [r, s, g, h, b, c] => Ok(Self::rgb(r * 16 + s, g * 16 + h, b * 16 + c)),
            _ => Err(invalid()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_parsed() {
        assert_eq!("#fff".parse(), Ok(Colour::rgb(255, 255, 255)));
        assert_eq!("#0a1B2c".parse(), Ok(Colour::rgb(10, 27, 44)));
        for wrong in ["", "fff", "#ffff", "#ggg", "red", "#12345é"] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
        }
        assert_eq!(Colour::rgb(10, 27, 44).to_string(), "#0a1b2c");
    }

    #[test]
    fn contrast_follows_wcag() {
        let (black, white) = (Colour::rgb(0, 0, 0), Colour::rgb(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 0.001);
        assert_eq!(white.contrast(white), 1.0);
        // The example of the specification: the lightest grey that is readable on white.
        let grey = Colour::rgb(0x76, 0x76, 0x76);
        assert!((4.5..4.6).contains(&grey.contrast(white)));
    }
}
