//! Runs several commands in turn, so that a busy machine slows all of them alike.

use std::io::Write;

use crate::process::{Runnable, Samples};

/// Commands that are measured in turn. The first is the one that the others are divided by.
pub(crate) struct Comparison {
    title: String,
    commands: Vec<(String, Runnable)>,
}

/// The samples of each command, in the order of the commands.
pub(crate) struct Measured(Vec<(String, Samples)>);

impl Comparison {
    /// Starts a comparison with `base`, which the others are divided by.
    pub(crate) fn new(title: impl Into<String>, name: &str, base: Runnable) -> Self {
        Self {
            title: title.into(),
            commands: vec![(name.to_owned(), base)],
        }
    }

    /// Adds a command.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, command: Runnable) -> Self {
        self.commands.push((name.to_owned(), command));
        self
    }

    /// Runs each command once to warm up and then `runs` times, and prints the medians.
    ///
    /// # Errors
    /// If a command cannot be started.
    pub(crate) fn run(&self, runs: usize, out: &mut dyn Write) -> anyhow::Result<Measured> {
        let mut measured: Vec<(String, Samples)> = self
            .commands
            .iter()
            .map(|(name, _)| (name.clone(), Samples::default()))
            .collect();
        for run in 0..=runs {
            for ((_, command), (_, samples)) in self.commands.iter().zip(&mut measured) {
                let sample = command.measure()?;
                if run > 0 {
                    samples.push(sample);
                }
            }
        }
        let measured = Measured(measured);
        measured.print(&self.title, runs, out)?;
        Ok(measured)
    }
}

impl Measured {
    /// Returns the samples of the command at `place`.
    pub(crate) fn get(&self, place: usize) -> &Samples {
        &self.0[place].1
    }

    /// Returns the CPU time of the command at `place` divided by that of the first.
    pub(crate) fn cpu_ratio(&self, place: usize) -> f64 {
        self.get(place).cpu() / self.get(0).cpu()
    }

    /// Returns the elapsed time of the command at `place` divided by that of the first.
    pub(crate) fn wall_ratio(&self, place: usize) -> f64 {
        self.get(place).wall() / self.get(0).wall()
    }

    fn print(&self, title: &str, runs: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        writeln!(out, "\n{title} (median of {runs})")?;
        writeln!(
            out,
            "{:40}{:>10}{:>10}{:>10}{:>9}{:>9}",
            "", "wall ms", "CPU ms", "peak MiB", "× wall", "× CPU"
        )?;
        for (place, (name, samples)) in self.0.iter().enumerate() {
            write!(
                out,
                "{name:40}{:10.1}{:10.1}{:10.1}{:9.2}{:9.2}",
                samples.wall(),
                samples.cpu(),
                samples.peak(),
                self.wall_ratio(place),
                self.cpu_ratio(place)
            )?;
            for code in samples.failures() {
                write!(out, "  exit code {code}")?;
            }
            writeln!(out)?;
        }
        out.flush()?;
        Ok(())
    }
}
