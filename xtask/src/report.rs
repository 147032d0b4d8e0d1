//! Prints the results of the checks.

/// Prints a line of a report.
#[expect(clippy::print_stdout, reason = "a check prints its results")]
pub(crate) fn print_line(line: &str) {
    println!("{line}");
}

/// Prints the error if a check could not run.
#[expect(clippy::print_stderr, reason = "a check prints its results")]
pub(crate) fn print_error(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}
