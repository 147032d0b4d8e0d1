//! Reads one value of a script. It knows just enough of the language to find the end of a value,
//! and never fails: a value that it cannot read is `null`.

use serde_json::{Map, Value};

use crate::scalar::scalar;

/// Literals nested deeper than this are not read.
const MAX_DEPTH: usize = 32;

/// A position in a script.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// The values of names.
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

    /// Reads the value here, up to the comma, bracket or semicolon behind it.
    pub(super) fn value(&mut self) -> Value {
        self.blanks();
        let start = self.at;
        let read = if self.depth < MAX_DEPTH {
            self.depth += 1;
            let read = self.literal();
            self.depth -= 1;
            read
        } else {
            None
        };
        let end = self.at;
        self.blanks();
        match read {
            Some(value) if self.ends(end) => value,
            Some(value) if self.is_annotated() => {
                self.pass();
                value
            }
            _ => {
                self.at = start;
                self.expression()
            }
        }
    }

    fn literal(&mut self) -> Option<Value> {
        match self.peek()? {
            '{' => Some(Value::Object(self.object())),
            '[' => Some(Value::Array(self.list())),
            '"' | '\'' | '`' => self.string().map(Value::String),
            c if c.is_ascii_digit() || c == '-' => {
                let end = self.rest()[1..]
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '.')
                    .map_or(self.rest().len(), |end| end + 1);
                let number = self.rest()[..end].parse().ok();
                self.at += end;
                number
            }
            _ => {
                let word = self.word()?;
                match word {
                    "true" => Some(Value::Bool(true)),
                    "false" => Some(Value::Bool(false)),
                    name => self.named(name),
                }
            }
        }
    }

    /// Returns the value of a name, or of a member of it, or the argument of a function that
    /// returns it, such as `defineConfig`.
    fn named(&mut self, name: &str) -> Option<Value> {
        let hands_back = name.starts_with("define") || name.starts_with("with");
        if hands_back && self.rest().starts_with('(') {
            self.at += 1;
            let value = self.value();
            // Further arguments change nothing that is read here.
            while self.peek() == Some(',') {
                self.at += 1;
                self.pass();
            }
            self.blanks();
            self.at += usize::from(self.peek() == Some(')'));
            return Some(value);
        }
        let mut value = self.names.get(name);
        while self.rest().starts_with('.') {
            self.at += 1;
            let member = self.word()?;
            value = value.and_then(|value| value.get(member));
        }
        value.cloned()
    }

    fn object(&mut self) -> Map<String, Value> {
        let mut object = Map::new();
        self.at += 1;
        loop {
            self.blanks();
            match self.peek() {
                None => return object,
                Some('}') => {
                    self.at += 1;
                    return object;
                }
                Some(',') => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    self.member(&mut object);
                    // A bracket or semicolon that belongs to nothing would never be passed.
                    self.at = self.at.max(before + usize::from(self.at == before));
                }
            }
        }
    }

    /// Reads a member of an object, up to the comma or bracket behind it.
    fn member(&mut self, object: &mut Map<String, Value>) {
        if self.rest().starts_with("...") {
            self.at += 3;
            if let Value::Object(spread) = self.value() {
                object.extend(spread);
            }
            return;
        }
        let key = match self.peek() {
            Some('"' | '\'') => self.string(),
            _ => self.word().map(str::to_owned),
        };
        self.blanks();
        match (key, self.peek()) {
            (Some(key), Some(':')) => {
                self.at += 1;
                let value = self.value();
                object.insert(key, value);
            }
            (Some(key), Some(',' | '}')) => {
                let value = self.names.get(&key).cloned().unwrap_or_default();
                object.insert(key, value);
            }
            // A method, a computed key, or not JavaScript.
            _ => {
                self.pass();
            }
        }
    }

    fn list(&mut self) -> Vec<Value> {
        let mut list = Vec::new();
        self.at += 1;
        loop {
            self.blanks();
            match self.peek() {
                None => return list,
                Some(']') => {
                    self.at += 1;
                    return list;
                }
                Some(',') => self.at += 1,
                Some(_) if self.rest().starts_with("...") => {
                    self.at += 3;
                    match self.value() {
                        Value::Array(spread) => list.extend(spread),
                        other => list.push(other),
                    }
                }
                Some(_) => {
                    let before = self.at;
                    list.push(self.value());
                    // A bracket that closes nothing would never be passed.
                    self.at = self.at.max(before + usize::from(self.at == before));
                }
            }
        }
    }

    /// Returns the value of an expression: the one behind its last `||` or `??`, else `null`.
    fn expression(&mut self) -> Value {
        let fallback = self.pass();
        let Some(at) = fallback.filter(|_| self.depth < MAX_DEPTH) else {
            return Value::Null;
        };
        let mut rest = Reader::new(&self.text[at..self.at], self.names);
        rest.depth = self.depth + 1;
        rest.value()
    }

    /// Skips to the comma, closing bracket or semicolon that belongs to the surrounding value, or
    /// to the end of the statement. Returns the start of the last alternative.
    fn pass(&mut self) -> Option<usize> {
        let mut open = 0_usize;
        let mut previous = '(';
        let mut alternative = None;
        while let Some(c) = self.peek() {
            match c {
                ',' | ';' | '}' | ']' | ')' if open == 0 => break,
                '\n' if open == 0 && self.depth == 0 && !self.goes_on() => break,
                '}' | ']' | ')' => open -= 1,
                '{' | '[' | '(' => open += 1,
                '"' | '\'' | '`' => {
                    self.quoted();
                    previous = c;
                    continue;
                }
                '/' if self.comment() => continue,
                '/' if "(,=:[!&|?{};>".contains(previous) => {
                    self.pattern();
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

    /// Returns whether the expression goes on in the next line.
    fn goes_on(&self) -> bool {
        let next = self.rest().trim_start().chars().next();
        next.is_some_and(|c| ".|?&+:=".contains(c))
    }

    /// Returns whether a type annotation of TypeScript follows the value before.
    fn is_annotated(&self) -> bool {
        ["as ", "satisfies "]
            .iter()
            .any(|word| self.rest().starts_with(word))
    }

    /// Reads a string; `None` for one that holds an expression.
    fn string(&mut self) -> Option<String> {
        let start = self.at + 1;
        self.quoted();
        let text = self.text.get(start..self.at.checked_sub(1)?)?;
        if self.text[start - 1..].starts_with('`') {
            return self.filled(text);
        }
        Some(unescaped(text))
    }

    /// Returns the text of a template literal, if the names in it have scalar values.
    fn filled(&self, template: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, tail) = after.split_once('}')?;
            let mut members = name.trim().split('.');
            let first = self.names.get(members.next()?)?;
            let value = members.try_fold(first, |value, member| value.get(member))?;
            filled.push_str(&unescaped(before));
            filled.push_str(&scalar(value)?);
            rest = tail;
        }
        filled.push_str(&unescaped(rest));
        Some(filled)
    }

    /// Skips a string with its quotes.
    fn quoted(&mut self) {
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
    fn pattern(&mut self) {
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
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            if !self.comment() {
                return;
            }
        }
    }

    /// Skips a comment, if one begins here.
    fn comment(&mut self) -> bool {
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
    fn word(&mut self) -> Option<&'a str> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$'))
            .unwrap_or(rest.len());
        self.at += end;
        (end > 0).then(|| &rest[..end])
    }

    /// Returns whether a value that ended at `end` is whole, judged by what follows the blanks
    /// behind it.
    fn ends(&self, end: usize) -> bool {
        match self.peek() {
            None | Some(',' | '}' | ']' | ')' | ';') => true,
            // A statement may end with its line.
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

/// Returns a string with its escapes replaced; a line that ends in a backslash goes on.
fn unescaped(text: &str) -> String {
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
