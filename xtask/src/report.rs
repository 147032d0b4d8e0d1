//! What the checks print.

/// Prints a line of a report.
#[expect(clippy::print_stdout, reason = "it is what a check is for")]
pub(crate) fn print_line(line: &str) {
    println!("{line}");
}

/// Prints why a check could not run.
#[expect(clippy::print_stderr, reason = "it is what a check is for")]
pub(crate) fn print_error(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}
