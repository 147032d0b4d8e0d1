//! The browser of the person at the terminal.

use super::print::eprint_status;

/// Opens `url`, or says where to look if no browser can be started.
pub(crate) fn open_browser(url: &str) -> anyhow::Result<()> {
    match open::that_detached(url) {
        Ok(()) => Ok(()),
        Err(error) => eprint_status(&format!(
            "cannot start a browser ({error}); open {url} yourself"
        )),
    }
}
