//! The README's five-minute guide: its commands run in an empty folder, and the quoted output matches the
//! output of the program.

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../../README.md");

/// Returns the code blocks of the README's guide in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let guide = README.split_once("## Your first post").unwrap().1;
    let guide = guide.split_once("\n## ").unwrap().0;
    let opening = format!("```{language}\n");
    let blocks = guide.split(&opening).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn guide_output_matches_quotes() {
    let [create, set_up, preview, ..] = blocks("sh")[..] else {
        panic!("the guide has too few commands");
    };
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("syndicate/content/pictures");
    std::fs::create_dir_all(&pictures).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let picture = "first-flight.jpg";
    std::fs::copy(
        root.join("content/pictures").join(picture),
        pictures.join(picture),
    )
    .unwrap();

    let program = Path::new(env!("CARGO_BIN_EXE_syndicate")).parent().unwrap();
    let output = Command::new("sh")
        .args([
            "-ec",
            &format!("{create}\n{set_up}\necho PREVIEW\n{preview}"),
        ])
        .current_dir(folder.path())
        .env_clear()
        .env(
            "PATH",
            format!("{}:/usr/local/bin:/usr/bin:/bin", program.display()),
        )
        .env("HOME", folder.path())
        .env("LANG", "C.UTF-8")
        .env("TZ", "UTC")
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{stdout}{stderr}");
    let printed = stdout.split_once("PREVIEW\n").unwrap().1;
    let lines = |text: &str| -> Vec<String> {
        let lines = text.trim_end().lines();
        lines.map(|line| line.trim_end().to_owned()).collect()
    };
    assert_eq!(
        lines(printed),
        lines(blocks("text")[0]),
        "README.md quotes other output"
    );
}
