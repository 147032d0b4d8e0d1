//! A source that is another program.
//!
//! A scan counts only if it ends with the right number of items. Otherwise the whole source failed: it has a fault and
//! no items, and the posts of other sources are not affected.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use plugin_protocol::{ErrorAnswer, Reply, SOURCE_FIELDS, ScanOk, ScanTask, SourceFault, Task};
use serde_json::Value;
use syndicate_api::text::plural;
use syndicate_api::{
    BuildSource, Code, ComponentContext, Context, Diagnostic, FileSpan, Item, Result, Source,
    SourceScan, async_trait, did_you_mean,
};

use super::answer_fields::read_fields;
use super::component::{ConfiguredPlugin, LastScan, PluginComponent, parse};
use super::conversation::{Conversation, unexpected};
use super::failure::{FailureKind, PluginFailure};
use super::made_picture::MadePictures;
use super::source_item::{ItemReader, is_below};
use super::{background, clashes};

/// Maximum number of items and faults of a scan.
const MAX_LINES: usize = 1_000_000;

/// Maximum number of faults that are reported.
const MAX_FAULTS: usize = 1_000;

/// Maximum number of fields that do not exist and are reported.
const MAX_MISSPELT: usize = 10;

/// A source that is another program.
pub(crate) struct ProgramSource {
    component: Arc<PluginComponent>,
    roots: Vec<PathBuf>,
}

/// The lines of a scan.
#[derive(Default)]
struct ScanLines {
    items: Vec<Result<Item, Diagnostic>>,
    faults: Vec<Diagnostic>,
    /// The numbers of lines of each kind.
    item_lines: u64,
    fault_lines: u64,
    ok: Option<ScanOk>,
    /// Fields that items do not have, with suggestions.
    misspelt: BTreeMap<String, String>,
    /// The reason of the plugin for ending the scan.
    error: Option<ErrorAnswer>,
}

impl ProgramSource {
    /// Passes the options to the plugin. If it fails, each scan tries again.
    ///
    /// # Errors
    /// If the plugin refuses an option, or watches files that it may not read. Some languages take those for files
    /// that do not exist, so that all posts would seem to have vanished.
    pub(super) fn open(component: Arc<PluginComponent>) -> Result<Self> {
        let opened = component.open_or_retry()?.unwrap_or_default();
        let root = &component.spec.root;
        let watched = opened.watch.iter().map(|path| root.join(fixed_part(path)));
        let watched: Vec<PathBuf> = watched.collect();
        let own = component.spec.own_files();
        let is_hidden =
            |path: &PathBuf| !component.spec.permissions.may_read(path) && !own.contains(path);
        if let Some(index) = watched.iter().position(is_hidden) {
            return Err(not_readable(&component, &opened.watch[index]).into());
        }
        let roots = watched.into_iter().chain(own).collect();
        Ok(Self { component, roots })
    }
}

fn not_readable(component: &PluginComponent, watched: &str) -> Diagnostic {
    let name = &component.manifest.name;
    let folder = fixed_part(watched).display().to_string();
    let message = format!("plugin `{name}` watches `{watched}`, which it may not read");
    let hint = format!("if it may, write `grant: {{read: [{folder}]}}`");
    Diagnostic::option(&["grant"], message).with_hint(hint)
}

impl BuildSource for ConfiguredPlugin {
    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Source>> {
        Ok(Box::new(ProgramSource::open(Arc::clone(&self.0))?))
    }
}

#[async_trait]
impl Source for ProgramSource {
    async fn scan(&self, _: &Context) -> Result<SourceScan> {
        let component = Arc::clone(&self.component);
        let running = Arc::clone(&component);
        let work = move || scan(&component);
        let scanned = background::run(work, move || running.kill())?.await;
        Ok(match scanned {
            Some(Ok(scan)) => scan,
            Some(Err(failure)) => not_read(&self.component.name, failure.to_diagnostic()),
            None => {
                let panicked = "reading the plugin's answer failed unexpectedly";
                let fault = Diagnostic::new(Code::PluginFailed, panicked);
                not_read(&self.component.name, fault)
            }
        })
    }

    fn roots(&self) -> Vec<PathBuf> {
        self.roots.clone()
    }
}

/// Returns the scan of a source that failed as a whole.
pub(super) fn not_read(name: &str, fault: Diagnostic) -> SourceScan {
    let message = format!("source `{name}` was not read: {}", fault.message);
    SourceScan {
        faults: vec![fault.with_message(message).with_code(Code::PluginFailed)],
        ..SourceScan::default()
    }
}

fn scan(component: &PluginComponent) -> Result<SourceScan, PluginFailure> {
    let mut last = component
        .last_scan
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let state = last.as_ref().map(|last| last.state.clone());
    let (lines, ok) = component.with(|conversation, opened| {
        let place = (&component.spec, component.picture_store());
        let reader =
            ItemReader::new(&component.name, place, opened).map_err(FailureKind::Protocol)?;
        let pictures = component.made_pictures(conversation);
        let mut lines = read(conversation, state.clone(), (&reader, &pictures))?;
        let ok = lines.ok.take().unwrap_or_default();
        if lines.error.is_none() {
            check_counts(&lines, &ok, state.is_some())?;
        }
        Ok((lines, ok))
    })?;
    if let Some(error) = lines.error {
        return Err(PluginFailure {
            program: component.spec.shown.clone(),
            kind: FailureKind::Refused(error),
            last_words: None,
        });
    }
    if ok.same
        && let Some(last) = last.as_ref()
    {
        return Ok(last.scan.clone());
    }
    let scan = finish(lines);
    *last = ok.state.map(|state| LastScan {
        state,
        scan: scan.clone(),
    });
    Ok(scan)
}

fn read(
    conversation: &mut Conversation,
    state: Option<String>,
    (reader, pictures): (&ItemReader, &MadePictures),
) -> Result<ScanLines, FailureKind> {
    let mut lines = ScanLines::default();
    let task = Task::Scan(ScanTask { state });
    conversation.exchange([task].into_iter(), |_, reply| {
        match reply {
            Reply::Item(item) => {
                lines.item_lines += 1;
                find_misspelt(&item, &mut lines.misspelt);
                lines.items.push(item_of(item, reader, pictures));
            }
            Reply::Fault(fault) => {
                lines.fault_lines += 1;
                if lines.faults.len() < MAX_FAULTS {
                    lines.faults.push(fault_of(parse(fault, "scan")?));
                }
            }
            Reply::Ok(ok) => lines.ok = Some(parse(ok, "scan")?),
            Reply::Error(error) => lines.error = Some(error),
            Reply::Call(_) => return Err(unexpected()),
        }
        if lines.items.len() > MAX_LINES || lines.fault_lines > MAX_LINES as u64 {
            let message = format!("a scan with more than {MAX_LINES} lines");
            return Err(FailureKind::Protocol(message));
        }
        Ok(())
    })?;
    Ok(lines)
}

/// Checks that no line of the scan was lost.
fn check_counts(lines: &ScanLines, ok: &ScanOk, has_state: bool) -> Result<(), FailureKind> {
    let (items, faults) = (lines.item_lines, lines.fault_lines);
    let expected = match ok.same {
        true if !has_state => {
            let message = "`same` without the state of an earlier scan".to_owned();
            return Err(FailureKind::Protocol(message));
        }
        true => (0, 0),
        false => (ok.items, ok.faults),
    };
    if (items, faults) == expected {
        return Ok(());
    }
    let message = format!(
        "the scan has {}, but ends with the numbers {} and {}",
        format_counts(items, faults),
        expected.0,
        expected.1
    );
    Err(FailureKind::Protocol(message))
}

/// Formats the numbers of items and faults, such as `1 item and 2 faults`.
pub(super) fn format_counts(items: u64, faults: u64) -> String {
    format!("{} and {}", plural(items, "item"), plural(faults, "fault"))
}

fn item_of(
    mut value: Value,
    reader: &ItemReader,
    pictures: &MadePictures,
) -> Result<Item, Diagnostic> {
    let label = ["path", "url", "id", "title"].map(|field| value.get(field));
    let label = label.into_iter().flatten().find_map(Value::as_str);
    let label = label.map(str::to_owned);
    let copied = value
        .as_object_mut()
        .map_or(Ok(()), |fields| pictures.keep(fields));
    let item = copied.and_then(|()| read_fields(value)).map_err(|error| {
        let message = format!("the plugin's item is not valid: {error}");
        let fault = Diagnostic::new(Code::PluginFailed, message);
        match label {
            Some(label) => fault.in_file(label),
            None => fault,
        }
    })?;
    reader.read(item)
}

/// Adds the fields of an item that do not exist and are similar to one that does. Others may be for a newer host.
fn find_misspelt(item: &Value, misspelt: &mut BTreeMap<String, String>) {
    let fields = item
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys());
    for field in fields.filter(|field| !SOURCE_FIELDS.contains(&field.as_str())) {
        if misspelt.len() < MAX_MISSPELT
            && !misspelt.contains_key(field)
            && let Some(hint) = did_you_mean(field, SOURCE_FIELDS.iter().copied())
        {
            misspelt.insert(field.clone(), hint);
        }
    }
}

fn fault_of(fault: SourceFault) -> Diagnostic {
    let SourceFault {
        path,
        line,
        message,
        hint,
    } = fault;
    // The line is shown from the file, which has to be one of the user's files here.
    let (file, message) = match path {
        Some(path) if !is_below(&path) => (None, format!("`{path}`: {message}")),
        file => (file, message),
    };
    let line = line.filter(|line| *line > 0 && file.is_some());
    let fault = Diagnostic::new(Code::InvalidFrontMatter, message)
        .at(line.map(FileSpan::of_line))
        .with_optional_hint(hint);
    match file {
        Some(path) => fault.in_file(path),
        None => fault,
    }
}

fn finish(lines: ScanLines) -> SourceScan {
    let mut faults = lines.faults;
    let mut items = Vec::with_capacity(lines.items.len());
    for item in lines.items {
        match item {
            Ok(item) => items.push(Arc::new(item)),
            Err(fault) => faults.push(fault),
        }
    }
    let (items, clashing) = clashes::separate(items);
    faults.extend(clashing);
    let hidden = usize::try_from(lines.fault_lines).unwrap_or(usize::MAX);
    let misspelt = lines.misspelt.iter();
    let misspelt = misspelt
        .map(|(field, hint)| format!("items have no field `{field}`, it is ignored; {hint}"));
    let mut notes: Vec<String> = misspelt.collect();
    if let Some(more @ 1..) = hidden.checked_sub(MAX_FAULTS) {
        notes.push(format!("the plugin reported {more} more faults"));
    }
    SourceScan {
        items,
        faults,
        notes,
    }
}

/// Returns the folders of a pattern such as `notes/**/*.md` before its first wildcard.
fn fixed_part(pattern: &str) -> PathBuf {
    let parts = Path::new(pattern).components();
    let has_wildcard = |part: &std::path::Component<'_>| {
        part.as_os_str()
            .to_string_lossy()
            .contains(['*', '?', '[', '{'])
    };
    parts.take_while(|part| !has_wildcard(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pattern_is_watched_as_folder() {
        for (pattern, folder) in [
            ("notes", "notes"),
            ("notes/**/*.md", "notes"),
            ("a/b/c.org", "a/b/c.org"),
            ("*.md", ""),
        ] {
            assert_eq!(fixed_part(pattern), Path::new(folder), "{pattern}");
        }
    }
}
