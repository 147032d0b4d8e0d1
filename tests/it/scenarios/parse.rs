//! Parses a table into rows of steps. A step is a line with an indented block below it.

/// One scenario.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) name: String,
    /// A description of the scenario.
    pub(super) about: String,
    /// The reason for not running the row with `watch`.
    pub(super) no_watch: Option<String>,
    /// Titles that readers may see twice at the end.
    pub(super) twice: Vec<String>,
    /// The reason why the run after the last step may send something.
    pub(super) unfinished: Option<String>,
    pub(super) steps: Vec<Step>,
    /// `true` after the first empty line of the row.
    begun: bool,
}

/// A line of a row with the indented lines below it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The line number in the file.
    pub(super) line: usize,
    /// The words of the line; quotation marks enclose a word with spaces.
    pub(super) words: Vec<String>,
    /// The lines below it, without indentation.
    pub(super) block: Vec<String>,
}

impl Row {
    /// Returns `true` if a step of the row is a `build` that `watch` can replace.
    pub(super) fn has_build(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.words == ["build"] || step.words[0] == "kill")
    }
}

impl Step {
    /// Returns the line without quotation marks.
    pub(super) fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// Returns the rows of a table. `#` starts a comment, and `=== NAME` a row.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix("=== ") {
            rows.push(Row {
                name: name.trim().to_owned(),
                ..Row::default()
            });
        } else if let Some(row) = rows.last_mut() {
            take(row, line, index + 1);
        } else {
            assert!(
                line.is_empty() || line.starts_with('#'),
                "line {}: a row begins with `=== NAME`",
                index + 1
            );
        }
    }
    rows
}

/// Adds one line to a row. Lines before the first empty line are not steps.
fn take(row: &mut Row, line: &str, number: usize) {
    if row.steps.is_empty() && !row.begun {
        row.begun = line.is_empty();
        if !header(row, line) {
            row.about.push_str(line);
        }
        return;
    }
    let last = row.steps.last_mut();
    match (line.strip_prefix("  "), last) {
        (Some(inner), Some(step)) => step.block.push(inner.to_owned()),
        (None, Some(step)) if line.is_empty() => step.block.push(String::new()),
        _ if line.is_empty() || line.starts_with('#') => {}
        _ => {
            let words = words(line);
            row.steps.push(Step {
                line: number,
                words: words.unwrap_or_else(|| panic!("line {number}: a quotation mark is open")),
                block: Vec::new(),
            });
        }
    }
}

/// Parses a line of the form `KEY: VALUE` before the steps. Returns `true` if the line has this form.
fn header(row: &mut Row, line: &str) -> bool {
    let Some((key, value)) = line.split_once(": ") else {
        return false;
    };
    let value = value.trim().to_owned();
    match key {
        "no watch" => row.no_watch = Some(value),
        "twice" => row.twice.push(value),
        "unfinished" => row.unfinished = Some(value),
        _ => return false,
    }
    true
}

/// Returns the words of a line, or `None` if a quotation mark is not closed.
pub(super) fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    Some(words)
}

#[test]
fn table_rows_have_steps_and_blocks() {
    let rows = rows(
        "# A comment.\n\n=== first\nIt does this.\nno watch: it is short\ntwice: A title\n\n\
         post a.md\n  title: A\n\n  text: b\nbuild --only \"a b.md\"\n  sends a.md\n\n\
         === second\nbuild\n",
    );
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].about, "It does this.");
    assert_eq!(rows[0].no_watch.as_deref(), Some("it is short"));
    assert_eq!(rows[0].twice, ["A title"]);
    assert_eq!(rows[0].steps[0].block, ["title: A", "", "text: b"]);
    assert_eq!(rows[0].steps[1].words, ["build", "--only", "a b.md"]);
    assert_eq!(rows[0].steps[1].line, 12);
    assert_eq!(rows[1].name, "second");
    assert_eq!(words("a \"b"), None);
}
