//! Each test that needs a set of tools is in one, so that `tests/run --quick` leaves it out.

use std::path::Path;

use super::{files, read};

const SETS: &str = include_str!("../../setup/sets");

/// Returns the parts of names of tests that the rows of the table of sets have.
fn suites() -> Vec<&'static str> {
    let (_, rows) = SETS.split_once("tool_sets=(\n").unwrap();
    let (rows, _) = rows.split_once("\n)").unwrap();
    let rows = rows.lines().map(|row| row.trim().trim_matches('"'));
    rows.map(|row| row.split_once(' ').unwrap().1).collect()
}

/// Returns the names of the tests in a file that only run after `tests/run` has installed their tools.
fn tests_with_tools(file: &Path) -> Vec<String> {
    let code = read(file);
    let path = file.with_extension("");
    let parts = path.iter().map(|part| part.to_str().unwrap());
    let parts = parts.skip_while(|part| *part != "it" && *part != "src");
    let parts: Vec<_> = parts.skip(1).filter(|part| *part != "mod").collect();
    let module = parts.join("::");
    let after_reason = code.split("#[ignore = \"needs ").skip(1);
    let with_tools = after_reason.filter(|rest| {
        let reason = rest.lines().next().unwrap();
        reason.contains(": tests/run ")
    });
    let names = with_tools.map(|rest| {
        let (_, rest) = rest.split_once("fn ").unwrap();
        rest.split('(').next().unwrap()
    });
    names.map(|name| format!("{module}::{name}")).collect()
}

#[test]
fn tests_with_tools_are_in_a_set() {
    let suites = suites();
    let code = files().into_iter().filter(|file| {
        let is_code = file.extension().is_some_and(|extension| extension == "rs");
        is_code && !file.ends_with("tool_sets.rs")
    });
    let tests: Vec<String> = code.flat_map(|file| tests_with_tools(&file)).collect();
    assert!(tests.len() > 100, "{tests:?}");
    for test in &tests {
        let is_in_set = suites.iter().any(|suite| test.contains(suite));
        assert!(is_in_set, "no row of tests/setup/sets contains {test}");
    }
    for suite in suites {
        let is_used = tests.iter().any(|test| test.contains(suite));
        assert!(is_used, "no test is in the set of {suite}");
    }
}
