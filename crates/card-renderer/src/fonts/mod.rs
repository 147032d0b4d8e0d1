//! The fonts of a card: Inter, which is part of this crate, and further files.

mod face;
mod system;

use std::fmt;
use std::sync::{Arc, OnceLock};

use fontdb::{Database, FaceInfo, Source, Style};
use resvg::usvg::FontResolver;

pub(crate) use self::face::is_ignorable;
use self::face::{Face, FontData};
use self::system::SystemFonts;
use crate::error::FontError;

/// Inter Display Bold, for titles.
const TITLE: &[u8] = include_bytes!("../../fonts/InterDisplay-Bold.ttf");

/// Inter Medium, for the rest.
const TEXT: &[u8] = include_bytes!("../../fonts/Inter-Medium.ttf");

/// The family of names that fonts do not have, by which generated text names a face.
const FACE_PREFIX: &str = "card-face-";

/// The fonts that a picture may use. Each character is drawn with the first font that has it: those of the style, Inter,
/// then the added ones in their order.
pub struct Fonts {
    database: Arc<Database>,
    faces: Vec<Face>,
    system: Option<SystemFonts>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let families: Vec<&str> = self.faces.iter().map(|face| &*face.family).collect();
        f.debug_struct("Fonts")
            .field("families", &families)
            .finish()
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Fonts {
    /// Returns the embedded font: Inter, for Latin, Greek and Cyrillic.
    ///
    /// # Panics
    /// Never panics: the embedded files are fonts.
    #[must_use]
    pub fn new() -> Self {
        let mut fonts = Self {
            database: Arc::default(),
            faces: Vec::new(),
            system: None,
        };
        for embedded in [TITLE, TEXT] {
            fonts
                .add_data(Arc::new(embedded))
                .expect("the embedded files are fonts");
        }
        fonts
    }

    /// Adds all faces of a TTF, OTF or TTC file.
    ///
    /// # Errors
    /// Returns an error if the bytes are not such a file.
    pub fn add(&mut self, bytes: Vec<u8>) -> Result<(), FontError> {
        if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
            return Err(FontError::WebFont);
        }
        self.add_data(Arc::new(bytes))
    }

    /// Adds the fonts that are installed on this machine, after all others. Another machine has other fonts, so the
    /// picture is the same on this machine only.
    pub fn add_system(&mut self) {
        self.system = Some(SystemFonts::default());
    }

    /// Returns `true` if a font has this family name.
    #[must_use]
    pub fn has_family(&self, family: &str) -> bool {
        let mut faces = self.faces.iter();
        faces.any(|face| face.family.eq_ignore_ascii_case(family))
    }

    /// Returns the family names of the fonts, for messages.
    #[must_use]
    pub fn families(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for face in &self.faces {
            let name = format!("`{}`", face.family);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    fn add_data(&mut self, data: FontData) -> Result<(), FontError> {
        let database = Arc::make_mut(&mut self.database);
        let ids = database.load_font_source(Source::Binary(Arc::clone(&data)));
        if ids.is_empty() {
            return Err(FontError::NotAFont);
        }
        for id in ids {
            if let Some(info) = self.database.face(id) {
                self.faces.push(face_of(info, Arc::clone(&data)));
            }
        }
        Ok(())
    }

    /// Returns the face at `index`.
    pub(crate) fn face(&self, index: usize) -> &Face {
        &self.faces[index]
    }

    /// Returns the faces for text of this family and weight, in the order in which they are tried: the best match of
    /// the family, then the other families in the order in which they were added, each with its nearest weight first.
    pub(crate) fn faces_for(&self, family: &str, weight: u16) -> Vec<usize> {
        let position = |face: &Face| {
            let same = |other: &Face| other.family == face.family;
            self.faces.iter().position(same)
        };
        let mut order: Vec<usize> = (0..self.faces.len()).collect();
        order.sort_by_key(|index| {
            let face = &self.faces[*index];
            (
                !face.family.eq_ignore_ascii_case(family),
                position(face),
                face.is_italic,
                face.weight.abs_diff(weight),
            )
        });
        order
    }

    /// Loads the installed fonts that have characters of `texts` which no other font has.
    pub(crate) fn with_system_faces(&self, texts: &[&str]) -> Option<Self> {
        let system = self.system.as_ref()?;
        let mut found = Self {
            database: Arc::clone(&self.database),
            faces: self.faces.iter().map(Face::shared).collect(),
            system: None,
        };
        for text in texts {
            for character in text.chars().filter(|it| !is_ignorable(*it)) {
                let character = character.encode_utf8(&mut [0; 4]).to_owned();
                if found.faces.iter().any(|face| face.covers(&character)) {
                    continue;
                }
                if let Some(data) = system.find(&character) {
                    // A file that was found is a font.
                    found.add_data(data).ok()?;
                }
            }
        }
        Some(found)
    }

    /// Returns the name by which generated text selects a face.
    pub(crate) fn name_of(index: usize) -> String {
        format!("{FACE_PREFIX}{index}")
    }

    pub(crate) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// Returns the selection of fonts for drawing.
    pub(crate) fn resolver(&self) -> FontResolver<'_> {
        FontResolver {
            select_font: Box::new(|font, _| {
                let families = font.families().iter().map(ToString::to_string);
                let families: Vec<String> = families
                    .map(|family| family.trim_matches(['"', '\'']).to_owned())
                    .collect();
                let generated = families
                    .iter()
                    .find_map(|family| family.strip_prefix(FACE_PREFIX)?.parse().ok());
                let index: usize = match generated {
                    Some(index) => index,
                    None => {
                        let known = families.iter().find(|family| self.has_family(family));
                        let family = known.map_or("Inter", |family| family);
                        *self.faces_for(family, font.weight()).first()?
                    }
                };
                Some(self.faces.get(index)?.id)
            }),
            select_fallback: Box::new(|character, used, _| {
                let character = character.encode_utf8(&mut [0; 4]).to_owned();
                let mut faces = self.faces.iter();
                let face =
                    faces.find(|face| !used.contains(&face.id) && face.covers(&character))?;
                Some(face.id)
            }),
        }
    }
}

fn face_of(info: &FaceInfo, data: FontData) -> Face {
    Face {
        data,
        index: info.index,
        id: info.id,
        family: info
            .families
            .first()
            .map(|it| it.0.clone())
            .unwrap_or_default(),
        weight: info.weight.0,
        is_italic: info.style != Style::Normal,
        shaper: OnceLock::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_fonts_match_families() {
        let fonts = Fonts::new();
        assert!(fonts.has_family("inter") && fonts.has_family("Inter Display"));
        assert_eq!(fonts.faces_for("Inter Display", 700), [0, 1]);
        assert_eq!(fonts.faces_for("Inter", 700), [1, 0]);
    }

    #[test]
    fn coverage_is_of_visible_characters() {
        let fonts = Fonts::new();
        let face = fonts.face(0);
        for covered in [
            "a", "Ж", "Ω", "ẫ", "e\u{301}", "\u{200d}", "…", "—", "€", "→",
        ] {
            assert!(face.covers(covered), "{covered}");
        }
        for missing in ["漢", "ع", "🎉", "a🎉"] {
            assert!(!face.covers(missing), "{missing}");
        }
    }

    #[test]
    fn width_is_in_ems() {
        let fonts = Fonts::new();
        let face = fonts.face(1);
        let (one, two) = (face.width("m", false), face.width("mm", false));
        assert!((0.8..1.0).contains(&one), "{one}");
        assert!((two - 2.0 * one).abs() < 0.05);
        assert!(face.width("AV", false) < face.width("A", false) + face.width("V", false));
    }

    #[test]
    fn other_files_are_refused() {
        let mut fonts = Fonts::new();
        assert_eq!(fonts.add(b"wOF2....".to_vec()), Err(FontError::WebFont));
        assert_eq!(fonts.add(b"no font".to_vec()), Err(FontError::NotAFont));
    }
}
