//! Parses YAML of front matter and of generators' config files into JSON values. Dates stay strings,
//! because the meaning of a date without a time zone depends on the site. Deviations from YAML that
//! generators accept are accepted here as well.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;
use syndicate_api::{Diagnostic, FileSpan, yaml_hint};

use super::plain_yaml;
use crate::value::invalid;

/// Deviations from YAML that a generator accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct YamlRules {
    /// A tab at the start of a line counts as two spaces, as in Hexo.
    pub(crate) expands_tabs: bool,
    /// The last value of a duplicate key wins, as in Ruby.
    pub(crate) last_key_wins: bool,
}

/// The maximum number of values in a document. It also bounds the cost of an alias bomb to milliseconds.
const MAX_NODES: usize = 10_000;

/// The maximum number of lines of quoted strings with less indentation than YAML requires. Each costs
/// another parse.
const MAX_OUTDENTED: usize = 100;

/// The parser's error message for such a line.
const OUTDENTED: &str = "invalid indentation in multiline quoted scalar";

/// Parses a YAML document whose first line is line `first_line` of its file.
///
/// # Errors
/// Returns a diagnostic with the position of the error in the file.
pub(crate) fn yaml(source: &str, first_line: usize, rules: YamlRules) -> Result<Value, Diagnostic> {
    if let Some(value) = plain_yaml::read(source) {
        return Ok(value);
    }
    let mut prepared = PreparedSource::new(source, rules.expands_tabs);
    loop {
        let error = match parse(&prepared.text, rules) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        if !prepared.indent_after(&error) {
            return Err(diagnostic(
                &error,
                first_line,
                source,
                &prepared,
                rules.expands_tabs,
            ));
        }
    }
}

/// Parses a document with the complete parser.
fn parse(text: &str, rules: YamlRules) -> Result<Value, serde_saphyr::Error> {
    use serde_saphyr::DuplicateKeyPolicy;

    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MAX_NODES,
            max_events: 4 * MAX_NODES,
            max_depth: 32,
            max_documents: 1,
        },
        duplicate_keys: if rules.last_key_wins {
            DuplicateKeyPolicy::LastWins
        } else {
            DuplicateKeyPolicy::Error
        },
        // As in YAML 1.2: `no` is the language code of Norwegian, not a boolean.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// A YAML source as it is passed to the parser.
struct PreparedSource<'s> {
    text: Cow<'s, str>,
    /// Lines that were indented, counted from 1.
    indented: BTreeSet<usize>,
}

impl<'s> PreparedSource<'s> {
    /// The indentation that is added to a line: wider than any key's. In a quoted string it folds to one
    /// space.
    const INDENT: &'static str = "                                                                ";

    fn new(source: &'s str, expands_tabs: bool) -> Self {
        let has_tabs = expands_tabs && source.contains('\t');
        Self {
            text: if has_tabs {
                Cow::Owned(expand_tabs(source))
            } else {
                Cow::Borrowed(source)
            },
            indented: BTreeSet::new(),
        }
    }

    /// Indents the line of a quoted string that `error` reports as not indented enough. YAML requires more
    /// indentation than the key has; libyaml, js-yaml and Go's parsers do not, and so neither do Jekyll,
    /// Hugo, Eleventy and Astro. Returns `false` if `error` has another cause.
    fn indent_after(&mut self, error: &serde_saphyr::Error) -> bool {
        let is_outdented = error.without_snippet().to_string().contains(OUTDENTED);
        let line = error.location().map(|place| place.line());
        let line = line.and_then(|line| usize::try_from(line).ok());
        let Some(line) = line.filter(|line| is_outdented && *line > 0) else {
            return false;
        };
        if self.indented.len() == MAX_OUTDENTED || !self.indented.insert(line) {
            return false;
        }
        let mut lines = self.text.split_inclusive('\n');
        let start: usize = lines.by_ref().take(line - 1).map(str::len).sum();
        self.text.to_mut().insert_str(start, Self::INDENT);
        true
    }

    /// Returns the number of columns that were added to a line.
    fn added(&self, line: usize) -> usize {
        if self.indented.contains(&line) {
            Self::INDENT.len()
        } else {
            0
        }
    }
}

/// Replaces each tab at the start of a line by two spaces.
fn expand_tabs(source: &str) -> String {
    let mut spaced = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let rest = line.trim_start_matches('\t');
        spaced.extend(std::iter::repeat_n("  ", line.len() - rest.len()));
        spaced.push_str(rest);
    }
    spaced
}

/// Converts a parser error into a diagnostic with its position in the file and a hint.
fn diagnostic(
    error: &serde_saphyr::Error,
    first_line: usize,
    source: &str,
    prepared: &PreparedSource<'_>,
    expands_tabs: bool,
) -> Diagnostic {
    let (message, remedy) = explain(error.without_snippet());
    let mut diagnostic = invalid(format!("YAML: {message}")).at(FileSpan::of_line(first_line));
    let number = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    let place = error
        .location()
        .map(|place| (number(place.line()), number(place.column())));
    let mut remedy = remedy.to_owned();
    if let Some((line, column)) = place.filter(|(line, _)| *line > 0) {
        let text = source.lines().nth(line - 1).unwrap_or_default();
        let indent = text.len() - text.trim_start_matches('\t').len();
        let added = if expands_tabs { indent } else { 0 } + prepared.added(line);
        let column = column.saturating_sub(added);
        diagnostic = diagnostic.at(FileSpan::at(first_line - 1 + line, column.max(1)));
        if !expands_tabs && text.trim_start_matches(' ').starts_with('\t') {
            remedy = "indent with spaces: YAML does not allow tabs".to_owned();
        }
    }
    diagnostic.with_hint(remedy)
}

/// Returns a message and a hint for a parser error. Messages that only a programmer understands are
/// replaced.
fn explain(error: &serde_saphyr::Error) -> (String, &'static str) {
    use serde_saphyr::Error;
    use serde_saphyr::budget::BudgetBreach;

    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let message = match key {
                Some(key) => format!("duplicate key `{key}`"),
                None => "duplicate key".to_owned(),
            };
            return (message, "keep one of them");
        }
        Error::AliasError { error, .. } => return explain(error),
        Error::Budget {
            breach: BudgetBreach::Documents { .. },
            ..
        } => {
            let message = "expected one document, found several".to_owned();
            return (
                message,
                "remove the line `...` or `---` inside the front matter",
            );
        }
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => {
            let message = format!("more than {MAX_NODES} values, or nested too deeply");
            return (message, "write values out instead of using aliases");
        }
        _ => {}
    }
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let line = line.rfind(" at line ").map_or(line, |place| &line[..place]);
    let mut chars = line.trim_end_matches('.').chars();
    let message: String = chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default();
    let wants_quotes = ["unexpected character", "anchor", "policy"]
        .iter()
        .any(|part| message.contains(part));
    let remedy = match wants_quotes {
        true => "put the value in quotes",
        false => yaml_hint(&message),
    };
    (message, remedy)
}

#[cfg(test)]
mod agreement;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{YamlRules, yaml};

    fn read(source: &str) -> Value {
        yaml(source, 2, YamlRules::default()).unwrap()
    }

    /// Expected values are those of Ruby's Psych, js-yaml and Hugo.
    #[test]
    fn quoted_text_continues_in_any_column() {
        for (source, expected) in [
            ("t: \"a\nb c\"\nd: 1", json!({"t": "a b c", "d": 1})),
            ("t: 'a\nb: c'\nd: 1", json!({"t": "a b: c", "d": 1})),
            ("t: \"a\n\nb\n- c\n# d\"\n", json!({"t": "a\nb - c # d"})),
            (
                "a:\n  t: \"a\n b\"\n  d: 1",
                json!({"a": {"t": "a b", "d": 1}}),
            ),
            ("l:\n- \"a\nb\"\n- c", json!({"l": ["a b", "c"]})),
            ("t: \"a\\\nb\"\n", json!({"t": "ab"})),
            (
                "l: [a,\nb]\nm: {\nc: d\n}\n",
                json!({"l": ["a", "b"], "m": {"c": "d"}}),
            ),
        ] {
            assert_eq!(read(source), expected, "{source:?}");
        }
    }

    #[test]
    fn error_position_after_outdented_text() {
        for (source, line, column) in [
            ("t: \"a\nb\"\nd: x: y\n", 4, 5),
            ("t: \"a\nb\" c\nd: 1\n", 3, 4),
            ("t: \"a\nb\n", 2, 4),
        ] {
            let fault = yaml(source, 2, YamlRules::default()).unwrap_err();
            assert_eq!(
                (fault.line(), fault.column()),
                (Some(line), Some(column)),
                "{fault}"
            );
        }
    }

    #[test]
    fn yaml_duplicate_key_last_wins() {
        let ruby = YamlRules {
            last_key_wins: true,
            ..YamlRules::default()
        };
        let source = "t: a\nt: b\nm: {n: 1, n: 2}\n1: x\n1: y\n";
        assert_eq!(
            yaml(source, 1, ruby).unwrap(),
            json!({"t": "b", "m": {"n": 2}, "1": "y"})
        );
        let fault = yaml(source, 1, YamlRules::default()).unwrap_err();
        assert_eq!(fault.message, "YAML: duplicate key `t`");
    }

    #[test]
    fn yaml_second_document_is_reported() {
        let fault = yaml("t: a\n...\nd: b\n", 2, YamlRules::default()).unwrap_err();
        assert_eq!(fault.message, "YAML: expected one document, found several");
    }
}
