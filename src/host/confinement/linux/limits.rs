//! Resource limits, and the privileges of a process that root starts.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{
    CapabilitiesSecureBits, clear_ambient_capability_set, set_capabilities_secure_bits,
    set_no_new_privs,
};

/// Maximum number of processes and threads of a plugin.
const MAX_PROCESSES: u64 = 256;

/// Maximum number of open files of each process.
const MAX_FILES: u64 = 1024;

/// Sets the limits. The number of processes is counted for the user as a whole, so it is limited only if
/// `has_own_users`.
pub(super) fn set(has_own_users: bool) {
    lower(Resource::Core, 0);
    lower(Resource::Nofile, MAX_FILES);
    if has_own_users {
        lower(Resource::Nproc, MAX_PROCESSES);
    }
}

fn lower(resource: Resource, limit: u64) {
    let hard = getrlimit(resource).maximum;
    let limit = Some(hard.map_or(limit, |hard| hard.min(limit)));
    let limit = Rlimit {
        current: limit,
        maximum: limit,
    };
    // Every process may lower its limits.
    setrlimit(resource, limit).ok();
}

/// Makes sure that the plugin has no capabilities, even if its user is root, and gets none by executing a file. Only
/// root has capabilities to lose, so failures of others are ignored.
pub(super) fn drop_privileges() {
    let without_root = CapabilitiesSecureBits::NO_ROOT | CapabilitiesSecureBits::NO_ROOT_LOCKED;
    set_capabilities_secure_bits(without_root).ok();
    clear_ambient_capability_set().ok();
    set_no_new_privs(true).ok();
}
