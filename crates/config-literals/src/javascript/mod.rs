//! Values of a JavaScript or TypeScript file that is never run: literals of objects, lists and
//! scalars, names that stand for such literals, and the fallback of `x || "y"`. Any other value is
//! not known, which is `null` here.

mod imports;
mod reader;
mod statements;
#[cfg(test)]
mod tests;

pub use imports::read_imports;
pub use statements::{
    Call, read_arguments, read_calls, read_constants, read_default_export, read_front_matter,
};
