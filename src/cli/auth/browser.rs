//! The browser of the person at the machine, if there is one. Over SSH there is none: what would
//! open is the remote machine's, where nobody looks.

use syndicate_api::Env;

/// Opens `address`; `false` where no browser can be opened.
pub(super) fn open(env: &Env, address: &str) -> bool {
    let remote = ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| env.get(name).is_some());
    let no_screen = cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"]
            .iter()
            .all(|name| env.get(name).is_none());
    !remote && !no_screen && open::that_detached(address).is_ok()
}
