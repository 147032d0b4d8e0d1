//! The front matter of an item: in memory, or in the file of its text, which is read again when it is asked for.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{Diagnostic, ItemText};

/// The whole front matter of an item, as its source read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemFront(FrontPlace);

#[derive(Clone, Debug, Default, PartialEq)]
enum FrontPlace {
    #[default]
    Nowhere,
    Memory(Arc<Map<String, Value>>),
    File(ItemText),
}

impl ItemFront {
    /// Returns the front matter in the file of `text`.
    #[must_use]
    pub fn filed(text: &ItemText) -> Self {
        Self(FrontPlace::File(text.clone()))
    }

    /// Returns the keys and values.
    ///
    /// # Errors
    /// Returns a diagnostic if they are in a file that cannot be read or has changed.
    pub fn read(&self) -> Result<Arc<Map<String, Value>>, Diagnostic> {
        match &self.0 {
            FrontPlace::Nowhere => Ok(Arc::default()),
            FrontPlace::Memory(map) => Ok(Arc::clone(map)),
            FrontPlace::File(text) => text.front().map(Arc::new),
        }
    }

    /// Returns the same front matter in memory.
    ///
    /// # Errors
    /// Returns the same errors as [`ItemFront::read`].
    pub fn loaded(&self) -> Result<Self, Diagnostic> {
        Ok(Self(FrontPlace::Memory(self.read()?)))
    }
}

impl From<Map<String, Value>> for ItemFront {
    fn from(map: Map<String, Value>) -> Self {
        Self(FrontPlace::Memory(Arc::new(map)))
    }
}
