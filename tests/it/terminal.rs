//! Untrusted text (titles, file names, responses of the platform, the ledger) cannot control a terminal or
//! a CI service.

use crate::build::pipeline;
use crate::support::project::Run;
use crate::support::{Platform, Project, RawServer};

/// A title in YAML's escapes that sets a terminal's title, colours text, reverses its direction, overwrites
/// and starts lines, and contains a command of a CI service.
pub(crate) const TITLE: &str =
    r#""\e]0;owned\a\e[31;5mRed\u202Egpj\u2069\rDone\n::error file=a::boom\u009b2J ##[error]x""#;

/// The escape sequences that the program itself writes.
const OURS: [&str; 7] = [
    "\u{1b}[0m",
    "\u{1b}[1m",
    "\u{1b}[2m",
    "\u{1b}[31m",
    "\u{1b}[32m",
    "\u{1b}[33m",
    "\u{1b}[1m\u{1b}[31m",
];

/// Returns the output of `verb` on a terminal with colours. Checks that it has no other control sequences.
fn shown(project: &Project, verb: &str) -> String {
    let command = verb.split(' ').collect::<Vec<_>>();
    let mut colours = project.command(&command);
    colours.env("CLICOLOR_FORCE", "1");
    let run = project.finished(colours, &command);
    check(&run);
    format!("{}{}", run.stdout, run.stderr)
}

#[track_caller]
pub(crate) fn check(run: &Run) {
    for text in [&run.stdout, &run.stderr] {
        let plain = OURS
            .iter()
            .fold(text.clone(), |text, ours| text.replace(ours, ""));
        let acts = |c: char| match c {
            '\n' => false,
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
            _ => c.is_control() || c == '\u{feff}',
        };
        assert!(!plain.contains(acts), "{run}");
        assert!(!plain.contains("##["), "{run}");
        let commands = |line: &str| line.trim_start().starts_with("::");
        assert!(!plain.lines().any(commands), "{run}");
    }
}

const VERBS: [&str; 12] = [
    "items",
    "items --json",
    "items --explain posts/one.md",
    "preview --all",
    "preview --json",
    "preview --markdown",
    "check",
    "build --sandbox",
    "build --dry-run",
    "build",
    "status",
    "status --json",
];

#[test]
fn title_is_escaped_for_terminal() {
    let platform = Platform::start();
    let front = format!("title: {TITLE}\ndate: 2026-11-20\nimage: a.png\ntags: [{TITLE}]");
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 600, 314)
        .post("posts/one.md", &front);
    for verb in VERBS {
        shown(&project, verb);
    }
    let items = shown(&project, "items");
    assert!(items.contains(r"\u{1b}]0;owned\u{7}"), "{items}");
    assert!(items.contains(r"\u{202e}gpj\u{2069}"), "{items}");
    let read = project.run("items --json").json();
    assert!(
        read["title"].as_str().unwrap().contains('\u{202e}'),
        "JSON keeps the value: {read}"
    );
}

#[cfg(unix)]
#[test]
fn file_name_is_escaped_for_terminal() {
    let platform = Platform::start();
    let name = "posts/b\u{1b}[2J\n::warning::b\u{202e}\r.md";
    let broken = "posts/c\n##[group]c\u{7}.md";
    let project = Project::with_pipeline(&pipeline(&platform.url))
        .with_ledger()
        .picture("posts/a.png", 600, 314)
        .post("posts/one.md", "title: One\ndate: 2026-11-20")
        .post(name, "title: B\ndate: 2026-11-20\nimage: a.png")
        .post(broken, "title: [\ndate: 2026-11-20");
    for verb in VERBS {
        shown(&project, verb);
    }
    let faults = shown(&project, "preview");
    assert!(
        faults.contains(r"posts/c\n#\u{23}[group]c\u{7}.md"),
        "{faults}"
    );
}

#[test]
fn response_is_escaped_for_terminal() {
    let message = "\\u001b]0;owned\\u0007 bad\\r\\n::error::boom \\u202egpj ##[error]x";
    let body = format!(r#"{{"status":422,"serviceErrorCode":100,"message":"{message}"}}"#);
    let head = "HTTP/1.1 422 Answer\r\ncontent-type: application/json\r\nx-restli-protocol-version: 2.0.0\r\n";
    let answer = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    let server = RawServer::answering(answer.leak().as_bytes());
    let project = Project::with_pipeline(&pipeline(&server.url).replace(
        "token: rehearsal",
        "token: rehearsal, thumbnail: skip, author: \"urn:li:person:a1\"",
    ))
    .with_ledger()
    .post("posts/one.md", "title: One\ndate: 2026-11-20");
    let built = shown(&project, "build");
    assert!(built.contains("boom"), "{built}");
    for verb in ["status", "status --json", "settle", "build --json"] {
        shown(&project, verb);
    }
}

#[test]
fn ledger_is_escaped_for_terminal() {
    let title = r"\u001b[2J\n::error::boom\u202e";
    let event = format!(
        r#"{{"v":1,"id":"1","at":"2026-11-02T00:00:00Z","kind":"adopted","item":"https://blog.example.org/x{title}","keys":["https://blog.example.org/x{title}"],"sink":"linkedin{title}"}}"#
    );
    let project = Project::with_pipeline(&pipeline("http://127.0.0.1:9"))
        .with_ledger()
        .post("posts/one.md", "title: One\ndate: 2026-11-20");
    let ledger = project.read("syndicate.ledger.jsonl");
    project.write("syndicate.ledger.jsonl", format!("{ledger}{event}\n"));
    for verb in [
        "status",
        "status --all",
        "status --json --all",
        "check",
        "preview --all",
    ] {
        shown(&project, verb);
    }
}

#[test]
fn arguments_are_escaped_for_terminal() {
    let project = Project::new();
    for arguments in [
        ["preview", "--only", "\u{1b}[2J\n::error::x"],
        ["--config", "\u{1b}]0;x\u{7}\n::error::x.yaml", "check"],
        ["build", "--\u{1b}[31mx\n::error::x", "y"],
    ] {
        let run = project.run_args(&arguments);
        check(&run);
    }
}
