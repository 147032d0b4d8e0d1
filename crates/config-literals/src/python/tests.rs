use super::{Assignments, NotLiteral};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(text: &str) -> (Assignments, Vec<NotLiteral>) {
    let mut assigned = Assignments::default();
    let not_literal = assigned.read(text);
    (assigned, not_literal)
}

#[test]
fn literals_and_sums_are_known() {
    for (text, expected) in [
        ("A = 'x'", json!("x")),
        ("A: str = \"x\"  # why", json!("x")),
        ("A='it\\'s'", json!("it's")),
        ("A = r'\\d{4}'", json!("\\d{4}")),
        ("A = u'é'", json!("é")),
        ("A = ('a'\n     'b')", json!("ab")),
        ("A = 'a' \\\n  'b'", json!("ab")),
        ("A = '''x\ny'''", json!("x\ny")),
        ("B = 'b'\nA = 'a/' + B", json!("a/b")),
        ("B = 'b'\nA = f'{B}/c'", json!("b/c")),
        ("A = ['x']\nA += ['y']", json!(["x", "y"])),
        ("A = ['x', # one\n  'y',\n]", json!(["x", "y"])),
        ("A = ('x', 'y')", json!(["x", "y"])),
        ("A = ('x',)", json!(["x"])),
        ("A = ()", json!([])),
        (
            "A = {'x': {'path': 'y'}, 'n': 1}",
            json!({"x": {"path": "y"}, "n": 1}),
        ),
        ("A = True", json!(true)),
        ("A = None", json!(null)),
        ("A = -1", json!(-1)),
        ("A = (2012, 3, 2)", json!([2012, 3, 2])),
        ("import os\nA = os.path.join('a', 'b')", json!("a/b")),
        ("A = 1; B = 2", json!(1)),
        ("\"\"\"\nA = 'comment'\n\"\"\"\nA = 'x'", json!("x")),
        ("A = 'old'\nA = 'x'", json!("x")),
    ] {
        assert_eq!(read(text).0.values().get("A"), Some(&expected), "{text}");
    }
}

#[test]
fn computed_values_are_not_literal() {
    for text in [
        "A = os.environ.get('A', 'x')",
        "A = 'x' if B else 'y'",
        "A = 'x'.upper()",
        "A = '%s' % B",
        "A = [f(x) for x in B]",
        "A = B",
        "A = f'{b()}'",
        "A = 'x'\nA = b()",
        "if b:\n    A = 'x'",
        "A = 'unclosed",
        "A = [",
    ] {
        let (assigned, not_literal) = read(text);
        assert_eq!(assigned.values().get("A"), None, "{text}");
        let line = text.lines().filter(|line| line.contains("A = ")).count();
        let names: Vec<&str> = not_literal.iter().map(|error| &*error.name).collect();
        assert_eq!(names.contains(&"A"), line > 0, "{text}");
    }
}

#[test]
fn conditional_assignment_keeps_value() {
    let (assigned, not_literal) = read("A = 'x'\nif b:\n    A = 'y'\n");
    assert_eq!(assigned.values().get("A"), Some(&json!("x")));
    let name = "A".to_owned();
    assert_eq!(not_literal, [NotLiteral { name, line: 3 }]);
}

#[test]
fn statements_after_unknown_are_read() {
    let (assigned, _) = read("A = f(\n  'x',\n)\nB = 'b'\nif A == 'x': pass\n");
    assert_eq!(*assigned.values(), *json!({"B": "b"}).as_object().unwrap());
}

#[test]
fn deep_nesting_is_not_read() {
    for open in ["[", "(", "{1: ", "os.path.join("] {
        let (assigned, not_literal) = read(&format!("A = {}\nB = 1", open.repeat(100_000)));
        assert_eq!(assigned.values().get("A"), None, "{open}");
        assert_eq!(not_literal[0].name, "A");
    }
}

proptest! {
    #[test]
    fn python_reads_any_text(text in "([A-C] ?\\+?= ?|['\"]{1,3}|[\\[\\](){},:.\\\\#+-]|os.path.join|[a-c1é]|\n| ){0,40}") {
        read(&text);
    }

    #[test]
    fn quoted_text_is_itself(text in "[a-zA-Zé/:{}%_. -]{0,20}") {
        let (assigned, _) = read(&format!("A = '{text}'\n"));
        prop_assert_eq!(assigned.values().get("A"), Some(&Value::String(text)));
    }
}
