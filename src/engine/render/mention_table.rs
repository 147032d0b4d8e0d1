//! Whom a template may mention: the mention book of pipeline.yaml, as one sink sees it. Where the book
//! has no identifier for a sink, readers there see the plain name; a name that is not in the book is
//! an error, never a word.

use syndicate_api::{Code, Diagnostic, did_you_mean};

use super::marks::{TextOrigin, TextPiece};
use crate::config::Mentions;

/// The book of one sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MentionTable(Vec<Mentionable>);

/// Somebody who can be mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mentionable {
    /// What templates know them by.
    pub key: String,
    /// The displayed name.
    pub name: String,
    /// The platform's own identifier.
    pub target: Option<String>,
}

impl MentionTable {
    /// The book as the sink `name` of the type `kind` sees it.
    #[must_use]
    pub(crate) fn on(name: &str, kind: &str, mentions: &Mentions) -> Self {
        let people = mentions.0.iter().map(|(key, mention)| Mentionable {
            key: key.clone(),
            name: mention.name.clone(),
            target: mention
                .key_on(name, kind)
                .and_then(|key| mention.on.get(key))
                .cloned(),
        });
        Self(people.collect())
    }

    /// Where in the book `key` is.
    pub(super) fn find(&self, key: &str) -> Result<usize, Diagnostic> {
        let found = self.0.iter().position(|person| person.key == key);
        found.ok_or_else(|| {
            let known = self.0.iter().map(|person| person.key.as_str());
            let hint = did_you_mean(key, known).unwrap_or_else(|| {
                format!("write `mentions: {{{key}: {{name: …}}}}` into pipeline.yaml")
            });
            Diagnostic::new(Code::TemplateError, format!("nobody is known as `{key}`"))
                .with_hint(hint)
        })
    }

    /// The identifier of the one with this index.
    pub(super) fn target(&self, index: usize) -> Option<&str> {
        self.0.get(index)?.target.as_deref()
    }

    /// Puts names in the place of keys.
    pub(super) fn resolve(&self, pieces: &mut [TextPiece]) -> Result<(), Diagnostic> {
        for piece in pieces
            .iter_mut()
            .filter(|piece| piece.origin == TextOrigin::Name)
        {
            let index = self.find(&piece.text)?;
            let person = &self.0[index];
            piece.text.clone_from(&person.name);
            piece.origin = match person.target {
                Some(_) => TextOrigin::Mention(index),
                None => TextOrigin::Value,
            };
        }
        Ok(())
    }
}

impl FromIterator<Mentionable> for MentionTable {
    fn from_iter<I: IntoIterator<Item = Mentionable>>(people: I) -> Self {
        Self(people.into_iter().collect())
    }
}
