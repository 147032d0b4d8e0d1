//! Tools that `tests/run` installs, such as other projects' clients and site generators.

use std::path::PathBuf;

/// Returns the folder of a set of tools. `tests/setup/sets` lists the sets: packages from npm are in its
/// `node_modules`, programs from PyPI in its `bin`.
pub(crate) fn tools(set: &str) -> PathBuf {
    let folder = std::env::var_os("SYNDICATE_TEST_TOOLS")
        .expect("tests/run installs the tools and sets `SYNDICATE_TEST_TOOLS` to their folder");
    PathBuf::from(folder).join(set)
}
