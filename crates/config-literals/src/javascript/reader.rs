//! Reads one value of a script. The reader understands enough of the language to find the end of any
//! value. It never fails: a value that it does not understand is `null`.

use serde_json::{Map, Value};

use crate::scalar::scalar;

/// The deepest nesting of literals that is read.
const MAX_DEPTH: usize = 32;

/// A position in a script.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The values of known names.
    names: &'a Map<String, Value>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, names: &'a Map<String, Value>) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            names,
        }
    }

    /// Reads the value at the position, up to the comma, bracket or semicolon after it.
    pub(super) fn read_value(&mut self) -> Value {
        self.skip_blanks();
        let start = self.at;
        let read = if self.depth < MAX_DEPTH {
            self.depth += 1;
            let read = self.read_literal();
            self.depth -= 1;
            read
        } else {
            None
        };
        let end = self.at;
        self.skip_blanks();
        match read {
            Some(value) if self.is_complete(end) => value,
            Some(value) if self.is_annotated() => {
                self.skip_expression();
                value
            }
            _ => {
                self.at = start;
                self.read_expression()
            }
        }
    }

    fn read_literal(&mut self) -> Option<Value> {
        match self.peek()? {
            '{' => Some(Value::Object(self.read_object())),
            '[' => Some(Value::Array(self.read_list())),
            '"' | '\'' | '`' => self.read_string().map(Value::String),
            c if c.is_ascii_digit() || c == '-' => {
                let end = self.rest()[1..]
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
                    .map_or(self.rest().len(), |end| end + 1);
                let number = self.rest()[..end].parse().ok();
                self.at += end;
                number
            }
            _ => {
                let word = self.read_name()?;
                match word {
                    "true" => Some(Value::Bool(true)),
                    "false" => Some(Value::Bool(false)),
                    name => self.resolve_name(name),
                }
            }
        }
    }

    /// Returns the value of a name or one of its members, or the argument of a function that returns
    /// it unchanged, such as `defineConfig`.
    fn resolve_name(&mut self, name: &str) -> Option<Value> {
        let hands_back = name.starts_with("define") || name.starts_with("with");
        if hands_back && self.rest().starts_with('(') {
            self.at += 1;
            let value = self.read_value();
            // Further arguments do not affect the value.
            while self.peek() == Some(',') {
                self.at += 1;
                self.skip_expression();
            }
            self.skip_blanks();
            self.at += usize::from(self.peek() == Some(')'));
            return Some(value);
        }
        let mut value = self.names.get(name);
        while self.rest().starts_with('.') {
            self.at += 1;
            let member = self.read_name()?;
            value = value.and_then(|value| value.get(member));
        }
        value.cloned()
    }

    fn read_object(&mut self) -> Map<String, Value> {
        let mut object = Map::new();
        self.at += 1;
        loop {
            self.skip_blanks();
            match self.peek() {
                None => return object,
                Some('}') => {
                    self.at += 1;
                    return object;
                }
                Some(',') => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    self.read_member(&mut object);
                    // A stray bracket or semicolon is skipped, or else the loop would not end.
                    self.at = self.at.max(before + usize::from(self.at == before));
                }
            }
        }
    }

    /// Reads a member of an object, up to the comma or bracket after it.
    fn read_member(&mut self, object: &mut Map<String, Value>) {
        if self.rest().starts_with("...") {
            self.at += 3;
            if let Value::Object(spread) = self.read_value() {
                object.extend(spread);
            }
            return;
        }
        let key = match self.peek() {
            Some('"' | '\'') => self.read_string(),
            _ => self.read_name().map(str::to_owned),
        };
        self.skip_blanks();
        match (key, self.peek()) {
            (Some(key), Some(':')) => {
                self.at += 1;
                let value = self.read_value();
                object.insert(key, value);
            }
            (Some(key), Some(',' | '}')) => {
                let value = self.names.get(&key).cloned().unwrap_or_default();
                object.insert(key, value);
            }
            // A method, a computed key, or not JavaScript.
            _ => {
                self.skip_expression();
            }
        }
    }

    fn read_list(&mut self) -> Vec<Value> {
        let mut list = Vec::new();
        self.at += 1;
        loop {
            self.skip_blanks();
            match self.peek() {
                None => return list,
                Some(']') => {
                    self.at += 1;
                    return list;
                }
                Some(',') => self.at += 1,
                Some(_) if self.rest().starts_with("...") => {
                    self.at += 3;
                    match self.read_value() {
                        Value::Array(spread) => list.extend(spread),
                        other => list.push(other),
                    }
                }
                Some(_) => {
                    let before = self.at;
                    list.push(self.read_value());
                    // A stray closing bracket is skipped, or else the loop would not end.
                    self.at = self.at.max(before + usize::from(self.at == before));
                }
            }
        }
    }

    /// Returns the value after the last `||` or `??` of an expression, else `null`.
    fn read_expression(&mut self) -> Value {
        let fallback = self.skip_expression();
        let Some(at) = fallback.filter(|_| self.depth < MAX_DEPTH) else {
            return Value::Null;
        };
        let mut rest = Reader::new(&self.text[at..self.at], self.names);
        rest.depth = self.depth + 1;
        rest.read_value()
    }

    /// Skips to the comma, closing bracket or semicolon that ends the value, or to the end of the
    /// statement. Returns the start of the last alternative of `||` or `??`.
    fn skip_expression(&mut self) -> Option<usize> {
        let mut open = 0_usize;
        let mut previous = '(';
        let mut alternative = None;
        while let Some(c) = self.peek() {
            match c {
                ',' | ';' | '}' | ']' | ')' if open == 0 => break,
                '\n' if open == 0 && self.depth == 0 && !self.continues_on_next_line() => break,
                '}' | ']' | ')' => open -= 1,
                '{' | '[' | '(' => open += 1,
                '"' | '\'' | '`' => {
                    self.skip_string();
                    previous = c;
                    continue;
                }
                '/' if self.skip_comment() => continue,
                '/' if "(,=:[!&|?{};>".contains(previous) => {
                    self.skip_regex();
                    previous = c;
                    continue;
                }
                '|' | '?' if open == 0 && previous == c => alternative = Some(self.at + 1),
                _ => {}
            }
            if !c.is_whitespace() {
                previous = c;
            }
            self.at += c.len_utf8();
        }
        alternative
    }

    /// Returns `true` if the expression continues on the next line.
    fn continues_on_next_line(&self) -> bool {
        let next = self.rest().trim_start().chars().next();
        next.is_some_and(|c| ".|?&+:=".contains(c))
    }

    /// Returns `true` if a type annotation of TypeScript follows the value.
    fn is_annotated(&self) -> bool {
        ["as ", "satisfies "]
            .iter()
            .any(|word| self.rest().starts_with(word))
    }

    /// Reads a string; `None` if it contains an expression.
    fn read_string(&mut self) -> Option<String> {
        let start = self.at + 1;
        self.skip_string();
        let text = self.text.get(start..self.at.checked_sub(1)?)?;
        if self.text[start - 1..].starts_with('`') {
            return self.interpolate(text);
        }
        Some(unescape(text))
    }

    /// Returns the text of a template literal, if the names in it have scalar values.
    fn interpolate(&self, template: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, tail) = after.split_once('}')?;
            let mut members = name.trim().split('.');
            let first = self.names.get(members.next()?)?;
            let value = members.try_fold(first, |value, member| value.get(member))?;
            filled.push_str(&unescape(before));
            filled.push_str(&scalar(value)?);
            rest = tail;
        }
        filled.push_str(&unescape(rest));
        Some(filled)
    }

    /// Skips a string with its quotes.
    fn skip_string(&mut self) {
        let mut chars = self.rest().char_indices();
        let quote = chars.next().map(|(_, quote)| quote);
        let mut escaped = false;
        let mut end = self.rest().len();
        for (at, c) in chars {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                c if Some(c) == quote => {
                    end = at + c.len_utf8();
                    break;
                }
                _ => {}
            }
        }
        self.at += end;
    }

    /// Skips a regular expression.
    fn skip_regex(&mut self) {
        let line = self.rest().lines().next().unwrap_or_default();
        let mut escaped = false;
        let mut in_class = false;
        for (at, c) in line.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '/' if !in_class => {
                    self.at += at + 1;
                    return;
                }
                _ => {}
            }
        }
        self.at += 1;
    }

    /// Skips white space and comments.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if !self.skip_comment() {
                return;
            }
        }
    }

    /// Skips a comment. Returns `false` if there was none at the position.
    fn skip_comment(&mut self) -> bool {
        let rest = self.rest();
        let end = match rest.get(..2) {
            Some("//") => rest.find('\n'),
            Some("/*") => rest.find("*/").map(|end| end + 2),
            _ => return false,
        };
        self.at += end.unwrap_or(rest.len());
        true
    }

    /// Reads a name of letters, digits, `_` and `$`.
    fn read_name(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$'))
            .unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }

    /// Returns `true` if the text after `end` shows that the value before it is complete.
    fn is_complete(&self, end: usize) -> bool {
        match self.peek() {
            None | Some(',' | '}' | ']' | ')' | ';') => true,
            // A statement can end with its line, without a semicolon.
            Some(c) => {
                let in_next_line = self.text[end..self.at].contains('\n');
                self.depth == 0 && in_next_line && !".|?&+:=".contains(c)
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }
}

/// Replaces the escapes in a string. A backslash at the end of a line joins it with the next one.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => plain.push('\n'),
            Some('t') => plain.push('\t'),
            Some('u') => {
                let code: String = chars.clone().take(4).collect();
                let found = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                if let Some(c) = found {
                    plain.push(c);
                    chars.nth(3);
                }
            }
            Some('\n') | None => {}
            Some(c) => plain.push(c),
        }
    }
    plain
}
