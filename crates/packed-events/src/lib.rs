//! The events of a ledger in little memory.
//!
//! A ledger of a million events is half a gigabyte of text, most of it repeated: every line of an attempt has the
//! keys of its post. Here each text is stored once, an identifier or a hash as its bytes, and what is left of a line
//! as it was written. The program builds the event from these parts when it needs it.
//!
//! This crate knows the form of the lines, not their meaning: fields that are values of their own are not parsed, and
//! lines in another form are kept whole. It is a crate of its own because the program itself is compiled for size.

mod attempts;
mod cursor;
mod events;
mod events_fold;
mod fields;
mod fold;
mod kind;
mod line;
mod new_event;
mod numbers;
mod receipts;
mod records;
mod same;
mod subject;
mod table;
mod texts;
mod time;

pub use attempts::AttemptParts;
pub use cursor::Cursor;
pub use events::PackedEvents;
pub use fold::{FileHash, FoldReader, FoldWriter, damaged};
pub use kind::Kind;
pub use line::{AttemptFields, LastText, NO_SLOTS, Subject, TypedLine, simple_receipt};
pub use new_event::{EventParts, NewAttempt, NewEvent, Rest};
pub use numbers::{NONE, index};
pub use subject::SubjectParts;
pub use texts::Texts;
