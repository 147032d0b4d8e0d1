//! Disk faults, and crashes at a chosen write: a small library is preloaded into the program and injects a
//! fault into the Nth operation on the ledger. It requires a C compiler, which the build of the program
//! requires too, and `LD_PRELOAD`, as on Linux.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// Returns the path of the library, which is compiled once for all tests.
fn library() -> &'static PathBuf {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let library = folder.join(format!("fault-{}.so", std::process::id()));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/fault.c");
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let made = Command::new(compiler)
            .args(["-shared", "-fPIC", "-Wall", "-Werror", "-o"])
            .arg(&library)
            .arg(source)
            .arg("-ldl")
            .status()
            .expect("a C compiler");
        assert!(made.success(), "the library compiles");
        library
    })
}

/// Injects `fault`, such as `write:2:half`, into `command`. `fault.c` lists the faults.
pub(crate) fn inject_fault(command: &mut Command, fault: &str) {
    command.env("LD_PRELOAD", library()).env("FAULT", fault);
}
