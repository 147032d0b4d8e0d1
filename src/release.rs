//! The version of this program, and the source that it was built from. Cargo.toml has the version.
//! The release workflow sets `SYNDICATE_COMMIT` and `SYNDICATE_REPOSITORY` for the compiler; other
//! builds leave them empty, because an archive of the source has no git history to ask.

use std::sync::LazyLock;

/// Returns the version in Cargo.toml, such as `1.2.3`.
pub(crate) const fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Returns the target triple that this program was compiled for.
pub(crate) const fn target() -> &'static str {
    env!("SYNDICATE_TARGET")
}

/// Returns the hash of the commit that this program was built from. Only release builds know it.
pub(crate) fn commit() -> Option<&'static str> {
    option_env!("SYNDICATE_COMMIT").filter(|commit| !commit.is_empty())
}

/// Returns the URL of the repository that released this program, without a slash at the end. It is
/// the repository that ran the release workflow, or `repository` in Cargo.toml.
pub(crate) fn repository() -> Option<&'static str> {
    let manifest = env!("CARGO_PKG_REPOSITORY");
    let url = option_env!("SYNDICATE_REPOSITORY")
        .filter(|url| !url.is_empty())
        .unwrap_or(manifest);
    Some(url.trim_end_matches('/')).filter(|url| !url.is_empty())
}

/// Returns the text that `--version` prints after the name of the program.
pub(crate) fn long_version() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let unknown = "unknown (not a release build)";
        format!(
            "{}\ncommit: {}\ntarget: {}\nrepository: {}",
            version(),
            commit().unwrap_or(unknown),
            target(),
            repository().unwrap_or(unknown)
        )
    });
    &TEXT
}
