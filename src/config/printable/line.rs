//! Masks one line of YAML: keeps the keys and removes values that may be secrets.

use std::borrow::Cow;

use syndicate_api::{MASK, is_likely_secret, is_secret_name, mask_likely_secrets};

use super::vocabulary::{Vocabulary, is_empty_form};

/// A line that starts with a key.
pub(super) struct KeyLine<'l> {
    /// Number of bytes before the key: the dashes of lists.
    pub(super) offset: usize,
    /// The key, without quotation marks.
    pub(super) key: &'l str,
    /// The text after the key, from its first character.
    pub(super) value: &'l str,
}

impl<'l> KeyLine<'l> {
    /// Parses the key of a line. `content` is the line without its indentation. Returns `None` if the
    /// line has no key.
    pub(super) fn of(content: &'l str) -> Option<Self> {
        let mut rest = content;
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        if rest.starts_with(['{', '[', '#']) {
            return None;
        }
        let colon = rest.match_indices(':').map(|(at, _)| at);
        let mut colon = colon.filter(|at| {
            let next = rest[at + 1..].chars().next();
            next.is_none_or(char::is_whitespace)
        });
        let at = colon.next()?;
        Some(Self {
            offset: content.len() - rest.len(),
            key: unquoted(&rest[..at]),
            value: rest[at + 1..].trim_start(),
        })
    }
}

/// Masks `content`, a line without its indentation. Its values belong to `owner` unless the line has its own
/// keys.
pub(super) fn mask_line(content: &str, owner: Option<&str>, words: &Vocabulary) -> String {
    let mut scanner = Scanner {
        chars: content.chars().collect(),
        at: 0,
        out: String::new(),
        key: owner.map(str::to_owned),
        has_key: false,
        flows: Vec::new(),
        words,
    };
    while scanner.step() {}
    scanner.out
}

struct Scanner<'w> {
    chars: Vec<char>,
    at: usize,
    out: String,
    /// The key of the next value.
    key: Option<String>,
    /// `true` after the line's own key, outside of braces.
    has_key: bool,
    /// The open braces and brackets, each with the key of its value.
    flows: Vec<(char, Option<String>)>,
    words: &'w Vocabulary,
}

impl Scanner<'_> {
    /// Copies or masks the next token. Returns `false` at the end.
    fn step(&mut self) -> bool {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let Some(c) = self.peek(0) else {
            return false;
        };
        // A mask is shorter than its value, but columns must not change.
        let width = self.out.chars().count();
        self.out
            .extend(std::iter::repeat_n(' ', self.at.saturating_sub(width)));
        match c {
            '#' => {
                self.out.push_str("# …");
                return false;
            }
            '{' | '[' if self.key.as_deref().is_some_and(is_secret_name) => {
                self.out.push_str(MASK);
                return false;
            }
            '{' | '[' => {
                self.flows.push((c, self.key.clone()));
                self.key = self.key.take().filter(|_| c == '[');
                self.copy();
            }
            '}' | ']' => {
                self.key = self.flows.pop().and_then(|(_, key)| key);
                self.copy();
            }
            ',' if !self.flows.is_empty() => {
                let list = self.flows.last().filter(|(open, _)| *open == '[');
                self.key = list.and_then(|(_, key)| key.clone());
                self.copy();
            }
            '-' if self.peek(1).is_none_or(char::is_whitespace) => self.copy(),
            _ => self.scalar(),
        }
        true
    }

    fn scalar(&mut self) {
        let start = self.at;
        let may_be_key = !self.flows.is_empty() || !self.has_key;
        match self.chars[start] {
            quote @ ('"' | '\'') => self.skip_quoted(quote),
            _ => self.skip_plain(may_be_key),
        }
        let text: String = self.chars[start..self.at].iter().collect();
        let text = text.trim_end();
        if may_be_key && self.is_colon(self.at) {
            let key = unquoted(text);
            self.out
                .push_str(if is_likely_secret(key) { MASK } else { text });
            self.out.push(':');
            self.at += 1;
            self.key = Some(key.to_owned());
            self.has_key |= self.flows.is_empty();
        } else {
            let masked = self.value(text);
            self.out.push_str(&masked);
        }
    }

    fn value<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let value = unquoted(text);
        let key = self.key.as_deref();
        let is_secret = key.is_some_and(is_secret_name);
        let is_shown = match is_secret {
            true => is_empty_form(value),
            false => self.words.is_harmless_value(value),
        };
        if is_shown {
            return Cow::Borrowed(text);
        }
        if key.is_some_and(|key| self.words.is_harmless(key, value)) {
            return mask_likely_secrets(text);
        }
        // In YAML, `token:x` without a space is not a key.
        match text.split_once(':') {
            Some((key, _)) if self.words.is_known_key(key) => Cow::Owned(format!("{key}:{MASK}")),
            _ => Cow::Borrowed(&MASK[..MASK.len().min(text.chars().count())]),
        }
    }

    fn skip_quoted(&mut self, quote: char) {
        self.at += 1;
        while let Some(c) = self.peek(0) {
            self.at += if c == '\\' && quote == '"' { 2 } else { 1 };
            if c == quote {
                break;
            }
        }
        self.at = self.at.min(self.chars.len());
    }

    fn skip_plain(&mut self, may_be_key: bool) {
        while let Some(c) = self.peek(0) {
            let is_flow_end = !self.flows.is_empty() && matches!(c, ',' | '{' | '}' | '[' | ']');
            let is_comment = c == '#' && self.at > 0 && self.chars[self.at - 1].is_whitespace();
            // The braces of a variable belong to the value.
            let is_variable = c == '{' && self.at > 0 && self.chars[self.at - 1] == '$';
            if is_variable {
                while self.peek(0).is_some_and(|c| c != '}') {
                    self.at += 1;
                }
            } else if is_flow_end || is_comment || may_be_key && self.is_colon(self.at) {
                break;
            }
            self.at = (self.at + 1).min(self.chars.len());
        }
    }

    fn is_colon(&self, at: usize) -> bool {
        let next = self.chars.get(at + 1);
        let is_flow = !self.flows.is_empty();
        self.chars.get(at) == Some(&':')
            && next.is_none_or(|c| c.is_whitespace() || is_flow && ",[]{}".contains(*c))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn copy(&mut self) {
        self.out.extend(self.peek(0));
        self.at += 1;
    }
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}
