//! One face of a font file.

use std::sync::{Arc, OnceLock};

use fontdb::ID;
use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::MetadataProvider as _;

/// The bytes of a font file.
pub(super) type FontData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// One face of a font file, with what shaping it needs.
pub(crate) struct Face {
    pub(super) data: FontData,
    pub(super) index: u32,
    pub(super) id: ID,
    pub(super) family: String,
    pub(super) weight: u16,
    pub(super) is_italic: bool,
    pub(super) shaper: OnceLock<Option<ShaperData>>,
}

impl Face {
    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.data).as_ref(), self.index).ok()
    }

    /// Returns `true` if the face has a glyph for each visible character of `cluster`.
    pub(crate) fn covers(&self, cluster: &str) -> bool {
        let Some(font) = self.font() else {
            return false;
        };
        let map = font.charmap();
        let mut visible = cluster.chars().filter(|it| !is_ignorable(*it));
        visible.all(|character| map.map(character).is_some_and(|glyph| glyph.to_u32() != 0))
    }

    /// Returns the width of `text` in ems, shaped in one direction.
    pub(crate) fn width(&self, text: &str, is_rtl: bool) -> f32 {
        let (Some(font), Some(data)) = (self.font(), self.shaper_data()) else {
            return 0.0;
        };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(match is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        buffer.guess_segment_properties();
        let shaper = data.shaper(&font).build();
        let units = shaper.units_per_em().max(1) as f32;
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let advances = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance);
        advances.sum::<i32>() as f32 / units
    }

    /// Returns this face with the same data.
    pub(super) fn shared(&self) -> Self {
        Self {
            data: Arc::clone(&self.data),
            family: self.family.clone(),
            shaper: OnceLock::new(),
            ..*self
        }
    }

    fn shaper_data(&self) -> Option<&ShaperData> {
        let data = self
            .shaper
            .get_or_init(|| Some(ShaperData::new(&self.font()?)));
        data.as_ref()
    }
}

/// Returns `true` for characters that are never drawn and need no glyph: joiners, selectors and marks of direction.
pub(crate) fn is_ignorable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
