//! `syndicate plugin new`: writes a plugin that works, with its test.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::json;

use crate::cli::output::{eprint_lines, print_json, print_lines};
use crate::cli::{CliError, ExitStatus, GlobalOptions};
use crate::host::{Language, PluginKind, Scaffold, is_type_name, scaffold};
use crate::registry::BUILT_IN;
use crate::terminal::escape_value;

/// Options of `plugin new`.
#[derive(Args, Debug)]
#[command(after_help = "\
Writes plugins/syndicate-plugin-NAME and plugins/NAME_test.* beside
pipeline.yaml, or in this folder if there is none. Existing files are not
changed.

Example:
  syndicate plugin new --lang python --kind source notes")]
pub(super) struct NewOptions {
    /// The language of the plugin
    #[arg(long, value_enum)]
    lang: LanguageName,
    /// The kind of the plugin: `source` reads posts, `transform` changes or skips them, `sink` publishes them
    #[arg(long, value_enum)]
    kind: KindName,
    /// The name of the type in pipeline.yaml: letters, digits, `-` and `_`
    name: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LanguageName {
    Python,
    #[value(alias = "javascript")]
    Node,
    Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindName {
    Source,
    Transform,
    Sink,
}

pub(super) fn run(global: &GlobalOptions, options: &NewOptions) -> Result<ExitStatus, CliError> {
    let name = &options.name;
    check_name(name)?;
    let language = match options.lang {
        LanguageName::Python => Language::Python,
        LanguageName::Node => Language::Node,
        LanguageName::Shell => Language::Shell,
    };
    let kind = match options.kind {
        KindName::Source => PluginKind::Source,
        KindName::Transform => PluginKind::Transform,
        KindName::Sink => PluginKind::Sink,
    };
    let plugin = scaffold(language, kind, name);
    let folder = global.pipeline()?.with_file_name("plugins");
    let (program, test) = write(&folder, &plugin)?;
    if global.json {
        print_json(&json!({"v": 1, "program": program, "test": test}))?;
        return Ok(ExitStatus::Success);
    }
    let (program, test) = (shown(&program), shown(&test));
    print_lines(&format!("wrote   {program}\nwrote   {test}"))?;
    eprint_lines(&format!(
        "next: `{} {test}` runs its test\nnext: add it to pipeline.yaml:\n  {}:\n    {}",
        plugin.test_runner, plugin.section, plugin.component
    ))?;
    Ok(ExitStatus::Success)
}

fn check_name(name: &str) -> Result<(), CliError> {
    if !is_type_name(name) {
        let message = format!("invalid name `{name}`");
        let hint = "use letters, digits, `-` and `_`, such as `my-notes`";
        return Err(CliError::usage(message, hint));
    }
    let sources = BUILT_IN.sources.iter().map(|plugin| plugin.name);
    let transforms = BUILT_IN.transforms.iter().map(|plugin| plugin.name);
    let sinks = BUILT_IN.sinks.iter().map(|plugin| plugin.name);
    if name == "exec"
        || sources
            .chain(transforms)
            .chain(sinks)
            .any(|known| known == name)
    {
        let message = format!("the type `{name}` is built in");
        return Err(CliError::usage(message, "choose another name"));
    }
    Ok(())
}

/// Writes both files. Returns their paths.
fn write(folder: &Path, plugin: &Scaffold) -> anyhow::Result<(PathBuf, PathBuf)> {
    let (program, test) = (folder.join(&plugin.program.0), folder.join(&plugin.test.0));
    for file in [&program, &test] {
        anyhow::ensure!(!file.exists(), "`{}` exists already", file.display());
    }
    fs::create_dir_all(folder)?;
    write_file(&program, &plugin.program.1, true)?;
    write_file(&test, &plugin.test.1, false)?;
    Ok((program, test))
}

fn write_file(path: &Path, text: &str, is_program: bool) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_program {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o777);
    }
    #[cfg(not(unix))]
    let _: bool = is_program;
    options.open(path)?.write_all(text.as_bytes())?;
    Ok(())
}

fn shown(path: &Path) -> String {
    escape_value(&path.display().to_string()).into_owned()
}
