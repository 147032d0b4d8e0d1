//! Landlock: the files that a plugin can use, TCP, and signals to other processes.

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, LandlockStatus, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, RulesetError, RulesetStatus, Scope, path_beneath_rules,
};

use super::super::Permissions;

/// The version of Landlock that restricts signals.
pub(super) const SIGNALS: u32 = 6;

/// The newest version that this program makes use of. Older kernels enforce what they know.
const NEWEST: ABI = ABI::V10;

/// Folders and files of the system that every program may read: programs, libraries, and settings of these.
const SYSTEM: &[&str] = &[
    "/bin",
    "/gnu/store",
    "/home/linuxbrew/.linuxbrew",
    "/lib",
    "/lib32",
    "/lib64",
    "/nix/store",
    "/opt",
    "/sbin",
    "/snap",
    "/usr",
    "/dev/full",
    "/dev/random",
    "/dev/urandom",
    "/dev/zero",
    "/etc/alternatives",
    "/etc/ca-certificates",
    "/etc/group",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/locale.alias",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/perl",
    "/etc/pki",
    "/etc/python3",
    "/etc/ssl",
    "/etc/timezone",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self",
    "/proc/stat",
    "/sys/devices/system/cpu",
];

/// Settings that programs read to find other hosts.
const NETWORK: &[&str] = &[
    "/etc/gai.conf",
    "/etc/host.conf",
    "/etc/hosts",
    "/etc/protocols",
    "/etc/resolv.conf",
    "/etc/services",
];

/// Restricts this process. Returns the version of Landlock, or `None` if the system does not have it.
pub(super) fn restrict(permissions: &Permissions) -> Option<u32> {
    let status = try_restrict(permissions).ok()?;
    match status.landlock {
        LandlockStatus::Available { effective_abi, .. } => {
            let is_enforced = status.ruleset != RulesetStatus::NotEnforced;
            is_enforced.then_some(effective_abi as u32)
        }
        LandlockStatus::NotEnabled | LandlockStatus::NotImplemented => None,
    }
}

fn try_restrict(permissions: &Permissions) -> Result<landlock::RestrictionStatus, RulesetError> {
    let (read, all) = (AccessFs::from_read(NEWEST), AccessFs::from_all(NEWEST));
    let mut ruleset = Ruleset::default().handle_access(all)?;
    if !permissions.network {
        ruleset = ruleset.handle_access(AccessNet::from_all(NEWEST))?;
    }
    let network = NETWORK.iter().filter(|_| permissions.network);
    ruleset
        .scope(Scope::from_all(NEWEST))?
        .create()?
        .add_rules(path_beneath_rules(SYSTEM, read))?
        .add_rules(path_beneath_rules(network, read))?
        .add_rules(path_beneath_rules(&permissions.read, read))?
        .add_rules(path_beneath_rules(&permissions.write, writable()))?
        .add_rules(path_beneath_rules(
            ["/dev/null"],
            read | AccessFs::WriteFile,
        ))?
        .restrict_self()
}

/// Returns the rights on a folder that a plugin may change: all but those on devices and sockets.
fn writable() -> BitFlags<AccessFs> {
    let others = AccessFs::IoctlDev | AccessFs::MakeBlock | AccessFs::MakeChar;
    AccessFs::from_all(NEWEST) & !(others | AccessFs::MakeSock | AccessFs::ResolveUnix)
}
