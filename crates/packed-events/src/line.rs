//! Splits a line in the form that `syndicate` writes.
//!
//! The fields of such a line are compact and in a fixed order, and its strings have no escapes. Every other line, also
//! a damaged one, is left to the general parser, which alone produces errors.

use crate::cursor::Cursor;
use crate::kind::Kind;
use crate::time::milliseconds;

/// Maximum number of keys; a line with more of them is left to the general parser.
const MAX_KEYS: usize = 8;

/// The optional fields of an attempt, in the order in which they are written.
const OPTIONAL: [&str; 4] = [
    r#","digests":"#,
    r#","type":"#,
    r#","account":"#,
    r#","evidence":"#,
];

/// The rest of an intent without slots.
pub const NO_SLOTS: &str = r#","slots":{}"#;

/// The parts of a line. Fields that are values of their own are JSON that was not parsed.
#[derive(Clone, Debug)]
pub struct TypedLine<'l> {
    /// The id of the event.
    pub id: &'l str,
    /// Its time, in milliseconds since 1970.
    pub at: i64,
    /// Its kind.
    pub kind: Kind,
    /// The sink and the item, for kinds that have them.
    pub subject: Subject<'l>,
    /// The other fields of the attempt, for kinds that have one.
    pub attempt: AttemptFields<'l>,
    /// `true` if sink, item and attempt are those of the line before; they are not repeated here.
    pub is_same_attempt: bool,
    /// The fields of the kind, each with the comma before it.
    pub rest: &'l str,
}

/// The sink and the item of an event.
#[derive(Clone, Debug, Default)]
pub struct Subject<'l> {
    /// The name of the sink.
    pub sink: Option<&'l str>,
    /// The id of the item.
    pub item: Option<&'l str>,
    keys: [&'l str; MAX_KEYS],
    count: usize,
}

impl<'l> Subject<'l> {
    /// Returns the keys of the item.
    #[must_use]
    pub fn keys(&self) -> &[&'l str] {
        &self.keys[..self.count]
    }
}

/// The fields of an attempt, without sink and item.
#[derive(Clone, Copy, Debug, Default)]
pub struct AttemptFields<'l> {
    /// Its id.
    pub id: &'l str,
    /// The hash of the payload.
    pub hash: &'l str,
    /// The digests, as JSON.
    pub digests: Option<&'l str>,
    /// The type of the sink.
    pub sink_type: Option<&'l str>,
    /// The digest of the account.
    pub account: Option<&'l str>,
    /// The evidence, as JSON.
    pub evidence: Option<&'l str>,
}

/// The text of the last attempt. Most lines repeat the attempt of the line before.
#[derive(Clone, Debug, Default)]
pub struct LastText(String);

impl<'l> TypedLine<'l> {
    /// Splits `line`. Returns `None` if the general parser must decide.
    #[must_use]
    pub fn parse(line: &'l [u8], last: &mut LastText) -> Option<Self> {
        Self::parse_open(line.strip_suffix(b"}")?, last)
    }

    /// Splits `line`, which lacks its closing brace. Returns `None` if the general parser must decide.
    #[must_use]
    pub fn parse_open(line: &'l [u8], last: &mut LastText) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?;
        let has_control = text
            .bytes()
            .fold(false, |found, byte| found | (byte < b' '));
        if has_control {
            return None;
        }
        let mut cursor = Cursor::new(text);
        cursor.skip(r#"{"v":1,"id":""#)?;
        let id = cursor.text()?;
        cursor.skip(r#","at":""#)?;
        let at = milliseconds(cursor.text()?)?;
        cursor.skip(r#","kind":""#)?;
        let kind = Kind::named(cursor.text()?);
        let mut parsed = Self {
            id,
            at,
            kind,
            subject: Subject::default(),
            attempt: AttemptFields::default(),
            is_same_attempt: false,
            rest: "",
        };
        match kind {
            Kind::Other | Kind::Closed => return None,
            Kind::Created | Kind::Known => {}
            Kind::Adopted | Kind::Approved | Kind::Moved => {
                parsed.subject = cursor.subject()?;
                if kind == Kind::Moved && parsed.subject.sink.is_some()
                    || kind == Kind::Approved && parsed.subject.sink.is_none()
                {
                    return None;
                }
            }
            _ => parsed.is_same_attempt = cursor.attempt(&mut parsed, last)?,
        }
        parsed.rest = cursor.rest();
        Some(parsed)
    }
}

impl<'l> Cursor<'l> {
    /// Parses an attempt, unless it is the last one. Returns `true` if it is.
    fn attempt(&mut self, parsed: &mut TypedLine<'l>, last: &mut LastText) -> Option<bool> {
        let start = self.rest();
        if let Some(rest) = start.strip_prefix(last.0.as_str())
            && !last.0.is_empty()
            && !OPTIONAL.iter().any(|name| rest.starts_with(name))
        {
            *self = Cursor::new(rest);
            return Some(true);
        }
        parsed.subject = self.subject()?;
        parsed.subject.sink?;
        parsed.attempt = AttemptFields {
            id: self.required_text(r#","attempt":""#)?,
            hash: self.required_text(r#","hash":""#)?,
            digests: self.optional_value(OPTIONAL[0])?,
            sink_type: self.optional_text(r#","type":""#)?,
            account: self.optional_text(r#","account":""#)?,
            evidence: self.optional_value(OPTIONAL[3])?,
        };
        last.0.clear();
        last.0.push_str(&start[..start.len() - self.rest().len()]);
        Some(false)
    }

    fn subject(&mut self) -> Option<Subject<'l>> {
        let mut subject = Subject {
            sink: self.optional_text(r#","sink":""#)?,
            item: Some(self.required_text(r#","item":""#)?),
            ..Subject::default()
        };
        self.skip(r#","keys":["#)?;
        if self.has("]") {
            return Some(subject);
        }
        loop {
            self.skip("\"")?;
            *subject.keys.get_mut(subject.count)? = self.text()?;
            subject.count += 1;
            if self.has("]") {
                return Some(subject);
            }
            self.skip(",")?;
        }
    }
}

/// Returns `true` if `rest` is that of an intent without slots, or of a sent event with nothing but a receipt.
pub(crate) fn is_short(kind: Kind, rest: &str) -> bool {
    match kind {
        Kind::Intent => rest == NO_SLOTS,
        Kind::Sent => simple_receipt(rest).is_some(),
        _ => false,
    }
}

/// Returns the identifier and the address of the post in the rest of a sent event, if it has nothing else.
#[must_use]
pub fn simple_receipt(rest: &str) -> Option<(&str, Option<&str>)> {
    let mut cursor = Cursor::new(rest);
    let id = cursor.required_text(r#","remote":{"id":""#)?;
    let url = cursor.optional_text(r#","url":""#)?;
    (cursor.rest() == "}").then_some((id, url))
}
