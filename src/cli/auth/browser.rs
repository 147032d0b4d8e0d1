//! Opens the user's browser. Over SSH no browser is opened, because it would start on the remote
//! machine.

use syndicate_api::Env;

/// Opens `address`. Returns `false` if no browser can be started.
pub(super) fn open(env: &Env, address: &str) -> bool {
    may_be_there(env) && open::that_detached(address).is_ok()
}

fn may_be_there(env: &Env) -> bool {
    let remote = ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| env.get(name).is_some());
    let no_screen = cfg!(target_os = "linux")
        && ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"]
            .iter()
            .all(|name| env.get(name).is_none());
    !remote && !no_screen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_is_not_opened_over_ssh() {
        let ssh = Env::from_pairs([("SSH_CONNECTION", "x"), ("DISPLAY", ":10")]);
        assert!(!may_be_there(&ssh));
        assert!(may_be_there(&Env::from_pairs([(
            "WAYLAND_DISPLAY",
            "wayland-0"
        )])));
        #[cfg(target_os = "linux")]
        assert!(!may_be_there(&Env::empty()));
    }
}
