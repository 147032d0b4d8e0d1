//! A server of the program, which prints its address on the first line and runs until it is killed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use super::Project;

/// Starts the program with these arguments, which must contain `--json`. Returns the process and the address
/// that it prints.
pub(crate) fn announced(project: &Project, arguments: &[&str]) -> (Child, String) {
    let mut child = project
        .command(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let stdout = child.stdout.take().unwrap();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let said: serde_json::Value =
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("said: {line}"));
    (child, said["url"].as_str().unwrap().to_owned())
}
