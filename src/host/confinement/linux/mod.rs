//! The layers of Linux. Each function restricts the calling process for ever, so only the launcher calls them.

mod file_rules;
mod limits;
mod namespaces;
mod syscall_filter;

use super::{Layers, Permissions};

/// Restricts this process to `permissions`. Returns the layers that are active from now on.
pub(in crate::host) fn confine(permissions: &Permissions) -> Layers {
    let namespaces = namespaces::enter(permissions.network);
    limits::set(namespaces.has_own_users);
    let landlock = file_rules::restrict(permissions);
    limits::drop_privileges();
    let can_signal_others = landlock < Some(file_rules::SIGNALS);
    let seccomp = syscall_filter::restrict(permissions.network, can_signal_others);
    Layers {
        landlock,
        seccomp,
        network_namespace: namespaces.has_no_network,
    }
}
