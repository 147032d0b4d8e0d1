//! Reads the values in a JavaScript or TypeScript file without running it: literal objects, lists and
//! scalars, names defined as such literals, and the fallback in `x || "y"`. Any other value is unknown
//! and becomes `null`.

mod imports;
mod reader;
mod statements;
#[cfg(test)]
mod tests;

pub use imports::read_imports;
pub use statements::{
    Call, read_arguments, read_calls, read_constants, read_default_export, read_front_matter,
};
