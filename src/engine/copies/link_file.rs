//! Writes the file of `policy.write_links`.

use std::collections::BTreeMap;
use std::path::Path;

use syndicate_api::{Code, Diagnostic};

use super::format::{format_copies, is_link_data};
use super::published::published_copies;
use crate::config::LinkFile;
use crate::engine::{PipelineScan, StageChain};
use crate::ledger::LedgerState;

/// Writes the addresses into the file that `policy.write_links` names, if it names one. A file with this content is left
/// alone, so that programs that watch it do not start.
///
/// # Errors
/// If the file cannot be written, or has other content than addresses.
pub(in crate::engine) fn write_links(
    stages: &StageChain,
    scanned: &PipelineScan,
    ledger_state: &LedgerState,
) -> Result<(), Diagnostic> {
    let Some(LinkFile { path, format }) = &stages.policy.write_links else {
        return Ok(());
    };
    check_link_file(stages)?;
    let file = stages.base.join(path);
    let copies = published_copies(stages, scanned, ledger_state);
    let text = format_copies(&copies, *format, &BTreeMap::new());
    let written = text.and_then(|text| Ok(write_changed(&file, text.as_bytes())?));
    written.map_err(|error| {
        let message = format!("cannot write the links of the posts: {error}");
        Diagnostic::new(Code::UnreadableFile, message)
            .in_file(path)
            .with_hint("name a file in a folder that can be written under `policy.write_links`")
    })
}

/// Checks that the file that `policy.write_links` names, if it names one, is missing or has addresses of earlier runs.
///
/// # Errors
/// If the file has other content, which a run would destroy.
pub(in crate::engine) fn check_link_file(stages: &StageChain) -> Result<(), Diagnostic> {
    let Some(LinkFile { path, format }) = &stages.policy.write_links else {
        return Ok(());
    };
    let Ok(content) = std::fs::read(stages.base.join(path)) else {
        return Ok(());
    };
    if is_link_data(&String::from_utf8_lossy(&content), *format) {
        return Ok(());
    }
    let message = "the file has other content than the links of the posts, and is not replaced";
    let hint = "name another file under `policy.write_links`, or delete this one";
    let fault = Diagnostic::new(Code::UnreadableFile, message);
    Err(fault.in_file(path).with_hint(hint))
}

/// Writes `file` unless it has this content. Another program sees the old file or the whole new one.
pub(crate) fn write_changed(file: &Path, content: &[u8]) -> std::io::Result<()> {
    if std::fs::read(file).is_ok_and(|current| current == content) {
        return Ok(());
    }
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder)?;
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let partial = file.with_file_name(format!(".{name}.{}.partial", std::process::id()));
    std::fs::write(&partial, content)?;
    std::fs::rename(&partial, file)
}
