//! YAML of front matter and of generators' config files. Dates stay strings, because the meaning of a
//! date without a time zone depends on the site. Where generators accept more than YAML allows, so does
//! this.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;
use syndicate_api::{Diagnostic, FileSpan};

use crate::value::invalid;

/// What a generator accepts besides YAML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct YamlRules {
    /// Tabs at the start of a line count as two spaces each, as Hexo reads them.
    pub(crate) tabs: bool,
    /// Of a key that is written twice the last value counts, as Ruby reads it.
    pub(crate) last_key_wins: bool,
}

/// The number of values above which a text is refused; the limit is also what makes an alias bomb cost
/// milliseconds.
const MAX_NODES: usize = 10_000;

/// How many lines of quoted strings may begin to the left of where YAML wants them; each costs a parse.
const MAX_OUTDENTED: usize = 100;

/// What the parser says of such a line.
const OUTDENTED: &str = "invalid indentation in multiline quoted scalar";

/// Parses a YAML document whose first line is line `first_line` of its file.
///
/// # Errors
/// Returns what is wrong with the document, with its place in the file.
pub(crate) fn yaml(source: &str, first_line: usize, rules: YamlRules) -> Result<Value, Diagnostic> {
    let mut prepared = Prepared::new(source, rules.tabs);
    loop {
        let error = match parse(&prepared.text, rules) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        if !prepared.indent_after(&error) {
            return Err(diagnostic(
                &error, first_line, source, &prepared, rules.tabs,
            ));
        }
    }
}

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
        // YAML 1.2: `no` is a language, not a refusal.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// A source as the parser gets it.
struct Prepared<'s> {
    text: Cow<'s, str>,
    /// The lines that were indented, counted from 1.
    indented: BTreeSet<usize>,
}

impl<'s> Prepared<'s> {
    /// How far a line is indented: farther than any key. Within quotes it counts as one blank.
    const INDENT: &'static str = "                                                                ";

    fn new(source: &'s str, tabs: bool) -> Self {
        let has_tabs = tabs && source.contains('\t');
        Self {
            text: if has_tabs {
                Cow::Owned(space_tabs(source))
            } else {
                Cow::Borrowed(source)
            },
            indented: BTreeSet::new(),
        }
    }

    /// Indents the line of a quoted string that begins too far to the left. YAML wants it farther to the
    /// right than its key; libyaml, js-yaml and Go's parsers do not, nor do Jekyll, Hugo, Eleventy and
    /// Astro. Returns `false` if that is not what is wrong.
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

    /// How many columns were added to a line.
    fn added(&self, line: usize) -> usize {
        if self.indented.contains(&line) {
            Self::INDENT.len()
        } else {
            0
        }
    }
}

/// Replaces each tab at the start of a line by two spaces.
fn space_tabs(source: &str) -> String {
    let mut spaced = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let rest = line.trim_start_matches('\t');
        spaced.extend(std::iter::repeat_n("  ", line.len() - rest.len()));
        spaced.push_str(rest);
    }
    spaced
}

/// Says what is wrong with the YAML `source`, where in its file, and what to do about it.
fn diagnostic(
    error: &serde_saphyr::Error,
    first_line: usize,
    source: &str,
    prepared: &Prepared<'_>,
    tabs: bool,
) -> Diagnostic {
    let (message, remedy) = explain(error.without_snippet());
    let mut diagnostic = invalid(format!("YAML: {message}")).at(FileSpan::of_line(first_line));
    let number = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    let place = error
        .location()
        .map(|place| (number(place.line()), number(place.column())));
    let mut remedy = remedy.map(str::to_owned);
    if let Some((line, column)) = place.filter(|(line, _)| *line > 0) {
        let text = source.lines().nth(line - 1).unwrap_or_default();
        let indent = text.len() - text.trim_start_matches('\t').len();
        let added = if tabs { indent } else { 0 } + prepared.added(line);
        let column = column.saturating_sub(added);
        diagnostic = diagnostic.at(FileSpan::at(first_line - 1 + line, column.max(1)));
        if !tabs && text.trim_start_matches(' ').starts_with('\t') {
            remedy = Some("indent by spaces: YAML takes no tabs".to_owned());
        }
    }
    diagnostic.with_optional_hint(remedy)
}

/// The parser's sentence, or ours where its own speaks to programmers, and the remedy.
fn explain(error: &serde_saphyr::Error) -> (String, Option<&'static str>) {
    use serde_saphyr::Error;
    use serde_saphyr::budget::BudgetBreach;

    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let message = match key {
                Some(key) => format!("the key `{key}` stands twice"),
                None => "a key stands twice".to_owned(),
            };
            return (message, Some("keep one of them"));
        }
        Error::AliasError { error, .. } => return explain(error),
        Error::Budget {
            breach: BudgetBreach::Documents { .. },
            ..
        } => {
            let message = "it has more than one document".to_owned();
            return (message, Some("take out the line `...` or `---` inside"));
        }
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => {
            let message = format!("it has more than {MAX_NODES} values, or is nested too deeply");
            return (message, Some("write values out instead of using aliases"));
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
    let wants_quotes = ["mapping values", "unexpected character", "anchor", "policy"]
        .iter()
        .any(|part| message.contains(part));
    let remedy = wants_quotes.then_some("put the value between quotes");
    (message, remedy)
}

#[cfg(test)]
mod tests {
    use super::{YamlRules, yaml};
    use serde_json::{Value, json};

    fn read(source: &str) -> Value {
        yaml(source, 2, YamlRules::default()).unwrap()
    }

    /// The values are those of Ruby's Psych, js-yaml and Hugo.
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
    fn faults_behind_such_text_name_their_place() {
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
    fn last_key_wins_where_ruby_reads() {
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
        assert_eq!(fault.message, "YAML: the key `t` stands twice");
    }

    #[test]
    fn second_document_is_called_so() {
        let fault = yaml("t: a\n...\nd: b\n", 2, YamlRules::default()).unwrap_err();
        assert_eq!(fault.message, "YAML: it has more than one document");
    }
}
