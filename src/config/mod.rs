//! pipeline.yaml, from text to a typed pipeline. Reading is pure but for the file itself and the
//! environment: no network, no clock, no token is looked at, so that `check` is instant and works
//! offline. Every fault of the file is reported at once, with line and column.

mod assemble;
mod component;
mod environment;
mod fault;
mod ledger;
mod mentions;
mod policy;
mod reader;
mod row;
mod schema;
mod split;
mod tree;
mod wiring;

use std::path::{Path, PathBuf};

use serde_saphyr::UserMessageFormatter;
use syndicate_api::{BuildSource, BuildTransform, Env};

pub use self::component::{Component, SinkComponent, Wording};
pub use self::environment::runs_in_ci;
pub use self::fault::{ConfigFault, ConfigFaults};
pub use self::ledger::LedgerOptions;
pub use self::mentions::{Mention, Mentions};
pub use self::policy::{OnChange, Policy};
pub use self::schema::pipeline_schema;
pub use self::tree::Place;
pub use self::wiring::Route;
use crate::registry::Registry;

/// The name that is looked for where no file is given.
pub const FILE_NAME: &str = "pipeline.yaml";

/// The longest pipeline.yaml that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// A pipeline, checked.
pub struct Pipeline {
    /// The file it was read from, as the user named it.
    pub file: String,
    /// The folder that the file lies in; relative paths start there.
    pub base: PathBuf,
    /// Where items come from.
    pub sources: Vec<Component<dyn BuildSource>>,
    /// What happens to them on their way.
    pub transforms: Vec<Component<dyn BuildTransform>>,
    /// Where posts go.
    pub sinks: Vec<SinkComponent>,
    /// Which items reach which sink.
    pub routes: Vec<Route>,
    /// What may go out and when.
    pub policy: Policy,
    /// How the ledger is kept.
    pub ledger: LedgerOptions,
    /// Who may be mentioned in templates.
    pub mentions: Mentions,
}

/// What reading needs besides the file.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The types of components there are.
    pub registry: Registry,
    /// The variables.
    pub env: &'a Env,
    /// The sandbox's address, when this run is a rehearsal: sinks that it can stand in for are
    /// pointed at it, the others are marked.
    pub sandbox: Option<&'a str>,
}

/// Reads a pipeline.
///
/// # Errors
/// Every fault of the file.
pub fn load(file: &Path, surroundings: Surroundings<'_>) -> Result<Pipeline, ConfigFaults> {
    let shown = file.to_string_lossy().into_owned();
    let text = read(file).map_err(|(message, hint)| ConfigFaults::whole(&shown, message, hint))?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let base = folder.unwrap_or(Path::new(".")).to_owned();
    let mut faults = Vec::new();
    let pipeline = parse(&text).map(|mut root| {
        assemble::assemble(&mut root, shown.clone(), base, surroundings, &mut faults)
    });
    match pipeline {
        Ok(pipeline) if faults.is_empty() => Ok(pipeline),
        Ok(_) => {
            faults.sort_by_key(|fault| fault.place.map(|place| (place.line, place.column)));
            faults.dedup();
            Err(ConfigFaults {
                file: shown,
                text,
                faults,
            })
        }
        Err(fault) => Err(ConfigFaults {
            file: shown,
            text,
            faults: vec![fault],
        }),
    }
}

fn read(file: &Path) -> Result<String, (String, String)> {
    let hint = "run `syndicate init` in the site's folder, or name the file with `--config`";
    let size = std::fs::metadata(file)
        .map(|metadata| metadata.len())
        .unwrap_or_default();
    if size > MAX_BYTES {
        return Err((
            format!("{size} bytes are too many for a pipeline"),
            hint.to_owned(),
        ));
    }
    std::fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ("there is no such file".to_owned(), hint.to_owned()),
        std::io::ErrorKind::InvalidData => (
            "it is not UTF-8 text".to_owned(),
            "save it as UTF-8".to_owned(),
        ),
        _ => (format!("it cannot be read: {error}"), hint.to_owned()),
    })
}

fn parse(text: &str) -> Result<tree::Node, ConfigFault> {
    serde_saphyr::from_str(text).map_err(|error| {
        let message = error
            .without_snippet()
            .render_with_formatter(&UserMessageFormatter);
        // The place is shown by the snippet; saying it twice helps nobody.
        let message = match message.rsplit_once(" at line ") {
            Some((message, _)) => message.to_owned(),
            None => message,
        };
        let place = error.location().map(|location| Place::from(&location));
        ConfigFault {
            place,
            message,
            hint: None,
        }
    })
}
