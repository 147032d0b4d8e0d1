//! A disk that fails, and death at a chosen write: a small library that is preloaded into the program
//! and does harm at the Nth thing done to the ledger. It needs a C compiler, which building the program
//! needs too, and a system that preloads libraries as Linux does.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The library, made once for all tests.
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

/// Lets `command` suffer `fault`, such as `write:2:half`; `fault.c` says what there is.
pub(crate) fn suffers(command: &mut Command, fault: &str) {
    command.env("LD_PRELOAD", library()).env("FAULT", fault);
}
