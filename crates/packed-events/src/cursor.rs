//! Reads the fields of a line one by one.

use memchr::memchr2;

/// Maximum depth of a nested value, far below the limit of the general parser.
const MAX_DEPTH: usize = 16;

/// The part of a line that is not read yet. Each function returns `None` if the line has another form.
#[derive(Debug)]
pub struct Cursor<'l> {
    rest: &'l str,
}

impl<'l> Cursor<'l> {
    /// Starts to read `rest`.
    #[must_use]
    pub fn new(rest: &'l str) -> Self {
        Self { rest }
    }

    /// Returns what is not read yet.
    #[must_use]
    pub fn rest(&self) -> &'l str {
        self.rest
    }

    /// Skips `text`, which must follow.
    pub fn skip(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Skips `text` if it follows.
    pub fn has(&mut self, text: &str) -> bool {
        self.skip(text).is_some()
    }

    /// Returns the string whose opening quotation mark was skipped.
    pub fn text(&mut self) -> Option<&'l str> {
        let end = memchr2(b'"', b'\\', self.rest.as_bytes())?;
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest.strip_prefix('"')?;
        Some(text)
    }

    /// Returns the string after `name`, which ends with its opening quotation mark.
    pub fn required_text(&mut self, name: &str) -> Option<&'l str> {
        self.skip(name)?;
        self.text()
    }

    /// Returns the string after `name`, if there is one.
    pub fn optional_text(&mut self, name: &str) -> Option<Option<&'l str>> {
        match self.has(name) {
            true => self.text().map(Some),
            false => Some(None),
        }
    }

    /// Returns the value of the field `name`, if there is one.
    pub fn optional_value(&mut self, name: &str) -> Option<Option<&'l str>> {
        if !self.has(name) {
            return Some(None);
        }
        let (value, rest) = self.rest.split_at(self.value_end()?);
        self.rest = rest;
        Some(Some(value))
    }

    /// Returns the length of the value that follows.
    fn value_end(&self) -> Option<usize> {
        let bytes = self.rest.as_bytes();
        let mut depth = 0_usize;
        let mut at = 0;
        loop {
            let byte = match bytes.get(at) {
                // The fields of a line are read without its closing brace.
                None if depth == 0 && at > 0 => return Some(at),
                byte => byte?,
            };
            match byte {
                b'"' => {
                    at += 1;
                    loop {
                        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
                        match bytes[at] {
                            b'"' => break,
                            _ => at += 2,
                        }
                    }
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                b'{' | b'[' if depth < MAX_DEPTH => depth += 1,
                b'{' | b'[' => return None,
                b'}' | b']' if depth == 0 => return Some(at),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' if depth == 0 => return Some(at),
                _ => {}
            }
            at += 1;
        }
    }
}
