//! Reads one Python expression.

use serde_json::{Map, Value};

use crate::scalar::scalar;

/// The deepest nesting of brackets that is read; deeper ones would exhaust the stack.
const MAX_DEPTH: usize = 32;

/// A position in a Python file.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The number of open brackets; inside them a line end is white space.
    depth: usize,
    names: &'a Map<String, Value>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, at: usize, names: &'a Map<String, Value>) -> Self {
        Self {
            text,
            at,
            depth: 0,
            names,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let ends: &[char] = if self.depth > 0 {
                &[' ', '\t', '\r', '\n']
            } else {
                &[' ', '\t']
            };
            let trimmed = rest.trim_start_matches(ends);
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with('#') {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
                if self.depth == 0 {
                    return;
                }
            } else if trimmed.starts_with("\\\n") {
                self.at += 2;
            } else {
                return;
            }
        }
    }

    /// Consumes `mark` if it comes next.
    fn consume(&mut self, mark: &str) -> bool {
        self.skip_blanks();
        let there = self.rest().starts_with(mark);
        if there {
            self.at += mark.len();
        }
        there
    }

    pub(super) fn read_name(&mut self) -> Option<&'a str> {
        self.skip_blanks();
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let word = &rest[..end];
        let is_name = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        self.at += if is_name { end } else { 0 };
        is_name.then_some(word)
    }

    /// Consumes `=` (returns `false`) or `+=` (returns `true`), after an optional type annotation.
    pub(super) fn read_assignment_operator(&mut self) -> Option<bool> {
        if self.consume(":") {
            let line = self.rest().lines().next()?;
            self.at += line.find('=')?;
        }
        if self.consume("+=") {
            return Some(true);
        }
        (!self.consume("==") && self.consume("=")).then_some(false)
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.skip_blanks();
        self.rest().is_empty() || self.rest().starts_with(['\n', '\r', ';'])
    }

    pub(super) fn end_of_line(&self) -> Option<usize> {
        Some(
            self.rest()
                .find('\n')
                .map_or(self.text.len(), |end| self.at + end + 1),
        )
    }

    pub(super) fn read_expression(&mut self) -> Option<Value> {
        let mut value = self.read_operand()?;
        while self.consume("+") {
            value = concatenate(&value, &self.read_operand()?)?;
        }
        Some(value)
    }

    fn read_operand(&mut self) -> Option<Value> {
        self.skip_blanks();
        if self.depth > MAX_DEPTH {
            return None;
        }
        match self.rest().chars().next()? {
            '[' => Some(Value::Array(self.read_members("[", "]")?)),
            '(' => {
                let before = self.at;
                let mut members = self.read_members("(", ")")?;
                let is_tuple = members.len() != 1 || self.text[before..self.at].contains(",)");
                Some(match members.pop() {
                    Some(only) if !is_tuple => only,
                    last => Value::Array(members.into_iter().chain(last).collect()),
                })
            }
            '{' => self.read_dictionary(),
            '-' | '0'..='9' => self.read_number(),
            _ => self.read_string().or_else(|| self.resolve_name()),
        }
    }

    fn read_members(&mut self, open: &str, close: &str) -> Option<Vec<Value>> {
        self.consume(open);
        self.depth += 1;
        let mut members = Vec::new();
        while !self.consume(close) {
            members.push(self.read_expression()?);
            if !self.consume(",") && !self.is_next(close) {
                return None;
            }
        }
        self.depth -= 1;
        Some(members)
    }

    fn is_next(&mut self, mark: &str) -> bool {
        self.skip_blanks();
        self.rest().starts_with(mark)
    }

    fn read_dictionary(&mut self) -> Option<Value> {
        self.consume("{");
        self.depth += 1;
        let mut map = Map::new();
        while !self.consume("}") {
            let key = self.read_expression()?;
            if !self.consume(":") {
                return None;
            }
            let value = self.read_expression()?;
            map.insert(scalar(&key)?, value);
            if !self.consume(",") && !self.is_next("}") {
                return None;
            }
        }
        self.depth -= 1;
        Some(Value::Object(map))
    }

    fn read_number(&mut self) -> Option<Value> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '.' | '_'))
            .unwrap_or(rest.len());
        self.at += end;
        let digits = rest[..end].replace('_', "");
        let whole = digits.parse::<i64>().map(Value::from);
        whole
            .or_else(|_| digits.parse::<f64>().map(Value::from))
            .ok()
    }

    /// Reads a string, or several adjacent strings, which Python joins.
    fn read_string(&mut self) -> Option<Value> {
        let mut text = self.read_string_literal()?;
        loop {
            let before = self.at;
            self.skip_blanks();
            match self.read_string_literal() {
                Some(more) => text.push_str(&more),
                None => {
                    self.at = before;
                    return Some(Value::String(text));
                }
            }
        }
    }

    fn read_string_literal(&mut self) -> Option<String> {
        let rest = self.rest();
        let prefix = rest.find(['"', '\'']).filter(|at| *at <= 2)?;
        let flags = rest[..prefix].to_ascii_lowercase();
        if !flags.chars().all(|flag| "rbuf".contains(flag)) {
            return None;
        }
        let body = &rest[prefix..];
        let mark = body
            .get(..3)
            .filter(|three| matches!(*three, "\"\"\"" | "'''"));
        let mark = mark.unwrap_or(&body[..1]);
        let (content, length) = split_at_closing(&body[mark.len()..], mark, mark.len() == 3)?;
        let text = if flags.contains('r') {
            content.to_owned()
        } else {
            unescape(content)
        };
        let text = if flags.contains('f') {
            self.interpolate(&text)?
        } else {
            text
        };
        self.at += prefix + mark.len() + length;
        Some(text)
    }

    /// Returns the text of an f-string if it contains only names between braces.
    fn interpolate(&self, text: &str) -> Option<String> {
        let mut formatted = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            formatted.push_str(before);
            let (name, tail) = after.split_once('}')?;
            formatted.push_str(self.names.get(name.trim())?.as_str()?);
            rest = tail;
        }
        formatted.push_str(rest);
        Some(formatted)
    }

    /// Reads a constant, a name assigned before, or a call of `os.path.join`.
    fn resolve_name(&mut self) -> Option<Value> {
        let mut name = self.read_name()?.to_owned();
        while self.rest().starts_with('.') {
            self.at += 1;
            name = format!("{name}.{}", self.read_name()?);
        }
        if self.rest().starts_with('(') {
            let arguments = self.read_members("(", ")")?;
            let parts: Option<Vec<&str>> = arguments.iter().map(Value::as_str).collect();
            let joins = name.ends_with("path.join") || name == "join" || name.ends_with("Path");
            return joins.then(|| Some(Value::String(parts?.join("/"))))?;
        }
        match name.as_str() {
            "True" => Some(Value::Bool(true)),
            "False" => Some(Value::Bool(false)),
            "None" => Some(Value::Null),
            "os.curdir" => Some(Value::String(".".to_owned())),
            name => self.names.get(name).cloned(),
        }
    }
}

/// Returns the content before the closing `mark` and the length including it. A string that is not
/// `long` ends with its line.
fn split_at_closing<'a>(body: &'a str, mark: &str, long: bool) -> Option<(&'a str, usize)> {
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if body[at..].starts_with(mark) {
            return Some((&body[..at], at + mark.len()));
        } else if c == '\n' && !long {
            return None;
        }
    }
    None
}

fn unescape(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut chars = content.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('\n') | None => {}
            Some(mark @ ('\\' | '\'' | '"')) => text.push(mark),
            Some(other) => text.extend(['\\', other]),
        }
    }
    text
}

/// Concatenates two texts or two lists.
pub(super) fn concatenate(one: &Value, other: &Value) -> Option<Value> {
    Some(match (one, other) {
        (Value::String(one), Value::String(other)) => Value::String(format!("{one}{other}")),
        (Value::Array(one), Value::Array(other)) => one.iter().chain(other).cloned().collect(),
        _ => return None,
    })
}
