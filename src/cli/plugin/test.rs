//! `syndicate plugin test`: checks that a plugin follows the protocol, and prints a report for an issue.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::{Map, Value, json};
use syndicate_api::text::plural;

use crate::cli::duration::parse_duration;
use crate::cli::output::{eprint_status, print_json, print_lines};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_new_session};
use crate::host::{Conformance, ConformanceCheck, Layers, Permissions, ProgramSpec};
use crate::terminal::escape_value;

/// Options of `plugin test`.
#[derive(Args, Debug)]
#[command(after_help = "\
Starts the plugin several times in this folder, confined to what it asks for,
and sends it usual, large and strange requests. Exits with 3 if a check fails.

Examples:
  syndicate plugin test --options '{\"folder\":\"notes\"}' ./notes.py
  syndicate plugin test python3 notes.py")]
pub(super) struct TestOptions {
    /// The options of the plugin, as a JSON object
    #[arg(long, value_name = "JSON", value_parser = parse_options, default_value = "{}")]
    options: Value,
    /// Maximum time without an answer, such as 90s or 5m
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_duration)]
    timeout: Duration,
    /// The program of the plugin
    program: PathBuf,
    /// Its arguments
    #[arg(trailing_var_arg = true)]
    arguments: Vec<String>,
}

pub(super) fn run(global: &GlobalOptions, options: &TestOptions) -> Result<ExitStatus, CliError> {
    let session = open_new_session(global)?;
    let spec = spec(options, session.cx().env.get("PATH").as_deref())?;
    let settings = options.options.as_object().cloned().unwrap_or_default();
    let tested = session
        .test_plugin(spec, settings)
        .map_err(anyhow::Error::from)?;
    let layers = session.plugin_layers();
    match global.json {
        true => print_json(&report_json(&tested, layers))?,
        false => print_lines(&report(&tested, layers))?,
    }
    if tested.is_good() {
        return Ok(ExitStatus::Success);
    }
    let failed = tested.checks.iter().filter(|check| check.result.is_err());
    eprint_status(&format!("{} failed", plural(failed.count(), "check")))?;
    Ok(ExitStatus::Partial)
}

fn spec(options: &TestOptions, path: Option<&str>) -> anyhow::Result<ProgramSpec> {
    let root = std::path::absolute(".")?;
    let file = program_file(&options.program, path)?;
    Ok(ProgramSpec {
        file,
        arguments: options.arguments.clone(),
        shown: options.program.display().to_string(),
        root,
        timeout: options.timeout,
        env: Vec::new(),
        permissions: Permissions::default(),
    })
}

/// Returns the absolute path of the program: a file, or a name in the search path.
fn program_file(program: &Path, path: Option<&str>) -> anyhow::Result<PathBuf> {
    let on_path =
        std::env::split_paths(path.unwrap_or_default()).map(|folder| folder.join(program));
    let found = [program.to_owned()]
        .into_iter()
        .chain(on_path)
        .find(|file| file.is_file());
    let Some(file) = found else {
        anyhow::bail!("the program `{}` was not found", program.display());
    };
    Ok(std::path::absolute(file)?)
}

fn parse_options(text: &str) -> Result<Value, String> {
    let options: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| format!("it is not a JSON object: {error}"))?;
    Ok(Value::Object(options))
}

/// Returns the report, without the paths of this machine.
fn report(tested: &Conformance, layers: Layers) -> String {
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let (active, _) = layers.describe();
    let confined = match active.is_empty() {
        true => "not confined".to_owned(),
        false => format!("confined: {}", active.join(", ")),
    };
    let version = env!("CARGO_PKG_VERSION");
    let mut text = format!("syndicate {version} on {system}, {confined}");
    for ConformanceCheck { name, result } in &tested.checks {
        let line = match result {
            Ok(remark) if remark.is_empty() => format!("\nok      {name}"),
            Ok(remark) => format!("\nok      {name}: {}", escape_value(remark)),
            Err(error) => format!("\nfailed  {name}: {}", escape_value(error)),
        };
        text.push_str(&line);
    }
    text
}

fn report_json(tested: &Conformance, layers: Layers) -> Value {
    let check = |ConformanceCheck { name, result }: &ConformanceCheck| {
        let (Ok(message) | Err(message)) = result;
        json!({"name": name, "ok": result.is_ok(), "message": message})
    };
    let checks: Vec<Value> = tested.checks.iter().map(check).collect();
    json!({
        "v": 1,
        "ok": tested.is_good(),
        "plugin": tested.manifest,
        "confinement": layers,
        "checks": checks,
    })
}
