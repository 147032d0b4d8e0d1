//! Values of a JavaScript or TypeScript file that is never run: literals of objects, lists and
//! scalars, names that stand for such literals, and the fallback of `x || "y"`. Any other value is
//! not known, which is `null` here.

mod imports;
mod reader;
mod statements;
#[cfg(test)]
mod tests;

pub use imports::imported;
pub use statements::{Call, arguments, calls, exported, front_matter, names};
