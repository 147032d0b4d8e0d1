//! Reads the assignments of a Python file.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use thiserror::Error;

use super::reader::{Reader, concatenate};

/// An assigned value that only running the program could determine.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: the value of `{name}` is not a literal")]
pub struct NotLiteral {
    /// The name that is assigned to.
    pub name: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// The values that one or more files assign.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignments {
    values: Map<String, Value>,
}

impl Assignments {
    /// Returns the known values by name.
    #[must_use]
    pub fn values(&self) -> &Map<String, Value> {
        &self.values
    }

    /// Returns the known values by name.
    #[must_use]
    pub fn into_values(self) -> Map<String, Value> {
        self.values
    }

    /// Reads `text` in addition to earlier files, as after an `import *`. Returns the names whose last
    /// assignment is not a literal, sorted. A name that is assigned under a condition keeps its
    /// earlier value and is returned as well.
    pub fn read(&mut self, text: &str) -> Vec<NotLiteral> {
        let mut not_literal = BTreeMap::new();
        let mut start = 0;
        while start < text.len() {
            let end = text[start..]
                .find('\n')
                .map_or(text.len(), |at| start + at + 1);
            let next = self.read_statement(text, start, &mut not_literal);
            start = next.unwrap_or(end).max(end);
        }
        not_literal
            .into_iter()
            .map(|(name, line)| NotLiteral { name, line })
            .collect()
    }

    /// Reads the statement at `start`. Returns the start of the line after it.
    fn read_statement(
        &mut self,
        text: &str,
        start: usize,
        not_literal: &mut BTreeMap<String, usize>,
    ) -> Option<usize> {
        let line = &text[start..];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let mut reader = Reader::new(text, start + indent, &self.values);
        if line[indent..].starts_with(['"', '\'']) {
            // A string alone is a comment. It can contain lines that look like assignments.
            reader.read_expression()?;
            return reader.end_of_line();
        }
        let name = reader.read_name()?.to_owned();
        let adds = reader.read_assignment_operator()?;
        let value = reader.read_expression().filter(|_| reader.is_at_end());
        let value = match value {
            // An assignment under a condition is not always executed.
            Some(_) if indent > 0 => None,
            Some(value) if adds => self
                .values
                .get(&name)
                .and_then(|old| concatenate(old, &value)),
            value => value,
        };
        let next = reader.end_of_line();
        match value {
            Some(value) => {
                not_literal.remove(&name);
                self.values.insert(name, value);
            }
            None => {
                let line = 1 + text[..start].matches('\n').count();
                if indent == 0 {
                    self.values.remove(&name);
                }
                not_literal.insert(name, line);
                return None;
            }
        }
        next
    }
}
