//! Decodes character references, such as `&amp;` and `&#8217;`. The usual ones are decoded here; the tokenizer of
//! `html5ever` decodes all others.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use memchr::{memchr, memchr2};

/// The usual references by name.
const NAMED: &[(&str, char)] = &[
    ("amp;", '&'),
    ("lt;", '<'),
    ("gt;", '>'),
    ("quot;", '"'),
    ("nbsp;", '\u{a0}'),
    ("rsquo;", '’'),
    ("ndash;", '–'),
    ("mdash;", '—'),
    ("hellip;", '…'),
];

/// The kind of text that contains a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// The value of an attribute, where `&copy=` is not a reference.
    Attribute,
    /// The content of a `<title>`.
    Title,
}

/// Decodes `bytes`, or returns `None` if they are not UTF-8.
pub(super) fn decode(bytes: &[u8], context: Context) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(match memchr2(b'&', b'\r', bytes) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(decode_usual(text).map_or_else(|| tokenize(text, context), Some)?),
    })
}

/// Decodes a text, or returns `None` if it contains an unusual reference.
fn decode_usual(text: &str) -> Option<String> {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let (character, len) = usual_reference(inside)?;
        decoded.push(character);
        rest = &inside[len..];
    }
    decoded.push_str(rest);
    // The tokenizer converts the ends of lines.
    (!decoded.contains('\r')).then_some(decoded)
}

/// Parses a reference after its `&`. Returns the character and the length of the reference.
fn usual_reference(inside: &str) -> Option<(char, usize)> {
    if inside.starts_with(|c: char| c.is_ascii_whitespace()) {
        return Some(('&', 0));
    }
    if let Some(number) = inside.strip_prefix('#') {
        let (digits, _) = number.split_once(';')?;
        let (code, len) = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => (u32::from_str_radix(hex, 16).ok()?, digits.len()),
            None => (digits.parse().ok()?, digits.len()),
        };
        // Control characters have rules of their own, and a sign is not a digit.
        let is_usual = matches!(code, 0x20..0x7f | 0xa0..) && !digits.contains(['+', '-']);
        let character = char::from_u32(code).filter(|_| is_usual)?;
        return Some((character, len + 2));
    }
    let (name, character) = NAMED.iter().find(|(name, _)| inside.starts_with(name))?;
    Some((*character, name.len()))
}

/// Decodes a text with the tokenizer. Returns `None` for an attribute that contains both kinds of quotes.
fn tokenize(text: &str, context: Context) -> Option<String> {
    let html = match context {
        Context::Title => format!("<title>{text}</title>"),
        Context::Attribute if !text.contains('"') => format!("<a x=\"{text}\">"),
        Context::Attribute if !text.contains('\'') => format!("<a x='{text}'>"),
        Context::Attribute => return None,
    };
    let tokenizer = Tokenizer::new(Decoded::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&html));
    drop(tokenizer.feed(&input));
    tokenizer.end();
    Some(tokenizer.sink.0.into_inner())
}

/// Collects the decoded text.
#[derive(Default)]
struct Decoded(RefCell<String>);

impl TokenSink for Decoded {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.0.borrow_mut().push_str(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let values = tag.attrs.iter().map(|attribute| &*attribute.value);
                self.0.borrow_mut().extend(values);
                if &*tag.name == "title" {
                    return TokenSinkResult::RawData(RawKind::Rcdata);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
