//! The tutorial in `plugins/README.md` shows the code of `plugins/examples/minimal-sink`.

use std::path::Path;

const EXAMPLE: &str = "plugins/examples/minimal-sink/src";

/// Maximum number of Rust lines in a minimal sink, including its contract test.
const MAX_LINES: usize = 80;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn tutorial_code_is_in_example() {
    let code = [
        read(&format!("{EXAMPLE}/lib.rs")),
        read(&format!("{EXAMPLE}/tests.rs")),
    ];
    let tutorial = read("plugins/README.md");
    let blocks: Vec<&str> = tutorial
        .split("```rust\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    for block in &blocks {
        assert!(
            code.iter().any(|code| code.contains(block)),
            "plugins/README.md shows code that is not in {EXAMPLE}:\n{block}"
        );
    }
    // The tutorial may omit only imports, the type and the frame of `impl Sink`.
    let shown = blocks.concat();
    let body = code[0].split("mod tests;").nth(1).unwrap();
    for line in body.lines().filter(|line| line.contains("fn ")) {
        assert!(shown.contains(line), "plugins/README.md lacks `{line}`");
    }
}

#[test]
fn minimal_sink_is_short() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXAMPLE);
    let files = std::fs::read_dir(folder).unwrap();
    let lines = files.map(|file| {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        text.lines().count()
    });
    let lines: usize = lines.sum();
    assert!(lines <= MAX_LINES, "{lines} lines, at most {MAX_LINES}");
}
