//! Namespaces: an empty network, and a user namespace, which is what an unprivileged process needs to get one. Many
//! containers and some distributions forbid both.

use std::fs;

use nix::sched::{CloneFlags, unshare};
use rustix::process::{getgid, getuid};

/// The namespaces that this process has entered.
pub(super) struct Namespaces {
    /// `true` if the network has no device that is up, not even the loopback device.
    pub(super) has_no_network: bool,
    /// `true` if the processes of the plugin are counted apart from the user's other processes.
    pub(super) has_own_users: bool,
}

/// Enters new namespaces as far as the system allows it. Keeps the network if `keeps_network`.
pub(super) fn enter(keeps_network: bool) -> Namespaces {
    let (user, group) = (getuid().as_raw(), getgid().as_raw());
    let network = match keeps_network {
        true => CloneFlags::empty(),
        false => CloneFlags::CLONE_NEWNET,
    };
    let others = CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWIPC;
    if unshare(others | network).is_ok() {
        map_identity(user, group);
        return Namespaces {
            has_no_network: !keeps_network,
            has_own_users: true,
        };
    }
    // The administrator of a container needs no user namespace.
    let is_alone = !keeps_network && unshare(network).is_ok();
    Namespaces {
        has_no_network: is_alone,
        has_own_users: false,
    }
}

/// Gives the user and the group the same numbers in the new namespace. Without it the process still has the rights of
/// its user on files; only the numbers that it sees are wrong, so a failure is accepted.
fn map_identity(user: u32, group: u32) {
    fs::write("/proc/self/uid_map", format!("{user} {user} 1")).ok();
    // The kernel requires it before an unprivileged process may map its group.
    fs::write("/proc/self/setgroups", "deny").ok();
    fs::write("/proc/self/gid_map", format!("{group} {group} 1")).ok();
}
