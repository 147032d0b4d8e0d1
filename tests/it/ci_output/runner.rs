//! A runner of GitHub Actions, as far as it reads the output of a program: workflow commands in lines of
//! both streams, and the file of outputs. Written from `ActionCommand.cs` and the file commands of
//! actions/runner.

use std::collections::BTreeMap;

use crate::support::project::Run;

/// Names of commands that the runner executes. The program writes the last three only.
const COMMANDS: [&str; 14] = [
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "group",
    "internal-set-repo-path",
    "remove-matcher",
    "set-env",
    "set-output",
    "error",
    "warning",
    "notice",
];

/// A command that the runner executes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WorkflowCommand {
    pub(super) name: String,
    pub(super) properties: BTreeMap<String, String>,
    pub(super) message: String,
}

/// Returns the commands in both streams of `run`.
pub(super) fn commands(run: &Run) -> Vec<WorkflowCommand> {
    let lines = run.stdout.lines().chain(run.stderr.lines());
    lines.filter_map(parse).collect()
}

fn parse(line: &str) -> Option<WorkflowCommand> {
    if let Some(at) = line.find("##[") {
        let (info, message) = line[at + 3..].split_once(']')?;
        let name = info.split(' ').next()?.to_lowercase();
        return COMMANDS.contains(&name.as_str()).then(|| WorkflowCommand {
            name,
            properties: BTreeMap::new(),
            message: message.to_owned(),
        });
    }
    let (info, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    let properties = properties.split(',').filter_map(|property| {
        let (key, value) = property.split_once('=')?;
        let value = value.replace("%3A", ":").replace("%2C", ",");
        Some((key.trim().to_owned(), decode(&value)))
    });
    COMMANDS.contains(&name).then(|| WorkflowCommand {
        name: name.to_owned(),
        properties: properties.collect(),
        message: decode(message),
    })
}

fn decode(text: &str) -> String {
    text.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%25", "%")
}

/// Parses the file of outputs.
pub(super) fn outputs(file: &str) -> BTreeMap<String, String> {
    let mut outputs = BTreeMap::new();
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        let (name, delimiter) = line.split_once("<<").expect("a delimiter");
        let value: Vec<&str> = lines
            .by_ref()
            .take_while(|line| *line != delimiter)
            .collect();
        outputs.insert(name.to_owned(), value.join("\n"));
    }
    outputs
}
