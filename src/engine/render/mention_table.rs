//! The accounts that a template may mention: `mentions` of pipeline.yaml, resolved for one sink.
//!
//! An account without an identifier for the sink appears as its plain name. An unknown key is an error.

use syndicate_api::{Code, Diagnostic, did_you_mean};

use super::placeholders::{TextOrigin, TextPiece};
use crate::config::Mentions;

/// The mentionable accounts of one sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MentionTable(Vec<Mentionable>);

/// An account that can be mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mentionable {
    /// Its key under `mentions`, as templates use it.
    pub key: String,
    /// Its display name.
    pub name: String,
    /// Its identifier on the platform, if set.
    pub target: Option<String>,
}

impl MentionTable {
    /// Resolves `mentions` for the sink `name` of the type `kind`.
    #[must_use]
    pub(crate) fn on(name: &str, kind: &str, mentions: &Mentions) -> Self {
        let accounts = mentions.0.iter().map(|(key, mention)| Mentionable {
            key: key.clone(),
            name: mention.name.clone(),
            target: mention
                .key_on(name, kind)
                .and_then(|key| mention.on.get(key))
                .cloned(),
        });
        Self(accounts.collect())
    }

    /// Returns the index of the account with this key.
    pub(super) fn find(&self, key: &str) -> Result<usize, Diagnostic> {
        let found = self.0.iter().position(|person| person.key == key);
        found.ok_or_else(|| {
            let known = self.0.iter().map(|person| person.key.as_str());
            let hint = did_you_mean(key, known).unwrap_or_else(|| {
                format!("add `mentions: {{{key}: {{name: …}}}}` to pipeline.yaml")
            });
            Diagnostic::new(Code::TemplateError, format!("unknown mention `{key}`")).with_hint(hint)
        })
    }

    /// Returns the platform's identifier of the account at `index`.
    pub(super) fn target(&self, index: usize) -> Option<&str> {
        self.0.get(index)?.target.as_deref()
    }

    /// Replaces keys by display names.
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
    fn from_iter<I: IntoIterator<Item = Mentionable>>(accounts: I) -> Self {
        Self(accounts.into_iter().collect())
    }
}
