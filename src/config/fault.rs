//! Faults of pipeline.yaml, shown as a compiler shows them: the line itself, what is wrong with it
//! and what to do. All of a file's faults are reported at once.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::tree::Place;

/// One fault of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// Where, if it is about a place and not about the file as a whole.
    pub place: Option<Place>,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl ConfigFault {
    /// A fault at `place`.
    #[must_use]
    pub fn at(place: Place, message: impl Into<String>) -> Self {
        Self {
            place: Some(place),
            message: message.into(),
            hint: None,
        }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Every fault of one file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigFaults {
    /// The file, as the user named it.
    pub file: String,
    /// The file's text, of which the lines are shown.
    pub text: String,
    /// The faults, in the order of the file.
    pub faults: Vec<ConfigFault>,
}

impl ConfigFaults {
    /// One fault of a file as a whole.
    #[must_use]
    pub fn whole(file: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let fault = ConfigFault {
            place: None,
            message: message.into(),
            hint: Some(hint.into()),
        };
        Self {
            file: file.to_owned(),
            text: String::new(),
            faults: vec![fault],
        }
    }
}

impl fmt::Display for ConfigFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            self.show(fault, f)?;
        }
        Ok(())
    }
}

impl ConfigFaults {
    fn show(&self, fault: &ConfigFault, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(place) = fault.place.filter(|place| place.line > 0) else {
            write!(f, "error: {}: {}", self.file, fault.message)?;
            return match &fault.hint {
                Some(hint) => writeln!(f, "\nhint: {hint}"),
                None => writeln!(f),
            };
        };
        let span = self.byte_span(place);
        let snippet = Snippet::source(self.text.as_str())
            .path(self.file.as_str())
            .annotation(AnnotationKind::Primary.span(span));
        let mut group = Level::ERROR
            .primary_title(fault.message.as_str())
            .element(snippet);
        if let Some(hint) = &fault.hint {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        writeln!(f, "{}", Renderer::plain().render(&[group]))
    }

    /// The bytes of `place` in the text, within its line.
    fn byte_span(&self, place: Place) -> std::ops::Range<usize> {
        let line_start: usize = self
            .text
            .split_inclusive('\n')
            .take(place.line - 1)
            .map(str::len)
            .sum();
        let line = self
            .text
            .get(line_start..)
            .unwrap_or_default()
            .lines()
            .next()
            .unwrap_or("");
        let offset = |characters: usize| {
            line.char_indices()
                .nth(characters)
                .map_or(line.len(), |(offset, _)| offset)
        };
        let start = offset(place.column.saturating_sub(1));
        let end = offset(place.column.saturating_sub(1) + place.length).max(start);
        line_start + start..line_start + end
    }
}
