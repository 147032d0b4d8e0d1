//! The notes of a release, a section of CHANGELOG.md.

use super::{read, run, script};

const CHANGELOG: &str = "# Changelog

## Unreleased

## 0.2.0 - 2026-12-01

### Added

- One.
  Its second line.

- Two.

## 0.1.0 - 2026-11-01

- Zero.
";

/// Runs the script on `CHANGELOG`. Returns the notes, or `None` if it fails.
fn notes(version: &str) -> Option<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&file, CHANGELOG).unwrap();
    let path = file.path().to_str().unwrap();
    let run = run(script("scripts/release-notes", &[version, path]));
    (run.code == Some(0)).then_some(run.stdout)
}

#[test]
fn notes_are_section_of_version() {
    let newer = "### Added\n\n- One.\n  Its second line.\n\n- Two.\n";
    assert_eq!(notes("0.2.0").as_deref(), Some(newer));
    assert_eq!(notes("0.1.0").as_deref(), Some("- Zero.\n"));
}

#[test]
fn missing_and_empty_notes_fail() {
    assert_eq!(notes("0.2"), None);
    assert_eq!(notes("0.2.0."), None);
    assert_eq!(notes("Unreleased"), None);
}

/// Each section is a version, the newest first, with its date; the first one may be unreleased.
#[test]
fn changelog_headings_are_versions() {
    let text = read("CHANGELOG.md");
    let headings: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    assert!(!headings.is_empty());
    for (index, heading) in headings.into_iter().enumerate() {
        let is_version = heading.split_once(" - ").is_some_and(|(version, date)| {
            version.split('.').count() == 3 && date.parse::<jiff::civil::Date>().is_ok()
        });
        let is_first = index == 0 && heading == "Unreleased";
        assert!(is_version || is_first, "invalid heading `## {heading}`");
    }
}
