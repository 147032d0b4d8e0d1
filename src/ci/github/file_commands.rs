//! Files that a step appends to and the runner reads after it: outputs (`GITHUB_OUTPUT`) and the summary
//! (`GITHUB_STEP_SUMMARY`), whose variables the runner sets for each step.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use syndicate_api::{Env, mask};

/// Maximum size of the summary of a step. The runner drops a larger one as a whole.
const MAX_SUMMARY: u64 = 1_000_000;

/// Maximum size of one output. GitHub allows 1 MiB for all outputs of a job.
const MAX_OUTPUT: usize = 200_000;

/// Returns the number of bytes that the summary of this step can still take.
pub(crate) fn summary_space(env: &Env) -> usize {
    let file = path(env, "GITHUB_STEP_SUMMARY");
    let size = file.and_then(|file| Some(file.metadata().ok()?.len()));
    let space = MAX_SUMMARY.saturating_sub(size.unwrap_or(0));
    usize::try_from(space).unwrap_or(usize::MAX)
}

/// Appends Markdown to the summary of this step. Returns `false` outside of a job, which has no summary.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub(crate) fn append_summary(env: &Env, markdown: &str) -> anyhow::Result<bool> {
    let Some(file) = path(env, "GITHUB_STEP_SUMMARY") else {
        return Ok(false);
    };
    append(&file, &format!("{}\n", mask(markdown).trim_end()))?;
    Ok(true)
}

/// Appends outputs to those of this step. `delimiter` ends each value; it must be random, so that no value
/// contains it. Does nothing outside of a job.
///
/// # Errors
/// Returns an error if an output is too large or the file cannot be written.
pub(crate) fn append_outputs(
    env: &Env,
    outputs: &[(&str, String)],
    delimiter: &str,
) -> anyhow::Result<()> {
    let Some(file) = path(env, "GITHUB_OUTPUT") else {
        return Ok(());
    };
    let large = outputs.iter().find(|(_, value)| value.len() > MAX_OUTPUT);
    if let Some((name, _)) = large {
        anyhow::bail!("the output `{name}` is larger than {MAX_OUTPUT} bytes");
    }
    let lines = outputs.iter().map(|(name, value)| {
        let value = mask(value);
        format!("{name}<<{delimiter}\n{value}\n{delimiter}\n")
    });
    append(&file, &lines.collect::<String>())
}

fn path(env: &Env, variable: &str) -> Option<PathBuf> {
    let path = env.get(variable).filter(|path| !path.is_empty())?;
    Some(PathBuf::from(path))
}

fn append(file: &Path, text: &str) -> anyhow::Result<()> {
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened
        .and_then(|mut opened| opened.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write `{}`", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(variable: &str, file: &Path) -> Env {
        Env::from_pairs([(variable, file.to_str().unwrap())])
    }

    #[test]
    fn outputs_end_with_delimiter() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("output");
        std::fs::write(&file, "earlier=1\n").unwrap();
        let outputs = [("sent", "1".to_owned()), ("urls", "a\nsent=9".to_owned())];
        append_outputs(&env("GITHUB_OUTPUT", &file), &outputs, "end-7f").unwrap();
        let expected = "earlier=1\nsent<<end-7f\n1\nend-7f\nurls<<end-7f\na\nsent=9\nend-7f\n";
        assert_eq!(std::fs::read_to_string(&file).unwrap(), expected);
    }

    #[test]
    fn large_output_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("output");
        let outputs = [("urls", "x".repeat(MAX_OUTPUT + 1))];
        append_outputs(&env("GITHUB_OUTPUT", &file), &outputs, "end").unwrap_err();
        assert!(!file.exists());
    }

    #[test]
    fn summary_space_counts_earlier_text() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("summary");
        let env = env("GITHUB_STEP_SUMMARY", &file);
        assert_eq!(summary_space(&env), 1_000_000);
        assert!(append_summary(&env, "### a\n").unwrap());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "### a\n");
        assert_eq!(summary_space(&env), 999_994);
    }

    #[test]
    fn nothing_is_written_outside_jobs() {
        assert!(!append_summary(&Env::empty(), "### a").unwrap());
        append_outputs(&Env::empty(), &[("sent", "1".to_owned())], "end").unwrap();
    }
}
