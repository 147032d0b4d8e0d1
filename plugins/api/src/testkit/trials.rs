//! The number of cases of random tests: few by default, so that `cargo test` is quick, or the value of the
//! environment variable `SYNDICATE_TRIALS`.

/// The environment variable with the number of cases of each random test.
const VARIABLE: &str = "SYNDICATE_TRIALS";

/// Returns the number of cases to run, or `default` if the variable is not set.
///
/// # Panics
///
/// Panics if the variable is not a number.
pub fn trials(default: u32) -> u32 {
    match std::env::var(VARIABLE) {
        Ok(number) => number
            .parse()
            .unwrap_or_else(|_| panic!("`{VARIABLE}` is not a number: `{number}`")),
        Err(_) => default,
    }
}
