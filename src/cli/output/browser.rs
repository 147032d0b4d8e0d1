//! Opens the user's browser.

use super::print::eprint_status;

/// Opens `url`, or prints it if no browser can be started.
pub(crate) fn open_browser(url: &str) -> anyhow::Result<()> {
    match open::that_detached(url) {
        Ok(()) => Ok(()),
        Err(error) => eprint_status(&format!(
            "cannot start a browser ({error}); open {url} yourself"
        )),
    }
}
