//! Compiles the functions for musl.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=src/compare.c");
    if env::var("CARGO_CFG_TARGET_ENV").is_ok_and(|name| name == "musl") {
        // Without built-in functions the compiler does not turn their loops into calls of themselves.
        cc::Build::new()
            .file("src/compare.c")
            .flag("-ffreestanding")
            .flag("-fno-builtin")
            .opt_level(2)
            .compile("compare");
    }
}
