//! The fonts that are installed on this machine.

use std::sync::{Arc, OnceLock};

use fontdb::{Database, ID, Source};

use super::face::FontData;

/// The fonts that are installed on this machine, which are listed when the first one is needed.
#[derive(Default)]
pub(super) struct SystemFonts(OnceLock<Database>);

impl SystemFonts {
    /// Returns the file of the first upright font that has `character`: in the order of their paths, so that the choice
    /// depends on the installed fonts alone.
    pub(super) fn find(&self, character: &str) -> Option<FontData> {
        let database = self.0.get_or_init(|| {
            let mut database = Database::new();
            database.load_system_fonts();
            database
        });
        let character = character.chars().next()?;
        let mut faces: Vec<_> = database.faces().collect();
        faces.sort_by(|a, b| {
            let order = |face: &fontdb::FaceInfo| {
                let is_upright = face.style == fontdb::Style::Normal;
                // A bold title falls back to a bold font where there is one.
                (!is_upright, face.weight.0.abs_diff(600))
            };
            (order(a), path(a)).cmp(&(order(b), path(b)))
        });
        let has_it = |id: ID| {
            let found =
                database.with_face_data(id, |data, index| has_glyph(data, index, character));
            found.unwrap_or(false)
        };
        let face = faces.into_iter().find(|face| has_it(face.id))?;
        let bytes = database.with_face_data(face.id, |data, _| data.to_vec())?;
        Some(Arc::new(bytes))
    }
}

fn path(face: &fontdb::FaceInfo) -> Option<&std::path::Path> {
    match &face.source {
        Source::File(path) => Some(path),
        Source::Binary(_) => None,
    }
}

fn has_glyph(data: &[u8], index: u32, character: char) -> bool {
    use skrifa::MetadataProvider as _;
    let font = skrifa::FontRef::from_index(data, index);
    font.is_ok_and(|font| font.charmap().map(character).is_some())
}
