//! `syndicate plugin list`: shows each plugin that pipeline.yaml names, what it is and what it may do.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use syndicate_api::text::plural;

use crate::cli::output::{eprint_lines, eprint_status, format_diagnostic, print_json, print_lines};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};
use crate::host::{FailedPlugin, Layers, Permissions, PluginComponent, ProgramSpec};
use crate::terminal::escape_value;

/// Options of `plugin list`.
#[derive(Args, Debug)]
#[command(after_help = "\
Starts the plugins that pipeline.yaml names and asks each for its version. Also
lists programs named `syndicate-plugin-NAME` in the folder `plugins` beside
pipeline.yaml and in PATH that the pipeline does not use, without starting them.")]
pub(super) struct ListOptions {}

pub(super) fn run(global: &GlobalOptions, _: &ListOptions) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let stages = session.load()?;
    let programs = stages.programs.iter();
    let mut unused = session.installed_plugins();
    let failed = &stages.failed_programs;
    unused.retain(|_, file| {
        let is_started = stages.programs.iter().any(|used| used.spec().file == *file);
        !is_started && !failed.iter().any(|used| used.spec.file == *file)
    });
    let status = match failed.is_empty() {
        true => ExitStatus::Success,
        false => ExitStatus::Partial,
    };
    if global.json {
        let plugins = programs.map(|program| plugin_json(program));
        let plugins: Vec<Value> = plugins.chain(failed.iter().map(failed_json)).collect();
        let unused: Vec<Value> = unused
            .iter()
            .map(|(name, file)| json!({"type": name, "file": file}))
            .collect();
        let layers = session.plugin_layers();
        print_json(&json!({"v": 1, "plugins": plugins, "unused": unused, "confinement": layers}))?;
        return Ok(status);
    }
    for program in programs {
        print_lines(&plugin_text(program))?;
    }
    for plugin in failed {
        eprint_lines(&format_diagnostic(&plugin.fault, &stages.base))?;
    }
    print_unused(&unused)?;
    let used = stages.programs.len() + failed.len();
    print_lines(&layers_text(session.plugin_layers()))?;
    eprint_status(&format!("{} of the pipeline", plural(used, "plugin")))?;
    Ok(status)
}

fn failed_json(failed: &FailedPlugin) -> Value {
    let spec = &failed.spec;
    json!({
        "name": failed.name,
        "kind": failed.kind,
        "file": spec.file,
        "arguments": spec.arguments,
        "timeout_seconds": spec.timeout.as_secs_f64(),
        "error": failed.fault.message,
        "grant": grant_json(spec),
    })
}

fn plugin_json(program: &PluginComponent) -> Value {
    let (manifest, spec) = (program.manifest(), program.spec());
    json!({
        "name": program.name(),
        "kind": manifest.kind,
        "file": spec.file,
        "arguments": spec.arguments,
        "timeout_seconds": spec.timeout.as_secs_f64(),
        "plugin": {
            "name": manifest.name,
            "version": manifest.version,
            "summary": manifest.summary,
            "protocol": manifest.protocol,
            "needs": manifest.needs,
        },
        "wants": manifest.wants,
        "grant": grant_json(spec),
    })
}

fn grant_json(spec: &ProgramSpec) -> Value {
    let Permissions {
        read,
        write,
        network,
    } = &spec.permissions;
    json!({"env": spec.env, "read": read, "write": write, "network": network})
}

fn plugin_text(program: &PluginComponent) -> String {
    let (manifest, spec) = (program.manifest(), program.spec());
    let summary = match manifest.summary.as_str() {
        "" => String::new(),
        summary => format!(": {}", escape_value(summary)),
    };
    let mut text = format!(
        "{} `{}`: {} {}, protocol {}{summary}\n  program    {}",
        manifest.kind.as_str(),
        escape_value(program.name()),
        escape_value(&manifest.name),
        escape_value(&manifest.version),
        manifest.protocol,
        escape_value(&spec.file.display().to_string()),
    );
    if !spec.arguments.is_empty() {
        let arguments = spec.arguments.join(" ");
        text.push_str(&format!("\n  arguments  {}", escape_value(&arguments)));
    }
    let Permissions { read, write, .. } = &spec.permissions;
    let network = match spec.permissions.network {
        true => "all hosts",
        false => "none",
    };
    for (label, value) in [
        ("variables", list_text(&spec.env)),
        ("reads", list_text(&shown(read))),
        ("writes", list_text(&shown(write))),
        ("network", network.to_owned()),
    ] {
        text.push_str(&format!("\n  {label:<10} {}", escape_value(&value)));
    }
    for (name, hosts) in &manifest.wants.secrets {
        let hosts = match hosts.is_empty() {
            true => "its endpoint".to_owned(),
            false => hosts.join(", "),
        };
        let secret = match manifest.wants.seal_secrets.contains(name) {
            true => format!("`{name}`, read by the plugin to sign posts"),
            false => format!("`{name}`, sent to {hosts}"),
        };
        text.push_str(&format!("\n  secret     {}", escape_value(&secret)));
    }
    let endpoint = manifest.sink.endpoint.iter();
    let hosts: Vec<&str> = endpoint
        .chain(&manifest.wants.hosts)
        .map(String::as_str)
        .collect();
    if !hosts.is_empty() {
        text.push_str(&format!(
            "\n  requests to {}",
            escape_value(&hosts.join(", "))
        ));
    }
    let refused = program.refused_variables().join(", ");
    if !refused.is_empty() {
        text.push_str(&format!("\n  not granted {}", escape_value(&refused)));
    }
    text
}

fn shown(paths: &[PathBuf]) -> Vec<String> {
    paths
        .iter()
        .map(|path| path.display().to_string())
        .collect()
}

fn list_text(values: &[String]) -> String {
    match values.is_empty() {
        true => "none".to_owned(),
        false => values.join(", "),
    }
}

fn layers_text(layers: Layers) -> String {
    let (active, missing) = layers.describe();
    let missing = match missing.is_empty() {
        true => String::new(),
        false => format!("\nnot active here: {}", missing.join(", ")),
    };
    format!("confinement: {}{missing}", list_text(&active))
}

fn print_unused(unused: &BTreeMap<String, PathBuf>) -> anyhow::Result<()> {
    for (name, file) in unused {
        let (name, file) = (escape_value(name), file.display().to_string());
        print_lines(&format!(
            "not used: `type: {name}` ({})",
            escape_value(&file)
        ))?;
    }
    Ok(())
}
