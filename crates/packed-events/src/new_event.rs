//! The parts of an event, to be added and as stored.

use std::borrow::Cow;

use crate::kind::Kind;
use crate::line::AttemptFields;

/// An event to be added.
#[derive(Clone, Debug)]
pub struct NewEvent<'e> {
    /// Its id.
    pub id: &'e str,
    /// Its time, in milliseconds since 1970.
    pub at: i64,
    /// Its kind.
    pub kind: Kind,
    /// The name of its sink.
    pub sink: Option<&'e str>,
    /// The id of its item.
    pub item: Option<&'e str>,
    /// The keys of its item.
    pub keys: &'e [&'e str],
    /// Its attempt.
    pub attempt: NewAttempt<'e>,
    /// Its other fields.
    pub rest: Rest<'e>,
}

/// The attempt of an event to be added.
#[derive(Clone, Copy, Debug)]
pub enum NewAttempt<'e> {
    /// It has none.
    None,
    /// It is that of the last event with [`NewAttempt::Of`], with the same sink and item.
    Last,
    /// It has these fields.
    Of(AttemptFields<'e>),
}

/// The fields of an event that are stored as they are written.
#[derive(Clone, Debug)]
pub enum Rest<'e> {
    /// The fields of the kind, each with the comma before it.
    Fields(Cow<'e, str>),
    /// The whole line, because its form is not the usual one.
    Line(&'e str),
}

/// The parts of a stored event.
#[derive(Clone, Debug)]
pub struct EventParts<'p> {
    /// Its id.
    pub id: Cow<'p, str>,
    /// Its other fields.
    pub rest: Rest<'p>,
}
