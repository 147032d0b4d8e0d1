//! Compares the functions with the definition of `memcmp`, under other names, so that the test runs with any C library.
#![cfg(unix)]

use std::env;
use std::process::Command;

#[test]
fn words_order_like_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("compare");
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let compiled = Command::new(compiler)
        .args(["-O2", "-ffreestanding", "-fno-builtin", "-Wall", "-Werror"])
        .args(["-Dmemcmp=tested_memcmp", "-Dbcmp=tested_bcmp"])
        .args(["src/compare.c", "tests/compare.c", "-o"])
        .arg(&program)
        .status()
        .unwrap();
    assert!(compiled.success());
    let output = Command::new(&program).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "same\n");
}
