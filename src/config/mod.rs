//! Reads pipeline.yaml into a typed pipeline.
//!
//! Apart from the file and the environment, reading uses no input: no network, no clock, no token. `check`
//! is therefore fast and works offline. All errors of the file are reported at once, with line and column.

mod assemble;
mod component;
mod context;
mod environment;
mod fault;
mod find;
mod ledger;
mod mentions;
mod parsed_file;
mod pipeline;
mod plugin_schema;
mod policy;
mod printable;
mod program;
mod program_grants;
mod program_options;
mod reader;
mod row;
mod schema;
mod spans;
mod split;
mod tree;
mod unknown_type;
mod wiring;
mod yaml;

use std::path::Path;

use syndicate_api::{Code, Diagnostic, Diagnostics};

pub(crate) use self::component::{Component, Program, SinkComponent, TextSource};
pub(crate) use self::context::{LoadContext, PluginUse};
pub(crate) use self::find::find_above;
pub(crate) use self::ledger::LedgerOptions;
#[cfg(test)]
pub(crate) use self::mentions::Mention;
pub(crate) use self::mentions::Mentions;
pub(crate) use self::parsed_file::ParsedFile;
pub(crate) use self::pipeline::Pipeline;
pub(crate) use self::plugin_schema::add_plugins;
pub(crate) use self::policy::{LinkFile, LinkFormat, OnChange, Policy, parse_span};
use self::printable::HiddenValues;
pub(crate) use self::printable::excerpt;
pub use self::schema::pipeline_schema;
pub(crate) use self::spans::OptionSpans;
use self::tree::ConfigNode;
pub(crate) use self::wiring::Route;

/// The file name that is searched for if the user gives no file.
pub(crate) const FILE_NAME: &str = "pipeline.yaml";

/// Maximum size of pipeline.yaml, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Reads a pipeline.
///
/// # Errors
/// All errors of the file.
pub(crate) fn load(file: &Path, context: LoadContext<'_>) -> Result<Pipeline, Diagnostics> {
    load_partly(file, context).and_then(without_faults)
}

/// Reads a pipeline, and returns it without the components that have errors, with all errors of the file.
///
/// # Errors
/// An error of the file as a whole.
pub(crate) fn load_partly(
    file: &Path,
    context: LoadContext<'_>,
) -> Result<(Pipeline, Vec<Diagnostic>), Diagnostics> {
    parse(file, context, |root, faults| {
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let base = folder.unwrap_or(Path::new(".")).to_owned();
        let shown = file.to_string_lossy().into_owned();
        assemble::assemble(root, shown, base, context, faults)
    })
}

/// Reads only the section `ledger`, so that the ledger is found although other parts of the file are
/// invalid.
///
/// # Errors
/// All errors of the section, and a YAML error of the file. A file that does not exist is an error too: its folder
/// has no pipeline whose ledger could be missing.
pub(crate) fn load_ledger_options(
    file: &Path,
    context: LoadContext<'_>,
) -> Result<LedgerOptions, Diagnostics> {
    let parsed = parse(file, context, |root, faults| {
        assemble::ledger_options(root, context, faults)
    });
    parsed.and_then(without_faults)
}

fn without_faults<T>((value, faults): (T, Vec<Diagnostic>)) -> Result<T, Diagnostics> {
    match faults.is_empty() {
        true => Ok(value),
        false => Err(Diagnostics(faults)),
    }
}

/// Parses `file` and reads its tree with `read`, which collects errors.
fn parse<T>(
    file: &Path,
    context: LoadContext<'_>,
    read: impl FnOnce(&mut ConfigNode, &mut Vec<Diagnostic>) -> T,
) -> Result<(T, Vec<Diagnostic>), Diagnostics> {
    let shown = file.to_string_lossy().into_owned();
    let in_file = |fault: Diagnostic| fault.in_file(&shown);
    let one = |fault| Diagnostics(vec![in_file(fault)]);
    let text = read_text(file).map_err(one)?;
    let mut root = context.parsed.tree(&text, context.env).map_err(one)?;
    let mut faults = Vec::new();
    let value = read(&mut root, &mut faults);
    if faults.is_empty() {
        return Ok((value, faults));
    }
    faults.sort_by_key(|fault| (fault.line(), fault.column()));
    faults.dedup();
    // Reading has changed the tree.
    let unread = context.parsed.tree(&text, context.env).map_err(one)?;
    let hidden = HiddenValues::of(&unread, context.env);
    let printable = |fault| in_file(hidden.apply(fault, &root));
    let faults = faults.into_iter().map(printable);
    Ok((value, faults.collect()))
}

/// Hint for a file that exists and cannot be read.
const READ_HINT: &str = "check that the file is not a folder, and that you may read it";

fn read_text(file: &Path) -> Result<String, Diagnostic> {
    let unreadable = |message: String| {
        Diagnostic::new(Code::UnreadableFile, message).with_hint(
            "run `syndicate init` in the site's folder, or name the file with `--config`",
        )
    };
    let size = std::fs::metadata(file)
        .map(|metadata| metadata.len())
        .unwrap_or_default();
    if size > MAX_BYTES {
        let message = format!("the file is too large: {size} bytes");
        return Err(unreadable(message).with_hint("name a pipeline with `--config`"));
    }
    std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => unreadable("the file does not exist".to_owned()),
        std::io::ErrorKind::InvalidData => {
            unreadable("it is not UTF-8 text".to_owned()).with_hint("save it as UTF-8")
        }
        _ => unreadable(format!("it cannot be read: {error}")).with_hint(READ_HINT),
    })
}
