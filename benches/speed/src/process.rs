//! Runs a program to its end, and measures it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// The cost of one run of a program.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
pub(crate) struct Sample {
    /// The elapsed time, in milliseconds.
    pub(crate) wall: f64,
    /// The user and system time, in milliseconds.
    pub(crate) cpu: f64,
    /// The largest resident set, in MiB.
    pub(crate) peak: f64,
    /// The exit code; -1 if a signal ended the program.
    pub(crate) code: i32,
}

/// A command that can be run many times.
#[derive(Clone, Debug)]
pub(crate) struct Runnable {
    program: String,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
}

impl Runnable {
    /// Creates the command that runs `program`.
    pub(crate) fn new(program: impl AsRef<Path>) -> Self {
        Self {
            program: program.as_ref().display().to_string(),
            arguments: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub(crate) fn arg(mut self, argument: impl AsRef<Path>) -> Self {
        self.arguments.push(argument.as_ref().display().to_string());
        self
    }

    /// Adds arguments that are separated by spaces.
    #[must_use]
    pub(crate) fn args(mut self, arguments: &str) -> Self {
        let arguments = arguments.split_whitespace().map(str::to_owned);
        self.arguments.extend(arguments);
        self
    }

    /// Sets a variable.
    #[must_use]
    pub(crate) fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// Returns the command of the standard library, without input and output.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    /// Runs the command to its end, as the child of a small process.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(crate) fn measure(&self) -> anyhow::Result<Sample> {
        let runner = std::env::current_exe()?.with_file_name("run-measured");
        let runner = Self {
            program: runner.display().to_string(),
            arguments: [std::slice::from_ref(&self.program), &self.arguments].concat(),
            variables: self.variables.clone(),
        };
        Ok(serde_json::from_str(&runner.output()?)?)
    }

    /// Runs the command and returns its standard output.
    ///
    /// # Errors
    /// If it cannot be started, or fails.
    pub(crate) fn output(&self) -> anyhow::Result<String> {
        let mut command = self.command();
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = command.spawn()?.wait_with_output()?;
        let messages = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(output.status.success(), "{command:?} failed: {messages}");
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// The samples of one command.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples(Vec<Sample>);

impl Samples {
    pub(crate) fn push(&mut self, sample: Sample) {
        self.0.push(sample);
    }

    /// Returns the median of the elapsed times, in milliseconds.
    pub(crate) fn wall(&self) -> f64 {
        median(self.0.iter().map(|sample| sample.wall))
    }

    /// Returns the median of the CPU times, in milliseconds.
    pub(crate) fn cpu(&self) -> f64 {
        median(self.0.iter().map(|sample| sample.cpu))
    }

    /// Returns the median of the peaks of memory, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        median(self.0.iter().map(|sample| sample.peak))
    }

    /// Returns the exit codes that are not 0.
    pub(crate) fn failures(&self) -> BTreeSet<i32> {
        let codes = self.0.iter().map(|sample| sample.code);
        codes.filter(|code| *code != 0).collect()
    }
}

/// Returns the median, or NaN without values.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    percentile(values, 0.5)
}

/// Returns the value below which the share `rank` of `values` lies, or NaN without values.
pub(crate) fn percentile(values: impl Iterator<Item = f64>, rank: f64) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * rank) as usize;
    let place = place.min(values.len().saturating_sub(1));
    values.get(place).copied().unwrap_or(f64::NAN)
}
