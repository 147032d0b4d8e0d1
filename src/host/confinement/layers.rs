//! The layers of confinement that are active.

use serde::{Deserialize, Serialize};

/// The layers that restrict plugins on this system.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Layers {
    /// The version of Landlock's interface: 1 or later restricts files, 4 or later TCP, 6 or later signals.
    pub(crate) landlock: Option<u32>,
    /// `true` if system calls are filtered.
    pub(crate) seccomp: bool,
    /// `true` if a plugin without the permission `network` has an empty network namespace.
    pub(crate) network_namespace: bool,
}

impl Layers {
    /// Returns `true` if plugins can do all that the user can do.
    pub(crate) fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Returns the active layers and those that are missing, as texts.
    pub(crate) fn describe(self) -> (Vec<String>, Vec<&'static str>) {
        let (mut active, mut missing) = (Vec::new(), Vec::new());
        match self.landlock {
            Some(version) => active.push(format!("files (Landlock {version})")),
            None => missing.push("files (Landlock)"),
        }
        let mut layer = |is_active: bool, name: &'static str| match is_active {
            true => active.push(name.to_owned()),
            false => missing.push(name),
        };
        layer(self.seccomp, "system calls (seccomp)");
        layer(self.network_namespace, "network (empty namespace)");
        (active, missing)
    }
}

#[cfg(test)]
mod tests {
    use super::Layers;

    #[test]
    fn layers_are_active_or_missing() {
        let (active, missing) = Layers::default().describe();
        assert!(Layers::default().is_none());
        assert_eq!((active.len(), missing.len()), (0, 3));
        let layers = Layers {
            landlock: Some(7),
            seccomp: true,
            network_namespace: false,
        };
        let (active, missing) = layers.describe();
        assert!(!layers.is_none());
        assert_eq!(active, ["files (Landlock 7)", "system calls (seccomp)"]);
        assert_eq!(missing, ["network (empty namespace)"]);
    }
}
