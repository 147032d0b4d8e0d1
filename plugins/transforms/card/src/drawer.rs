//! Draws the card of a post.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use card_renderer::{CardText, DrawError, RENDERER, draw_card};
use syndicate_api::{Code, Diagnostic, DrawPicture, DrawnPicture, sha256_hex};

use crate::design::Design;

/// The card of a post.
pub(crate) struct Drawer {
    design: Arc<Design>,
    text: CardText,
    /// The name of the post in messages.
    label: String,
    /// The digest, which is needed of the few posts that are sent.
    id: OnceLock<String>,
}

impl Drawer {
    pub(crate) fn new(design: Arc<Design>, text: CardText, label: &str) -> Self {
        Self {
            id: OnceLock::new(),
            design,
            text,
            label: label.to_owned(),
        }
    }

    fn fault(&self, error: &DrawError) -> Diagnostic {
        let fault = Diagnostic::new(
            Code::CardUndrawn,
            format!("the card of `{}` {error}", self.label),
        );
        fault.with_hint(match error {
            DrawError::MissingGlyphs(_) => {
                "add a font that has them to the `fonts` of the transform `card`, set `fonts: system`, or give the post a picture"
            }
            _ => "correct the template of the transform `card`",
        })
    }
}

impl DrawPicture for Drawer {
    fn id(&self) -> &str {
        self.id.get_or_init(|| {
            let inputs = format!("{}\n{:?}", self.design.digest, self.text);
            sha256_hex(inputs.as_bytes())
        })
    }

    fn renderer(&self) -> &str {
        RENDERER
    }

    fn draw(&self) -> Result<DrawnPicture, Diagnostic> {
        let Design { design, fonts, .. } = &*self.design;
        let card = draw_card(design, &self.text, fonts).map_err(|error| self.fault(&error))?;
        let mut notes: Vec<String> = card
            .shortened
            .iter()
            .map(|field| format!("shows only the start of the {field}"))
            .collect();
        if self.design.uses_system_fonts {
            let note = "may use fonts of this machine, so the hash of the payload holds on this machine only";
            notes.push(note.to_owned());
        }
        Ok(DrawnPicture {
            bytes: Bytes::from(card.png),
            media_type: "image/png".into(),
            pixels: card.pixels,
            notes,
        })
    }
}
