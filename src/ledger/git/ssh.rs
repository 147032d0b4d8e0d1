//! The SSH client of git without prompts.

use super::Git;

impl Git {
    /// Returns the OpenSSH command for `git` with prompts disabled, or `None` for other SSH clients, which
    /// do not have the option.
    pub(super) fn ssh_without_prompt(&self) -> Option<String> {
        let of_user = std::env::var("GIT_SSH_COMMAND").ok();
        let configured = of_user.or_else(|| self.ask_line(&["config", "core.sshCommand"]));
        match configured {
            Some(command) => without_prompt(&command),
            None if std::env::var_os("GIT_SSH").is_some() => None,
            None => without_prompt("ssh"),
        }
    }
}

fn without_prompt(ssh: &str) -> Option<String> {
    let program = ssh.split_whitespace().next()?.trim_matches(['"', '\'']);
    let name = program.rsplit(['/', '\\']).next()?;
    let is_openssh = matches!(name, "ssh" | "ssh.exe");
    is_openssh.then(|| format!("{ssh} -o BatchMode=yes -o ConnectTimeout=10"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ssh_command_gets_batch_mode() {
        for (ssh, expected) in [
            ("ssh", Some("ssh")),
            ("ssh -i key", Some("ssh -i key")),
            ("/usr/bin/ssh -F x", Some("/usr/bin/ssh -F x")),
            ("\"C:\\ssh\\ssh.exe\" -v", Some("\"C:\\ssh\\ssh.exe\" -v")),
            ("plink -batch", None),
            ("", None),
        ] {
            let expected =
                expected.map(|ssh| format!("{ssh} -o BatchMode=yes -o ConnectTimeout=10"));
            assert_eq!(without_prompt(ssh), expected, "{ssh}");
        }
    }
}
