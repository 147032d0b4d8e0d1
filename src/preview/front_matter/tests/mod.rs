//! Tests the supported and the refused notations; in each case all other text must stay.

use proptest::prelude::*;
use serde_json::{Value, json};

mod documents;

use super::{edit, edit_file, is_end_kept, split};

const COMMENTARY: &[&str] = &["syndicate", "commentary"];

fn set(text: &str, value: Value) -> String {
    edit(text, COMMENTARY, Some(&value)).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
}

#[test]
fn yaml_block_added_before_fence() {
    let text = "---\ntitle: 'A'   # mine\ntags:\n- a\n---\nBody\n---\n";
    assert_eq!(
        set(text, json!("Hello #Rust")),
        "---\ntitle: 'A'   # mine\ntags:\n- a\nsyndicate:\n  commentary: \"Hello #Rust\"\n---\nBody\n---\n"
    );
}

#[test]
fn crlf_line_endings_stay() {
    let text = "\u{feff}---\r\ntitle: A\r\n---\r\nBody\r\n";
    assert_eq!(
        set(text, json!("One\n\n  Two")),
        "\u{feff}---\r\ntitle: A\r\nsyndicate:\r\n  commentary: |-\r\n    One\r\n\r\n      Two\r\n---\r\nBody\r\n"
    );
}

#[test]
fn yaml_value_replaced_in_any_notation() {
    for old in [
        "Plain",
        "\"quoted # text\"",
        "|\n      Several\n\n      lines",
        ">-\n      folded\n      lines",
        "",
    ] {
        let text = format!(
            "---\nsyndicate:\n    id: x\n    commentary: {old}\n    # a remark\n    skip: [a]\ntitle: A\n---\n"
        );
        assert_eq!(
            set(&text, json!("New")),
            "---\nsyndicate:\n    id: x\n    commentary: \"New\"\n    # a remark\n    skip: [a]\ntitle: A\n---\n"
        );
    }
}

#[test]
fn flow_map_edited_in_place() {
    let text = "---\nsyndicate: {id: 'a, b', linkedin: {commentary: \"x}\"}}\ntitle: A\n---\n";
    assert_eq!(
        set(text, json!("New")),
        "---\nsyndicate: {id: 'a, b', linkedin: {commentary: \"x}\"}, commentary: \"New\"}\ntitle: A\n---\n"
    );
    let path = ["syndicate", "linkedin", "commentary"];
    assert_eq!(
        edit(text, &path, Some(&json!("y"))).unwrap(),
        "---\nsyndicate: {id: 'a, b', linkedin: {commentary: \"y\"}}\ntitle: A\n---\n"
    );
    assert_eq!(
        edit(text, &["syndicate", "id"], None).unwrap(),
        "---\nsyndicate: { linkedin: {commentary: \"x}\"}}\ntitle: A\n---\n"
    );
}

#[test]
fn removed_key_leaves_rest() {
    let text = "---\nsyndicate:\n  skip: true\n  id: x\n---\nBody";
    assert_eq!(
        edit(text, &["syndicate", "skip"], None).unwrap(),
        "---\nsyndicate:\n  id: x\n---\nBody"
    );
    let untouched = edit(text, COMMENTARY, None).unwrap();
    assert_eq!(untouched, text);
}

#[test]
fn lists_and_instants_are_readable() {
    let text = "---\ntitle: A\n---\n";
    let at = json!("2026-12-01T09:00+01:00");
    assert_eq!(
        edit(text, &["syndicate", "at"], Some(&at)).unwrap(),
        "---\ntitle: A\nsyndicate:\n  at: 2026-12-01T09:00+01:00\n---\n"
    );
    assert_eq!(
        edit(text, &["syndicate", "skip"], Some(&json!(["a", "b"]))).unwrap(),
        "---\ntitle: A\nsyndicate:\n  skip: [\"a\", \"b\"]\n---\n"
    );
}

#[test]
fn toml_keeps_comments() {
    let text = "+++\ntitle = 'A' # mine\n\n[extra]\na = 1\n+++\nBody\n";
    let edited = set(text, json!("One\nTwo"));
    assert!(
        edited.starts_with("+++\ntitle = 'A' # mine\n\n[extra]\na = 1\n"),
        "{edited}"
    );
    assert!(
        edited.contains("[syndicate]\ncommentary = \"\"\"\nOne\nTwo\"\"\"\n+++\nBody\n"),
        "{edited}"
    );
    let inline = "+++\nsyndicate = {skip = true}\n+++\n";
    let edited = edit(inline, &["syndicate", "skip"], None).unwrap();
    assert!(!edited.contains("skip"), "{edited}");
}

#[test]
fn text_with_fence_stays_on_one_line() {
    let lines = [
        "Hi\n+++ News +++\nfoo",
        "+++\n+++",
        "Hi\nnews +++\nfoo",
        "Hi\n--- News\nfoo",
        "Hi\nnews ---\nfoo",
        "---\n...\n+++",
    ];
    for (text, fence) in [
        ("+++\ntitle = 'A'\n+++\nBody\n", "+++"),
        ("+++\nsyndicate = {id = 'x'}\n+++\nBody\n", "+++"),
        ("+++\n[syndicate]\ncommentary = 'x'\n+++\nBody\n", "+++"),
        ("---\ntitle: A\n---\nBody\n", "---"),
        ("----\ntitle: A\n----\nBody\n", "----"),
        ("---\nsyndicate: {id: x}\n---\nBody\n", "---"),
    ] {
        for words in lines {
            let edited = set(text, json!(words));
            let is_fence =
                |line: &&str| line.starts_with(&fence[..3]) || line.ends_with(&fence[..3]);
            assert_eq!(edited.lines().filter(is_fence).count(), 2, "{edited}");
            assert!(edited.ends_with(&format!("{fence}\nBody\n")), "{edited}");
        }
    }
    let edited = set("+++\n+++\n", json!("Hi\n+++ News +++\nfoo"));
    let expected = "+++\n[syndicate]\ncommentary = \"Hi\\n+++ News +++\\nfoo\"\n+++\n";
    assert_eq!(edited, expected);
}

#[test]
fn early_end_is_refused() {
    let text = "+++\ntitle = 'A'\n+++\nBody\n";
    let before = split(text).unwrap();
    for edited in ["a = '''\n+++\n'''\n", "a = '''\n+++ b\n'''\n"] {
        let whole = format!("{}{edited}{}", before.before, before.after);
        assert!(!is_end_kept(&whole, edited, &before), "{whole}");
    }
    let whole = text.replace("'A'", "'B'");
    assert!(is_end_kept(&whole, "title = 'B'\n", &before));
}

#[test]
fn unsupported_notation_is_refused() {
    for text in [
        "No front matter",
        "{\"title\": \"A\"}\n\nBody",
        ";;;\n\"title\": \"A\"\n;;;\n",
        "---\ntitle: A\n",
        "---\nsyndicate: false\n---\n",
        "---\nsyndicate: *other\n---\n",
        "---\nbase: &b\n  id: x\nsyndicate:\n  <<: *b\n  commentary: x # why\n---\n",
        "---\nsyndicate: {id: x,\n  skip: true}\n---\n",
        "---\ntitle: [broken\n---\n",
    ] {
        let refused = edit(text, COMMENTARY, Some(&json!("New"))).unwrap_err();
        assert!(
            refused.hint.as_ref().unwrap().contains("yourself"),
            "{refused:?}"
        );
    }
}

#[test]
fn file_edit_is_atomic() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    std::fs::write(&file, "---\ntitle: A\n---\n").unwrap();
    edit_file(&file, COMMENTARY, Some(&json!("New"))).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("commentary: \"New\""));
    std::fs::write(&file, "nothing").unwrap();
    edit_file(&file, COMMENTARY, Some(&json!("New"))).unwrap_err();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "nothing");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn read_only_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    let text = "---\ntitle: A\n---\n";
    std::fs::write(&file, text).unwrap();
    let mut permissions = std::fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&file, permissions).unwrap();
    let refused = edit_file(&file, COMMENTARY, Some(&json!("New"))).unwrap_err();
    assert!(refused.message.contains("read-only"), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn edit_keeps_symlink_and_permissions() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
    std::fs::write(&file, "---\ntitle: A\n---\n").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.md", &link).unwrap();
    let change = |value: Option<&Value>| edit_file(&link, COMMENTARY, value).unwrap();
    assert!(change(Some(&json!("New"))));
    assert!(!change(Some(&json!("New"))), "the value is already set");
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(change(None) && !change(None));
}

proptest! {
    #[test]
    fn any_text_survives_edit(
        words in any::<String>(),
        old in "[ -~]{0,20}",
        flow in any::<bool>(),
    ) {
        let words = words.trim_end_matches('\n').to_owned();
        let old = serde_json::to_string(&old).unwrap();
        let text = if flow {
            format!("---\ntitle: A\nsyndicate: {{commentary: {old}, id: x}}\nlast: 1\n---\nBody {words}")
        } else {
            format!("---\ntitle: A\nsyndicate:\n  commentary: {old}\n  id: x\nlast: 1\n---\nBody {words}")
        };
        // `edit` parses its result, so success means that the text survives.
        let edited = set(&text, json!(words));
        prop_assert!(edited.starts_with("---\ntitle: A\nsyndicate:"));
        let end = format!("last: 1\n---\nBody {words}");
        prop_assert!(edited.ends_with(&end));
    }
}
