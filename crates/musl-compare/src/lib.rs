//! Replaces `memcmp` and `bcmp` in a program that is linked statically with musl. Rust compares texts and bytes with these
//! two. musl and the run-time library of zig compare one byte at a time, which takes five to ten times as long as
//! the eight bytes at a time of `compare.c`. The file is C because the linker takes functions of these names only from
//! there without unsafe Rust. Other systems have functions of their own for each processor, and this crate does nothing.
