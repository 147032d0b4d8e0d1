//! The filter of system calls: sockets, other processes, and parts of the kernel that no plugin needs.
//!
//! Everything else is allowed, because interpreters use new system calls with every release. A refused call fails with
//! an error that programs know, and does not end the process.

use std::collections::BTreeMap;

use nix::libc;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, TargetArch, apply_filter,
};

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

#[cfg(target_arch = "x86_64")]
const ARCH: TargetArch = TargetArch::x86_64;
#[cfg(target_arch = "aarch64")]
const ARCH: TargetArch = TargetArch::aarch64;

/// Calls that are refused with all arguments.
const REFUSED: &[i64] = &[
    // Reading and changing other processes.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_perf_event_open,
    // Sockets without a call that this filter sees.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    // Leaving the process group, with which the plugin is ended.
    libc::SYS_setsid,
    libc::SYS_setpgid,
    // Namespaces and mounts.
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_open_tree,
    libc::SYS_move_mount,
    libc::SYS_mount_setattr,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_open_by_handle_at,
    // The keys of the user, which may be secrets.
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    // Memory that all processes of the user share, and message queues.
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_msgget,
    libc::SYS_semget,
    libc::SYS_mq_open,
    // Parts of the kernel that had many errors, or that only root uses.
    libc::SYS_bpf,
    libc::SYS_userfaultfd,
    libc::SYS_fanotify_init,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_syslog,
    libc::SYS_reboot,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
];

/// Calls of x86 alone.
#[cfg(target_arch = "x86_64")]
const REFUSED_HERE: &[i64] = &[
    libc::SYS_kexec_file_load,
    libc::SYS_ioperm,
    libc::SYS_iopl,
    libc::SYS_modify_ldt,
    // The second numbers of calls in the x32 mode: `ptrace`, `process_vm_readv` and `process_vm_writev`, `kexec_load`.
    521,
    539,
    540,
    528,
];
#[cfg(target_arch = "aarch64")]
const REFUSED_HERE: &[i64] = &[libc::SYS_kexec_file_load];

/// The bit that marks a call of the x32 mode, which kernels may support besides the usual one.
#[cfg(target_arch = "x86_64")]
const SECOND_MODE: Option<i64> = Some(0x4000_0000);
#[cfg(target_arch = "aarch64")]
const SECOND_MODE: Option<i64> = None;

/// The flags of `clone` that make namespaces.
const NAMESPACES: &[i32] = &[
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWNS,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWUTS,
];

/// Filters the system calls of this process and its children. Internet sockets are allowed if `network`. Returns
/// `true` if the filter is active.
///
/// With `can_signal_others` nothing else keeps the process from sending signals to the processes of the user, so it may
/// send them only to itself and its group.
pub(super) fn restrict(network: bool, can_signal_others: bool) -> bool {
    let mut rules = Rules::new();
    let refused = add_refused(&mut rules, network, can_signal_others);
    refused.is_ok() && install(rules, libc::EPERM) && install(clone3(), libc::ENOSYS)
}

fn add_refused(
    rules: &mut Rules,
    network: bool,
    can_signal_others: bool,
) -> seccompiler::Result<()> {
    for call in REFUSED.iter().chain(REFUSED_HERE) {
        rules.insert(*call, Vec::new());
    }
    rules.insert(libc::SYS_socket, sockets(network)?);
    rules.insert(libc::SYS_socketpair, pairs()?);
    let is_flag = |flag: i32| {
        let flag = u64::from(flag.unsigned_abs());
        all([equal_bits(0, flag, flag)?])
    };
    let namespaces = NAMESPACES.iter().map(|flag| is_flag(*flag));
    rules.insert(libc::SYS_clone, namespaces.collect::<Result<_, _>>()?);
    // Characters that a terminal takes for typed ones, and the death signal that the launcher has set.
    let terminal = [libc::TIOCSTI, libc::TIOCLINUX].map(|request| all([equal(1, request)?]));
    rules.insert(
        libc::SYS_ioctl,
        terminal.into_iter().collect::<Result<_, _>>()?,
    );
    let death_signal = all([equal(0, libc::PR_SET_PDEATHSIG)?])?;
    rules.insert(libc::SYS_prctl, vec![death_signal]);
    let own = std::process::id();
    rules.insert(
        libc::SYS_prlimit64,
        vec![all([other(0, 0)?, other(0, own)?])?],
    );
    if can_signal_others {
        let others = all([other(0, 0)?, other(0, own)?])?;
        for call in [libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo] {
            rules.insert(call, vec![others.clone()]);
        }
        for call in [
            libc::SYS_tkill,
            libc::SYS_pidfd_send_signal,
            libc::SYS_rt_tgsigqueueinfo,
        ] {
            rules.insert(call, Vec::new());
        }
    }
    Ok(())
}

/// Refuses all sockets, or those that are not TCP or UDP. UNIX sockets lead to daemons such as Docker's.
fn sockets(network: bool) -> seccompiler::Result<Vec<SeccompRule>> {
    if !network {
        return Ok(Vec::new());
    }
    let (v4, v6) = (libc::AF_INET, libc::AF_INET6);
    let other_family = all([other(0, v4.unsigned_abs())?, other(0, v6.unsigned_abs())?])?;
    let raw = all([type_is(libc::SOCK_RAW)?])?;
    Ok(vec![other_family, raw])
}

/// Refuses pairs that could be connected again, to another address. Programs use pairs as pipes.
fn pairs() -> seccompiler::Result<Vec<SeccompRule>> {
    let other_family = all([other(0, libc::AF_UNIX.unsigned_abs())?])?;
    let datagrams = all([type_is(libc::SOCK_DGRAM)?])?;
    // The kernel makes a pair of datagram sockets of it.
    let raw = all([type_is(libc::SOCK_RAW)?])?;
    Ok(vec![other_family, datagrams, raw])
}

/// The flags of `clone3` are in memory, where no filter sees them. If it does not exist, `clone` is used.
fn clone3() -> Rules {
    BTreeMap::from([(libc::SYS_clone3, Vec::new())])
}

fn install(mut rules: Rules, error: i32) -> bool {
    if let Some(bit) = SECOND_MODE {
        let second: Rules = rules
            .iter()
            .map(|(call, rules)| (call | bit, rules.clone()))
            .collect();
        rules.extend(second);
    }
    let refuse = SeccompAction::Errno(error.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refuse, ARCH);
    let program = filter.and_then(BpfProgram::try_from);
    program.is_ok_and(|program| apply_filter(&program).is_ok())
}

fn all<const N: usize>(conditions: [SeccompCondition; N]) -> seccompiler::Result<SeccompRule> {
    Ok(SeccompRule::new(conditions.into())?)
}

fn equal(argument: u8, value: impl TryInto<u64>) -> seccompiler::Result<SeccompCondition> {
    condition(
        argument,
        SeccompCmpOp::Eq,
        value.try_into().unwrap_or_default(),
    )
}

fn other(argument: u8, value: u32) -> seccompiler::Result<SeccompCondition> {
    condition(argument, SeccompCmpOp::Ne, value.into())
}

/// The type of a socket without its flags.
fn type_is(kind: i32) -> seccompiler::Result<SeccompCondition> {
    equal_bits(1, 0xf, kind.unsigned_abs().into())
}

fn equal_bits(argument: u8, mask: u64, value: u64) -> seccompiler::Result<SeccompCondition> {
    condition(argument, SeccompCmpOp::MaskedEq(mask), value)
}

/// All of these arguments are 32 bits long; the kernel ignores the rest.
fn condition(
    argument: u8,
    operator: SeccompCmpOp,
    value: u64,
) -> seccompiler::Result<SeccompCondition> {
    let length = SeccompCmpArgLen::Dword;
    Ok(SeccompCondition::new(argument, length, operator, value)?)
}
