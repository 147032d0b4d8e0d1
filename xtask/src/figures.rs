//! Measures each crate: lines of source and of tests, public items, and lengths of files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::report::print_line;
use crate::workspace::packages;

/// Prints a row for each crate and a row for their sum. Always returns `true`, because the figures
/// have no bounds.
///
/// # Errors
/// Fails if a source file cannot be read.
pub(crate) fn print() -> Result<bool> {
    print_line(
        "crate                          source   tests  ratio  files  median  longest  public",
    );
    let mut all = Figures::default();
    for package in packages()? {
        let figures = Figures::of(&package.folder())?;
        print_line(&figures.row(&package.name));
        all.add(figures);
    }
    print_line(&all.row("all"));
    Ok(true)
}

#[derive(Debug, Default)]
struct Figures {
    /// Lines of source, without tests.
    source: usize,
    /// Lines of tests.
    tests: usize,
    /// Items that are `pub` without a restriction.
    public: usize,
    /// The lengths of the source files.
    lengths: Vec<usize>,
}

impl Figures {
    /// Measures the crate in `folder`.
    fn of(folder: &Path) -> Result<Self> {
        let mut figures = Self::default();
        for part in ["src", "tests", "benches"] {
            for file in rust_files(&folder.join(part))? {
                let text = std::fs::read_to_string(&file)
                    .with_context(|| format!("cannot read `{}`", file.display()))?;
                figures.count(&text, part != "src" || is_test_file(&file));
            }
        }
        figures.lengths.sort_unstable();
        Ok(figures)
    }

    fn count(&mut self, text: &str, is_test: bool) {
        let lines = text.lines().count();
        if is_test {
            self.tests += lines;
            return;
        }
        let source = source_lines(text);
        self.source += source;
        self.tests += lines - source;
        self.lengths.push(lines);
        let items = text.lines().take(source).map(str::trim_start);
        self.public += items.filter(|line| is_public_item(line)).count();
    }

    fn add(&mut self, other: Self) {
        self.source += other.source;
        self.tests += other.tests;
        self.public += other.public;
        self.lengths.extend(other.lengths);
        self.lengths.sort_unstable();
    }

    fn row(&self, name: &str) -> String {
        let files = self.lengths.len();
        let median = self.lengths.get(files / 2).copied().unwrap_or_default();
        let longest = self.lengths.last().copied().unwrap_or_default();
        let ratio = self.tests * 100 / self.source.max(1);
        format!(
            "{name:28} {:8} {:7} {ratio:4} % {files:6} {median:7} {longest:8} {:7}",
            self.source, self.tests, self.public
        )
    }
}

/// Returns the number of lines before the unit tests at the end of a file.
fn source_lines(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let is_tests = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].ends_with('{');
    let start = lines.windows(2).position(is_tests);
    start.unwrap_or(lines.len())
}

fn is_public_item(line: &str) -> bool {
    let kinds = [
        "async fn ",
        "const ",
        "enum ",
        "fn ",
        "mod ",
        "static ",
        "struct ",
        "trait ",
        "type ",
        "use ",
    ];
    let item = line.strip_prefix("pub ");
    item.is_some_and(|item| kinds.iter().any(|kind| item.starts_with(kind)))
}

/// Returns `true` if `file` is in a folder `tests` or is named `tests.rs` or `*_tests.rs`.
fn is_test_file(file: &Path) -> bool {
    file.components()
        .any(|part| [OsStr::new("tests"), OsStr::new("tests.rs")].contains(&part.as_os_str()))
        || file
            .file_stem()
            .and_then(OsStr::to_str)
            .is_some_and(|stem| stem.ends_with("_tests"))
}

/// Returns the Rust files in `folder` and its subfolders; none if `folder` does not exist.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension() == Some(OsStr::new("rs")) {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn inline_tests_count_as_tests() {
        let mut figures = Figures::default();
        let text = "pub fn f() {}\npub(crate) fn g() {}\n#[cfg(test)]\nmod tests {\n    pub fn t() {}\n}\n";
        figures.count(text, false);
        assert_eq!((figures.source, figures.tests, figures.public), (2, 4, 1));
    }
}
