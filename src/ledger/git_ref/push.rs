//! Pushes one commit to the ledger's ref, and reads git's answer.
//!
//! The push is never forced: the remote accepts it only if its ref is still at the commit's parent. That
//! is the lock between machines. An answer counts as accepted only if it names the new commit; `up to
//! date` does not, because then another run made that commit.

use super::target::Target;
use crate::ledger::error::RemoteError;

/// The remote's answer to a push.
#[derive(Debug)]
pub(super) enum PushAnswer {
    /// The remote has the commit.
    Accepted,
    /// The remote had the commit before. This does not prove that this run's push brought it there.
    UpToDate,
    /// Another push was faster, or is being processed.
    Raced(RemoteError),
    /// The remote, or git before it, answered that it does not accept the commit.
    Refused(RemoteError),
    /// No answer about the ref arrived: the remote may or may not have the commit.
    Unanswered {
        error: RemoteError,
        /// `true` if the time limit ended the push.
        is_timed_out: bool,
    },
}

/// Parts of the reasons that git gives if the ref has moved or is locked by another push.
const RACES: [&str; 8] = [
    "fetch first",
    "non-fast-forward",
    "stale info",
    "failed to lock",
    "cannot lock ref",
    "incorrect old value",
    "failed to update ref",
    "reference already exists",
];

/// The message of a server without push options.
const NO_OPTIONS: &str = "does not support push options";

impl Target {
    /// Pushes `commit` to the ref. With `skips_pipeline`, asks GitLab not to start a pipeline.
    pub(super) fn push(&self, commit: &str, skips_pipeline: bool) -> PushAnswer {
        let result = self.push_with(commit, skips_pipeline);
        match result {
            PushAnswer::Refused(error) | PushAnswer::Unanswered { error, .. }
                if skips_pipeline && error.0.contains(NO_OPTIONS) =>
            {
                self.push_with(commit, false)
            }
            result => result,
        }
    }

    fn push_with(&self, commit: &str, skips_pipeline: bool) -> PushAnswer {
        let mirror = format!("remote.{}.mirror=false", self.remote.name());
        let mut arguments = vec![
            "-c",
            &mirror,
            "-c",
            "push.pushOption=",
            "push",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            "--no-signed",
            "--recurse-submodules=no",
        ];
        if skips_pipeline {
            arguments.extend(["-o", "ci.skip"]);
        }
        let refspec = format!("{commit}:{}", self.name);
        arguments.extend([self.remote.name(), &refspec]);
        let output = self.remote.run(&arguments, b"");
        let printed = String::from_utf8_lossy(&output.stdout);
        let status = printed
            .lines()
            .find_map(|line| RefStatus::parse(line, &self.name));
        match status {
            Some(status) if status.is_accepted(commit) => PushAnswer::Accepted,
            Some(status) if status.flag == '=' => PushAnswer::UpToDate,
            // git lists a ref that did not change only with `--verbose`.
            None if output.is_success => PushAnswer::UpToDate,
            Some(status) if status.is_race() => PushAnswer::Raced(status.error(&output.stderr)),
            Some(status) if status.flag == '!' => PushAnswer::Refused(status.error(&output.stderr)),
            _ => PushAnswer::Unanswered {
                error: output.error(),
                is_timed_out: output.is_timed_out,
            },
        }
    }
}

/// A line of `git push --porcelain`: a flag, the refs, and a summary.
#[derive(Debug, PartialEq)]
struct RefStatus<'l> {
    flag: char,
    summary: &'l str,
}

impl<'l> RefStatus<'l> {
    /// Reads the line `FLAG<TAB>FROM:TO<TAB>SUMMARY` of the ref `name`.
    fn parse(line: &'l str, name: &str) -> Option<Self> {
        let mut fields = line.splitn(3, '\t');
        let mut flag = fields.next()?.chars();
        let (_, to) = fields.next()?.rsplit_once(':')?;
        let summary = fields.next()?;
        match (flag.next(), flag.next()) {
            (Some(flag), None) if to == name => Some(Self { flag, summary }),
            _ => None,
        }
    }

    /// Returns `true` if the remote's ref went from its old commit to `commit`.
    fn is_accepted(&self, commit: &str) -> bool {
        let is_new = |abbreviated: &str| abbreviated.len() >= 4 && commit.starts_with(abbreviated);
        match self.flag {
            ' ' => self
                .summary
                .split_once("..")
                .is_some_and(|(_, new)| is_new(new.trim())),
            '*' => true,
            _ => false,
        }
    }

    fn is_race(&self) -> bool {
        self.flag == '!' && RACES.iter().any(|race| self.summary.contains(race))
    }

    /// Returns the remote's messages with its reason for this ref.
    fn error(&self, messages: &str) -> RemoteError {
        let is_noise = |line: &&str| !line.starts_with("error: failed to push some refs");
        let messages: Vec<&str> = messages.lines().filter(is_noise).collect();
        RemoteError(
            format!("{}\n{}", self.summary, messages.join("\n"))
                .trim()
                .to_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

    fn parsed(line: &str) -> Option<RefStatus<'_>> {
        RefStatus::parse(line, "refs/syndicate/ledger")
    }

    #[test]
    fn push_answer_must_name_new_commit() {
        for (line, is_accepted) in [
            (" \t0123:refs/syndicate/ledger\tabcdef0..0123456", true),
            (" \t0123:refs/syndicate/ledger\t0123456..abcdef0", false),
            ("*\t0123:refs/syndicate/ledger\t[new reference]", true),
            ("=\t0123:refs/syndicate/ledger\t[up to date]", false),
            (
                "+\t0123:refs/syndicate/ledger\tabcdef0...0123456 (forced update)",
                false,
            ),
            (
                "!\t0123:refs/syndicate/ledger\t[rejected] (fetch first)",
                false,
            ),
        ] {
            assert_eq!(
                parsed(line).unwrap().is_accepted(COMMIT),
                is_accepted,
                "{line}"
            );
        }
    }

    #[test]
    fn push_answer_about_other_ref_is_ignored() {
        for line in [
            "To ../remote.git",
            "Done",
            "",
            " \t0123:refs/other/refs/syndicate/ledger\tabcdef0..0123456",
            "refs\tx:refs/syndicate/ledger\tabcdef0..0123456",
        ] {
            assert_eq!(parsed(line), None, "{line}");
        }
    }

    #[test]
    fn moved_ref_is_race_and_hook_is_not() {
        for (summary, is_race) in [
            ("[rejected] (fetch first)", true),
            ("[rejected] (non-fast-forward)", true),
            ("[remote rejected] (failed to update ref)", true),
            ("[remote rejected] (cannot lock ref 'refs/x')", true),
            ("[remote rejected] (pre-receive hook declined)", false),
            ("[remote rejected] (unpacker error)", false),
        ] {
            let line = format!("!\t0123:refs/syndicate/ledger\t{summary}");
            assert_eq!(parsed(&line).unwrap().is_race(), is_race, "{summary}");
        }
    }
}
