//! The log of the last requests to the API, for the page `/log`. It contains the reason of each
//! failure and nothing secret: no headers, queries or bodies.

use jiff::Timestamp;

/// The note about a response in the log; handlers attach it to the response.
#[derive(Clone, Debug)]
pub(crate) struct JournalNote(pub(crate) String);

/// A logged request.
#[derive(Clone, Debug)]
pub(crate) struct JournalEntry {
    pub(crate) time: Timestamp,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) note: String,
}
