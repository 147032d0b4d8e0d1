//! The program's folders in the user's home (XDG Base Directory Specification), or the like on Windows.

use std::path::PathBuf;

use syndicate_api::Env;

/// Returns the folder for what can be downloaded or asked again: `$XDG_CACHE_HOME/syndicate` or
/// `$HOME/.cache/syndicate`.
pub(super) fn cache_folder(env: &Env) -> Option<PathBuf> {
    folder(env, "XDG_CACHE_HOME", ".cache")
}

/// Returns the folder for what outlives a run and belongs to this machine: `$XDG_STATE_HOME/syndicate`
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
