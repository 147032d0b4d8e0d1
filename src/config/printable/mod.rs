//! What may be shown of pipeline.yaml. A token that is written into the file belongs to no message, also
//! where its key is misspelt or the file is not even YAML, so a value is shown only if it is known to be
//! harmless: under a key that is an option and no secret, or by its form. Values that came from a variable
//! are shown as the expression that names it.
//!
//! [`HiddenValues`] keeps values out of the messages of a file that was parsed, [`excerpt`] out of the lines of
//! any file.

mod excerpt;
mod hidden;
mod line;
mod vocabulary;

pub(crate) use self::excerpt::excerpt;
pub(super) use self::hidden::HiddenValues;
