use super::ProseReport;
use super::tracked_files::is_checked;
use super::words::find;

fn found(text: &str) -> Vec<String> {
    find(text).into_iter().map(|word| word.text).collect()
}

fn report(path: &str, text: &str) -> ProseReport {
    let mut report = ProseReport::default();
    report.add(path, text);
    report
}

#[test]
fn word_in_prose_is_found() {
    assert_eq!(found("Nobody is told."), ["nobody", "told"]);
}

#[test]
fn word_inside_identifiers_is_found() {
    assert_eq!(found("fn post_is_told_twice()"), ["told"]);
    assert_eq!(found("struct ToldDelivery;"), ["told"]);
    assert_eq!(found("struct HTTPRoom;"), ["room"]);
    assert_eq!(found("const MAX_ROOMS: u8 = 1;"), ["rooms"]);
}

#[test]
fn longer_word_is_not_found() {
    assert_eq!(found("household, bathroom, renewable"), [""; 0]);
}

#[test]
fn is_no_noun_is_found() {
    assert_eq!(found("`x` is no date"), ["is no"]);
    assert_eq!(found("they are no posts"), ["are no"]);
    assert_eq!(found("fn text_is_no_date()"), ["is no"]);
}

#[test]
fn is_no_longer_is_accepted() {
    assert_eq!(found("it is no longer, are no more, is_no_less"), [""; 0]);
    assert_eq!(found("// it is no\n// longer there"), [""; 0]);
}

#[test]
fn phrase_across_lines_is_found() {
    let words = find("/// The date that stands\n    /// in the file.");
    assert_eq!(words.len(), 1);
    assert_eq!((words[0].line, words[0].text.as_str()), (1, "stands in"));
    assert_eq!(found("\"it goes \\\n   by name\""), ["goes by"]);
}

#[test]
fn punctuation_ends_a_phrase() {
    assert_eq!(found("it is. No date; one, can"), [""; 0]);
    assert_eq!(found("[\"stands\", \"in\"]"), [""; 0]);
}

#[test]
fn finding_names_file_and_line() {
    let report = report("docs/a.md", "A line.\n  Told twice.\n");
    assert_eq!(report.findings, ["docs/a.md:2: told: Told twice."]);
}

#[test]
fn opener_of_doc_line_is_counted() {
    let text =
        "//! Whether it runs.\n/// What's left.\n/// Returns what is left.\n// Where it is.\n";
    let report = report("src/a.rs", text);
    assert_eq!((report.openers, report.doc_lines), (2, 3));
    assert_eq!(
        report.findings[0],
        "src/a.rs:1: Whether: //! Whether it runs."
    );
}

#[test]
fn opener_outside_rust_is_ignored() {
    let report = report("docs/a.md", "/// Whether it runs.\n");
    assert_eq!((report.openers, report.doc_lines), (0, 0));
}

#[test]
fn one_word_fails_the_check() {
    assert!(report("a.md", "Plain words.").passes());
    assert!(!report("a.md", "Plain words, told.").passes());
}

#[test]
fn openers_fail_above_their_bound() {
    let plain = "/// Returns the value.\n".repeat(99);
    let at_bound = report("a.rs", &format!("{plain}/// What it is.\n"));
    assert_eq!(at_bound.doc_lines, 100);
    assert!(at_bound.passes());
    let above = report("a.rs", &format!("{plain}/// What it is.\n/// Who asks.\n"));
    assert!(!above.passes());
    assert!(above.summary().ends_with("2 of 101 (19.8 in 1,000)"));
}

#[test]
fn quotation_path_is_skipped() {
    assert!(!is_checked("xtask/src/prose/words.rs"));
    assert!(is_checked("xtask/src/report.rs"));
}

#[test]
fn only_text_files_are_checked() {
    assert!(is_checked("tests/run"));
    assert!(is_checked("docs/a.md"));
    assert!(!is_checked("docs/images/card.png"));
    assert!(!is_checked("LICENSE-MIT"));
}
