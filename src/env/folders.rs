//! Locates the program's folders (XDG Base Directory Specification, or `%LOCALAPPDATA%` on
//! Windows).

use std::path::PathBuf;

use syndicate_api::Env;

/// Returns the folder for data that can be fetched again: `$XDG_CACHE_HOME/syndicate` or
/// `$HOME/.cache/syndicate`.
pub(crate) fn cache_folder(env: &Env) -> Option<PathBuf> {
    folder(env, "XDG_CACHE_HOME", ".cache")
}

/// Returns the folder for data of this machine that must outlive a run: `$XDG_STATE_HOME/syndicate`
/// or `$HOME/.local/state/syndicate`.
pub(crate) fn state_folder(env: &Env) -> Option<PathBuf> {
    folder(env, "XDG_STATE_HOME", ".local/state")
}

fn folder(env: &Env, variable: &str, in_home: &str) -> Option<PathBuf> {
    let absolute = |name| {
        let path = env.get(name).map(PathBuf::from);
        path.filter(|path| path.is_absolute())
    };
    let folder = absolute(variable)
        .or_else(|| absolute("HOME").map(|home| home.join(in_home)))
        .or_else(|| absolute("LOCALAPPDATA"))?;
    Some(folder.join("syndicate"))
}
