//! Names of the contract.

use std::borrow::Cow;

/// A name of the contract, such as the type of a sink. Built-in plugins have constants, and plugins that are other
/// programs send theirs.
pub type Name = Cow<'static, str>;
