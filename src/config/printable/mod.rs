//! Keeps secrets of pipeline.yaml out of messages.
//!
//! A token in the file must not appear in any message, even if its key is misspelt or the file is not valid
//! YAML. A value is therefore shown only if it is known to be harmless: by its key, if that is an option and
//! not a secret, or by its form. A value from a variable is shown as the expression that names it.
//!
//! [`HiddenValues`] removes values from the messages of a parsed file, [`excerpt`] from the lines of any
//! file.

mod excerpt;
mod hidden;
mod line;
mod vocabulary;

pub(crate) use self::excerpt::excerpt;
pub(super) use self::hidden::{HiddenValues, register_secrets};
