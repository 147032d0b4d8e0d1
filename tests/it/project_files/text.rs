//! The form of text files that .editorconfig and .gitattributes describe.

use super::{files, root};

#[test]
fn text_files_have_lf_and_final_newline() {
    let mut checked = 0;
    for file in files() {
        let Ok(text) = std::fs::read_to_string(root().join(&file)) else {
            continue; // A picture.
        };
        let file = file.display();
        assert!(text.ends_with('\n'), "{file} has no final newline");
        assert!(!text.contains('\r'), "{file} has a carriage return");
        let trailing = text.lines().position(|line| line.ends_with([' ', '\t']));
        let line = trailing.map(|index| index + 1);
        assert_eq!(line, None, "{file} has a blank at the end of this line");
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn ledger_is_merged_by_union() {
    let attributes = super::read(".gitattributes");
    let ledger = attributes
        .lines()
        .find(|line| line.starts_with("syndicate.ledger.jsonl "));
    assert!(ledger.is_some_and(|line| line.ends_with(" merge=union")));
}
