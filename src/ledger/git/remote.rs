//! A remote of the user's repository: its name, its address and the access to it.

use std::ffi::OsStr;
use std::time::Duration;

use syndicate_api::{Env, ExposeSecret as _, SecretString};
use url::Url;

use super::credential::{GitCredential, access_hint, clean};
use super::{Git, GitOutput, REMOTE_TIMEOUT, process};

/// The remote used if the branch has no upstream.
const DEFAULT_REMOTE: &str = "origin";

/// Returns the name of the remote of the upstream branch, then `origin`, then of the only remote.
pub(in crate::ledger) fn default_remote(git: &Git) -> Option<String> {
    let listed = git.ask(&["remote"])?;
    let names: Vec<&str> = std::str::from_utf8(&listed).ok()?.lines().collect();
    let branch = git.ask_line(&["symbolic-ref", "-q", "HEAD"]);
    let upstream = branch.and_then(|branch| {
        git.ask_line(&["for-each-ref", "--format=%(upstream:remotename)", &branch])
    });
    // A branch that follows another local branch has the remote `.`.
    upstream
        .filter(|upstream| names.contains(&upstream.as_str()))
        .or_else(|| {
            let default = names.iter().find(|name| **name == DEFAULT_REMOTE);
            let only = names.first().filter(|_| names.len() == 1);
            default.or(only).map(|name| (*name).to_owned())
        })
}

/// A remote with the credentials for it.
#[derive(Debug)]
pub(in crate::ledger) struct Remote {
    git: Git,
    name: String,
    /// The settings of git for each call.
    settings: Vec<String>,
    /// The environment variables for each call.
    variables: Vec<(String, SecretString)>,
    host: Option<String>,
    /// The remedy for a lack of access.
    access_hint: &'static str,
    timeout: Duration,
}

impl Remote {
    /// Returns the remote `name`, or `None` if the repository does not have it.
    pub(in crate::ledger) fn find(git: Git, name: &str, env: &Env) -> Option<Self> {
        // The push address decides, because the right to push is what a token is for.
        let address = git.ask_line(&["remote", "get-url", "--push", name])?;
        let url = Url::parse(&address).ok();
        let mut remote = Self {
            host: url.as_ref().and_then(Url::host_str).map(str::to_owned),
            git,
            name: name.to_owned(),
            settings: Vec::new(),
            variables: Vec::new(),
            access_hint: access_hint(env),
            timeout: REMOTE_TIMEOUT,
        };
        if let Some(url) = url
            && let Some(credential) = GitCredential::find(env, &url)
        {
            remote.settings = credential.settings(&url);
            for (name, value) in credential.variables() {
                remote.set(name, value);
            }
            remote.replace_passwords(&url, env);
        }
        Some(remote)
    }

    /// Returns the name of the remote.
    pub(in crate::ledger) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the local repository.
    pub(in crate::ledger) fn git(&self) -> &Git {
        &self.git
    }

    /// Returns the host name of an address that is a URL.
    pub(in crate::ledger) fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// Returns the remedy if the remote asks for credentials or refuses them.
    pub(in crate::ledger) fn access_hint(&self) -> &'static str {
        self.access_hint
    }

    /// Sets the time limit of each call.
    pub(in crate::ledger) fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Runs a `git` command that may contact the remote. Prompts are disabled.
    pub(in crate::ledger) fn run<S: AsRef<OsStr>>(
        &self,
        arguments: &[S],
        input: &[u8],
    ) -> GitOutput {
        let mut command = self.git.command();
        command.env("GCM_INTERACTIVE", "never");
        if let Some(ssh) = self.git.ssh_without_prompt() {
            command.env("GIT_SSH_COMMAND", ssh);
        }
        let pairs = self.variables.iter();
        command.envs(pairs.map(|(name, value)| (name, value.expose_secret())));
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        command.args(arguments);
        process::run(&mut command, input, self.timeout)
    }

    /// Replaces addresses with a password, which git would use instead of the token. GitLab's runners write
    /// such addresses. The setting is passed by environment variables, because it names the password.
    fn replace_passwords(&mut self, url: &Url, env: &Env) {
        if url.password().is_none() {
            return;
        }
        let count = env.get("GIT_CONFIG_COUNT");
        let mut count: usize = count.and_then(|count| count.parse().ok()).unwrap_or(0);
        for key in ["url", "pushurl"] {
            let key = format!("remote.{}.{key}", self.name);
            let Some(address) = self.git.ask_line(&["config", "--get", &key]) else {
                continue;
            };
            for setting in ["insteadOf", "pushInsteadOf"] {
                let name = format!("url.{}.{setting}", clean(url));
                self.set(&format!("GIT_CONFIG_KEY_{count}"), &name);
                self.set(&format!("GIT_CONFIG_VALUE_{count}"), &address);
                count += 1;
            }
        }
        self.set("GIT_CONFIG_COUNT", &count.to_string());
    }

    /// Sets an environment variable for each call.
    fn set(&mut self, name: &str, value: &str) {
        let value = SecretString::from(value.to_owned());
        self.variables.push((name.to_owned(), value));
    }
}
