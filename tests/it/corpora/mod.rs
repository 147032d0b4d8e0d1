//! Large real sites, which are not part of the project. `tests/run` runs these tests as a separate suite
//! if `SYNDICATE_CORPORA` names the folder of the sites.

mod agreement;
mod hexo;

use std::path::PathBuf;

/// Returns the folder of the sites.
fn folder() -> PathBuf {
    std::env::var_os("SYNDICATE_CORPORA")
        .expect("`SYNDICATE_CORPORA` names the folder of the real sites")
        .into()
}
