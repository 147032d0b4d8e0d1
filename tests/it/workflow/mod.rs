//! `init --ci`: the generated CI configurations are written, linted and run.

mod init;
mod lint;
mod sites;
