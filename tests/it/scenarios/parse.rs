//! Reads a table: rows of steps, each step a line with an indented block below it.

/// One scenario.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) name: String,
    /// The scenario in words.
    pub(super) about: String,
    /// Why the row is not run with `watch`.
    pub(super) no_watch: Option<String>,
    /// Titles that readers may see twice in the end.
    pub(super) twice: Vec<String>,
    /// Why the run after the last step may send something.
    pub(super) unfinished: Option<String>,
    pub(super) steps: Vec<Step>,
    /// Whether its first empty line has been read.
    begun: bool,
}

/// One line of a row with the lines below it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// The number of its line in the file.
    pub(super) line: usize,
    /// Its words; quotation marks keep a word with spaces together.
    pub(super) words: Vec<String>,
    /// The indented lines below it, without their indentation.
    pub(super) block: Vec<String>,
}

impl Row {
    /// Returns whether a step of it is a `build` that `watch` can replace.
    pub(super) fn has_build(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.words == ["build"] || step.words[0] == "kill")
    }
}

impl Step {
    /// Returns the line as it was written, but for its quotation marks.
    pub(super) fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// Returns the rows of a table. `#` begins a comment, `=== NAME` a row.
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

/// Adds one line to a row. What comes before its first empty line is not a step.
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

/// Takes a line of the form `KEY: VALUE` before the steps. Returns whether it was one.
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

/// Returns the words of a line, or `None` where a quotation mark is not closed.
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
